"""The policy coder: code passages on three axes, then see how far you and two others agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from cybernorms.analysis.agreement import (
    Codes,
    Measure,
    cohens_kappa,
    equal_items,
    krippendorffs_alpha,
    percent_agreement,
    percent_by_chance,
)
from cybernorms.corpus.codings import AXES, find_codings, load_axes, load_coders, values_of
from cybernorms.corpus.documents import DocumentPassage, coded_passages, find_document
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Facts,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.exercises.record import Record
from cybernorms.pages.documents import passage_blocks
from cybernorms.pages.kept import history_of
from cybernorms.pages.sheet import Sheet, kept_choices

LESSON = "04"
TITLE = "Policy coder"
MOST_ON_A_SHEET = 5
YOU = "You"
INTRO = (
    "Code each passage on all three axes, each axis by itself. "
    "Go by the words of the passage and by the definitions, not by what you know of its author. "
    "Two coders have done so before you, without seeing each other; "
    "their choices open once yours are saved."
)
ACCOUNT: tuple[tuple[str, str], ...] = (
    (
        "Percent agreement",
        "of the passages that both coded, the share with the same value. Easy to read, and easy to "
        "reach where most passages belong in one category anyway.",
    ),
    (
        "By chance",
        "the share on which two coders would agree if each dealt out values blindly, each value as "
        "often as he or she used it.",
    ),
    (
        "Kappa",
        "how much of the way from chance to full agreement two coders have come: 0.5 is half of "
        "it, 0 is none, and below 0 they agree less than chance would have it. Where one value "
        "is very common, chance is high, and kappa can be low although agreement is high. Where "
        "both used one value only, there is no way left to go, and it cannot be computed.",
    ),
    (
        "Alpha",
        "the same idea for any number of coders, counted from their disagreements: 1 is full "
        "agreement, 0 is no better than chance. It is as sensitive to common values as kappa is.",
    ),
    (
        "Few passages",
        "let every figure jump. Read nothing into a small difference, and look at the passages.",
    ),
    (
        "Agreement is not truth.",
        "Coders can agree because the definitions are clear, because they share a habit, or "
        "because they overlook the same thing. Where they differ, the passage or the definition "
        "may be open. That is worth knowing, and no figure tells you.",
    ),
)


def deal(passages: Sequence[DocumentPassage]) -> list[list[DocumentPassage]]:
    """Return the passages in sheets of nearly equal size, dealt out like cards.

    A sheet so has passages of several documents.
    """
    count = -(-len(passages) // MOST_ON_A_SHEET)
    return [list(passages[start::count]) for start in range(count)]


def line_id(passage: str, axis: str) -> str:
    """Return what a sheet calls the line for a passage on an axis."""
    return f"{passage}:{axis}"


def codes_on(axis: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the values on one axis, by passage, from choices by line."""
    ending = f":{axis}"
    return {
        line.removesuffix(ending): value for line, value in chosen.items() if line.endswith(ending)
    }


def coders_on(axis: str, chosen: Mapping[str, str]) -> dict[str, Codes]:
    """Return the codings of the passages on an axis: the learner's first, then the module's."""
    passages = {each.id for each in coded_passages(lesson=LESSON)}
    found: dict[str, Codes] = {YOU: codes_on(axis, chosen)}
    for coder in load_coders():
        found[named(coder)] = {
            each.item: each.value
            for each in find_codings(axis=axis, coder=coder)
            if each.item in passages
        }
    return found


def format_figure(figure: Measure, form: str) -> str:
    """Return a figure in a form such as "kappa {}", or why there is none."""
    if figure.value is None:
        return f"{form.format('')}cannot be computed: {figure.why}"
    return form.format(f"{figure.value:.2f}".replace("-", "\u2212"))


