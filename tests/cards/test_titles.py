"""Cards that look back on a course speak in titles, and never in the ids of questions and sets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from cybernorms.cards.hand_in import HandIn
from cybernorms.document import Block, to_text
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.pages.module_map import map_blocks, progress_blocks
from tests.answers import best_answer

SETS = load_question_sets()
IDS = {each.id for each in SETS} | {one.id for each in SETS for one in each.questions}


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record in which all but one question of each set are answered."""
    record = Record(tmp_path)
    for each in SETS:
        for question in each.questions[1:]:
            record.append(question.id, question.revision, best_answer(question))
    return record


def ids_in(blocks: Sequence[Block]) -> set[str]:
    """Return the ids that the text of some blocks has as words of their own, links aside."""
    text = re.sub(r"<[^>]*>", "", to_text(blocks))
    return set(re.findall(r"[\w-]+", text)) & {id for id in IDS if "-" in id}


def test_progress_the_map_and_the_hand_in_name_no_id(record: Record) -> None:
    """Prevents that a student is told to answer `un-count-should-not`."""
    history = record.read()
    assert ids_in(progress_blocks(history, record.path)) == set()
    assert ids_in(map_blocks(history)) == set()
    card = HandIn("Ada", SETS, record)
    assert ids_in(card.blocks()) == set()


def test_what_is_open_is_named_by_its_title(record: Record) -> None:
    named = to_text(progress_blocks(record.read(), record.path))
    first = next(each.questions[0] for each in SETS if len(each.questions) > 1)
    assert " ".join(first.name.split()) in " ".join(named.split())


def test_writing_the_hand_in_is_told_without_ids(record: Record) -> None:
    card = HandIn("Ada", SETS, record)
    card.receive({"do": "press", "name": "write", "values": {"name": "Ada"}, "number": 1})
    said = card.describe()["said"]
    assert said["at"] == "saved"
    assert set(re.findall(r"[\w-]+", said["text"])) & {id for id in IDS if "-" in id} == set()
