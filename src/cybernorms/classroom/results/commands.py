"""The command that keeps a teacher's marks of written answers."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cybernorms.subcommands import Commands, questions_option


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms rubric-import`."""
    command = commands.add_parser(
        "rubric-import", help="keep marks of written answers", parents=[questions_option()]
    )
    command.add_argument("results", type=Path, help="the folder that cybernorms mark has written")
    command.add_argument("table", type=Path, help="rubric.csv as you have filled it in")
    command.set_defaults(call=_rubric_import)


def _rubric_import(arguments: Namespace) -> None:
    from cybernorms.classroom.results.rubric_import import import_marks
    from cybernorms.classroom.tables import plural
    from cybernorms.exercises.question_files import load_question_sets

    sets = load_question_sets(arguments.questions)
    questions = {one.id: one for each in sets for one in each.questions}
    done = import_marks(arguments.results, arguments.table, questions)
    print(
        f"Kept with the results: {plural(done.whole, 'written answer')} marked, "
        f"{done.begun} in part."
    )
    if done.strange:
        are = "is" if done.strange == 1 else "are"
        print(
            f"{plural(done.strange, 'text')} in the table {are} not among those of these results; "
            "the marks are kept, and count for nothing here."
        )
    print("Run cybernorms mark again as before: their points are then in every total.")
