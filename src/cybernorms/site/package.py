"""The package as a page needs it: Python files, tables and questions in one archive.

It is put together from what is installed here. Libraries go along as Python source; of those that
are compiled too (tomli), the source does the same.
"""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir, questions_dir

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = ("filelock", "lazy_loader", "tomli")
# What a page never needs: work of teachers, of servers and of those who build pages.
LEFT_OUT = {"classroom", "server", "kit", "projector", "cli.py"}
OF_THE_SITE = {"__init__.py", "stage.py", "live.py"}
OF_WIDGETS = {"carrying.py", "commands.py"}
NEVER = (1980, 1, 1, 0, 0, 0)  # a time in an archive, so that equal content makes equal bytes


def archive(questions: Path | None = None) -> bytes:
    """Return the archive; it is unpacked into the folder of Python's libraries.

    Arguments:
        questions: a folder of question sets in place of the module's own.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, path in sorted(_files(questions or questions_dir())):
            entry = zipfile.ZipInfo(name, NEVER)
            file.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()


def _files(questions: Path) -> Iterator[tuple[str, Path]]:
    """Return the files of the archive, each with its name in it."""
    for path in PACKAGE.rglob("*"):
        parts = path.relative_to(PACKAGE).parts
        if path.suffix in (".py", ".pyi", ".css", ".json") and _is_needed(parts):
            yield "/".join(("cybernorms", *parts)), path
    for path in data_dir().rglob("*.csv"):
        yield f"cybernorms/_data/{path.relative_to(data_dir()).as_posix()}", path
    yield "cybernorms/_data/datapackage.json", data_dir() / "datapackage.json"
    for path in questions.glob("*.toml"):
        yield f"cybernorms/_questions/{path.name}", path
    for name in LIBRARIES:
        folder = library(name)
        for path in folder.rglob("*.py"):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _is_needed(parts: tuple[str, ...]) -> bool:
    if parts[0] in LEFT_OUT or any(each.startswith(("_", ".")) for each in parts[:-1]):
        return False
    if parts[0] == "site":
        return len(parts) == 2 and parts[1] in OF_THE_SITE
    return not (parts[0] == "widgets" and parts[-1] in OF_WIDGETS)


def library(name: str) -> Path:
    """Return the folder of an installed library.

    Raises:
        CyberNormsError: it isn't installed.
    """
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise CyberNormsError(
            f"The library {name} is missing", remedy="Install the module again: python3 start.py"
        )
    return Path(found.origin).parent
