"""The class sheet: two pages, texts from the tables, questions from the lesson, nothing else."""

from __future__ import annotations

import re

import pytest

from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.sources import load_quotations
from cybernorms.document import Paragraph, line_text
from cybernorms.exercises.question_files import find_question
from cybernorms.kit.class_sheet import PAGE, class_sheet
from cybernorms.kit.lessons import OUTCOMES, TaughtLesson
from cybernorms.kit.paper import Grid, PageEnd, Texts, Vote, height_of
from tests.kit.kit import lesson, lessons, page, plain, words_of_page

every = pytest.mark.parametrize("each", lessons(), ids=lambda each: each.name)


@every
def test_a_sheet_has_two_pages_that_hold_what_is_on_them(each: TaughtLesson) -> None:
    """Prevents a third page that nobody prints, and lines cut off at the foot."""
    pages: list[float] = [0.0]
    for block in class_sheet(each).blocks:
        if isinstance(block, PageEnd):
            pages.append(0.0)
        elif isinstance(block, Paragraph):
            pages[-1] += 5.2 * -(-len(line_text(block.text)) // 98) + 1.5
        else:
            pages[-1] += height_of(block)
    assert len(pages) == 2
    assert all(0 < height <= PAGE for height in pages)


@every
def test_lines_are_numbered_without_a_gap(each: TaughtLesson) -> None:
    """Prevents a class that says line 13 and means two lines."""
    numbers = [
        text.first + place
        for block in class_sheet(each).blocks
        if isinstance(block, Texts)
        for column in block.columns
        for text in column
        for place in range(len(text.lines))
    ]
    assert numbers == list(range(1, len(numbers) + 1))


@every
def test_words_in_the_type_of_sources_stand_in_a_quotation(each: TaughtLesson) -> None:
    """Prevents words of ours that a sheet passes off as those of a source."""
    known = [plain(one.text) for one in load_quotations().values()]
    for block in class_sheet(each).blocks:
        for column in block.columns if isinstance(block, Texts) else ():
            for text in column:
                for line in text.lines:
                    for words, quoted in line:
                        said = plain(words).strip(" ,")
                        assert not quoted or any(said in one for one in known), words


@every
def test_questions_are_those_of_the_lesson_with_all_their_options(each: TaughtLesson) -> None:
    """Prevents a question that was retyped, or that loses an option."""
    asked = {one.prompt: one for one in map(find_question, each.asked())}
    votes = [block for block in class_sheet(each).blocks if isinstance(block, Vote)]
    assert votes
    for vote in votes:
        question = asked[vote.prompt]
        options = getattr(question, "options", None) or getattr(question, "categories", {}).values()
        texts = {getattr(one, "text", one) for one in options}
        assert set(vote.options) == texts
    assert [vote.letter for vote in votes] == list("abcdefghij"[: len(votes)])


@every
def test_a_sheet_has_neither_code_nor_cues_nor_screens(each: TaughtLesson) -> None:
    """Prevents a sheet with the teacher's remarks on it, or one that speaks of cells."""
    words = words_of_page(page(f"class-sheet-{each.name}"))
    assert not re.search(r"ask\(|show_|import |On the projector|For the teacher|\bcells?\b", words)


def test_nothing_of_what_came_of_the_talks_is_on_any_sheet() -> None:
    """Prevents an outcome on the back of the page on which a class forecasts it."""
    told = [one.agreed.text for one in load_elements(lesson="06") if one.agreed.stage]
    told += [one.outcome_text for one in load_forecasts(lesson="06")]
    told += [
        one.agreed.quotation.text for one in load_elements(lesson="06") if one.agreed.quotation
    ]
    for each in lessons():
        words = words_of_page(page(f"class-sheet-{each.name}"))
        assert not [one for one in told if plain(one) in words]


def test_a_question_after_the_outcomes_waits_for_later() -> None:
    """Prevents a prompt such as `Two modest forecasts held` on the sheet for the guess."""
    for each in lessons():
        steps = [getattr(step, "name", "") for step in each.steps()]
        if any(name in OUTCOMES for name in steps):
            last = max(place for place, name in enumerate(steps) if name in OUTCOMES)
            late = [getattr(step, "question", "") for step in each.steps()[last:]]
            prompts = {find_question(id).prompt for id in late if id}
            printed = {one.prompt for one in class_sheet(each).blocks if isinstance(one, Vote)}
            assert not prompts & printed


def test_a_lesson_that_has_a_forecast_made_has_boxes_for_it() -> None:
    grids = [one for one in class_sheet(lesson("01")).blocks if isinstance(one, Grid)]
    forecast = next(one for one in grids if one.caption == "Your forecast")
    assert len(forecast.rows) == len(load_forecasts(lesson="06"))
    assert all(row[-1] == "" for row in forecast.rows)
