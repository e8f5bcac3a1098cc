"""Computed values: what becomes of them when they are kept, and which of them are equal."""

from __future__ import annotations

import datetime
import decimal
import fractions
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
)
from cybernorms.exercises.values import is_table, same, simplify

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
    with pytest.raises(Unreadable, match=r"."):
        simplify(value)
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


def table(columns: list[str], *rows: list[Any]) -> dict[str, Any]:
    return {"columns": columns, "rows": list(rows)}


# Equal values


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
