"""The role-play set of the negotiation: plan and rules, briefs, placards, a page for the board."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.talks import Role, load_extras, load_roles
from cybernorms.document import Block, Bullets, Line, Paragraph, Section, Strong
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.paper import AnyBlock, Blank, Grid, Notes, PageEnd, Sheet, Words
from cybernorms.pages.clause_lab import LABELS
from cybernorms.pages.negotiation import LESSON
from cybernorms.pages.negotiation_class import (
    DEBRIEF,
    RULES,
    minutes,
    placard_lines,
    rounds_table,
)
from cybernorms.pages.negotiation_page import brief_blocks

FOLDER = "role-play"
OVER = "Role-play, lesson 08"


def role_play(lessons: Sequence[TaughtLesson]) -> list[Sheet]:
    """Return the documents of the role-play, if the lesson it belongs to is among those at hand."""
    if LESSON not in [each.number for each in lessons if each.row]:
        return []
    roles = load_roles(lesson=LESSON)
    return [_plan(roles), *(_brief(each) for each in roles), _placards(roles), _board()]


def _sheet(name: str, title: str, blocks: Sequence[AnyBlock]) -> Sheet:
    return Sheet(f"role-play-{name}", title, blocks, over=OVER, folder=FOLDER)


def _plan(roles: Sequence[Role]) -> Sheet:
    names = ", ".join(each.name for each in roles)
    blocks: list[Block] = [
        Paragraph(f"Three delegations ({names}), {minutes()} minutes, one sentence on the board."),
        rounds_table(),
        Section("Rules", [Bullets(list(RULES))], 2),
        Section("Debrief", [Bullets(list(DEBRIEF))], 2),
    ]
    return _sheet("plan", "Four evenings in Washington: plan and rules", blocks)


def _brief(role: Role) -> Sheet:
    return _sheet(
        f"brief-{role.id}",
        f"Brief: {role.name}",
        [
            Paragraph("For this delegation alone. Every position has its source."),
            *brief_blocks(role, LESSON),
            Blank("What we must have", 2),
            Blank("What we can give, and what we want for it", 3),
            Notes(4),
        ],
    )


def _placards(roles: Sequence[Role]) -> Sheet:
    blocks: list[AnyBlock] = []
    for number, role in enumerate(roles):
        name, seat = placard_lines(role)
        blocks += [PageEnd()] if number else []
        blocks += [Words(name, huge=True), Paragraph(seat)]
    return _sheet("placards", "Placards", blocks)


def _board() -> Sheet:
    extras: list[Line] = [
        [Strong(f"{each.label}. "), each.text] for each in load_extras(lesson=LESSON)
    ]
    rows = [[label, "", "", ""] for label in LABELS.values()]
    columns = ("Slot", "First text", "Evening one", "Evening two")
    return _sheet(
        "board",
        "For the chair: one text, word by word",
        [
            Grid("The sentence", columns, rows, (0.19, 0.27, 0.27, 0.27), 11),
            Section("What can stand beside it", [Bullets(extras)], 2),
        ],
    )
