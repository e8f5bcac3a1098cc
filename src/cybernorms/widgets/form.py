"""`ask()`: a question as an accessible form that saves, marks and explains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from html import escape
from math import ceil, floor
from textwrap import fill
from typing import Any

from msgspec.structs import replace

from cybernorms.corpus.sources import load_quotations
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Inline,
    Paragraph,
    Quote,
    Strong,
    line_text,
    to_html,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.again import what_changed
from cybernorms.exercises.feedback import (
    WIDTH,
    amount,
    as_text,
    headline,
    paragraphs,
    place_of,
)
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.marking import Feedback, Mark, mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Question,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.record import Answer, Record
from cybernorms.widgets.inputs import Inputs, inputs_for
from cybernorms.widgets.view import Page, View, bar, button, html, outcome, show

DRAFT_SECONDS = 3.0
SAVED = "Saved."
CLOSED_TOLD = "The outcomes are open, so this forecast can no longer be changed."
ENTRY_TOLD = "Saved. You will meet this question again at the end of the course, with its reasons."


def _minutes(question: Question) -> str:
    """Return how long a question takes, in whole minutes."""
    if question.minutes < 1:
        return "less than a minute"
    least, most = floor(question.minutes), ceil(question.minutes)
    if most == 1:
        return "about a minute"
    return f"about {most} minutes" if least == most else f"{least} to {most} minutes"


def kicker(question: Question) -> str:
    """Return the small line above a prompt: use, points and minutes."""
    if question.use == "graded":
        unit = "point" if question.points == 1 else "points"
        return f"Graded question, {amount(question.points)} {unit}, {_minutes(question)}"
    name = {"practice": "Practice, no points", "entry": "Before you start, no points"}
    return f"{name[question.use]}, {_minutes(question)}"


def passage_blocks(question: Question) -> list[Block]:
    """Return the quotations that stand above the form."""
    quotations = load_quotations()
    blocks: list[Block] = []
    for id in question.passages:
        quoted = quotations[id]
        blocks.append(Quote(quoted.text, place_of(quoted.source.id, quoted.pinpoint)))
    return blocks


def _offered(question: Question) -> list[Block]:
    """Return what there is to choose from, for pages without controls."""
    if isinstance(question, Choice | Several):
        return [Bullets([option.text for option in question.options])]
    if isinstance(question, Match):
        return [
            Bullets([item.text for item in question.items]),
            Paragraph(f"Categories: {'; '.join(question.categories.values())}."),
        ]
    if isinstance(question, Order):
        return [Bullets([item.text for item in question.items])]
    if isinstance(question, Forecast):
        return [Bullets([statement.text for statement in question.statements])]
    if isinstance(question, Clause):
        lines = [
            f"{part.label}: {' / '.join(option.text for option in part.options)}"
            for part in question.parts
        ]
        return [Bullets(lines)]
    if isinstance(question, Written):
        least, most = question.words
        criteria = [f"{each.name} ({each.points:g} points)" for each in question.criteria]
        return [Paragraph(f"Write {least} to {most} words. What counts:"), Bullets(criteria)]
    if isinstance(question, Value):
        call = f'Compute it in the next cell, and end with: check("{question.id}", your_result)'
        return [Paragraph(call)]
    return []


def head_blocks(question: Question) -> list[Block]:
    """Return what stands above the inputs of a question."""
    return [
        Paragraph(kicker(question), "kicker"),
        Paragraph(question.prompt, "prompt"),
        *passage_blocks(question),
    ]


def question_blocks(question: Question) -> list[Block]:
    """Return a question as a page without controls."""
    return [*head_blocks(question), *_offered(question)]


def _css(verdict: str) -> str:
    return {"partly correct": "partly", "missed": "incorrect", "": "saved"}.get(verdict, verdict)


_SIGNS = {
    "correct": "\u2713 Correct.",
    "defensible": "\u25d0 Defensible.",
    "partly correct": "\u25d0 Partly.",
    "incorrect": "\u2717 Not this one.",
    "missed": "\u2717 Missed.",
    "open": "\u2013 Open.",
    "": "",
}


def _reason_html(feedback: Feedback) -> str:
    about = ": ".join(escape(part) for part in (feedback.label, feedback.given) if part)
    sign = _SIGNS[feedback.verdict]
    place = place_of(feedback.source, feedback.pinpoint)
    return (
        f"<li><span class='cn-sign cn-{_css(feedback.verdict)}'>{sign}</span> "
        + (f"<strong>{about}.</strong> " if about else "")
        + escape(feedback.reason)
        + (f" <span class='cn-place'>[{escape(place)}]</span>" if place else "")
        + "</li>"
    )


def feedback_html(question: Question, given: Mark) -> str:
    """Return the reasons, the exemplar and the closing of a mark; the headline is not in it."""
    parts = []
    if given.feedback:
        reasons = "".join(_reason_html(each) for each in given.feedback)
        parts.append(f"<ul class='cn-reasons'>{reasons}</ul>")
    if isinstance(question, Written) and question.exemplar and given.state == "awaiting teacher":
        parts.append(
            "<details><summary>Compare with an example</summary>"
            + "".join(f"<p>{escape(each)}</p>" for each in paragraphs(question.exemplar))
            + "</details>"
        )
    if given.closing:
        parts.append(
            f"<p class='cn-closing'><strong>Take away.</strong> {escape(given.closing)}</p>"
        )
    return "".join(parts)


def _seconds(at: str) -> float:
    """Return a time of the record in seconds since 1970; 0 where it cannot be read."""
    try:
        return datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return 0.0


def _when(at: str) -> str:
    """Return a time of the record as the learner's clock shows it."""
    try:
        local = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return "earlier"
    return f"on {local.day} {local:%B %Y} at {local:%H:%M}"


