"""The command that shows one explorer alone."""

from __future__ import annotations

from argparse import Namespace

from cybernorms.subcommands import Commands


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms show`."""
    command = commands.add_parser("show", help="show one explorer alone, for a projector")
    command.add_argument("name", help="what to show, such as claims, norms or question")
    command.add_argument("open", nargs="*", help="what to open it with, such as an id")
    command.add_argument("--lesson", default="", help="the number of the lesson, such as 02")
    command.add_argument(
        "--no-browser", action="store_true", help="print the address and open nothing"
    )
    command.set_defaults(call=_show)


def _show(arguments: Namespace) -> None:
    from cybernorms.projector.cast import find_card
    from cybernorms.projector.server import serve, work_of_its_own

    with work_of_its_own():
        card = find_card(arguments.name, arguments.open, arguments.lesson)
        serve(card, browser=not arguments.no_browser)
