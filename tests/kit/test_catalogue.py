"""What is in the kit, and in which folder."""

from __future__ import annotations

from cybernorms.kit.catalogue import documents, tables
from tests.kit.kit import lesson, lessons, sheets


def test_every_lesson_has_a_class_sheet_what_came_of_it_and_a_guide() -> None:
    """Prevents a kit from which the one sheet is missing that a teacher came for."""
    names = {each.name for each in sheets()}
    for each in lessons():
        wanted = {f"{part}-{each.name}" for part in ("class-sheet", "what-came-of-it", "guide")}
        assert wanted <= names


def test_no_two_documents_have_one_place() -> None:
    """Prevents a file that overwrites another without a word."""
    places = [(each.folder, each.name) for each in sheets()]
    assert len(places) == len(set(places))


def test_one_lesson_can_be_made_alone() -> None:
    made = documents([lesson("01")], whole=False)
    assert {each.folder for each in made} == {"01-reading-the-report"}
    assert all(tables(lessons()).values())
