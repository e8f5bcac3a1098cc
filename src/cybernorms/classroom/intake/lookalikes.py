"""Names that look like others: letters of two scripts in a word, letters that pass for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import name, normalize

from cybernorms.classroom.intake.names import name_key, words_of

# Capitals first, since small letters of one script can look like others than their capitals do.
_CAPITALS = (
    dict(zip("АВЕЅІЈКМНОРСТУХԌԚԜ", "ABESIJKMHOPCTYXGQW", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
    | dict(zip("ԱՏՍՕ", "USUO", strict=True))
)
_SMALL = dict(zip("аеѕіјорсухԁԛԝһ", "aesijopcyxdqwh", strict=True)) | dict(
    zip("ονιαγρτυκωօսհոցև01", "oviaypTukwounhgnol", strict=True)
)
# Of one script: a capital I and a small l, an i without its dot, signs that pass for an apostrophe.
_ALIKE = {"I": "l", "|": "l", "ı": "i", "ȷ": "j", "ɑ": "a", "ɡ": "g", "Ɩ": "l", "ǀ": "l"} | (
    dict.fromkeys("’‘‛ʼʻʽʾʿˈˊˋʹꞌ′‵´`＇՚", "'")
)
_LOOKS = str.maketrans(_CAPITALS | _SMALL | _ALIKE)
# Scripts of which some letters pass for those of another, and that no name mixes in a word.
_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}


def scripts_mixed(text: str) -> list[str]:
    """Return the scripts that one word of a name mixes, if it does, as nobody's name does.

    >>> scripts_mixed("\\u0410da Lovelace"), scripts_mixed("Ada Ковачевић")
    (['Cyrillic', 'Latin'], [])
    """
    if text.isascii():
        return []
    for word in words_of(text):
        found = {_script(letter) for letter in word} & _SCRIPTS
        if len(found) > 1:
            return sorted(script.title() for script in found)
    return []


@lru_cache(maxsize=2_000)
def _script(letter: str) -> str:
    return name(letter, "").partition(" ")[0]


def look_of(text: str) -> str:
    """Return what a name looks like: the same for names that the eye cannot tell apart."""
    # First without the rules for what is the same, by which some apostrophes are a space.
    return name_key(normalize("NFKC", text.translate(_LOOKS)).translate(_LOOKS))


def alike(names: Iterable[str]) -> list[list[str]]:
    """Return the names that look alike and are not the same, together."""
    by_look: dict[str, dict[str, str]] = defaultdict(dict)
    for each in names:
        if key := name_key(each):
            for look in {look_of(each), look_of(each.casefold())}:
                by_look[look].setdefault(key, each)
    found = {tuple(sorted(each.values())) for each in by_look.values() if len(each) > 1}
    return [[*each] for each in sorted(found)]
