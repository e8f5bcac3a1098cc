"""The command that makes the site."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cybernorms.subcommands import Commands


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms site`."""
    command = commands.add_parser("site", help="make pages that run in any browser")
    command.add_argument("--to", type=Path, required=True, help="a folder of yours, new or old")
    command.add_argument("--pyodide", type=Path, help="a folder with Pyodide; else npm fetches it")
    command.add_argument("--address", default="", help="where the pages will lie, for previews")
    command.set_defaults(call=_site)


def _site(arguments: Namespace) -> None:
    from cybernorms.paths import quoted
    from cybernorms.site.build import build, write_site
    from cybernorms.site.runtime import find_runtime

    built = build(find_runtime(arguments.pyodide), address=arguments.address)
    write_site(built, arguments.to)
    megabytes = built.size / 1_000_000
    print(f"{len(built.files)} files, {megabytes:.0f} MB, are in {arguments.to}.")
    print("Put the folder on any web server. To look at it here:")
    print(f"python3 -m http.server --bind 127.0.0.1 --directory {quoted(arguments.to)}")
