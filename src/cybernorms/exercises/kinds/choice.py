"""Choose one option."""

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
    find_option,
    in_order_of,
    read_options,
    read_options_without_key,
    texts_of,
)
from cybernorms.exercises.questions import Judgement, Offer, Question
from cybernorms.exercises.responses import find_id


class Choice(Question, frozen=True):
    """Choose one option. Response: the option's id."""

    OPEN: ClassVar[Mapping[str, Any]] = {"option": OPEN_OPTION}

    options: tuple[Option, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, options=read_options(fields, known))

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, options=read_options_without_key(fields))

    def read_response(self, response: Any) -> str:
        """Return the option's id."""
        if isinstance(response, list | tuple) and len(response) == 1:
            response = response[0]
        return find_id(response, texts_of(self.options))

    def judge(self, given: str) -> Judgement:
        """Credit of the option: 1, its stated part, or 0."""
        chosen = find_option(self.options, given)
        return Judgement(chosen.credit, (explain(chosen),), (given,))

    def offers(self) -> dict[str, Offer]:
        return {option.id: option.offer() for option in self.options}

    def shuffled(self, seed: str) -> Self:
        if self.ordered:
            return self
        return replace(self, options=in_order_of(seed, self.id, self.options))

    def offer_blocks(self) -> list[Block]:
        return [Bullets([option.text for option in self.options])]
