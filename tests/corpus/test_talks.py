from __future__ import annotations

import pytest
from msgspec.structs import replace

from cybernorms.corpus.conducts import load_choices
from cybernorms.corpus.talks import (
    Extra,
    Objection,
    Price,
    Reply,
    Role,
    Stake,
    holds,
    load_roles,
    load_stakes,
    names_in,
)
from cybernorms.errors import CyberNormsError

ROLES = {each.id for each in Role.rows()}
BUILDABLE = {part.id for each in load_choices().values() for one in each for part in one.parts}
CONDITIONS = [
    (f"{row.table} {row.id}", getattr(row, column))
    for rows, columns in (
        (Stake.rows(), ("covered", "spoiled")),
        (Price.rows(), ("when",)),
        (Reply.rows(), ("when", "unless")),
        (Objection.rows(), ("when",)),
    )
    for row in rows
    for column in columns
]


def test_nothing_of_the_table_opens_before_the_last_lesson() -> None:
    # Prevents that what was agreed is told in a brief before lesson 06 has opened it.
    assert load_roles(lesson="07") == () == load_stakes(lesson="07")
    assert len(load_roles(lesson="08")) == 3


@pytest.mark.parametrize(("condition", "there", "result"), [
    ("", set(), True),
    ("a", {"a"}, True),
    ("a;b", {"a"}, False),
    ("a|b;c", {"b", "c"}, True),
    ("!a", {"a"}, False),
    ("!a|b", {"a", "b"}, True),
    ("!a;!b", {"c"}, True),
])  # fmt: skip
def test_a_condition_holds_by_and_or_and_not(condition: str, there: set[str], result: bool) -> None:
    # Prevents that a semicolon is read as or, which would turn half of the table round.
    assert holds(condition, there) is result


def test_every_condition_can_be_met_by_something_that_can_be_drafted() -> None:
    # Prevents a line that no draft can ever call up, or a stake that nothing can serve.
    known = BUILDABLE | {each.id for each in Extra.rows()} | {"a-one-government"}
    odd = [(where, name) for where, text in CONDITIONS for name in names_in(text)
           if name not in known]  # fmt: skip
    assert odd == []


def test_a_condition_on_something_unknown_is_refused_with_the_row_and_the_column() -> None:
    # Prevents a slip in an id that would silently never hold.
    row = replace(Price.rows()[0], when="o-secret")
    with pytest.raises(CyberNormsError, match=r"no part or extra called 'o-secret'.*prices.csv"):
        row.check()


def test_every_role_has_stakes_of_its_own_and_the_sides_have_lines_of_every_kind() -> None:
    # Prevents a seat without anything to win, and a counterpart that cannot sign.
    for role in Role.rows():
        assert len([each for each in Stake.rows() if each.role == role]) == 4
        assert [each for each in Price.rows() if each.role == role.id]
        kinds = {each.kind for each in Reply.rows() if each.role == role.id}
        assert kinds == (set() if role.chair else {"object", "trade", "accept", "firm"})


def test_a_line_without_a_position_says_that_it_is_made_up_or_argues_from_the_text() -> None:
    # Prevents that words of ours pass for the position of a State.
    for each in Reply.rows():
        assert bool(each.source) == (each.status != "judgement")
        if each.kind == "firm":
            assert any(word in each.line for word in ("made up", "no document", "No source"))
