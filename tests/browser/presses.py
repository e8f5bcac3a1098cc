"""Quick hands: a seeded learner who changes fields and presses while the kernel is busy."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator

from cybernorms.exercises.feedback import headline
from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Written,
)
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from tests.browser.forms import one_line, read_form
from tests.browser.lab import Notebook

LONGEST_GAP = 1000
LOOP = "import time\nend = time.time() + 2\nwhile time.time() < end: sum(range(1000))"

Step = tuple[str, int, Any]
"""What is done to a card: `tick`, `choose`, `type`, `move` or `press`, to which field, and how."""

# In a page: do the steps on the card of a cell as soon as it is drawn, each after its gap.
_ACT = """
    const cell = notebook.content.widgets.find(each => each.model.id === argument.cell).node;
    const soon = milliseconds => new Promise(done => setTimeout(done, milliseconds));
    const find = () => cell.querySelector('.cn-card.jupyter-widgets:not([data-of-before])');
    const fieldsOf = card => [...card.querySelectorAll('input, select, textarea')];
    let card;
    const isDrawn = () => card?.querySelector('button.cn-main')
        && fieldsOf(card).length >= argument.fields;
    while (card = find(), !isDrawn()) await soon(5);
    const fields = fieldsOf(card);
    const tell = (field, kind) => field.dispatchEvent(new Event(kind, { bubbles: true }));
    for (const [gap, [deed, at, how]] of argument.steps) {
        if (gap) await soon(gap);
        if (deed === 'tick') fields[at].click();
        if (deed === 'choose') { fields[at].selectedIndex = how; tell(fields[at], 'change'); }
        if (deed === 'type') { fields[at].value = how; tell(fields[at], 'input'); }
        if (deed === 'move')
            [...card.querySelectorAll('button')].find(each => each.textContent === how).click();
        if (deed === 'press') card.querySelector('button.cn-main').click();
    }
"""
_MARK_OLD_CARDS = """
    for (const cell of notebook.content.widgets)
        for (const card of cell.node.querySelectorAll('.cn-card')) card.dataset.ofBefore = '';
