"""Bring what a learner gave into one form, so that answers that mean the same are equal."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Set
from functools import lru_cache
from typing import Any

_VARIANTS = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **{0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'},
    # Zero-width spaces and soft hyphens, which come along when text is pasted.
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0xAD), ""),
}
_SPACES = re.compile(r"\s+")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?\Z")
_GROUPED_NUMBER = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?\Z")
_GAP_IN_NUMBER = re.compile(r"(?<=\d)[ '_](?=\d{3}(?!\d))|(?<=^[+-]) ")
_LONGEST_NUMBER = 40
LONGEST_TEXT = 20_000


class Unreadable(Exception):
    """A response cannot be understood; the text says what was expected."""


def normalize(text: str) -> str:
    """Return text without differences that carry no meaning: case, dashes, quotes, spaces.

    >>> normalize("  Due–Diligence ") == normalize("due-diligence")
    True
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text.translate(_VARIANTS))
        text = unicodedata.normalize("NFD", decomposed.casefold())
    return _SPACES.sub(" ", text).strip().casefold()


def is_blank(response: Any) -> bool:
    """Return whether a response says nothing at all, nor does any line of it."""
    if isinstance(response, str):
        return not response.strip()
    if isinstance(response, Mapping):
        return all(map(_says_nothing, response.values()))
    if isinstance(response, list | tuple | set | frozenset):
        return all(map(_says_nothing, response))
    return _says_nothing(response)


def _says_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Mapping | list | tuple | Set) and not value)


def find_id(given: Any, texts: Mapping[str, str]) -> str:
    """Return the id that a learner meant by an id or by the text that belongs to it.

    Arguments:
        given: the id or the text, in any case, with or without brackets.
        texts: the text of every id.

    Raises:
        Unreadable: nothing on offer is called that.
    """
    if not isinstance(given, str):
        raise Unreadable(f"a choice is a text, not {kind_of(given)}")
    if given in texts:  # what forms hand in
        return given
    if len(given) > LONGEST_TEXT:
        raise Unreadable("that text is too long to be one of the choices")
    wanted = normalize(given)
    ids = {normalize(id): id for id in texts}
    for id in (
        ids.get(wanted),
        next((id for id, text in texts.items() if normalize(text) == wanted), None),
        ids.get(wanted.strip(" ().")),
    ):
        if id is not None:
            return id
    raise Unreadable(f"{_short(given)} is not on offer; choose from: {', '.join(texts)}")


def find_ids(given: Any, texts: Mapping[str, str]) -> list[str]:
    """Return the ids meant by a list, or by text with commas between, each at most once.

    Raises:
        Unreadable: it is no list, or something in it is not on offer.
    """
    if isinstance(given, str):
        if len(given) > LONGEST_TEXT:
            raise Unreadable("that text is too long to be a list of choices")
        try:
            return [find_id(given, texts)]
        except Unreadable:
            given = re.split(r"[,;]", given)
    if not isinstance(given, list | tuple | Set):
        raise Unreadable(f"a list of choices is expected, not {kind_of(given)}")
    if len(given) > 10 * len(texts):
        raise Unreadable("there are more choices in it than are on offer")
    found = [find_id(each, texts) for each in given if not is_blank(each)]
    return list(dict.fromkeys(found))


def present_ids(given: Any, texts: Mapping[str, str]) -> list[str]:
    """Return those of the ids meant that are on offer, as `find_ids`; the others are left out.

    Raises:
        Unreadable: it is no list of choices.
    """
    if isinstance(given, str):
        whole = _present(given, texts)
        given = [whole] if whole else re.split(r"[,;]", given)
    if not isinstance(given, list | tuple | Set):
        raise Unreadable(f"a list of choices is expected, not {kind_of(given)}")
    if len(given) > 10 * len(texts):
        raise Unreadable("there are more choices in it than are on offer")
    return list(dict.fromkeys(id for each in given if (id := _present(each, texts))))


def present_pairs(
    given: Any, keys: Mapping[str, str], choices: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Any]:
    """Return those lines of a mapping that are on offer, as `find_pairs`; the others are left out.

    Arguments:
        given: the mapping.
        keys: the text of each line by its id.
        choices: what there is to choose from for each line, texts by id; anything if not given.

    Raises:
        Unreadable: it is no mapping.
    """
    if not isinstance(given, Mapping):
        raise Unreadable(f"one answer for each line is expected, not {kind_of(given)}")
    if len(given) > 10 * len(keys):
        raise Unreadable("there are more lines in it than the question has")
    pairs: dict[str, Any] = {}
    for key, value in given.items():
        id = _present(key, keys)
        if not id or id in pairs or is_blank(value):
            continue
        if choices is None or _present(value, choices[id]):
            pairs[id] = value
    return pairs


