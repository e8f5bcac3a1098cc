"""The command that marks a class."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
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
    command.add_argument(
        "--yes",
        action="store_true",
        help="go on even if lateness costs most students most of their points",
    )
    command.add_argument(
        "--xlsx", action="store_true", help="gradebook and rubric as Excel workbooks too"
    )
    command.set_defaults(call=_mark)


def _mark(arguments: Namespace) -> None:
    from cybernorms.classroom.run.class_run import mark_class

    outcome = mark_class(
        arguments.hand_ins,
        arguments.to,
        roster=arguments.roster,
        policy=arguments.policy,
        questions=arguments.questions,
        workbooks=arguments.xlsx,
        confirm=(lambda _: True) if arguments.yes else _ask,
    )
    print(outcome.describe())


def _ask(lines: Sequence[str]) -> bool:
    """Ask at a terminal whether it is meant that most students lose most of their points."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return False
    print("By this policy, lateness costs most students most of their points:", file=sys.stderr)
    print(*(f"- {line}" for line in lines), sep="\n", file=sys.stderr)
    print("Is that meant? (y/N) ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
