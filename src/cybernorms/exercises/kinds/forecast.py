"""Give a probability for each statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from msgspec import Struct

from cybernorms.document import Block, Bullets
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.options import OPEN_OPTION
from cybernorms.exercises.questions import Feedback, Judgement, Question, awaiting_lines
from cybernorms.exercises.responses import Unreadable, find_pairs, present_pairs, read_number


class Statement(Struct, frozen=True):
    """Something that may or may not turn out to be so."""

    id: str
    text: str


class Forecast(Question, frozen=True):
    """Give a probability for each statement. Response: statement id to percent, 0 to 100."""

    judged: ClassVar[bool] = False
    OPEN: ClassVar[Mapping[str, Any]] = {"statement": OPEN_OPTION}

    statements: tuple[Statement, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        statements = fields.read_each(
            "statement",
            lambda table: Statement(table.id(), table.text("text")),
            differ=("id", "text"),
        )
        return cls(**common, statements=statements)

    def read_response(self, response: Any) -> dict[str, float]:
        """Return per cent by statement, without the statements that were left out."""
        texts = {statement.id: statement.text for statement in self.statements}
        percents = {}
        for id, value in find_pairs(response, texts, "probability").items():
            percents[id] = read_number(value)
            if not 0 <= percents[id] <= 100:
                raise Unreadable(f"a probability runs from 0 to 100 per cent, not {percents[id]:g}")
        return percents

    def present_part(self, response: Any) -> dict[str, Any]:
        return present_pairs(response, {each.id: each.text for each in self.statements})

    def judge(self, given: dict[str, float]) -> Judgement:
        """Complete or not: every statement has a probability from 0 to 100 per cent."""
        feedback = []
        for statement in self.statements:
            label = statement.text.rstrip(".")
            if statement.id in given:
                percent = f"{given[statement.id]:g} per cent"
                feedback.append(Feedback(label, percent, "", "Kept."))
            else:
                feedback.append(Feedback(label, "", "open", "This one still needs a number."))
        return Judgement(float(len(given) == len(self.statements)), tuple(feedback))

    def awaiting(self, given: dict[str, float]) -> str:
        return awaiting_lines(len(given), len(self.statements))

    def offer_blocks(self) -> list[Block]:
        return [Bullets([statement.text for statement in self.statements])]
