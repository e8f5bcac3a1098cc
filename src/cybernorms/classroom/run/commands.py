"""The command that marks a class."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cybernorms.subcommands import Commands, questions_option


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms mark`."""
    command = commands.add_parser(
        "mark", help="mark the hand-ins of a class", parents=[questions_option()]
    )
    command.add_argument("hand_ins", type=Path, help="a folder, or the zip that the LMS gives")
    command.add_argument("--to", type=Path, required=True, help="the folder for the results")
    command.add_argument("--roster", type=Path, help="the class as Canvas or Moodle exports it")
    command.add_argument("--policy", type=Path, help="deadlines, late answers, attempts (TOML)")
    command.set_defaults(call=_mark)


def _mark(arguments: Namespace) -> None:
    from cybernorms.classroom.run.class_run import mark_class

    outcome = mark_class(
        arguments.hand_ins,
        arguments.to,
        roster=arguments.roster,
        policy=arguments.policy,
        questions=arguments.questions,
    )
    print(outcome.describe())
