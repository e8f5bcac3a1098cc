"""What comes before all else where Python was started for the `cybernorms` command.

Ctrl+C is a sentence from here on, and `python -m cybernorms.cli` looks for no library in the
current folder any more. Only what every Python has loaded by now is imported.
"""

# ruff: noqa: PTH100, PTH109, PTH119, PTH120  pathlib is not loaded yet, nor is typing

import os
import sys

CLEARING_UP = 5.0  # seconds
STOPPED = 130  # what shells give a program that ended by Ctrl+C
SENTENCE = "\nStopped before it was done. To go on, give the command again.\n"
_HERE = os.path.dirname(os.path.abspath(__file__))


def started_by() -> str:
    """Return how the command was started: "command", "module", or nothing where it wasn't."""
    given = sys.orig_argv[1:]
    if "-m" in given[:-1] and given[given.index("-m") + 1].split(".")[0] == "cybernorms":
        return "module"
    program = next((each for each in given if not each.startswith("-")), "")
    name = os.path.basename(program.replace("\\", "/")).lower()
    return "command" if name.removesuffix(".exe").removesuffix("-script.py") == "cybernorms" else ""


def begin() -> None:
    """Make ready for the command; nothing happens where Python was started for something else."""
    started = started_by()
    if started == "module" and not sys.flags.safe_path:
        _leave_current_folder()
    if started:
        listen(_leave)


def listen(heard: object) -> None:
    """Have a function called at Ctrl+C, or have it ignored."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN if heard is None else heard)  # type: ignore[arg-type]


def stop_once(number: int, frame: object) -> None:
    """End the command by an exception; what is pressed while it clears up is not heard.

    Where Python drops the exception, as it does while an object is thrown away, a later press ends
    the command after all.
    """
    import time

    until = time.monotonic() + CLEARING_UP

    def press_again(number: int, frame: object) -> None:
        if time.monotonic() > until:
            stop_once(number, frame)

    listen(press_again)
    raise KeyboardInterrupt


def _leave(number: int, frame: object) -> None:
    """End at once, as nothing has been begun."""
    os.write(2, SENTENCE.encode())
    os._exit(STOPPED)


def _leave_current_folder() -> None:
    """Look for libraries in the current folder no more, and end if one was run from there."""
    try:
        here = os.path.realpath(os.getcwd())
    except OSError:
        return
    if here == os.path.dirname(os.path.realpath(_HERE)):
        return
    sys.path[:] = [each for each in sys.path if os.path.realpath(each or here) != here]
    for module in list(sys.modules.values()):
        path = os.path.realpath(getattr(module, "__file__", None) or os.sep)
        if here in (os.path.dirname(path), os.path.dirname(os.path.dirname(path))):
            os.write(2, _refusal(path).encode("utf-8", "replace"))
            os._exit(1)


def _refusal(path: str) -> str:
    shown = "".join(each if each.isprintable() else "?" for each in path)
    return (
        f"A file in the current folder has the name of a library, and Python has run it in the "
        f"library's place, as it does with -m ({shown}). Move it to another folder, and give the "
        "command as cybernorms, which does not look there.\n"
    )
