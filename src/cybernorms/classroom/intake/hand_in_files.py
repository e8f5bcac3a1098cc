"""Read a hand-in: bytes that anybody may have written, of which nothing is trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Any

import msgspec

from cybernorms.classroom.intake.answers import is_time, pack, read_time
from cybernorms.classroom.intake.archives import Refused
from cybernorms.classroom.intake.file_kinds import HEAD, describe_text
from cybernorms.classroom.intake.record_files import entries_of_record
from cybernorms.classroom.tables import SPACES, one_line
from cybernorms.exercises.earlier import fit
from cybernorms.exercises.hand_in import FORMAT, LONGEST_NAME, VERSION
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import FORMAT as RECORD_FORMAT

MOST_ANSWERS = 20_000
MOST_NOTES = 12
MOST_DIFFERENT_NOTES = 100
LONGEST_WHOLE = 400  # digits
FIELDS = {"format", "version", "module", "name", "created", "sets", "seed", "answers"}
AS_WRITTEN = ("question", "revision", "response", "at")  # the fields of an answer
_NAMES_TWICE = "has a name twice in one place, of which the last counts"
NOT_KNOWN = "answers a question that is not known"
_TOO_DEEP = "is nested too deeply to be a hand-in"
_HOLDERS = {list, dict, tuple}


# The names and values of an object in a file, as they stand there.
Pairs = tuple[tuple[str, Any], ...]


class Contents(msgspec.Struct, frozen=True):
    """What a hand-in says: the name and time that it claims, its answers, what is odd about it.

    `keys` are what it answers; `earlier` those that it answers in another revision, each with how
    much of the answer still fits, once for each attempt; `packed` are the answers as bytes, on
    their way from one process to another, which are the same for two files with the same answers;
    `times` are when they claim to have been given; `is_record` says that it is a record, given in
    place of a hand-in.
    """

    name: str
    created: float | None
    keys: list[str]
    packed: bytes
    notes: tuple[str, ...]
    earlier: tuple[tuple[str, str], ...] = ()
    times: Sequence[str] = ()
    is_record: bool = False


def read_hand_in(
    content: bytes, questions: Mapping[str, Question], file_name: str = ""
) -> Contents:
    """Return what a hand-in says, or a record that was given in its place.

    Arguments:
        content: the bytes of the file.
        questions: each question that can be marked, by key.
        file_name: its name, which only helps to say what it is if it is something else.

    Raises:
        Refused: it is not a hand-in of this module; the text says why.
    """
    notes = _Notes()
    if file_name.startswith("."):
        notes.add("has a name that begins with a dot, which hides it on many computers")
    parsed, unreadable = _parse(content, file_name)
    is_record = unreadable is not None
    about = _top(parsed, notes)
    entries = _entries_of(about)
    if unreadable is None:
        _note_the_rest(about, notes)
    else:
        _note_the_record(unreadable, notes)
    keys, responses, times = _answers(entries, questions, notes)
    try:
        packed = pack(keys, responses, times)
    except RecursionError:
        raise Refused(_TOO_DEEP) from None
    name = about.get("name")
    return Contents(
        name=one_line(name) if isinstance(name, str) else "",
        created=_latest(times) if is_record else read_time(about.get("created")),
        keys=keys,
        packed=packed,
        notes=notes.all(),
        earlier=tuple(notes.earlier),
        times=times,
        is_record=is_record,
    )


def _latest(times: Sequence[str]) -> float | None:
    seconds = [read for each in times if (read := read_time(each)) is not None]
    return max(seconds, default=None)


def _top(parsed: Any, notes: _Notes) -> Any:
    """Return what was parsed with mappings for the objects in it, but for those of the answers."""
    if type(parsed) is not tuple:
        return parsed
    top = notes.mapping(parsed)
    return {
        name: value if name == "answers" and type(value) is list else notes.values(value)
        for name, value in top.items()
    }


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
        self.names_twice = 0
        self.earlier: list[tuple[str, str]] = []

    def add(self, text: str) -> None:
        if text in self._counts or len(self._counts) < MOST_DIFFERENT_NOTES:
            self._counts[text] = self._counts.get(text, 0) + 1

    def all(self) -> tuple[str, ...]:
        first = {_NAMES_TWICE: self.names_twice} if self.names_twice else {}
        counts = [*(first | self._counts).items()][:MOST_DIFFERENT_NOTES]
        lines = [text if count == 1 else f"{text} ({count} times)" for text, count in counts]
        more = len(lines) - MOST_NOTES
        return (*lines[:MOST_NOTES], *([f"and {more} more such remarks"] if more > 0 else []))

    def mapping(self, pairs: Pairs) -> dict[str, Any]:
        """Return an object of the file, noting names that stand twice in it."""
        made = dict(pairs)
        self.names_twice += len(made) != len(pairs)
        return made

    def values(self, given: Any) -> Any:
        """Return a value with mappings for the objects in it, at any depth."""
        given = self.mapping(given) if type(given) is tuple else given
        rest = [given] if type(given) in _HOLDERS else []
        while rest:
            held = rest.pop()
            values = held if type(held) is list else held.values()
            if _HOLDERS.isdisjoint(map(type, values)):
                continue
            for index, value in enumerate(held) if type(held) is list else [*held.items()]:
                if type(value) is tuple:
                    held[index] = value = self.mapping(value)
                if type(value) in _HOLDERS:
                    rest.append(value)
        return given


def _parse(content: bytes, file_name: str) -> tuple[Any, int | None]:
    """Return the JSON of a file; an object in it is a tuple of its names and values as they stand.

    So a name that stands twice is still seen, and nothing is called for each of a thousand objects.
    A record is brought into the form of a hand-in, with the number of its lines that cannot be
    read, which is None for all other files.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise Refused("is empty")
    try:
        text = _text(content)
        parsed = _loads(text)
    except RecursionError:
        raise Refused(_TOO_DEEP) from None
    except UnicodeDecodeError:
        raise Refused(describe_text(file_name, content[:HEAD])) from None
    except ValueError as error:
        if (record := _record_in(text)) is not None:
            return record
        if isinstance(error, json.JSONDecodeError) and _breaks_off(error):
            raise Refused("breaks off in the middle; ask for it to be sent again") from None
        raise Refused(describe_text(file_name, content[:HEAD])) from None
    if type(parsed) is tuple and ("format", RECORD_FORMAT) in parsed[:1]:
        return _record_in(text) or (parsed, None)
    return parsed, None


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        parse_int=_whole, parse_float=_fraction, parse_constant=str, object_pairs_hook=tuple
    )


