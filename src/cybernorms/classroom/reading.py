"""Read a hand-in: bytes that anybody may have written, of which nothing is trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from math import isfinite
from sys import intern
from typing import Any
from unicodedata import category

import msgspec

from cybernorms.classroom.places import Refused
from cybernorms.exercises.hand_in import FORMAT, LONGEST_NAME, VERSION

MOST_ANSWERS = 20_000
MOST_NOTES = 12
LONGEST_WHOLE = 400  # digits
FIELDS = {"format", "version", "module", "name", "created", "sets", "seed", "answers"}
OF_ANSWER = {"question", "revision", "response", "at"}
_TOO_DEEP = "is nested too deeply to be a hand-in"
_RECORDED = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ\Z", re.ASCII
)
_UNREADABLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff]"
)
_SPACES = re.compile(r"\s+")


class Answers:
    """The answers of a hand-in in columns, oldest first, each with an entry in all three.

    `keys` are what was answered, `responses` what was given, as JSON, and `times` when it claims
    to have been given.
    """

    def __init__(self, packed: bytes) -> None:
        """Take answers from what `pack` has made of them."""
        keys, self._times, *self.responses = packed.removesuffix(b"\n").split(b"\n")
        self.keys = list(map(intern, _TEXTS.decode(keys)))

    @cached_property
    def times(self) -> list[str]:
        """Return the times, which are read only where they play a part."""
        return list(value_of(self._times))


class Contents(msgspec.Struct, frozen=True):
    """What a hand-in says: the name and time that it claims, its answers, what is odd about it.

    `keys` are what it answers; `packed` are the answers as bytes, on their way from one process to
    another, which are the same for two files with the same answers.
    """

    name: str
    created: float | None
    keys: list[str]
    packed: bytes
    notes: tuple[str, ...]


_LINES = msgspec.json.Encoder()
_TEXTS = msgspec.json.Decoder(list[str])
_VALUE = msgspec.json.Decoder()


def pack(keys: list[str], responses: list[Any], times: list[str]) -> bytes:
    """Return answers as lines of JSON: all keys, all times, then each response."""
    lines = [keys, times, *responses]
    try:
        return _LINES.encode_lines(lines)
    except ValueError:  # halves of letters, which JSON can hold and UTF-8 cannot
        return "".join(f"{json.dumps(line)}\n" for line in lines).encode("ascii")


def value_of(response: bytes) -> Any:
    """Return a response as values of Python."""
    try:
        return _VALUE.decode(response)
    except msgspec.MsgspecError:
        return json.loads(response)


def shown(text: str, most: int = LONGEST_NAME) -> str:
    """Return text as one line that can be shown: nothing invisible, nothing that turns it round.

    >>> shown("Ada\\u202e  Love\\nlace\\x00")
    'Ada Love lace'
    """
    text = text[: 2 * most]
    if not (text.isascii() and text.isprintable()):
        text = "".join(letter if _is_visible(letter) else "" for letter in _SPACES.sub(" ", text))
    text = _SPACES.sub(" ", text).strip()
    return text if len(text) <= most else f"{text[: most - 2]} …"


def readable(text: str) -> str:
    """Return text of several lines without what no browser shows or what turns it round."""
    return text if text.isprintable() else _UNREADABLE.sub("", text)


def _is_visible(letter: str) -> bool:
    return category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def read_time(given: Any) -> float | None:
    """Return the seconds since 1970 of an ISO time, or None where it is not one.

    A time without a zone is taken as UTC, which is what the record writes.
    """
    if not isinstance(given, str) or len(given) > 40:
        return None
    try:
        when = datetime.fromisoformat(given)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def read_hand_in(content: bytes, revisions: Mapping[str, str]) -> Contents:
    """Return what a hand-in says.

    Arguments:
        content: the bytes of the file.
        revisions: the revision of each question that can be marked, by key.

    Raises:
        Refused: it is not a hand-in of this module; the text says why.
    """
    notes = _Notes()
    about = _parse(content, notes)
    entries = _entries_of(about)
    _note_the_rest(about, notes)
    keys, responses, times = _answers(entries, revisions, notes)
    try:
        packed = pack(keys, responses, times)
    except RecursionError:
        raise Refused(_TOO_DEEP) from None
    name = about.get("name")
    return Contents(
        name=shown(name) if isinstance(name, str) else "",
        created=read_time(about.get("created")),
        keys=keys,
        packed=packed,
        notes=notes.all(),
    )


def _entries_of(top: Any) -> list[Any]:
    """Return the list of answers in what was parsed.

    Raises:
        Refused: it is not a hand-in.
    """
    if not isinstance(top, dict) or top.get("format") != FORMAT:
        raise Refused(_what_it_is(top))
    version = top.get("version")
    if version != VERSION or isinstance(version, bool):
        raise Refused("was written in another version of the format; ask for it to be made anew")
    entries = top.get("answers")
    if not isinstance(entries, list):
        raise Refused("has no list of answers; it was changed after it was written")
    if len(entries) > MOST_ANSWERS:
        raise Refused(f"has more than {MOST_ANSWERS:,} answers, which no hand-in has")
    return entries


class _Notes:
    """What is odd about one file: each thing once, with its number, and not endlessly many."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, text: str) -> None:
        if text in self._counts or len(self._counts) < 100:
            self._counts[text] = self._counts.get(text, 0) + 1

    def all(self) -> tuple[str, ...]:
        told = [text if n == 1 else f"{text} ({n} times)" for text, n in self._counts.items()]
        more = len(told) - MOST_NOTES
        return (*told[:MOST_NOTES], *([f"and {more} more such remarks"] if more > 0 else []))


