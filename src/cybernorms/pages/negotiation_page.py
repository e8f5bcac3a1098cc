"""What the negotiating table shows: briefs, the draft, what it gives and costs, what was said."""

from __future__ import annotations

from cybernorms.analysis.clauses import compare_parts
from cybernorms.analysis.negotiation import (
    EVENINGS,
    LEVELS,
    given_up,
    level,
    pointed,
    says_what,
    share,
)
from cybernorms.analysis.reach import bound_by
from cybernorms.corpus.clauses import SLOTS, find_clause, load_clauses
from cybernorms.corpus.norms import load_norms
from cybernorms.corpus.talks import (
    Reply,
    Role,
    load_extras,
    load_objections,
    load_prices,
    load_roles,
    load_stakes,
)
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Columns,
    Facts,
    Heading,
    Inline,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.pages.clause_cases import TestedClause, case_tables, counts
from cybernorms.pages.negotiation import (
    TITLE,
    TableState,
    draft_lines,
    drafted,
    find_reply,
    find_role,
    left,
    stakes_of,
)
from cybernorms.pages.sourcing import bracketed, located
from cybernorms.pages.wording import labels

DEAL = "us-china-ip"
JUDGED = (
    "What a draft gives and costs each side is this module\u2019s judgement, and so are the words "
    "of the other side; the positions behind them have their sources."
)
SIGNS = ("\u25cb", "\u25d0", "\u25cf")


def brief_blocks(role: Role, lesson: str) -> list[Block]:
    """Return what the delegate of a role needs to know, with the sources of what it wants."""
    wants: list[Line] = []
    for each in stakes_of(role.id, lesson):
        wants.append([Strong(f"{each.name}. "), f"{each.says} ", *bracketed(each)])
    return [
        Paragraph(role.brief),
        Paragraph([Strong("Your task. "), role.task]),
        Bullets(wants),
    ]


def wants_columns(state: TableState) -> Columns:
    """Return how far the draft serves each stake, a section for each role."""
    draft = drafted(state)
    sections = []
    for role in load_roles(lesson=state.lesson):
        lines: list[Line] = []
        for each in stakes_of(role.id, state.lesson):
            found = level(each, draft)
            lines.append([f"{SIGNS[found]} {each.name}: ", Strong(LEVELS[found])])
        sections.append(Section(role.name, [Bullets(lines)], 5))
    return Columns(sections)


def costs(state: TableState) -> list[Line]:
    """Return what the draft costs each role, a line for each that gives something up."""
    lines: list[Line] = []
    for role in load_roles(lesson=state.lesson):
        found = given_up(role.id, load_prices(), drafted(state))
        if found:
            text = " ".join(each.gives_up for each in found)
            lines.append([Strong(f"{role.name}. "), text])
    return lines


def norms_table(state: TableState) -> Table:
    """Return how far the draft says what each of the eleven norms says."""
    draft = drafted(state)
    rows: list[list[Line]] = []
    for norm in load_norms(lesson=state.lesson):
        clauses = [
            each for each in load_clauses(lesson=state.lesson) if each.quotation.id == norm.id
        ]
        found = max((says_what(each.parts, draft) for each in clauses), default=0)
        rows.append([f"({norm.letter}) {norm.name}", f"{SIGNS[found]} {LEVELS[found]}"])
    return Table("The eleven norms", ["Norm", "The draft"], rows)


def coverage_blocks(state: TableState) -> list[Aside]:
    """Return which norms, conduct and words of the draft cover what, to open on demand."""
    draft = drafted(state)
    tested = TestedClause(draft.parts, bound_by(draft.parts), "")
    anatomy = Facts(
        [(part.label.capitalize(), f"{SLOTS[part.slot]}. {part.meaning}") for part in draft.parts]
        + [(each.label, each.meaning) for each in draft.extras]
    )
    return [
        Aside("Word by word: what each part does", [anatomy]),
        Aside("Which of the eleven norms it touches", [norms_table(state)]),
        Aside(
            "Which of the 18 cases it reaches", [Paragraph(counts(tested)), *case_tables(tested)]
        ),
    ]


def said_by(reply: Reply) -> list[Inline]:
    """Return a line of a counterpart, with the position that it rests on."""
    name = find_role(reply.role).name
    line: list[Inline] = [Strong(f"{name}: "), f"{reply.line} "]
    if reply.source:
        line += ["[", *located(reply.source, reply.pinpoint, reply.status), "]"]
    return line


