"""The first screen of a feedback page: the score, what went well, what to look at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cybernorms.classroom.results.feedback_answers import FULL, first_reason, title_of
from cybernorms.classroom.results.rubric_marks import WrittenText, out_of
from cybernorms.classroom.scoring.scorer import Result
from cybernorms.document import (
    Block,
    Bullets,
    Columns,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
    Verbatim,
    plural,
)
from cybernorms.exercises.feedback import format_points, unit_of
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import QuestionSet


class SetScore(NamedTuple):
    """What a set brought: None where nothing was handed in; `waiting` are points still to give.

    `out_of` are the points of the whole set, and `open` says whether marks may be told by now.
    """

    title: str
    out_of: float
    open: bool
    points: float | None
    waiting: float | None
    excused: bool = False


def set_title(set: QuestionSet) -> str:
    """Return how a set is called for students."""
    return f"{set.id[:2]} {set.title}"


def heading_of(scores: Sequence[SetScore]) -> str:
    """Return the score as a sentence."""
    handed_in = [each for each in scores if each.points is not None]
    told = [each for each in handed_in if each.open]
    if not told:
        return "Your answers have arrived" if handed_in else "What became of your answers"
    points = sum(each.points or 0.0 for each in told)
    out_of = sum(each.out_of for each in told)
    waiting = sum(each.waiting or 0.0 for each in told)
    score = f"You have {format_points(points)} of {format_points(out_of)} {unit_of(out_of)}"
    if not waiting:
        return score
    return f"{score}; {format_points(waiting)} {_wait(waiting)} for your teacher"


def _wait(points: float) -> str:
    return "still waits" if points == 1 else "still wait"


def summary_blocks(
    scores: Sequence[SetScore],
    results: Sequence[Result],
    texts: Mapping[str, WrittenText],
    *,
    tell_right: bool,
) -> list[Block]:
    """Return what stands side by side below the heading.

    Arguments:
        scores: of the sets that bring points.
        results: of the answers of which marks may be told.
        texts: written answers with their rubric marks, by key.
        tell_right: whether right answers may be told.
    """
    marked = [each for each in results if each.question.points and each.credit is not None]
    by_program = [
        each for each in marked if each.mark and each.mark.state == "marked" and not each.override
    ]
    sections = [
        *_well(by_program),
        *_again(results, by_program, tell_right=tell_right),
        *_written(marked, texts),
        *_by_set(scores),
    ]
    return [Columns(sections)] if sections else []


def _well(marked: Sequence[Result]) -> list[Section]:
    full = [each for each in marked if (each.credit or 0) > FULL]
    if not full:
        return []
    best = max(full, key=lambda each: each.question.points)
    count = f"Fully right in {len(full)} of {plural(len(marked), 'question')}, among them "
    blocks: list[Block] = [Paragraph([count, Strong(title_of(best.key, best.question)), "."])]
    if best.mark and (text := best.mark.closing or best.mark.feedback[0].reason):
        blocks.append(Paragraph(text))
    return [Section("Done well", blocks, 2)]


def _again(
    results: Sequence[Result], marked: Sequence[Result], *, tell_right: bool
) -> list[Section]:
    """Return the question that cost most, what lateness cost, and how many have no answer."""

    def lost(result: Result) -> float:
        return result.question.points * (1 - (result.credit or 0.0))

    blocks: list[Block] = []
    each = max(marked, key=lost, default=None)
    if each and each.mark and lost(each) > 1e-9:
        title = Strong(f"{title_of(each.key, each.question)}. ")
        reason = first_reason(each.mark, tell_right=tell_right)
        line: Line = [title, *([reason] if isinstance(reason, str) else reason)]
        blocks.append(Paragraph(line))
    late = [each for each in results if each.penalty and each.credit]
    empty = [
        each
        for each in results
        if each.question.points and each.state in ("not answered", "blank", "unreadable")
    ]
    if late:
        cost = sum((each.credit or 0) * each.question.points * each.penalty for each in late)
        answers = plural(len(late), "answer was", "answers were")
        points = f"{format_points(cost)} {unit_of(cost)}"
        blocks.append(Paragraph(f"{answers} late, which cost {points}."))
    if empty:
        verb = plural(len(empty), "question has", "questions have")
        blocks.append(Paragraph(f"{verb} no answer that could be marked."))
    return [Section("To look at again", blocks, 2)] if blocks else []


def _written(marked: Sequence[Result], texts: Mapping[str, WrittenText]) -> list[Section]:
    """Return the marks of the first written answer that has them all."""
    for each in marked:
        if each.key in texts and isinstance(each.question, Written):
            score = f"{format_points(each.points or 0)} of {format_points(each.question.points)}"
            marks, lines = texts[each.key].marks, list[Line]()
            for criterion in each.question.criteria:
                if mark := marks.get(criterion.id):
                    comment = Verbatim(f" {mark.comment}" if mark.comment else "")
                    lines.append(
                        [
                            Strong(f"{criterion.name}: "),
                            out_of(mark, criterion).replace(" ", "\N{NO-BREAK SPACE}"),
                            comment,
                        ]
                    )
            title = f"{title_of(each.key, each.question)}: {score}"
            return [Section(title, [Bullets(lines)], 2)]
    return []


def _by_set(scores: Sequence[SetScore]) -> list[Section]:
    """Return the points of each set, where there are several."""
    if len(scores) < 2:
        return []
    rows = []
    waits = any(each.waiting for each in scores)
    for title, most, open, brought, rest, excused in scores:
        of_all = f"{format_points(brought or 0)} of {format_points(most)}"
        cell = of_all if open else "not yet"
        if brought is None:
            cell = "excused" if excused else "not handed in"
        rows.append([title, cell, *([format_points(rest or 0)] if waits else [])])
    columns = ["Set", "Points", *(["Still to be marked"] if waits else [])]
    return [Section("Points by set", [Table("Your points", columns, rows)], 2)]
