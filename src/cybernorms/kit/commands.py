"""The command that writes the teaching kit."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cybernorms.subcommands import Commands


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms kit`."""
    command = commands.add_parser(
        "kit", help="write class sheets, slides, guides and question books"
    )
    command.add_argument("--to", type=Path, required=True, help="a folder")
    command.add_argument("--lesson", default="", help="one lesson alone, such as 02 or one-class")
    command.add_argument("--no-pdf", action="store_true", help="print no PDF files")
    command.set_defaults(call=_kit)


def _kit(arguments: Namespace) -> None:
    from cybernorms.kit.lessons import find_taught, load_taught
    from cybernorms.kit.writing import write_kit

    chosen = [find_taught(arguments.lesson)] if arguments.lesson else load_taught()
    whole = not arguments.lesson
    for line in write_kit(arguments.to, chosen, whole=whole, pdf=not arguments.no_pdf):
        print(line, flush=True)
