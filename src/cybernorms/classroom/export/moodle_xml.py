"""The question bank as Moodle XML, which Moodle imports under Question bank, Import.

Format: https://docs.moodle.org/en/Moodle_XML_format. Every text stands in CDATA.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any
from xml.sax.saxutils import quoteattr

from cybernorms.classroom.export.exports import (
    Export,
    Note,
    html_paragraphs,
    prompt_html,
    reason_of,
    reason_text,
    rubric_lines,
)
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
from cybernorms.exercises.kinds.match import Item
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import must_have_keys

FILE = "cybernorms-moodle.xml"
# The per cent that Moodle allows for an answer; it refuses a file that has any other.
FRACTIONS = (
    *(100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0),
    *(25.0, 20.0, 16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0),
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def nearest_fraction(credit: float) -> float:
    """Return the allowed per cent that is nearest to a credit from 0 to 1.

    >>> nearest_fraction(1 / 3), nearest_fraction(0.45)
    (33.33333, 50.0)
    """
    return min(FRACTIONS, key=lambda allowed: abs(allowed - 100 * credit))


def cdata(text: str) -> str:
    """Return text as CDATA, also where it holds the end of one.

    >>> cdata("a]]>b")
    '<![CDATA[a]]]]><![CDATA[>b]]>'
    """
    clean = _NOT_IN_XML.sub("", text)
    return "<![CDATA[" + clean.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _element(name: str, content: str, **attributes: str) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def _html(name: str, html: str, **attributes: str) -> str:
    """Return an element with a text in HTML."""
    return _element(name, _element("text", cdata(html)), **attributes, format="html")


def _percent(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


class _Bank:
    """The questions written so far, and what could not be carried."""

    def __init__(self) -> None:
        self.elements: list[str] = []
        self.notes: list[Note] = []

    def note(self, question: Question, text: str) -> None:
        self.notes.append(Note(text, question.id))

    def category(self, name: str) -> None:
        path = _element("text", cdata(f"$course$/top/{name}"))
        self.elements.append(_element("question", _element("category", path), type="category"))

    def add(self, question: Question, kind: str, body: Iterable[str], text: str = "") -> None:
        """Write a question with what all kinds share."""
        shared = [
            _element("name", _element("text", cdata(question.id))),
            _html("questiontext", text or prompt_html(question)),
            _html("generalfeedback", html_paragraphs(question.closing)),
            _element("idnumber", cdata(question.id)),
            _element("penalty", "0.3333333"),
            _element("hidden", "0"),
        ]
        if kind != "cloze":
            shared.insert(3, _element("defaultgrade", f"{question.points or 1:g}"))
        hint = [_html("hint", html_paragraphs(question.hint))] if question.hint else []
        tag = _element("tag", _element("text", cdata(question.outcome)))
        parts = [*shared, *body, *hint, _element("tags", tag)]
        self.elements.append(_element("question", "\n".join(parts), type=kind))

    def fraction(self, question: Question, credit: float) -> float:
        """Return the nearest fraction that is allowed, and note where it is another credit."""
        nearest = nearest_fraction(credit)
        if abs(nearest - 100 * credit) > 0.01:
            self.note(
                question,
                f"A credit of {credit:.0%} is not among those that Moodle allows and became "
                f"{_percent(nearest)}%",
            )
        return nearest


def _answer(fraction: float, text: str, feedback: str, extra: str = "", form: str = "html") -> str:
    content = _element("text", cdata(text)) + _html("feedback", html_paragraphs(feedback)) + extra
    return _element("answer", content, fraction=_percent(fraction), format=form)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _choice(bank: _Bank, question: Choice) -> None:
    answers = [
        _answer(bank.fraction(question, each.credit), _escaped(each.text), reason_of(each))
        for each in question.options
    ]
    looks = [_element("single", "true"), _element("shuffleanswers", "1")]
    bank.add(question, "multichoice", [*looks, _element("answernumbering", "abc"), *answers])


def _several(bank: _Bank, question: Several) -> None:
    correct = sum(each.verdict == "correct" for each in question.options)
    share = bank.fraction(question, 1 / correct)
    fractions = {"correct": share, "defensible": 0.0, "incorrect": -share}
    answers = [
        _answer(fractions[each.verdict], _escaped(each.text), reason_of(each))
        for each in question.options
    ]
    bank.note(question, "Reasons of correct options that a student leaves out are not shown")
    looks = [_element("single", "false"), _element("shuffleanswers", "1")]
    bank.add(question, "multichoice", [*looks, _element("answernumbering", "abc"), *answers])


def _subquestion(text: str, answer: str) -> str:
    content = _element("text", cdata(text)) + _element("answer", _element("text", cdata(answer)))
    return _element("subquestion", content, format="html")


def _fitting(item: Item) -> tuple[str, Option]:
    """Return the category that is correct for an item, with its placement."""
    return next((id, each) for id, each in item.placements.items() if each.verdict == "correct")


def _match(bank: _Bank, question: Match) -> None:
    pairs = [
        _subquestion(_escaped(item.text), question.categories[_fitting(item)[0]])
        for item in question.items
    ]
    used = {_fitting(item)[0] for item in question.items}
    pairs += [_subquestion("", text) for id, text in question.categories.items() if id not in used]
    if any(
        each.verdict == "defensible" for item in question.items for each in item.placements.values()
    ):
        bank.note(question, "A defensible place of an item counts as wrong")
    if any(
        sum(each.verdict == "correct" for each in item.placements.values()) > 1
        for item in question.items
    ):
        bank.note(question, "Only the first of several correct places of an item counts")
    bank.note(question, "Reasons are shown together at the end, not for each item that was wrong")
    reasons = "".join(
        f"<li>{_escaped(item.text)}: {_escaped(question.categories[id])}. "
        f"{_escaped(reason_of(placed))}</li>"
        for item in question.items
        for id, placed in [_fitting(item)]
    )
    _add_matching(bank, question, pairs, reasons)


def _add_matching(bank: _Bank, question: Question, pairs: Sequence[str], reasons: str) -> None:
    """Write a question of matching pairs, whose reasons are shown when it is over."""
    feedback = [
        _html(name, f"<ul>{reasons}</ul>")
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    ]
    bank.add(question, "matching", [_element("shuffleanswers", "true"), *feedback, *pairs])


def _positions(question: Order) -> dict[int, str]:
    """Return for each rank the place or places that items of that rank take."""
    ranks = sorted(item.rank for item in question.items)
    positions: dict[int, str] = {}
    for rank in dict.fromkeys(ranks):
        first, last = ranks.index(rank) + 1, ranks.index(rank) + ranks.count(rank)
        positions[rank] = f"Place {first}" if first == last else f"Places {first} to {last}"
    return positions


def _order(bank: _Bank, question: Order) -> None:
    """Write an order as matching items with places, which every version of Moodle knows."""
    positions = _positions(question)
    pairs = [_subquestion(_escaped(each.text), positions[each.rank]) for each in question.items]
    bank.note(question, "An order is matched with places; each place counts, not Kendall's tau")
    reasons = "".join(
        f"<li>{positions[each.rank]}: {_escaped(each.text)}. "
        f"{_escaped(reason_text('', each.reason, each.source, each.pinpoint))}</li>"
        for each in sorted(question.items, key=lambda each: each.rank)
    )
    _add_matching(bank, question, pairs, reasons)


def _number(bank: _Bank, question: Number) -> None:
    """Write a number; Moodle takes the first answer within whose tolerance a response lies."""
    location = (question.source, question.pinpoint)

    def answer(fraction: float, value: str, tolerance: float, reason: str) -> str:
        extra = _element("tolerance", f"{tolerance:g}")
        return _answer(fraction, value, reason, extra, "moodle_auto_format")

    value = f"{question.answer:.15g}"
    answers = [
        answer(100, value, question.tolerance, reason_text("correct", question.reason, *location))
    ]
    if question.wide_tolerance is not None:
        near = reason_text("defensible", question.wide_reason, *location)
        answers.append(answer(50, value, question.wide_tolerance, near))
    answers += [answer(0, f"{each.value:.15g}", 0, each.reason) for each in question.mistakes]
    answers.append(answer(0, "*", 0, question.otherwise))
    text = prompt_html(question)
    if question.unit:
        text += f"<p>Answer in {_escaped(question.unit)}, with digits only.</p>"
    bank.add(question, "numerical", answers, text)


def _cloze_text(text: str) -> str:
    """Return text for a gap, where some characters have a meaning of their own."""
    return re.sub(r'([}#~/"\\])', r"\\\1", text)


def _gap(bank: _Bank, question: Clause, part: Part) -> str:
    answers = [
        f"%{_percent(bank.fraction(question, each.credit))}%{_cloze_text(each.text)}"
        f"#{_cloze_text(reason_of(each))}"
        for each in part.options
    ]
    return "{1:MULTICHOICE:" + "~".join(answers) + "}"


def _clause(bank: _Bank, question: Clause) -> None:
    """Write a clause as a text with a gap for each required part."""
    optional = [part.label for part in question.parts if not part.required]
    if optional:
        bank.note(question, "Parts that are not required are left out")
    gaps = "".join(
        f"<p>{_escaped(part.label)}: {_gap(bank, question, part)}</p>"
        for part in question.parts
        if part.required
    )
    bank.note(question, "Points are those of its gaps; set them in the quiz")
    bank.add(question, "cloze", [], prompt_html(question) + gaps)


def _written(bank: _Bank, question: Written) -> None:
    least, most = question.words
    rubric = "".join(f"<p>{_escaped(line)}</p>" for line in rubric_lines(question))
    names = ", ".join(f"{each.name} ({each.points:g} points)" for each in question.criteria)
    body = [
        _element("responseformat", "editor"),
        _element("responserequired", "1"),
        _element("responsefieldlines", "15"),
        _element("minwordlimit", str(least)),
        _element("maxwordlimit", str(most)),
        _element("attachments", "0"),
        _element("attachmentsrequired", "0"),
        _html("graderinfo", f"{rubric}<p>Example:</p>{html_paragraphs(question.exemplar)}"),
        _html("responsetemplate", ""),
    ]
    bank.note(question, "The rubric is text for whoever grades, not a form to click")
    bank.note(question, "The example is shown to graders only")
    text = f"{prompt_html(question)}<p>What counts: {_escaped(names)}.</p>"
    bank.add(question, "essay", body, text)


# A writer, or why there is none.
WRITERS: Mapping[type[Question], Callable[[_Bank, Any], None] | str] = {
    Choice: _choice,
    Several: _several,
    Match: _match,
    Order: _order,
    Number: _number,
    Forecast: "Moodle has no question on probabilities; the whole question is left out",
    Clause: _clause,
    Value: "Moodle cannot check what is computed in code; the whole question is left out",
    Written: _written,
}
_USES = {"graded": "Graded", "practice": "Practice", "entry": "Before the course"}


def moodle_xml(sets: Sequence[QuestionSet]) -> Export:
    """Return all questions that Moodle has a kind for, in a category for each set and use.

    Raises:
        CyberNormsError: questions have no key here.
    """
    must_have_keys(sets, "Questions cannot be exported")
    bank = _Bank()
    bank.notes += [
        Note("“Defensible” is no verdict in Moodle: it is the first word of the feedback"),
        Note("Explorers, minutes and the record of answers stay in the notebooks"),
        Note("Questions without points have the grade 1, since Moodle's quizzes need one"),
    ]
    for each in sets:
        for use, name in _USES.items():
            chosen = [question for question in each.questions if question.use == use]
            if chosen:
                title = each.title.replace("/", "//")  # a single one would begin a subcategory
                bank.category(f"cybernorms/{each.id.split('-')[0]} {title}/{name}")
            for question in chosen:
                writer = WRITERS[type(question)]
                if isinstance(writer, str):
                    bank.note(question, writer)
                else:
                    writer(bank, question)
    content = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *bank.elements, "</quiz>", ""]
    )
    return Export("Moodle XML", {FILE: content.encode("utf-8")}, bank.notes)