def _present(given: Any, texts: Mapping[str, str]) -> str:
    """Return the id that was meant, "" where it is not on offer."""
    try:
        return find_id(given, texts)
    except Unreadable:
        return ""


def find_pairs(given: Any, keys: Mapping[str, str], what: str = "answer") -> dict[str, Any]:
    """Return a mapping with the ids meant by its keys, without those left blank.

    Raises:
        Unreadable: it is no mapping, or a key is not on offer or stands twice.
    """
    if not isinstance(given, Mapping):
        raise Unreadable(f"one {what} for each line is expected, not {kind_of(given)}")
    if len(given) > 10 * len(keys):
        raise Unreadable("there are more lines in it than the question has")
    pairs: dict[str, Any] = {}
    for key, value in given.items():
        id = key if type(key) is str and key in keys else find_id(key, keys)
        if id in pairs:
            raise Unreadable(f"{id} stands twice in it")
        if value.strip() if type(value) is str else not is_blank(value):
            pairs[id] = value
    return pairs


def read_number(given: Any, unit: str = "") -> float:
    """Return the number that was given, as a finite float.

    Text may have a decimal comma, a unit or a per cent sign behind it; a comma or a space before
    groups of exactly three digits is read as a thousands separator:

    >>> read_number("1,5"), read_number("1,500"), read_number("1 500 states", "states")
    (1.5, 1500.0, 1500.0)

    Raises:
        Unreadable: it is no number, not finite, or longer than any number asked for here.
    """
    if not isinstance(given, int | float | str):
        given = _bare(given)
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise Unreadable(f"a number is expected, not {kind_of(given)}")
    if isinstance(given, str):
        given = _number_in(given, unit)
    try:
        number = float(given)
    except OverflowError:
        raise Unreadable("that number is too large") from None
    if not math.isfinite(number):
        raise Unreadable("a finite number is expected")
    return number


def _bare(given: Any) -> Any:
    """Return the number in a numpy scalar, in an array of one cell, in a Decimal or a Fraction."""
    try:
        if type(given).__name__ in ("Decimal", "Fraction"):
            return float(given)
        if not isinstance(given, type) and callable(getattr(given, "item", None)):
            return given.item()
    except Exception:
        raise Unreadable("one number is expected") from None
    return given


def _number_in(text: str, unit: str) -> float:
    if len(text) > _LONGEST_NUMBER + len(unit):
        raise Unreadable("a number is expected, that text is too long to be one")
    cleaned = normalize(text)
    for ending in (normalize(unit), "%", "percent", "per cent"):
        if ending:
            cleaned = cleaned.removesuffix(ending).rstrip()
    cleaned = _GAP_IN_NUMBER.sub("", cleaned)
    if _GROUPED_NUMBER.match(cleaned):
        cleaned = cleaned.replace(",", "")
    cleaned = cleaned.replace(",", ".") if cleaned.count(",") == 1 else cleaned
    if not cleaned.isascii() or not _PLAIN_NUMBER.match(cleaned):
        raise Unreadable(f"{_short(text)} is not a number; write digits, such as 11 or 2.5")
    return float(cleaned)


def read_text(given: Any) -> str:
    """Return written text as it is.

    Raises:
        Unreadable: it is not text, or longer than 20,000 characters.
    """
    if not isinstance(given, str):
        raise Unreadable(f"text is expected, not {kind_of(given)}")
    if len(given) > LONGEST_TEXT:
        raise Unreadable(f"the text is longer than {LONGEST_TEXT:,} characters; shorten it")
    return given


@lru_cache(maxsize=32)
def count_words(text: str) -> int:
    """Return the number of words, counting what has a letter or a digit in it.

    A text is counted where it is marked, and again where it is shown.
    """
    words = text.split()
    odd = [word for word in words if not word[0].isalnum()]
    return len(words) - sum(not any(map(str.isalnum, word)) for word in odd)


def kind_of(value: Any) -> str:
    """Return what a value is, in the words of an error."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "a list"
    return names.get(type(value), f"a value of type {type(value).__name__}")


def _short(text: str) -> str:
    """Return text as a short quotation in one line, without characters that cannot be shown."""
    line = _SPACES.sub(" ", text[:60]).strip()
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return f"\u201c{line if len(text) <= 60 else line + ' …'}\u201d"
