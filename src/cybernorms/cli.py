"""The `cybernorms` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cybernorms import __version__
from cybernorms.errors import CyberNormsError


def _progress(_: argparse.Namespace) -> None:
    from cybernorms.widgets.module_map import progress

    progress()


def _questions(arguments: argparse.Namespace) -> None:
    from cybernorms.exercises.feedback import amount
    from cybernorms.exercises.question_files import load_question_sets, read_question_set

    chosen = arguments.files
    sets = [read_question_set(path) for path in chosen] if chosen else load_question_sets()
    for each in sets:
        print(f"{each.id}: {len(each.questions)} questions, {amount(each.points)} points")


def _notebooks(arguments: argparse.Namespace) -> None:
    from cybernorms.exercises.masters import make_student_notebooks, run_masters

    changed = run_masters(arguments.exercises) if arguments.run else []
    changed += make_student_notebooks(arguments.exercises)
    for path in changed:
        print(f"Wrote {path}")
    if not changed:
        print("Nothing changed.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cybernorms", description="A teaching module on international cyber norms."
    )
    parser.add_argument("--version", action="version", version=f"cybernorms {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command = commands.add_parser("progress", help="say what you have answered")
    command.set_defaults(call=_progress)
    command = commands.add_parser("questions", help="check question sets and count their points")
    command.add_argument("files", nargs="*", type=Path, help="TOML files; all sets if not given")
    command.set_defaults(call=_questions)
    command = commands.add_parser("notebooks", help="make student notebooks from the masters")
    command.add_argument("--exercises", type=Path, default=Path("exercises"))
    command.add_argument("--run", action="store_true", help="run the masters first")
    command.set_defaults(call=_notebooks)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, or 1 with a plain sentence on the error."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.call(chosen)
    except CyberNormsError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
