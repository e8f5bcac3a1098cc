"""The `cybernorms` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import cybernorms.classroom.essays.commands as essays
import cybernorms.classroom.export.commands as export
import cybernorms.classroom.report.commands as report
import cybernorms.classroom.results.commands as results
import cybernorms.classroom.run.commands as run
import cybernorms.exercises.commands as exercises
import cybernorms.widgets.commands as widgets
from cybernorms.errors import CyberNormsError
from cybernorms.paths import distrust_current_folder
from cybernorms.version import __version__


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cybernorms", description="A teaching module on international cyber norms."
    )
    parser.add_argument("--version", action="version", version=f"cybernorms {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(call=lambda _: parser.print_help())
    for package in (widgets, exercises, run, essays, results, report, export):
        package.add_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, or 1 with a plain sentence on the error."""
    distrust_current_folder()
    chosen = _parser().parse_args(arguments)
    try:
        chosen.call(chosen)
    except CyberNormsError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_describe(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was there before is as it was.", file=sys.stderr)
        return 130
    return 0


def _describe(error: OSError) -> CyberNormsError:
    where = str(error.filename or "")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return CyberNormsError(
            "There is a file where a folder should be", where=where, remedy="Name another folder"
        )
    return CyberNormsError(
        f"This cannot be read or written: {error.strerror or error}",
        where=where,
        remedy="See whether it is there, whether another program holds it, and whether the disk "
        "has room",
    )


if __name__ == "__main__":
    sys.exit(main())
