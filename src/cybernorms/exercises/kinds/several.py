"""Choose all options that apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from msgspec.structs import replace

from cybernorms.document import Block, Bullets
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.options import (
    OPEN_OPTION,
    Option,
    explain,
    in_order_of,
    read_options,
    read_options_without_key,
    texts_of,
)
from cybernorms.exercises.questions import Judgement, Offer, Question
from cybernorms.exercises.responses import find_ids

_COUNTS = {"correct": 1, "defensible": 0, "incorrect": -1}


class Several(Question, frozen=True):
    """Choose all options that apply. Response: a list of option ids."""

    OPEN: ClassVar[Mapping[str, Any]] = {"option": OPEN_OPTION}

    options: tuple[Option, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, options=read_options(fields, known))

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, options=read_options_without_key(fields))

    def read_response(self, response: Any) -> list[str]:
        """Return the ids of the options, each once."""
        return find_ids(response, texts_of(self.options))

    def judge(self, given: list[str]) -> Judgement:
        """Correct chosen minus incorrect chosen, over the number correct, never below 0.

        A defensible option counts neither way, and its reason is shown.
        """
        correct = sum(option.verdict == "correct" for option in self.options)
        score, feedback = 0, []
        for option in self.options:
            if option.id in given:
                score += _COUNTS[option.verdict]
                feedback.append(explain(option))
            elif option.verdict == "correct":
                feedback.append(explain(option, verdict="missed"))
        chosen = tuple(option.id for option in self.options if option.id in given)
        return Judgement(max(0.0, score / correct), tuple(feedback), chosen)

    def offers(self) -> dict[str, Offer]:
        return {option.id: option.offer() for option in self.options}

    def shuffled(self, seed: str) -> Self:
        if self.ordered:
            return self
        return replace(self, options=in_order_of(seed, self.id, self.options))

    def offer_blocks(self) -> list[Block]:
        return [Bullets([option.text for option in self.options])]
