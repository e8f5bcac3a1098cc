"""The learner's forecast, scored beside those of 2015 and two yardsticks, once it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from cybernorms.corpus.forecasts import ForecastStatement, load_forecasts
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Inline,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
    plural,
)
from cybernorms.exercises.forecast_scores import ScoredForecast, base_rate, score_board, score_of
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import Unreadable, present_pairs, read_number
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.sourcing import located, quote

LESSON = "06"
TITLE = "How good was my forecast?"
MEANING = "What the score says, and what it doesn’t"
NO_FORECAST = (
    "You haven’t kept a forecast yet. Lesson 01 has the form for it, and it takes five minutes. "
    "Make it first, because once the outcomes are open there’s nothing left to forecast. "
    "If you open them now, you’ll see what the post and the newspaper expected, and what it cost."
)
READY = (
    "Your forecast is kept. When you open the outcomes it’s closed, and you can’t change it any "
    "more."
)
EXPLAINED = (
    "Take the distance between your probability and what happened, 1 for true and 0 for false, "
    "and square it: that’s what the statement costs. If you say 80 per cent and it comes true, you "
    "pay 0.2 times 0.2, or 0.04; if it doesn’t, 0.8 times 0.8, or 0.64. The Brier score is the "
    "mean. 0 is perfect, 1 is perfectly wrong, and saying 50 per cent to everything costs 0.25. "
    "Because of the square, being sure and wrong is expensive, so it pays to write down what you "
    "really expect."
)
FEW = (
    "Six statements about one event are few, and they’re linked: a deal on everything, or on "
    "nothing, would have moved several of them at once. A single 90 per cent that fails costs "
    "0.81, and that alone adds 0.135 to a mean of six. So a good score here can be luck, and a "
    "bad one too."
)
BASE_RATE = (
    "A base rate is the share of things of a kind that come true, and so it’s the first guess of "
    "anyone who knows nothing about the case. This one was counted afterwards. Nobody could have "
    "known it, which makes it a yardstick and no rival. Before the visit you’d have asked how "
    "often talks of this kind end in a published text."
)
NUMBERS = (
    "Reporters and bloggers gave words, not numbers. The numbers that stand for their words are "
    "our reading, and the reasons are below. Move them a little, and the order may change."
)
SHAPES = {
    "The New York Times, from its sources": ("Newspaper", "news"),
    "The post": ("The post", "post"),
}
YOU = ("You", "me")


class Mark(Struct, frozen=True):
    """A forecast on a line: whose, its shape, in per cent, and what it cost, 0 to 1."""

    who: str
    shape: str
    percent: float
    cost: float


class Row(Struct, frozen=True):
    """One of the six lines: a statement with the forecasts of it that are drawn."""

    statement: ForecastStatement
    marks: Sequence[Mark]


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


def lines(learner: Mapping[str, float]) -> list[Row]:
    """Return the six lines with the learner, the newspaper and the post as marks on them.

    Arguments:
        learner: probabilities from 0 to 1 by id of the statement; empty where there are none.
    """
    return [Row(each, _marks(each, learner)) for each in load_forecasts(lesson=LESSON)]


def _marks(statement: ForecastStatement, learner: Mapping[str, float]) -> list[Mark]:
    given = [(*YOU, learner[statement.id])] if statement.id in learner else []
    by_maker = {each.maker: each.probability for each in statement.forecasters}
    given += [(*SHAPES[maker], by_maker[maker]) for maker in SHAPES if maker in by_maker]
    return [
        Mark(who, shape, 100 * value, (value - statement.outcome) ** 2)
        for who, shape, value in given
    ]


def happened(statement: ForecastStatement) -> list[Inline]:
    """Return what came of a statement, with its source."""
    said = "It happened." if statement.outcome else "It didn’t."
    where = located(statement.outcome_source, statement.outcome_pinpoint, statement.outcome_status)
    return [Strong(f"{said} "), statement.outcome_text, " [", *where, "]"]


def _percent(probabilities: Mapping[str, float], id: str) -> str:
    return f"{100 * probabilities[id]:g} per cent" if id in probabilities else "no forecast"


def statement_section(statement: ForecastStatement, learner: Mapping[str, float]) -> Section:
    """Return what was forecast of a statement, by whom, what happened, and what it cost."""
    blocks: list[Block] = [Paragraph(statement.statement), Paragraph(happened(statement))]
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
        blocks.append(Paragraph("We found no forecast of this from 2015.", "note"))
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
    name = "Scores: 0 is perfect, 0.25 is what 50 per cent for all would get"
    return Table(name, columns, rows, fold=True)


def _of_learner(
    other: ScoredForecast, learner: Mapping[str, float], statements: Sequence[ForecastStatement]
) -> str:
    if other.maker == "You":
        return ""
    shared = {id: value for id, value in learner.items() if id in other.probabilities}
    return f"{score_of('You', shared, statements).score:.2f}" if shared else "no forecast"


def score_blocks(learner: Mapping[str, float]) -> list[Block]:
    """Return the scores of all, and how many of the statements came true."""
    statements = load_forecasts(lesson=LESSON)
    true = sum(each.outcome for each in statements)
    rate = f"{true} of {len(statements)} came true, a share of {100 * base_rate(statements):.0f}"
    none = "You kept no forecast, so only those of 2015 are scored here."
    blocks: list[Block] = [] if learner else [Paragraph(none, "note")]
    return [
        *blocks,
        Paragraph(_means(learner)),
        board_table(learner),
        Paragraph(f"{rate} per cent."),
    ]


def _means(learner: Mapping[str, float]) -> list[Inline]:
    """Return the scores of those who are drawn, in a line."""
    drawn = {"You", *SHAPES}
    said = [
        f"{SHAPES.get(each.maker, YOU)[0]} {each.score:.2f} "
        f"over {plural(len(each.probabilities), 'statement')}."
        for each in score_board(learner, load_forecasts(lesson=LESSON))
        if each.maker in drawn
    ]
    return [Strong("Mean cost. "), " ".join([*said, "Saying 50 every time costs 0.25."])]


def meaning_blocks() -> list[Block]:
    """Return what a score says, and what it doesn't."""
    return [
        Paragraph([Strong("What a Brier score is. "), EXPLAINED]),
        Paragraph([Strong("Why six are few. "), FEW]),
        Paragraph([Strong("Why a base rate. "), BASE_RATE]),
        Paragraph([Strong("Words and numbers. "), NUMBERS]),
    ]


def statement_blocks(learner: Mapping[str, float]) -> list[Block]:
    """Return each statement with all its forecasts, what they cost, and their reasons."""
    return [statement_section(each, learner) for each in load_forecasts(lesson=LESSON)]


def scored_blocks(learner: Mapping[str, float]) -> list[Block]:
    """Return the opened outcomes with all scores and what to make of them."""
    return [
        *score_blocks(learner),
        Section(MEANING, meaning_blocks(), 4),
        *statement_blocks(learner),
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
