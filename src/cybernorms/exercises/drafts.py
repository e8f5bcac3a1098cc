"""Texts that are not handed in yet, each in a file of its own beside the record."""

from __future__ import annotations

import contextlib
import re
from itertools import chain, count
from pathlib import Path

from msgspec import Struct

from cybernorms.exercises.disk import explained, make_private, other_kind
from cybernorms.files import write_whole

FOLDER = "drafts"


class Draft(Struct, frozen=True):
    """A text that is not handed in yet: where it lies, and when it was kept (seconds, 1970)."""

    path: Path
    text: str
    time: float


class Drafts:
    """The drafts in one folder.

    A question has one draft; where two windows write different texts, each has a file of its own,
    so that neither takes the place of the other.

    Arguments:
        folder: the folder of the record.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def keep(self, question: str, text: str, instead_of: Draft | None = None) -> Draft:
        """Keep a text, and return it as it was kept.

        It takes the place of a draft that the window has shown or kept itself, as long as nobody
        else has written there since, or else a place of its own.

        Raises:
            CyberNormsError: it could not be written.
        """
        content = text.encode("utf-8", errors="replace")
        path = self._place(question, content, instead_of)
        with explained(self.folder.parent):
            make_private(self.folder.parent)
            make_private(self.folder)
            write_whole(path, content, private=True)
        return Draft(path, content.decode("utf-8"), _time(path))

    def _place(self, question: str, content: bytes, instead_of: Draft | None) -> Path:
        """Return where a text is kept without taking the place of one that nobody has shown."""
        if instead_of and _reads(instead_of.path) in (None, instead_of.text):
            return instead_of.path
        first = self.folder / f"{_name(question)}.txt"
        numbered = (first.with_suffix(f".{number}.txt") for number in count(2))
        for path in chain([first], numbered):
            there = _reads(path)
            if there is None or not there.strip() or there.encode("utf-8") == content:
                return path
        raise AssertionError

    def all(self, question: str) -> list[Draft]:
        """Return the drafts of a question that say something, the longest first.

        Those that a sync service has renamed are among them.
        """
        pattern = re.compile(
            re.escape(_name(question)) + r"([ .(\[].*|_conflict.*|-[A-Z].*)?\.txt", re.DOTALL
        )
        try:
            paths = sorted(path for path in self.folder.iterdir() if pattern.fullmatch(path.name))
        except OSError:
            return []
        found = [Draft(path, text, _time(path)) for path in paths if (text := _reads(path) or "")]
        return sorted(
            (draft for draft in found if draft.text.strip()),
            key=lambda draft: (len(draft.text), draft.time),
            reverse=True,
        )

    def drop(self, draft: Draft) -> None:
        """Forget a draft, once its text is saved as an answer, unless another one is there now."""
        if _reads(draft.path) == draft.text:
            with contextlib.suppress(OSError):
                draft.path.unlink()


def _name(question: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "_", question)


def _reads(path: Path) -> str | None:
    """Return the text in a file, None where there is none."""
    if other_kind(path):
        return None
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return None


def _time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
