"""The `cybernorms` command."""

from __future__ import annotations

import contextlib
import os
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
from cybernorms.subcommands import Parser
from cybernorms.version import __version__

STOPPED = 130  # what shells give a program that ended by Ctrl+C


def _parser() -> Parser:
    parser = Parser(
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
    try:
        chosen = _parser().parse_args(_asked(arguments))
        chosen.call(chosen)
        sys.stdout.flush()
    except CyberNormsError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        _let_go_of_output()
    except OSError as error:
        print(_describe(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped before it was done. To go on, give the command again.", file=sys.stderr)
        return STOPPED
    return 0


def _asked(arguments: Sequence[str] | None) -> Sequence[str]:
    """Return the arguments, with `help mark` as `mark --help`."""
    given = sys.argv[1:] if arguments is None else arguments
    return [*given[1:2], "--help"] if given[:1] == ["help"] else given


def _let_go_of_output() -> None:
    """Write nothing more, since nobody reads it, as behind `| head`."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