class Form(View):
    """A question with its inputs, a Check button, a hint and feedback.

    Arguments:
        question: the question, of any kind but `value`.
        record: where answers are kept; the learner's own record if not given.
        key: the name of the answers in the record; the question's id if not given.
    """

    def __init__(self, question: Question, record: Record | None = None, *, key: str = "") -> None:
        self.question = question
        self._key = key or question.id
        self._record = record or Record()
        self._inputs: Inputs = inputs_for(question, self._on_change)
        self._last_draft = 0.0
        self._draft_due = False
        only_saves = question.withheld or isinstance(question, Written | Forecast)
        self._verb = "Save" if question.use == "entry" or only_saves else "Check"
        self._check = button(self._verb, main=True)
        self._check.on_click(lambda _: self.submit())
        self._hint_button = button("Hint")
        self._hint_button.on_click(lambda _: self._show_hint())
        self._hint = html("")
        self._status = outcome()
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
        return [*self.head_blocks(), *_offered(self.question)]

    def submit(self) -> Mark | None:
        """Save what is filled in, mark it and show the reasons; nothing is said before it is saved.

        Returns:
            The mark, or None where nothing could be saved.
        """
        response = self._inputs.get()
        if self._is_closed():
            self._say("problem", "Closed", CLOSED_TOLD)
            return None
        given = mark(self.question, response)
        if given.state in ("marked", "awaiting teacher"):
            try:
                self._record.append(self._key, self.question.revision, response)
            except CyberNormsError as error:
                self._say("problem", "Not saved", str(error))
                self._feedback.value = ""
                return None
            self._draft_due = False  # Written later, it would pass for a newer text.
            self._record.drop_draft(self._key)
            self._pressed = True
            self._show(given, SAVED)
        else:
            told = self._what_to_do() if given.state == "blank" else given.message
            self._say("problem", headline(given), told)
            self._feedback.value = ""
        return given

    def _what_to_do(self) -> str:
        """Return what a learner does next who has pressed the button on an empty form."""
        if isinstance(self.question, Order):
            return f"You have not moved a line yet. Move at least one, then press {self._verb}."
        deed = "Write something" if isinstance(self.question, Written | Number) else "Choose"
        return f"{deed} first, then press {self._verb}."

    def _show(self, given: Mark, saved: str) -> None:
        if self.question.use == "entry":
            self._say("saved", "", ENTRY_TOLD if saved == SAVED else saved)
            self._feedback.value = ""
            return
        told = f"{given.message} {saved if saved != SAVED else ''}".strip() or saved
        self._say(_css(given.verdict), headline(given), told)
        self._feedback.value = feedback_html(self.question, given)

    def _say(self, look: str, result: str, told: str) -> None:
        """Announce a result; as an alert, so that screen readers read what has just appeared."""
        strong = f"{escape(result)}. " if result else ""
        self._status.value = (
            f"<p class='cn-result cn-{look}' role='alert'>{strong}"
            f"<span class='cn-saved'>{escape(told)}</span></p>"
        )

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
            note = f"Draft kept. {note if self._pressed else done}"
        self._status.value = f"<p class='cn-note'>{note}</p>"
        self._feedback.value = ""

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
            self._record.keep_draft(self._key, self._inputs.get())
        except CyberNormsError as error:
            self._say("problem", "", str(error))
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
            self._say("problem", "", str(error))
            return
        draft = self._record.draft(self._key) if isinstance(self.question, Written) else ""
        if draft:
            self._inputs.put(draft)
            self._mark_kept(self._record.draft_time(self._key))
            self._status.value = (
                "<p class='cn-note'>Your draft is filled in. It is not saved yet.</p>"
            )
        elif last:
            self._inputs.put(last.response)
            self._mark_kept(_seconds(last.at))
            self._show(mark(self.question, last.response), self._told_of(last))

    def _mark_kept(self, seconds: float) -> None:
        """Let the browser know when the record got a text, which it may have kept itself since."""
        if isinstance(self.question, Written | Number | Forecast):
            self.add_class(f"cn-kept-{1000 * seconds:.0f}")

    def _told_of(self, last: Answer) -> str:
        told = f"Your answer, saved {_when(last.at)}, is filled in."
        if self._is_closed():
            self._check.disabled = True
            return f"{told} {CLOSED_TOLD}"
        if last.revision != self.question.revision:
            told += " The question has changed since then: please look at it again."
        return told


