"""Reading what learners give: equal answers in other clothes are equal, odd ones are told apart.

Without these tests a right answer would lose points for a dash, a comma or the order of columns,
or an odd one would end in a traceback.
"""

from __future__ import annotations

import decimal
import fractions
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from cybernorms.exercises.responses import (
    Unreadable,
    count_words,
    find_id,
    find_ids,
    find_pairs,
    is_blank,
    normalize,
    read_number,
    read_text,
)

TEXTS = {"a": "Article 4(a), on corners", "b": "Article 4(b)", "due-diligence": "Due diligence"}


def refusal(read: Any, *arguments: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        read(*arguments)
    return str(caught.value)


# Text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Due diligence", "  due\tDILIGENCE\n"),
        ("due-diligence", "due\u2013diligence"),
        ("due-diligence", "due\u2011diligence"),
        ("due diligence", "due\u00a0diligence"),
        ("“should not”", '"should not"'),
        ("the State’s", "the State's"),
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("norm\u200b f", "norm f"),
        ("\ufeffnorm", "norm"),
        ("hyphen\u00adate", "hyphenate"),
    ],
)
def test_text_is_equal_but_for_its_clothes(one: str, other: str) -> None:
    """Prevents a wrong mark for a text pasted from a word processor."""
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(("one", "other"), [("10²", "102"), ("should", "should not"), ("a", "b")])
def test_text_that_means_something_else_stays_apart(one: str, other: str) -> None:
    """Prevents tidying from going so far that it changes the meaning."""
    assert normalize(one) != normalize(other)


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    """Prevents an answer from changing each time it is read."""
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    "response",
    [None, "", " \n\t", "\u00a0", [], {}, (), set(), {"a": ""}, {"a": None, "b": []}, [""], [None]],
)
def test_what_says_nothing_is_blank(response: Any) -> None:
    """Prevents a form that was never touched from being marked as wrong."""
    assert is_blank(response)


@pytest.mark.parametrize("response", [0, 0.0, False, "0", ["a"], {"a": 0}, [0], [[], "a"]])
def test_what_says_something_is_not_blank(response: Any) -> None:
    """Prevents the number nought from being taken for no answer."""
    assert not is_blank(response)


def test_words_are_counted_without_dashes_between_them() -> None:
    """Prevents the count from rewarding strokes and dots."""
    assert count_words("Norm (f) – it is voluntary ... , 2015") == 6
    assert count_words("") == 0


@pytest.mark.parametrize("given_", [5, None, ["a"], b"text", {"a": 1}])
def test_written_text_must_be_text(given_: Any) -> None:
    """Prevents a list from reaching a teacher as an essay."""
    assert "text is expected" in refusal(read_text, given_)


def test_written_text_has_a_greatest_length() -> None:
    """Prevents a pasted book from filling the record."""
    assert read_text("a" * 20_000)
    assert "20,000" in refusal(read_text, "a" * 20_001)


# Choices


@pytest.mark.parametrize(
    "given_",
    ["a", "A", " a ", "(a)", "a)", "a.", "Article 4(a), on corners", "ARTICLE 4(A), ON CORNERS"],
)
def test_a_choice_is_found_by_its_letter_or_its_text(given_: str) -> None:
    """Prevents a wrong mark for brackets round a letter."""
    assert find_id(given_, TEXTS) == "a"


def test_an_id_wins_over_a_text_that_looks_like_it() -> None:
    """Prevents a choice from being taken for another whose text is its name."""
    assert find_id("b", {"a": "B", "b": "C"}) == "b"
    assert find_id("(b)", {"a": "(b)", "b": "C"}) == "a"


@pytest.mark.parametrize("given_", ["z", "", "a b", "\ud800", "\u202ea", "\x00", "aa", "due"])
def test_what_is_not_on_offer_is_named_with_what_is(given_: str) -> None:
    """Prevents "unreadable" without a word on what could have been chosen."""
    assert "a, b, due-diligence" in refusal(find_id, given_, TEXTS)


@pytest.mark.parametrize("given_", [None, 5, True, 1.5, ["a"], {"a": 1}, b"a", object()])
def test_a_choice_must_be_text(given_: Any) -> None:
    """Prevents a number from being taken for the place of an option."""
    assert "a choice is a text" in refusal(find_id, given_, TEXTS)


@pytest.mark.parametrize("given_", ["\ud800", "a\u202eb", "a\x00b", "x\x1b[31m", "\u2066", "\x07"])
def test_a_message_holds_nothing_that_cannot_be_shown(given_: str) -> None:
    """Prevents a message that turns the page round, or that cannot be sent to a browser."""
    message = refusal(find_id, given_, TEXTS)
    message.encode("utf-8")
    assert message.isprintable()


@pytest.mark.parametrize(
    "given_",
    [
        ["b", "a"],
        ("b", "a"),
        ["B", "(a)"],
        ["b", "a", "b", "A"],
        "b, a",
        "b; a;",
        ["Article 4(b)", "Article 4(a), on corners"],
        {"b": 0, "a": 0}.keys(),
    ],
)
def test_choices_keep_their_order_and_each_counts_once(given_: Any) -> None:
    """Prevents an order from being shuffled, or an option from counting twice."""
    assert find_ids(given_, TEXTS) == ["b", "a"]


