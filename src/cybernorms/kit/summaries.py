"""One page each to keep: the norms, the slots of a clause, the deal beside its forecasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cybernorms.corpus.clauses import SLOTS, load_parts
from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.norms import load_norms
from cybernorms.document import Block, Bullets, Line, Paragraph, Table
from cybernorms.kit.lessons import OUTCOMES, TaughtLesson
from cybernorms.kit.markdown import spoken
from cybernorms.kit.paper import AnyBlock, Grid, Sheet
from cybernorms.kit.texts import where_of

FOLDER = "summaries"
_SLOT_COLUMNS = ("Slot", "Wordings in use", "What the first of them does", "My clause")
_SLOT_WIDTHS = (0.13, 0.27, 0.27, 0.33)
WORDINGS = 3
KEEP = "the page to keep"


def summaries(lessons: Sequence[TaughtLesson]) -> list[Sheet]:
    """Return the summaries of what the lessons at hand have told."""
    shown = {each.name: one.number for one in reversed(lessons) for each in one.shown()}
    made = [make(shown[name]) for name, make in _MAKERS.items() if name in shown]
    made += [sheet for each in lessons for sheet in _pages_to_keep(each)]
    return made


def _sheet(name: str, title: str, lesson: str, blocks: Sequence[AnyBlock]) -> Sheet:
    over = f"To keep, from lesson {lesson} on"
    return Sheet(f"summary-{name}", title, blocks, over=over, folder=FOLDER)


def _norms(lesson: str) -> Sheet:
    norms = load_norms(lesson=lesson)
    rows: list[list[Line]] = [[f"({each.letter})", each.name, each.plain] for each in norms]
    where = where_of(norms[0]).partition(",")[0]
    return _sheet(
        "eleven-norms",
        "The eleven norms of 2015",
        lesson,
        [
            Paragraph(f"In our words; the words themselves stand in {where}, paragraph 13."),
            Table("", ["Norm", "Name", "What it asks"], rows),
        ],
    )


def _slots(lesson: str) -> Sheet:
    parts = list(load_parts().values())
    rows: list[list[str]] = []
    for slot, label in SLOTS.items():
        own = [each for each in parts if each.slot == slot][:WORDINGS]
        wordings = "; ".join(each.text for each in own)
        rows.append([label, wordings, own[0].meaning if own else "none", ""])
    return _sheet(
        "seven-slots",
        "The seven slots of a clause",
        lesson,
        [
            Paragraph(
                "An empty slot says something too. The narrowest word decides how far a clause "
                "reaches."
            ),
            Grid("Fill in a clause of your own", _SLOT_COLUMNS, rows, _SLOT_WIDTHS, 24),
        ],
    )


def _deal(lesson: str) -> Sheet:
    elements = [[each.name, each.fate, each.agreed.text] for each in load_elements(lesson=lesson)]
    outcomes = [
        [each.statement, "yes" if each.outcome else "no"] for each in load_forecasts(lesson=lesson)
    ]
    return _sheet(
        "deal-and-forecasts",
        "What was forecast, and what was agreed",
        lesson,
        [
            Table("The deal", ["Element", "What became of it", "As agreed"], elements),
            Table("The six statements", ["By 30 September 2015", "Came true"], outcomes),
        ],
    )


def _pages_to_keep(lesson: TaughtLesson) -> list[Sheet]:
    """Return the pages that a lesson itself says are to be kept."""
    found = []
    for heading, blocks in lesson.ends.items():
        if heading.startswith(KEEP):
            title = heading.removeprefix(KEEP).strip(": ").capitalize() or lesson.title
            over = f"To keep, from lesson {lesson.number} on"
            name = f"summary-{lesson.name}"
            found.append(Sheet(name, title, _to_fill_in(blocks), over=over, folder=FOLDER))
    return found


def _to_fill_in(blocks: Sequence[Block]) -> list[AnyBlock]:
    """Return blocks with room beside each item of a list, to try it out."""
    made: list[AnyBlock] = []
    for block in blocks:
        if isinstance(block, Bullets):
            rows = [[spoken(item), ""] for item in block.items]
            made.append(Grid("Try it", ["Question", "My answer"], rows, [0.42, 0.58], 34))
        else:
            made.append(block)
    return made


_MAKERS: dict[str, Callable[[str], Sheet]] = {
    "show_norms": _norms,
    "show_wording": _slots,
    OUTCOMES[0]: _deal,
}
