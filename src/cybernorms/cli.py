"""The `cybernorms` command."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

from cybernorms.starting import SENTENCE, STOPPED, listen, started_by, stop_once

# What takes long to load is loaded where Ctrl+C is already a sentence.
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cybernorms.errors import CyberNormsError
    from cybernorms.subcommands import Parser


def _parser() -> Parser:
    import cybernorms.classroom.essays.commands as essays
    import cybernorms.classroom.export.commands as export
    import cybernorms.classroom.report.commands as report
    import cybernorms.classroom.results.commands as results
    import cybernorms.classroom.run.commands as run
    import cybernorms.exercises.commands as exercises
    import cybernorms.kit.commands as kit
    import cybernorms.projector.commands as projector
    import cybernorms.site.commands as site
    import cybernorms.widgets.commands as widgets
    from cybernorms.subcommands import Parser
    from cybernorms.version import __version__

    parser = Parser(
        prog="cybernorms", description="A teaching module on international cyber norms."
    )
    parser.add_argument("--version", action="version", version=f"cybernorms {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(call=lambda _: parser.print_help())
    for package in (
        *(widgets, exercises, run, essays, results, report, export, kit, projector),
        site,
    ):
        package.add_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, or 1 with a plain sentence on the error."""
    is_command = started_by() != ""
    try:
        if is_command:
            listen(stop_once)
        with contextlib.redirect_stdout(_Plain(sys.stdout)):
            return _run(arguments)
    except KeyboardInterrupt:
        _tell(SENTENCE.removesuffix("\n"))
        return STOPPED
    finally:
        if is_command:  # while Python ends, there is nothing left to stop
            listen(None)


def _run(arguments: Sequence[str] | None) -> int:
    from cybernorms.errors import CyberNormsError
    from cybernorms.paths import distrust_current_folder

    distrust_current_folder()
    try:
        try:
            chosen = _parser().parse_args(_asked(arguments))
            chosen.call(chosen)
        finally:
            sys.stdout.flush()
    except CyberNormsError as error:
        _tell(str(error))
        return 1
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as error:
        _tell(str(_describe(error)))
        try:
            sys.stdout.flush()
        except OSError:
            _let_go(sys.stdout)
        return 1
    return 0


class _Plain:
    """A stream that writes nothing to a terminal but text, whatever the names in it hold."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")

    def write(self, text: str) -> int:
        from cybernorms.errors import printable

        self._stream.write(printable(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _tell(text: str) -> None:
    """Write a line to stderr, where there is one."""
    from cybernorms.errors import printable

    try:
        encoding = sys.stderr.encoding or "utf-8"
        line = printable(text).encode(encoding, "replace").decode(encoding)
        print(line, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        _let_go(sys.stderr)


def _asked(arguments: Sequence[str] | None) -> Sequence[str]:
    """Return the arguments, with `help mark` as `mark --help`."""
    given = sys.argv[1:] if arguments is None else arguments
    return [*given[1:2], "--help"] if given[:1] == ["help"] else given


def _let_go(stream: Any) -> None:
    """Write nothing more to a stream that takes nothing, as behind `| head`."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _describe(error: OSError) -> CyberNormsError:
    from cybernorms.errors import CyberNormsError

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
