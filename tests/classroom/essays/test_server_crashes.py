"""The server is killed again and again while somebody marks; nothing called saved is lost."""

from __future__ import annotations

import http.client
import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.results.rubric_marks import RubricMark, level_of
from cybernorms.classroom.results.rubric_tables import marks_in, read_marks
from cybernorms.exercises.question_files import load_question_sets
from tests.classroom.essays.essays import CRITERIA, QUESTION, Client, Served, class_of
from tests.classroom.factories import WRITTEN, marked, rows

TEXTS = 60
KILLS = 80 if os.environ.get("CYBERNORMS_ENDURANCE") else 4
QUESTIONS = {one.id: one for each in load_question_sets() for one in each.questions}

# What a press gives, by text and criterion: a level, and a comment.
Given = dict[tuple[str, str], dict[str, Any]]


def presses(texts: list[dict[str, Any]], dice: random.Random) -> Iterator[tuple[Any, str, Any]]:
    """Yield text after text with a level for each criterion, and now and then a comment."""
    while True:
        text = dice.choice(texts)
        for criterion in CRITERIA:
            yield text, criterion, {"level": dice.choice([0, 1, 2, 3])}
        if dice.random() < 0.5:
            yield text, CRITERIA[0], {"comment": f'Well; "seen", {dice.randrange(10**6)}'}


def mark_until_it_dies(client: Client, dice: random.Random, given: Given) -> Given:
    """Press until the server is gone; add what was called saved, return what was under way."""
    texts = client.overview()["texts"]
    for text, criterion, what in presses(texts, dice):
        key = (text["id"], criterion)
        try:
            status, saved = client.press(text, criterion, **what)
        except (OSError, http.client.HTTPException, ValueError):
            return {key: what}
        assert status == 200
        given.setdefault(key, {}).update(what)
        for name, each in given[key].items():
            assert saved["marks"][criterion][name] == each
    raise AssertionError


def on_disk(mark: RubricMark | None, criterion: str) -> dict[str, Any]:
    one = next(each for each in QUESTION.criteria if each.id == criterion)
    level = level_of(mark, one) if mark else None
    return {
        "level": one.levels.index(level) if level else None,
        "comment": mark.comment if mark else "",
    }


@pytest.mark.endurance
@pytest.mark.parametrize("seed", range(KILLS // 4))
def test_no_mark_called_saved_is_lost_over_kills(tmp_path: Path, seed: int) -> None:
    """Prevents a crash, or a computer that is shut down, from costing a mark."""
    dice = random.Random(seed)
    results = class_of(tmp_path, TEXTS)
    given: Given = {}
    for _ in range(4):
        with Served(results) as served:
            killer = threading.Timer(dice.uniform(0.05, 0.6), served.process.kill)
            client = served.client()
            killer.start()
            under_way = mark_until_it_dies(client, dice, given)
            killer.join()
        marks = marks_in(results, QUESTIONS)
        for (text, criterion), what in given.items():
            kept = on_disk(marks.get((WRITTEN, text), {}).get(criterion), criterion)
            for name, each in what.items():
                on_its_way = under_way.get((text, criterion), {})
                assert kept[name] in (each, on_its_way.get(name, each))
                what[name] = kept[name]  # what was under way may have got there
    assert given
    marked(tmp_path / "in")
    assert not [path.name for path in results.iterdir() if path.name.startswith(".")]
    assert not list(tmp_path.glob(".*"))
    kept = read_marks(results / "rubric-marks.csv", QUESTIONS)
    assert kept == marks == read_marks(results / "rubric.csv", QUESTIONS)
    whole = {text for text, _ in given if len(kept[WRITTEN, text]) == len(CRITERIA)}
    waits = sum(row["awaiting teacher"] != "0" for row in rows(results / "gradebook.csv"))
    assert waits == TEXTS - len(whole)
