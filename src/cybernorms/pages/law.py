"""The rules of law: what each says, whom it binds, and where States disagree about it."""

from __future__ import annotations

from msgspec import Struct

from cybernorms.corpus.law import (
    HOLDINGS,
    SUBJECTS,
    Case,
    LegalPosition,
    Rule,
    load_legal_positions,
    load_rules,
)
from cybernorms.corpus.rows import group_by
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Columns,
    Facts,
    Inline,
    Labelled,
    Line,
    Paragraph,
    Section,
    Strong,
)
from cybernorms.pages.explorer import Explorer, Field, Options, all_or, row
from cybernorms.pages.sourcing import bracketed, format_date, quote, sourced

TITLE = "What binds a State"
HEADINGS = {
    "a rule of law": "It\u2019s a rule of law",
    "no rule of its own": "It\u2019s no rule of its own",
    "a voluntary norm": "It\u2019s a voluntary norm",
    "open in what was read": "Open, in what was read",
}


class LawState(Struct, frozen=True):
    """What is shown: a rule, and perhaps the question that limits the list of rules."""

    subject: str = ""
    rule: str = ""
    lesson: str = "03"


def listed(subject: str) -> list[Rule]:
    """Return the rules on a question; all of them for an empty one."""
    return [each for each in load_rules() if subject in ("", each.subject)]


def case_blocks(case: Case) -> list[Block]:
    """Return what had happened, what the Court held, and what was read of it."""
    facts: list[tuple[str, Line]] = [
        ("What had happened", case.what_happened),
        ("What the Court held", sourced(case.held, case)),
    ]
    note = [Paragraph(case.note, "note")] if case.note else []
    return [Paragraph(f"{case.parties}, {format_date(case.date)}."), Facts(facts), *note]


def position_line(position: LegalPosition) -> Line:
    """Return who holds what, since when, in whose words and where that stands."""
    when = f" ({format_date(position.date)})" if position.date else ""
    line: list[Inline] = [Strong(f"{position.holder}{when}. "), position.position, " "]
    if position.quotation:
        line.append(f"\u201c{position.quotation.text}\u201d ")
        if position.quotation.source != position.source:
            line += [*bracketed(position.quotation), " "]
    return [*line, *bracketed(position)]


def positions_section(disputed: str) -> Section:
    """Return the positions on a disputed rule, side by side by what their holders take it for."""
    groups = group_by(load_legal_positions(disputed), "holds")
    sections = [
        Section(
            f"{HEADINGS[holding]} ({len(groups[holding])})",
            [Bullets([position_line(each) for each in groups[holding]])],
            5,
        )
        for holding in HOLDINGS
        if holding in groups
    ]
    note = "A State that isn\u2019t here may have a position. Only those that were read are listed."
    return Section(f"Who holds what on {disputed}", [Columns(sections), Paragraph(note, "note")], 4)


def rule_section(rule: Rule) -> Section:
    """Return a rule, its words, whom it binds, and what it means for a State."""
    facts: list[tuple[str, Line]] = [
        ("Binds", rule.binds),
        ("Written in", f"{rule.source.issuer}, {rule.source.title}"),
        ("Force of that text", rule.force),
    ]
    if not rule.quotation:
        facts.append(("Its words", "not read, so none are quoted"))
    return Section(
        rule.name,
        [
            Paragraph(sourced(rule.rule, rule)),
            *quote(rule.quotation),
            Facts(facts),
            Labelled("If your networks are used", rule.meaning),
            Paragraph("The last paragraph is this module\u2019s own reading.", "note"),
        ],
        4,
    )


def law_blocks(state: LawState) -> list[Block]:
    """Return the rule, the case behind it, and the positions on it."""
    rule = next(each for each in load_rules() if each.id == state.rule)
    blocks: list[Block] = [rule_section(rule)]
    if rule.case:
        blocks.append(Aside(f"The case: {rule.case.name}", case_blocks(rule.case)))
    if rule.disputed:
        blocks.append(positions_section(rule.disputed))
    return blocks


def _rules(state: LawState) -> Options:
    return [(f"{each.position}. {each.name}", each.id) for each in listed(state.subject)]


EXPLORER = Explorer(
    TITLE,
    LawState,
    (
        row(
            Field("subject", "Question", lambda state: all_or(SUBJECTS)),
            Field("rule", "Rule", _rules),
        ),
    ),
    law_blocks,
    opens="rule",
    what="rule of law",
    first="03",
)
