"""How the bytes of a table become text, and when they cannot without harm to names."""

from __future__ import annotations

import re
from unicodedata import category

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f,;\t\r\n]+[^\s,;]*")
# Signs that stand beside letters; others are a wrong reading, and so are most of these in words.
_PUNCTUATION = frozenset("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u20ac\xa0\xab\xbb")
_IN_WORD = re.compile(
    r"(?:\xa0.*|[\u2019\u2013][A-Z\xc0-\xde].*|\u2019(?:t|s|d|m|re|ve|ll|n)?(?![^\W\d_]).*)\Z",
    re.DOTALL,
)
_OPENS = "\u2018"  # a quotation, so that no letter stands before it
_FEW = 2  # letters before an apostrophe, as in O\u2019Hara or d\u2019accord
_NEVER = "\u0178"  # no name has it, and the Mac's u with two dots looks so on Windows
_LONGEST_RUN = 3  # accented letters in a row, which no language of Western Europe has
_SAMPLE = 4_000


class Undecided(Exception):
    """Bytes that cannot be read without harm; the text says what is seen."""


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a table and a remark on a reading that was a guess, or none.

    UTF-8 and UTF-16, with or without a mark. Else the old encodings of Windows or of the Mac, if
    what comes out looks like words of Western Europe.

    Raises:
        Undecided: letters have been lost, or nothing says which letters these are.

    >>> decode("Müller".encode("cp1252"))[0], decode("José".encode("mac_roman"))[0]
    ('Müller', 'José')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content.decode(encoding, errors="replace")), ""
    if encoding := _utf_16_without_mark(content):
        return _checked(content.decode(encoding, errors="replace")), ""
    if b"\0" in content:
        raise Undecided("it holds bytes that are no text")
    try:
        return _checked(content.decode("utf-8")), ""
    except UnicodeDecodeError:
        return _old_encoding(content)


def _utf_16_without_mark(content: bytes) -> str:
    """Return the UTF-16 in which separators and line ends have a zero on one side, or nothing."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)  # a few letters have a zero on the other side
    if len(content) % 2 or 20 * most < len(sample) // 2 or 10 * least > most:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _checked(text: str) -> str:
    """Return text in which no letter is lost and no word was decoded in the wrong way.

    Raises:
        Undecided: there is such a word.
    """
    if text.isascii():
        return text
    if "\ufffd" in text:
        at = text.index("\ufffd")
        near = re.split(r"[,;\t\r\n\"]", text[max(0, at - 20) : at])[-1]
        raise Undecided(f"letters in it were lost when it was saved, as after {near[-12:]!r}")
    for match in _WORD.finditer(text):
        if (meant := _decoded_twice(match[0])) is not None:
            raise Undecided(f"{match[0][:30]!r} in it was once {meant[:30]!r}")
    return text


def _decoded_twice(word: str) -> str | None:
    """Return the word of which this is the UTF-8 read as the encoding of Windows, or None."""
    for encoding in ("cp1252", "latin-1", "mac_roman"):
        try:
            return word.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


def _old_encoding(content: bytes) -> tuple[str, str]:
    for encoding, system in (("cp1252", "Windows"), ("mac_roman", "the Mac")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        opened, closed = text.count("\u201e"), text.count("\u201c") + text.count("\u201d")
        if opened <= closed and all(_is_plausible(match[0]) for match in _WORD.finditer(text)):
            return text, (
                f"is not in UTF-8 and was read in the old encoding of {system}; see whether names "
                "with accents are right"
            )
    raise Undecided("it is in an old encoding, and nothing in it says in which")


def _is_plausible(word: str) -> bool:
    """Return whether a word with such letters can be one of a language of Western Europe."""
    run = 0
    for at, (before, letter) in enumerate(zip(f" {word}", word, strict=False)):
        if letter.isascii():
            run = 0
        elif letter in _PUNCTUATION:
            between = before.isalpha() and word[at + 1 : at + 2].isalpha()
            if (between and not _parts(word, at)) or (letter == _OPENS and before.isalpha()):
                return False
        else:
            run += 1
            wrong = category(letter) not in ("Ll", "Lu", "Lo") or letter == _NEVER
            if wrong or run == _LONGEST_RUN or (letter.isupper() and before.islower()):
                return False
    return True


def _parts(word: str, at: int) -> bool:
    """Return whether a sign between letters parts two words, or leaves letters out."""
    return bool(_IN_WORD.match(word, at)) or (word[at] == "\u2019" and at <= _FEW)
