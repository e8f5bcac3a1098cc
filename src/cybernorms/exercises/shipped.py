"""What the lessons and exercise notebooks are as the module ships them: digests, titles, questions.

Lessons run by themselves where they are byte for byte as shipped, so the package carries a list
of their digests. `cybernorms notebooks` writes it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from cybernorms.exercises.hand_in import AGAIN
from cybernorms.files import write_whole

FILE = Path(__file__).resolve().parent.parent / "shipped.json"
FORMAT = "cybernorms-shipped"
LEARNER_CODE = "learner-code"
_FOLDERS = ("notebooks", "exercises")

Kind = Literal["lesson", "exercises", "path"]


class Shipped(Struct, frozen=True):
    """A notebook as it is shipped.

    `asks` are the names of its questions in the record, `code` the ids of the cells in which
    learners write code.
    """

    sha256: str
    title: str
    asks: tuple[str, ...] = ()
    code: tuple[str, ...] = ()


class _Manifest(Struct, frozen=True):
    format: str
    notebooks: dict[str, Shipped]


def kind_of(path: str) -> Kind:
    """Return what a shipped notebook is.

    >>> kind_of("exercises/02-un-norms.ipynb"), kind_of("notebooks/one-class-path.ipynb")
    ('exercises', 'path')
    """
    if path.startswith("exercises/"):
        return "exercises"
    return "lesson" if number_of(path) else "path"


def number_of(path: str) -> str:
    """Return the number of a lesson or exercise set, "" where it has none.

    >>> number_of("notebooks/02-un-norms.ipynb")
    '02'
    """
    found = re.match(r"\d\d(?=-)", path.rpartition("/")[2])
    return found.group() if found else ""


def describe_notebook(content: bytes) -> Shipped:
    """Return what is remembered of a notebook.

    Raises:
        ValueError: it is no notebook.
    """
    cells = json.loads(content)["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return Shipped(
        sha256=hashlib.sha256(content).hexdigest(),
        title=_title(cells),
        asks=tuple(dict.fromkeys(key for cell in code for key in _asked(_source(cell)))),
        code=tuple(cell.get("id", "") for cell in code if LEARNER_CODE in _tags(cell)),
    )


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: Mapping[str, Any]) -> list[str]:
    tags = cell["metadata"].get("tags", [])
    return tags if isinstance(tags, list) else []


def _title(cells: list[dict[str, Any]]) -> str:
    """Return the first heading, without the number and what it is a number of."""
    first = _source(cells[0]).partition("\n")[0] if cells else ""
    return re.sub(r"^#+\s*(Exercise set )?(\d\d:? )?", "", first).strip()


def _asked(source: str) -> Iterator[str]:
    """Return the names in the record of all questions that code asks."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ask"):
            continue
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            again = any(
                each.arg == "again" and getattr(each.value, "value", False) is True
                for each in node.keywords
            )
            yield first.value + (AGAIN if again else "")


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """Return the list of shipped notebooks, as the package carries it.

    Arguments:
        files: contents by path below the folder of the module; what is no lesson and no exercise
            notebook is passed over.
    """
    notebooks = {
        path: describe_notebook(content)
        for path, content in sorted(files.items())
        if path.endswith(".ipynb") and path.count("/") == 1 and path.split("/")[0] in _FOLDERS
    }
    made = msgspec.json.encode(_Manifest(FORMAT, notebooks))
    return msgspec.json.format(made, indent=1) + b"\n"


def notebooks_in(module: Path) -> dict[str, bytes]:
    """Return the lessons and exercise notebooks in the folder of the module, by path."""
    paths = sorted(path for folder in _FOLDERS for path in (module / folder).glob("*.ipynb"))
    return {path.relative_to(module).as_posix(): path.read_bytes() for path in paths}


def write_manifest(module: Path) -> Path | None:
    """Write the list of a folder of the module anew; return its path if it has changed."""
    file = module / "src" / "cybernorms" / FILE.name
    made = manifest_of(notebooks_in(module))
    if file.is_file() and file.read_bytes() == made:
        return None
    write_whole(file, made)
    return file


@cache
def shipped_notebooks() -> Mapping[str, Shipped]:
    """Return the shipped notebooks by path, in the order in which they are worked through."""
    try:
        notebooks = msgspec.json.decode(FILE.read_bytes(), type=_Manifest).notebooks
    except (OSError, msgspec.MsgspecError):  # then every lesson asks before it runs
        return {}
    return dict(sorted(notebooks.items(), key=lambda item: _in_order(item[0])))


def _in_order(path: str) -> tuple[str, str]:
    """Sort each exercise set behind its lesson, and what has no number behind all of them."""
    return number_of(path) or "99", {"lesson": "0", "exercises": "1", "path": "2"}[kind_of(path)]
