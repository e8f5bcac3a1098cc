"""The commands that report on a class, and that make one up."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cybernorms.subcommands import Commands, questions_option


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms simulate-class` and `cybernorms report`."""
    questions = questions_option()
    command = commands.add_parser(
        "simulate-class", help="make up a class to try things on", parents=[questions]
    )
    command.add_argument("learners", type=int, help="how many, such as 300")
    command.add_argument("--to", type=Path, required=True, help="a new folder for the hand-ins")
    command.add_argument("--seed", type=int, default=0, help="another number, another class")
    command.set_defaults(call=_simulate_class)
    command = commands.add_parser("report", help="write a report on the class", parents=[questions])
    command.add_argument("results", type=Path, help="the folder that mark has written")
    command.set_defaults(call=_report)


def _simulate_class(arguments: Namespace) -> None:
    from cybernorms.classroom.report.simulation import made_up_class, write_class
    from cybernorms.exercises.question_files import load_question_sets

    sets = load_question_sets(arguments.questions)
    learners = made_up_class(arguments.learners, sets, arguments.seed)
    folder, key, roster = write_class(learners, sets, arguments.to, arguments.seed)
    print(f"Wrote {len(learners)} made-up hand-ins into {folder}")
    print(f"Abilities and difficulties: {key}")
    print(f"Class list: {roster}")


def _report(arguments: Namespace) -> None:
    from cybernorms.classroom.report.class_report import write_report

    for path in write_report(arguments.results, arguments.questions):
        print(f"Wrote {path}")
