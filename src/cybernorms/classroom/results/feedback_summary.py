"""The first screen of a feedback page: the score, what went well, what to look at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cybernorms.classroom.results.feedback_answers import FULL, first_reason, title_of
from cybernorms.classroom.results.rubric_marks import WrittenText, out_of
from cybernorms.classroom.scoring.scorer import Result
from cybernorms.document import (
    Block,
    Bullets,
    Inline,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
    Verbatim,
    plural,
    to_html,
)
from cybernorms.exercises.feedback import format_points, unit_of
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import QuestionSet

PIECES_KEPT = 2_000
_EMPTY = {"not answered", "blank", "unreadable"}


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
    return _score(
        sum([each.points or 0.0 for each in told]),
        sum([each.out_of for each in told]),
        sum([each.waiting or 0.0 for each in told]),
    )


@lru_cache(PIECES_KEPT)
def _score(points: float, out_of: float, waiting: float) -> str:
    score = f"You have {format_points(points)} of {format_points(out_of)} {unit_of(out_of)}"
    if not waiting:
        return score
    return f"{score}; {format_points(waiting)} {_wait(waiting)} for your teacher"


def _wait(points: float) -> str:
    return "still waits" if points == 1 else "still wait"


def summary_html(
    scores: Sequence[SetScore],
    results: Sequence[Result],
    texts: Mapping[str, WrittenText],
    *,
    tell_right: bool,
) -> str:
    """Return what stands side by side below the heading, as HTML.

    Arguments:
        scores: of the sets that bring points.
        results: of the answers of which marks may be told.
        texts: written answers with their rubric marks, by key.
        tell_right: whether right answers may be told.
    """
    found = _look_over(results)
    blocks = [*_written(results, texts), *_by_set(scores)]
    sections = _well(found) + _again(found, tell_right=tell_right) + to_html(blocks)
    return f'<div class="cn-columns">{sections}</div>' if sections else ""


class _Found(NamedTuple):
    """What there is among the answers that bring points.

    `best` is the one with full credit that brings most, `worst` that which cost most; of those
    marked by a program there are `marked`, `full` of them with full credit. `empty` have no answer
    that could be marked, and `late` cost something for that.
    """

    best: Result | None
    worst: Result | None
    marked: int
    full: int
    empty: int
    late: Sequence[Result]


def _look_over(results: Sequence[Result]) -> _Found:
    best = worst = None
    marked = full = empty = 0
    most_full, most_lost = 0.0, 1e-9
    late = []
    for each in results:
        most, credit = each.question.points, each.credit
        if not most:
            continue
        if credit is None:
            empty += each.state in _EMPTY
            continue
        if each.penalty and credit:
            late.append(each)
        mark = each.mark
        if not mark or mark.state != "marked" or each.override:
            continue
        marked += 1
        if credit > FULL:
            full += 1
            if most > most_full:
                best, most_full = each, most
        elif (lost := most * (1 - credit)) > most_lost:
            worst, most_lost = each, lost
    return _Found(best, worst, marked, full, empty, late)


def _well(found: _Found) -> str:
    best = found.best
    if not best or not best.mark:
        return ""
    text = best.mark.closing or best.mark.feedback[0].reason
    return _well_html(found.full, found.marked, title_of(best.key, best.question), text)


@lru_cache(PIECES_KEPT)
def _well_html(full: int, of: int, title: str, text: str) -> str:
    """Return what went well; many students have the same."""
    count = f"Fully right in {full} of {plural(of, 'question')}, among them "
    blocks: list[Block] = [Paragraph([count, Strong(title), "."])]
    if text:
        blocks.append(Paragraph(text))
    return to_html([Section("Done well", blocks, 2)])


def _again(found: _Found, *, tell_right: bool) -> str:
    """Return the question that cost most, what lateness cost, and how many have no answer."""
    worst, late, html = found.worst, _lateness(found.late), ""
    if worst and worst.mark:
        given = first_reason(worst.mark, tell_right=tell_right)
        reason = (given,) if isinstance(given, str) else tuple(given)
        html = _worst_html(title_of(worst.key, worst.question), reason)
    if late:
        html += to_html([Paragraph(late)])
    if found.empty:
        html += _empty_html(found.empty)
    if not html:
        return ""
    begin, end = _around_again()
    return begin + html + end


def _lateness(late: Sequence[Result]) -> str:
    """Return what late answers cost, in a sentence, or nothing."""
    if not late:
        return ""
    cost = sum((each.credit or 0) * each.question.points * each.penalty for each in late)
    answers = plural(len(late), "answer was", "answers were")
    return f"{answers} late, which cost {format_points(cost)} {unit_of(cost)}."


@lru_cache(PIECES_KEPT)
def _worst_html(title: str, reason: tuple[Inline, ...]) -> str:
    """Return the question that cost most and why; many students have the same."""
    return to_html([Paragraph([Strong(f"{title}. "), *reason])])


@cache
def _empty_html(empty: int) -> str:
    verb = plural(empty, "question has", "questions have")
    return to_html([Paragraph(f"{verb} no answer that could be marked.")])


@cache
def _around_again() -> tuple[str, str]:
    """Return what stands before and behind what to look at again."""
    begin, _, end = to_html([Section("To look at again", [Paragraph("")], 2)]).partition("<p></p>")
    return begin, end


def _written(results: Sequence[Result], texts: Mapping[str, WrittenText]) -> list[Section]:
    """Return the marks of the first written answer that has them all."""
    begun = any(text.marks for text in texts.values())
    for each in results if begun else ():
        if each.key in texts and each.credit is not None and isinstance(each.question, Written):
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
