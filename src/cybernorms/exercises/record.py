"""The learner's record: an append-only file of answers that survives whatever happens to a laptop.

One line a JSON object, flushed to disk before anybody is told "saved". Each line carries its own
format number, so that lines of several versions of the module can stand in one file. Lines that
cannot be read are counted and left alone; nothing here ever rewrites or deletes a line.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import platform
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count, repeat
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.appending import append_line
from cybernorms.exercises.copies import Line, find_copies, merge
from cybernorms.exercises.disk import explained, make_private, other_kind, sync_folder
from cybernorms.exercises.drafts import Drafts
from cybernorms.files import write_whole
from cybernorms.paths import work_dir

FORMAT = 1
FILE = "answers.jsonl"
SEED = "CYBERNORMS_SEED"
JOINED = "joined"  # a folder for copies whose answers are in the record
LONGEST_SEED = 64
LOCK_SECONDS = 10.0
LOCK_POLL = 0.005


class Answer(Struct, frozen=True):
    """One answer as it was given: the raw response, when (UTC, ISO 8601), to which revision.

    The first answer of a record carries the seed, which decides the order of options.
    """

    question: str
    revision: str
    response: Any
    time: str
    seed: str = ""


class History(Struct, frozen=True):
    """All that a record holds: the answers, oldest first, and what could not be read.

    `copies` are the names of other copies of the record, which were read along.
    """

    answers: tuple[Answer, ...] = ()
    problems: tuple[str, ...] = ()
    _last: dict[str, Answer] = field(default_factory=dict)
    copies: tuple[str, ...] = ()

    def last(self, question: str) -> Answer | None:
        """Return the last answer to a question, or None."""
        return self._last.get(question)

    @property
    def seed(self) -> str:
        """Return what decides the order of options for this learner, "" before the first answer."""
        return next((answer.seed for answer in self.answers if answer.seed), "")

    def attempts(self, question: str) -> int:
        """Return how many answers to a question the record holds."""
        return sum(answer.question == question for answer in self.answers)


def parse_line(line: bytes) -> Answer | str | None:
    """Return the answer in a line, a complaint about it, or None for an empty line."""
    if not line.strip():
        return None
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return "cannot be read and was left as it is"
    version = entry.get("format") if isinstance(entry, dict) else None
    if isinstance(version, int) and version > FORMAT:
        return "was written by a newer version of this module and was left as it is"
    if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
        return "is not an answer and was left as it is"
    if version != FORMAT:
        return "has an unknown format and was left as it is"
    return Answer(
        question=entry["question"],
        revision=str(entry.get("revision", "")),
        response=entry.get("response"),
        time=str(entry.get("at", "")),
        seed=str(entry.get("seed", ""))[:LONGEST_SEED],
    )


def merged_lines(record: Path, copies: Sequence[Path]) -> Iterable[tuple[bytes, str, int]]:
    """Return the lines of a record and its copies in order, each with its file and number there.

    Raises:
        CyberNormsError: one of the files is there but cannot be opened.
    """
    if not copies:
        return zip(_content(record).split(b"\n"), repeat(record.name), count(1))
    merged = merge([_timed_lines(path) for path in (record, *copies)])
    return [(line.raw, line.file, line.number) for line in merged]


def _timed_lines(path: Path) -> list[Line]:
    lines = []
    for number, raw in enumerate(_content(path).split(b"\n"), start=1):
        if raw.strip():
            parsed = parse_line(raw)
            at = parsed.time if isinstance(parsed, Answer) else ""
            lines.append(Line(raw.strip(b"\r \xef\xbb\xbf"), at, path.name, number))
    return lines


def _can_be_read(path: Path) -> bool:
    """Return whether a copy can be opened, which one that a service keeps elsewhere cannot."""
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False


def _content(path: Path) -> bytes:
    if kind := other_kind(path):
        raise _not_a_file("Your saved answers cannot be opened", path, kind)
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise CyberNormsError(
            f"Your saved answers cannot be opened: {error.strerror}",
            where=str(path),
            remedy="Close other programs that use the file, then run this cell again",
        ) from None


def _not_a_file(what: str, path: Path, kind: str) -> CyberNormsError:
    return CyberNormsError(
        f"{what}: {path.name} is not a file but {kind}",
        where=str(path),
        remedy="Move it to another folder, and put your file of answers in its place if you have "
        "one; then run this cell again",
    )


def now() -> str:
    """Return the time as the record writes it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Record:
    """The record in one folder.

    Arguments:
        folder: where the record lies; the learner's `work` folder if not given. It is made with
            the first answer.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or work_dir()
        self.path = self.folder / FILE
        self.drafts = Drafts(self.folder)
        self._keeps_seed = False

    def read(self) -> History:
        """Return all answers and a plain sentence for each line that could not be read.

        Copies that a sync service left beside the record are read along.

        Raises:
            CyberNormsError: the file is there but cannot be opened.
        """
        found = find_copies(self.path)
        copies = [path for path in found if _can_be_read(path)]
        answers = []
        problems = [
            f"{path.name} cannot be opened, so its answers are not among these."
            for path in found
            if path not in copies
        ]
        for raw, file, number in merged_lines(self.path, copies):
            parsed = parse_line(raw)
            if isinstance(parsed, Answer):
                answers.append(parsed)
            elif parsed:
                problems.append(f"Line {number} of {file} {parsed}.")
        return History(
            answers=tuple(answers),
            problems=tuple(problems),
            copies=tuple(path.name for path in copies),
            _last={answer.question: answer for answer in answers},
        )

    def seed(self) -> str:
        """Return what decides the order of options for this learner.

        Until the first answer keeps it for good, it follows from the computer and the folder, so
        that it is the same after a restart although nothing is written for a form to be shown.
        """
        with contextlib.suppress(CyberNormsError):
            if kept := self.read().seed:
                return kept
        named = os.environ.get(SEED, "")  # by a page, where all computers look alike
        here = named or f"{platform.node()} {self.folder.absolute()}"
        return hashlib.sha256(here.encode(errors="replace")).hexdigest()[:16]

    def append(self, question: str, revision: str, response: Any) -> Answer:
        """Write an answer and return it once it is safely on disk.

        Raises:
            CyberNormsError: it could not be written; the message says why and what to do. The
                record is then as it was before.
        """
        time_now = now()
        entry = {
            "format": FORMAT,
            "at": time_now,
            "question": question,
            "revision": revision,
            "response": response,
        }
        seed = self._seed_to_keep()
        if seed:
            entry["seed"] = seed
        try:
            line = json.dumps(entry, ensure_ascii=True, allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            raise CyberNormsError(
                "This answer is of a kind that cannot be saved",
                remedy="Answer with a number, text, list or table",
            ) from None
        with explained(self.folder):
            make_private(self.folder)
            with self._locked() as alone:
                self._write(line.encode("ascii"), alone=alone)
        return Answer(question, revision, response, time_now, seed)

    def _seed_to_keep(self) -> str:
        """Return the seed if the record does not hold it yet."""
        if self._keeps_seed:
            return ""
        try:
            self._keeps_seed = bool(self.read().seed)
        except CyberNormsError:
            return ""  # whatever hinders will be said by whoever writes
        return "" if self._keeps_seed else self.seed()

    def _write(self, line: bytes, *, alone: bool) -> None:
        """Append a line, and wait for the disk."""
        if kind := other_kind(self.path):
            raise _not_a_file("Not saved", self.path, kind)
        new = not self.path.exists()
        if new:
            self.path.touch(mode=0o600)
        append_line(self.path, line, alone=alone)
        if new:
            sync_folder(self.folder)

    def join(self) -> list[Path]:
        """Write the record and its copies as one file, and move the copies aside.

        Returns:
            Where the copies are now; nothing where there are none.

        Raises:
            CyberNormsError: a file could not be opened or written, or the disk knows no locks. All
                of them are then as before.
        """
        if not find_copies(self.path):
            return []
        with explained(self.folder), self._locked() as alone:
            copies = find_copies(self.path)
            if not copies:
                return []
            if not alone:
                raise CyberNormsError(
                    "Not joined: on this disk another notebook could save an answer meanwhile, "
                    "and it would be lost",
                    where=str(self.folder),
                    remedy="Copy this folder to a disk of your own computer and join them there",
                )
            lines = [raw for raw, _, _ in merged_lines(self.path, copies)]
            write_whole(self.path, b"".join(raw + b"\n" for raw in lines), private=True)
            aside = self.folder / JOINED / now().replace(":", "")
            make_private(self.folder / JOINED)
            make_private(aside)
            return [path.rename(aside / path.name) for path in copies]

    def draft(self, question: str) -> str:
        """Return the text of the draft that a form fills in, or nothing."""
        return next((draft.text for draft in self.drafts.all(question)), "")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[bool]:
        """Hold the record against other notebooks; a killed kernel lets go of it by itself.

        It yields whether others are kept out, which a disk that knows no locks cannot do.

        The lock lies on a file of its own, since Windows keeps others from reading a locked one.
        That file is opened here rather than by `FileLock`, whose care for the path of a lock costs
        as much as the disk.
        """
        from filelock import unlock_descriptor

        until = time.monotonic() + LOCK_SECONDS
        lock = self.folder / f"{FILE}.lock"
        if kind := other_kind(lock):
            raise _not_a_file("Not saved", lock, kind)
        if not lock.exists():
            lock.touch(mode=0o600)
        with lock.open("ab") as held, lock.open("ab") as other:
            while not (state := _lock_now(held.fileno())):
                if time.monotonic() >= until:
                    raise CyberNormsError(
                        "Another program holds the file of your answers",
                        where=str(self.path),
                        remedy="Wait a moment, then save it again",
                    )
                time.sleep(LOCK_POLL)
            try:
                # Some disks grant a lock to all who ask.
                yield state == "held" and not _lock_now(other.fileno())
            finally:
                with contextlib.suppress(OSError):  # closing the file lets go of it too
                    unlock_descriptor(held.fileno())


def _lock_now(handle: int) -> Literal["", "held", "no locks"]:
    """Return whether a file is locked now, or lies on a disk that knows no locks."""
    from filelock import lock_descriptor

    try:
        return "held" if lock_descriptor(handle, blocking=False) else ""
    except OSError as error:
        if error.errno in _NO_LOCKS:  # better one notebook at a time than no answers at all
            return "no locks"
        raise


_NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL}
