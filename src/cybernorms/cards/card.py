"""What every card does: describe itself, answer messages, and say the same as text."""

from __future__ import annotations

import math
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from msgspec import to_builtins

from cybernorms.cards.parts import Description, Part, Reply, Result, Said
from cybernorms.document import Block, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Answer, Record

Values = Mapping[str, Any]
DEEPEST = 4  # lists and mappings in one another; no control has more
State = Literal["open", "done", "closed"]
BROKEN = (
    "Something in the module itself went wrong, and nothing was saved. What you filled in is kept "
    "in this browser. Run the lesson again; if it happens again, tell your teacher."
)


class Card:
    """Something to look at and to work with, whatever draws it.

    A message of the front end carries all values of the card, so that what is saved is what was on
    the screen at the press.

    Arguments:
        record: where answers are kept; the learner's own record if not given.
    """

    label = ""
    key = ""
    use = ""
    wide = False
    keeps = False
    drafts = False

    def __init__(self, record: Record | None = None) -> None:
        self.record = record or Record()
        self.said = Said()
        self.result: Result | None = None
        self.kept = 0.0
        self.sender = ""  # of the message that is being answered: one of several windows
        self._saved = False
        self._reply = Reply()
        self._replies: dict[str, Reply] = {}  # the last one to each view

    # What a kind of card says for itself

    def parts(self) -> Sequence[Part]:
        """Return what the card is made of now, from top to bottom."""
        raise NotImplementedError

    def values(self) -> Values:
        """Return what is filled in, by the names of the controls."""
        return {}

    def blocks(self) -> Sequence[Block]:
        """Return what the card shows now, as blocks without controls."""
        raise NotImplementedError

    @property
    def state(self) -> State:
        """Return whether the card waits for an answer, has one, or takes none any more."""
        return "open"

    @property
    def earlier(self) -> Values | None:
        """Return what was saved last, where something that is not saved is filled in."""
        return None

    @property
    def answered(self) -> bool:
        """Return whether a reading that waits for the card may open."""
        return False

    def press(self, name: str, values: Values, item: str) -> None:
        """Answer the press of a button, in a deck for one item."""

    @property
    def holds(self) -> Sequence[str]:
        """Return the controls with their effect at once whose values have yet to be saved."""
        return ()

    def change(self, name: str, values: Values) -> None:
        """Answer the change of a field that has its effect at once."""

    def draft(self, values: Values) -> None:
        """Keep what is filled in before it is saved."""

    def refresh(self) -> None:
        """Look at the record again, since the card is shown anew."""

    # What all cards have in common

    def receive(self, message: Any) -> None:
        """Answer a message of the front end; nothing that it can hold raises an error.

        Arguments:
            message: `do` (`press`, `change` or `draft`), `name` of the control, `item` of a deck,
                `values` of all controls, and who sent it: `sender` and `number`.
        """
        if not isinstance(message, Mapping):
            return
        sender, number = text_of(plain(message.get("sender"))), message.get("number", 0)
        number = number if isinstance(number, int) else 0
        last = self._replies.get(sender)
        if sender and last and number <= last.number:
            self._reply = last  # sent twice, since the first one seemed to be lost, or overtaken
            return
        self.sender, self._saved = sender, False
        values = plain(message.get("values"))
        try:
            self._answer(message, values if isinstance(values, dict) else {})
        except CyberNormsError as error:
            self.complain("", str(error))
        except Exception:  # a form that never answers would be worse
            traceback.print_exc()
            self.complain("", BROKEN)
        self._reply = self._replies[sender] = Reply(sender, number, self._saved)

    def _answer(self, message: Mapping[str, Any], values: Values) -> None:
        name, item = text_of(message.get("name")), text_of(message.get("item"))
        match message.get("do"):
            case "press":
                self.press(name, values, item)
            case "change":
                self.change(name, values)
            case "draft":
                self.draft(values)

    def describe(self) -> dict[str, Any]:
        """Return the card as data that can be sent, as `parts.Description` has it."""
        described = Description(
            label=self.label,
            parts=self.parts(),
            values=self.values(),
            key=self.key,
            use=self.use,
            wide=self.wide,
            state=self.state,
            answered=self.answered,
            said=self.said,
            kept=self.kept,
            keeps=self.keeps,
            holds=self.holds,
            drafts=self.drafts,
            reply=self._reply,
            earlier=self.earlier,
        )
        data: dict[str, Any] = to_builtins(described)
        return data

    def text(self) -> str:
        """Return what the card shows now, as plain text."""
        return to_text(self.blocks())

    def say_saved(self, text: str = "") -> None:
        """Say that the record has what is filled in; "Saved" and the time if not said otherwise."""
        self._saved = True
        self.kept = 1000 * datetime.now().timestamp()
        self.said = Said("saved", text or f"Saved, {datetime.now():%H:%M}")

    def note(self, text: str) -> None:
        """Say in passing how things stand."""
        self.said = Said("note" if text else "", text)

    def complain(self, word: str, text: str) -> None:
        """Say that something could not be done, and what to do next."""
        self.said = Said("problem", f"{word}. {text}" if word else text)
        self.result = None

    @contextmanager
    def errors_said(self) -> Iterator[None]:
        """Say what goes wrong inside, and end there."""
        try:
            yield
        except CyberNormsError as error:
            self.complain("", str(error))


def plain(value: Any, depth: int = DEEPEST) -> Any:
    """Return what a front end sent as it can be kept and sent back: without NaN and half letters.

    >>> plain({"a": float("nan"), "b": [1, "\\ud800"]})
    {'a': None, 'b': [1, '?']}
    """
    if isinstance(value, str):
        return value.encode("utf-8", errors="replace").decode("utf-8")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list) and depth:
        return [plain(each, depth - 1) for each in value]
    if isinstance(value, Mapping) and depth:
        return {plain(str(name)): plain(each, depth - 1) for name, each in value.items()}
    return value if isinstance(value, int) else None


def text_of(value: Any) -> str:
    """Return a text that the front end sent; nothing for anything else."""
    return value if isinstance(value, str) else ""


def moment_of(answer: Answer | None) -> float:
    """Return when an answer was given, in milliseconds since 1970; 0 where that is not known."""
    try:
        time = answer.time.replace("Z", "+00:00") if answer else ""
        return 1000 * datetime.fromisoformat(time).timestamp()
    except ValueError:
        return 0.0


def shown_for(values: Values, prefix: str, ids: Iterable[str], now: str) -> str:
    """Return for which thing a press was meant: the one whose control was on the screen.

    A list can be turned to the next thing, and a button pressed on the last one, before the kernel
    hears of either.

    Arguments:
        values: all values of the card at the press.
        prefix: what the names of such controls begin with, before the id of the thing.
        ids: of all things.
        now: the id of the one that the card shows by now.
    """
    return next((id for id in ids if f"{prefix}-{id}" in values), now)


def choices_of(value: Any) -> dict[str, str]:
    """Return what was chosen or typed by line, as the front end sent it, without empty lines."""
    if not isinstance(value, Mapping):
        return {}
    return {str(id): each for id, each in value.items() if isinstance(each, str) and each.strip()}
