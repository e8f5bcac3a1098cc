"""Options to choose from: what they hold, how they are read, what they say of a choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from msgspec import Struct

from cybernorms.exercises.fields import Fields, Known, must_differ
from cybernorms.exercises.questions import Feedback, Offer, Verdict

VERDICTS = ("correct", "defensible", "incorrect")
OPTIONS_KEPT = 4_000  # enough for all options of all question sets
OPEN_OPTION: Mapping[str, Any] = {"id": None, "text": None}


class Option(Struct, frozen=True):
    """One thing that can be chosen, with its reason and the paragraph that supports it.

    `credit` runs from 0 (incorrect) to 1 (correct); a defensible option has a stated part.
    """

    id: str
    text: str
    verdict: str
    credit: float
    reason: str
    source: str
    pinpoint: str

    def offer(self, part: str = "") -> Offer:
        """Return the option as it is counted over a class."""
        return Offer(part, self.text, self.verdict, self.reason)


@lru_cache(OPTIONS_KEPT)
def explain(option: Option, label: str = "", verdict: Verdict | None = None) -> Feedback:
    """Return the feedback on an option, for a part if it was chosen for one."""
    given: Any = verdict or option.verdict
    return Feedback(label, option.text, given, option.reason, option.source, option.pinpoint)


def read_option(fields: Fields, known: Known, *, id_field: str = "", text: str = "") -> Option:
    """Return an option from its TOML table.

    Arguments:
        fields: the table.
        known: the ids that it may refer to.
        id_field: the field that holds its id; `id` if not given.
        text: its text; the field `text` if not given.

    Raises:
        CyberNormsError: a field is missing or wrong.
    """
    option_id = fields.text(id_field) if id_field else fields.id()
    verdict = fields.one_of("verdict", VERDICTS)
    fixed = {"correct": 1.0, "incorrect": 0.0}.get(verdict)
    if fixed is None:
        credit = fields.number("credit", low=0.05, high=0.95)
    elif (credit := fields.number("credit", fixed)) != fixed:
        raise fields.problem(
            "credit", f"What is {verdict} has credit {fixed:g}", "Correct it, or take it out"
        )
    option = Option(
        id=option_id,
        text=text or fields.text("text"),
        verdict=verdict,
        credit=float(credit),
        reason=fields.text("reason"),
        source=fields.reference("source", known.sources, ""),
        pinpoint=fields.text("pinpoint", ""),
    )
    fields.done()
    return option


def read_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    """Return two options or more, of which at least one is correct.

    Raises:
        CyberNormsError: an option is wrong, two are alike, or none is correct.
    """
    options = tuple(read_option(table, known) for table in fields.tables("option", least=2))
    must_differ(fields, "option", [each.id for each in options], [each.text for each in options])
    if not any(option.verdict == "correct" for option in options):
        raise fields.problem("option", "No option is correct", 'Give one the verdict "correct"')
    return options


def read_options_without_key(fields: Fields) -> tuple[Option, ...]:
    """Return options of which nobody is told which is correct."""
    named = read_named(fields, "option")
    return tuple(Option(id, text, "", 0.0, "", "", "") for id, text in named.items())


def read_named(fields: Fields, field: str) -> dict[str, str]:
    """Return id and text of each table of an array of two or more.

    Raises:
        CyberNormsError: a table has other fields, or two of them are alike.
    """
    named = []
    for table in fields.tables(field, least=2):
        named.append((table.id(), table.text("text")))
        table.done()
    must_differ(fields, field, [id for id, _ in named], [text for _, text in named])
    return dict(named)


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