def describe_pair(one: Codes, two: Codes) -> str:
    """Return how two coders agree, in a line."""
    agreement, chance = percent_agreement(one, two), percent_by_chance(one, two)
    if agreement.value is None or chance.value is None:
        return agreement.why
    kappa = format_figure(cohens_kappa(one, two), "kappa {}")
    return (
        f"{len(equal_items(one, two))} of {agreement.items} ({agreement.value:.0f} per cent); "
        f"by chance {chance.value:.0f} per cent; {kappa}"
    )


def agreement_table(caption: str, by_axis: Mapping[str, Mapping[str, Codes]]) -> Table:
    """Return a table of all pairs of coders and of all coders together, a row for each axis."""
    coders = list(next(iter(by_axis.values())))
    pairs = list(combinations(coders, 2))
    columns = ["Axis", *(f"{one} and {two}" for one, two in pairs)]
    together = len(coders) > 2
    if together:
        columns.append("All of them")
    rows: list[list[Line]] = []
    for axis, codes in by_axis.items():
        cells = [describe_pair(codes[one], codes[two]) for one, two in pairs]
        if together:
            cells.append(format_figure(krippendorffs_alpha(list(codes.values())), "alpha {}"))
        rows.append([AXES[axis], *cells])
    return Table(caption, columns, rows)


def account_blocks(passages: int) -> list[Block]:
    """Return in plain words what the figures mean, and when they mislead."""
    lines: list[Line] = []
    for name, text in ACCOUNT:
        stop = " " if name.endswith(".") else ": "
        lines.append([Strong(name), stop, text])
    if passages:
        lines.append(
            f"Here: with {passages} passages, one agreement more or less moves the percentage by "
            f"{100 / passages:.0f} points."
        )
    return [Bullets(lines)]


def differences(title: str, passage: DocumentPassage, chosen: Mapping[str, str]) -> Table | None:
    """Return what everybody says of a passage on the axes where they differ; None if nowhere."""
    rows: list[list[Line]] = []
    coders = load_coders()
    for axis, name in AXES.items():
        yours = chosen.get(line_id(passage.id, axis), "")
        codings = {each.coder: each for each in find_codings(item=passage.id, axis=axis)}
        if len({yours, *(each.value for each in codings.values())} - {""}) > 1:
            others: list[Line] = [
                [Strong(f"{codings[coder].value}. "), codings[coder].reason]
                if coder in codings
                else ""
                for coder in coders
            ]
            rows.append([name, [Strong(yours)], *others])
    return Table(title, ["Axis", YOU, *map(named, coders)], rows) if rows else None


def named(coder: str) -> str:
    """Return what learners call a coder."""
    return f"Coder {coder}"


def reading(
    sheet: Sequence[DocumentPassage], chosen: Mapping[str, str], kept: Mapping[str, str]
) -> list[Block]:
    """Return how the learner and the coders agree, and where on a sheet they differ.

    Arguments:
        sheet: the passages of the sheet.
        chosen: the choices on it, by line.
        kept: the choices kept for all sheets, by line.
    """
    yours = {**kept, **chosen}
    by_axis = {axis: coders_on(axis, yours) for axis in AXES}
    coded = len(codes_on(next(iter(AXES)), yours))
    of_all = len(coded_passages(lesson=LESSON))
    sections: list[Block] = []
    alike: list[str] = []
    for number, passage in enumerate(sheet, start=1):
        title = f"Passage {number}: {find_document(passage.document, lesson=LESSON).short_name}"
        if table := differences(title, passage, chosen):
            sections.append(table)
        else:
            alike.append(str(number))
    if alike:
        which = "Passage" if len(alike) == 1 else "Passages"
        sections.append(
            Paragraph([Strong(f"{which} {', '.join(alike)}: "), "all of you say the same."])
        )
    others = {axis: {n: c for n, c in codes.items() if n != YOU} for axis, codes in by_axis.items()}
    return [
        agreement_table(f"Agreement on the passages that you have coded ({coded})", _on(by_axis)),
        Aside("What the figures mean, and when they mislead", account_blocks(coded)),
        Section("Where you differ on this sheet, and why", sections, 4),
        agreement_table(f"The coders alone, on all {of_all} passages", others),
    ]


