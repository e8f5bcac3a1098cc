"""Where the module's data, its questions, its lessons and the learner's work lie."""

from __future__ import annotations

import os
import shlex
import subprocess
from functools import cache
from pathlib import Path

from cybernorms.errors import CyberNormsError

_PACKAGE = Path(__file__).resolve().parent
PLACE = "CYBERNORMS_PLACE"  # names where work is kept, if it is no folder of the learner's


@cache
def _find(in_checkout: str, in_wheel: str) -> Path:
    """Return a folder of the checkout, or its copy inside an installed wheel."""
    checkout = _PACKAGE.parent.parent / in_checkout
    if (_PACKAGE.parent.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    wheel = _PACKAGE / in_wheel
    if wheel.is_dir():
        return wheel
    raise CyberNormsError(
        f"The folder {in_checkout!r} of the teaching module is missing",
        where=str(checkout),
        remedy="Download the module again, or install it again with: python3 start.py",
    )


def data_dir() -> Path:
    """Return the folder of the CSV tables, in a checkout, an editable install or a wheel."""
    return _find("data", "_data")


def questions_dir() -> Path:
    """Return the folder of the question sets, in a checkout, an editable install or a wheel."""
    return _find("exercises/questions", "_questions")


def lessons_dir() -> Path:
    """Return the folder that holds `notebooks` and `exercises`, as the module ships them.

    It is that of a checkout or an editable install, or its copy inside a wheel.
    """
    return _find("notebooks", "_lessons/notebooks").parent


def place_of_work() -> str:
    """Return where work is kept, in words, if that is no folder a learner could open; else ""."""
    return os.environ.get(PLACE, "")


def policy_example() -> Path:
    """Return the example of a policy file, which shows all that can stand in one."""
    return lessons_dir() / "exercises" / "policy-example.toml"


def work_dir(start: Path | None = None) -> Path:
    """Return the learner's own folder, without creating it.

    It is the folder named by the environment variable CYBERNORMS_WORK; else `work` beside the
    `notebooks` and `exercises` folders that the current folder lies in; else `work` in the
    checkout; else `cybernorms-work` in the current folder. On a JupyterHub whose users share
    lessons that they can't write to, it is `cybernorms-work` in their home.

    Arguments:
        start: the folder to go by, as an absolute path, in place of the current one.

    Raises:
        CyberNormsError: the folder named belongs to nobody, or the current folder was deleted.
    """
    named = os.environ.get("CYBERNORMS_WORK", "").strip()
    try:
        if named:
            return (start or Path()).joinpath(Path(named).expanduser()).absolute()
        here = start or Path.cwd()
    except (RuntimeError, OSError):
        raise CyberNormsError(
            "The folder for your answers cannot be found",
            where=f"CYBERNORMS_WORK={named}" if named else "the current folder",
            remedy="Set CYBERNORMS_WORK to a folder that exists, or start the module again",
        ) from None
    if module := module_folder(here):
        if os.environ.get("JUPYTERHUB_USER") and not os.access(module, os.W_OK):
            return Path.home() / "cybernorms-work"  # for the lessons are shared by all users
        return module / "work"
    checkout = _PACKAGE.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir():
        return checkout / "work"
    return here / "cybernorms-work"


def module_folder(start: Path) -> Path | None:
    """Return the nearest folder with `notebooks` and `exercises` in it, from a folder upwards."""
    for folder in (start, *start.parents):
        if (folder / "notebooks").is_dir() and (folder / "exercises").is_dir():
            return folder
    return None


def distrust_current_folder() -> None:
    """Have all that this process starts from now on ignore files in the current folder.

    Else a file among the hand-ins that is called like a library or a program, such as pickle.py or
    xdg-open, would be run in its place: each new process looks in the folder in which it starts.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"  # of Windows, for programs
    if "PATH" in os.environ:
        folders = os.environ["PATH"].split(os.pathsep)
        whole = [folder for folder in folders if Path(folder.strip('"')).is_absolute()]
        os.environ["PATH"] = os.pathsep.join(whole)


def quoted(path: Path) -> str:
    """Return a path as it is typed in a terminal."""
    return subprocess.list2cmdline([path]) if os.name == "nt" else shlex.quote(str(path))
