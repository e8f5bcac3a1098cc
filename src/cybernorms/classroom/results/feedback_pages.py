"""The feedback page of each student: the score, then every answer with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import NamedTuple, get_args

from cybernorms.classroom.intake.names import given_name_first
from cybernorms.classroom.results.feedback_answers import (
    answer_blocks,
    by_hand_blocks,
    circumstance_blocks,
    revised,
    rubric_blocks,
    sign_of,
    title_of,
)
from cybernorms.classroom.results.feedback_summary import (
    SetScore,
    heading_of,
    set_title,
    summary_html,
)
from cybernorms.classroom.results.page_notes import PageNotes
from cybernorms.classroom.results.rubric_marks import WrittenText
from cybernorms.classroom.results.secret import keyed_hash
from cybernorms.classroom.scoring.scorer import LONGEST_KEPT, MOST_KEPT, Result, State, is_answer
from cybernorms.classroom.scoring.set_points import SetPoints
from cybernorms.classroom.tables import one_line
from cybernorms.document import (
    Block,
    Bullets,
    Heading,
    Link,
    Paragraph,
    Verbatim,
    line_html,
    to_html,
)
from cybernorms.document.page import BOTTOM, page_head, page_top
from cybernorms.exercises.hand_in import slug
from cybernorms.exercises.questions import Question, QuestionSet

_STATES = {state: state.encode() for state in get_args(State)}
WITHOUT_RIGHT_ANSWERS = (
    "Where you weren't right, this page says why, but not what's right, because answers can still "
    "be changed: answer again in the notebook."
)
MARKED_BY = (
    "Your teacher marks written answers; a program marks the others, by a key that has a reason "
    "for each. If you think a mark is wrong, ask your teacher."
)


def page_name(secret: bytes, name: str, key: str) -> str:
    """Return the file name of a student's page: letters of the name, and what nobody can guess.

    >>> page_name(bytes(32), "../../Ada <b>", "canvas:1")
    'ada-b-a3526a6b3929.html'
    """
    digest = keyed_hash(secret, "page", key, size=6).hex()
    return "-".join(part for part in (slug(name), digest) if part) + ".html"


class _Part(NamedTuple):
    """A set on the page: its results by index, and how it begins."""

    set: QuestionSet
    title: str
    indexes: Sequence[int]
    top: bytes


class _Told(NamedTuple):
    """What is said of an answer: its line in the list of all answers, and all of it."""

    line: bytes
    answer: bytes


class PageWriter:
    """Writes the feedback pages of a class; what several students answered is composed once.

    Arguments:
        sets: those that count, in order.
        keys: set, key and question of all results, in order.
        practice: whether questions without points are told of too.
        tell_right: whether the right answer is told where an answer was another.
        counts: which of several answers to a question counts, as the policy has it.
    """

    def __init__(
        self,
        sets: Sequence[QuestionSet],
        keys: Sequence[tuple[str, str, Question]],
        *,
        practice: bool = False,
        tell_right: bool = False,
        counts: str = "last",
    ) -> None:
        self._head = page_head().encode()
        self._graded = [(each.id, set_title(each)) for each in sets if each.points]
        self._kept: dict[str, dict[bytes, _Told]] = {key: {} for _, key, _ in keys}
        self._tell_right, self._counts = tell_right, counts
        self._names: dict[str, tuple[bytes, bytes]] = {}
        self._parts = []
        for each in sets:
            indexes = [
                index
                for index, (set, _, question) in enumerate(keys)
                if set == each.id and (practice or question.points)
            ]
            for number, index in enumerate(indexes, 1):
                self._names[keys[index][1]] = _name(each, number, *keys[index][1:])
            if indexes:
                heading = _encoded([Heading(set_title(each), 2)])
                top = f'<section class="cn-set" id="{escape(each.id)}">\n'.encode() + heading
                self._parts.append(_Part(each, set_title(each), indexes, top))
        closing = MARKED_BY if tell_right else f"{WITHOUT_RIGHT_ANSWERS} {MARKED_BY}"
        self._bottom = b"\n".join([_encoded([Paragraph(closing, "src")]), BOTTOM.encode()])

    def __call__(
        self,
        name: str,
        results: Sequence[Result],
        texts: Mapping[str, WrittenText],
        points: Sequence[SetPoints],
        notes: PageNotes,
        attempted: Sequence[str] = (),
    ) -> bytes:
        """Return the feedback page of one student, in UTF-8.

        Arguments:
            name: the student's name.
            results: one for each key.
            texts: written answers with their rubric marks, by key.
            points: for each set that brings points, in order.
            notes: of which sets marks and reasons may be told by now, and what else to say.
            attempted: the key of each answer there was.
        """
        found = [(part, [results[index] for index in part.indexes]) for part in self._parts]
        found = [(part, mine) for part, mine in found if any(map(is_answer, mine))]
        titles = tuple((part.set.id, part.title) for part, _ in found)
        scores = [
            SetScore(
                title, mine.out_of, id in notes.open_sets, mine.points, mine.waiting, mine.excused
            )
            for (id, title), mine in zip(self._graded, points, strict=True)
        ]
        told = [each for part, mine in found if part.set.id in notes.open_sets for each in mine]
        body = [_encoded([Bullets([[Verbatim(line)] for line in notes.lines])])] * bool(notes.lines)
        summary = summary_html(scores, told, texts, tell_right=self._tell_right)
        body += [summary.encode("utf-8", "replace"), _contents(titles)]
        attempts = Counter(attempted) if len(set(attempted)) < len(attempted) else Counter()
        for part, mine in found:
            body.append(part.top)
            if part.set.id in notes.open_sets:
                body += self._told(mine, texts, attempts)
            else:
                body.append(_received(mine))
            body.append(b"</section>")
        who = one_line(given_name_first(name), 100) or "a student without a name"
        title = f"Feedback for {who}"
        top = page_top(title, heading=heading_of(scores), over=title).encode("utf-8", "replace")
        return self._head + b"\n".join([top, *body, self._bottom])

    def _told(
        self, mine: Sequence[Result], texts: Mapping[str, WrittenText], attempts: Counter[str]
    ) -> list[bytes]:
        """Return the list of a set's answers in one line each, then each of them in full."""
        lines, answers, known = [b'<ol class="cn-marks">'], list[bytes](), self._kept
        for result in mine:
            key, penalty = result.key, result.penalty
            told = known[key].get(result.response or _STATES[result.state])
            if told is None or penalty or result.override:
                told = self._answer(result, texts.get(key))
            lines.append(told[0])
            answers.append(told[1])
            if penalty:
                more = circumstance_blocks(result, attempts[key] or 1, self._counts)
                answers.append(_encoded(more))
            elif key in attempts and attempts[key] > 1:
                answers.append(_revised(attempts[key], self._counts))
        return [b"".join([*lines, b"</ol>"]), *answers]

    def _answer(self, result: Result, text: WrittenText | None) -> _Told:
        """Return what is said of an answer, whoever gave it."""
        name, heading = self._names[result.key]
        if text:
            return _Told(_line(name, result), heading + _encoded(rubric_blocks(result, text)))
        if result.override:
            by_hand = by_hand_blocks(result, tell_right=self._tell_right)
            return _Told(_line(name, result), heading + _encoded(by_hand))
        answer = heading + _encoded(answer_blocks(result, tell_right=self._tell_right))
        told = _Told(_line(name, result), answer)
        kept, given = self._kept[result.key], result.response or _STATES[result.state]
        if not result.penalty and len(given) <= LONGEST_KEPT and len(kept) < MOST_KEPT:
            kept[given] = told
        return told


