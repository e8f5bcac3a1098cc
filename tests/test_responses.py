"""Reading what learners give: equal answers in other clothes are equal, odd ones are told apart.

Without these tests a right answer would lose points for a dash, a comma or the order of columns,
or an odd one would end in a traceback.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import math
import subprocess
import sys
import time
from collections import deque
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
from cybernorms.exercises.values import is_table, same, simplify

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


# Computed values


@pytest.mark.parametrize(
    ("value", "simple"),
    [
        (None, None),
        (True, True),
        (np.True_, True),
        (7, 7),
        (np.int64(7), 7),
        (np.float64(0.5), 0.5),
        (float("nan"), None),
        (np.float64("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        ("text", "text"),
        (decimal.Decimal("0.5"), 0.5),
        (fractions.Fraction(1, 2), 0.5),
        (datetime.date(2015, 9, 25), "2015-09-25"),
        (pd.Timestamp("2015-09-25"), "2015-09-25"),
        (np.datetime64("2015-09-25"), "2015-09-25"),
        ((1, 2), [1, 2]),
        (deque([1, 2]), [1, 2]),
        (range(3), [0, 1, 2]),
        ({3, 1, 2}, [1, 2, 3]),
        ({10, 9, 11}, [9, 10, 11]),
        ({"b", "a", 1}, [1, "a", "b"]),
        (frozenset("ba"), ["a", "b"]),
        ({"b": 1}.keys(), ["b"]),
        ({"b": 1}.values(), [1]),
        ({"b": 1}.items(), [["b", 1]]),
        ({1: "a", (1, 2): "b"}, {"1": "a", "1, 2": "b"}),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array(7), 7),
        (pd.Index(["a", "b"]), ["a", "b"]),
        (pd.Series(["a", "b"]).unique(), ["a", "b"]),
        (pd.Categorical(["a", "b"]), ["a", "b"]),
        (pd.Series(["a", "b"]), ["a", "b"]),
        (pd.Series(["a", "b"], index=[2, 5]), ["a", "b"]),
        (pd.Series([1, 2], index=["a", "b"]), {"a": 1, "b": 2}),
        (pd.Series([1, 2], index=["a", "a"]), [1, 2]),
        (pd.Series([15, 20], index=pd.Index([2004, 2009], name="year")), {"2004": 15, "2009": 20}),
        (pd.Series(["x", "x", "y"]).value_counts(), {"x": 2, "y": 1}),
        (pd.Series([1, None], dtype="Int64"), [1, None]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_computed_value_becomes_plain(value: Any, simple: Any) -> None:
    """Prevents a right result from being refused for the library that made it."""
    assert simplify(value) == simple


def test_a_number_stays_what_it_was() -> None:
    """Prevents true from being taken for the number one."""
    assert simplify(np.True_) is True
    assert type(simplify(np.int64(1))) is int


TABLE = {"columns": ["branch", "lost"], "rows": [["Attic", 10], ["Cellar", 2]]}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"branch": ["Attic", "Cellar"], "lost": [10, 2]}),
        pd.DataFrame({"branch": ["Attic", "Cellar"], "lost": [10, 2]}, index=[7, 9]),
        pd.DataFrame({"lost": [10, 2]}, index=pd.Index(["Attic", "Cellar"], name="branch")),
        pd.DataFrame({"branch": ["Attic", "Cellar"], "lost": [10, 2]}).set_index(
            "branch", drop=False
        ),
        pd.DataFrame({"branch": ["Attic", "Cellar"], "lost": pd.array([10, 2], dtype="Int64")}),
        pd.DataFrame({"branch": pd.Categorical(["Attic", "Cellar"]), "lost": [10.0, 2.0]}),
    ],
    ids=["plain", "gaps", "index", "index kept", "nullable", "categories"],
)
def test_a_table_becomes_columns_and_rows(frame: Any) -> None:
    """Prevents a right table from being refused for its index or its types."""
    assert simplify(frame) == TABLE


@pytest.mark.parametrize(
    "value",
    [
        object(),
        int,
        pd.DataFrame,
        pd.Series,
        len,
        lambda: 1,
        b"bytes",
        5j,
        float("inf"),
        [float("-inf")],
        10**400,
        [10**5000],
        decimal.Decimal("Infinity"),
        [[[[[[[[1]]]]]]]],
        (each for each in "ab"),
        range(10**6),
        range(10**30),
        [0] * 20_001,
        [[0] * 1000] * 1000,
        {"a": [[[[0] * 100] * 100] * 100] * 100},
        dict.fromkeys(range(20_001)),
        np.zeros(20_001),
        np.zeros((1000, 1000)),
        pd.Series(range(20_001)),
        pd.DataFrame({"a": range(20_001)}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_is_too_odd_or_too_large_is_told(value: Any) -> None:
    """Prevents a forgotten pair of brackets, or a giant, from ending in a traceback or a wait."""
    start = time.perf_counter()
    assert refusal(simplify, value)
    assert time.perf_counter() - start < 2


def test_a_plain_value_does_not_load_pandas() -> None:
    """Prevents marking from waiting a second for a library that it does not need."""
    code = (
        "import sys\n"
        "from cybernorms.exercises.values import simplify, same\n"
        "import cybernorms.exercises.marking\n"
        "assert same(simplify({'a': [1, {2}]}), {'a': [1, [2]]})\n"
        "assert not {'pandas', 'numpy', 'nbformat', 'jsonschema'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Equal values


def table(columns: list[str], *rows: list[Any]) -> dict[str, Any]:
    return {"columns": columns, "rows": list(rows)}


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (7, 7.0),
        ("7", 7),
        ("0,5", 0.5),
        (2004, "2004"),
        ("Due–Diligence", "due-diligence"),
        ({"A": 1, "b ": "2"}, {"b": 2, "a": 1}),
        ([1, "B"], [1.0, "b"]),
        ("2015-09-25", datetime.date(2015, 9, 25)),
        (None, ""),
        (table(["Lost", "Branch"], [2, "cellar"], [10, "attic"]), TABLE),
        (table(["branch", "lost"], ["Attic", 10.0], ["Cellar", "2"]), TABLE),
        (
            table(["n", "x"], [0.331, "a"], [0.329, "b"]),
            table(["n", "x"], [0.33, "b"], [0.33, "a"]),
        ),
        (
            table(["share", "count"], [0.331, 1], [0.329, 2]),
            table(["share", "count"], [0.33, 1], [0.33, 2]),
        ),
        (
            table(["n"], [1e16], [2.0], [10.0], ["1 500"]),
            table(["n"], [2], [10], [1500], [10**16]),
        ),
    ],
)
def test_equal_values_are_equal_in_other_clothes(given_: Any, expected: Any) -> None:
    """Prevents a wrong mark for the order of columns or rows, or for how a number is written."""
    assert same(given_, expected, 0.01)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (True, 1),
        (1, True),
        (0, False),
        (None, 0),
        ("", 0),
        ("seven", 7),
        (7.02, 7),
        ([2, 1], [1, 2]),
        ([1], [1, 1]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}),
        ([1], {"a": 1}),
        ({"a": 1}, [1]),
        (table(["branch", "lost"], ["Attic", 10]), TABLE),
        (table(["branch", "lost"], ["Attic", 2], ["Cellar", 10]), TABLE),
        (table(["branch", "lost"], ["Attic", 10], ["Attic", 10]), TABLE),
        (table(["branch", "found"], ["Attic", 10], ["Cellar", 2]), TABLE),
        (table(["branch"], ["Attic"], ["Cellar"]), TABLE),
    ],
)
def test_values_that_differ_are_not_equal(given_: Any, expected: Any) -> None:
    """Prevents full points for another number, another order or a missing row."""
    assert not same(given_, expected, 0.01)


@pytest.mark.parametrize(
    "looks_like_a_table",
    [
        {"columns": 5, "rows": 5},
        {"columns": ["a"], "rows": 5},
        {"columns": ["a"], "rows": [5]},
        {"columns": ["branch", "lost"], "rows": [["Attic"], []]},
        {"columns": [1, 2], "rows": [["Attic", 10], ["Cellar", 2]]},
        {"columns": None, "rows": None},
        {"columns": {"branch": 1, "lost": 2}, "rows": [["Attic", 10], ["Cellar", 2]]},
    ],
)
def test_a_mapping_that_looks_like_a_table_is_none(looks_like_a_table: Any) -> None:
    """Prevents a hand-in made by hand from ending in a traceback."""
    assert not is_table(looks_like_a_table)
    assert not same(simplify(looks_like_a_table), TABLE)


CELLS = st.one_of(st.integers(-50, 50), st.floats(-50, 50), st.text(max_size=4), st.booleans())
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8)


@given(ROWS, st.permutations(range(3)), st.randoms(use_true_random=False))
def test_a_table_is_the_same_however_it_is_turned(
    rows: list[list[Any]], turned: list[int], random: Any
) -> None:
    """Prevents sorting from tearing rows of mixed cells apart."""
    names = ["x", "y", "z"]
    other = [[row[place] for place in turned] for row in rows]
    random.shuffle(other)
    shuffled = table([names[place].upper() for place in turned], *other)
    assert same(shuffled, table(names, *rows))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@given(JSON, JSON)
def test_comparing_anything_gives_yes_or_no(one: Any, other: Any) -> None:
    """Prevents a traceback from an odd response to an odd key."""
    assert same(one, other) in (True, False)
