"""Lessons 00 and 01 stand on 22 September 2015: nothing in them tells what came after."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cybernorms import show_error_hunt
from cybernorms.corpus.claims import load_claims
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.sources import Source, load_quotations, load_sources
from cybernorms.document import curly, to_text
from cybernorms.exercises.feedback import as_text
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_blocks import question_blocks
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import History
from cybernorms.pages.claims import all_blocks
from cybernorms.pages.forecast import QUESTION, explained
from cybernorms.pages.module_map import map_blocks
from tests.answers import best_answer, worst_answer
from tests.data.tables import first_and_last_day
from tests.data.test_report import DAY_OF_THE_POST, TELLS_THE_END, days_named
from tests.notebooks.statements import prose_of_notebook, prose_of_questions
from tests.paths import ROOT
from tests.texts import one_line

SETS = ("00-start-here", "01-reading-the-report")
DEADLINE = "by 30 September 2015"  # of the forecast: a day to wait for, and no event
NAMES = re.compile(
    r"\b(four commitments|Lynch|Rhodes|Kritenbrink|Antalya|G20|hotline|Volt Typhoon|Rose Garden"
    r"|joint dialogue|high-level dialogue|Global Mechanism|senior experts group)\b",
    re.IGNORECASE,
)


def notebooks() -> list[Path]:
    found = [ROOT / "notebooks" / f"{name}.ipynb" for name in SETS]
    return [*found, ROOT / "exercises" / f"{SETS[1]}.ipynb"]


def questions() -> list[Question]:
    return [q for each in load_question_sets() if each.id in SETS for q in each.questions]


def hunt_text(capsys: pytest.CaptureFixture[str]) -> str:
    show_error_hunt(text=True)
    return capsys.readouterr().out


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return everything that lessons 00 and 01 can show, by place."""
    found = {place: text for path in notebooks() for place, text in prose_of_notebook(path)}
    for name in SETS:
        found |= dict(prose_of_questions(ROOT / "exercises" / "questions" / f"{name}.toml"))
    for question in questions():
        found[f"{question.id}, form"] = to_text(question_blocks(question))
        for answer in (best_answer, worst_answer):
            if question.kind not in ("value", "written"):
                given = mark(question, answer(question))
                found[f"{question.id}, {answer.__name__}"] = as_text(question, given)
    found["claim tracer"] = to_text(all_blocks("01"))
    found["error hunt"] = hunt_text(capsys)
    found["forecast form"] = to_text(explained())
    found["map"] = to_text(map_blocks(History()))
    return {
        place: one_line(re.sub(r"\*\*Cite this notebook\.\*\*.*", "", text, flags=re.DOTALL))
        for place, text in found.items()
    }


def is_later(source: Source) -> bool:
    return bool(source.date) and first_and_last_day(source.date)[0] > DAY_OF_THE_POST


def test_no_day_after_the_post_is_named(told: dict[str, str]) -> None:
    """Prevents an event of the days after from being dated in passing."""
    for place, text in told.items():
        if place == "map":  # says how far the module reaches, which is no outcome
            continue
        late = [day for day in days_named(text.replace(DEADLINE, "")) if day > DAY_OF_THE_POST]
        assert late == [], place


def test_nothing_tells_an_outcome_in_its_own_words(told: dict[str, str]) -> None:
    """Prevents a sentence of the end from standing at the beginning."""
    sentences = [
        sentence
        for outcome in [
            *(claim.outcome for claim in load_claims(lesson=EVERYTHING)),
            *(each.outcome_text for each in load_forecasts(lesson=EVERYTHING)),
        ]
        for sentence in re.split(r"(?<=\.) ", outcome)
        if sentence
    ]
    assert len(sentences) > 15
    for place, text in told.items():
        for sentence in sentences:
            assert one_line(curly(sentence)) not in text, place


def test_nothing_tells_an_outcome_in_other_words(told: dict[str, str]) -> None:
    """Prevents an end that is told without a date."""
    for place, text in told.items():
        for pattern in (TELLS_THE_END, NAMES):
            found = pattern.search(text)
            assert not found or place == "map", (place, found)


def test_no_words_and_no_address_of_a_later_source_are_shown(told: dict[str, str]) -> None:
    """Prevents a link below a reason from telling what the reason keeps to itself."""
    later = {id: source for id, source in load_sources().items() if is_later(source)}
    own = {"cybernorms-readings"}
    quoted = [each.text for each in load_quotations().values() if each.source.id in later]
    long = [text for text in quoted if len(text.split()) >= 4]
    early = " ".join(
        each.text for each in load_quotations().values() if each.source.id not in later
    )
    for place, text in told.items():
        for id, source in later.items():
            assert id in own or not source.address or f"<{source.address}>" not in text, place
        for words in long:
            assert one_line(words) not in text or words in early, (place, words)


def test_no_question_refers_to_a_later_source() -> None:
    """Prevents a source that gives the outcome away by its title."""
    sources = load_sources()
    for question in questions():
        for id in question.sources:
            assert id == "cybernorms-readings" or not is_later(sources[id]), (question.id, id)
        for id in question.passages:
            assert not is_later(load_quotations()[id].source), (question.id, id)


def test_the_search_would_find_what_lesson_06_tells() -> None:
    """Prevents a test that finds nothing because it looks for nothing."""
    text = one_line(to_text(all_blocks("06")))
    assert TELLS_THE_END.search(text)
    assert max(days_named(text)) > DAY_OF_THE_POST
    assert date(2015, 9, 25) in days_named(text)


def test_the_forecast_is_asked_in_lesson_01() -> None:
    """Prevents a lesson 06 that has no forecast to score."""
    assert find_question(QUESTION) in questions()
    code = (ROOT / "notebooks" / f"{SETS[1]}.ipynb").read_text(encoding="utf-8")
    assert '"show_forecast()"' in code
