"""Find a file in the current folder that Python would run in the place of a library.

Jupyter by itself lets Python look beside the notebook before it looks for libraries, so that a
`msgspec.py` among hand-ins would be run by the first cell of a lesson that lies there. This module
is the first of the package to run. It looks at names alone, and imports only what a kernel has
loaded before any cell is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder, all_suffixes
from pathlib import Path

from cybernorms.errors import CyberNormsError

# What libraries of the module use where it is installed, and look for in any case.
OPTIONAL = {
    "argcomplete",
    "astroid",
    "bllipparser",
    "bottleneck",
    "colorama",
    "msgpack",
    "norm",
    "numexpr",
    "numpypy",
    "org",
    "orjson",
    "pyarrow",
    "pycrfsuite",
    "pytz",
    "rnc2rng",
    "scipy",
    "sklearn",
    "snappy",
}


def refuse_shadowing() -> None:
    """Stop where a file in the current folder stands in for a library.

    Raises:
        CyberNormsError: there is such a file; the message names it.
    """
    if found := find_shadowing():
        path, has_run = found
        done = "Python has run it in the library's place" if has_run else "it would be run instead"
        raise CyberNormsError(
            f"A file beside this lesson has the name of a library, and {done}",
            where=str(path),
            remedy="Move it to another folder, restart the kernel, and run this cell again",
        )


def has_code_beside(folder: Path) -> bool:
    """Return whether Python could import something from a folder in which a kernel starts.

    It does not look there where PYTHONSAFEPATH is set, which kernels get from their server.
    """
    if os.environ.get("PYTHONSAFEPATH"):
        return False
    try:
        return any(_importable(path) for path in folder.iterdir())
    except OSError:
        return True


def find_shadowing() -> tuple[Path, bool] | None:
    """Return the first file that stands in for a library, and whether it has been run already.

    Nothing is found where Python does not look for libraries in the current folder.
    """
    try:
        here = Path.cwd()
        current = [_is_same(folder, here) for folder in sys.path]
        paths = sorted(here.iterdir()) if any(current) else []
    except OSError:
        return None
    before = sys.path[: current.index(True)] if paths else []
    elsewhere = [folder for folder, is_here in zip(sys.path, current, strict=True) if not is_here]
    for path in paths:
        name = _importable(path)
        if not name or not _is_library(name, elsewhere):
            continue
        loaded = sys.modules.get(name)
        if loaded is not None and _lies_at(loaded, path):
            return path, True
        if loaded is None and not _is_there(name, before):
            return path, False
    return None


def _is_same(folder: str, here: Path) -> bool:
    return os.path.normcase(os.path.realpath(folder)) == os.path.normcase(here)


def _importable(path: Path) -> str:
    """Return the name by which Python would import a file or folder, or nothing."""
    name, dot, _ = path.name.partition(".")
    if not name.isidentifier():
        return ""
    if dot:
        return name if path.name[len(name) :] in all_suffixes() else ""
    return name if any((path / f"__init__{end}").is_file() for end in all_suffixes()) else ""


def _is_library(name: str, folders: Sequence[str]) -> bool:
    return name in OPTIONAL or name in sys.stdlib_module_names or _is_there(name, folders)


def _is_there(name: str, folders: Sequence[str]) -> bool:
    """Return whether a library is built in or lies in one of these folders."""
    if name in sys.builtin_module_names:
        return True
    spec = PathFinder.find_spec(name, folders)
    return spec is not None and spec.origin is not None


def _lies_at(module: object, path: Path) -> bool:
    """Return whether a module was loaded from a file, or from a folder."""
    file = Path(getattr(module, "__file__", None) or "/").resolve()
    return path.resolve() in (file, file.parent)
