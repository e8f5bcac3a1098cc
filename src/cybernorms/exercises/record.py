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
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from cybernorms.errors import CyberNormsError
from cybernorms.files import write_whole
from cybernorms.paths import work_dir

FORMAT = 1
FILE = "answers.jsonl"
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
    """All that a record holds: the answers, oldest first, and what could not be read."""

    answers: tuple[Answer, ...] = ()
    problems: tuple[str, ...] = ()
    _last: dict[str, Answer] = field(default_factory=dict)

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


def _parse(line: bytes) -> Answer | str | None:
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
        self._keeps_seed = False

    def read(self) -> History:
        """Return all answers and a plain sentence for each line that could not be read.

        Raises:
            CyberNormsError: the file is there but cannot be opened.
        """
        try:
            content = self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return History()
        except OSError as error:
            raise CyberNormsError(
                f"Your saved answers cannot be opened: {error.strerror}",
                where=str(self.path),
                remedy="Close other programs that use the file, then run this cell again",
            ) from None
        answers, problems = [], []
        for number, line in enumerate(content.split(b"\n"), start=1):
            parsed = _parse(line)
            if isinstance(parsed, Answer):
                answers.append(parsed)
            elif parsed:
                problems.append(f"Line {number} of {FILE} {parsed}.")
        return History(
            tuple(answers), tuple(problems), {answer.question: answer for answer in answers}
        )

    def seed(self) -> str:
        """Return what decides the order of options for this learner.

        Until the first answer keeps it for good, it follows from the computer and the folder, so
        that it is the same after a restart although nothing is written for a form to be shown.
        """
        with contextlib.suppress(CyberNormsError):
            if kept := self.read().seed:
                return kept
        here = f"{platform.node()} {self.folder.absolute()}"
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
            line = json.dumps(entry, ensure_ascii=True, allow_nan=False) + "\n"
        except (TypeError, ValueError, RecursionError):
            raise CyberNormsError(
                "This answer is of a kind that cannot be saved",
                remedy="Answer with a number, text, list or table",
            ) from None
        with _explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                self._write(line.encode("ascii"))
        return Answer(question, revision, response, time_now, seed)

    def _seed_to_keep(self) -> str:
        """Return the seed if the record does not hold it yet."""
        is_odd = self.path.exists() and not self.path.is_file()  # a device may have no end
        if self._keeps_seed or is_odd:
            return ""
        try:
            self._keeps_seed = bool(self.read().seed)
        except CyberNormsError:
            return ""  # whatever hinders will be said by whoever writes
        return "" if self._keeps_seed else self.seed()

    def _write(self, line: bytes) -> None:
        """Append a line, after ending a last line that was torn, and wait for the disk."""
        new = not self.path.exists()
        with self.path.open("a+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n":
                    line = b"\n" + line
            try:
                written = 0
                while written < len(line):
                    written += file.write(line[written:])
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(size)
                raise
        if new:
            _sync_folder(self.folder)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the record against other notebooks; a killed kernel lets go of it by itself.

        The lock lies on a file of its own, since Windows keeps others from reading a locked one.
        That file is opened here rather than by `FileLock`, whose care for the path of a lock costs
        as much as the disk.
        """
        from filelock import unlock_descriptor

        until = time.monotonic() + LOCK_SECONDS
        with (self.folder / f"{FILE}.lock").open("ab") as held:
            while not _lock_now(held.fileno()):
                if time.monotonic() >= until:
                    raise CyberNormsError(
                        "Another program holds the file of your answers",
                        where=str(self.path),
                        remedy="Your answer is still in the form: wait a moment",
                    )
                time.sleep(LOCK_POLL)
            try:
                yield
            finally:
                with contextlib.suppress(OSError):  # closing the file lets go of it too
                    unlock_descriptor(held.fileno())

    def keep_draft(self, question: str, text: str) -> None:
        """Keep text that is not handed in yet, in a file of its own that replaces the last draft.

        Raises:
            CyberNormsError: it could not be written.
        """
        with _explained(self.folder):
            write_whole(self._draft_path(question), text.encode("utf-8", errors="replace"))

    def draft(self, question: str) -> str:
        """Return the text kept last, or nothing."""
        try:
            return self._draft_path(question).read_bytes().decode("utf-8", errors="replace")
        except OSError:
            return ""

    def draft_time(self, question: str) -> float:
        """Return when a draft was kept, in seconds since 1970; 0 where there is none."""
        try:
            return self._draft_path(question).stat().st_mtime
        except OSError:
            return 0.0

    def drop_draft(self, question: str) -> None:
        """Forget a draft, once its text is saved as an answer."""
        with contextlib.suppress(OSError):
            self._draft_path(question).unlink()

    def _draft_path(self, question: str) -> Path:
        return self.folder / "drafts" / (re.sub(r"[^A-Za-z0-9-]", "_", question) + ".txt")


def _lock_now(handle: int) -> bool:
    """Return whether a file is locked now, or lies on a disk that knows no locks."""
    from filelock import lock_descriptor

    try:
        return lock_descriptor(handle, blocking=False)
    except OSError as error:
        if error.errno in _NO_LOCKS:  # better one notebook at a time than no answers at all
            return True
        raise


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content, where the system can do that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


_NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL}
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CAUSES = (
    (_FULL, "the disk is full", "free some space"),
    (
        {errno.EACCES, errno.EPERM, errno.EROFS},
        "this folder cannot be written to",
        "move the module to a folder of your own, such as Documents, or set CYBERNORMS_WORK to one",
    ),
    (
        {errno.EEXIST, errno.ENOTDIR},
        "there is a file where the folder of your answers should be",
        "move that file away, or set CYBERNORMS_WORK to another folder",
    ),
)


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn an error of the operating system into a sentence that says what to do."""
    try:
        yield
    except OSError as error:
        cause, advice = str(error.strerror or error), "wait a moment"
        for numbers, known_cause, known_advice in _CAUSES:
            if error.errno in numbers:
                cause, advice = known_cause, known_advice
        raise CyberNormsError(
            f"Not saved: {cause}",
            where=str(folder),
            remedy=f"Your answer is still in the form: {advice}",
        ) from None
