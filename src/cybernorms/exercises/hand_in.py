"""The hand-in file: all of a learner's answers in one JSON file that a teacher can mark."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.document import plural
from cybernorms.errors import CyberNormsError, did_you_mean
from cybernorms.exercises.copies import describe_copies
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.record import FILE, Answer, History, Record, now
from cybernorms.files import write_whole
from cybernorms.paths import place_of_work
from cybernorms.version import __version__

FORMAT = "cybernorms-hand-in"
VERSION = 1
FOLDER = "hand-ins"
AGAIN = ":again"
LARGEST = 2_000_000  # bytes; a longer file is not read by whoever marks a class
LONGEST_NAME = 200

HOW_TO_GIVE = (
    "Give this one file to your teacher, in the way your course uses: upload it as your "
    "submission, or attach it to a message. You may hand in again later; make a new file then."
)


class HandIn(Struct, frozen=True):
    """What a hand-in holds: the name as typed, when (UTC, ISO 8601), and the answers.

    `sets` has the revision of each question set; `seed` decided the order of options; `left_out`
    counts earlier attempts that had to stay behind to keep the file within its limit; `copies` are
    the names of copies of the record that were read along.
    """

    name: str
    created: str
    sets: dict[str, str]
    answers: tuple[Answer, ...]
    left_out: int = 0
    seed: str = ""
    copies: tuple[str, ...] = ()


def find_sets(sets: Sequence[QuestionSet], wanted: Sequence[str | int] | None) -> list[QuestionSet]:
    """Return the sets that are wanted by id or by number, such as `02` or 2; all of them if None.

    Raises:
        CyberNormsError: no set is called that.
    """
    if wanted is None:
        return list(sets)
    names = [str(each).strip().lower() for each in wanted]
    for name in names:
        if not any(name in _names_of(one) for one in sets):
            known = [one.id for one in sets]
            remedy = did_you_mean(name, known, f"Choose: {', '.join(known)}")
            raise CyberNormsError(f"There is no question set {name!r}", remedy=remedy)
    return [one for one in sets if any(name in _names_of(one) for name in names)]


def _names_of(one: QuestionSet) -> tuple[str, str, str]:
    number = one.id.split("-")[0]
    return one.id, number, number.lstrip("0") or "0"


def make_hand_in(history: History, sets: Sequence[QuestionSet], name: str, created: str) -> HandIn:
    """Return the hand-in with every attempt at every question of some sets, oldest first.

    Where that would be too large to be read, the oldest attempts that are not a question's last
    stay behind.
    """
    known = {key for each in sets for one in each.questions for key in (one.id, one.id + AGAIN)}
    answers = [answer for answer in history.answers if answer.question in known]
    revisions = {each.id: each.revision for each in sets}
    made = HandIn(name.strip()[:LONGEST_NAME], created, revisions, tuple(answers))
    made = replace(made, seed=history.seed, copies=history.copies)
    if len(as_bytes(made)) <= LARGEST:
        return made
    kept, room = set(), LARGEST - len(as_bytes(replace(made, answers=())))
    last = {answer.question: index for index, answer in enumerate(answers)}
    # The last attempts first, then the others from the newest to the oldest.
    for index in (*last.values(), *reversed(range(len(answers)))):
        size = len(json.dumps(_entry(answers[index]))) + 8
        if index not in kept and size <= room:
            kept.add(index)
            room -= size
    chosen = tuple(answer for index, answer in enumerate(answers) if index in kept)
    return replace(made, answers=chosen, left_out=len(answers) - len(chosen))


def _entry(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "revision": answer.revision,
        "response": answer.response,
        "at": answer.time,
    }


def as_bytes(hand_in: HandIn) -> bytes:
    """Return a hand-in as the JSON of its file."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "module": __version__,
        "name": hand_in.name,
        "created": hand_in.created,
        "sets": hand_in.sets,
    }
    if hand_in.seed:
        head["seed"] = hand_in.seed
    # One answer a line, so that people can look at it too.
    top = json.dumps(head, indent=1).removesuffix("\n}")
    lines = ",\n".join(f"  {json.dumps(_entry(answer))}" for answer in hand_in.answers)
    return f'{top},\n "answers": [\n{lines}\n ]\n}}\n'.encode("ascii")