@given(st.lists(st.sampled_from(sorted(TEXTS)), max_size=30))
def test_repeated_choices_stand_where_they_stood_first(ids: list[str]) -> None:
    """Prevents a repeated choice from moving the first one."""
    assert find_ids(ids, TEXTS) == sorted(set(ids), key=ids.index)


def test_a_text_with_a_comma_is_one_choice() -> None:
    """Prevents the text of an option from being cut at its comma."""
    assert find_ids("Article 4(a), on corners", TEXTS) == ["a"]


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (5, "a list of choices is expected"),
        ({"a": 1}, "a list of choices is expected"),
        (["a", 5], "a choice is a text"),
        (["a", ["b"]], "a choice is a text"),
        (["a"] * 31, "more choices"),
        ("a," * 31, "more choices"),
    ],
)
def test_choices_that_cannot_be_read_are_told(given_: Any, words: str) -> None:
    """Prevents a long list from keeping the marker busy."""
    assert words in refusal(find_ids, given_, TEXTS)


@pytest.mark.parametrize(
    "given_", [{"b", "a"}, frozenset("ba"), {"a": 0, "b": 1}.keys() & {"a", "b"}]
)
def test_a_set_of_choices_is_read(given_: Any) -> None:
    """Prevents a set from being refused where order does not matter."""
    assert sorted(find_ids(given_, TEXTS)) == ["a", "b"]


def test_pairs_are_found_by_id_or_text_and_blank_ones_left_out() -> None:
    """Prevents a line left open from being marked as a wrong answer."""
    given_ = {"(A)": 1, "article 4(b)": 2, "Due–diligence": " "}
    assert find_pairs(given_, TEXTS) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (["a"], "one answer for each line"),
        ("a", "one answer for each line"),
        ({"z": 1}, "not on offer"),
        ({5: 1}, "a choice is a text"),
        (dict.fromkeys(map(str, range(100_000)), 1), "more lines"),
        ({"a": 1, "A": 2}, "twice"),
    ],
)
def test_pairs_that_cannot_be_read_are_told(given_: Any, words: str) -> None:
    """Prevents two answers to one line from silently becoming the last of them."""
    assert words in refusal(find_pairs, given_, TEXTS)


# Numbers


@pytest.mark.parametrize(
    ("given_", "number"),
    [
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("1,500", 1500),
        ("1 500", 1500),
        ("1\u202f500", 1500),
        ("1'500", 1500),
        ("1_500", 1500),
        ("12,345,678", 12345678),
        ("12 345 678,5", 12345678.5),
        ("1,500.25", 1500.25),
        ("0,500", 0.5),
        ("-0,125", -0.125),
        ("1 500 books", 1500),
        ("1500 BOOKS", 1500),
        ("1500books", 1500),
        ("\u22125", -5),
        ("\u2013 5", -5),
        ("+5", 5),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("30 %", 30),
        ("30 percent", 30),
        ("30 per cent", 30),
        ("  7\n", 7),
        (7, 7),
        (7.0, 7),
        (np.int64(7), 7),
        (np.float32(7), 7),
        (np.array(7), 7),
        (np.array([7]), 7),
        (np.str_("7"), 7),
        (pd.Series([7]), 7),
        (decimal.Decimal("7"), 7),
        (fractions.Fraction(14, 2), 7),
    ],
)
def test_a_number_is_read_in_all_its_clothes(given_: Any, number: float) -> None:
    """Prevents a wrong mark for a decimal comma, a unit or a thousands separator."""
    assert read_number(given_, "books") == number


@pytest.mark.parametrize(
    "given_",
    [
        "",
        "eleven",
        "11 or 12",
        "1.2.3",
        "1,2,3",
        "1,500,5",
        "1.500,5",
        "1 5",
        "20 15",
        "1__5",
        "5 5 books",
        "0x10",
        "1e",
        "1e9999",
        "nan",
        "inf",
        "-Infinity",
        "½",
        "10²",
        "١١",
        "--5",
        "5-",
        "%",
        "books",
        "5" * 5000,
        " " * 100_000,
        "\ud800",
        "5\x00",
        "\u202e15",
        True,
        False,
        np.True_,
        None,
        [5],
        {"a": 5},
        5j,
        float("nan"),
        float("inf"),
        -math.inf,
        np.float64("nan"),
        10**400,
        -(10**5000),
        decimal.Decimal("sNaN"),
        decimal.Decimal("1e9999"),
        np.array([1, 2]),
        pd.Series([1, 2]),
        pd.DataFrame({"a": [5]}),
        pd.NA,
        pd.NaT,
        object(),
        int,
        np.float64,
        pd.Series,
        b"5",
    ],
    ids=lambda given_: type(given_).__name__,
)
def test_what_is_no_finite_number_is_told(given_: Any) -> None:
    """Prevents a guess at a number that the learner did not mean, and a traceback."""
    assert refusal(read_number, given_, "books")


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".", ","]))
def test_every_float_is_read_as_it_is_written(number: float, comma: str) -> None:
    """Prevents a number from losing digits on the way."""
    written = repr(number).replace(".", comma)
    assert read_number(written) == number