def talk_section(state: TableState) -> Section:
    """Return the evenings so far, the last one first: what was put and what was answered."""
    blocks: list[Block] = []
    for number, each in reversed(list(enumerate(state.put))):
        lines: list[Line] = []
        for id in each.replies:
            reply = find_reply(id)
            lines.append(said_by(reply))
            if reply.way_out and number == len(state.put) - 1:
                lines.append([Strong("What would move it: "), reply.way_out])
        text = " ".join(draft_lines(each.choices, each.extras, state.lesson))
        blocks.append(
            Section(EVENINGS[number], [Paragraph([Strong("Your text. "), text]), Bullets(lines)], 5)
        )
    return Section("At the table", blocks or [Paragraph("Nothing has been put yet.", "note")], 4)


def compared_blocks(state: TableState) -> list[Block]:
    """Return the draft beside the commitments of 25 September 2015, slot by slot.

    The clause is set against the one on theft, which is the only one with a ban in it.
    """
    deal = find_clause(DEAL, lesson=state.lesson)
    draft = drafted(state)
    rows: list[list[Line]] = []
    for each in compare_parts(draft.parts, deal.parts):
        yours = labels((*each.shared, *each.only_first)) or "\u2013"
        theirs = labels((*each.shared, *each.only_second)) or "\u2013"
        rows.append([SLOTS[each.slot], yours, theirs, "same" if each.same else "differs"])
    beside: list[list[Line]] = [
        [each.label, _yes(each in draft.extras), _yes(each.agreed)]
        for each in load_extras(lesson=state.lesson)
    ]
    columns = ["Slot", "Yours", "25 September 2015", ""]
    return [
        Table("Your clause and the promise on theft", columns, rows, fold=False),
        Table("What stands beside it", ["Point", "Yours", "25 September 2015"], beside, fold=False),
        Paragraph([Strong("Their clause. "), f"\u201c{deal.wording}\u201d ", *bracketed(deal)]),
    ]


def _yes(there: bool) -> str:
    return "\u25cf yes" if there else "\u25cb no"


def open_points(state: TableState) -> list[Line]:
    """Return what the draft leaves open: each stake of which it says nothing."""
    draft = drafted(state)
    return [
        f"{each.role.name}: {each.name}"
        for each in load_stakes(lesson=state.lesson)
        if level(each, draft) == 0
    ]


def defence_blocks(state: TableState) -> list[Block]:
    """Return the three questions that press the draft most, each with what to listen for."""
    blocks: list[Block] = []
    for each in pointed(load_objections(), drafted(state)):
        source = located(each.source, each.pinpoint, each.status)
        blocks.append(Paragraph([Strong(each.objection), " [", *source, "]"]))
        blocks.append(Aside("What a good answer has", [Paragraph(each.listen_for)]))
    return blocks


def end_blocks(state: TableState) -> list[Block]:
    """Return what there is to read once the talks are over."""
    return [
        Section("Beside what was agreed in 2015", compared_blocks(state), 4),
        Section("What it leaves open", [Bullets(open_points(state) or ["Nothing."])], 4),
        Section("Three questions from the back of the room", defence_blocks(state), 4),
    ]


def share_line(state: TableState) -> str:
    """Return in words how much of its interests each role finds in the draft."""
    draft = drafted(state)
    found = [
        f"{role.name} {round(100 * share(stakes_of(role.id, state.lesson), draft))} per cent"
        for role in load_roles(lesson=state.lesson)
    ]
    return "Of what each wants, by its weight: " + ", ".join(found) + "."


def page_blocks(state: TableState) -> list[Block]:
    """Return everything that is shown for a state, without controls."""
    role = find_role(state.role, state.lesson)
    sentences: list[Line] = list(draft_lines(state.choices, state.extras, state.lesson))
    return [
        Heading(TITLE),
        Section(f"You are {role.in_text}", brief_blocks(role, state.lesson), 4),
        Section("The draft", [Bullets(sentences)], 4),
        Section("What each side gets", [wants_columns(state)], 4),
        Section("What it costs", [Bullets(costs(state) or ["Nobody gives anything up."])], 4),
        *coverage_blocks(state),
        Paragraph(left(state)),
        talk_section(state),
        *(end_blocks(state) if state.over else []),
        Paragraph(JUDGED, "note"),
    ]
