"""Python in the worker of a page: it speaks JSON, and has the browser keep what is written.

The worker imports this module alone. It runs in Pyodide, which is why nothing of Jupyter, pandas
or matplotlib may be needed on the way.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from cybernorms.exercises.record import Answer, Record, merged_lines, parse_line
from cybernorms.site.stage import Stage, View

FULL = "QuotaExceededError"
TAKEN = "answers (taken).jsonl"  # which the record reads along, as any copy beside it
FOR_NOW = "Here until you close this tab; this browser keeps nothing"
LARGEST = 20_000_000  # bytes of a file with saved work


class Live:
    """What the worker asks of Python.

    Arguments:
        synced: has the browser keep an open file now, by its number; returns the name of what
            hindered it, "" if nothing did.
        keeps: whether this browser keeps anything at all.
    """

    def __init__(self, synced: Callable[[int], str], keeps: bool) -> None:
        self._synced, self._keeps = synced, keeps
        self.stage = Stage()
        os.fsync = self._fsync  # type: ignore[assignment]

    def _fsync(self, handle: int) -> None:
        """Wait until the browser has a file, or say why it hasn't, as a disk would."""
        if hindered := self._synced(handle):
            number = errno.ENOSPC if hindered == FULL else errno.EIO
            raise OSError(number, os.strerror(number))

    def run(self, cell: str, code: str) -> str:
        """Run a cell; return a `Shown` as JSON."""
        shown = self.stage.run(cell, code)
        return _json(replace(shown, views=tuple(map(self._honest, shown.views))))

    def receive(self, view: str, message: str) -> str:
        """Hand a message to the card of a view; return all views that change, as JSON."""
        return self._views(self.stage.receive(view, json.loads(message)))

    def look_again(self) -> str:
        """Return all views as the record has them now, as JSON."""
        return self._views(self.stage.look_again())

    def _views(self, views: list[View]) -> str:
        return _json([self._honest(each) for each in views])

    def _honest(self, view: View) -> View:
        """Return a view that doesn't say "Saved" where this browser keeps nothing."""
        if self._keeps or view.card.get("said", {}).get("at") != "saved":
            return view
        return replace(view, card={**view.card, "said": {"at": "kept", "text": FOR_NOW}})

    def answered(self) -> str:
        """Return the names of all questions that have an answer, as JSON."""
        history = Record().read()
        return _json(sorted({each.question for each in history.answers}))

    def merged(self, content: Any) -> tuple[str, bytes]:
        """Return the lines of the record and of saved work together, or what hinders that.

        Arguments:
            content: of a file that was saved from a page or is the record of an installed module,
                as the browser's bytes.
        """
        try:
            return "", merge_work(Record(), content.to_bytes())
        except ValueError as error:
            return str(error), b""


def merge_work(record: Record, content: bytes) -> bytes:
    """Return the lines of a record and of saved work as those of one file; nothing is written.

    Raises:
        ValueError: the work holds no answer; the message is a sentence for the learner.
    """
    if len(content) > LARGEST:
        raise ValueError("This file is too large to be saved work.")
    lines = content.split(b"\n")
    if not any(isinstance(parse_line(line), Answer) for line in lines):
        raise ValueError(
            "This file holds no saved work. Choose the one that was saved from here, or the file "
            "answers.jsonl of an installed module."
        )
    beside = record.folder / TAKEN
    record.folder.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(content)
    try:
        return b"".join(raw + b"\n" for raw, _, _ in merged_lines(record.path, [beside]))
    finally:
        beside.unlink()


def begin(home: str, pages: list[str]) -> None:
    """Make ready in the worker: `prepare`, from a folder's name."""
    prepare(Path(home), pages)


def prepare(folder: Path, pages: list[str]) -> None:
    """Lay out what lessons look for beside themselves, and go to the folder of one of them.

    Arguments:
        folder: of the module, as the page has it.
        pages: the paths of all notebooks; the first one is that of this page.
    """
    for path in pages:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    for name in ("notebooks", "exercises"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    os.chdir((folder / pages[0]).parent)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