def _loads(text: str) -> Any:
    return _decoder().decode(text)


def _record_in(text: str) -> tuple[Pairs, int] | None:
    """Return a record of answers in the form of a hand-in, or None where a text is none."""
    read = entries_of_record(text, _loads, AS_WRITTEN, MOST_ANSWERS)
    if read is None:
        return None
    entries, unreadable = read
    return (("format", FORMAT), ("version", VERSION), ("answers", entries)), unreadable


def _note_the_record(unreadable: int, notes: _Notes) -> None:
    notes.add(
        "is the record of answers and no hand-in, so it names nobody; it was marked as a hand-in is"
    )
    if unreadable:
        notes.add(f"has {unreadable:,} lines that could not be read")


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
        notes.add(f"has a field {one_line(field, 30)!r}, which counts for nothing")
    if not isinstance(top.get("name"), str) or not one_line(top["name"]):
        notes.add("gives no name")
    elif len(top["name"]) > LONGEST_NAME:
        notes.add("gives a name that was cut, since it is very long")
    elif one_line(top["name"]) != SPACES.sub(" ", top["name"]).strip():
        notes.add("gives a name with signs that cannot be shown, which were left out")
    if read_time(top.get("created")) is None:
        notes.add("does not say when it was made")


def _answers(
    entries: list[Any], questions: Mapping[str, Question], notes: _Notes
) -> tuple[list[str], list[Any], list[str]]:
    """Return what was answered, the responses and their times, noting what is odd about them."""
    keys, responses, times = [], [], []
    for entry in entries:
        if type(entry) is not tuple:
            notes.values(entry)
            notes.add("has an entry that is not an answer, which was left out")
            continue
        fields = entry if len(entry) == len(AS_WRITTEN) else _in_order(entry, notes)
        (one, key), (two, revision), (three, response), (four, time) = fields
        if (one, two, three, four) != AS_WRITTEN:
            (_, key), (_, revision), (_, response), (_, time) = _in_order(entry, notes)
        if type(response) in _HOLDERS:
            response = notes.values(response)
        if not isinstance(key, str):
            notes.add("has an entry that is not an answer, which was left out")
            continue
        if (question := questions.get(key)) is None:
            notes.add(f"{NOT_KNOWN}, {one_line(key, 40)!r}")
            continue
        if len(entry) > 4:
            _note_more_fields(entry, notes)
        if not isinstance(time, str) or not is_time(time):
            notes.add("has an answer without a time that can be read")
            time = ""
        if revision != question.revision and revision not in question.revisions:
            response, fits = fit(question, response)
            notes.earlier.append((key, fits))
        keys.append(key)
        responses.append(response)
        times.append(time)
    return keys, responses, times


def _in_order(entry: Pairs, notes: _Notes) -> Pairs:
    """Return the fields of an answer in the usual order, None for one that it lacks."""
    answer = notes.mapping(entry)
    notes.values([value for name, value in answer.items() if name != "response"])
    return tuple((name, answer.get(name)) for name in AS_WRITTEN)


def _note_more_fields(entry: Pairs, notes: _Notes) -> None:
    if extra := sorted({name for name, _ in entry} - set(AS_WRITTEN)):
        notes.add(f"claims {one_line(extra[0], 30)!r} for an answer, which counts for nothing")
