"""The learner's forecast, scored beside those of 2015 and two yardsticks, once it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cybernorms.corpus.forecasts import ForecastStatement, load_forecasts
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.exercises.forecast_scores import ScoredForecast, base_rate, score_board, score_of
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import Unreadable, present_pairs, read_number
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.sourcing import located, quote

LESSON = "06"
TITLE = "How good was my forecast?"
NO_FORECAST = (
    "You have not kept a forecast yet. Lesson 01 has the form for it, and it takes five minutes. "
    "Make it first: once the outcomes are open, there is nothing left to forecast. "
    "If you open them now, you see the forecasts of 2015 and how they are scored."
)
READY = (
    "Your forecast is kept. When you open the outcomes it is closed and can no longer be changed."
)
EXPLAINED = (
    "The score of a statement is the square of the distance between your probability and what "
    "happened, 1 for true and 0 for false. To say 80 per cent of something that comes true costs "
    "0.2 times 0.2, that is 0.04; of something that does not, 0.8 times 0.8, that is 0.64. "
    "The Brier score is the mean. 0 is perfect, 1 is perfectly wrong, and 50 per cent for "
    "everything gets 0.25. The square makes certainty dear when it is wrong, so that it "
    "pays to write down what you really expect."
)
FEW = (
    "Six statements about one event are few, and they move together: a deal on everything or on "
    "nothing would have moved several at once. One statement to which you say 90 per cent, and "
    "which fails, costs 0.81, and by itself adds 0.135 to a mean of six. A good score here can "
    "be luck, and a bad one too."
)
BASE_RATE = (
    "A base rate is the share of things of a kind that come true. It is the first guess of a "
    "forecaster who knows nothing about the case. The one used here was counted afterwards, so "
    "nobody could have known it: it is a yardstick and no rival. Before the visit you would have "
    "asked how often talks of this kind end in a published text."
)
NUMBERS = (
    "Reporters and bloggers gave words and not numbers. The numbers that stand for their words "
    "are a judgement of this module, argued below. Move them a little, and the order of the "
    "forecasters may change."
)


def kept_forecast(record: Record) -> dict[str, float]:
    """Return the learner's probabilities, from 0 to 1, by id of the statement."""
    last = record.read().last(QUESTION)
    texts = {each.id: each.statement for each in load_forecasts(lesson=LESSON)}
    try:
        pairs = present_pairs(last.response, texts) if last else {}
        numbers = {id: read_number(given) / 100 for id, given in pairs.items()}
    except Unreadable:
        return {}
    return {id: number for id, number in numbers.items() if 0 <= number <= 1}


def _percent(probabilities: Mapping[str, float], id: str) -> str:
    return f"{100 * probabilities[id]:g} per cent" if id in probabilities else "no forecast"


def statement_section(statement: ForecastStatement, learner: Mapping[str, float]) -> Section:
    """Return what was forecast of a statement, by whom, what happened, and what it cost."""
    happened = "It came true." if statement.outcome else "It did not come true."
    where = located(statement.outcome_source, statement.outcome_pinpoint, statement.outcome_status)
    outcome = [Strong(f"{happened} "), f"{statement.outcome_text} [", *where, "]"]
    blocks: list[Block] = [Paragraph(statement.statement), Paragraph(outcome)]
    blocks += quote(statement.outcome_quotation)
    rows: list[list[Line]] = []
    if statement.id in learner:
        cost = score_of("You", {statement.id: learner[statement.id]}, [statement]).score
        rows.append(["You", "", _percent(learner, statement.id), f"{cost:.2f}", "your own"])
    for each in statement.forecasters:
        cost = score_of(each.maker, {statement.id: each.probability}, [statement]).score
        number = f"{100 * each.probability:g} per cent"
        rows.append([each.maker, each.words, number, f"{cost:.2f}", each.reason])
    columns = ["Who", "In words", "As a number", "Cost", "Why this number"]
    if not statement.forecasters:
        blocks.append(Paragraph("Nobody of 2015 gave a forecast of this that was found.", "note"))
    if rows:
        name = f"Forecasts of statement {statement.position}"
        blocks.append(Table(name, columns, rows, fold=True))
    return Section(f"Statement {statement.position}", blocks, 4)


def board_table(learner: Mapping[str, float]) -> Table:
    """Return the scores of all forecasters, and the learner's on the same statements."""
    statements = load_forecasts(lesson=LESSON)
    rows: list[list[Line]] = []
    for each in score_board(learner, statements):
        rows.append(
            [
                each.maker,
                str(len(each.probabilities)),
                f"{each.score:.2f}",
                _of_learner(each, learner, statements),
            ]
        )
    columns = ["Who", "Statements", "Brier score", "You, on the same statements"]
    return Table("Scores: 0 is perfect, 0.25 is what 50 per cent for all would get", columns, rows)


def _of_learner(
    other: ScoredForecast, learner: Mapping[str, float], statements: Sequence[ForecastStatement]
) -> str:
    if other.maker == "You":
        return ""
    shared = {id: value for id, value in learner.items() if id in other.probabilities}
    return f"{score_of('You', shared, statements).score:.2f}" if shared else "no forecast"


def scored_blocks(learner: Mapping[str, float]) -> list[Block]:
    """Return the opened outcomes with all scores and what to make of them."""
    statements = load_forecasts(lesson=LESSON)
    true = sum(each.outcome for each in statements)
    rate = f"{true} of {len(statements)} came true, a share of {100 * base_rate(statements):.0f}"
    blocks: list[Block] = []
    if not learner:
        blocks.append(
            Paragraph("You kept no forecast, so only those of 2015 are scored here.", "note")
        )
    return [
        *blocks,
        board_table(learner),
        Paragraph(f"{rate} per cent."),
        Section(
            "What the score says, and what it does not",
            [
                Paragraph([Strong("What a Brier score is. "), EXPLAINED]),
                Paragraph([Strong("Why six are few. "), FEW]),
                Paragraph([Strong("Why a base rate. "), BASE_RATE]),
                Paragraph([Strong("Words and numbers. "), NUMBERS]),
            ],
            4,
        ),
        *(statement_section(each, learner) for each in statements),
    ]


def closed_blocks(learner: Mapping[str, float]) -> list[Block]:
    """Return what is shown while the outcomes are closed."""
    kept: list[Line] = [
        [Strong(f"{_percent(learner, each.id)}: ".capitalize()), each.statement]
        for each in load_forecasts(lesson=LESSON)
    ]
    if not learner:
        return [Paragraph(NO_FORECAST)]
    return [Paragraph(READY), Aside("What you forecast", [Bullets(kept)])]
