"""Graded questions as QTI 1.2 for Canvas, one zip for each set, through text2qti.

Canvas imports a zip under Settings, Import Course Content, as a QTI zip file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cybernorms.classroom.export.exports import Export, Note, graded, need, without_points
from cybernorms.classroom.export.question_texts import (
    FOR_GRADERS,
    can_have_fraction,
    count_points,
    criteria_text,
    grader_lines,
    graders_file,
    number_advice,
    per_cent,
    prompt_text,
    reason_of,
    reason_text,
)
from cybernorms.classroom.export.quiz_text import (
    STEP,
    Quiz,
    choice_lines,
    option_lines,
    text_line,
    zipped,
)
from cybernorms.classroom.export.weights import factor_of
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.kinds.match import Item
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import must_have_keys

MOST_TIMES = 6
NEAR_ENOUGH = 0.1  # of the weight of a question
SMALLEST, PLACES = 1e-4, 4  # text2qti takes no number nearer to zero, and writes so many places


def _parts_of(question: Question) -> int:
    """Return how many questions a question becomes, for text2qti has neither match nor clause."""
    if isinstance(question, Match):
        return len(question.items)
    if isinstance(question, Clause):
        return sum(part.required for part in question.parts)
    return 1


def _note_partial(quiz: Quiz, question: Question, lists: Sequence[Sequence[Option]]) -> None:
    """Say what the defensible options of each list of options would have brought."""
    lost = sum(
        max(each.credit * (each.verdict == "defensible") for each in options) for options in lists
    )
    if lost:
        message = "A defensible option brings nothing, which costs at most this part of the points"
        quiz.note(question, message, per_cent(lost / len(lists)))
    if any(sum(each.verdict == "correct" for each in options) > 1 for options in lists):
        quiz.note(question, "Only the first of several correct options counts")


def _choice(quiz: Quiz, question: Choice) -> None:
    _note_partial(quiz, question, [question.options])
    quiz.add(question, option_lines(question.options))


def _several(quiz: Quiz, question: Several) -> None:
    """Write several choices without the defensible ones, which Canvas would count as wrong."""
    kept = [each for each in question.options if each.verdict != "defensible"]
    for each in question.options:
        if each not in kept:
            quiz.note(question, f"The defensible option “{each.text}” is left out")
    lines = []
    for each in kept:
        box = "[*]" if each.verdict == "correct" else "[ ]"
        lines += [f"{box} {text_line(each.text)}", f"... {text_line(reason_of(each))}"]
    quiz.add(question, lines)


def _placed(question: Match, item: Item) -> list[tuple[str, str, bool]]:
    first = next(id for id, each in item.placements.items() if each.verdict == "correct")
    return [
        (
            text,
            reason_of(item.placements[id])
            if id in item.placements
            else reason_text("incorrect", item.otherwise, item.source, item.pinpoint),
            id == first,
        )
        for id, text in question.categories.items()
    ]


def _match(quiz: Quiz, question: Match) -> None:
    """Write each item as a question of its own, since text2qti has no matching."""
    points = quiz.parts(question, _parts_of(question))
    _note_partial(quiz, question, [[*item.placements.values()] for item in question.items])
    for number, item in enumerate(question.items, start=1):
        quiz.add(
            question,
            choice_lines(_placed(question, item)),
            part=f"{number} of {len(question.items)}",
            points=points,
            prompt=f"{prompt_text(question)} — {item.text}",
            feedback=question.closing if number == len(question.items) else "",
        )


def _clause(quiz: Quiz, question: Clause) -> None:
    """Write each required part as a question of its own."""
    required = [part for part in question.parts if part.required]
    if len(required) < len(question.parts):
        quiz.note(question, "Parts that are not required are left out")
    points = quiz.parts(question, _parts_of(question))
    _note_partial(quiz, question, [part.options for part in required])
    for number, part in enumerate(required, start=1):
        quiz.add(
            question,
            option_lines(part.options),
            part=f"{number} of {len(required)}",
            points=points,
            prompt=f"{prompt_text(question)} — {part.label}",
            feedback=question.closing if number == len(required) else "",
        )


def _number(quiz: Quiz, question: Number) -> None:
    low, high = question.answer - question.tolerance, question.answer + question.tolerance
    if min(abs(low), abs(high)) < SMALLEST:
        quiz.note(question, "text2qti takes no number so near to zero; the question is left out")
        return
    if any(abs(round(each, PLACES) - each) > 1e-12 * max(1, abs(each)) for each in (low, high)):
        amount = f"{low:.12g} to {high:.12g}"
        quiz.note(question, "What counts as right is rounded to four decimals", amount)
    if question.wide_tolerance is not None:
        quiz.note(question, "Half of the points for a number near the answer are left out")
    if question.mistakes:
        quiz.note(question, "Reasons for numbers that are mistakes are left out")
    if can_have_fraction(question):
        quiz.note(question, "A decimal comma may count as wrong; the prompt says to use a point")
    quiz.add(
        question,
        [_counts(low, high)],
        prompt=f"{prompt_text(question)} {number_advice(question)}",
        feedback=f"{question.reason} {question.closing}".strip(),
    )


def _counts(low: float, high: float) -> str:
    """Return what counts as right: a range, for Canvas makes a margin of it that is not exact."""
    if low == high and float(low).is_integer():
        return f"= {low:.15g}"
    return f"= {low:.15g} +- 0" if low == high else f"= [{low:.12g}, {high:.12g}]"


def _written(quiz: Quiz, question: Written) -> None:
    least, most = question.words
    quiz.note(question, f"Rubric and example are in {FOR_GRADERS}, for the grader")
    quiz.for_graders += grader_lines(question, quiz.factor)
    counts = criteria_text(question, quiz.factor)
    quiz.add(
        question,
        ["____"],
        prompt=f"{prompt_text(question)} Write {least} to {most} words. {counts}",
    )


# A writer, or why there is none.
WRITERS: Mapping[type[Question], Callable[[Quiz, Any], None] | str] = {
    Choice: _choice,
    Several: _several,
    Match: _match,
    Order: "Canvas has no question on an order in this format; the question is left out",
    Number: _number,
    Forecast: "Canvas has no question on probabilities; the question is left out",
    Clause: _clause,
    Value: "Canvas cannot check what is computed in code; the question is left out",
    Written: _written,
}


def quiz_of(each: QuestionSet) -> Quiz:
    """Return the graded questions of a set as a quiz, with what is left out."""
    questions = graded(each)
    carried = [one for one in questions if not isinstance(WRITERS[type(one)], str)]
    weights = [(one.points, _parts_of(one)) for one in carried if one.points]
    quiz = Quiz(factor_of(weights, step=STEP, most=MOST_TIMES, near=NEAR_ENOUGH))
    for question in questions:
        writer = WRITERS[type(question)]
        if isinstance(writer, str):
            quiz.note(question, writer, count_points(question.points))
        else:
            writer(quiz, question)
    points = sum(one.points for one in carried if quiz.has(one))
    total = f"{each.id}: its points add up to {format_points(quiz.points)}"
    if quiz.factor > 1:
        total += (
            f"; {count_points(points)} of the module are multiplied by {quiz.factor}, since "
            "Canvas gets halves. Give its assignment group the weight that it is to have"
        )
    quiz.notes.insert(0, Note(total))
    return quiz


def qti(sets: Sequence[QuestionSet]) -> Export:
    """Return a QTI zip for each set that has graded questions.

    Raises:
        CyberNormsError: text2qti is not installed, or questions have no key here.
    """
    must_have_keys(sets, "Questions cannot be exported")
    need("text2qti")
    files: dict[str, bytes] = {}
    notes = [
        Note("Hints are left out: Canvas quizzes have none"),
        Note("“Defensible” is no verdict in Canvas: it is the first word of the feedback"),
    ]
    for_graders = {}
    for each in sets:
        quiz = quiz_of(each)
        if graded(each):
            notes += quiz.notes
        if quiz.entries:
            text = quiz.text(f"{each.id.split('-')[0]} {each.title}")
            files[f"{each.id}.zip"] = zipped(text)
            files[f"{each.id}.txt"] = text.encode("utf-8")
        for_graders[each.title] = quiz.for_graders
    notes += without_points(sets)
    return Export("QTI for Canvas", files | graders_file(for_graders), notes)
