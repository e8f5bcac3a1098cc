"""Pages that open in any browser without running anything: feedback, and packets to mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from cybernorms.classroom.results.page_notes import PageNotes
from cybernorms.classroom.results.rubric_marks import RubricMark, WrittenText, level_of
from cybernorms.classroom.results.secret import keyed_hash
from cybernorms.classroom.scoring.decisions import FULL_MARKS
from cybernorms.classroom.scoring.scorer import LONGEST_KEPT, MOST_KEPT, Result, is_answer
from cybernorms.classroom.scoring.set_points import SetPoints
from cybernorms.classroom.tables import one_line, readable
from cybernorms.document import (
    Block,
    Bullets,
    Heading,
    Labelled,
    Line,
    Link,
    Paragraph,
    Table,
    Typed,
    Verbatim,
    to_html,
)
from cybernorms.document.page import page_frame
from cybernorms.exercises.feedback import (
    feedback_blocks,
    format_points,
    headline,
)
from cybernorms.exercises.hand_in import AGAIN, slug
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Question, QuestionSet

_WITHOUT_ANSWER = {
    "not answered": "Not answered",
    "after the deadline": "No answer was given before the deadline",
}


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
    indexes: Sequence[int]
    top: bytes


class PageWriter:
    """Writes the feedback pages of a class; what several students answered is composed once.

    Arguments:
        sets: those that count, in order.
        keys: set, key and question of all results, in order.
        practice: whether questions without points are told of too.
    """

    def __init__(
        self,
        sets: Sequence[QuestionSet],
        keys: Sequence[tuple[str, str, Question]],
        *,
        practice: bool = False,
    ) -> None:
        self._graded = [each for each in sets if each.points]
        self._headings = {key: _encoded(_question(key, one)) for _, key, one in keys}
        self._kept: dict[str, dict[bytes, bytes]] = {key: {} for _, key, _ in keys}
        self._parts = []
        for each in sets:
            indexes = [
                index
                for index, (set, _, question) in enumerate(keys)
                if set == each.id and (practice or question.points)
            ]
            if indexes:
                heading = _encoded([Heading(_title(each), 2)])
                top = f'<section id="{escape(each.id)}">\n'.encode() + heading
                self._parts.append(_Part(each, indexes, top))

    def __call__(
        self,
        name: str,
        results: Sequence[Result],
        texts: Mapping[str, WrittenText],
        points: Sequence[SetPoints],
        notes: PageNotes,
    ) -> bytes:
        """Return the feedback page of one student, in UTF-8.

        Arguments:
            name: the student's name.
            results: one for each key.
            texts: written answers with their rubric marks, by key.
            points: for each set that brings points, in order.
            notes: of which sets marks and reasons may be told by now, and what else to say.
        """
        found = [(part, [results[index] for index in part.indexes]) for part in self._parts]
        found = [(part, mine) for part, mine in found if any(map(is_answer, mine))]
        titles = tuple((part.set.id, _title(part.set)) for part, _ in found)
        body = [_encoded(self._summary(points, notes)), _contents(titles)]
        for part, mine in found:
            body.append(part.top)
            if part.set.id in notes.open_sets:
                body += [self._answer(one, texts.get(one.key)) for one in mine]
            else:
                body.append(_encoded(_received(mine)))
            body.append(b"</section>")
        who = one_line(name, 100) or "a student without a name"
        top, bottom = page_frame(f"Feedback for {who}")
        return b"\n".join([top.encode(), *body, bottom.encode()])

    def _summary(self, points: Sequence[SetPoints], notes: PageNotes) -> list[Block]:
        rows = []
        for each, mine in zip(self._graded, points, strict=True):
            if mine.points is None:
                rows.append([_title(each), "excused" if mine.excused else "not handed in", ""])
                continue
            of_all = f"{format_points(mine.points)} of {format_points(each.points)}"
            waiting = format_points(mine.waiting) if mine.waiting else "none"
            rows.append(
                [_title(each), of_all if each.id in notes.open_sets else "not yet", waiting]
            )
        columns = ["Set", "Points", "Awaiting your teacher"]
        blocks: list[Block] = [Table("Your points", columns, rows)] if rows else []
        if notes.lines:
            blocks.append(Bullets([[Verbatim(line)] for line in notes.lines]))
        return blocks

    def _answer(self, result: Result, text: WrittenText | None) -> bytes:
        """Return a question with what became of the answer to it."""
        heading = self._headings[result.key]
        if text:
            return heading + _encoded([*_rubric(result, text), *_late(result)])
        if result.override:
            return heading + _encoded(_by_hand(result))
        kept, given = self._kept[result.key], result.response or result.state.encode()
        if (html := kept.get(given)) is None:
            html = heading + _encoded(self._mark(result))
            if len(given) <= LONGEST_KEPT and len(kept) < MOST_KEPT:
                kept[given] = html
        return html + _encoded(_late(result)) if result.penalty else html

    def _mark(self, result: Result) -> list[Block]:
        if result.state in _WITHOUT_ANSWER:
            return [Paragraph(_WITHOUT_ANSWER[result.state], "result")]
        assert result.mark is not None
        return mark_blocks(result.question, result.mark)


def _encoded(blocks: Sequence[Block]) -> bytes:
    """Return blocks as HTML in UTF-8; halves of letters, which it cannot hold, become a sign."""
    return to_html(blocks).encode("utf-8", "replace")


def mark_blocks(question: Question, mark: Mark) -> list[Block]:
    """Return the result of an answer with its reasons, as it stands on a student's page."""
    blocks: list[Block] = [Paragraph(headline(mark), "result")]
    if mark.message and not isinstance(question, Written):
        blocks.append(Paragraph([Verbatim(mark.message)]))
    return [*blocks, *feedback_blocks(question, mark)]


