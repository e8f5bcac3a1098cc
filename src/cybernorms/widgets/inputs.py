"""The inputs of a form, one class a kind of question: what to fill in, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, ClassVar

import ipywidgets as w

from cybernorms.document import Aside, Block, Table, plural, to_html
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
from cybernorms.exercises.questions import Question
from cybernorms.exercises.responses import (
    Unreadable,
    count_words,
    find_id,
    find_ids,
    find_pairs,
    read_number,
    read_text,
)
from cybernorms.widgets.view import bar, button, checkbox_looks, html, plain_looks, wide_looks

OPEN = "Choose …"


class Inputs:
    """The widgets of one question.

    `widgets` are shown top to bottom; `get` returns the response as it stands, `put` fills in an
    earlier one and quietly leaves out what no longer fits; `changed` is called after each change
    that a learner makes. `to_do` says what is missing while nothing is filled in.
    """

    to_do: ClassVar[str] = "Choose first"

    widgets: Sequence[w.Widget]

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._filling = False

    def get(self) -> Any:
        raise NotImplementedError

    def put(self, response: Any) -> None:
        """Fill in a response without reporting a change."""
        self._filling = True
        try:
            self._put(response)
        except Unreadable:
            pass  # a hand-edited record, or an option that a new revision no longer has
        finally:
            self._filling = False

    def _put(self, response: Any) -> None:
        raise NotImplementedError

    def _watch(self, *widgets: w.Widget) -> None:
        for widget in widgets:
            widget.observe(self._report, names="value")

    def _report(self, _change: Any = None) -> None:
        if not self._filling:
            self._changed()


class ChoiceInputs(Inputs):
    """Radio buttons."""

    def __init__(self, question: Choice, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self._radio = w.RadioButtons(
            options=[(option.text, option.id) for option in question.options],
            value=None,
            **wide_looks(),
        )
        self.widgets = [self._radio]
        self._watch(self._radio)

    def get(self) -> str | None:
        return self._radio.value  # type: ignore[no-any-return]

    def _put(self, response: Any) -> None:
        self._radio.value = find_id(response, {id: text for text, id in self._radio.options})


class SeveralInputs(Inputs):
    """Check boxes."""

    def __init__(self, question: Several, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self._boxes = {
            option.id: w.Checkbox(**checkbox_looks(), description=option.text, indent=False)
            for option in question.options
        }
        self.widgets = list(self._boxes.values())
        self._watch(*self._boxes.values())

    def get(self) -> list[str]:
        return [id for id, box in self._boxes.items() if box.value]

    def _put(self, response: Any) -> None:
        chosen = find_ids(response, {id: box.description for id, box in self._boxes.items()})
        for id, box in self._boxes.items():
            box.value = id in chosen


def row(label: str, field: w.Widget) -> w.Widget:
    """Return a field with its label beside it, or above it where there is no room."""
    field.description = label
    field.style.description_width = "initial"
    field.add_class("cn-row")
    return field


class _Dropdowns(Inputs):
    """A list to choose from for each of several lines."""

    def __init__(
        self,
        lines: dict[str, str],
        options: dict[str, dict[str, str]],
        changed: Callable[[], None],
    ) -> None:
        super().__init__(changed)
        self._fields = {
            id: row(
                label,
                w.Dropdown(
                    **plain_looks(), options=[(OPEN, ""), *((t, i) for i, t in options[id].items())]
                ),
            )
            for id, label in lines.items()
        }
        self.widgets = list(self._fields.values())
        self._watch(*self._fields.values())

    def get(self) -> dict[str, str]:
        return {id: field.value for id, field in self._fields.items() if field.value}

    def _put(self, response: Any) -> None:
        lines = {id: field.description for id, field in self._fields.items()}
        for id, given in find_pairs(response, lines).items():
            texts = {value: text for text, value in self._fields[id].options if value}
            self._fields[id].value = find_id(given, texts)


class MatchInputs(_Dropdowns):
    """A list of categories for each item."""

    def __init__(self, question: Match, changed: Callable[[], None]) -> None:
        lines = {item.id: item.text for item in question.items}
        super().__init__(lines, {id: dict(question.categories) for id in lines}, changed)


def reads_on(question: Clause) -> bool:
    """Return whether the parts make one sentence: after the first, some wording begins small.

    The values of a coding, such as `Bilateral` and `Trade`, stand side by side and make none.
    """
    return any(option.text[0].islower() for part in question.parts[1:] for option in part.options)


class ClauseInputs(_Dropdowns):
    """A list of wordings for each part, and the clause as it reads so far if it is one."""

    def __init__(self, question: Clause, changed: Callable[[], None]) -> None:
        texts = {part.id: {o.id: o.text for o in part.options} for part in question.parts}
        super().__init__({part.id: part.label for part in question.parts}, texts, changed)
        self._texts = texts
        self._clause = html("")
        for field in self._fields.values():
            field.add_class("cn-wide")
        if not reads_on(question):
            return
        self.widgets = [*self.widgets, self._clause]
        for field in self._fields.values():
            field.observe(self._preview, names="value")
        self._preview()

    def _preview(self, _change: Any = None) -> None:
        words = [
            escape(self._texts[id][field.value]) if field.value else "…"
            for id, field in self._fields.items()
        ]
        self._clause.value = (
            f"<p class='cn-note'>Your clause so far</p><blockquote><p>{' '.join(words)}</p>"
            "</blockquote>"
        )


class OrderInputs(Inputs):
    """A list with buttons that move the chosen line up and down."""

    to_do = "You have not moved a line yet. Move at least one"

    def __init__(self, question: Order, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self._texts = {item.id: item.text for item in question.items}
        self._touched = False
        self._list = w.Select(
            options=self._numbered(list(self._texts)),
            description="First at the top: choose a line, then move it",
            rows=len(self._texts),
            layout=w.Layout(width="100%", height="auto"),
        )
        self._list.add_class("cn-list")
        self._list.style.description_width = "initial"
        self._up, self._down = button("Move up", moves=True), button("Move down", moves=True)
        self._up.on_click(lambda _: self._move(-1))
        self._down.on_click(lambda _: self._move(1))
        buttons = bar(self._up, self._down)
        self.widgets = [self._list, buttons]

    def _numbered(self, ids: list[str]) -> list[tuple[str, str]]:
        return [(f"{number}. {self._texts[id]}", id) for number, id in enumerate(ids, start=1)]

    def _ids(self) -> list[str]:
        return [id for _, id in self._list.options]

    def _move(self, step: int) -> None:
        ids, chosen = self._ids(), self._list.value
        index = ids.index(chosen)
        other = index + step
        if 0 <= other < len(ids):
            ids[index], ids[other] = ids[other], ids[index]
            self._list.options = self._numbered(ids)
            self._list.value = chosen
        self._touched = True
        self._report()

    def get(self) -> list[str] | None:
        return self._ids() if self._touched else None

    def _put(self, response: Any) -> None:
        ids = find_ids(response, self._texts)
        new = [id for id in self._texts if id not in ids]
        # An answer from before some were in the question has gaps in their place.
        if not new or (isinstance(response, list) and None in response):
            self._list.options = self._numbered([*ids, *new])
            self._touched = True


class NumberInputs(Inputs):
    """A field for a number."""

    to_do = "Write something first"

    def __init__(self, question: Number, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        label = f"Your number ({question.unit})" if question.unit else "Your number"
        self._field = row(label, w.Text())
        self._field.add_class("cn-near")
        self.widgets = [self._field]
        self._watch(self._field)

    def get(self) -> str:
        return self._field.value  # type: ignore[no-any-return]

    def _put(self, response: Any) -> None:
        typed = response if isinstance(response, str) else f"{read_number(response):g}"
        self._field.value = typed


class ForecastInputs(Inputs):
    """A field for a probability for each statement, and below it what the number says."""

    def __init__(self, question: Forecast, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self._fields = {each.id: row(each.text, w.Text()) for each in question.statements}
        self._words = {id: html("") for id in self._fields}
        note = "For each line, a probability from 0 (never) to 100 (certain), in per cent."
        pairs = zip(self._fields.values(), self._words.values(), strict=True)
        self.widgets = [
            html(f"<p class='cn-note'>{note}</p>"),
            *(each for pair in pairs for each in pair),
        ]
        for id, field in self._fields.items():
            field.observe(lambda _, id=id: self._say(id), names="value")
        self._watch(*self._fields.values())

    def _say(self, id: str) -> None:
        """Say in words what the number in a field means."""
        typed = self._fields[id].value
        try:
            meaning = in_words(read_number(typed)) if typed.strip() else ""
        except (Unreadable, ValueError):
            meaning = "Write a number from 0 to 100."
        self._words[id].value = f"<p class='cn-note'>{meaning}</p>" if meaning else ""

    def get(self) -> dict[str, str]:
        return {id: field.value for id, field in self._fields.items() if field.value.strip()}

    def _put(self, response: Any) -> None:
        texts = {id: field.description for id, field in self._fields.items()}
        for id, given in find_pairs(response, texts).items():
            self._fields[id].value = f"{read_number(given):g}"


class WrittenInputs(Inputs):
    """A field for a text, with its rubric above and the words counted below."""

    to_do = "Write something first"

    def __init__(self, question: Written, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self._least, self._most = question.words
        self._field = w.Textarea(
            description=f"Your text ({self._least} to {self._most} words)",
            layout=w.Layout(width="100%"),
            style={"description_width": "initial"},
        )
        self._field.add_class("cn-text")
        self._count = html("", "cn-count")
        self.widgets = [html(to_html(rubric_blocks(question))), self._field, self._count]
        self._field.observe(self._counted, names="value")
        self._watch(self._field)
        self._counted()

    def _counted(self, _change: Any = None) -> None:
        words = count_words(self._field.value)
        self._count.value = f"<p class='cn-note'>{plural(words, 'word')} so far.</p>"

    def get(self) -> str:
        return self._field.value  # type: ignore[no-any-return]

    def _put(self, response: Any) -> None:
        self._field.value = read_text(response)


def rubric_blocks(question: Written) -> list[Block]:
    """Return the rubric as a table to open, so that it is in sight while writing."""
    columns = ["Criterion (points)", *(each.name for each in question.criteria[0].levels)]
    rows = [
        [f"{each.name} ({each.points:g})", *(level.text for level in each.levels)]
        for each in question.criteria
    ]
    table = Table("Rubric", columns, rows)
    return [Aside("How this text will be read (rubric)", [table], open=True)]


# What is answered in code has no inputs.
INPUTS: Mapping[type[Question], type[Any] | None] = {
    Choice: ChoiceInputs,
    Several: SeveralInputs,
    Match: MatchInputs,
    Order: OrderInputs,
    Number: NumberInputs,
    Forecast: ForecastInputs,
    Clause: ClauseInputs,
    Value: None,
    Written: WrittenInputs,
}


def inputs_for(question: Question, changed: Callable[[], None]) -> Inputs:
    """Return the inputs that suit a question of any kind but those that are answered in code."""
    inputs = INPUTS[type(question)]
    assert inputs is not None
    made: Inputs = inputs(question, changed)
    return made
