"""Give a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from msgspec import Struct

from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.questions import Feedback, Judgement, Offer, Question, Verdict
from cybernorms.exercises.responses import read_number

UNKNOWN = float("nan")


class Mistake(Struct, frozen=True):
    """A wrong number that learners arrive at, and how."""

    value: float
    reason: str


class Number(Question, frozen=True):
    """Give a number. Response: a number, or the text that was typed.

    Full credit within `tolerance` of `answer`; half within `wide_tolerance`, where the question
    has one and `wide_reason` says why. Both tolerances have the unit of the answer.
    """

    OPEN: ClassVar[Mapping[str, Any]] = {"unit": None}

    answer: float = UNKNOWN
    tolerance: float = 0.0
    wide_tolerance: float | None = None
    unit: str = ""
    reason: str = ""
    wide_reason: str = ""
    otherwise: str = ""
    mistakes: tuple[Mistake, ...] = ()
    source: str = ""
    pinpoint: str = ""

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        tolerance = fields.number("tolerance", 0.0)
        wide = fields.number("wide_tolerance", None)
        if wide is not None and wide <= tolerance:
            raise fields.problem(
                "wide_tolerance",
                "The wider tolerance is not wider",
                "Make it larger than tolerance",
            )
        answer = fields.number("answer", low=-1e12)
        widest = tolerance if wide is None else wide
        mistakes = fields.read_each(
            "mistake", lambda table: _mistake(table, answer, widest), least=0, differ=()
        )
        return cls(
            **common,
            answer=answer,
            tolerance=tolerance,
            wide_tolerance=wide,
            mistakes=mistakes,
            unit=fields.text("unit", ""),
            reason=fields.text("reason"),
            wide_reason=fields.text("wide_reason") if wide is not None else "",
            otherwise=fields.text("otherwise"),
            **fields.location(known),
        )

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, unit=fields.text("unit", ""))

    def read_response(self, response: Any) -> float:
        """Return the number that was meant."""
        return read_number(response, self.unit)

    def judge(self, given: float) -> Judgement:
        """Full credit within the tolerance, half within the wider one where there is one."""
        off = abs(given - self.answer)
        if off <= self.tolerance + 1e-9:
            return self._judgement(given, 1.0, "correct", self.reason)
        if self.wide_tolerance is not None and off <= self.wide_tolerance + 1e-9:
            return self._judgement(given, 0.5, "defensible", self.wide_reason)
        for mistake in self.mistakes:
            if abs(given - mistake.value) <= 1e-9:
                chosen = f"{mistake.value:.15g}"
                return self._judgement(given, 0.0, "incorrect", mistake.reason, chosen)
        return self._judgement(given, 0.0, "incorrect", self.otherwise)

    def _judgement(
        self, given: float, credit: float, verdict: Verdict, reason: str, chosen: str = ""
    ) -> Judgement:
        number = self._with_unit(given)
        feedback = Feedback("", number, verdict, reason, self.source, self.pinpoint)
        return Judgement(credit, (feedback,), (chosen or verdict,))

    def _with_unit(self, number: float) -> str:
        return f"{number:.15g} {self.unit}".strip()

    def offers(self) -> dict[str, Offer]:
        """Return the answer, the mistakes that the author foresaw, and all other numbers."""
        found = {"correct": self._offer(self.answer, "correct", self.reason)}
        if self.wide_tolerance is not None:
            near = f"near {self._with_unit(self.answer)}"
            found["defensible"] = Offer(
                "", "A number near it", "defensible", self.wide_reason, near
            )
        for each in self.mistakes:
            found[f"{each.value:.15g}"] = self._offer(each.value, "incorrect", each.reason)
        rest = ("Any other number", "incorrect", self.otherwise, "any other number")
        found["incorrect"] = Offer("", *rest)
        return found

    def chances(self) -> Mapping[str, float]:
        """A guesser takes one of the numbers that come to mind: these, or another."""
        return {f"{each.value:.15g}": 1 / (len(self.mistakes) + 2) for each in self.mistakes}

    def _offer(self, number: float, verdict: str, reason: str) -> Offer:
        return Offer("", f"{number:.15g}", verdict, reason, self._with_unit(number))


def _mistake(table: Fields, answer: float, tolerance: float) -> Mistake:
    mistake = Mistake(table.number("value", low=-1e12), table.text("reason"))
    if abs(mistake.value - answer) <= tolerance:
        raise table.problem(
            "value", "This mistake lies within the tolerance", "Correct one of them"
        )
    return mistake
