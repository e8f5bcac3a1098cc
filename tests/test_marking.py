"""Marking: the rules of the nine kinds, and that nothing handed in raises an error.

Without these tests a right answer could lose points, a wrong one win them, or a class be left
without marks by one odd hand-in.
"""

from __future__ import annotations

import copy
import itertools
import json
import math
import random
import re
import time
from collections.abc import Mapping
from html import unescape
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from cybernorms.document import to_html
from cybernorms.exercises.feedback import as_text, feedback_blocks, format_points, headline
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.kinds.order import kendall_tau
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.questions import Question
from cybernorms.exercises.values import simplify
from tests.answers import best_answer, worst_answer
from tests.factories import all_made_up, made_up, option, order_question, value_question


def marked(kind: str, response: Any, **changes: Any) -> Mark:
    result = mark(made_up(kind, **changes), response)
    assert result.state == "marked", result.message
    return result


def verdicts(result: Mark) -> list[str]:
    return [feedback.verdict for feedback in result.feedback]


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


# Choice


@pytest.mark.parametrize(
    ("response", "credit", "verdict"),
    [("d", 1, "correct"), ("e", 0.5, "defensible"), ("f", 0, "incorrect")],
)
def test_a_choice_brings_the_credit_of_its_option(
    response: str, credit: float, verdict: str
) -> None:
    """Prevents a defensible choice from counting as right or as wrong."""
    result = marked("choice", response)
    assert (result.credit, result.points, result.verdict) == (credit, 2 * credit, verdict)
    assert verdicts(result) == [verdict]


def test_a_choice_is_told_its_reason_and_its_paragraph() -> None:
    """Prevents feedback that says whether and not why."""
    (told,) = marked("choice", "e").feedback
    assert told.reason == "It is worded as restraint, but a borrower must also watch the cousin."
    assert (told.source, told.pinpoint) == ("lower-shelving", "art 4(e)")
    assert marked("choice", "e").closing == "A duty to hold back can be met by doing nothing."


# Several


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        (["late-fees", "lost-books"], 1),
        (["late-fees"], 1 / 2),
        (["late-fees", "lost-books", "dragons"], 1 / 2),
        (["late-fees", "dragons"], 0),
        (["dragons"], 0),
        (["dragons", "prison"], 0),
        (["late-fees", "lost-books", "dragons", "prison"], 0),
        (["tea-stains"], 0),
        (["late-fees", "lost-books", "tea-stains"], 1),
        (["late-fees", "tea-stains", "tea-stains"], 1 / 2),
        (["late-fees", "late-fees", "late-fees"], 1 / 2),
    ],
)
def test_several_count_correct_minus_incorrect_over_the_number_correct(
    response: list[str], credit: float
) -> None:
    """Prevents points for ticking everything, and points below nought."""
    assert marked("several", response).credit == pytest.approx(credit)


def test_a_defensible_option_is_told_and_one_left_out_is_named() -> None:
    """Prevents a learner from never reading why an option was arguable, or was missed."""
    feedback = marked("several", ["tea-stains", "late-fees"]).feedback
    assert [(each.label, each.given, each.verdict) for each in feedback] == [
        ("", "Late fees", "correct"),
        ("", "Lost books, maps and scores", "missed"),
        ("", "Tea stains", "defensible"),
    ]


# Match

MATCHED = {"dog-ears": "restraint", "cousins": "due-diligence", "torn-pages": "reporting"}


@pytest.mark.parametrize(
    ("changes", "credit", "verdict"),
    [
        ({}, 1, "correct"),
        ({"cousins": "restraint"}, 2.5 / 3, "partly correct"),
        ({"cousins": "reporting"}, 2 / 3, "partly correct"),
        ({"cousins": ""}, 2 / 3, "partly correct"),
        ({"cousins": "restraint", "dog-ears": "", "torn-pages": ""}, 0.5 / 3, "partly correct"),
        (dict.fromkeys(MATCHED, "restraint") | {"dog-ears": "reporting"}, 0.5 / 3, None),
        (dict(zip(MATCHED, ["reporting", "reporting", "restraint"], strict=True)), 0, "incorrect"),
    ],
)
def test_a_match_is_the_mean_over_all_items(
    changes: dict[str, str], credit: float, verdict: str | None
) -> None:
    """Prevents an item left open from raising the mean of the others."""
    result = marked("match", MATCHED | changes)
    assert result.credit == pytest.approx(credit)
    assert verdict in (None, result.verdict)


