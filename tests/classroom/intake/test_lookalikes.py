"""Names that look like others."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cybernorms.classroom.intake.lookalikes import alike, look_of, scripts_mixed
from cybernorms.classroom.intake.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "\u0410da Lovelace"),
        ("Ada Lovelace", "Ada L\u043evelac\u0435"),
        ("Bo Li", "\u0392o Li"),
        ("Popa", "\u0420\u043e\u0440\u0430"),
        ("O'Neil", "0'Neil"),
        ("Ada", "\uff21\uff44\uff41"),
        ("Bill Lo", "Bi11 L0"),
        ("Bill Lo", "BiIl Lo"),
        ("Ian Li", "lan Li"),
        ("Inci Li", "Inc\u0131 Li"),
        *(("O'Neil", f"O{sign}Neil") for sign in "\u02bc\u02bb\u02b9\ua78c\u2019\u055a"),
    ],
)
def test_names_that_the_eye_cannot_tell_apart_are_found(one: str, other: str) -> None:
    assert look_of(one) == look_of(other)
    same = name_key(one) == name_key(other)
    assert alike([one, other, "Somebody Else"]) == ([] if same else [sorted([one, other])])


def test_names_that_differ_to_the_eye_and_one_name_in_two_ways_are_not() -> None:
    assert alike(["Ada Lovelace", "Ada King", "Ана Ковачевић", "小明 王", "राम", "रमा"]) == []
    assert alike(["Ada Lovelace", "LOVELACE, ADA", "ada lovelace", "", " "]) == []


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("\u0410da Lovelace", ["Cyrillic", "Latin"]),
        ("Ada Ковачевић", []),
        ("山田 Taro", []),
        ("がくカタ", []),
        ("Müller-Ørsted", []),
        ("A\u03bbex", ["Greek", "Latin"]),
    ],
)
def test_two_scripts_in_one_word_are_told(name: str, scripts: list[str]) -> None:
    assert scripts_mixed(name) == scripts


@given(st.text(max_size=40))
def test_any_name_looks_like_itself(name: str) -> None:
    assert alike([name, name]) == []
    assert look_of(name.lower()) == look_of(name.upper().lower()) or not name.isascii()
