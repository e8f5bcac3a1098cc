"""The control for each kind of question: how it is described, and what its value says.

The value of a control has the form of the response that the record keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from cybernorms.cards.card import choices_of, text_of
from cybernorms.cards.parts import (
    Choice as Chosen,
    Control,
    Entry,
    Line,
    Lines,
    Options,
    Percents,
    Ranking,
    Text,
)
from cybernorms.document import line_html
from cybernorms.exercises.feedback import reason_line
from cybernorms.exercises.forecasts import in_words
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
from cybernorms.exercises.options import Option, explain, texts_of
from cybernorms.exercises.questions import Feedback, Question
from cybernorms.exercises.responses import (
    Unreadable,
    find_id,
    find_ids,
    find_pairs,
    read_number,
    read_text,
)

NAME = "answer"  # of the control of a question
MOST_CHIPS = 7
LONGEST_CHIP = 24  # letters
CHIPS_IN_ALL = 100  # letters of all chips of a line, or they fill three lines

Whys = Mapping[str, str]
"""Reasons as HTML: by the text of what was chosen, or by the label of its line."""


class Kind(NamedTuple):
    """What the card of a kind of question knows.

    `control` describes the control, with reasons where there are any; `read` returns the response
    that a value stands for; `fill` returns the value for a response of the record; `to_do` says
    what is missing while nothing is filled in.
    """

    control: Callable[[Any, Whys], Control]
    read: Callable[[Any], Any]
    fill: Callable[[Any, Any], Any]
    to_do: str = "Choose first"


def why_html(feedback: Feedback) -> str:
    """Return a reason as HTML, for a place where its label and the choice stand already."""
    return line_html(
        reason_line(
            Feedback(
                "",
                "",
                feedback.verdict,
                feedback.reason,
                feedback.source,
                feedback.pinpoint,
            )
        )
    )


def option_whys(options: Sequence[Option]) -> dict[str, str]:
    """Return the reasons of all options by their texts."""
    return {option.text: why_html(explain(option)) for option in options}


def _options(question: Choice | Several, whys: Whys) -> Options:
    return Options(
        NAME,
        [Chosen(each.id, each.text, why=whys.get(each.text, "")) for each in question.options],
        several=isinstance(question, Several),
    )


def fit_chips(texts: Sequence[str]) -> bool:
    """Return whether a choice is so short that its words can stand side by side."""
    return (
        len(texts) <= MOST_CHIPS
        and max(map(len, texts)) <= LONGEST_CHIP
        and sum(map(len, texts)) <= CHIPS_IN_ALL
    )


def _match(question: Match, whys: Whys) -> Lines:
    texts = question.categories
    return Lines(
        NAME,
        [Line(each.id, each.text, why=whys.get(each.text, "")) for each in question.items],
        options=[Chosen(id, text) for id, text in texts.items()],
        chips=fit_chips(list(texts.values())),
    )


def reads_on(question: Clause) -> bool:
    """Return whether the parts make one sentence: after the first, some wording begins small.

    The values of a coding, such as `Bilateral` and `Trade`, stand side by side and make none.
    """
    return any(option.text[0].islower() for part in question.parts[1:] for option in part.options)


def _clause(question: Clause, whys: Whys) -> Lines:
    parts = [
        Line(
            part.id,
            part.label,
            [Chosen(each.id, each.text) for each in part.options],
            why=whys.get(part.label, ""),
        )
        for part in question.parts
    ]
    texts = [[each.text for each in part.options] for part in question.parts]
    sentence = "Your clause so far" if reads_on(question) else ""
    return Lines(NAME, parts, chips=all(map(fit_chips, texts)), sentence=sentence)


def _order(question: Order, whys: Whys) -> Ranking:
    items = [Chosen(each.id, each.text, why=whys.get(each.text, "")) for each in question.items]
    return Ranking(NAME, items)


def _number(question: Number, whys: Whys) -> Entry:
    label = f"Your number ({question.unit})" if question.unit else "Your number"
    return Entry(NAME, label, question.unit, number=True)


def _forecast(question: Forecast, whys: Whys) -> Percents:
    lines = [Line(each.id, each.text, why=whys.get(each.text, "")) for each in question.statements]
    return Percents(NAME, lines, [in_words(percent) for percent in range(101)])


def _written(question: Written, whys: Whys) -> Text:
    least, most = question.words
    return Text(NAME, f"Your text ({least} to {most} words)", least, most)


def _read_one(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _read_list(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _read_order(value: Any) -> list[str] | None:
    return _read_list(value) or None


def _fill_order(question: Order, response: Any) -> list[str] | None:
    ids = find_ids(response, {item.id: item.text for item in question.items})
    new = [item.id for item in question.items if item.id not in ids]
    # An answer from before some were in the question has gaps in their place.
    if not new or (isinstance(response, list) and None in response):
        return [*ids, *new]
    return None


def _fill_pairs(response: Any, lines: Mapping[str, str], texts: Mapping[str, Any]) -> Any:
    found = find_pairs(response, lines)
    return {id: find_id(given, texts[id]) for id, given in found.items()}


def _fill_match(question: Match, response: Any) -> Any:
    lines = {item.id: item.text for item in question.items}
    return _fill_pairs(response, lines, dict.fromkeys(lines, question.categories))


def _fill_clause(question: Clause, response: Any) -> Any:
    lines = {part.id: part.label for part in question.parts}
    return _fill_pairs(
        response, lines, {part.id: texts_of(part.options) for part in question.parts}
    )


def _fill_number(question: Number, response: Any) -> str:
    return response if isinstance(response, str) else f"{read_number(response):g}"


def _fill_forecast(question: Forecast, response: Any) -> dict[str, str]:
    pairs = find_pairs(response, {each.id: each.text for each in question.statements})
    return {id: f"{read_number(given):g}" for id, given in pairs.items()}


_WRITE = "Write something first"

# What is answered in code has no control.
KINDS: Mapping[type[Question], Kind | None] = {
    Choice: Kind(_options, _read_one, lambda q, r: find_id(r, texts_of(q.options))),
    Several: Kind(_options, _read_list, lambda q, r: find_ids(r, texts_of(q.options))),
    Match: Kind(_match, choices_of, _fill_match),
    Order: Kind(
        _order, _read_order, _fill_order, "You have not moved a line yet. Move at least one"
    ),
    Number: Kind(_number, text_of, _fill_number, _WRITE),
    Forecast: Kind(_forecast, choices_of, _fill_forecast, _WRITE),
    Clause: Kind(_clause, choices_of, _fill_clause),
    Value: None,
    Written: Kind(_written, text_of, lambda q, r: read_text(r), _WRITE),
}


def kind_of(question: Question) -> Kind:
    """Return what the card of a question knows, of any kind but those answered in code."""
    kind = KINDS[type(question)]
    assert kind is not None
    return kind


def value_of(question: Question, response: Any) -> Any:
    """Return the value for a response of the record; None for one that no longer fits.

    A record can be edited by hand, and a new revision can lack an option.
    """
    try:
        return kind_of(question).fill(question, response)
    except Unreadable:
        return None
