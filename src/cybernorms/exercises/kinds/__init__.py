"""The kinds of questions, each a module with everything that only this kind knows."""

from __future__ import annotations

from collections.abc import Mapping

from cybernorms.exercises.kinds.choice import Choice
from cybernorms.exercises.kinds.clause import Clause
from cybernorms.exercises.kinds.forecast import Forecast
from cybernorms.exercises.kinds.match import Match
from cybernorms.exercises.kinds.number import Number
from cybernorms.exercises.kinds.order import Order
from cybernorms.exercises.kinds.several import Several
from cybernorms.exercises.kinds.value import Value
from cybernorms.exercises.kinds.written import Written
from cybernorms.exercises.questions import Question

KINDS: Mapping[str, type[Question]] = {
    "choice": Choice,
    "several": Several,
    "match": Match,
    "order": Order,
    "number": Number,
    "forecast": Forecast,
    "clause": Clause,
    "value": Value,
    "written": Written,
}

__all__ = [
    "KINDS",
    "Choice",
    "Clause",
    "Forecast",
    "Match",
    "Number",
    "Order",
    "Several",
    "Value",
    "Written",
]
