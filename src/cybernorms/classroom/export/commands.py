"""The commands that take questions elsewhere: to students without the keys, to other systems."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from cybernorms.subcommands import Commands, questions_option

if TYPE_CHECKING:
    from cybernorms.classroom.export.exports import Export

# What makes each export, by its name in the command: module and function.
MAKERS = {
    "moodle": ("moodle_xml", "moodle_xml"),
    "canvas": ("qti", "qti"),
    "qti": ("qti", "qti"),
    "nbgrader": ("nbgrader_course", "nbgrader"),
    "anki": ("anki", "anki"),
}


WHERE = (
    "moodle: Moodle; canvas or qti: Canvas; nbgrader: a server that runs nbgrader; anki: Anki, to "
    "learn by heart"
)


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms bundle` and `cybernorms export`."""
    own = questions_option("a folder with question sets of your own")
    command = commands.add_parser(
        "bundle", help="pack the module for students, without keys", parents=[own]
    )
    command.add_argument("--to", type=Path, required=True, help="the zip to write")
    command.add_argument("--without-leaked", action="store_true", help="leave leaked texts out")
    command.set_defaults(call=_bundle)
    command = commands.add_parser(
        "export",
        help="write the questions for Moodle, Canvas or others",
        parents=[questions_option()],
    )
    command.add_argument("format", choices=tuple(MAKERS), help=WHERE)
    command.add_argument("--to", type=Path, required=True, help="a folder")
    command.set_defaults(call=_export)


def _bundle(arguments: Namespace) -> None:
    from cybernorms.classroom.export.bundle import write_bundle
    from cybernorms.corpus.leaked import are_shown

    leaked = are_shown() and not arguments.without_leaked
    package, keys, telling = write_bundle(arguments.to, arguments.questions, leaked=leaked)
    print(f"Wrote {package}, without the keys of graded questions: this is for students.")
    print(f"Keep {keys} to yourself, and mark with: --questions {keys}")
    if telling:
        print(f"The ids of these options may tell the key; rename them: {', '.join(telling)}")


def _export(arguments: Namespace) -> None:
    from cybernorms.classroom.export.exports import left_out_text, write_export

    made = _made(arguments.format, arguments.questions)
    for path in write_export(made, arguments.to):
        print(f"Wrote {path}")
    print(f"\n{left_out_text(made)}", end="")


def _made(format: str, questions: Path | None) -> Export:
    from cybernorms.exercises.question_files import load_question_sets

    module, function = MAKERS[format]
    maker: Callable[..., Export] = getattr(
        import_module(f"cybernorms.classroom.export.{module}"), function
    )
    return maker() if format == "anki" else maker(load_question_sets(questions))
