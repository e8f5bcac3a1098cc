"""`ask()`: a question as an accessible form that saves, marks and explains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from html import escape
from textwrap import fill
from typing import Any

from msgspec.structs import replace

from cybernorms.document import (
    WIDTH,
    Aside,
    Block,
    Inline,
    Paragraph,
    Strong,
    line_text,
    to_html,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.again import what_changed
from cybernorms.exercises.drafts import Draft
from cybernorms.exercises.earlier import describe_fit, fit_answer, mark_answer
from cybernorms.exercises.feedback import as_text, feedback_blocks, headline, look_of
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import (
    Forecast,
    Number,
    Value,
    Written,
)
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.question_blocks import (
    format_minutes,
    head_blocks,
    question_blocks,
    title_line,
)
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Answer, Record
from cybernorms.widgets.inputs import Inputs, inputs_for
from cybernorms.widgets.other_windows import format_moment, keep_both, other_drafts
from cybernorms.widgets.view import Page, View, bar, button, html, outcome, show

DRAFT_SECONDS = 3.0
SAVED = "Saved."
CLOSED = "The outcomes are open, so this forecast can no longer be changed."
ENTRY_SAVED = "Saved. You will meet this question again at the end of the course, with its reasons."


def _seconds(moment: str) -> float:
    """Return a time of the record in seconds since 1970; 0 where it cannot be read."""
    try:
        return datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return 0.0


class Form(View):
    """A question with its inputs, a Check button, a hint and feedback.

    Arguments:
        question: the question, of any kind but `value`.
        record: where answers are kept; the learner's own record if not given.
        key: the name of the answers in the record; the question's id if not given.
        shuffle: whether this learner sees the options in an order of their own.
    """

    def __init__(
        self,
        question: Question,
        record: Record | None = None,
        *,
        key: str = "",
        shuffle: bool = True,
    ) -> None:
        self.question = question
        self._key = key or question.id
        self._record = record or Record()
        shown = question.shuffled(self._record.seed()) if shuffle else question
        self._inputs: Inputs = inputs_for(shown, self._on_change)
        self._draft: Draft | None = None  # as it was last shown or kept here
        self._answer: Answer | None = None  # likewise
        self._last_draft = 0.0
        self._draft_due = False
        only_saves = question.withheld or not question.judged
        self._verb = "Save" if question.use == "entry" or only_saves else "Check"
        self._check = button(self._verb, main=True)
        self._check.on_click(lambda _: self.submit())
        self._hint_button = button("Hint")
        self._hint_button.on_click(lambda _: self._show_hint())
        self._hint = html("")
        self._feedback = outcome()
        self._pressed = False
        buttons = bar(self._check, *([self._hint_button] if question.hint else []))
        head = html(to_html(self.head_blocks()))
        super().__init__(
            [head, *self._inputs.widgets, buttons, self._hint, self._status, self._feedback],
            "cn-form",
            f"cn-{question.use}",
            f"cn-key-{self._key}",  # by which the browser keeps typed text
        )
        self._restore()

    def head_blocks(self) -> Sequence[Block]:
        """Return what stands above the inputs."""
        return head_blocks(self.question)

    def blocks(self) -> Sequence[Block]:
        return [*self.head_blocks(), *self.question.offer_blocks()]

    def submit(self) -> Mark | None:
        """Save what is filled in, mark it and show the reasons; nothing is said before it is saved.

        Returns:
            The mark, or None where nothing could be saved.
        """
        response = self.question.in_its_order(self._inputs.get())
        if self._is_closed():
            self.announce("problem", "Closed", CLOSED)
            return None
        given = mark(self.question, response)
        if given.state in ("marked", "awaiting teacher"):
            try:
                unseen = self._unseen_answer(response)
                self._answer = self._record.append(self._key, self.question.revision, response)
            except CyberNormsError as error:
                message = f"{error}. Your answer is still in the form: press {self._verb} again."
                self.announce("problem", "Not saved", message)
                self._feedback.value = ""
                return None
            self._draft_due = False  # Written later, it would pass for a newer text.
            if self._draft:
                self._record.drafts.drop(self._draft)
                self._draft = None
            self._pressed = True
            both = keep_both(self._record, self.question, unseen, self._verb) if unseen else ""
            self._show(given, f"{SAVED} {both}".strip())
        else:
            message = self._what_to_do() if given.state == "blank" else given.message
            self.announce("problem", headline(given), message)
            self._feedback.value = ""
        return given

    def _unseen_answer(self, response: Any) -> Answer | None:
        """Return a newer answer that another window has saved and this one never showed."""
        try:
            last = self._record.read().last(self._key)
        except CyberNormsError:  # whatever hinders will be said by whoever writes
            return None
        if last is None or last == self._answer or last.response == response:
            return None
        return last

    def _what_to_do(self) -> str:
        """Return what a learner does next who has pressed the button on an empty form."""
        return f"{self._inputs.to_do}, then press {self._verb}."

    def _show(self, given: Mark, saved: str) -> None:
        if self.question.use == "entry":
            self.announce("saved", "", ENTRY_SAVED if saved == SAVED else saved)
            self._feedback.value = ""
            return
        message = f"{given.message} {saved if saved != SAVED else ''}".strip() or saved
        self.announce(look_of(given.verdict), headline(given), message)
        self._feedback.value = to_html(self._feedback_blocks(given))

    def _feedback_blocks(self, given: Mark) -> list[Block]:
        """Return what a mark says below its result, and what to do about lines left open."""
        blocks = feedback_blocks(self.question, given)
        if any(each.verdict == "open" for each in given.feedback):
            advice = f"Fill in what is open, then press {self._verb} again."
            blocks.append(Paragraph(advice, "note"))
        return blocks

    def _show_hint(self) -> None:
        self._hint.value = (
            f"<p class='cn-hint' role='alert'><strong>Hint.</strong> "
            f"{escape(self.question.hint)}</p>"
        )

    def _on_change(self) -> None:
        """Show that something is not saved yet, and keep a draft of written text.

        The change may have been made before the last press and have come behind it, so what that
        press saved is not called unsaved.
        """
        note = f"Changed and not saved yet: press {self._verb}."
        if self._pressed:
            note = f"Changed since you pressed. Press {self._verb} again."
        if isinstance(self.question, Written) and self._keep_draft():
            done = f"Press {self._verb} when you are done."
            note = f"Draft kept. {note if self._pressed else done} {self._others()}".strip()
        self._status.value = f"<p class='cn-note'>{escape(note)}</p>"
        self._feedback.value = ""

    def _others(self) -> str:
        return other_drafts(self._record, self._key, self._draft)

    def _keep_draft(self) -> bool:
        """Keep a draft now, unless one was kept a moment ago; then keep it a moment later."""
        import asyncio

        wait = self._last_draft + DRAFT_SECONDS - time.monotonic()
        if wait > 0:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                wait = 0
            else:
                if not self._draft_due:
                    self._draft_due = True
                    loop.call_later(wait, self._write_due_draft)
                return True
        return self._write_draft()

    def _write_due_draft(self) -> None:
        if self._draft_due:
            self._write_draft()

    def _write_draft(self) -> bool:
        self._draft_due = False
        self._last_draft = time.monotonic()
        try:
            text = self._inputs.get()
            self._draft = self._record.drafts.keep(self._key, text, self._draft)
        except CyberNormsError as error:
            self.announce("problem", "", str(error))
            return False
        return True

    def _is_closed(self) -> bool:
        """Return whether this is a forecast whose outcomes were opened."""
        if not isinstance(self.question, Forecast):
            return False
        try:
            return is_closed(self._record.read(), self.question.id)
        except CyberNormsError:
            return False

    def _restore(self) -> None:
        """Fill in the last answer, or a later draft, and say so."""
        try:
            last = self._record.read().last(self._key)
        except CyberNormsError as error:
            self.announce("problem", "", str(error))
            return
        self._answer = last
        drafts = self._record.drafts.all(self._key) if isinstance(self.question, Written) else []
        since = _seconds(last.time) if last else 0.0
        draft = next((each for each in drafts if each.time >= since), None)
        if draft:
            self._draft = draft
            self._inputs.put(draft.text)
            self._mark_kept(draft.time)
            note = f"Your draft is filled in. It is not saved yet. {self._others()}".strip()
            self._status.value = f"<p class='cn-note'>{escape(note)}</p>"
        elif last:
            self._fill_in(last)

    def _fill_in(self, last: Answer) -> None:
        """Fill in the last answer, or what of it still fits the question, and say so."""
        fitted = fit_answer(self.question, last)
        if fitted.fits == "not":
            when = f"You answered {format_moment(last.time)}."
            message = f"{when} {describe_fit('not')} Please answer again."
            self.announce("problem", "The question has changed", message)
            return
        self._inputs.put(fitted.response)
        self._mark_kept(_seconds(last.time))
        self._show(mark(self.question, fitted.response), self._describe_last(last))

    def _mark_kept(self, seconds: float) -> None:
        """Let the browser know when the record got a text, which it may have kept itself since."""
        if isinstance(self.question, Written | Number | Forecast):
            self.add_class(f"cn-kept-{1000 * seconds:.0f}")

    def _describe_last(self, last: Answer) -> str:
        message = f"Your answer, saved {format_moment(last.time)}, is filled in."
        if self._is_closed():
            self._check.disabled = True
            return f"{message} {CLOSED}"
        if last.revision not in self.question.revisions:
            message += f" {describe_fit(fit_answer(self.question, last).fits)}"
        return f"{message} {self._others()}".strip()


class FormAgain(Form):
    """A question of lesson 00 at the end of the course: with reasons, and with what changed.

    The answer is kept beside the first one, which stays as it was.
    """

    def __init__(self, question: Question, record: Record | None = None) -> None:
        super().__init__(replace(question, use="practice"), record, key=question.id + AGAIN)

    def head_blocks(self) -> Sequence[Block]:
        kind = f"From lesson 00, asked again, no points, {format_minutes(self.question)}"
        return [title_line(self.question, kind), *head_blocks(self.question)[1:]]

    def _show(self, given: Mark, saved: str) -> None:
        super()._show(given, saved)
        message = _then_and_now(self._record, self.question, given)
        self._feedback.value = to_html([Paragraph(message)]) + self._feedback.value


def _then_and_now(record: Record, question: Question, now: Mark) -> list[Inline]:
    """Return what changed since a question was first answered, with the day of that answer."""
    first = record.read().last(question.id)
    if first is None:
        return [Strong("Then and now. "), what_changed(None, now)]
    message = what_changed(mark_answer(question, first), now)
    return [
        Strong("Then and now. "),
        f"{message} Your first answer was saved {format_moment(first.time)}.",
    ]


_MISSING = object()


def ask(id: str, answer: Any = _MISSING, *, again: bool = False, shuffle: bool = True) -> None:
    """Show a question as a form that saves, marks and explains.

    Arguments:
        id: the question's id.
        answer: an answer to save and mark at once; the result is then printed as plain text, and
            no form is shown.
        again: ask a question of lesson 00 once more, at the end of the course: the answer is kept
            beside the first one, and the reasons are shown with what changed.
        shuffle: each learner sees the options in an order of their own; False keeps them in the
            order of the question set, so that a class can vote by a show of hands.

    Raises:
        CyberNormsError: there is no such question, or the answer cannot be saved.
    """
    question = find_question(id)
    if again and question.use != "entry":
        raise CyberNormsError(
            f"The question {id!r} is not one of those that are asked twice",
            remedy="Leave out again=True, or choose a question of lesson 00",
        )
    if answer is not _MISSING:
        if isinstance(question, Forecast) and is_closed(Record().read(), question.id):
            raise CyberNormsError("This forecast is closed", remedy=CLOSED)
        given = mark(question, answer)
        if given.state in ("marked", "awaiting teacher"):
            key = question.id + (AGAIN if again else "")
            Record().append(key, question.revision, answer)
        print(fill(question.prompt, WIDTH))
        print(as_text(question, given))
        if again:
            print(fill(line_text(_then_and_now(Record(), question, given)), WIDTH))
    elif isinstance(question, Value):
        show(Page([*question_blocks(question), Aside("Hint", [Paragraph(question.hint)])]))
    else:
        show(FormAgain(question) if again else Form(question, shuffle=shuffle))
