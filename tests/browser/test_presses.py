"""A press saves what is on the screen, however quick the hand and however busy the kernel."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Choice
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.browser.forms import expect_mark, fill_in, press, reasons
from tests.browser.lab import Desk, Lab, Notebook, eventually
from tests.browser.presses import (
    COMPUTE,
    LONGEST_GAP,
    RUN_ALL,
    Seat,
    act,
    changes_of,
    seen,
    settle,
    what_is_wrong,
)

EXERCISES = "exercises/01-reading-the-report.ipynb"
LESSON = "notebooks/02-un-norms.ipynb"
START = "notebooks/00-start-here.ipynb"
SEATS = [
    Seat(LESSON, "ask-voluntary", "un-voluntary"),
    Seat(EXERCISES, "report-correction", "report-correction"),
    Seat(LESSON, "ask-order", "un-order-groups"),
    Seat(EXERCISES, "report-accused", "report-accused"),
    Seat(EXERCISES, "report-brazil", "report-brazil"),
    Seat(START, "ask-source", "start-source"),
    Seat(EXERCISES, "report-sureness", "report-sureness"),
    Seat("notebooks/01-reading-the-report.ipynb", "my-forecast", "report-forecast"),
    Seat(EXERCISES, "report-lost-where", "report-lost-where"),
    Seat(LESSON, "ask-count", "un-count-should-not"),
    Seat(EXERCISES, "report-pass-on", "report-pass-on"),
    Seat("notebooks/06-what-was-agreed.ipynb", "again-1", "start-source", AGAIN),
    Seat(START, "ask-norms", "start-norms"),
]
ENDURANCE = bool(os.environ.get("CYBERNORMS_ENDURANCE"))
MANY = 25 if ENDURANCE else 2


@pytest.fixture(scope="module")
def desk(lab: Lab) -> Desk:
    return Desk(lab.root, "presses")


class Opened:
    """One notebook at a time; another is opened when it is asked for."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self._page, self._desk = page, desk
        self._now: Notebook | None = None

    def at(self, path: str) -> Notebook:
        whole = f"{self._desk.name}/{path}"
        if self._now is None or self._now.path != whole:
            self.close()
            self._now = Notebook(self._page, whole).run_all()
        return self._now

    def close(self) -> None:
        if self._now:
            self._now.close()
        self._now = None


@pytest.fixture
def opened(shared_page: Page, desk: Desk) -> Iterator[Opened]:
    opened = Opened(shared_page, desk)
    yield opened
    opened.close()


def gaps_for(many: int, generator: random.Random) -> list[int]:
    """Return waits before each step: all of them short in half of the tries, as hands are."""
    longest = generator.choice([0, 60, 300, LONGEST_GAP])
    return [generator.randrange(longest + 1) for _ in range(many)]


def wrong_presses(
    opened: Opened, desk: Desk, busy_with: str, seats: Sequence[Seat], seed: int
) -> list[str]:
    """Press in each seat while the kernel is busy; return what went wrong."""
    wrong = []
    record = Record(desk.work)
    for number, seat in enumerate(seats):
        generator = random.Random(1000 * seed + number)
        notebook = opened.at(seat.notebook)
        steps = changes_of(find_question(seat.question), generator)
        changed_after = number % 5 == 4
        press = ("press", 0, None)
        steps = [*steps[:-1], press, steps[-1]] if changed_after else [*steps, press]
        gaps = gaps_for(len(steps), generator)
        before = len(record.read().answers)
        act(notebook, seat, steps, gaps, busy_with)
        card = notebook.card(seat.cell)
        settle(notebook, card, record)
        if problem := what_is_wrong(card, seat, record, before, changed_after=changed_after):
            wrong.append(f"{number}. {seat.cell}, gaps {gaps}: {problem}")
    return wrong


