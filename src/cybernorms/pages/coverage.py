"""The coverage matrix: how far each text covers each norm and each interest, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.analysis.coverage import DIFFER, Matrix, agreed, count_values, differing, matrix
from cybernorms.corpus.coverage import Coverage, Interest, load_coverage, load_interests
from cybernorms.corpus.instruments import Instrument
from cybernorms.corpus.norms import Norm, load_norms
from cybernorms.document import Block, Bullets, Line, Paragraph, Section, Strong, Table
from cybernorms.errors import CyberNormsError
from cybernorms.pages.explorer import Explorer, Field, Options, among, row
from cybernorms.pages.sourcing import bracketed, format_date, quote

TITLE = "Coverage matrix"
ROWS = {"": "Norms and interests", "norms": "The eleven norms", "interests": "Stated interests"}
SHORT = {"covers": "covers", "covers in part": "in part", "silent": "silent"}
OWN_TEXT = "its own text"


class CoverageState(Struct, frozen=True):
    """What the matrix shows: which rows, and the cell that is open, by target and instrument."""

    rows: str = ""
    target: str = "us-trade-secrets"
    instrument: str = "kerry-2015"
    lesson: str = "05"


def instruments(state: CoverageState) -> dict[str, Instrument]:
    """Return the instruments of the matrix by id, oldest first."""
    found = {each.instrument.id: each.instrument for each in load_coverage(lesson=state.lesson)}
    return dict(sorted(found.items(), key=lambda item: item[1].date))


def targets(state: CoverageState) -> list[Norm | Interest]:
    """Return the rows of the matrix: norms, interests, or both."""
    norms = load_norms(lesson=state.lesson) if state.rows != "interests" else ()
    interests = load_interests(lesson=state.lesson) if state.rows != "norms" else ()
    return [*norms, *interests]


def name_of(target: Norm | Interest) -> str:
    """Return what the matrix calls a row."""
    if isinstance(target, Norm):
        return f"Norm {target.label}"
    return f"{target.holder}: {target.name}"


def cell_text(cell: Sequence[Coverage]) -> str:
    """Return what a cell says: the value, or both where coders differ."""
    if not cell:
        return OWN_TEXT
    if agreed(cell) != DIFFER:
        return SHORT[cell[0].value]
    return "differ: " + ", ".join(f"{SHORT[each.value]} ({each.coder})" for each in cell)


def matrix_table(state: CoverageState, found: Matrix) -> Table:
    """Return the matrix as a table of words."""
    columns = instruments(state)
    rows: list[list[Line]] = [
        [
            name_of(target),
            *(cell_text(found.get(target.id, {}).get(id, ())) for id in columns),
        ]
        for target in targets(state)
    ]
    names = ["Norm or interest", *(each.short_name for each in columns.values())]
    return Table("What each text covers", names, rows)


def totals(state: CoverageState, found: Matrix) -> list[Line]:
    """Return how many of the rows in sight each text covers, covers in part, and passes over."""
    lines: list[Line] = []
    for id, instrument in instruments(state).items():
        cells = [found.get(target.id, {}).get(id, ()) for target in targets(state)]
        counts = count_values(cell for cell in cells if cell)
        totals = ", ".join(f"{value} {count}" for value, count in counts.items())
        lines.append([Strong(f"{instrument.short_name}: "), f"{totals}."])
    return lines


def _about(target: Norm | Interest) -> list[Block]:
    """Return the words of a norm, or of the holder of an interest."""
    blocks: list[Block] = []
    if isinstance(target, Interest):
        interest = f"{target.interest} ({format_date(target.date)}) "
        blocks.append(Paragraph([Strong(f"{target.holder}. "), interest, *bracketed(target)]))
    blocks += quote(target.quotation)
    return blocks


def cell_section(state: CoverageState, found: Matrix) -> Section:
    """Return one cell with the reasons of all who judged it."""
    target = next((each for each in _all_targets(state) if each.id == state.target), None)
    if target is None or state.instrument not in instruments(state):
        raise CyberNormsError(
            f"The matrix has no cell {state.target!r} and {state.instrument!r}",
            remedy="Choose a row and a column that the table shows",
        )
    instrument = instruments(state)[state.instrument]
    cell = found.get(target.id, {}).get(instrument.id, ())
    blocks = _about(target)
    if not cell:
        own = Paragraph("The norm is this text\u2019s own. There is nothing to compare.")
        return Section(f"{instrument.name}: {name_of(target)}", [*blocks, own], 4)
    reasons: list[Line] = [
        [Strong(f"Coder {each.coder}: {each.value}. "), each.reason] for each in cell
    ]
    blocks.append(Bullets(reasons))
    if agreed(cell) == DIFFER:
        blocks.append(
            Paragraph([Strong("The coders differ. "), "Ask which word of the text decides it."])
        )
    return Section(f"{instrument.name}: {name_of(target)}", blocks, 4)


def agreement_line(found: Matrix) -> str:
    """Return how many coders judged the cells, and on how many they agree."""
    cells = [cell for row in found.values() for cell in row.values()]
    coders = {each.coder for cell in cells for each in cell}
    if len(coders) == 1:
        return "Judged once so far."
    same = len(cells) - len(differing(found))
    return f"Judged by {len(coders)} coders apart, who agree on {same} of {len(cells)} cells."


def _all_targets(state: CoverageState) -> list[Norm | Interest]:
    return targets(CoverageState(lesson=state.lesson))


def coverage_blocks(state: CoverageState) -> list[Block]:
    """Return what the matrix shows for a state."""
    found = matrix(load_coverage(lesson=state.lesson))
    note = f"{agreement_line(found)} Each cell has its reason, and can be argued with."
    return [
        cell_section(state, found),
        matrix_table(state, found),
        Section("Counted", [Bullets(totals(state, found))], 4),
        Paragraph(note, "note"),
    ]


def _all_names(state: CoverageState) -> Options:
    return [(name_of(each), each.id) for each in _all_targets(state)]


def _texts(state: CoverageState) -> Options:
    return [(each.short_name, id) for id, each in instruments(state).items()]


EXPLORER = Explorer(
    TITLE,
    CoverageState,
    (
        row(
            Field("rows", "Rows", among(ROWS)),
            Field("target", "Norm or interest", _all_names),
            Field("instrument", "Text", _texts),
        ),
    ),
    coverage_blocks,
    opens="rows",
    what="row of this matrix",
    first="05",
)
