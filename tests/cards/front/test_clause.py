"""The clause that is edited in place says the same in the browser as in Python."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from cybernorms.analysis.reach import reach, sentence
from cybernorms.cards.clause_lab import board
from cybernorms.cards.front import HERE
from cybernorms.corpus.clauses import Part, load_clauses
from cybernorms.corpus.conducts import load_choices, load_conducts, load_part_tests
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.pages.clause_lab import START, LabState, built_parts, chosen

CHOICES = {name: [each.id for each in found] for name, found in load_choices().items()}
TWIN = Path(__file__).with_name("clause.mjs")


def builds() -> list[dict[str, str]]:
    """Return every choice of every slot among the first choices, and some among any."""
    each = [START | {name: id} for name, ids in CHOICES.items() for id in ids]
    choose = random.Random(2015).choice
    return [*each, *({name: choose(ids) for name, ids in CHOICES.items()} for _ in range(120))]


def found(parts: list[Part] | tuple[Part, ...]) -> list[Any]:
    tests = load_part_tests()
    every = [reach(parts, case.attributes, tests) for case in load_conducts()]
    return [[each.verdict, [one.reason for one in each.deciding]] for each in every]


@pytest.fixture(scope="module")
def twin() -> dict[str, Any]:
    """Return what the front end makes of the same clauses."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests press the same board")
    reals = [board(each.id, EVERYTHING).beside for each in load_clauses(lesson=EVERYTHING)]
    asked = {
        "module": (HERE / "clause.js").as_uri(),
        "board": to_builtins(board("", EVERYTHING)),
        "builds": builds(),
        "reals": [to_builtins(each.asking) for each in reals if each],
    }
    done = subprocess.run(
        [node, str(TWIN)], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_every_choice_of_every_slot_does_the_same_with_every_case(twin: dict[str, Any]) -> None:
    """Prevents a tile that lights where the reasons below it say that the case is missed."""
    for build, told in zip(builds(), twin["builds"], strict=True):
        assert told["reach"] == found(built_parts(LabState(build))), build


def test_every_sentence_reads_the_same(twin: dict[str, Any]) -> None:
    """Prevents a clause that is read in one wording and kept in another."""
    for build, told in zip(builds(), twin["builds"], strict=True):
        assert told["sentence"] == sentence(chosen(LabState(build))), build


def test_every_real_clause_does_the_same_with_every_case(twin: dict[str, Any]) -> None:
    """Prevents a second board that judges a real clause by other rules than the first."""
    clauses = load_clauses(lesson=EVERYTHING)
    assert len(twin["reals"]) == len(clauses) > 30
    for clause, told in zip(clauses, twin["reals"], strict=True):
        assert told == found(clause.parts), clause.id


def test_a_change_is_told_by_the_cases_that_it_turns(twin: dict[str, Any]) -> None:
    """Prevents "three cases lost" above two that went out."""
    assert twin["changes"] == [
        [["Three cases lost", "1, 2, 3, of which 2 can be argued."]],
        [["One case won", "1, of which 1 can be argued."]],
        [],
    ]