def _title(set: QuestionSet) -> str:
    return f"{set.id[:2]} {set.title}"


@cache
def _contents(titles: tuple[tuple[str, str], ...]) -> bytes:
    """Return links to the sets on a page, by id and title, where there are several."""
    if len(titles) < 2:
        return b""
    line: list[Link | str] = ["Go to: "]
    for number, (id, title) in enumerate(titles):
        line += [", "] * bool(number) + [Link(title, f"#{id}")]
    return f'<nav aria-label="Sets">{to_html([Paragraph(line)])}</nav>'.encode()


def _received(results: Sequence[Result]) -> list[Block]:
    received = sum(one.state != "not answered" for one in results)
    return [
        Paragraph(
            f"{received} of {len(results)} answers were received. "
            "Marks and reasons follow after the deadline."
        )
    ]


def _question(key: str, question: Question) -> list[Block]:
    """Return the title and the prompt of a question; where it has no title, the prompt heads it."""
    again = " (asked again at the end)" if key.endswith(AGAIN) else ""
    heading = Heading(f"{question.title or question.prompt}{again}", 3)
    return [heading, Paragraph(question.prompt)] if question.title else [heading]


def _late(result: Result) -> list[Block]:
    if not result.penalty or result.credit is None:
        return []
    points = format_points(result.points or 0.0)
    return [
        Paragraph(f"It was late, which cost {result.penalty:.0%} of it: {points} points count.")
    ]


def _by_hand(result: Result) -> list[Block]:
    """Return an answer whose points a teacher has set, with what the key says of it."""
    assert result.override is not None
    points, reason = result.override
    brings = f"{format_points(points)} of {format_points(result.question.points)} points."
    told = FULL_MARKS if reason == FULL_MARKS else f"Your teacher set these points. {reason}"
    blocks: list[Block] = [Paragraph(brings, "result"), Paragraph([Verbatim(told)])]
    if result.text:
        return [Typed(readable(result.text)), *blocks]
    if result.mark is None:
        return blocks
    return [*blocks, *feedback_blocks(result.question, result.mark)]


def _rubric(result: Result, text: WrittenText) -> list[Block]:
    """Return a written answer with the marks that it has by now."""
    question = result.question
    assert isinstance(question, Written)
    given = "Your teacher has still to mark this."
    if result.credit is not None:
        points = format_points(result.credit * question.points)
        given = f"{points} of {format_points(question.points)} points"
    blocks: list[Block] = [Typed(readable(text.text)), Paragraph(given, "result")]
    if rows := _rubric_rows(question, text.marks):
        columns = ["Criterion", "Points", "What it says", "Comment"]
        blocks.append(Table("How it was marked", columns, rows))
    if question.closing:
        blocks.append(Labelled("Take away", question.closing, "closing"))
    return blocks


def _rubric_rows(question: Written, marks: Mapping[str, RubricMark]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for each in question.criteria:
        if mark := marks.get(each.id):
            points = ""
            if mark.points is not None:
                points = f"{format_points(mark.points)} of {format_points(each.points)}"
            level = level_of(mark, each)
            rows.append([each.name, points, level.text if level else "", [Verbatim(mark.comment)]])
    return rows
