"""What an explorer is apart from any front end: controls as data, and blocks for each state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import Block, Heading, Paragraph, Picture
from cybernorms.errors import CyberNormsError

State = Any  # each explorer has a frozen struct of its own
Options = Sequence[tuple[str, str]]


class Field(Struct, frozen=True):
    """A control that sets a field of the state.

    `offers` returns what there is to choose from, each text with its value; that may depend on the
    fields before this one. A check box offers nothing; tabs stand side by side.
    """

    name: str
    label: str
    offers: Callable[[State], Options] = lambda state: ()
    kind: Literal["list", "tabs", "check box"] = "list"


class Row(Struct, frozen=True):
    """Fields side by side."""

    fields: Sequence[Field]


def row(*fields: Field) -> Row:
    """Return fields side by side."""
    return Row(fields)


class Button(Struct, frozen=True):
    """A button that leads from one state to another."""

    label: str
    press: Callable[[State], State]


class Bar(Struct, frozen=True):
    """Buttons side by side."""

    buttons: Sequence[Button]


def bar(*buttons: Button) -> Bar:
    """Return buttons side by side."""
    return Bar(buttons)


class Count(Struct, frozen=True):
    """A line that counts what the fields above it leave, announced when it changes."""

    text: Callable[[State], str]


class Figure(Struct, frozen=True):
    """A figure that stands among the controls."""

    draw: Callable[[State], Picture]


def set_field(state: State, name: str, value: Any) -> State:
    """Return a state with a new value of one field."""
    return replace(state, **{name: value})


class Explorer(Struct, frozen=True):
    """An explorer: a state, its controls from top to bottom, and the page below them.

    `state` makes the state of a lesson. `opens` names the field that a notebook may set at once,
    and `what` says in a word what that is; `opened` returns the state where that takes more than
    setting the field. `first` is the first lesson in which there is something to see, and `change`
    returns what a state becomes when a field of it is set.
    """

    title: str
    state: Callable[..., State]
    parts: Sequence[Row | Bar | Count | Figure]
    page: Callable[[State], Sequence[Block]]
    opens: str
    what: str
    first: str = "00"
    opened: Callable[[State, Any], State] | None = None
    change: Callable[[State, str, Any], State] = set_field

    def start(self, open: Any, lesson: LessonNumber) -> State:
        """Return the state that something is to be opened in; nothing for what comes first.

        Raises:
            CyberNormsError: there is no such thing in this lesson, or no such lesson.
        """
        state = self.state(lesson=from_lesson(self.first, lesson, self.what))
        if self.opened:
            return self.opened(state, open)
        if not open:
            return state
        field = next(each for each in self.fields() if each.name == self.opens)
        known = [value for _, value in field.offers(state) if value]
        return self.change(state, self.opens, check_open(open, known, self.what))

    def fields(self) -> list[Field]:
        """Return all fields, in the order in which they depend on one another."""
        return [field for part in self.parts if isinstance(part, Row) for field in part.fields]

    def settle(self, state: State, after: str = "") -> tuple[State, dict[str, Options]]:
        """Return a state whose values are all on offer, and what the fields offer then.

        A value that is not on offer gives way to the first one; where nothing is, it stays. A check
        box offers nothing.

        Arguments:
            state: the state to begin with.
            after: the name of the field that changed; only those after it are asked.
        """
        offered: dict[str, Options] = {}
        fields = self.fields()
        names = [field.name for field in fields]
        for field in fields[names.index(after) + 1 if after else 0 :]:
            if field.kind == "check box":
                continue
            options = field.offers(state)
            offered[field.name] = options
            values = [value for _, value in options]
            if values and getattr(state, field.name) not in values:
                state = replace(state, **{field.name: values[0]})
        return state, offered

    def blocks(self, state: State) -> list[Block]:
        """Return everything that is shown for a state, without the controls."""
        blocks: list[Block] = [Heading(self.title)]
        for part in self.parts:
            if isinstance(part, Count):
                blocks.append(Paragraph(part.text(state)))
            elif isinstance(part, Figure):
                blocks.append(part.draw(state))
        return [*blocks, *self.page(state)]


def among(choices: Mapping[str, str]) -> Callable[[State], Options]:
    """Return the function that offers the same choices in every state, given as texts by value."""
    options = tuple((text, value) for value, text in choices.items())
    return lambda state: options


def all_or(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return options that let everything pass, or one value."""
    return [("All", ""), *((each, each) for each in values)]


def check_open(id: str, known: Iterable[str], what: str) -> str:
    """Return an id to open with, if there is such a thing.

    Arguments:
        id: what is to be opened; nothing for what comes first.
        known: the ids there are.
        what: what has such an id, such as "event".

    Raises:
        CyberNormsError: there is no such thing; the message lists what there is.
    """
    names = list(known)
    if id and id not in names:
        remedy = f"Choose one of: {', '.join(names)}" if names else "Leave the brackets empty"
        raise CyberNormsError(f"There is no {what} called {id!r}", remedy=remedy)
    return id
