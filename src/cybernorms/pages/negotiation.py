"""The negotiating table: a draft, what it gives each side, and what the others say to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from cybernorms.analysis.negotiation import (
    EVENINGS,
    Draft,
    answer,
)
from cybernorms.analysis.reach import sentence
from cybernorms.corpus.conducts import ClauseChoice, load_choices
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.corpus.rows import find_row
from cybernorms.corpus.talks import (
    Extra,
    Reply,
    Role,
    Stake,
    load_extras,
    load_replies,
    load_roles,
    load_stakes,
)
from cybernorms.pages.clause_lab import START
from cybernorms.pages.explorer import check_open

TITLE = "The negotiating table"
KEY = "negotiation"
LESSON = "08"


class Put(Struct, frozen=True):
    """A text that was put on the table, and the ids of the lines that answered it."""

    choices: Mapping[str, str]
    extras: tuple[str, ...]
    replies: tuple[str, ...]


class TableState(Struct, frozen=True):
    """What lies on the table.

    `choices` has a choice for each list of the clause lab and `extras` the ids of what stands
    beside the clause; `put` has what was put to the others so far, one text an evening.
    """

    role: str = "us"
    choices: Mapping[str, str] = field(default_factory=lambda: dict(START))
    extras: tuple[str, ...] = ()
    put: tuple[Put, ...] = ()
    lesson: str = LESSON

    @property
    def agreed(self) -> bool:
        """Return whether all others have said yes to the last text."""
        return bool(self.put) and all(
            find_reply(each).kind == "accept" for each in self.put[-1].replies
        )

    @property
    def over(self) -> bool:
        """Return whether nothing more can be put."""
        return self.agreed or len(self.put) == len(EVENINGS)


@cache
def _replies() -> dict[str, Reply]:
    return {each.id: each for each in load_replies()}


def find_reply(id: str) -> Reply:
    """Return a line of a counterpart.

    Raises:
        CyberNormsError: there is no line of that name.
    """
    return _replies().get(id) or find_row(load_replies(), id, "line")


def find_role(id: str, lesson: LessonNumber = LESSON) -> Role:
    """Return a role that a lesson may show.

    Raises:
        CyberNormsError: there is no role of that name, or no such lesson.
    """
    return find_row(load_roles(lesson=lesson), id, "role")


def counterparts(state: TableState) -> list[Role]:
    """Return those who answer: the other side, or both sides where the chair is played."""
    return [
        each for each in load_roles(lesson=state.lesson) if not each.chair and each.id != state.role
    ]


def chosen(choices: Mapping[str, str]) -> list[ClauseChoice]:
    """Return the choices of a clause, one of each list; the first one where one is unknown."""
    found = []
    for name, offered in load_choices().items():
        by_id = {each.id: each for each in offered}
        found.append(by_id.get(choices.get(name, ""), by_id[START[name]]))
    return found


def draft_of(choices: Mapping[str, str], extras: Sequence[str], lesson: str = LESSON) -> Draft:
    """Return what is drafted, as the rules see it."""
    parts = [part for each in chosen(choices) for part in each.parts]
    known = load_extras(lesson=lesson)
    return Draft(tuple(parts), tuple(each for each in known if each.id in extras))


def drafted(state: TableState) -> Draft:
    """Return the draft that lies on the table now."""
    return draft_of(state.choices, state.extras, state.lesson)


def stakes_of(role: str, lesson: str) -> list[Stake]:
    """Return what a role wants."""
    return [each for each in load_stakes(lesson=lesson) if each.role.id == role]


def put(state: TableState) -> TableState:
    """Return the table after the draft was put to the others; nothing changes once it is over."""
    if state.over:
        return state
    draft = drafted(state)
    said = {id for each in state.put for id in each.replies}
    lines = load_replies()
    answers = tuple(
        answer(
            draft,
            [each for each in lines if each.role == role.id],
            stakes_of(role.id, state.lesson),
            said,
        ).id
        for role in counterparts(state)
    )
    new = Put(dict(state.choices), tuple(state.extras), answers)
    return replace(state, put=(*state.put, new))


def again(state: TableState, role: str = "") -> TableState:
    """Return an empty table, for the same role or another."""
    return TableState(role=role or state.role, lesson=state.lesson)


def draft_lines(choices: Mapping[str, str], extras: Sequence[str], lesson: str) -> list[str]:
    """Return a draft as it reads: its clause, then what stands beside it."""
    beside = [each.text for each in load_extras(lesson=lesson) if each.id in extras]
    return [sentence(chosen(choices)), *beside]


def left(state: TableState) -> str:
    """Return how many evenings are left, or how the talks ended."""
    if state.agreed:
        evening = EVENINGS[len(state.put) - 1]
        return f"Agreed on the evening of {evening}. Now read what it is that you agreed on."
    many = len(EVENINGS) - len(state.put)
    if not many:
        return "The four evenings are over, and nothing is agreed. The plane has left."
    evenings = "evening is" if many == 1 else "evenings are"
    return f"{many} {evenings} left; each text that you put takes one."


def start(open: str, lesson: LessonNumber) -> TableState:
    """Return the table at which a role sits down.

    Raises:
        CyberNormsError: there is no such role, or nothing to negotiate in this lesson.
    """
    number = from_lesson(LESSON, lesson, "negotiation")
    roles = [each.id for each in load_roles(lesson=number)]
    return TableState(role=check_open(open, roles, "role") or roles[0], lesson=number)


def kept_state(response: Any, lesson: str = LESSON) -> TableState | None:
    """Return the table that a record keeps, or None where it cannot be read any more."""
    if not isinstance(response, Mapping):
        return None
    roles = [each.id for each in load_roles(lesson=lesson)]
    role, puts = response.get("role"), response.get("put")
    if role not in roles or not isinstance(puts, list) or len(puts) > len(EVENINGS):
        return None
    state = TableState(role=role, lesson=lesson)
    for each in puts:
        if not isinstance(each, Mapping):
            return None
        # What was answered follows from what was put, and is not taken from the record.
        state = put(with_draft(state, each.get("choices"), each.get("extras")))
    return with_draft(state, response.get("choices"), response.get("extras"))


def with_draft(state: TableState, choices: Any, extras: Any) -> TableState:
    """Return a table with another draft on it; what is no choice stays as it is."""
    offered = {name: [each.id for each in found] for name, found in load_choices().items()}
    given = choices if isinstance(choices, Mapping) else {}
    clean = {
        name: given[name] if given.get(name) in offered[name] else state.choices[name]
        for name in offered
    }
    there = extras if isinstance(extras, list | tuple) else ()
    ids = tuple(each.id for each in load_extras(lesson=state.lesson) if each.id in there)
    return replace(state, choices=clean, extras=ids)


def as_response(state: TableState) -> dict[str, Any]:
    """Return a table as the record keeps it."""
    return {
        "role": state.role,
        "choices": dict(state.choices),
        "extras": list(state.extras),
        "put": [{"choices": dict(each.choices), "extras": list(each.extras)} for each in state.put],
    }


def extra_of(id: str, lesson: str = LESSON) -> Extra:
    """Return what can stand beside a clause.

    Raises:
        CyberNormsError: there is nothing of that name.
    """
    return find_row(load_extras(lesson=lesson), id, "extra")
