"""Names are read alike, whichever way they are looked at."""

from __future__ import annotations

from unicodedata import category

from cybernorms.classroom.intake.names import loose_key, name_key, words_of

ASCII = "".join(map(chr, range(128)))


def test_plain_letters_are_read_as_all_letters_are() -> None:
    """Prevents another rule for names without accents, which are read in a quicker way."""
    letters = "".join(each if category(each)[0] in "LMN" else " " for each in ASCII)
    assert words_of(ASCII) == letters.split()
    for each in ASCII:
        name = f"Ada{each}Lovelace"
        assert words_of(f"é {name}")[1:] == words_of(name)
        assert sorted([*loose_key(name).split(), "e"]) == loose_key(f"é {name}").split()
        assert sorted([*name_key(name).split(), "é"]) == name_key(f"é {name}").split()
