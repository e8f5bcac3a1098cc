"""Put the site together: pages, the files they load, and what works without a connection."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from msgspec import Struct

from cybernorms.cards.front import FILES, HERE as CARDS, join, style
from cybernorms.corpus.process import load_lessons
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Value
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.shipped import describe_notebook, kind_of, number_of
from cybernorms.files import write_whole
from cybernorms.paths import lessons_dir
from cybernorms.site.html import Entry, Frame, front_page, lesson_page, not_found
from cybernorms.site.notebook import read_lesson
from cybernorms.site.package import archive
from cybernorms.site.runtime import Runtime
from cybernorms.version import __version__

FRONT = Path(__file__).parent / "front"
# In the order in which they need one another; the transport of notebooks has no place here.
NOTEBOOK, WORKER = "jupyter.js", "worker.js"
PAGE = ("storage.js", "state.js", "work.js", "course.js", "page.js")
FOLDERS = ("notebooks", "exercises")


class Built(Struct, frozen=True):
    """The files of a site, by their address below it."""

    files: dict[str, bytes]

    @property
    def size(self) -> int:
        """Return the bytes of all files together."""
        return sum(map(len, self.files.values()))


def build(runtime: Runtime, *, address: str = "", questions: Path | None = None) -> Built:
    """Return the files of the site.

    Arguments:
        runtime: what runs Python in the browser.
        address: where the site will lie, for those who share its pages; "" if that is not known.
        questions: a folder of question sets in place of the module's own.
    """
    notebooks = _notebooks()
    files: dict[str, bytes] = {".nojekyll": b""}
    names = put_assets(files, runtime, archive(questions))
    frame = Frame(names, _course(notebooks), __version__, address and address.rstrip("/") + "/")
    promises = {row.number: row.promise for row in load_lessons()}
    paths = list(notebooks)
    for entry in frame.course:
        lesson = read_lesson(entry.path, notebooks[entry.path], paths)
        description = promises.get(entry.number, "The core of four lessons in fifty minutes.")
        files[entry.href] = lesson_page(frame, lesson, description).encode()
    files["index.html"] = front_page(frame, load_lessons()).encode()
    files["404.html"] = not_found(frame).encode()
    files["offline.js"] = _offline(files)
    return Built(files)


def _notebooks() -> dict[str, bytes]:
    """Return the notebooks by path, in the order in which they are worked through."""
    folder = lessons_dir()
    found = [path for name in FOLDERS for path in (folder / name).glob("*.ipynb")]
    paths = sorted((path.relative_to(folder).as_posix() for path in found), key=_in_order)
    return {path: (folder / path).read_bytes() for path in paths}


def _in_order(path: str) -> tuple[str, int, str]:
    """Sort each exercise set behind its lesson, and what has no number behind all of them."""
    return number_of(path) or "99", int(path.startswith("exercises/")), path


def _course(notebooks: dict[str, bytes]) -> tuple[Entry, ...]:
    entries = []
    for path, content in notebooks.items():
        known = describe_notebook(content)
        asks = tuple(key for key in known.asks if not _is_optional(key))
        entries.append(Entry(path, kind_of(path), number_of(path), known.title, asks))
    if not entries:
        raise CyberNormsError(
            "There are no lessons to make pages of",
            where=str(lessons_dir()),
            remedy="Install the module again: python3 start.py",
        )
    return tuple(entries)


def _is_optional(key: str) -> bool:
    return isinstance(find_question(key.removesuffix(AGAIN)), Value)


def put_assets(files: dict[str, bytes], runtime: Runtime, package: bytes) -> dict[str, str]:
    """Add what pages load, under names that change with the content; return the names."""

    def put(name: str, ending: str, content: bytes) -> str:
        path = f"files/{name}-{digest_of(content)}.{ending}"
        files[path] = content
        return path

    def read(name: str) -> bytes:
        return (FRONT / name).read_bytes()

    whole = digest_of(b"".join(runtime.files[name] for name in sorted(runtime.files)))
    for name, content in runtime.files.items():
        files[f"files/pyodide-{whole}/{name}"] = content
    cards = put("cards", "js", cards_module().encode())
    return {
        "cards": cards,
        "style": put("site", "css", f"{style()}\n{read('site.css').decode()}".encode()),
        "early": put("early", "js", read("early.js")),
        "page": put("page", "js", page_module(Path(cards).name).encode()),
        "python": put("python", "js", read("python.js")),
        "package": put("cybernorms", "zip", package),
        "library": put("msgspec", "zip", runtime.wheel),
        "runtime": f"files/pyodide-{whole}/",
        "icon": put("icon", "svg", read("icon.svg")),
        "preview": put("preview", "png", read("preview.png")),
    }


def cards_module() -> str:
    """Return the front end of cards with the transport of pages, as one module."""
    paths = [CARDS / name for name in (*FILES, WORKER) if name != NOTEBOOK]
    return join([path.read_text(encoding="utf-8") for path in paths])


def page_module(cards: str) -> str:
    """Return what a page needs beside its cards, as one module.

    Arguments:
        cards: the name of the file, in the same folder, with the module of the cards.
    """
    own = join([(FRONT / name).read_text(encoding="utf-8") for name in PAGE])
    return f'import {{ PageCards, h }} from "./{cards}";\n{own}'


def _offline(files: dict[str, bytes]) -> bytes:
    """Return the service worker, which knows all files and changes with any of them."""
    names = sorted(name for name in files if name != ".nojekyll")
    version = digest_of(b"".join(name.encode() + files[name] for name in names))
    source = (FRONT / "offline.js").read_text(encoding="utf-8")
    return (
        source.replace('"VERSION"', json.dumps(version))
        .replace('["FILES"]', json.dumps(names))
        .encode()
    )


def digest_of(content: bytes) -> str:
    """Return twelve hexadecimal digits that change with the content."""
    return hashlib.sha256(content).hexdigest()[:12]


def write_site(built: Built, folder: Path) -> None:
    """Write the files of a site; what lies there of an older one is overwritten or left.

    Raises:
        CyberNormsError: the folder holds something else.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "offline.js").is_file():
        raise CyberNormsError(
            "This folder holds something else already",
            where=str(folder),
            remedy="Name a new folder, or an empty one",
        )
    stale = {path for path in (folder / "files").rglob("*") if path.is_file()}
    for name, content in built.files.items():
        path = folder / name
        stale.discard(path)
        if not (path.is_file() and path.read_bytes() == content):
            write_whole(path, content)
    for path in stale:  # which no page names any more
        path.unlink()
