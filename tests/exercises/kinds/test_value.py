"""A computed value, and each check of one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cybernorms.exercises.marking import mark
from tests.answers import marked
from tests.exercises.right_answers import LOST
from tests.factories import made_up, value_question


@pytest.mark.parametrize(
    ("table", "credit"),
    [
        (LOST, 1),
        (LOST[["lost", "branch"]], 1),
        (LOST[::-1], 1),
        (LOST.set_index("branch"), 1),
        (LOST.rename(columns=str.upper), 1),
        (LOST.assign(branch=["ATTIC", "cellar", "half–landing"]), 1),
        (LOST.assign(lost=["10", "2", "0,5"]), 1),
        (LOST.assign(lost=[10.009, 2, 0.5]), 1),
        (LOST.assign(lost=[10.011, 2, 0.5]), 0.6),
        (LOST.assign(lost=[10, 3, 0.5]), 0.4),
        (LOST.assign(extra=1), 0.6),
        (LOST[:2], 0.4),
        (LOST[["branch"]], 0.2),
        (LOST.rename(columns={"lost": "gone"}), 0.2),
        (LOST[:0], 0.2),
        (LOST.assign(lost=[math.nan, 2, 0.5]), 0.6),
    ],
)
def test_a_value_is_the_sum_of_the_checks_that_hold(table: Any, credit: float) -> None:
    """Prevents a right table from losing points for its clothes."""
    assert marked("value", table).credit == pytest.approx(credit)


def test_a_check_is_told_with_its_reason_and_no_key() -> None:
    """Prevents the source of the answer from standing under a check that failed."""
    first, second, *_ = marked("value", LOST[:2]).feedback
    assert (first.verdict, first.reason, first.source) == (
        "correct",
        "Both columns are there.",
        "lower-shelving",
    )
    assert (second.verdict, second.reason, second.source) == (
        "incorrect",
        "There are three branches.",
        "",
    )


VALUES = [
    ("columns", ["a", "b"], LOST.rename(columns={"branch": "B ", "lost": "A"}), True),
    ("columns", ["a", "b"], {"a": 1, "b": 2, "c": 3}, True),
    ("columns", ["a", "b"], ["B", "A"], True),
    ("columns", ["a", "b"], {"a": 1}, False),
    ("columns", ["a", "b"], 5, False),
    ("columns", ["a", "b"], [["a"], 5, None], False),
    ("columns", ["a", "b"], {"columns": 5, "rows": 5}, False),
    ("rows", 3, LOST, True),
    ("rows", 3, [1, 2, 3], True),
    ("rows", 3, {"a": 1, "b": 2, "c": 3}, True),
    ("rows", 3, pd.Series([1, 1, 1], index=["a", "a", "a"]), True),
    ("rows", 3, "abc", False),
    ("rows", 3, 3, False),
    ("rows", 0, [], True),
    ("contains", "f", ["F", "g"], True),
    ("contains", ["f", "g"], pd.Series(["g", "f", "h"], index=[5, 6, 7]), True),
    ("contains", ["f", "g"], np.array(["f", "g"]), True),
    ("contains", ["f", "g"], {"f", "g"}, True),
    ("contains", ["f", "z"], ["f", "g"], False),
    ("contains", ["f"], {"f": 1}, True),
    ("contains", {"f": 1}, {"F": 1.0, "g": 2}, True),
    ("contains", {"f": 1}, pd.Series([1, 2], index=["f", "g"]), True),
    ("contains", {"f": 1}, {"f": 2}, False),
    ("contains", {"f": 1}, {}, False),
    ("contains", {"branch": "Attic"}, LOST, True),
    ("contains", {"branch": "Attic", "lost": 10}, LOST[["lost", "branch"]], True),
    ("contains", {"branch": "Attic", "lost": 2}, LOST, False),
    ("contains", [{"branch": "Attic"}, {"branch": "Cellar"}], LOST, True),
    ("contains", [{"branch": "Attic"}, {"branch": "Roof"}], LOST, False),
    ("contains", {"branch": "Attic"}, LOST.to_dict("records"), True),
    ("contains", [["Attic", 10]], LOST, True),
    ("contains", {"a": 1}, {"columns": 5, "rows": 5}, False),
    ("contains", "f", "f", False),
    ("contains", 5, None, False),
    ("equals", 7, 7, True),
    ("equals", 7, np.int64(7), True),
    ("equals", 7, "7", True),
    ("equals", 7, True, False),
    ("equals", True, np.True_, True),
    ("equals", True, 1, False),
    ("equals", 0.5, 0.5000000001, True),
    ("equals", "Due diligence", "due  DILIGENCE", True),
    ("equals", "", "", True),
    ("equals", ["f", "g"], ("F", "G"), True),
    ("equals", ["f", "g"], LOST.assign(x=["f", "g", "h"])[:2].x, True),
    ("equals", ["f", "g"], ["g", "f"], False),
    ("equals", ["f", "g"], {"g", "f"}, True),
    ("equals", {"f": 1}, pd.Series({"f": 1}), True),
    ("equals", [], [], True),
    ("equals", [], {}, False),
]


@pytest.mark.parametrize(
    ("test", "expected", "value", "holds"),
    VALUES,
    ids=[f"{test}-{number}" for number, (test, *_) in enumerate(VALUES)],
)
def test_each_check_holds_where_it_should(
    test: str, expected: Any, value: Any, holds: bool
) -> None:
    """Prevents a check from refusing a right value for the library that made it."""
    if value is None:
        assert mark(value_question(test, expected), value).state == "blank"
    else:
        result = mark(value_question(test, expected), value)
        assert (result.state, result.credit) == ("marked", float(holds))


def test_shares_that_add_up_with_a_rest_bring_no_more_than_all() -> None:
    """Prevents a credit of 1.0000000000000002."""
    shares = [0.45, 0.4, 0.05, 0.1]
    checks = [
        {
            "id": f"check-{number}",
            "name": "Check",
            "test": "rows",
            "expected": 1,
            "share": share,
            "passed": "Yes.",
            "failed": "No.",
        }
        for number, share in enumerate(shares)
    ]
    result = marked("value", [1], check=checks)
    assert (result.credit, result.verdict) == (pytest.approx(1), "correct")
    assert result.credit is not None
    assert result.credit <= 1


def test_a_computed_value_may_be_empty_but_not_missing() -> None:
    """Prevents an empty list, which may be the right result, from being taken for no answer."""
    for missing in (None, math.nan, np.float64("nan"), pd.NA, pd.NaT):
        assert mark(made_up("value"), missing).state == "blank"
    assert mark(made_up("value"), []).state == "marked"


# Anything at all
