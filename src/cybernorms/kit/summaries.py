"""One page each to keep: the norms, the slots of a clause, the deal beside its forecasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cybernorms.corpus.clauses import SLOTS, load_parts
from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.forecasts import load_forecasts
from cybernorms.corpus.norms import load_norms
from cybernorms.document import Line, Paragraph, Table
from cybernorms.kit.lessons import OUTCOMES, TaughtLesson
from cybernorms.kit.paper import Sheet
from cybernorms.kit.texts import where_of

FOLDER = "summaries"
WORDINGS = 3
KEEP = "the page to keep"


def summaries(lessons: Sequence[TaughtLesson]) -> list[Sheet]:
    """Return the summaries of what the lessons at hand have told."""
    shown = {each.name: one.number for one in reversed(lessons) for each in one.shown()}
    made = [make(shown[name]) for name, make in _MAKERS.items() if name in shown]
    made += [sheet for each in lessons for sheet in _pages_to_keep(each)]
    return made


def _sheet(name: str, title: str, lesson: str, blocks: Sequence[Paragraph | Table]) -> Sheet:
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
    rows: list[list[Line]] = []
    for slot, label in SLOTS.items():
        own = [each for each in parts if each.slot == slot][:WORDINGS]
        rows.append([label, "; ".join(each.text for each in own), own[0].meaning if own else ""])
    return _sheet(
        "seven-slots",
        "The seven slots of a clause",
        lesson,
        [
            Paragraph(
                "An empty slot says something too. The narrowest word decides how far a clause "
                "reaches."
            ),
            Table("", ["Slot", "Wordings in use", "What the first of them does"], rows),
        ],
    )


def _deal(lesson: str) -> Sheet:
    elements = [
        [each.name, each.proposed.text, each.agreed.text] for each in load_elements(lesson=lesson)
    ]
    outcomes = [
        [each.statement, "yes" if each.outcome else "no"] for each in load_forecasts(lesson=lesson)
    ]
    return _sheet(
        "deal-and-forecasts",
        "What was forecast, and what was agreed",
        lesson,
        [
            Table("The deal", ["Element", "As reported or proposed", "As agreed"], elements),
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
            found.append(Sheet(name, title, list(blocks), over=over, folder=FOLDER))
    return found


_MAKERS: dict[str, Callable[[str], Sheet]] = {
    "show_norms": _norms,
    "show_wording": _slots,
    OUTCOMES[0]: _deal,
}