@pytest.mark.endurance
def test_what_is_pressed_while_all_cells_run_is_what_is_saved(opened: Opened, desk: Desk) -> None:
    seats = sorted((SEATS * 2)[:MANY], key=lambda seat: seat.notebook)
    wrong = wrong_presses(opened, desk, RUN_ALL, seats, seed=1)
    assert not wrong, f"{len(wrong)} of {len(seats)} presses:\n" + "\n".join(wrong)


@pytest.mark.endurance
def test_what_is_pressed_while_a_cell_computes_is_what_is_saved(opened: Opened, desk: Desk) -> None:
    seats = sorted((SEATS[::-1] * 2)[:MANY], key=lambda seat: seat.notebook)
    wrong = wrong_presses(opened, desk, COMPUTE, seats, seed=2)
    assert not wrong, f"{len(wrong)} of {len(seats)} presses:\n" + "\n".join(wrong)


@contextmanager
def stopped(notebook: Notebook, desk: Desk) -> Iterator[None]:
    """Stop the process of a kernel, as on a machine that is busy with other things."""
    code = "import os, pathlib; pathlib.Path('pid').write_text(str(os.getpid()))"
    notebook._ask(
        "await notebook.sessionContext.session.kernel.requestExecute({ code: argument }).done", code
    )
    pid = int((desk.folder / "exercises" / "pid").read_text())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


no_stopping = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")


@no_stopping
def test_a_press_waits_for_the_changes_before_it_and_is_taken_once(
    opened: Opened, desk: Desk
) -> None:
    notebook = opened.at(EXERCISES)
    question = find_question("report-there")
    assert isinstance(question, Choice)
    card = notebook.card(question.id)
    record = Record(desk.work)
    first, second = question.options[0].id, question.options[-1].id
    with stopped(notebook, desk):
        fill_in(card, question, first)
        fill_in(card, question, second)
        press(card, "Check")
        press(card, "Check")
        expect(card.get_by_text("One moment …")).to_be_visible()
        assert record.read().last(question.id) is None
    expect_mark(card, mark(question, second))
    expect(card.get_by_text("One moment …")).to_have_count(0)
    answers = [each.response for each in record.read().answers if each.question == question.id]
    assert answers == [second]


@no_stopping
def test_what_changes_between_a_press_and_its_answer_is_not_saved(
    opened: Opened, desk: Desk
) -> None:
    notebook = opened.at(EXERCISES)
    question = find_question("report-grows")
    assert isinstance(question, Choice)
    card = notebook.card(question.id)
    record = Record(desk.work)
    first, second, third = (option.id for option in question.options[:3])
    fill_in(card, question, first)
    press(card, "Check")
    expect_mark(card, mark(question, first))
    with stopped(notebook, desk):
        fill_in(card, question, second)
        press(card, "Check")
        fill_in(card, question, third)
        expect(card.get_by_text("One moment …")).to_be_visible()
        eventually(card.page, lambda: not seen(card)[0], "the verdict on the first is not shown")
    expect(card.locator(".cn-moment")).to_have_text("Changed since you pressed. Press Check again.")
    settle(notebook, card, record)
    assert seen(card) == ("", "Changed since you pressed. Press Check again.")
    last = record.read().last(question.id)
    assert last is not None and last.response == first and not reasons(card)
    press(card, "Check")
    expect_mark(card, mark(question, third))
    assert "Changed since" not in card.inner_text()


def test_an_answer_lost_on_the_way_holds_no_press_for_ever(opened: Opened, desk: Desk) -> None:
    notebook = opened.at(EXERCISES)
    question = find_question("report-not-found")
    assert isinstance(question, Choice)
    card = notebook.card(question.id)
    notebook._ask(
        "notebook.sessionContext.session.kernel.anyMessage.emit("
        "{ direction: 'send', msg: { header: { msg_type: 'comm_msg', msg_id: 'lost' } } })"
    )
    fill_in(card, question, question.options[0].id)
    press(card, "Check")
    expect(card.get_by_text("One moment …")).to_be_visible()
    expect_mark(card, mark(question, question.options[0].id))
