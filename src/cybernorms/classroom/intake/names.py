"""Names of people, in every script: when two ways of writing are one name."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, name, normalize

from cybernorms.classroom.tables import BLANKS

# Latin letters with a stroke or of two letters, which Unicode does not take apart.
_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´‘")
_BEHIND_NAMES = {"jr", "sr", "ii", "iii", "iv", "phd", "d ph", "md", "d m", "esq"}
_ASCII_WORDS = re.compile(r"[A-Za-z0-9]+")
MOST_WORDS = 8  # of a name whose words are tried in every order


def words_of(text: str) -> list[str]:
    """Return the words of a name; vowel signs and other marks belong to their letters.

    >>> words_of("Lovelace, Ada")
    ['Lovelace', 'Ada']
    """
    if text.isascii():  # of which this is known without looking at each letter
        return _ASCII_WORDS.findall(text)
    kept = (
        letter if category(letter)[0] in "LMN" and letter not in BLANKS else " " for letter in text
    )
    return "".join(kept).split()


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return a name by which case, order, commas and ways of composing letters do not count.

    Accents and vowel signs do count, in every script.

    >>> name_key("Lovelace, Ada") == name_key("ada  lovelace")
    True
    >>> name_key("राम कुमार") == name_key("मीरा कुमार")
    False
    """
    folded = normalize("NFC", normalize("NFD", text).casefold())
    return " ".join(sorted(words_of(folded)))


@lru_cache(maxsize=20_000)
def loose_key(text: str) -> str:
    """Return a name as `name_key` does, but without Latin accents, apostrophes and hyphens.

    It serves only to look somebody up on a list of people, where exactly one of them fits.

    >>> loose_key("José Müller-O’Neil") == loose_key("Jose Muller Oneil")
    True
    """
    return " ".join(sorted(_loose_words(text)))


def given_name_first(text: str) -> str:
    """Return a name of a list, family name first, as it is spoken; another name as it is.

    >>> given_name_first("Lovelace, Ada")
    'Ada Lovelace'
    >>> given_name_first("Martin Luther King, Jr.")
    'Martin Luther King, Jr.'
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(parts) or name_key(parts[1]) in _BEHIND_NAMES:
        return text
    return f"{parts[1]} {parts[0]}"


def share_a_word(one: str, other: str) -> bool:
    """Return whether two names have a word in common, by which accents and case do not count."""
    return not {*_loose_words(one)}.isdisjoint(_loose_words(other))


def spells(text: str, run: str) -> bool:
    """Return whether the words of a name, in some order, make up a run of letters exactly.

    Canvas runs the words of a name together in the names of files.

    >>> spells("Ada Lovelace", "lovelaceada"), spells("Al Li", "liualice")
    (True, False)
    """
    words = _loose_words(text)
    letters = "".join(_loose_words(run))
    if not words or sum(map(len, words)) != len(letters):
        return False
    if len(words) > MOST_WORDS:
        return sorted("".join(words)) == sorted(letters)
    return _made_of(letters, words)


def is_called(name: str, given: str) -> bool:
    """Return whether a name is the given one, or is run together in it, as Canvas does.

    >>> is_called("Ada Lovelace", "Lovelace, Ada"), is_called("Ada Lovelace", "lovelaceada")
    (True, True)
    """
    return loose_key(name) == loose_key(given) or spells(name, given)


def letters_of(text: str) -> str:
    """Return the letters of a name in an order of their own; names that are alike have the same."""
    return "".join(sorted("".join(_loose_words(text))))


def _made_of(letters: str, words: tuple[str, ...]) -> bool:
    if not words:
        return not letters
    return any(
        letters.startswith(word) and _made_of(letters[len(word) :], words[:i] + words[i + 1 :])
        for i, word in enumerate(words)
    )


@lru_cache(maxsize=20_000)
def _loose_words(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(words_of(text.translate(_APOSTROPHES).casefold()))
    folded = normalize("NFKD", text).translate(_APOSTROPHES).casefold().translate(_LATIN)
    kept, on_latin = [], False
    for letter in folded:
        if category(letter) == "Mn":
            if not on_latin:
                kept.append(letter)
            continue
        on_latin = _is_latin(letter)
        kept.append(letter)
    return tuple(words_of(normalize("NFC", "".join(kept))))


@lru_cache(maxsize=4_000)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or name(letter, "").startswith("LATIN")
