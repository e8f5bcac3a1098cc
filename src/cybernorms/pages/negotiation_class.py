"""The negotiation for a whole class: rounds by the minute, placards, rules and a debrief."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.corpus.talks import Role, load_extras, load_roles
from cybernorms.document import (
    Block,
    Bullets,
    Heading,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from cybernorms.pages.negotiation import LESSON
from cybernorms.pages.negotiation_page import brief_blocks

TITLE = "The negotiation for a class"


class Round(Struct, frozen=True):
    """A stretch of the negotiation: its name, its minutes, and what is done in it."""

    name: str
    minutes: int
    what: str


ROUNDS: Sequence[Round] = (
    Round(
        "Read your brief",
        10,
        "Three delegations. Each reads its own brief, agrees on what it must have and on what it "
        "can give, and chooses a speaker.",
    ),
    Round(
        "First texts",
        10,
        "The United States and China each put one sentence on the board. No debate yet; the chair "
        "asks each side what its sentence rules out.",
    ),
    Round(
        "Evening one",
        12,
        "The sides talk across the table. The chair keeps one text on the board and changes a word "
        "only when both say yes.",
    ),
    Round(
        "In the corridor",
        8,
        "Delegations split up. Whatever is traded here is told to the chair in a sentence.",
    ),
    Round(
        "Evening two",
        12,
        "The last text. The chair may put one of its own, once. Then each side says yes or no.",
    ),
    Round(
        "Three questions",
        13,
        "The others ask the three questions that the draft invites. Both sides defend it together, "
        "whether they like it or not.",
    ),
    Round(
        "Debrief",
        10,
        "Put your text beside that of 25 September 2015, slot by slot.",
    ),
)
RULES: Sequence[str] = (
    "You speak for your State, and you may not say what you think of it.",
    "A position needs a ground in the brief. What you make up, you say you made up.",
    "Nothing is agreed until the sentence on the board is agreed, word by word.",
    "The chair decides who speaks, and may ask either side what a word leaves out.",
    "A delegation may walk out. It then has to tell the class what it did to its own interests.",
)
DEBRIEF: Sequence[str] = (
    "Which word cost the most time, and what did it buy?",
    "Who in the room gave up something that no one had asked for?",
    "Which of the 18 cases does your text still let through, and who is hit by them?",
    "What did the third State get? Could it have got it without signing anything?",
    "Suppose a theft becomes public tomorrow. What does your text tell the two governments to do?",
)


def rounds_table() -> Table:
    """Return the rounds with the minute at which each begins."""
    rows: list[list[Line]] = []
    minute = 0
    for each in ROUNDS:
        rows.append([f"{minute}\u2013{minute + each.minutes}", each.name, each.what])
        minute += each.minutes
    return Table("By the minute", ["Minutes", "Round", "What happens"], rows, fold=False)


def minutes() -> int:
    """Return how long the whole takes, in minutes."""
    return sum(each.minutes for each in ROUNDS)


def placard_lines(role: Role) -> tuple[str, str]:
    """Return what stands on a placard: the name of the State, and what its seat is."""
    return role.name, "In the chair" if role.chair else "Delegation"


def class_blocks() -> list[Block]:
    """Return all that a class needs: rounds, rules, briefs, what can be added, and a debrief."""
    briefs = [
        Section(f"Brief: {each.name}", brief_blocks(each, LESSON), 4)
        for each in load_roles(lesson=LESSON)
    ]
    extras: list[Line] = [
        [Strong(f"{each.label}. "), each.text] for each in load_extras(lesson=LESSON)
    ]
    return [
        Heading(TITLE),
        Paragraph(f"Three delegations, {minutes()} minutes, one sentence on the board."),
        rounds_table(),
        Section("Rules", [Bullets(list(RULES))], 4),
        *briefs,
        Section("What can stand beside the sentence", [Bullets(extras)], 4),
        Section("Debrief", [Bullets(list(DEBRIEF))], 4),
    ]
