"""All questions as Moodle XML, which Moodle imports under Question bank, Import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cybernorms.classroom.export.exports import Export, Note
from cybernorms.classroom.export.moodle_bank import Bank, weight_of
from cybernorms.classroom.export.moodle_pairs import write_match, write_order
from cybernorms.classroom.export.moodle_text import (
    answer_element,
    beside_gaps,
    decimal,
    element,
    gap_text,
    html_element,
    plain_html,
)
from cybernorms.classroom.export.question_texts import (
    can_have_fraction,
    count_points,
    criteria_text,
    html_paragraphs,
    number_advice,
    prompt_html,
    reason_of,
    reason_text,
    rubric_lines,
)
from cybernorms.classroom.export.weights import factor_of, in_steps
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
from cybernorms.exercises.kinds.clause import Part
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import must_have_keys

FILE = "cybernorms-moodle.xml"
MOST_TIMES = 240  # by what marks are multiplied at most, so that gaps have whole ones


def _choice(bank: Bank, question: Choice) -> None:
    answers = [
        answer_element(bank.fraction(question, each.credit), plain_html(each.text), reason_of(each))
        for each in question.options
    ]
    looks = [element("single", "true"), element("shuffleanswers", "1")]
    bank.add(question, "multichoice", [*looks, element("answernumbering", "abc"), *answers])


def _several(bank: Bank, question: Several) -> None:
    correct = sum(each.verdict == "correct" for each in question.options)
    share = bank.fraction(question, 1 / correct)
    fractions = {"correct": share, "defensible": 0.0, "incorrect": -share}
    answers = [
        answer_element(fractions[each.verdict], plain_html(each.text), reason_of(each))
        for each in question.options
    ]
    bank.note(question, "Reasons of correct options that a student leaves out are not shown")
    looks = [element("single", "false"), element("shuffleanswers", "1")]
    bank.add(question, "multichoice", [*looks, element("answernumbering", "abc"), *answers])


def _number(bank: Bank, question: Number) -> None:
    """Write a number; Moodle takes the first answer within whose tolerance a response lies."""
    location = (question.source, question.pinpoint)

    def answer(fraction: float, value: str, tolerance: float, reason: str) -> str:
        extra = element("tolerance", f"{tolerance:.15g}")
        return answer_element(fraction, value, reason, extra, "moodle_auto_format")

    value = f"{question.answer:.15g}"
    answers = [
        answer(100, value, question.tolerance, reason_text("correct", question.reason, *location))
    ]
    if question.wide_tolerance is not None:
        near = reason_text("defensible", question.wide_reason, *location)
        answers.append(answer(50, value, question.wide_tolerance, near))
    answers += [answer(0, f"{each.value:.15g}", 0, each.reason) for each in question.mistakes]
    answers.append(answer(0, "*", 0, question.otherwise))
    if can_have_fraction(question):
        bank.note(
            question,
            "A number with a decimal comma, such as 0,5, counts as wrong unless Moodle speaks a "
            "language that writes it so; the prompt says to use a point",
        )
    text = f"{prompt_html(question)}{html_paragraphs(number_advice(question))}"
    bank.add(question, "numerical", answers, text)


def _gap(bank: Bank, question: Clause, part: Part, mark: int) -> str:
    answers = [
        f"%{decimal(bank.fraction(question, each.credit), 5)}%{gap_text(each.text)}"
        f"#{gap_text(reason_of(each))}"
        for each in part.options
    ]
    return f"{{{mark}:MULTICHOICE:{'~'.join(answers)}}}"


def _clause(bank: Bank, question: Clause) -> None:
    """Write a clause as a text with a gap for each required part.

    Moodle takes no mark for the question but adds up those of its gaps, which are whole.
    """
    required = [part for part in question.parts if part.required]
    if len(required) < len(question.parts):
        bank.note(question, "Parts that are not required are left out")
    wanted = weight_of(question) * bank.factor
    mark = round(in_steps(wanted / len(required), 1))
    if abs(mark * len(required) - wanted) > 1e-6:
        amount = f"{mark * len(required)} in place of {decimal(wanted, 2)}"
        bank.note(question, "Gaps have whole marks, so that the mark is another one", amount)
    gaps = "".join(
        f"<p>{beside_gaps(plain_html(part.label))}: {_gap(bank, question, part, mark)}</p>"
        for part in required
    )
    bank.add(question, "cloze", [], beside_gaps(prompt_html(question)) + gaps)


def _written(bank: Bank, question: Written) -> None:
    least, most = question.words
    lines = rubric_lines(question, bank.factor)
    rubric = "".join(f"<p>{plain_html(line)}</p>" for line in lines)
    body = [
        element("responseformat", "editor"),
        element("responserequired", "1"),
        element("responsefieldlines", "15"),
        element("minwordlimit", str(least)),
        element("maxwordlimit", str(most)),
        element("attachments", "0"),
        element("attachmentsrequired", "0"),
        html_element("graderinfo", f"{rubric}<p>Example:</p>{html_paragraphs(question.exemplar)}"),
        html_element("responsetemplate", ""),
    ]
    bank.note(question, "The rubric is text for the grader, not a form to click")
    bank.note(question, "The example is shown to graders only")
    text = prompt_html(question) + html_paragraphs(criteria_text(question, bank.factor))
    bank.add(question, "essay", body, text)


# A writer, or why there is none.
WRITERS: Mapping[type[Question], Callable[[Bank, Any], None] | str] = {
    Choice: _choice,
    Several: _several,
    Match: write_match,
    Order: write_order,
    Number: _number,
    Forecast: "Moodle has no question on probabilities; the whole question is left out",
    Clause: _clause,
    Value: "Moodle cannot check what is computed in code; the whole question is left out",
    Written: _written,
}
_USES = {"graded": "Graded", "practice": "Practice", "entry": "Before the course"}


def _factor(questions: Sequence[Question]) -> int:
    """Return by what to multiply the marks of a category, for the sake of the gaps in it."""
    weights = [
        (weight_of(each), sum(part.required for part in each.parts))
        for each in questions
        if isinstance(each, Clause)
    ]
    return factor_of(weights, step=1, most=MOST_TIMES)


def _note_marks(bank: Bank, each: QuestionSet, carried: Sequence[Question]) -> None:
    """Say what the marks of the graded questions of a set add up to, and what to do about it."""
    points = sum(question.points for question in carried)
    total = f"{each.id}: its marks add up to {decimal(points * bank.factor, 2)}"
    if bank.factor > 1:
        total += (
            f", {bank.factor} times the {count_points(points)} of the module, "
            "since gaps in a text have whole marks"
        )
    bank.notes.append(Note(f"{total}. Set the maximum grade of its quiz to {decimal(points, 2)}"))


def _category(bank: Bank, each: QuestionSet, use: str) -> None:
    """Write the questions of a set that have one use, in a category of their own."""
    chosen = [question for question in each.questions if question.use == use]
    if not chosen:
        return
    title = each.title.replace("/", "//")  # a single one would begin a subcategory
    bank.category(f"cybernorms/{each.id.split('-')[0]} {title}/{_USES[use]}")
    carried = [one for one in chosen if not isinstance(WRITERS[type(one)], str)]
    bank.factor = _factor(carried)
    if use == "graded" and carried:
        _note_marks(bank, each, carried)
    for question in chosen:
        writer = WRITERS[type(question)]
        if isinstance(writer, str):
            amount = count_points(question.points) if question.points else ""
            bank.note(question, writer, amount)
        else:
            writer(bank, question)


def moodle_xml(sets: Sequence[QuestionSet]) -> Export:
    """Return all questions that Moodle has a kind for, in a category for each set and use.

    Raises:
        CyberNormsError: questions have no key here.
    """
    must_have_keys(sets, "Questions cannot be exported")
    bank = Bank()
    bank.notes += [
        Note("“Defensible” is no verdict in Moodle: it is the first word of the feedback"),
        Note("Explorers, minutes and the record of answers stay in the notebooks"),
        Note("Questions without points all have the same mark, since Moodle's quizzes need one"),
        Note("Importing the file again adds all questions once more, without their ID numbers"),
    ]
    for each in sets:
        for use in _USES:
            _category(bank, each, use)
    content = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *bank.elements, "</quiz>", ""]
    )
    return Export("Moodle XML", {FILE: content.encode("utf-8")}, bank.notes)
