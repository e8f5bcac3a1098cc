"""What happened, and what the forecast was worth."""

from __future__ import annotations

from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_text
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.forecast_score import kept_forecast, scored_blocks
from tests.texts import one_line


def test_every_statement_says_what_happened_and_where_that_stands() -> None:
    text = one_line(to_text(scored_blocks({})))
    for each in load_forecasts(lesson=EVERYTHING):
        assert one_line(each.outcome_text).replace('"', "") in text.replace("\u201c", "")
        assert each.outcome_pinpoint in text


def test_a_record_that_somebody_edited_does_not_break_the_score() -> None:
    Record().append(QUESTION, "", {"no-first-use": "much", "ip-theft-covered": "20"})
    assert kept_forecast(Record()) == {}
    Record().append(QUESTION, "", {"no-first-use": "400", "ip-theft-covered": "20"})
    assert kept_forecast(Record()) == {"ip-theft-covered": 0.2}