def test_each_item_of_a_match_is_told_why() -> None:
    """Prevents a wrong category from going without a reason."""
    told = marked("match", {"dog-ears": "reporting", "cousins": "restraint"}).feedback
    assert [(each.given, each.verdict, each.reason) for each in told] == [
        ("Report", "incorrect", "Folding is one's own act, and nothing has to be reported."),
        ("Hold back", "defensible", "It is worded as restraint."),
        ("", "open", "Choose a category."),
    ]


# Order


def tau_by_hand(given_: list[str], ranks: Mapping[str, int]) -> float:
    """Kendall's tau from its definition: the mean sign of agreement over all untied pairs."""
    signs = []
    for one, two in itertools.product(ranks, repeat=2):
        asked = (ranks[one] > ranks[two]) - (ranks[one] < ranks[two])
        got = (given_.index(one) > given_.index(two)) - (given_.index(one) < given_.index(two))
        if asked:
            signs.append(asked * got)
    return sum(signs) / len(signs)


@pytest.mark.parametrize(
    ("given_", "tau"),
    [("abcd", 1), ("bacd", 2 / 3), ("badc", 1 / 3), ("dabc", 0), ("dcab", -2 / 3), ("dcba", -1)],
)
def test_kendall_tau_has_the_values_of_the_textbook(given_: str, tau: float) -> None:
    """Prevents another coefficient from passing under the name."""
    ranks = {id: rank for rank, id in enumerate("abcd", start=1)}
    assert kendall_tau(list(given_), ranks) == pytest.approx(tau)


@given(st.data())
def test_kendall_tau_agrees_with_its_definition(data: st.DataObject) -> None:
    """Prevents a mistake with ties, or in long lists."""
    ids = "abcdefg"[: data.draw(st.integers(2, 7))]
    ranks = {id: data.draw(st.integers(1, 4)) for id in ids}
    if len(set(ranks.values())) > 1:
        given_ = data.draw(st.permutations(ids))
        assert kendall_tau(given_, ranks) == pytest.approx(tau_by_hand(given_, ranks))


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        (["draft", "fire", "flood", "signature"], 1),
        (["draft", "flood", "fire", "signature"], 1),
        (["fire", "draft", "flood", "signature"], 3 / 5),
        (["signature", "flood", "fire", "draft"], 0),
        (["signature", "draft", "fire", "flood"], 0),
        (["flood", "draft", "fire", "signature"], 3 / 5),
    ],
)
def test_an_order_is_marked_by_kendalls_tau(response: list[str], credit: float) -> None:
    """Prevents one slip from costing everything, and points below nought."""
    assert marked("order", response).credit == pytest.approx(credit)


def test_items_of_equal_rank_may_stand_either_way_round() -> None:
    """Prevents a learner from being told that one of two equal places is wrong."""
    for response in (["draft", "fire", "flood", "signature"], "draft, flood, fire, signature"):
        result = marked("order", response)
        assert (result.verdict, verdicts(result)) == ("correct", ["correct"] * 4)


def test_an_order_that_is_not_complete_names_what_is_missing() -> None:
    """Prevents an unfinished order from being marked as a short one."""
    result = mark(made_up("order"), ["draft", "fire"])
    assert result.state == "unreadable"
    assert "The small flood; The signature, in pencil" in result.message


def test_a_set_has_no_order_to_mark() -> None:
    """Prevents a mark that depends on how Python happened to shuffle a set."""
    result = mark(made_up("order"), {"draft", "fire", "flood", "signature"})
    assert result.state == "unreadable"
    assert "order" in result.message


# Number


