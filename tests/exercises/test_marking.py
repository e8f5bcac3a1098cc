"""Marking: what holds for every kind, and that nothing handed in raises an error.

Without these tests a right answer could lose points, a wrong one win them, or a class be left
without marks by one odd hand-in.
"""

from __future__ import annotations

import copy
import itertools
import json
import math
import random
import time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from cybernorms.exercises.feedback import as_text
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import Question
from cybernorms.exercises.values import simplify
from tests.answers import marked
from tests.exercises.right_answers import LOST, MATCHED
from tests.factories import all_made_up, made_up, option


def assert_sound(question: Question, result: Mark) -> None:
    """Assert what holds for every mark, whatever was handed in."""
    assert result.question == question.id
    assert result.out_of == question.points
    if result.state == "marked":
        assert result.credit is not None
        assert 0 <= result.credit <= 1
        assert result.points == pytest.approx(result.credit * question.points)
        assert result.feedback
        assert all(feedback.reason for feedback in result.feedback)
    else:
        assert result.state in ("blank", "unreadable", "awaiting teacher")
        assert (result.credit, result.points, result.verdict) == (None, None, "")
        assert result.message
    as_text(question, result).encode("utf-8")


BLANK: list[Any] = [None, "", "  \n", [], {}, (), set(), [""], [None, " "], {"a": "", "b": None}]


# States


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "value"])
@pytest.mark.parametrize("response", BLANK, ids=repr)
def test_what_says_nothing_is_blank_and_no_silent_nought(kind: str, response: Any) -> None:
    """Prevents a form that nobody touched from being marked as wrong."""
    result = mark(made_up(kind), response)
    assert result.state == "blank"
    assert_sound(made_up(kind), result)


UNREADABLE = {
    "choice": ["z", 5, ["d", "e"], {"d": "e"}, True, "d" * 10**6],
    "several": ["z", 5, [5], {"late-fees": True}, [["late-fees"]], ["late-fees", "z"]],
    "match": ["restraint", ["restraint"], {"z": "restraint"}, {"dog-ears": "z"}, {"dog-ears": 5}],
    "order": ["draft", ["draft"], 5, ["draft", "fire", "flood", "z"], {"draft": 1}],
    "number": ["eleven", [1500], {"a": 1500}, float("nan"), 10**400, True, "1" * 5000],
    "forecast": [50, [50, 50], {"z": 50}, {"returned": "half"}, {"returned": [50]}],
    "clause": ["borrowers", ["borrowers"], {"z": "borrowers"}, {"actor": "z"}, {"actor": 5}],
    "value": [object(), float("inf"), 10**400, b"x", [[[[[[[[1]]]]]]]], LOST.groupby, pd.DataFrame],
    "written": [5, ["text"], {"a": "text"}, True, "a" * 20_001, b"text"],
}


@pytest.mark.parametrize(
    ("kind", "response"),
    [(kind, response) for kind in KINDS for response in UNREADABLE[kind]],
    ids=[f"{kind}-{place}" for kind in KINDS for place, _ in enumerate(UNREADABLE[kind])],
)
def test_what_cannot_be_understood_is_unreadable_and_no_silent_nought(
    kind: str, response: Any
) -> None:
    """Prevents an odd response from costing points without a word."""
    result = mark(made_up(kind), response)
    assert result.state == "unreadable"
    assert_sound(made_up(kind), result)


CLOTHES: dict[str, list[Any]] = {
    "choice": [
        "d",
        "D",
        "(d)",
        " d. ",
        ["d"],
        "Article 4(d), on dog-ears",
        "ARTICLE 4(D), ON DOG–EARS",
    ],
    "several": [
        ["lost-books", "late-fees"],
        ["late-fees", "lost-books"],
        {"late-fees", "lost-books"},
        "late-fees, lost-books",
        "Late–Fees; LOST-BOOKS",
        ["Late fees", "lost books, maps and scores"],
    ],
    "match": [
        MATCHED,
        dict(reversed(MATCHED.items())),
        {
            "Do not fold the corners": "HOLD BACK",
            "Cousins": "(due–diligence)",
            "torn-pages": "Report",
        },
    ],
    "order": [
        ["draft", "fire", "flood", "signature"],
        ("DRAFT", "(fire)", "The small flood", "The signature, in pencil"),
        "draft; fire; flood; signature",
    ],
    "number": [1500, 1500.0, "1500", "1,500", "1 500", "1500,0", "1500.0 books", np.int64(1500)],
    "forecast": [
        {"returned": 30, "renounced": 2.5},
        {"renounced": "2,5 %", "RETURNED": "30 per cent"},
        {"Half of the books come back within a year": 30.0, "renounced": "2.5"},
    ],
    "clause": [
        {"actor": "borrowers", "verb": "must-not"},
        {"Verb": "MUST NOT", "(actor)": "Borrowers"},
        {"actor": "borrowers", "verb": "must–not", "mental-element": ""},
    ],
    "value": [LOST, LOST[::-1], LOST[["lost", "branch"]], LOST.set_index("branch")],
}


