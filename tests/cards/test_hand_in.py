"""The card to hand in: what it says before and after the file is written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cybernorms.cards.hand_in import HandIn
from cybernorms.document import Block, to_text
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.record import Record
from cybernorms.pages.module_map import map_blocks, progress_blocks
from tests.answers import best_answer
from tests.cards.messages import at, flat, parts_of, press, said, seen


def card(folder: Path, name: str = "") -> HandIn:
    return HandIn(name, load_question_sets(), Record(folder))


def write(shown: HandIn, name: str | None = None) -> dict[str, Any]:
    """Press the button, with the name that stands there or another one."""
    values = {} if name is None else {"name": name}
    return press(shown, "write", **values)


def written(folder: Path) -> list[Path]:
    return sorted((folder / "hand-ins").glob("*")) if (folder / "hand-ins").exists() else []


def summary(shown: HandIn) -> str:
    return flat(" ".join(each["html"] for each in parts_of(shown, "html")))


def test_the_card_says_what_is_in_it_and_what_is_missing(tmp_path: Path) -> None:
    """Prevents a learner from handing in less than was thought."""
    Record(tmp_path).append("un-restraint", "r", "f")
    text = card(tmp_path).text()
    assert "02 The UN norms: practice: Answered: 1 of 17" in flat(text)
    graded = sum(q.use == "graded" for each in load_question_sets() for q in each.questions)
    assert f"{graded} graded questions have no answer yet" in text
    assert f"{graded} graded questions have no answer yet" in summary(card(tmp_path))


def test_the_card_asks_for_a_name_before_it_writes(tmp_path: Path) -> None:
    """Prevents files without a name."""
    Record(tmp_path).append("un-restraint", "r", "f")
    shown = card(tmp_path, "  ")
    described = write(shown)
    assert "Type your name first" in said(shown) and at(shown) == "problem"
    assert not described["reply"].get("saved") and not written(tmp_path)


def test_the_card_writes_and_says_where_and_how_to_give_it(tmp_path: Path) -> None:
    """Prevents a file that is written and never found."""
    Record(tmp_path).append("un-restraint", "r", "f")
    shown = card(tmp_path, "Ada <b>")
    described = write(shown)
    [path] = written(tmp_path)
    assert json.loads(path.read_bytes())["name"] == "Ada <b>"
    assert path.name in said(shown) and at(shown) == "saved" and described["reply"]["saved"]


def test_the_name_that_is_typed_is_the_one_in_the_file(tmp_path: Path) -> None:
    """Prevents a file under the name that stood there before."""
    Record(tmp_path).append("un-restraint", "r", "f")
    shown = card(tmp_path, "Ada")
    assert write(shown, "Bo Bison")["values"] == {"name": "Bo Bison"}
    assert json.loads(written(tmp_path)[0].read_bytes())["name"] == "Bo Bison"


def test_the_card_counts_what_was_answered_since_it_was_shown(tmp_path: Path) -> None:
    """Prevents a summary that is older than the file."""
    shown = card(tmp_path, "Ada")
    write(shown)
    assert "nothing to hand in" in said(shown) and not written(tmp_path)
    Record(tmp_path).append("un-restraint", "r", "f")
    press(shown, "look")
    assert "1 of 17" in summary(shown) and not written(tmp_path)
    Record(tmp_path).append("un-duty", "r", "f")
    write(shown)
    assert written(tmp_path)


def test_another_name_than_last_time_is_asked_about_once(tmp_path: Path) -> None:
    """Prevents one learner from handing in the answers of another at the same computer."""
    Record(tmp_path).append("un-restraint", "r", "f")
    for name in ("Anna Aardvark", "aardvark, ANNA", "Anna", "Anna Maria Aardvark"):
        assert write(card(tmp_path, name))["reply"]["saved"]
    shown = card(tmp_path, "Ben Bison")
    assert not write(shown)["reply"].get("saved")
    assert "was by Anna Maria Aardvark" in said(shown)
    assert "CYBERNORMS_WORK" in said(shown)
    assert not write(shown, "Eve")["reply"].get("saved")
    assert write(shown, "Eve")["reply"]["saved"]


def test_a_record_that_cannot_be_opened_is_told_on_the_card(tmp_path: Path) -> None:
    """Prevents a press after which nothing happens."""
    Record(tmp_path).append("un-restraint", "r", "f")
    shown = card(tmp_path, "Ada")
    (tmp_path / "answers.jsonl").unlink()
    (tmp_path / "answers.jsonl").mkdir()
    write(shown)
    assert at(shown) == "problem" and "answers.jsonl" in said(shown)
    assert "answers.jsonl" in summary(shown) and "answers.jsonl" in seen(shown)


# Titles, not ids

SETS = load_question_sets()
IDS = {each.id for each in SETS} | {one.id for each in SETS for one in each.questions}


@pytest.fixture
def nearly_done(tmp_path: Path) -> Record:
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


def test_progress_the_map_and_the_hand_in_name_no_id(nearly_done: Record) -> None:
    """Prevents that a student is told to answer `un-count-should-not`."""
    history = nearly_done.read()
    assert ids_in(progress_blocks(history, nearly_done.path)) == set()
    assert ids_in(map_blocks(history)) == set()
    shown = HandIn("Ada", SETS, nearly_done)
    assert ids_in(shown.blocks()) == set()


def test_what_is_open_is_named_by_its_title(nearly_done: Record) -> None:
    named = to_text(progress_blocks(nearly_done.read(), nearly_done.path))
    first = SETS[1].questions[0]  # of a part of the course that has been begun
    assert " ".join(first.name.split()) in " ".join(named.split())


def test_writing_the_hand_in_is_told_without_ids(nearly_done: Record) -> None:
    shown = HandIn("Ada", SETS, nearly_done)
    shown.receive({"do": "press", "name": "write", "values": {"name": "Ada"}, "number": 1})
    told = shown.describe()["said"]
    assert told["at"] == "saved"
    assert set(re.findall(r"[\w-]+", told["text"])) & {id for id in IDS if "-" in id} == set()