class FormAgain(Form):
    """A question of lesson 00 at the end of the course: with reasons, and with what changed.

    The answer is kept beside the first one, which stays as it was.
    """

    def __init__(self, question: Question, record: Record | None = None) -> None:
        super().__init__(replace(question, use="practice"), record, key=question.id + AGAIN)

    def head_blocks(self) -> Sequence[Block]:
        told = f"From lesson 00, asked again, no points, {_minutes(self.question)}"
        return [Paragraph(told, "kicker"), *head_blocks(self.question)[1:]]

    def _show(self, given: Mark, saved: str) -> None:
        super()._show(given, saved)
        told = _then_and_now(self._record, self.question, given)
        self._feedback.value = to_html([Paragraph(told)]) + self._feedback.value


def _then_and_now(record: Record, question: Question, now: Mark) -> list[Inline]:
    """Return what changed since a question was first answered, with the day of that answer."""
    first = record.read().last(question.id)
    if first is None:
        return [Strong("Then and now. "), what_changed(None, now)]
    told = what_changed(mark(question, first.response), now)
    return [Strong("Then and now. "), f"{told} Your first answer was saved {_when(first.at)}."]


_MISSING = object()


def ask(id: str, answer: Any = _MISSING, *, again: bool = False) -> None:
    """Show a question as a form that saves, marks and explains.

    Arguments:
        id: the question's id.
        answer: an answer to save and mark at once; the result is then printed as plain text, and
            no form is shown.
        again: ask a question of lesson 00 once more, at the end of the course: the answer is kept
            beside the first one, and the reasons are shown with what changed.

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
            raise CyberNormsError("This forecast is closed", remedy=CLOSED_TOLD)
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
        show(FormAgain(question) if again else Form(question))
