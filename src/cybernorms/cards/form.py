"""A question as a card that saves, marks and explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from cybernorms.cards.card import Card, State, Values, moment_of
from cybernorms.cards.controls import NAME, kind_of, option_whys, value_of, why_html
from cybernorms.cards.other_windows import format_moment, keep_both, other_drafts
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import (
    Actions,
    Ask,
    Button,
    Control,
    Fold,
    Html,
    Kicker,
    Options,
    Part,
    Result,
)
from cybernorms.cards.rubric import rubric_parts
from cybernorms.document import (
    Block,
    Bullets,
    Labelled,
    Paragraph,
    Verbatim,
    to_html,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.drafts import Draft
from cybernorms.exercises.earlier import describe_fit, fit_answer
from cybernorms.exercises.feedback import (
    headline,
    look_of,
    paragraphs,
    reason_line,
    samples_of,
)
from cybernorms.exercises.forecasts import is_closed
from cybernorms.exercises.kinds import Forecast, Written
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.options import OptionQuestion
from cybernorms.exercises.question_blocks import (
    head_blocks,
    kicker,
    passage_blocks,
)
from cybernorms.exercises.questions import Feedback, Question
from cybernorms.exercises.record import Answer, Record

CHECK = "check"
CLOSED = "The outcomes are open, so this forecast can no longer be changed."
ENTRY_SAVED = "Saved. You will meet this question again at the end of the course, with its reasons."


class Form(Card):
    """A question with its control, a button that saves it, a hint and reasons.

    Arguments:
        question: the question, of any kind but `value`.
        record: where answers are kept; the learner's own record if not given.
        key: the name of the answers in the record; the question's id if not given.
        shuffle: whether this learner sees the options in an order of their own; where not, they
            have letters, so that a class can vote by them.
    """

    keeps = True

    def __init__(
        self,
        question: Question,
        record: Record | None = None,
        *,
        key: str = "",
        shuffle: bool = True,
    ) -> None:
        super().__init__(record)
        self.question = question
        self.key = key or question.id
        self.use = question.use
        self.label = question.title or question.prompt
        self.drafts = isinstance(question, Written)
        self._letters = not shuffle
        self._shown = question.shuffled(self.record.seed()) if shuffle else question
        self._kind = kind_of(question)
        self._value: Any = None
        self._given: Mark | None = None  # the mark of what is filled in, once it is saved
        # As they were last shown or kept here, by the window that wrote them.
        self._drafts: dict[str, Draft] = {}
        self._answer_kept: Answer | None = None  # likewise
        self._restore()

    @property
    def verb(self) -> str:
        """Return what stands on the button."""
        only_saves = self.question.withheld or not self.question.judged
        written = isinstance(self.question, Written)
        return "Save" if self.question.use == "entry" or only_saves or written else "Check"

    @property
    def state(self) -> State:
        if self._is_closed():
            return "closed"
        marked = self._given is not None and self._given.state == "marked"
        return "done" if marked and self.verb == "Check" else "open"

    @property
    def answered(self) -> bool:
        return self._given is not None

    @property
    def earlier(self) -> Values | None:
        last = self._answer_kept
        if last is None or self._given is not None or not self.drafts:
            return None
        return {NAME: value_of(self.question, fit_answer(self.question, last).response)}

    def values(self) -> Values:
        return {NAME: self._value}

    def kind_line(self) -> str:
        """Return what kind of question it is, in the line on top."""
        return kicker(self.question)

    def lead_blocks(self) -> Sequence[Block]:
        """Return what stands between the question and its control."""
        return passage_blocks(self.question)

    def blocks(self) -> Sequence[Block]:
        return [*head_blocks(self.question), *self.question.offer_blocks()]

    def parts(self) -> list[Part]:
        question = self.question
        ask = Ask(
            question.prompt,
            self._control(),
            lead=page_html(self.lead_blocks()),
            result=self.result,
        )
        hint = [Fold("Hint", to_html([Paragraph(question.hint)]))] if question.hint else []
        check = Button(CHECK, self.verb, main=True, off=self.state == "closed")
        again = [Button("again", "Answer again", again=True)] if self.state == "done" else []
        return [
            Kicker(question.title, self.kind_line()),
            ask,
            *hint,
            Actions([*again, check], said=True),
            *rubric_parts(question),
            *self._after(),
        ]

    # Answering

    def press(self, name: str, values: Values, item: str) -> None:
        if name == CHECK:
            self.submit(values.get(NAME))

    def submit(self, value: Any) -> Mark | None:
        """Save what is filled in, and mark it; nothing is said of it before it is saved.

        Returns:
            The mark, or None where nothing could be saved.
        """
        self._value, self._given = self._kind.read(value), None
        response = self.question.in_its_order(self._value)
        if self._is_closed():
            self.complain("Closed", CLOSED)
            return None
        given = mark(self.question, response)
        if given.state not in ("marked", "awaiting teacher"):
            message = f"{self._kind.to_do}, then press {self.verb}."
            self.complain(headline(given), message if given.state == "blank" else given.message)
            return given
        try:
            unseen = self._unseen_answer(response)
            self._answer_kept = self.record.append(self.key, self.question.revision, response)
        except CyberNormsError as error:
            text = f"{error}. Your answer is still in the form: press {self.verb} again."
            self.complain("Not saved", text)
            return None
        if draft := self._drafts.pop(self.sender, None) or self._drafts.pop("", None):
            self.record.drafts.drop(draft)
        both = keep_both(self.record, self.question, unseen, self.verb) if unseen else ""
        self.say_saved()
        self._show(given, both)
        return given

    def _unseen_answer(self, response: Any) -> Answer | None:
        """Return a newer answer that another window has saved and this one never showed."""
        try:
            last = self.record.read().last(self.key)
        except CyberNormsError:  # whatever hinders will be said by whoever writes
            return None
        if last is None or last == self._answer_kept or last.response == response:
            return None
        return last

    def draft(self, values: Values) -> None:
        """Keep a written text before it is saved, so that it outlives this computer's browser."""
        text = values.get(NAME)
        if not self.drafts or not isinstance(text, str):
            return
        self._value, self._given, self.result = text, None, None
        try:
            mine = self._drafts.get(self.sender) or self._drafts.pop("", None)
            draft = self._drafts[self.sender] = self.record.drafts.keep(self.key, text, mine)
        except CyberNormsError as error:
            self.complain("", str(error))
            return
        self.kept = 1000 * draft.time
        others = other_drafts(self.record, self.key, draft)
        self.said = replace(self.said, at="kept", text=f"Draft kept. {others}".strip())

    # What is said of an answer

    def _show(self, given: Mark, extra: str = "") -> None:
        self._given = given
        if self.question.use == "entry":
            self.result = None
            self.said = replace(self.said, text=f"{ENTRY_SAVED} {extra}".strip())
            return
        blocks: list[Block] = self.result_blocks(given)
        if extra:
            blocks.append(Paragraph(extra))
        self.result = Result(_look(given), headline(given), to_html(blocks))

    def result_blocks(self, given: Mark) -> list[Block]:
        """Return what follows from a mark: its message, what is open, and what to take away."""
        blocks: list[Block] = [Paragraph([Verbatim(given.message)])] if given.message else []
        if any(each.verdict == "open" for each in given.feedback):
            blocks.append(Paragraph(f"Fill in what is open, then press {self.verb} again."))
        if given.closing:
            blocks.append(Labelled("Take away", given.closing, "closing"))
        return blocks

    def _control(self) -> Control:
        control = self._kind.control(self._shown, self._whys())
        if isinstance(control, Options) and self._letters:
            return replace(control, letters=True)
        return control

    def _explained(self) -> tuple[Feedback, ...]:
        """Return the reasons that may be shown for what is filled in."""
        if self._given is None or self.question.use == "entry":
            return ()
        return self._given.feedback

    def _whys(self) -> dict[str, str]:
        """Return the reasons by the text of the option or line to which they belong.

        Once the answer is right, those of the other options are shown too.
        """
        found: dict[str, str] = {}
        right = self._given is not None and self._given.verdict == "correct"
        if right and self._explained() and isinstance(self.question, OptionQuestion):
            found = option_whys(self.question.options)
        for each in self._explained():
            found[self._place_of(each)] = why_html(each)
        return found

    def _place_of(self, feedback: Feedback) -> str:
        """Return the text of the option or line that a reason belongs to."""
        return (
            feedback.given
            if feedback.label.startswith("Place ")
            else (feedback.label or feedback.given)
        )

    def _after(self) -> list[Part]:
        """Return what stands at the end once there is an answer: what has no place above."""
        shown = _texts(self._kind.control(self.question, {}))
        left = [each for each in self._explained() if self._place_of(each) not in shown]
        parts: list[Part] = []
        if left:
            reasons = Bullets([reason_line(each) for each in left], "reasons")
            parts.append(Html(to_html([reasons]), answered=True))
        question, given = self.question, self._given
        if isinstance(question, Written) and question.exemplar and given is not None:
            example = to_html([Paragraph(each) for each in paragraphs(question.exemplar)])
            parts.append(Fold("Compare with an example", example, answered=True))
            for name, blocks in samples_of(question):
                parts.append(Fold(name, to_html(blocks), answered=True))
        return parts

    # The record

    def _is_closed(self) -> bool:
        """Return whether this is a forecast whose outcomes were opened."""
        if not isinstance(self.question, Forecast):
            return False
        try:
            return is_closed(self.record.read(), self.question.id)
        except CyberNormsError:
            return False

    def refresh(self) -> None:
        self._restore()

    def _restore(self) -> None:
        """Fill in the last answer, or a later draft, and say so."""
        try:
            last = self.record.read().last(self.key)
        except CyberNormsError as error:
            self.complain("", str(error))
            return
        self._answer_kept = last
        drafts = self.record.drafts.all(self.key) if self.drafts else []
        since = moment_of(last)
        draft = next((each for each in drafts if 1000 * each.time >= since), None)
        if draft:
            self._drafts[""], self._given, self.result = draft, None, None
            self._value, self.kept = draft.text, 1000 * draft.time
            others = other_drafts(self.record, self.key, draft)
            self.note(f"Your draft is filled in. It is not saved yet. {others}".strip())
        elif last:
            self._fill_in(last)

    def _fill_in(self, last: Answer) -> None:
        """Fill in the last answer, or what of it still fits the question, and say so."""
        fitted = fit_answer(self.question, last)
        when = format_moment(last.time)
        if fitted.fits == "not":
            text = f"You answered {when}. {describe_fit('not')} Please answer again."
            self.complain("The question has changed", text)
            return
        self._value = value_of(self.question, fitted.response)
        self.kept = moment_of(last)
        self._show(mark(self.question, fitted.response))
        self.said = replace(self.said, at="saved", text=self._describe_last(last))

    def _describe_last(self, last: Answer) -> str:
        text = f"Your answer, saved {format_moment(last.time)}, is filled in."
        if self._is_closed():
            return f"{text} {CLOSED}"
        if last.revision not in self.question.revisions:
            text += f" {describe_fit(fit_answer(self.question, last).fits)}"
        return f"{text} {other_drafts(self.record, self.key, None)}".strip()


def _look(given: Mark) -> Any:
    if given.state == "awaiting teacher":
        return "saved"
    return look_of(given.verdict)


def _texts(control: Control) -> set[str]:
    """Return the texts of all options or lines of a control, at which reasons can stand."""
    found: set[str] = set()
    for field in ("options", "lines", "items"):
        found |= {each.text for each in getattr(control, field, ())}
    return found