def _encoded(blocks: Sequence[Block]) -> bytes:
    """Return blocks as HTML in UTF-8; halves of letters, which it cannot hold, become a sign."""
    return to_html(blocks).encode("utf-8", "replace")


@cache
def _revised(attempts: int, counts: str) -> bytes:
    """Return what is said of an answer that was given several times, and no more."""
    return _encoded([revised(attempts, counts)])


def _name(set: QuestionSet, number: int, key: str, question: Question) -> tuple[bytes, bytes]:
    """Return the name of a question as a link in the list, and as heading with the prompt."""
    title, anchor = escape(title_of(key, question)), f"{set.id[:2]}-{number}"
    heading = f'<h3 id="answer-{anchor}">{number}. {title}</h3>'
    if question.title:
        heading += to_html([Paragraph(question.prompt)])
    link = f'<a href="#answer-{anchor}">{number}. {title}</a>'
    return link.encode("utf-8", "replace"), heading.encode("utf-8", "replace")


def _line(name: bytes, result: Result) -> bytes:
    return b"<li>%s<span>%s</span></li>" % (name, line_html(sign_of(result)).encode())


@cache
def _contents(titles: tuple[tuple[str, str], ...]) -> bytes:
    """Return links to the sets on a page, by id and title, where there are several."""
    if len(titles) < 2:
        return b""
    line: list[Link | str] = ["Go to: "]
    for number, (id, title) in enumerate(titles):
        line += [", "] * bool(number) + [Link(title, f"#{id}")]
    return f'<nav aria-label="Sets">{to_html([Paragraph(line)])}</nav>'.encode()


def _received(results: Sequence[Result]) -> bytes:
    received = sum(one.state != "not answered" for one in results)
    message = (
        f"{received} of {len(results)} answers were received. "
        "Marks and reasons follow after the deadline."
    )
    return _encoded([Paragraph(message)])
