"""Proposed and agreed: a guess for each element, and what was agreed once the guess is kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from cybernorms.cards.card import Card, State, Values, shown_for
from cybernorms.cards.explorer import show_field
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Actions, Ask, Button, Choice, Fields, Html, Options, Part
from cybernorms.corpus.commitments import Element
from cybernorms.document import Block, Heading
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecasts import is_closed, open_outcomes
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.proposed_agreed import (
    ELEMENT,
    GUESSES,
    TITLE,
    element_blocks,
    element_ids,
    find_element,
    head_blocks,
    kept_guesses,
    key_of,
    overview,
)

GUESS, OPEN, NEXT = "guess", "open", "next"


class Workbench(Card):
    """A list of elements, a guess for each, and what was agreed once the guess is kept.

    Arguments:
        element: the id of the element to open with; the first one if not given.
        record: where guesses are kept; the learner's own record if not given.
    """

    label = TITLE
    keeps = True

    def __init__(self, element: str = "", record: Record | None = None) -> None:
        super().__init__(record)
        self.guesses: dict[str, str] = {}
        self._element = element or element_ids()[0]
        self._closed = True
        self.refresh()

    def refresh(self) -> None:
        try:
            self.guesses = kept_guesses(self.record)
            self._closed = is_closed(self.record.read(), QUESTION)
        except CyberNormsError as error:
            self.complain("", str(error))

    @property
    def key(self) -> str:  # type: ignore[override]
        return key_of(self._element)

    @property
    def current(self) -> Element:
        """Return the element that is open."""
        return find_element(self._element)

    @property
    def _name(self) -> str:
        return f"{GUESS}-{self._element}"

    def blocks(self) -> Sequence[Block]:
        guess = self.guesses.get(self.current.id, "")
        heading = Heading(self.current.name, 4)
        page = element_blocks(self.current, guess)
        return [*head_blocks(self._closed), heading, *page, *overview(self.guesses)]

    @property
    def answered(self) -> bool:
        return self._element in self.guesses

    @property
    def state(self) -> State:
        return "closed" if self.answered else "open"

    def values(self) -> Values:
        return {ELEMENT.name: self._element, self._name: self.guesses.get(self._element)}

    def change(self, name: str, values: Values) -> None:
        element: Any = values.get(ELEMENT.name)
        if name == ELEMENT.name and element in element_ids():
            self._element = element
            self.note("")

    def press(self, name: str, values: Values, item: str) -> None:
        if name == OPEN:
            element = shown_for(values, GUESS, element_ids(), self._element)
            self.submit(values.get(f"{GUESS}-{element}"), element)
        elif name == NEXT:
            ids = element_ids()
            self._element = ids[(ids.index(self._element) + 1) % len(ids)]
            self.note("")

    def submit(self, guess: Any, id: str = "") -> None:
        """Keep the guess and open what was agreed; the first guess stays.

        Arguments:
            guess: the id of a guess.
            id: the id of the element; the one that is shown if not given.
        """
        element = find_element(id) if id else self.current
        with suppress(CyberNormsError):  # another window may have opened it; saving says the rest
            self.guesses |= kept_guesses(self.record)
        if element.id in self.guesses:
            self.say_saved("This element is open. Your first guess stays.")
            return
        if not isinstance(guess, str) or guess not in GUESSES:
            self.complain("", "Choose a guess first, then press Save and open.")
            return
        with self.errors_said():
            open_outcomes(self.record, QUESTION)
            self.record.append(key_of(element.id), "", guess)
            self.guesses[element.id] = guess
            self._closed = True
            if element.id == self._element:
                self.say_saved("Saved. What was agreed is open above.")

    def parts(self) -> list[Part]:
        guess = self.guesses.get(self._element, "")
        options = [Choice(id, text) for id, text in GUESSES.items()]
        asked: list[Part] = [
            Ask("My guess", Options(self._name, options)),
            Actions([Button(OPEN, "Save and open", main=True)], said=True),
        ]
        on: list[Part] = [Actions([Button(NEXT, "Next element")], said=True)]
        return [
            Html(page_html(head_blocks(self._closed))),
            Fields([show_field(ELEMENT, ELEMENT.offers(None), wide=True)]),
            Html(page_html(element_blocks(self.current, guess))),
            *(on if guess else asked),
            Html(page_html(overview(self.guesses))),
        ]
