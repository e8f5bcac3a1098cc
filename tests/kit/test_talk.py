"""What is on slides comes from the lesson, and its answers come after its questions."""

from __future__ import annotations

import pytest

from cybernorms.document import to_text
from cybernorms.exercises.question_files import find_question
from cybernorms.kit.talk import MOST, MOST_CHARS
from tests.kit.kit import lesson, lessons, plain, slides

every = pytest.mark.parametrize("name", [each.name for each in lessons()])


@every
def test_a_lesson_has_its_dozen_and_ends_with_sources(name: str) -> None:
    """Prevents forty slides, and slides that nobody can check."""
    made = slides()[name]
    assert len(made) >= 7
    assert len(made) <= MOST or lesson(name).row is None
    assert made[0].is_title and made[-1].title == "Sources"
    assert made[-2].title == "Key points"


@every
def test_a_slide_holds_what_can_be_read_from_the_last_row(name: str) -> None:
    for slide in slides()[name]:
        if not slide.lettered:
            first = len(slide.lines[0]) if slide.lines else 0
            assert (
                sum(map(len, slide.lines)) <= max(MOST_CHARS + 20, first)
                or slide.title == "Sources"
            )


@every
def test_questions_stand_before_what_they_show(name: str) -> None:
    """Prevents a reading on the wall before the vote."""
    titles = [slide.title for slide in slides()[name]]
    for section in lesson(name).sections:
        prompts = [find_question(id).prompt for id in section.asked()]
        leads = [each.lead for each in section.readings() if each.lead]
        for prompt in (each for each in prompts if each in titles):
            for lead in (each for each in leads if each in titles):
                assert titles.index(prompt) < titles.index(lead)


@every
def test_the_reasons_of_a_question_stand_in_the_notes_alone(name: str) -> None:
    """Prevents an answer on the slide that asks for it."""
    prompts = {find_question(id).prompt: find_question(id) for id in lesson(name).asked()}
    for slide in slides()[name]:
        question = prompts.get(slide.title)
        reasons = [each.reason for each in getattr(question, "options", ())]
        shown = plain(" ".join(slide.lines))
        assert not [each for each in reasons if each and plain(each) in shown]
        assert not reasons or plain(reasons[0]) in plain(slide.notes)


def test_a_lesson_that_works_an_example_has_it_on_a_slide() -> None:
    """Prevents the one thing that is shown, and not only asked, from falling off the slides."""
    titles = [slide.title for slide in slides()["01"]]
    assert any(title.startswith("Together: ") for title in titles)


def test_texts_of_slides_are_those_of_the_lesson() -> None:
    said = plain(
        " ".join(to_text(list(each.blocks)) for each in lesson("01").sections[0].readings())
    )
    slide = next(
        one for one in slides()["01"] if one.title == lesson("01").sections[0].readings()[0].lead
    )
    assert plain(slide.lines[0])[:60] in said
