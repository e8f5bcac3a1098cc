"""What the weighed evidence adds up to, what would change it, and what a fall cannot show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

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
from cybernorms.document import Block, Bullets, Line, Paragraph, Section, Strong, Table
from cybernorms.pages.evidence import (
    LESSON,
    PRIORS,
    SECOND,
    WEIGHTS,
    find_item,
    label,
    weighed_items,
)

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
    "The authors of this list have weighed already: what wasn't reported isn't in it.",
)
FALL = (
    "The count is of what was seen. If 60 were seen before and 5 after, all three stories below "
    "fit equally well, so the fall alone cannot choose among them. What could: losses that come "
    "to light later, the same fall seen by an observer who looks in another way, or a fall in "
    "theft for trade and not in other spying. The numbers are invented."
)


def _families() -> dict[str, str]:
    return {each.id: each.family for each in load_evidence(lesson=LESSON)}


def _share(bearings: Sequence[Bearing], weighing: Weighing, sign: int) -> float:
    """Return the steps on one side, before observers are counted once."""
    steps = (weighing.weights.get(each.evidence, 0) * STEPS[each.weight] for each in bearings)
    return sum(abs(each) for each in steps if each * sign > 0)


class Standing(Struct, frozen=True):
    """Where an explanation stands: its name, its steps now, and those before the last item."""

    name: str
    steps: float
    before: float


def standings(weighing: Weighing, last: str = "") -> list[Standing]:
    """Return where each explanation stands, and where it would stand without one item.

    Arguments:
        weighing: what the reader brings along.
        last: the id of the item that was weighed last; none if not given.
    """
    bearings, families = load_bearings(lesson=LESSON), _families()
    rest = {id: weight for id, weight in weighing.weights.items() if id != last}
    now = scores(bearings, families, weighing)
    before = scores(bearings, families, replace(weighing, weights=rest))
    return [
        Standing(each.name, now[each.id], before[each.id])
        for each in load_explanations(lesson=LESSON)
    ]


def verdict_table(weighing: Weighing) -> Table:
    """Return where each explanation starts and ends, those with most steps first."""
    found = scores(load_bearings(lesson=LESSON), _families(), weighing)
    rows: list[list[Line]] = []
    for each in sorted(load_explanations(lesson=LESSON), key=lambda one: -found[one.id]):
        own = [
            bearing for bearing in load_bearings(lesson=LESSON) if bearing.explanation == each.id
        ]
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
    names = [each.name for each in load_explanations(lesson=LESSON) if each.id in ids]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _describe_change(change: Change) -> str:
    item = find_item(change.evidence)
    return f"{label(item)}, if {change.deed}: {_names(change.leaders)} would be in front."


def _alike() -> list[Evidence]:
    """Return the items that speak in the same way on every explanation."""
    found = []
    for item in weighed_items():
        weights = {each.weight for each in load_bearings(lesson=LESSON) if each.evidence == item.id}
        if len(weights) == 1:
            found.append(item)
    return found


def verdict_blocks(weighing: Weighing) -> list[Block]:
    """Return what the sum says, what would change it, and what a fall cannot show."""
    weighed = [id for id, weight in weighing.weights.items() if weight]
    if not weighed:
        return [Paragraph("No item counts yet. Give at least one of them a weight.")]
    bearings, families = load_bearings(lesson=LESSON), _families()
    front = leaders(scores(bearings, families, weighing))
    found = what_would_change(bearings, families, weighing)
    one_by_one: Block = (
        Bullets([_describe_change(each) for each in found])
        if found
        else Paragraph("No single item, removed or doubled, would put another one in front.")
    )
    alike = [label(each) for each in _alike() if each.id in weighed]
    rest: list[Block] = []
    if alike:
        line = f"They speak alike on every explanation and decide between none: {'; '.join(alike)}."
        rest.append(Paragraph(line))
    level = len(front) == len(load_explanations(lesson=LESSON))
    lead = (
        "No explanation is in front: all are level. " if level else f"In front: {_names(front)}. "
    )
    count = f"Items that count: {len(weighed)} of {len(weighed_items())}"
    once = ", each observer once" if weighing.once_each else ""
    return [
        Paragraph([Strong(lead), f"{count}{once}."]),
        verdict_table(weighing),
        Section("What would change it", [one_by_one, *rest], 4),
        Section("Judged a second time", [Paragraph(second_pass(weighing))], 4),
        *method_blocks(),
        Section("What a fall can and cannot show", [Paragraph(FALL), fall_table()], 4),
    ]


def second_pass(weighing: Weighing) -> str:
    """Return how far the second coder agrees, and what those judgements would put in front."""
    first, second = load_bearings(lesson=LESSON), load_bearings(lesson=LESSON, coder=SECOND)
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
    known = {each.id for each in load_explanations(lesson=LESSON)}
    return Weighing(
        {
            id: float(text)
            for id, text in items.items()
            if id in weighed and text in WEIGHTS and text
        },
        {id: float(text) for id, text in priors.items() if id in known and text in PRIORS},
        given.get("once") is True,
    )