def _on(by_axis: Mapping[str, Mapping[str, Codes]]) -> dict[str, dict[str, Codes]]:
    """Return all codings of those passages only that the learner has coded."""
    return {
        axis: {
            name: {item: value for item, value in codes.items() if item in coders[YOU]}
            for name, codes in coders.items()
        }
        for axis, coders in by_axis.items()
    }


def codebook() -> Aside:
    """Return the axes with their rules and the definitions of all values, to open on demand."""
    blocks: list[Block] = []
    for axis in load_axes():
        facts: list[tuple[str, Line]] = [
            (each.value, f"{each.definition} Borderline: {each.borderline}")
            for each in values_of(axis.axis)
        ]
        rule = Paragraph([Strong(f"{axis.question} "), axis.rule])
        blocks.append(Section(AXES[axis.axis], [rule, Facts(facts)], 4))
    return Aside("The three axes, with definitions and borderline cases", blocks)


def sheets(record: Record) -> list[Sheet]:
    """Return the sheets of the coder; their readings look at what the record holds for all."""
    found: list[Sheet] = []
    for number, passages in enumerate(deal(coded_passages(lesson=LESSON)), start=1):
        lines = {
            line_id(each.id, axis): f"Passage {index}: {axis}"
            for index, each in enumerate(passages, start=1)
            for axis in AXES
        }
        found.append(
            Sheet(
                id=f"policy-{number}",
                title=f"Sheet {number}: {len(passages)} passages",
                intro=[Paragraph(INTRO), codebook()],
                lines=lines,
                categories={},
                reading=_reading_of(passages, found, record),
                own={
                    line: {each.value: each.value for each in values_of(line.rsplit(":", 1)[1])}
                    for line in lines
                },
                above={
                    line_id(each.id, next(iter(AXES))): passage_blocks(each, index)
                    for index, each in enumerate(passages, start=1)
                },
                unit="Reading",
                lead=_leads(passages),
                one=coded_blocks,
                look=coded_look,
                ending=_reading_of(passages, found, record),
            )
        )
    return found


def _leads(passages: Sequence[DocumentPassage]) -> dict[str, Sequence[Block]]:
    """Return what to look at for each line: the passage, and the question of the axis."""
    questions = {axis.axis: axis.question for axis in load_axes()}
    return {
        line_id(each.id, axis): [
            *passage_blocks(each, number),
            Paragraph([Strong(questions[axis])]),
        ]
        for number, each in enumerate(passages, start=1)
        for axis in AXES
    }


def coded_look(line: str, value: str) -> str:
    """Return how a value stands to those of the coders; where they differ, either can be had."""
    item, _, axis = line.rpartition(":")
    values = {each.value for each in find_codings(item=item, axis=axis)}
    if value not in values:
        return "incorrect"
    return "correct" if len(values) == 1 else "defensible"


def coded_blocks(line: str, value: str) -> list[Block]:
    """Return what the coders say of a passage on an axis, beside the learner's value."""
    item, _, axis = line.rpartition(":")
    codings = find_codings(item=item, axis=axis)
    return [
        Paragraph([Strong(f"You: {value}.")]),
        Bullets([[Strong(f"{named(e.coder)}, {e.value}. "), e.reason] for e in codings]),
    ]


def _reading_of(
    passages: Sequence[DocumentPassage], all_sheets: list[Sheet], record: Record
) -> Callable[[Mapping[str, str]], list[Block]]:
    """Return the function that tells the reading of one sheet beside given choices."""

    def reading_beside(chosen: Mapping[str, str]) -> list[Block]:
        history, kept = history_of(record), dict[str, str]()
        for sheet in all_sheets:
            kept |= kept_choices(sheet, history)
        return reading(passages, chosen, kept)

    return reading_beside
