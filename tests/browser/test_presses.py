"""A press saves what is on the screen, however quick the hand and however busy the kernel."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from cybernorms.exercises.kinds import Choice
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.browser.forms import expect_mark, fill_in, press, reasons, result, said
from tests.browser.lab import Desk, Lab, Notebook
from tests.browser.presses import BUSY, Round, Seat, seats_of, settle, slow_down

EXERCISES = "exercises/01-reading-the-report.ipynb"
ENDURANCE = bool(os.environ.get("CYBERNORMS_ENDURANCE"))
PRESSES = 500 if ENDURANCE else 25
SLOWER = 4  # times

# The forecast is worked before the workbench opens its outcomes, which closes it.
NOTEBOOKS = [
    "notebooks/01-reading-the-report.ipynb",
    "exercises/02-un-norms.ipynb",
    "notebooks/06-what-was-agreed.ipynb",
    "notebooks/03-norms-and-law.ipynb",
    "notebooks/05-the-proposed-deal.ipynb",
    "notebooks/00-start-here.ipynb",
    "exercises/05-the-proposed-deal.ipynb",
    "notebooks/04-us-policy-documents.ipynb",
]
MOST_AT_ONCE = 9


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
    slow_down(shared_page, 1)
    opened.close()


def some_of(seats: list[Seat], generator: random.Random) -> list[Seat]:
    """Return a few seats of a notebook, of as many kinds as there are."""
    mixed = generator.sample(seats, len(seats))
    firsts = {seat.kind: seat for seat in reversed(mixed)}
    others = [seat for seat in mixed if seat not in firsts.values()]
    many = MOST_AT_ONCE if ENDURANCE else 4
    return [*firsts.values(), *others][: max(many, len(firsts))]


@pytest.mark.endurance
def test_what_is_pressed_is_what_is_saved(opened: Opened, desk: Desk, shared_page: Page) -> None:
    # Prevents that an answer is saved and marked that is another one than the one on the screen.
    wrong: list[str] = []
    kinds: set[str] = set()
    pressed = number = 0
    record = Record(desk.work)
    while pressed < PRESSES:
        path = NOTEBOOKS[number // len(BUSY) % len(NOTEBOOKS) if ENDURANCE else number % 4]
        notebook = opened.at(path)
        seats = some_of(seats_of(path), random.Random(number))
        slow_down(shared_page, SLOWER if number % 2 else 1)
        played = Round(notebook, record, seats)
        wrong += [f"{path}: {each}" for each in played.play(list(BUSY)[number % 3], number)]
        kinds |= {seat.kind for seat in seats}
        pressed += played.saved
        number += 1
    assert not wrong, f"{len(wrong)} of {pressed} presses:\n" + "\n".join(wrong)
    print(f"{pressed} presses in {number} rounds, {sorted(kinds)}")


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
    # Prevents that an impatient second press saves twice, or that nothing is said of a wait.
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
        expect(card.locator(".cn-do")).to_have_text("One moment …")
        card.locator(".cn-do").click(force=True)
        expect(card).to_have_attribute("data-state", "wait")
        assert record.read().last(question.id) is None
    expect_mark(card, mark(question, second))
    expect(card.get_by_text("One moment …")).to_have_count(0)
    answers = [each.response for each in record.read().answers if each.question == question.id]
    assert answers == [second]


@no_stopping
def test_what_changes_between_a_press_and_its_answer_is_not_saved(
    opened: Opened, desk: Desk
) -> None:
    # Prevents a verdict on one answer over another one that was chosen meanwhile.
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
        assert not result(card) and not reasons(card), "the verdict on the first is not shown"
        assert "Changed since you pressed: press Check again." in said(card)
    settle(notebook)
    assert "Changed since you pressed: press Check again." in said(card)
    last = record.read().last(question.id)
    assert last is not None and last.response == second
    assert not result(card) and not reasons(card)
    press(card, "Check")
    expect_mark(card, mark(question, third))
    assert "Changed since" not in card.inner_text()


@no_stopping
def test_a_press_that_nobody_answers_says_so_and_a_late_answer_is_shown_after_all(
    opened: Opened, desk: Desk
) -> None:
    # Prevents that a learner waits for ever at a kernel whose end no event tells.
    notebook = opened.at(EXERCISES)
    question = find_question("report-not-found")
    assert isinstance(question, Choice)
    card = notebook.card(question.id)
    chosen = question.options[0].id
    fill_in(card, question, chosen)
    with stopped(notebook, desk):
        press(card, "Check")
        expect(card.get_by_text("No answer yet.")).to_be_visible(timeout=9000)
        expect(card.get_by_role("button", name="Run this lesson again")).to_have_count(1)
    expect_mark(card, mark(question, chosen))
    expect(card.get_by_text("No answer yet.")).to_be_hidden()