@pytest.mark.parametrize("kind", CLOTHES)
def test_equal_answers_in_other_clothes_get_the_same_mark(kind: str) -> None:
    """Prevents points from hanging on case, dashes, commas, brackets or the order of columns."""
    first, *others = (mark(made_up(kind), response) for response in CLOTHES[kind])
    assert first.state == "marked"
    assert all(other == first for other in others)


class Hostile:
    """An object that fails whatever is done with it."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __str__(self) -> str:
        raise RuntimeError("str")

    __repr__ = __str__

    def __len__(self) -> int:
        raise RuntimeError("len")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def __hash__(self) -> int:
        return 1


class HostileMapping(dict):  # type: ignore[type-arg]
    """A mapping that fails when its content is read."""

    def values(self) -> Any:
        raise RuntimeError("values")

    items = __iter__ = values


class DataFrame:
    """Not the table of pandas, though it has its name."""

    size = 1


class Series:
    """Not the column of pandas, though it has its name."""

    size = "many"


def nested(depth: int, wrap: Any) -> Any:
    value: Any = "a"
    for _ in range(depth):
        value = wrap(value)
    return value


def shared(depth: int) -> Any:
    """Return a list that has two times the one before in it, and so on."""
    value: Any = []
    for _ in range(depth):
        value = [value, value]
    return value


def in_itself() -> Any:
    mapping: dict[str, Any] = {}
    mapping["dog-ears"] = [mapping]
    return mapping


ODD = {
    "hostile": Hostile(),
    "list of hostile": [Hostile()],
    "mapping to hostile": {"dog-ears": Hostile(), "actor": Hostile(), "returned": Hostile()},
    "mapping of hostile": {Hostile(): "a"},
    "hostile mapping": HostileMapping(a=1),
    "not a table": DataFrame(),
    "not a column": Series(),
    "nan": float("nan"),
    "infinity": -math.inf,
    "ten to the 400": 10**400,
    "5,000 digits": 10**5000,
    "text of 5,000 digits": "9" * 5000,
    "key of 5,000 digits": {10**5000: 1},
    "true": True,
    "huge text": "a" * 5_000_000,
    "huge text of commas": "a," * 2_000_000,
    "huge text of spaces": "d" + " " * 5_000_000,
    "list of huge texts": ["é" * 1_000_000] * 30,
    "deep list": nested(10_000, lambda value: [value]),
    "deep mapping": nested(10_000, lambda value: {"dog-ears": value}),
    "deep blank": nested(10_000, lambda value: [value] if value != "a" else []),
    "deep values": {"dog-ears": nested(10_000, lambda value: {"a": value})},
    "shared blank": shared(60),
    "in itself": in_itself(),
    "100,000 keys": {str(number): "a" for number in range(100_000)},
    "100,000 choices": ["a"] * 100_000,
    "20,000 texts": ["text"] * 20_000,
    "10,000 keys": {str(number): number for number in range(10_000)},
    "9,000 rows": pd.DataFrame({"branch": ["Attic"] * 9000, "lost": range(9000)}),
    "surrogates": "\ud800\udfff",
    "mapping of surrogates": {"\ud800": "\udfff", "dog-ears": "\ud800", "actor": "\ud800"},
    "right to left": "\u202edraft\u202c",
    "nul": "d\x00",
    "nul alone": "\x00",
    "bytes": b"d",
    "complex": 5j,
    "generator": (each for each in "ab"),
    "endless": itertools.count(),
    "range": range(10**30),
    "array": np.array([1, 2]),
    "empty array": np.array([]),
    "array of objects": np.array([object(), None], dtype=object),
    "structured": np.zeros(2, dtype=[("a", "i4")]),
    "empty table": pd.DataFrame(),
    "column": pd.Series([1, 2]),
    "two columns of one name": pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "levels": pd.DataFrame({"a": [1], "b": [2]}).set_index(["a", "b"]),
    "grouped": LOST.groupby("branch"),
    "styled": type("Styler", (), {})(),
    "function": len,
    "type": dict,
    "not available": pd.NA,
    "no time": pd.NaT,
    "looks like a table": {"columns": 5, "rows": None},
    "table with short rows": {"columns": ["branch", "lost"], "rows": [["Attic"], []]},
    "table of tables": {"columns": ["branch", "lost"], "rows": [[{}, []], [[], {}], [None, {}]]},
}


# Anything at all


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ODD)
def test_no_odd_response_raises_or_hangs(kind: str, name: str) -> None:
    """Prevents one hand-in from stopping the marking of a class."""
    question = made_up(kind)
    start = time.perf_counter()
    result = mark(question, ODD[name])
    assert time.perf_counter() - start < 2
    if not any(word in name for word in ("hostile", "not a")):
        assert "fails when looked at" not in result.message
    assert_sound(question, result)


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)  # with surrogates

SOME_IDS = st.sampled_from(
    ["d", "late-fees", "dog-ears", "restraint", "draft", "actor", "borrowers", "returned", "branch"]
)

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.decimals(),
    st.fractions(),
    st.binary(max_size=3),
    st.dates(),
    st.datetimes(),
    ANY_TEXT,
    SOME_IDS,
    st.integers(0).map(lambda _: Hostile()),
    st.sampled_from([object(), np.float64(1), np.array([1, 2]), LOST, pd.NaT, len]),
)

ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(SOME_IDS | ANY_TEXT | st.integers(), inner, max_size=5)
        | st.tuples(inner, inner)
        | st.fixed_dictionaries({"columns": inner, "rows": inner})
    ),
    max_leaves=10,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | SOME_IDS,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(SOME_IDS | ANY_TEXT, inner, max_size=5)
        | st.fixed_dictionaries({"columns": inner, "rows": inner})
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(response=ANYTHING)
def test_anything_at_all_gets_a_sound_mark_and_always_the_same(response: Any) -> None:
    """Prevents whatever nobody thought of, and two teachers with two results for one hand-in."""
    for question in all_made_up():
        first = mark(question, response)
        assert_sound(question, first)
        assert mark(question, response) == first


@settings(max_examples=150, deadline=None)
@given(response=JSON)
def test_only_an_object_that_fails_by_itself_is_said_to_fail(response: Any) -> None:
    """Prevents the last resort of marking from hiding a mistake in it."""
    for question in all_made_up():
        assert "fails when looked at" not in mark(question, response).message


PLAUSIBLE: dict[str, Any] = {
    "choice": st.sampled_from("def"),
    "several": st.lists(
        st.sampled_from(["late-fees", "lost-books", "tea-stains", "dragons", "prison"]), min_size=1
    ),
    "match": st.dictionaries(
        st.sampled_from(sorted(MATCHED)), st.sampled_from(sorted(MATCHED.values())), min_size=1
    ),
    "order": st.permutations(["draft", "fire", "flood", "signature"]),
    "number": st.floats(-1e12, 1e12) | st.integers(1480, 1520),
    "forecast": st.dictionaries(
        st.sampled_from(["returned", "renounced"]), st.floats(0, 100), min_size=1
    ),
    "clause": st.dictionaries(
        st.just("actor"), st.sampled_from(["borrowers", "books"]), min_size=1
    ),
}


@settings(max_examples=30, deadline=None)
@pytest.mark.parametrize("kind", PLAUSIBLE)
@given(data=st.data())
def test_every_plausible_response_is_marked(kind: str, data: st.DataObject) -> None:
    """Prevents a response that a form can give from being turned away."""
    question = made_up(kind)
    response = data.draw(PLAUSIBLE[kind])
    before = copy.deepcopy(response)
    result = mark(question, response)
    assert result.state == "marked"
    assert response == before
    assert_sound(question, result)


def test_the_order_of_options_does_not_change_a_mark() -> None:
    """Prevents a set whose options were shuffled from being marked otherwise."""
    options = [option(id, "correct" if id in "ab" else "incorrect") for id in "abcd"]
    marks = set()
    for _ in range(10):
        random.shuffle(options)
        marks.add(marked("several", ["a", "c", "b"], option=list(options)).credit)
    assert marks == {0.5}


@settings(max_examples=100, deadline=None)
@given(value=ANYTHING)
def test_a_saved_value_gets_the_mark_of_the_value(value: Any) -> None:
    """Prevents a hand-in from being marked otherwise than in the notebook."""
    question = made_up("value")
    first = mark(question, value)
    if first.state == "marked":
        saved = json.loads(json.dumps(simplify(value), allow_nan=False))
        assert mark(question, saved) == first


@pytest.mark.parametrize("table", [LOST, LOST.set_index("branch"), LOST.branch, LOST[:0]])
def test_a_saved_table_gets_the_mark_of_the_table(table: Any) -> None:
    """Prevents a table from losing points on its way through the record."""
    question = made_up("value")
    saved = json.loads(json.dumps(simplify(table), allow_nan=False))
    assert mark(question, saved) == mark(question, table)
