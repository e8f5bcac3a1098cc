"""Score a forecast beside those of 2015 and a base rate, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from cybernorms.corpus.forecasts import ForecastStatement
from cybernorms.exercises.forecasts import brier_score

HALF = 0.5


class ScoredForecast(Struct, frozen=True):
    """The forecast of one maker.

    Arguments:
        maker: who made it.
        probabilities: by id of the statement, from 0 to 1; only those that the maker forecast.
        errors: the squared error of each, by id of the statement.
        score: the Brier score over the statements that the maker forecast.
        at_half: the score over the same statements of somebody who says 50 per cent to each.
    """

    maker: str
    probabilities: Mapping[str, float]
    errors: Mapping[str, float]
    score: float
    at_half: float = HALF**2


def score_of(
    maker: str, probabilities: Mapping[str, float], statements: Sequence[ForecastStatement]
) -> ScoredForecast:
    """Return the score of a forecast over the statements that it speaks of.

    Raises:
        ValueError: it speaks of none, or a probability is out of range.
    """
    outcomes = {each.id: each.outcome for each in statements}
    given = {id: value for id, value in probabilities.items() if id in outcomes}
    errors = {id: brier_score({id: value}, outcomes) for id, value in given.items()}
    return ScoredForecast(maker, given, errors, brier_score(given, outcomes))


def forecasts_of_2015(statements: Sequence[ForecastStatement]) -> dict[str, dict[str, float]]:
    """Return the probabilities that stand for the forecasts of 2015, by maker and statement."""
    found: dict[str, dict[str, float]] = {}
    for statement in statements:
        for each in statement.forecasters:
            found.setdefault(each.maker, {})[statement.id] = each.probability
    return found


def base_rate(statements: Sequence[ForecastStatement]) -> float:
    """Return the share of the statements that came true.

    Nobody knew it beforehand, so a forecast that says it for each statement is a yardstick and no
    rival.
    """
    return sum(each.outcome for each in statements) / len(statements)


def score_board(
    learner: Mapping[str, float], statements: Sequence[ForecastStatement]
) -> list[ScoredForecast]:
    """Return the learner's forecast, those of 2015 and two yardsticks, each scored.

    Arguments:
        learner: probabilities from 0 to 1 by id of the statement; empty where there are none.
    """
    everybody = forecasts_of_2015(statements)
    if any(each.id in learner for each in statements):
        everybody = {"You": dict(learner), **everybody}
    rate = base_rate(statements)
    everybody["50 per cent for all"] = {each.id: HALF for each in statements}
    everybody["The base rate for all"] = {each.id: rate for each in statements}
    return [score_of(maker, given, statements) for maker, given in everybody.items()]
