"""The evidence weigher: read and weigh items, see what the sum says and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as w

from cybernorms.analysis.evidence import (
    STEPS,
    Change,
    Story,
    Weighing,
    apart_from,
    leaders,
    odds_in_words,
    same_fall,
    scores,
    what_would_change,
)
from cybernorms.corpus.evidence import (
    Bearing,
    Evidence,
    load_bearings,
    load_evidence,
    load_explanations,
)
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Facts,
    Heading,
    Line,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    to_html,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.exercises.responses import is_blank
from cybernorms.widgets.inputs import row
from cybernorms.widgets.sourcing import bracketed, place, said
from cybernorms.widgets.view import (
    View,
    bar,
    button,
    checkbox_looks,
    controls,
    html,
    outcome,
    plain_looks,
    show,
)

TITLE = "Evidence weigher"
KEY = "evidence-weights"
SECOND = "B"
ASKED = "Why were fewer thefts of trade secrets seen between 2014 and 2016?"
INTRO = (
    "Say first how likely each explanation seems to you. Then open the items one by one, and give "
    "each a weight by how good it is as evidence. Save and weigh shows what the sum says, and "
    "then also how each item bears on each explanation."
)
PRIORS = {
    "-2": "very unlikely",
    "-1": "unlikely",
    "0": "open",
    "1": "likely",
    "2": "very likely",
}
WEIGHTS = {
    "": "not weighed yet",
    "0": "not at all",
    "0.5": "a little",
    "1": "fully",
    "2": "double",
}
FIGURES = {
    "exact": "",
    "lower bound": "at least ",
    "upper bound": "at most ",
    "range": "",
}
METHOD = (
    "Each explanation starts where you put it. An item that speaks for it adds a step, one that "
    "speaks strongly for it adds two, and against it they are taken away; your weight multiplies "
    "them. Two steps double or halve the odds that the explanation played a part. How an item "
    "bears on an explanation is a judgement of this module, with its reason below; how much it "
    "counts is yours."
)
LIMITS = (
    "This is a device for thinking and not a measurement. The size of a step is a convention.",
    "The explanations do not exclude each other, so each is weighed alone. Several can be likely.",
    "Items of one observer are not independent. Tick the box to count each observer once.",
    "Whoever chose the items has weighed already: what nobody reported is not in the list.",
)
FALL = (
    "The count is of what was seen. If 60 were seen before and 5 after, all three stories below "
    "fit equally well, so the fall alone cannot choose among them. What could: losses that come "
    "to light later, the same fall seen by somebody who looks in another way, or a fall in theft "
    "for trade and not in other spying. The numbers are invented."
)


def find_item(id: str) -> Evidence:
    """Return an item of evidence by its id."""
    return next(each for each in load_evidence() if each.id == id)


def weighed_items() -> list[Evidence]:
    """Return the items that bear on the question."""
    return [each for each in load_evidence() if each.weighed]


def label(item: Evidence) -> str:
    """Return what a list calls an item."""
    return f"{item.position}. {item.title} ({item.date[:4]})"


def _figure(item: Evidence) -> str:
    figure = item.figure.removeprefix("<")
    bound = "fewer than " if item.figure.startswith("<") else FIGURES[item.figure_kind]
    return f"{bound}{figure} {item.unit} ({item.figure_kind})"


def item_section(item: Evidence) -> Section:
    """Return an item with its figure, its quality, its source and what China answered."""
    where = bracketed(item.source, item.pinpoint, item.status, item.as_of)
    blocks: list[Block] = [Paragraph([item.says, " ", *where])]
    quoted = item.quotation
    if quoted:
        blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
    facts: list[tuple[str, Line]] = [
        ("Who", item.who),
        ("When", item.date_said or said(item.date)),
        ("Kind", item.kind),
        ("About the time", item.about),
        ("Observer", item.family),
    ]
    if item.figure:
        facts.append(("Figure", _figure(item)))
    facts += [("Good for", item.good_for), ("Weak because", item.weak_because)]
    answer = item.answer
    told = bracketed(answer.source, answer.pinpoint, answer.status)
    facts.append(("China\u2019s answer", [answer.text, " ", *told]))
    blocks.append(Facts(facts))
    if answer.quotation:
        words = answer.quotation
        blocks.append(Quote(words.text, place(words.source, words.pinpoint, words.status)))
    if not item.weighed:
        blocks.append(Paragraph("This item is here to be read, and is not weighed below.", "note"))
    return Section(label(item), blocks, 4)


def bearing_table(item: Evidence) -> Table:
    """Return how an item bears on each explanation; where coders differ, with both reasons."""
    names = {each.id: each.name for each in load_explanations()}
    rows: list[list[Line]] = []
    for first in load_bearings():
        if first.evidence != item.id:
            continue
        others = apart_from(first, load_bearings(coder=SECOND))
        if others:
            both = [first, *others]
            weight = ", ".join(f"{each.weight} ({each.coder})" for each in both)
            reasons = " ".join(f"{each.coder}: {each.reason}" for each in both)
            rows.append([names[first.explanation], f"differ: {weight}", reasons])
        else:
            rows.append([names[first.explanation], first.weight, first.reason])
    columns = ["Explanation", "The item speaks", "Because"]
    return Table("How this item bears on each explanation", columns, rows)


def explanation_table() -> Table:
    """Return the explanations with what each would lead one to expect."""
    rows: list[list[Line]] = [
        [
            each.name,
            [each.says, " ", *bracketed(each.source, each.pinpoint, each.status)],
            each.expects,
            each.against,
        ]
        for each in load_explanations()
    ]
    columns = ["Explanation", "It says", "If it is right, expect", "Against it would be"]
    return Table("Five explanations", columns, rows)


def _families() -> dict[str, str]:
    return {each.id: each.family for each in load_evidence()}


def _share(bearings: Sequence[Bearing], weighing: Weighing, sign: int) -> float:
    """Return the steps on one side, before observers are counted once."""
    steps = (weighing.weights.get(each.evidence, 0) * STEPS[each.weight] for each in bearings)
    return sum(abs(each) for each in steps if each * sign > 0)


def verdict_table(weighing: Weighing) -> Table:
    """Return where each explanation starts and ends, those with most steps first."""
    found = scores(load_bearings(), _families(), weighing)
    rows: list[list[Line]] = []
    for each in sorted(load_explanations(), key=lambda one: -found[one.id]):
        own = [bearing for bearing in load_bearings() if bearing.explanation == each.id]
        rows.append(
            [
                each.name,
                f"{weighing.priors.get(each.id, 0):+g}",
                f"+{_share(own, weighing, 1):g}",
                f"-{_share(own, weighing, -1):g}",
                f"{found[each.id]:+.1f}",
                odds_in_words(found[each.id]),
            ]
        )
    columns = [
        "Explanation",
        "Start",
        "Items for",
        "Items against",
        "End",
        "Odds that it played a part",
    ]
    return Table("Where each explanation ends, in steps", columns, rows)


def _names(ids: frozenset[str]) -> str:
    """Return the names of explanations as a list in words."""
    names = [each.name for each in load_explanations() if each.id in ids]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _change_told(change: Change) -> str:
    item = find_item(change.evidence)
    return f"{label(item)}, if {change.deed}: {_names(change.leaders)} would be in front."


def _alike() -> list[Evidence]:
    """Return the items that speak in the same way on every explanation."""
    found = []
    for item in weighed_items():
        weights = {each.weight for each in load_bearings() if each.evidence == item.id}
        if len(weights) == 1:
            found.append(item)
    return found


def verdict_blocks(weighing: Weighing) -> list[Block]:
    """Return what the sum says, what would change it, and what a fall cannot show."""
    counted = [id for id, weight in weighing.weights.items() if weight]
    if not counted:
        return [Paragraph("No item counts yet. Give at least one of them a weight.")]
    bearings, families = load_bearings(), _families()
    front = leaders(scores(bearings, families, weighing))
    found = what_would_change(bearings, families, weighing)
    one_by_one: Block = (
        Bullets([_change_told(each) for each in found])
        if found
        else Paragraph("No single item, removed or doubled, would put another one in front.")
    )
    alike = [label(each) for each in _alike() if each.id in counted]
    rest: list[Block] = []
    if alike:
        told = f"They speak alike on every explanation and decide between none: {'; '.join(alike)}."
        rest.append(Paragraph(told))
    level = len(front) == len(load_explanations())
    lead = (
        "No explanation is in front: all are level. " if level else f"In front: {_names(front)}. "
    )
    count = f"Items that count: {len(counted)} of {len(weighed_items())}"
    once = ", each observer once" if weighing.once_each else ""
    return [
        Paragraph([Strong(lead), f"{count}{once}."]),
        verdict_table(weighing),
        Section("What would change it", [one_by_one, *rest], 4),
        Section("Judged a second time", [Paragraph(second_pass_told(weighing))], 4),
        *method_blocks(),
        Section("What a fall can and cannot show", [Paragraph(FALL), fall_table()], 4),
    ]


def second_pass_told(weighing: Weighing) -> str:
    """Return how far the second coder agrees, and what those judgements would put in front."""
    first, second = load_bearings(), load_bearings(coder=SECOND)
    differing = sum(bool(apart_from(each, second)) for each in first)
    families = _families()
    then = leaders(scores(second, families, weighing))
    same = then == leaders(scores(first, families, weighing))
    front = f"put {'the same' if same else _names(then)} in front"
    return (
        f"Coders A and B judged without sight of each other, and agree on "
        f"{len(first) - differing} of {len(first)} bearings. The sum above is made with those of "
        f"coder A. With those of coder B your weights would {front}."
    )


def method_blocks() -> list[Block]:
    """Return how the sum is made and what it cannot do."""
    return [Section("How it is reckoned", [Paragraph(METHOD), Bullets(LIMITS)], 4)]


def _story_row(story: Story) -> list[Line]:
    return [
        story.name,
        f"{story.done_before:.0f}",
        f"{100 * story.share_before:.0f} per cent",
        f"{story.seen_before:.0f}",
        f"{story.done_after:.0f}",
        f"{100 * story.share_after:.0f} per cent",
        f"{story.seen_after:.0f}",
    ]


def fall_table() -> Table:
    """Return three stories, with invented numbers, that give the same fall in what is seen."""
    columns = [
        "Story",
        "Done before",
        "Share seen before",
        "Seen before",
        "Done after",
        "Share seen after",
        "Seen after",
    ]
    rows = [_story_row(each) for each in same_fall(60, 5, 0.5)]
    return Table("Three stories with the same fall (invented numbers)", columns, rows)


def as_weighing(kept: Any) -> Weighing:
    """Return what the record holds as a weighing; what does not fit is left out."""
    given = kept if isinstance(kept, Mapping) else {}
    items, priors = (
        part if isinstance(part, Mapping) else {}
        for part in (given.get("items"), given.get("priors"))
    )
    weighed = {each.id for each in weighed_items()}
    known = {each.id for each in load_explanations()}
    return Weighing(
        {
            id: float(text)
            for id, text in items.items()
            if id in weighed and text in WEIGHTS and text
        },
        {id: float(text) for id, text in priors.items() if id in known and text in PRIORS},
        given.get("once") is True,
    )


def head_blocks() -> list[Block]:
    """Return the title, the question and how to go about it."""
    return [Heading(TITLE), Paragraph([Strong("Question. "), ASKED]), Paragraph(INTRO)]


class Weigher(View):
    """Items to read, weights and starting points to set, and the sum behind a button.

    Arguments:
        record: where the weights are kept; the learner's own record if not given.
    """

    def __init__(self, record: Record | None = None) -> None:
        self._record = record or Record()
        self._shown: Weighing | None = None
        options = [(label(each), each.id) for each in load_evidence()]
        self.item = w.Dropdown(**plain_looks(), description="Item", options=options)
        self._item = html("")
        self.priors = {each.id: _list(each.name, PRIORS, "0") for each in load_explanations()}
        self.weights = {each.id: _list(label(each), WEIGHTS, "") for each in weighed_items()}
        choices = [(told, id) for id, told in WEIGHTS.items()]
        self.here = w.Dropdown(**plain_looks(), description="It counts", options=choices)
        self.next = button("Next item")
        self.next.on_click(lambda _: self.go_on())
        self.once = w.Checkbox(
            **checkbox_looks(), description="Count each observer once", indent=False
        )
        self.save = button("Save and weigh", main=True)
        self.save.on_click(lambda _: self.submit())
        self._status, self._verdict = outcome(), outcome()
        table = explanation_table()
        super().__init__(
            [
                html(to_html([*head_blocks(), Aside("The five explanations", [table])])),
                html(to_html([Heading("How likely before looking", 4)])),
                *self.priors.values(),
                html(to_html([Heading("Read the items", 4)])),
                controls(self.item),
                self._item,
                controls(self.here),
                bar(self.next),
                html(to_html([Heading("How much each item counts", 4)])),
                *self.weights.values(),
                self.once,
                bar(self.save),
                self._status,
                self._verdict,
            ],
            "cn-explorer",
        )
        self._restore()
        self._draw()
        self.item.observe(lambda _: self._draw(), names="value")
        self.here.observe(lambda _: self._weigh_here(), names="value")
        for field in (*self.priors.values(), *self.weights.values(), self.once):
            field.observe(lambda _: self._changed(), names="value")

    def response(self) -> dict[str, Any]:
        """Return what is filled in, as the record keeps it."""
        return {
            "items": {id: field.value for id, field in self.weights.items() if field.value},
            "priors": {id: field.value for id, field in self.priors.items()},
            "once": self.once.value,
        }

    def item_blocks(self) -> list[Block]:
        """Return the open item; how it bears on the explanations shows once weights are kept."""
        item = find_item(self.item.value)
        read = [bearing_table(item)] if item.weighed and self._shown else []
        return [item_section(item), *read]

    def blocks(self) -> Sequence[Block]:
        verdict = verdict_blocks(self._shown) if self._shown else []
        return [*head_blocks(), explanation_table(), *self.item_blocks(), *verdict]

    def go_on(self) -> None:
        """Open the next item; the first one after the last."""
        ids = [each.id for each in load_evidence()]
        self.item.value = ids[(ids.index(self.item.value) + 1) % len(ids)]

    def submit(self) -> None:
        """Keep the weights, then show the sum."""
        response = self.response()
        if is_blank(response["items"]):
            self._say("problem", "Weigh at least one item first, then press Save and weigh.")
            return
        try:
            self._record.append(KEY, "", response)
        except CyberNormsError as error:
            self._say("problem", str(error))
            return
        self._open(as_weighing(response))
        self._say("saved", "Saved. The sum is below, and each item above now shows its bearing.")

    def _open(self, weighing: Weighing) -> None:
        self._shown = weighing
        self._verdict.value = to_html(verdict_blocks(weighing))
        self._draw()

    def _restore(self) -> None:
        """Fill in the weights that were kept last, and show their sum."""
        try:
            last = self._record.read().last(KEY)
        except CyberNormsError as error:
            self._say("problem", str(error))
            return
        if not last:
            return
        weighing = as_weighing(last.response)
        for id, field in self.weights.items():
            field.value = f"{weighing.weights[id]:g}" if id in weighing.weights else ""
        for id, field in self.priors.items():
            field.value = f"{weighing.priors.get(id, 0):g}"
        self.once.value = weighing.once_each
        if weighing.weights:
            self._open(weighing)
            self._say("saved", "Your earlier weights are filled in.")

    def _say(self, look: str, told: str) -> None:
        line = to_html([Paragraph(told)]).removeprefix("<p>").removesuffix("</p>")
        self._status.value = f"<p class='cn-result cn-{look}' role='alert'>{line}</p>"

    def _changed(self) -> None:
        self._status.value = "<p class='cn-note'>Not saved yet: press Save and weigh.</p>"
        self._show_weight()

    def _draw(self) -> None:
        self._item.value = to_html(self.item_blocks())
        self._show_weight()

    def _show_weight(self) -> None:
        """Show the weight of the open item beside it; one that is not weighed has none."""
        row_of_item = self.weights.get(self.item.value)
        self.here.disabled = row_of_item is None
        self.here.value = row_of_item.value if row_of_item else ""

    def _weigh_here(self) -> None:
        """Give the open item the weight that is chosen beside it."""
        if self.item.value in self.weights:
            self.weights[self.item.value].value = self.here.value


def _list(text: str, choices: Mapping[str, str], value: str) -> w.Dropdown:
    """Return a list to choose from with its label."""
    options = [(told, id) for id, told in choices.items()]
    field = w.Dropdown(**plain_looks(), options=options, value=value)
    return row(text, field)


def show_evidence() -> None:
    """Show the evidence on the promise of 2015, to be weighed against five explanations."""
    show(Weigher())