@pytest.mark.parametrize(
    ("response", "credit", "verdict"),
    [
        (1500, 1, "correct"),
        (1500.5, 1, "correct"),
        (1499.5, 1, "correct"),
        (1500.51, 0.5, "defensible"),
        (1510, 0.5, "defensible"),
        (1490, 0.5, "defensible"),
        (1510.01, 0, "incorrect"),
        (1489.99, 0, "incorrect"),
        (-1500, 0, "incorrect"),
        (0, 0, "incorrect"),
        (1e300, 0, "incorrect"),
    ],
)
def test_a_number_is_right_within_the_tolerance_and_half_right_within_the_wider(
    response: float, credit: float, verdict: str
) -> None:
    """Prevents a number just inside or outside either tolerance from being marked wrongly."""
    result = marked("number", response)
    assert (result.credit, result.verdict) == (credit, verdict)


def test_a_number_without_tolerances_must_be_that_number() -> None:
    """Prevents a wider tolerance where the question has none."""
    table = {"tolerance": 0, "answer": 0.3}
    question = made_up("number", **table)
    assert mark(question, 0.1 + 0.2).credit == 1
    assert mark(question, 10.4).credit == 0


def test_a_known_mistake_is_told_how_it_came_about() -> None:
    """Prevents the reason for a common slip from being drowned by the general one."""
    (told,) = marked("number", "150 books").feedback
    assert told.reason == "That is the number of shelves."
    (told,) = marked("number", 151).feedback
    assert told.reason == "Neither count is anywhere near that."


@pytest.mark.parametrize(
    ("response", "shown"), [(1234567, "1234567 books"), (0.1, "0.1 books"), ("1,5", "1.5 books")]
)
def test_a_number_is_shown_as_it_was_given(response: Any, shown: str) -> None:
    """Prevents a learner from reading 1.23457e+06 for the 1234567 that was typed."""
    (told,) = marked("number", response).feedback
    assert told.given == shown


# Forecast


def test_a_forecast_is_complete_or_not() -> None:
    """Prevents a bold or a modest forecast from winning points."""
    for response in ({"returned": 0, "renounced": 100}, {"returned": "30 %", "renounced": "2,5"}):
        result = marked("forecast", response)
        assert (result.credit, result.verdict) == (1, "")
    result = marked("forecast", {"returned": 50, "renounced": ""})
    assert (result.credit, result.verdict) == (0, "")
    assert [each.reason for each in result.feedback] == ["Kept.", "This one still needs a number."]


@pytest.mark.parametrize("percent", [-1, 100.5, "101", "NaN", float("nan"), 10**400, True, [5]])
def test_a_probability_runs_from_nought_to_a_hundred(percent: Any) -> None:
    """Prevents a forecast that the Brier score cannot take."""
    response = {"returned": percent, "renounced": 5}
    assert mark(made_up("forecast"), response).state == "unreadable"


# Clause


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        ({"actor": "borrowers", "verb": "should-not"}, 1),
        ({"actor": "borrowers", "verb": "should-not", "mental-element": "knowingly"}, 1),
        ({"actor": "borrowers", "verb": "should-not", "mental-element": "sleepily"}, 1),
        ({"actor": "borrowers", "verb": "must-not"}, 0.7),
        ({"actor": "borrowers", "verb": "may"}, 0.5),
        ({"actor": "borrowers"}, 0.5),
        ({"mental-element": "knowingly"}, 0),
        ({"actor": "books", "verb": "may", "mental-element": "knowingly"}, 0),
    ],
)
def test_a_clause_is_the_share_of_its_required_parts(
    response: dict[str, str], credit: float
) -> None:
    """Prevents a part that may be left out from counting."""
    assert marked("clause", response).credit == pytest.approx(credit)


def test_a_part_left_open_is_named_only_where_it_is_required() -> None:
    """Prevents a learner from being sent to fill in what need not be."""
    feedback = marked("clause", {"actor": "borrowers"}).feedback
    assert [each.label for each in feedback] == ["Actor", "Verb"]


# Value

LOST = pd.DataFrame({"branch": ["Attic", "Cellar", "Half-landing"], "lost": [10, 2, 0.5]})


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


