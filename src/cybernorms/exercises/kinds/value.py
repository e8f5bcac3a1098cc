"""Compute a value in code."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from cybernorms.document import Block, Paragraph
from cybernorms.exercises.checks import Check, read_check
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.questions import (
    Feedback,
    Judgement,
    Offer,
    Question,
    offers_by_outcome,
    verdict_of,
)
from cybernorms.exercises.values import simplify


class Value(Question, frozen=True):
    """Compute a number, text, list, mapping or table in code. Response: the value."""

    may_be_empty: ClassVar[bool] = True

    checks: tuple[Check, ...] = ()
    source: str = ""
    pinpoint: str = ""

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        checks = fields.read_each("check", read_check)
        total = sum(check.share for check in checks)
        if abs(total - 1) > 1e-6:
            raise fields.problem(
                "check", f"The shares add up to {total:g}", "Make them add up to 1"
            )
        return cls(**common, checks=checks, **fields.location(known))

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common)

    def read_response(self, response: Any) -> Any:
        """Return plain lists, mappings, numbers and texts."""
        return simplify(response)

    def judge(self, given: Any) -> Judgement:
        """Sum of the shares of the checks that hold."""
        total, feedback = 0.0, []
        for check in self.checks:
            if check.holds(given):
                total += check.share
                reason = (check.passed, self.source, self.pinpoint)
                feedback.append(Feedback(check.name, "", "correct", *reason))
            else:
                feedback.append(Feedback(check.name, "", "incorrect", check.failed))
        credit = min(1.0, total)
        return Judgement(credit, tuple(feedback), (verdict_of(credit, feedback),))

    def offers(self) -> dict[str, Offer]:
        return offers_by_outcome()

    def offer_blocks(self) -> list[Block]:
        call = f'Compute it in the next cell, and end with: check("{self.id}", your_result)'
        return [Paragraph(call)]
