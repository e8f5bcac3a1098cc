"""A lesson is read from its notebook, whatever its sections are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cybernorms.corpus.process import load_lessons
from cybernorms.errors import CyberNormsError
from cybernorms.kit.lessons import (
    Asked,
    Cue,
    Prose,
    Reading,
    Shown,
    find_taught,
    read_lesson_file,
)
from cybernorms.paths import lessons_dir
from tests.kit.kit import lessons

READING = (
    '<details class="cn-later">\n<summary>Later</summary>\n\n<p><strong>Lead</strong></p>\n\n'
    "Why.\n\n</details>\n\n"
)


def notebook(folder: Path, *cells: tuple[str, str]) -> Path:
    made: list[dict[str, Any]] = [{"cell_type": kind, "source": text} for kind, text in cells]
    path = folder / "made-up.ipynb"
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    return path


def test_a_lesson_is_taken_apart_step_by_step(tmp_path: Path) -> None:
    """Prevents a cue, a reading or a question that is taken for prose, and printed as such."""
    path = notebook(
        tmp_path,
        ("markdown", "# 01 A title\n\nThe scene."),
        ("code", "from cybernorms import ask, show_norms"),
        ("markdown", "## 1 Read (core, 8 minutes)\n\nBefore.\n\n**On the projector.**\nSlowly."),
        ("code", 'ask("un-voluntary")\nask("un-silent", again=True)'),
        ("code", 'show_norms("f", "c")'),
        ("markdown", READING + "## 2 Next (depth, 3 minutes)\n\nMore."),
        ("markdown", "## Key points\n\n- One"),
    )
    made = read_lesson_file(path, "01", "01")
    first, second = made.sections
    assert (made.title, made.first_paragraph()) == ("A title", "The scene.")
    assert (first.title, first.part, first.minutes) == ("Read", "core", 8)
    kinds = [type(each) for each in first.steps]
    assert kinds == [Prose, Cue, Asked, Asked, Shown, Reading]
    assert first.asked() == ["un-voluntary"]
    assert made.shown()[0].open == ("f", "c")
    assert first.readings()[0].lead == "Lead"
    assert (second.part, second.minutes) == ("depth", 3)
    assert list(made.ends) == ["key points"]


def test_what_follows_a_question_is_no_scene_before_it(tmp_path: Path) -> None:
    """Prevents an answer that a lesson tells in the open from being told before its question."""
    path = notebook(
        tmp_path,
        ("markdown", "# 01 A\n\nScene."),
        ("markdown", "## 1 B\n\nBefore."),
        ("code", 'ask("un-voluntary")'),
        ("markdown", "### The answer\n\nBecause."),
        ("markdown", "And so on."),
    )
    steps = read_lesson_file(path, "01", "01").sections[0].steps
    assert isinstance(steps[2], Reading) and steps[2].lead == "The answer"
    assert isinstance(steps[3], Prose) and steps[3].after


def test_every_lesson_with_a_notebook_is_found() -> None:
    """Prevents a new lesson without a kit."""
    folder = lessons_dir() / "notebooks"
    there = [each.number for each in load_lessons() if (folder / each.notebook).is_file()]
    assert [each.name for each in lessons()] == [*there, "one-class"]


@pytest.mark.parametrize("each", lessons(), ids=lambda each: each.name)
def test_every_lesson_has_a_scene_sections_questions_and_an_end(each: Any) -> None:
    """Prevents a notebook of a new form that the kit reads as an empty one."""
    assert each.first_paragraph()
    assert len(each.sections) > 2 and each.asked()
    assert each.key_points() and "sources" in each.ends


def test_a_lesson_that_is_not_there_is_named() -> None:
    with pytest.raises(CyberNormsError, match=r"There is no lesson '99'.*one-class"):
        find_taught("99")
    assert find_taught("1").name == "01"
