"""The command that opens the written answers of a class in the browser."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cybernorms.subcommands import Commands, questions_option


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms essays`."""
    command = commands.add_parser(
        "essays", help="mark written answers in the browser", parents=[questions_option()]
    )
    command.add_argument("results", type=Path, help="the folder that cybernorms mark has written")
    command.add_argument(
        "--no-browser", action="store_true", help="print the address and open nothing"
    )
    command.set_defaults(call=_essays)


def _essays(arguments: Namespace) -> None:
    from cybernorms.classroom.essays.desk import Desk
    from cybernorms.classroom.essays.server import serve
    from cybernorms.exercises.question_files import load_question_sets

    sets = load_question_sets(arguments.questions)
    questions = {one.id: one for each in sets for one in each.questions}
    print(serve(Desk(arguments.results, questions), browser=not arguments.no_browser))
