"""Build a clause from parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum
from typing import Any, ClassVar, Self

from msgspec import Struct
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
from cybernorms.exercises.questions import Feedback, Judgement, Offer, Question, awaiting_lines
from cybernorms.exercises.responses import find_id, find_pairs, present_pairs


class Part(Struct, frozen=True):
    """One element of a clause, such as its verb, with the wordings on offer."""

    id: str
    label: str
    required: bool
    options: tuple[Option, ...]


class Clause(Question, frozen=True):
    """Build a clause from parts. Response: a mapping of part id to option id."""

    OPEN: ClassVar[Mapping[str, Any]] = {
        "part": {"id": None, "label": None, "required": None, "option": OPEN_OPTION}
    }

    parts: tuple[Part, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        parts = _parts(fields, lambda table: read_options(table, known))
        if not any(part.required for part in parts):
            remedy = "Take required = false from one part"
            raise fields.problem("part", "No part is required", remedy)
        return cls(**common, parts=parts)

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, parts=_parts(fields, read_options_without_key))

    def read_response(self, response: Any) -> dict[str, str]:
        """Return option by part, without the parts that were left out."""
        pairs = find_pairs(response, {part.id: part.label for part in self.parts}, "wording")
        return {
            part.id: find_id(pairs[part.id], texts_of(part.options))
            for part in self.parts
            if part.id in pairs
        }

    def present_part(self, response: Any) -> dict[str, Any]:
        parts = {part.id: part.label for part in self.parts}
        options = {part.id: texts_of(part.options) for part in self.parts}
        return present_pairs(response, parts, options)

    def judge(self, given: dict[str, str]) -> Judgement:
        """Share of the required parts; a defensible wording brings its stated credit."""
        credits, feedback = [], []
        for part in self.parts:
            if part.id in given:
                option = find_option(part.options, given[part.id])
                credits.append(option.credit if part.required else 0.0)
                feedback.append(explain(option, part.label))
            elif part.required:
                feedback.append(Feedback(part.label, "", "open", "Choose a wording."))
        required = sum(part.required for part in self.parts)
        chosen = tuple(f"{part}: {option}" for part, option in given.items())
        return Judgement(fsum(credits) / required, tuple(feedback), chosen)

    def awaiting(self, given: dict[str, str]) -> str:
        return awaiting_lines(len(given), len(self.parts))

    def offers(self) -> dict[str, Offer]:
        return {
            f"{part.id}: {option.id}": option.offer(part.label)
            for part in self.parts
            for option in part.options
        }

    def chances(self) -> Mapping[str, float]:
        return {
            f"{part.id}: {option.id}": 1 / len(part.options)
            for part in self.parts
            for option in part.options
        }

    def credit_by_guessing(self) -> float | None:
        required = [part.options for part in self.parts if part.required]
        means = [fsum(option.credit for option in options) / len(options) for options in required]
        return fsum(means) / len(means)

    def shuffled(self, seed: str) -> Self:
        if self.ordered:
            return self
        parts = [
            replace(part, options=in_order_of(seed, f"{self.id}:{part.id}", part.options))
            for part in self.parts
        ]
        return replace(self, parts=tuple(parts))

    def offer_blocks(self) -> list[Block]:
        lines = [
            f"{part.label}: {' / '.join(option.text for option in part.options)}"
            for part in self.parts
        ]
        return [Bullets(lines)]


def _parts(fields: Fields, options: Callable[[Fields], tuple[Option, ...]]) -> tuple[Part, ...]:
    """Return two parts or more, whose options are read by `options`."""

    def read(table: Fields) -> Part:
        part_id, label = table.id(), table.text("label")
        return Part(part_id, label, table.flag("required", True), options(table))

    return fields.read_each("part", read, least=2, differ=("id", "label"))
