"""What stands on a student's page about one answer."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from cybernorms.classroom.results.rubric_marks import RubricMark, WrittenText, level_of, out_of
from cybernorms.classroom.scoring.decisions import FULL_MARKS
from cybernorms.classroom.scoring.scorer import Result
from cybernorms.classroom.tables import readable
from cybernorms.document import (
    Block,
    Bullets,
    Inline,
    Labelled,
    Line,
    Paragraph,
    Sign,
    Strong,
    Typed,
    Verbatim,
    plural,
)
from cybernorms.exercises.feedback import (
    feedback_blocks,
    format_points,
    headline,
    look_of,
    reason_line,
    unit_of,
)
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import Value, Written
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Question

WITHOUT_ANSWER = {
    "not answered": "Not answered",
    "after the deadline": "No answer was given before the deadline",
}
SIGNS = {
    "correct": "Correct",
    "defensible": "Defensible",
    "partly correct": "Partly correct",
    "incorrect": "Not yet",
    "blank": "Left blank",
    "unreadable": "Could not be read",
    "awaiting teacher": "Waits for your teacher",
    "not answered": "Not answered",
    "after the deadline": "Too late",
}
COUNTS = {
    "last": "the last answer counts",
    "first": "the first answer counts",
    "best": "the best answer counts",
    "last before deadline": "the last answer before the deadline counts",
}
LONGEST_SHOWN = 500
FULL = 1 - 1e-9


def title_of(key: str, question: Question) -> str:
    """Return the title of a question, or else its prompt."""
    again = " (asked again at the end)" if key.endswith(AGAIN) else ""
    return f"{question.title or question.prompt}{again}"


def sign_of(result: Result) -> Line:
    """Return the verdict on an answer and its points, for the list of all answers."""
    question, verdict = result.question, ""
    if result.state == "marked":
        verdict = result.mark.verdict if result.mark and result.mark.verdict else ""
        if (question.by_teacher or result.override) and result.credit is not None:
            verdict = _verdict_of(result.credit)
    word = SIGNS.get(verdict or result.state, "Kept")
    sign = Sign(word, look_of(verdict) if verdict else "open")
    if not question.points or result.points is None:
        return (sign,)
    points = f"{format_points(result.points)} of {format_points(question.points)}"
    return (sign, f" {points}")


def _verdict_of(credit: float) -> str:
    if credit > FULL:
        return "correct"
    return "partly correct" if credit > 0 else "incorrect"


def answer_blocks(result: Result, *, tell_right: bool) -> list[Block]:
    """Return what became of an answer that a program marked.

    Arguments:
        result: of the answer, without what lateness cost.
        tell_right: whether the right answer is told where the answer was another.
    """
    question, blocks = result.question, list[Block]()
    if result.state in WITHOUT_ANSWER:
        blocks.append(Paragraph(WITHOUT_ANSWER[result.state], "result"))
    elif mark := result.mark:
        blocks.append(Paragraph(headline(mark), "result"))
        if result.state == "unreadable" or isinstance(question, Value):
            blocks += _given(result.response)
        if mark.message and not isinstance(question, Written):
            blocks.append(Paragraph([Verbatim(mark.message)]))
        if not tell_right:
            mark, missed = _without_right_answers(mark)
            blocks += missed
        blocks += feedback_blocks(question, mark)
    if tell_right and result.state != "awaiting teacher":
        blocks += _right(question, result.mark)
    return blocks


def _given(response: bytes) -> list[Block]:
    """Return the beginning of an answer as it was handed in."""
    text = readable(response.decode("utf-8", "replace"))
    if len(text) > LONGEST_SHOWN:
        text = f"{text[:LONGEST_SHOWN]} …"
    return [Paragraph("Your answer:"), Typed(text)] if text else []


def _right(question: Question, mark: Mark | None) -> list[Block]:
    """Return the right answer to those parts in which another was given, or none."""
    right = question.right_answers()
    labels = list(right)
    if mark and mark.state == "marked":
        wrong = [each.label for each in mark.feedback if each.verdict not in ("correct", "")]
        labels = [label for label in dict.fromkeys(wrong) if label in right]
    if not labels:
        return []
    if labels == [""]:
        return [Labelled("Right", right[""])]
    lines = [f"{label}: {right[label]}" for label in labels]
    return [Paragraph("Right:", "result"), Bullets(lines)]


def by_hand_blocks(result: Result, *, tell_right: bool) -> list[Block]:
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
    mark, missed = result.mark, list[Block]()
    if not tell_right:
        mark, missed = _without_right_answers(mark)
    return [*blocks, *missed, *feedback_blocks(result.question, mark)]


def revised(attempts: int, counts: str) -> Paragraph:
    """Return that there were several answers to a question, and which of them counts."""
    return Paragraph(f"You answered {attempts} times; {COUNTS[counts]}.", "note")


def circumstance_blocks(result: Result, attempts: int, counts: str) -> list[Block]:
    """Return what else there is to say of an answer: revised, or late.

    Arguments:
        result: of the answer.
        attempts: how many answers there were to this question.
        counts: which of them counts, as the policy has it.
    """
    blocks: list[Block] = []
    if attempts > 1:
        blocks.append(revised(attempts, counts))
    if result.penalty and result.credit is not None:
        points = result.points or 0.0
        blocks.append(
            Paragraph(
                f"It was late, which cost {result.penalty:.0%} of it: "
                f"{format_points(points)} {unit_of(points)} {_verb(points)}."
            )
        )
    return blocks


def _verb(points: float) -> str:
    return "counts" if points == 1 else "count"


def first_reason(mark: Mark, *, tell_right: bool) -> Line:
    """Return the first thing that was not right, with its reason."""
    for each in mark.feedback:
        if each.verdict not in ("correct", "") and (tell_right or each.verdict != "missed"):
            return reason_line(each)
    return ""


def _without_right_answers(mark: Mark) -> tuple[Mark, list[Block]]:
    """Return a mark that tells of no right answer, and how many it leaves out."""
    missed = [each.verdict for each in mark.feedback].count("missed")
    if not missed:
        return mark, []
    told = tuple(each for each in mark.feedback if each.verdict != "missed")
    verb = plural(missed, "answer that applies was", "answers that apply were")
    return replace(mark, feedback=told), [Paragraph(f"{verb} not chosen.")]


def rubric_blocks(result: Result, text: WrittenText) -> list[Block]:
    """Return a written answer with the marks that it has by now."""
    question = result.question
    assert isinstance(question, Written)
    given = "Your teacher has still to mark this."
    if result.credit is not None:
        points = format_points(result.credit * question.points)
        given = f"{points} of {format_points(question.points)} points"
    blocks: list[Block] = [Typed(readable(text.text)), Paragraph(given, "result")]
    if lines := _rubric_lines(question, text.marks):
        blocks.append(Bullets(lines))
    if question.closing:
        blocks.append(Labelled("Take away", question.closing, "closing"))
    return blocks


def _rubric_lines(question: Written, marks: Mapping[str, RubricMark]) -> list[Line]:
    """Return for each criterion its points, what they stand for, and the teacher's comment."""
    lines: list[Line] = []
    for each in question.criteria:
        if mark := marks.get(each.id):
            level = level_of(mark, each)
            says = f" {level.text}" if level else ""
            line: list[Inline] = [
                Strong(f"{each.name}: {out_of(mark, each) or 'not marked yet'}."),
                says,
            ]
            if mark.comment:
                line += [Strong(" Your teacher: "), Verbatim(mark.comment)]
            lines.append(line)
    return lines