"""

_SEEN = """card => [
    '.cn-outcome .cn-result',
    '.cn-outcome .cn-note, .cn-count, .cn-moment',
].map(kind => [...card.querySelectorAll(kind)]
    .filter(each => each.checkVisibility({ visibilityProperty: true }))
    .map(each => each.innerText).join(' '))"""


@dataclass(frozen=True)
class Seat:
    """A form to press: in which notebook, in which cell, and the key of its answers."""

    notebook: str
    cell: str
    question: str
    again: str = ""

    @property
    def key(self) -> str:
        return self.question + self.again


def _another(generator: random.Random, many: int, *but: int) -> int:
    return generator.choice([each for each in range(many) if each not in but])


def changes_of(question: Question, generator: random.Random) -> list[Step]:
    """Return changes that a learner might make, the same field more than once among them."""
    match question:
        case Choice():
            first = _another(generator, len(question.options))
            return [
                ("tick", first, None),
                ("tick", _another(generator, len(question.options), first), None),
            ]
        case Several():
            boxes = generator.sample(range(len(question.options)), 3)
            return [("tick", box, None) for box in (*boxes, boxes[-1], boxes[-1])]
        case Match():
            lists = [(at, len(question.categories)) for at in range(len(question.items))]
            return _choices(lists, generator)
        case Clause():
            return _choices(
                [(at, len(e.options)) for at, e in enumerate(question.parts)], generator
            )
        case Order():
            moves = [("move", 0, generator.choice(["Move up", "Move down"])) for _ in range(3)]
            line = generator.randrange(len(question.items))
            return [("choose", 0, line), *moves]
        case Number():
            return _typed(0, str(generator.randrange(100, 10_000)))
        case Forecast():
            numbers = [str(generator.randrange(10, 100)) for _ in question.statements]
            return [step for at, text in enumerate(numbers) for step in _typed(at, text)]
        case Written():
            words = generator.sample(question.exemplar.split(), 12)
            return [("type", 0, " ".join(words[:end])) for end in (4, 5, 6, 9, 12)]
    raise TypeError(f"nobody knows how to change a {question.kind}")


def _choices(lists: Sequence[tuple[int, int]], generator: random.Random) -> list[Step]:
    """Return a choice in every list, and two more in the last one."""
    steps: list[Step] = [("choose", at, generator.randrange(1, 1 + many)) for at, many in lists]
    at, many = lists[-1]
    last = steps[-1][2]
    return [
        *steps,
        ("choose", at, 1 + _another(generator, many, last - 1)),
        ("choose", at, last),
    ]


def _typed(at: int, text: str) -> list[Step]:
    return [("type", at, text[:end]) for end in range(1, len(text) + 1)]


def act(
    notebook: Notebook,
    seat: Seat,
    steps: Sequence[Step],
    gaps: Sequence[int],
    before: str = "",
) -> None:
    """Start something on the kernel, then do steps on a card as soon as it is drawn."""
    question = find_question(seat.question)
    fields = 1 if isinstance(question, Choice | Order | Number | Written) else 2
    timed = list(zip(gaps, steps, strict=True))
    argument = {"cell": seat.cell, "steps": timed, "fields": fields}
    notebook._ask(before + _ACT, argument)


RUN_ALL = (
    _MARK_OLD_CARDS + "window.jupyterapp.shell.activateById(notebook.id);"
    "window.jupyterapp.commands.execute('notebook:run-all-cells');"
)
COMPUTE = f"notebook.sessionContext.session.kernel.requestExecute({{ code: {LOOP!r} }});"


def settle(notebook: Notebook, card: Locator, record: Record) -> None:
    """Wait until the kernel is idle and neither the card nor the record has changed for a while."""
    before: Any = None
    for _ in range(60):
        notebook.wait_ready()
        seen(card)
        now = (card.inner_text(), len(record.read().answers))
        if now == before and "One moment" not in now[0]:
            return
        before = now
        card.page.wait_for_timeout(900)
    raise AssertionError(f"never comes to rest: {before!r}")


def seen(card: Locator) -> tuple[str, str]:
    """Return the result and the notes that can be seen below the buttons of a form."""
    card.scroll_into_view_if_needed()  # What is out of sight has no text for the browser.
    result, note = card.evaluate(_SEEN)
    return one_line(result), one_line(note)


def what_is_wrong(
    card: Locator, seat: Seat, record: Record, before: int, *, changed_after: bool
) -> str:
    """Return how screen, record and verdict disagree, or nothing.

    Arguments:
        card: the form, at rest.
        seat: which form it is.
        record: the learner's answers.
        before: how many of them there were before this press.
        changed_after: whether something was changed after the press, so that it is not saved.
    """
    question = find_question(seat.question)
    screen = read_form(card, question)
    last = record.read().last(seat.key)
    saved = last.response if last else None
    result, note = seen(card)
    facts = f"screen {screen!r}, saved {saved!r}, says {result!r} {note!r}"
    if changed_after:
        is_new = len(record.read().answers) > before
        if is_new and saved == screen and not isinstance(question, Written):
            return f"what was changed after the press is saved: {facts}"
        verb = card.locator("button.cn-main").inner_text()
        told = f"Changed since you pressed. Press {verb} again." in note
        verdicts = card.locator(".cn-reasons li").filter(visible=True).count()
        if told and not result and not verdicts:
            return ""
        return f"changed after the press: {facts}"
    if last is None or mark(question, saved) != mark(question, screen):
        return f"saved is not what is on the screen: {facts}"
    given = mark(question, screen)
    entry = question.use == "entry" and not seat.again
    if "Saved" not in result or not (entry or result.startswith(headline(given))):
        return f"the verdict is not that of the answer: {facts}"
    return ""