def file_name(hand_in: HandIn) -> str:
    """Return a name that every system takes, such as `hand-in-ada-lovelace-20260301T101500Z.json`.

    >>> file_name(HandIn("Zoë  O’Hara/../x", "2026-03-01T10:15:00Z", {}, ()))
    'hand-in-zoe-ohara-x-20260301T101500Z.json'
    """
    when = re.sub(r"[^0-9TZ]", "", hand_in.created)
    return "-".join(part for part in ("hand-in", slug(hand_in.name), when) if part) + ".json"


def slug(name: str, most: int = 40) -> str:
    """Return a name in small ASCII letters, digits and hyphens, or nothing where none remain."""
    letters = normalize("NFKD", name[: 10 * most]).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")[:most].strip("-")


def write_hand_in(hand_in: HandIn, path: Path) -> Path:
    """Write a hand-in to a file, whole or not at all, and return where it is.

    Arguments:
        hand_in: what to write.
        path: the file, whose name ends in .json, or a folder in which it gets a name of its own.

    Raises:
        CyberNormsError: it cannot be written there.
    """
    path = path if path.suffix.lower() == ".json" else path / file_name(hand_in)
    try:
        write_whole(path, as_bytes(hand_in))
    except OSError as error:
        raise CyberNormsError(
            f"The hand-in could not be written: {error.strerror or error}",
            where=str(path),
            remedy="Your answers are safe: free some space, then try again",
        ) from None
    return path


def hand_in_of(record: Record, sets: Sequence[QuestionSet], name: str) -> HandIn:
    """Return the hand-in of a record.

    Raises:
        CyberNormsError: there is nothing to hand in.
    """
    made = make_hand_in(record.read(), sets, name, now())
    if not made.answers:
        raise CyberNormsError(
            "There is no saved answer yet, so there is nothing to hand in",
            where=str(record.path),
            remedy="Answer some questions first",
        )
    return made


def describe(made: HandIn, path: Path) -> str:
    """Return what is in a file that was written, where it is and what to do with it."""
    count = plural(len(made.answers), "saved answer is", "saved answers are")
    text = f"{count} in {path.name if place_of_work() else format_path(path)}. "
    if place_of_work():
        text += "Your browser saves it where it saves what you download. "
    if made.left_out:
        text += f"{made.left_out} earlier attempts stayed behind, to keep the file small. "
    if made.copies:
        text += f"{describe_copies(FILE, made.copies)}. "
    return text + HOW_TO_GIVE


def other_learner(folder: Path, name: str) -> str:
    """Say that the last hand-in of a folder has another name, which may be another learner's.

    Arguments:
        folder: of the hand-ins.
        name: as it is typed now.
    """
    last = _last_name(folder)
    one, other = _words(last), _words(name)
    if not one or not other or one <= other or other <= one:
        return ""
    return (
        f"The last hand-in from here was by {last}, so saved answers may be theirs. "
        "If you are another learner, begin in a folder of your own: copy the module there without "
        "its folder work, or set CYBERNORMS_WORK to it, and answer there"
    )


def _words(name: str) -> set[str]:
    return set(normalize("NFKC", name).casefold().replace(",", " ").split())


def _last_name(folder: Path) -> str:
    """Return the name in the newest hand-in of a folder, "" where there is none."""
    newest = ("", 0, "")
    for path in folder.glob("*.json"):
        with suppress(OSError, ValueError, RecursionError, AttributeError):
            made = json.loads(path.read_bytes())
            written = path.stat().st_mtime_ns
            newest = max(newest, (str(made.get("created", "")), written, str(made.get("name", ""))))
    return " ".join(newest[-1][:LONGEST_NAME].split())


def format_path(path: Path) -> str:
    """Return where a file is: from the current folder if it lies there or in `work`."""
    here = Path.cwd()
    near = path.is_relative_to(here) or path.is_relative_to(here.parent / "work")
    return os.path.relpath(path) if near else str(path)
