"""The command that says what a learner has answered."""

from __future__ import annotations

from argparse import Namespace

from cybernorms.subcommands import Commands


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms progress`."""
    command = commands.add_parser("progress", help="say what you have answered")
    command.set_defaults(call=_progress)


def _progress(_: Namespace) -> None:
    from cybernorms.widgets.sheets import progress

    progress()
