"""The workbench of September 2015: a guess for each element opens what was agreed.

The first element that is opened closes the forecast of lesson 01, which could otherwise be changed
by somebody who knows how things came out.
"""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.commitments import Element
from cybernorms.document import Block, Heading, to_html
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecasts import is_closed, open_outcomes
from cybernorms.exercises.record import Record
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.proposed_agreed import (
    ELEMENT,
    GUESS,
    element_blocks,
    find_element,
    head_blocks,
    kept_guesses,
    key_of,
    overview,
)
from cybernorms.widgets.explorer import draw
from cybernorms.widgets.inputs import OPEN
from cybernorms.widgets.view import View, bar, button, controls, html


class Workbench(View):
    """A list of elements, a guess for each, and what was agreed once the guess is kept.

    Arguments:
        element: the id of the element to open with; the first one if not given.
        record: where guesses are kept; the learner's own record if not given.
    """

    def __init__(self, element: str = "", record: Record | None = None) -> None:
        self._record = record or Record()
        self.guesses: dict[str, str] = {}
        problem, closed = "", True
        try:
            self.guesses = kept_guesses(self._record)
            closed = is_closed(self._record.read(), QUESTION)
        except CyberNormsError as error:
            problem = str(error)
        self.element = draw(ELEMENT, ELEMENT.offers(None))
        if element:
            self.element.value = element
        self.guess = draw(GUESS, [(OPEN, ""), *GUESS.offers(None)])
        self.reveal = button("Save and open", main=True)
        self.reveal.on_click(lambda _: self.submit())
        self._page, self._overview = html(""), html("")
        self._head = head_blocks(closed)
        super().__init__(
            [
                html(to_html(self._head)),
                controls(self.element),
                self._page,
                controls(self.guess),
                bar(self.reveal),
                self._status,
                self._overview,
            ],
            "cn-explorer",
        )
        self.element.observe(lambda _: self._draw(), names="value")
        self._draw()
        if problem:
            self.say("problem", problem)

    @property
    def current(self) -> Element:
        """Return the element that is open."""
        return find_element(self.element.value)

    def blocks(self) -> Sequence[Block]:
        guess = self.guesses.get(self.current.id, "")
        heading = Heading(self.current.name, 4)
        page = element_blocks(self.current, guess)
        return [*self._head, heading, *page, *overview(self.guesses)]

    def submit(self) -> None:
        """Keep the guess and open what was agreed; the first guess stays."""
        element = self.current
        if element.id in self.guesses:
            self.say("saved", "This element is open. Your first guess stays.")
            return
        if not self.guess.value:
            self.say("problem", "Choose a guess first, then press Save and open.")
            return
        with self.errors_said():
            open_outcomes(self._record, QUESTION)
            self._record.append(key_of(element.id), "", self.guess.value)
            self.guesses[element.id] = self.guess.value
            self._draw()
            self.say("saved", "Saved. What was agreed is open above.")

    def _draw(self) -> None:
        guess = self.guesses.get(self.current.id, "")
        self.guess.value = guess
        self.guess.disabled = self.reveal.disabled = bool(guess)
        self._status.value = ""
        self._page.value = to_html(element_blocks(self.current, guess))
        self._overview.value = to_html(overview(self.guesses))