def _parse(content: bytes, notes: _Notes) -> Any:
    """Return the JSON of a file, noting names that stand twice."""
    if not content.strip(b"\0 \t\r\n"):
        raise Refused("is empty")

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) != len(found):
            notes.add("has a name twice in one place, of which the last counts")
        return made

    try:
        return json.loads(
            _text(content),
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=str,
            object_pairs_hook=pairs,
        )
    except RecursionError:
        raise Refused(_TOO_DEEP) from None
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError) and _breaks_off(error):
            raise Refused("breaks off in the middle; ask for it to be sent again") from None
        raise Refused("is not JSON, as every hand-in is; ask for it to be sent again") from None


def _breaks_off(error: json.JSONDecodeError) -> bool:
    """Return whether it was the end of the text that came too early."""
    return error.msg.startswith("Unterminated") or error.pos >= len(error.doc.rstrip()) - 1


def _text(content: bytes) -> str:
    text = content.decode(json.detect_encoding(content), "surrogatepass")
    return text.removeprefix("\ufeff")


def _whole(digits: str) -> int | str:
    """Return a whole number; one of thousands of digits, which Python refuses, as text."""
    return int(digits) if len(digits) <= LONGEST_WHOLE else digits


def _fraction(digits: str) -> float | str:
    """Return a number; one that no float holds as text."""
    number = float(digits)
    return number if isfinite(number) else digits


def _what_it_is(top: Any) -> str:
    if isinstance(top, dict) and "cells" in top and "nbformat" in top:
        return "is a notebook; ask for the file from work/hand-ins, which hand_in() writes"
    return "is not a hand-in of this module; ask for the file from work/hand-ins"


def _note_the_rest(top: dict[str, Any], notes: _Notes) -> None:
    for field in sorted(set(top) - FIELDS)[:5]:
        notes.add(f"has a field {shown(field, 30)!r}, which counts for nothing")
    if not isinstance(top.get("name"), str) or not shown(top["name"]):
        notes.add("gives no name")
    elif len(top["name"]) > LONGEST_NAME:
        notes.add("gives a name that was cut, since it is very long")
    elif shown(top["name"]) != _SPACES.sub(" ", top["name"]).strip():
        notes.add("gives a name with signs that cannot be shown, which were left out")
    if read_time(top.get("created")) is None:
        notes.add("does not say when it was made")


def _answers(
    entries: list[Any], revisions: Mapping[str, str], notes: _Notes
) -> tuple[list[str], list[Any], list[str]]:
    given = [_answer(entry, revisions, notes) for entry in entries]
    kept = [each for each in given if each is not None]
    return [key for key, _, _ in kept], [each for _, each, _ in kept], [at for _, _, at in kept]


def _answer(entry: Any, revisions: Mapping[str, str], notes: _Notes) -> tuple[str, Any, str] | None:
    """Return an answer, noting what is odd about it, or None where it is not one."""
    if not isinstance(entry, dict) or not isinstance(key := entry.get("question"), str):
        notes.add("has an entry that is not an answer, which was left out")
        return None
    if (revision := revisions.get(key)) is None:
        notes.add(f"answers a question that is not known, {shown(key, 40)!r}")
        return None
    if len(entry) > 4 and (extra := sorted(set(entry) - OF_ANSWER)):
        notes.add(f"claims {shown(extra[0], 30)!r} for an answer, which counts for nothing")
    at = entry.get("at")
    if not isinstance(at, str) or (not _RECORDED.match(at) and read_time(at) is None):
        notes.add("has an answer without a time that can be read")
        at = ""
    if entry.get("revision") != revision:
        notes.add(f"answers another revision of {key}; it is marked by the present one")
    return key, entry.get("response"), at
