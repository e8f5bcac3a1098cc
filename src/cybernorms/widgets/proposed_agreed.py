"""The workbench of September 2015: guess what became of an element, then open what was agreed.

The first element that is opened closes the forecast of lesson 01, which could otherwise be changed
by somebody who knows how things came out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets as w

from cybernorms.corpus.commitments import Element, Version, load_elements
from cybernorms.document import (
    Block,
    Columns,
    Facts,
    Heading,
    Line,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    to_html,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.forecasts import is_closed, open_outcomes
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import Unreadable, find_id
from cybernorms.widgets.forecast_form import QUESTION
from cybernorms.widgets.inputs import OPEN
from cybernorms.widgets.sourcing import bracketed, place
from cybernorms.widgets.view import (
    View,
    bar,
    button,
    controls,
    html,
    outcome,
    plain_looks,
    show,
)

TITLE = "Proposed and agreed"
INTRO = (
    "Choose an element, read what was reported or proposed of it until 22 September 2015, and "
    "guess what became of it. Then open what was agreed."
)
STILL_OPEN = (
    "With the first element that you open, your forecast is closed. "
    "If you have not made one yet, make it first, in lesson 01: it takes five minutes."
)
GUESSES = {
    "as-expected": "It came in, much as reported or proposed",
    "after-all": "It came in, though no report had it or it was reported to stay out",
    "left-out": "It was reported and was left out",
    "neither": "It was not expected, and it did not come in",
}
FATE_OF_GUESS = {
    "in as reported": "as-expected",
    "in as proposed": "as-expected",
    "in after all": "after-all",
    "left out": "left-out",
    "in neither": "neither",
}


def version_section(title: str, version: Version) -> Section:
    """Return an element at one time: wording, stage, force and where it stands."""
    blocks: list[Block] = [Paragraph(version.text)]
    quoted = version.quotation
    if quoted:
        blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
    facts: list[tuple[str, Line]] = [
        ("Stage", version.stage or "nothing there"),
        ("Force", version.force),
        ("Where", bracketed(version.source, version.pinpoint, version.status)),
    ]
    return Section(title, [*blocks, Facts(facts)], 4)


def element_blocks(element: Element, guess: str = "") -> list[Block]:
    """Return an element: the proposal alone, or with a guess also what was agreed.

    Arguments:
        element: the element.
        guess: the id of the guess that was kept; empty for none.
    """
    proposed = version_section("Until 22 September 2015", element.proposed)
    if not guess:
        return [proposed]
    right = FATE_OF_GUESS[element.fate]
    told: Line = (
        [Strong("You guessed right: "), f"{GUESSES[right]}."]
        if guess == right
        else [Strong("You guessed: "), f"{GUESSES[guess]}. ", Strong("In fact: "), GUESSES[right]]
    )
    if guess != right:
        told = [*told, "."]
    return [
        Columns([proposed, version_section("On 25 September 2015", element.agreed)]),
        Paragraph(told),
        Paragraph([Strong("What changed. "), element.change]),
    ]


def overview(guesses: Mapping[str, str]) -> list[Block]:
    """Return the elements that were opened, and how many are left."""
    elements = load_elements()
    opened = [each for each in elements if each.id in guesses]
    count = f"{len(opened)} of {len(elements)} elements opened."
    if not opened:
        return [Paragraph(count, "note")]
    rows: list[list[Line]] = [
        [
            each.name,
            GUESSES[guesses[each.id]],
            GUESSES[FATE_OF_GUESS[each.fate]],
            each.agreed.force if each.agreed.stage else "nothing agreed",
        ]
        for each in opened
    ]
    columns = ["Element", "Your guess", "What happened", "Force of what was agreed"]
    return [Paragraph(count, "note"), Table("Elements that you opened", columns, rows)]


def _key(element: str) -> str:
    return f"element-{element}"


def kept_guesses(record: Record) -> dict[str, str]:
    """Return the guesses that the record holds, by id of the element."""
    history = record.read()
    found = {}
    for each in load_elements():
        last = history.last(_key(each.id))
        if last:
            try:
                found[each.id] = find_id(last.response, GUESSES)
            except Unreadable:
                continue
    return found


class Workbench(View):
    """A list of elements, a guess for each, and what was agreed once the guess is kept.

    Arguments:
        record: where guesses are kept; the learner's own record if not given.
    """

    def __init__(self, record: Record | None = None) -> None:
        self._record = record or Record()
        self.guesses: dict[str, str] = {}
        problem, note = "", ""
        try:
            self.guesses = kept_guesses(self._record)
            note = "" if is_closed(self._record.read(), QUESTION) else STILL_OPEN
        except CyberNormsError as error:
            problem = str(error)
        elements = load_elements()
        options = [(f"{each.position}. {each.name}", each.id) for each in elements]
        self.element = w.Dropdown(**plain_looks(), description="Element", options=options)
        choices = [(OPEN, ""), *((text, id) for id, text in GUESSES.items())]
        self.guess = w.Dropdown(**plain_looks(), description="My guess", options=choices)
        self.reveal = button("Save and open", main=True)
        self.reveal.on_click(lambda _: self.submit())
        self._page, self._status, self._overview = html(""), outcome(), html("")
        self._head: list[Block] = [Heading(TITLE), Paragraph(INTRO)]
        if note:
            self._head.append(Paragraph(note, "note"))
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
            self._say("problem", problem)

    @property
    def current(self) -> Element:
        """Return the element that is open."""
        return next(each for each in load_elements() if each.id == self.element.value)

    def blocks(self) -> Sequence[Block]:
        guess = self.guesses.get(self.current.id, "")
        heading = Heading(self.current.name, 4)
        page = element_blocks(self.current, guess)
        return [*self._head, heading, *page, *overview(self.guesses)]

    def submit(self) -> None:
        """Keep the guess and open what was agreed; the first guess stays."""
        element = self.current
        if element.id in self.guesses:
            self._say("saved", "This element is open. Your first guess stays.")
            return
        if not self.guess.value:
            self._say("problem", "Choose a guess first, then press Save and open.")
            return
        try:
            open_outcomes(self._record, QUESTION)
            self._record.append(_key(element.id), "", self.guess.value)
        except CyberNormsError as error:
            self._say("problem", str(error))
            return
        self.guesses[element.id] = self.guess.value
        self._draw()
        self._say("saved", "Saved. What was agreed is open above.")

    def _say(self, look: str, told: str) -> None:
        line = to_html([Paragraph(told)]).removeprefix("<p>").removesuffix("</p>")
        self._status.value = f"<p class='cn-result cn-{look}' role='alert'>{line}</p>"

    def _draw(self) -> None:
        guess = self.guesses.get(self.current.id, "")
        self.guess.value = guess
        self.guess.disabled = self.reveal.disabled = bool(guess)
        self._status.value = ""
        self._page.value = to_html(element_blocks(self.current, guess))
        self._overview.value = to_html(overview(self.guesses))


def show_proposed_agreed() -> None:
    """Show the elements of the deal as proposed, with a guess to make before what was agreed."""
    show(Workbench())
