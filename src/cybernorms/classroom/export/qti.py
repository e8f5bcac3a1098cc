"""Graded questions as QTI 1.2 for Canvas, one zip for each set, through text2qti.

Canvas imports a zip under Settings, Import Course Content, as a QTI zip file.
Source of the text form: https://github.com/gpoore/text2qti.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from cybernorms.classroom.export.exports import (
    Export,
    Note,
    graded,
    need,
    reason_of,
    reason_text,
    rubric_lines,
    zip_of,
)
from cybernorms.corpus.sources import load_quotations
from cybernorms.exercises.feedback import format_location, format_points
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

_MARKS = re.compile(r"[\\`*_\[\]{}#!$]|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def text_line(text: str) -> str:
    """Return text in one line in which no character has a meaning of its own.

    >>> text_line("5 * 3 < 20 & [a]\\n$x$")
    '5 \\\\* 3 &lt; 20 &amp; \\\\[a\\\\] \\\\$x\\\\$'
    """
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKS.sub(r"\\\g<0>", line)


@dataclass(frozen=True)
class _Entry:
    """A question as text2qti reads it: title, points, prompt, general feedback and answers."""

    title: str
    points: float
    prompt: str
    feedback: str
    answers: Sequence[str]


FACTORS = (1, 2, 3, 4, 5, 6)
NEAR_ENOUGH = 0.1


def half_points(points: float) -> float:
    """Return the nearest half point above zero, for text2qti knows no others.

    >>> half_points(1.3), half_points(0.1)
    (1.5, 0.5)
    """
    return max(0.5, floor(points * 2 + 0.5) / 2)


def _parts_of(question: Question) -> int:
    """Return how many questions a question becomes, for text2qti has neither match nor clause."""
    if isinstance(question, Match):
        return len(question.items)
    if isinstance(question, Clause):
        return sum(part.required for part in question.parts)
    return 1


def factor_of(questions: Sequence[Question]) -> int:
    """Return by what to multiply the points of a set so that its questions keep their weight.

    A question of one point that becomes six would else bring three of them, half a point each.
    The smallest factor is taken that brings each question within a tenth of its weight, or else
    the one that comes nearest.
    """

    def off(factor: int) -> float:
        return max(
            (
                abs(count * half_points(points * factor / count) / (points * factor) - 1)
                for points, count in weights
            ),
            default=0.0,
        )

    weights = [(each.points, _parts_of(each)) for each in questions if each.points]
    good = [factor for factor in FACTORS if off(factor) <= NEAR_ENOUGH]
    return good[0] if good else min(FACTORS, key=off)


class _Quiz:
    """The entries of one set, and what could not be carried.

    Arguments:
        factor: by what all points are multiplied.
    """

    def __init__(self, factor: int = 1) -> None:
        self.factor = factor
        self.entries: list[_Entry] = []
        self.notes: list[Note] = []

    def note(self, question: Question, text: str) -> None:
        self.notes.append(Note(text, question.id))

    def add(
        self,
        question: Question,
        answers: Sequence[str],
        *,
        part: str = "",
        points: float | None = None,
        prompt: str = "",
        feedback: str | None = None,
    ) -> None:
        """Add an entry for a question, or with `part` for one part of it."""
        if points is None:
            wanted = question.points * self.factor
            points = half_points(wanted)
            if abs(points - wanted) > 1e-9:
                self.note(
                    question, f"{format_points(points)} points in place of {format_points(wanted)}"
                )
        self.entries.append(
            _Entry(
                title=f"{question.id}, {part}" if part else question.id,
                points=points,
                prompt=prompt or _prompt(question),
                feedback=question.closing if feedback is None else feedback,
                answers=answers,
            )
        )

    def parts(self, question: Question, count: int) -> float:
        """Return the points of each part of a question that becomes several questions."""
        wanted = question.points * self.factor
        each = half_points(wanted / count)
        unit = "point" if each == 1 else "points"
        message = f"It became {count} questions of {format_points(each)} {unit}"
        if abs(each * count - wanted) > 1e-9:
            message += (
                f", together {format_points(each * count)} in place of {format_points(wanted)}"
            )
        self.note(question, message)
        return each

    def text(self, title: str) -> str:
        lines = [f"Quiz title: {text_line(title)}", "Shuffle answers: false", ""]
        for number, entry in enumerate(self.entries, start=1):
            lines += [f"Title: {text_line(entry.title)}", f"Points: {format_points(entry.points)}"]
            lines.append(f"{number}. {text_line(entry.prompt)}")
            if entry.feedback:
                lines.append(f"... {text_line(entry.feedback)}")
            lines += [*entry.answers, ""]
        return "\n".join(lines)


def _prompt(question: Question) -> str:
    quotations = load_quotations()
    quoted = [
        f"“{each.text}” ({format_location(each.source.id, each.pinpoint)})"
        for each in (quotations.get(id) for id in question.passages)
        if each
    ]
    return " ".join([question.prompt, *quoted])


def _letter(index: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[index]


def _one_of(answers: Sequence[tuple[str, str, bool]]) -> list[str]:
    """Return the lines of a choice: text, reason, and whether it is the one that counts."""
    lines = []
    for index, (text, reason, right) in enumerate(answers):
        lines.append(f"{'*' if right else ''}{_letter(index)}) {text_line(text)}")
        if reason:
            lines.append(f"... {text_line(reason)}")
    return lines


def _of_options(options: Sequence[Option]) -> list[str]:
    """Return the lines of a choice of which the first correct option counts."""
    first = next(option for option in options if option.verdict == "correct")
    return _one_of([(each.text, reason_of(each), each is first) for each in options])


def _note_partial(quiz: _Quiz, question: Question, options: Sequence[Option]) -> None:
    if any(each.verdict == "defensible" for each in options):
        quiz.note(question, "A defensible option brings nothing; its feedback says what it is")
    if sum(each.verdict == "correct" for each in options) > 1:
        quiz.note(question, "Only the first of several correct options counts")


def _choice(quiz: _Quiz, question: Choice) -> None:
    _note_partial(quiz, question, question.options)
    quiz.add(question, _of_options(question.options))


def _several(quiz: _Quiz, question: Several) -> None:
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


def _match(quiz: _Quiz, question: Match) -> None:
    """Write each item as a question of its own, since text2qti has no matching."""
    points = quiz.parts(question, _parts_of(question))
    for number, item in enumerate(question.items, start=1):
        _note_partial(quiz, question, list(item.placements.values()))
        quiz.add(
            question,
            _one_of(_placed(question, item)),
            part=f"{number} of {len(question.items)}",
            points=points,
            prompt=f"{_prompt(question)} — {item.text}",
            feedback=question.closing if number == len(question.items) else "",
        )


def _clause(quiz: _Quiz, question: Clause) -> None:
    """Write each required part as a question of its own."""
    required = [part for part in question.parts if part.required]
    if len(required) < len(question.parts):
        quiz.note(question, "Parts that are not required are left out")
    points = quiz.parts(question, _parts_of(question))
    for number, part in enumerate(required, start=1):
        _note_partial(quiz, question, part.options)
        quiz.add(
            question,
            _of_options(part.options),
            part=f"{number} of {len(required)}",
            points=points,
            prompt=f"{_prompt(question)} — {part.label}",
            feedback=question.closing if number == len(required) else "",
        )


def _number(quiz: _Quiz, question: Number) -> None:
    low, high = question.answer - question.tolerance, question.answer + question.tolerance
    if min(abs(low), abs(high)) < 1e-4:
        quiz.note(question, "text2qti takes no number so near to zero; the question is left out")
        return
    if question.wide_tolerance is not None:
        quiz.note(question, "Half of the points for a number near the answer are left out")
    if question.mistakes:
        quiz.note(question, "Reasons for numbers that are mistakes are left out")
    unit = f" Answer in {question.unit}, with digits only." if question.unit else ""
    quiz.add(
        question,
        [f"= {question.answer:.15g} +- {question.tolerance:g}"],
        prompt=_prompt(question) + unit,
        feedback=f"{question.reason} {question.closing}".strip(),
    )


def _written(quiz: _Quiz, question: Written) -> None:
    least, most = question.words
    rubric = " ".join(f"{line}." for line in rubric_lines(question))
    quiz.note(question, "The rubric is text in the prompt, not a rubric of Canvas")
    quiz.note(question, "The example is general feedback, which Canvas shows after handing in")
    quiz.add(
        question,
        ["____"],
        prompt=f"{_prompt(question)} Write {least} to {most} words. What counts: {rubric}",
        feedback=f"Example: {question.exemplar} {question.closing}".strip(),
    )


# A writer, or why there is none.
WRITERS: Mapping[type[Question], Callable[[_Quiz, Any], None] | str] = {
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


def quiz_text(each: QuestionSet) -> tuple[str, list[Note]]:
    """Return the graded questions of a set as text2qti reads them, and what is left out."""
    questions = graded(each)
    carried = [one for one in questions if not isinstance(WRITERS[type(one)], str)]
    quiz = _Quiz(factor_of(carried))
    if quiz.factor > 1:
        message = (
            f"All points of {each.id} are multiplied by {quiz.factor}, since Canvas takes halves"
        )
        quiz.notes.append(Note(f"{message}; set the points of the assignment in Canvas"))
    for question in questions:
        writer = WRITERS[type(question)]
        if isinstance(writer, str):
            quiz.note(question, writer)
        else:
            writer(quiz, question)
    number = each.id.split("-")[0]
    return (quiz.text(f"{number} {each.title}") if quiz.entries else ""), quiz.notes


def qti(sets: Sequence[QuestionSet]) -> Export:
    """Return a QTI zip for each set that has graded questions.

    Raises:
        CyberNormsError: text2qti is not installed, or questions have no key here.
    """
    must_have_keys(sets, "Questions cannot be exported")
    need("text2qti")
    files, notes = {}, [Note("Hints are left out: Canvas quizzes have none")]
    for each in sets:
        text, more = quiz_text(each)
        notes += more
        if text:
            files[f"{each.id}.zip"] = _zipped(text)
            files[f"{each.id}.txt"] = text.encode("utf-8")
    return Export("QTI for Canvas", files, notes)


def _zipped(text: str) -> bytes:
    """Return the zip that text2qti makes, with times that are always the same."""
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    made = QTI(Quiz(text, config=Config())).zip_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return zip_of({name: archive.read(name) for name in archive.namelist()})
