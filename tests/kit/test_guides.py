"""Guides for teachers: plans that add up, parts that are filled in, questions that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cybernorms.corpus.process import load_lessons
from cybernorms.errors import CyberNormsError
from cybernorms.kit.guides import DIRECTIVE, PARTS, filled, guide, guides_dir, show_command
from cybernorms.kit.lessons import Shown, TaughtLesson
from tests.kit.kit import lesson, lessons, page, words_of_page

FILES = sorted(guides_dir().glob("*.md"))
COURSE = sorted((guides_dir() / "course").glob("*.md"))
NEEDED = (
    *("## Fifty minutes", "## Seventy-five minutes", "## A hundred and fifty minutes"),
    *("## Without laptops", "## On the projector", "## What they get wrong"),
    *("## For a law class", "## Students and AI", "## Further reading"),
)
LENGTHS = {"Fifty": 50, "Seventy-five": 75, "A hundred and fifty": 150}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_guide_has_all_its_parts(path: Path) -> None:
    """Prevents a guide that leaves a teacher alone with the second half of the class."""
    text = path.read_text(encoding="utf-8")
    assert not [part for part in NEEDED if part not in text]
    assert set(DIRECTIVE.findall(text)) <= {*PARTS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_minutes_of_a_plan_add_up(path: Path) -> None:
    """Prevents a plan that ends eight minutes after the class."""
    text = path.read_text(encoding="utf-8")
    for name, whole in LENGTHS.items():
        section = text.partition(f"## {name} minutes")[2].partition("\n## ")[0]
        minutes = [int(each) for each in re.findall(r"(?m)^\| (\d+) \|", section)]
        assert sum(minutes) == whole or "[[sections]]" in section, (name, minutes)


def test_every_guide_is_named_like_its_lesson() -> None:
    """Prevents a guide that nobody finds, because its lesson is called otherwise."""
    planned = {Path(each.notebook).stem for each in load_lessons()} | {"one-class"}
    assert {path.stem for path in FILES} <= planned


@pytest.mark.parametrize("each", lessons(), ids=lambda each: each.name)
def test_a_guide_is_filled_in(each: TaughtLesson) -> None:
    words = words_of_page(page(f"guide-{each.name}"))
    assert "[[" not in words
    assert "cybernorms show" in words
    assert len(words) > 2500


def test_a_lesson_without_a_guide_gets_what_can_be_made() -> None:
    """Prevents a new lesson from stopping the kit."""
    from msgspec.structs import replace

    made = guide(replace(lesson("01"), title="New", row=None, name="new"))
    assert made.title.endswith("New") and made.blocks


def test_a_part_that_is_not_there_is_named() -> None:
    with pytest.raises(CyberNormsError, match=r"asks for a part 'nonsense'.*misconceptions"):
        filled("# A\n\n[[nonsense]]\n", lesson("01"), [])


def test_a_command_for_the_projector_can_be_typed() -> None:
    assert show_command(Shown("show_clause_lab", ("nyt",), "05")) == (
        "cybernorms show clause-lab nyt --lesson 05"
    )
    assert show_command(Shown("show_views", ("nature of norms",), "02")) == (
        'cybernorms show views "nature of norms" --lesson 02'
    )


@pytest.mark.parametrize("path", COURSE, ids=lambda path: path.stem)
def test_pages_about_the_course_are_filled_in(path: Path) -> None:
    title, blocks = filled(path.read_text(encoding="utf-8"), None, list(lessons()))
    assert title and len(blocks) > 2
