"""Options to choose from: what they hold, how they are read, what they say of a choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, ClassVar, Self

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.document import Block, Bullets
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.questions import Feedback, Offer, Question, Verdict

VERDICTS = ("correct", "defensible", "incorrect")
OPTIONS_KEPT = 4_000  # enough for all options of all question sets
OPEN_OPTION: Mapping[str, Any] = {"id": None, "text": None}


class Option(Struct, frozen=True):
    """One thing that can be chosen, with its reason and the paragraph that supports it.

    `credit` runs from 0 (incorrect) to 1 (correct); a defensible option has a stated part. Where
    the key is withheld, there are only id and text.
    """

    id: str
    text: str
    verdict: str = ""
    credit: float = 0.0
    reason: str = ""
    source: str = ""
    pinpoint: str = ""

    def offer(self, part: str = "") -> Offer:
        """Return the option as it is counted over a class."""
        return Offer(part, self.text, self.verdict, self.reason)


@lru_cache(OPTIONS_KEPT)
def explain(option: Option, label: str = "", verdict: Verdict | None = None) -> Feedback:
    """Return the feedback on an option, for a part if it was chosen for one."""
    given: Any = verdict or option.verdict
    return Feedback(label, option.text, given, option.reason, option.source, option.pinpoint)


def read_option(
    fields: Fields, known: Known, categories: Mapping[str, str] | None = None
) -> Option:
    """Return an option from its TOML table.

    Arguments:
        fields: the table.
        known: the ids that it may refer to.
        categories: texts by id, of which the table names one; else it has an id and a text.

    Raises:
        CyberNormsError: a field is missing or wrong.
    """
    option_id = fields.one_of("category", categories) if categories else fields.id()
    verdict = fields.one_of("verdict", VERDICTS)
    fixed = {"correct": 1.0, "incorrect": 0.0}.get(verdict)
    if fixed is None:
        credit = fields.number("credit", low=0.05, high=0.95)
    elif (credit := fields.number("credit", fixed)) != fixed:
        raise fields.problem(
            "credit", f"What is {verdict} has credit {fixed:g}", "Correct it, or take it out"
        )
    return Option(
        id=option_id,
        text=categories[option_id] if categories else fields.text("text"),
        verdict=verdict,
        credit=float(credit),
        reason=fields.text("reason"),
        **fields.location(known),
    )


def read_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    """Return two options or more, of which at least one is correct.

    Raises:
        CyberNormsError: an option is wrong, two are alike, or none is correct.
    """
    options = fields.read_each(
        "option", lambda table: read_option(table, known), least=2, differ=("id", "text")
    )
    if not any(option.verdict == "correct" for option in options):
        raise fields.problem("option", "No option is correct", 'Give one the verdict "correct"')
    return options


def read_options_without_key(fields: Fields) -> tuple[Option, ...]:
    """Return options of which nobody is told which is correct."""
    named = read_named(fields, "option")
    return tuple(Option(id, text) for id, text in named.items())


def read_named(fields: Fields, field: str) -> dict[str, str]:
    """Return id and text of each table of an array of two or more.

    Raises:
        CyberNormsError: a table has other fields, or two of them are alike.
    """
    named = fields.read_each(
        field,
        lambda table: Option(table.id(), table.text("text")),
        least=2,
        differ=("id", "text"),
    )
    return texts_of(named)


def texts_of(options: Iterable[Option]) -> dict[str, str]:
    """Return the text of each option by its id."""
    return {option.id: option.text for option in options}


def in_order_of(seed: str, question: str, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return options in an order that a seed decides, the same on every computer.

    Without a seed they stay as the file has them, which is the order on paper and on a projector.
    """
    if not seed:
        return options
    return tuple(
        sorted(options, key=lambda each: sha256(f"{seed}:{question}:{each.id}".encode()).digest())
    )


def find_option(options: Iterable[Option], id: str) -> Option:
    """Return the option of an id that is among them."""
    return next(option for option in options if option.id == id)


class OptionQuestion(Question, frozen=True):
    """A question with one list of options."""

    OPEN: ClassVar[Mapping[str, Any]] = {"option": OPEN_OPTION}

    options: tuple[Option, ...]

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, options=read_options(fields, known))

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        return cls(**common, options=read_options_without_key(fields))

    def offers(self) -> dict[str, Offer]:
        return {option.id: option.offer() for option in self.options}

    def shuffled(self, seed: str) -> Self:
        if self.ordered:
            return self
        return replace(self, options=in_order_of(seed, self.id, self.options))

    def offer_blocks(self) -> list[Block]:
        return [Bullets([option.text for option in self.options])]
