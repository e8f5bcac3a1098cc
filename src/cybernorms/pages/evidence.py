"""The evidence weigher: read and weigh items, see what the sum says and what would change it."""

from __future__ import annotations

from cybernorms.analysis.evidence import apart_from
from cybernorms.corpus.evidence import Evidence, load_bearings, load_evidence, load_explanations
from cybernorms.corpus.rows import find_row
from cybernorms.document import Block, Facts, Heading, Line, Paragraph, Section, Strong, Table
from cybernorms.pages.explorer import Field, among
from cybernorms.pages.sourcing import format_date, quote, sourced

LESSON = "06"
TITLE = "Evidence weigher"
KEY = "evidence-weights"
SECOND = "B"
ASKED = "Why were fewer thefts of trade secrets seen between 2014 and 2016?"
INTRO = (
    "Say first how likely each explanation seems to you. Then take the items one by one and give "
    "each a weight: how good is it as evidence? The bars move with every item, and only then do "
    "you see why."
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


def item_ids() -> list[str]:
    """Return the ids of all items, in the order of the ledger."""
    return [each.id for each in load_evidence(lesson=LESSON)]


def find_item(id: str) -> Evidence:
    """Return an item of evidence by its id."""
    return find_row(load_evidence(lesson=LESSON), id, "item")


def weighed_items() -> list[Evidence]:
    """Return the items that bear on the question."""
    return [each for each in load_evidence(lesson=LESSON) if each.weighed]


def label(item: Evidence) -> str:
    """Return what a list calls an item."""
    return f"{item.position}. {item.title} ({item.date[:4]})"


def _figure(item: Evidence) -> str:
    figure = item.figure.removeprefix("<")
    bound = "fewer than " if item.figure.startswith("<") else FIGURES[item.figure_kind]
    return f"{bound}{figure} {item.unit} ({item.figure_kind})"


def item_section(item: Evidence) -> Section:
    """Return an item with its figure, its quality, its source and what China answered."""
    blocks: list[Block] = [Paragraph(sourced(item.says, item))]
    blocks += quote(item.quotation)
    facts: list[tuple[str, Line]] = [
        ("Who", item.who),
        ("When", item.date_said or format_date(item.date)),
        ("Kind", item.kind),
        ("About the time", item.about),
        ("Observer", item.family),
    ]
    if item.figure:
        facts.append(("Figure", _figure(item)))
    facts += [("Good for", item.good_for), ("Weak because", item.weak_because)]
    answer = item.answer
    facts.append(("China\u2019s answer", sourced(answer.text, answer)))
    blocks.append(Facts(facts))
    blocks += quote(answer.quotation)
    if not item.weighed:
        blocks.append(Paragraph("This item is here to be read, and is not weighed below.", "note"))
    return Section(label(item), blocks, 4)


def bearing_table(item: Evidence) -> Table:
    """Return how an item bears on each explanation; where coders differ, with both reasons."""
    names = {each.id: each.name for each in load_explanations(lesson=LESSON)}
    rows: list[list[Line]] = []
    for first in load_bearings(lesson=LESSON):
        if first.evidence != item.id:
            continue
        others = apart_from(first, load_bearings(lesson=LESSON, coder=SECOND))
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
            sourced(each.says, each),
            each.expects,
            each.against,
        ]
        for each in load_explanations(lesson=LESSON)
    ]
    columns = ["Explanation", "It says", "If it is right, expect", "Against it would be"]
    return Table("Five explanations", columns, rows)


def head_blocks() -> list[Block]:
    """Return the title, the question and how to go about it."""
    return [Heading(TITLE), Paragraph([Strong("Question. "), ASKED]), Paragraph(INTRO)]


ITEM = Field(
    "item", "Item", lambda state: [(label(each), each.id) for each in load_evidence(lesson=LESSON)]
)
HERE = Field("here", "It counts", among(WEIGHTS))
ONCE = Field("once", "Count each observer once", kind="check box")


def prior_fields() -> list[Field]:
    """Return a list for the starting point of each explanation."""
    return [Field(each.id, each.name, among(PRIORS)) for each in load_explanations(lesson=LESSON)]


def weight_fields() -> list[Field]:
    """Return a list for the weight of each item."""
    return [Field(each.id, label(each), among(WEIGHTS)) for each in weighed_items()]