# Written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One word", "2 words, 3 fewer than the 5 asked for"),
        ("Word", "1 word, 4 fewer than the 5 asked for"),
        ("a b c d e", "5 words, within the 5 to 40 asked for"),
        ("word " * 41, "41 words, 1 more than the 40 asked for"),
    ],
)
def test_written_text_waits_for_a_teacher_and_is_told_its_length(text: str, words: str) -> None:
    """Prevents prose from being marked by a machine."""
    result = mark(made_up("written"), text)
    assert (result.state, result.points) == ("awaiting teacher", None)
    assert words in result.message
    assert result.closing == "A clause is as good as its worst reader."


# States

BLANK: list[Any] = [None, "", "  \n", [], {}, (), set(), [""], [None, " "], {"a": "", "b": None}]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "value"])
@pytest.mark.parametrize("response", BLANK, ids=repr)
def test_what_says_nothing_is_blank_and_no_silent_nought(kind: str, response: Any) -> None:
    """Prevents a form that nobody touched from being marked as wrong."""
    result = mark(made_up(kind), response)
    assert result.state == "blank"
    assert_sound(made_up(kind), result)


def test_a_computed_value_may_be_empty_but_not_missing() -> None:
    """Prevents an empty list, which may be the right result, from being taken for no answer."""
    for missing in (None, math.nan, np.float64("nan"), pd.NA, pd.NaT):
        assert mark(made_up("value"), missing).state == "blank"
    assert mark(made_up("value"), []).state == "marked"


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


# Anything at all


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


def test_a_long_order_is_marked_as_the_definition_says() -> None:
    """Prevents the marking of eleven norms from differing from that of four."""
    ranks = {f"item-{number}": number for number in range(1, 12)}
    response = sorted(ranks, key=lambda id: -ranks[id] if ranks[id] < 4 else ranks[id])
    result = mark(order_question(ranks), response)
    assert result.credit == pytest.approx(max(0, tau_by_hand(response, ranks)))


# The mark as text


@pytest.mark.parametrize(
    ("kind", "response", "line"),
    [
        ("choice", "d", "Correct: 2 of 2 points"),
        ("choice", "e", "Defensible: 1 of 2 points"),
        ("choice", "f", "Not this one: 0 of 2 points"),
        ("several", ["late-fees"], "Partly correct: 1.5 of 3 points"),
        ("several", ["dragons"], "Not yet: 0 of 3 points"),
        ("forecast", {"returned": 1, "renounced": 1}, "Kept: 1 of 1 point"),
        ("written", "Some text", "Saved"),
        ("choice", None, "Not answered yet"),
        ("choice", "z", "Could not be read"),
    ],
)
def test_the_result_stands_in_one_line(kind: str, response: Any, line: str) -> None:
    """Prevents a state from being shown as nought points."""
    assert headline(mark(made_up(kind), response)) == line


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "written"])
def test_a_mark_says_the_same_as_text_and_as_html(kind: str) -> None:
    """Prevents a page that is handed out from saying less, or other things, than the form."""
    question = made_up(kind)
    for response in (best_answer(question), worst_answer(question)):
        result = mark(question, response)
        shown = unescape(re.sub(r"<[^>]*>", " ", to_html(feedback_blocks(question, result))))
        printed = as_text(question, result).partition("\n")[2]
        assert re.findall(r"\w+", shown) == re.findall(r"\w+", printed)


def test_a_mark_as_text_has_every_reason_with_its_paragraph() -> None:
    """Prevents a learner without widgets from getting less than the others."""
    question = made_up("choice")
    text = as_text(question, mark(question, "e"))
    assert "Defensible. Article 4(e), on lending to a cousin." in text
    assert "[lower-shelving, art 4(e)]" in " ".join(text.split())
    assert text.endswith("Take away: A duty to hold back can be met by doing nothing.")
    assert max(map(len, text.splitlines())) <= 88


@pytest.mark.parametrize(
    ("points", "shown"), [(0, "0"), (10, "10"), (100.0, "100"), (1.5, "1.5"), (2 / 3, "0.67")]
)
def test_points_are_written_as_people_write_them(points: float, shown: str) -> None:
    """Prevents 1.0 points, and 1 for 10."""
    assert format_points(points) == shown
