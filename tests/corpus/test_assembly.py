"""The readers of who sat in the UN groups and how States voted, and of a table that was spoilt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cybernorms.corpus.assembly import (
    Tally,
    find_resolution,
    load_members,
    load_positions,
    load_resolutions,
    load_states,
)
from cybernorms.corpus.instruments import (
    load_instruments,
    load_paragraphs,
    load_views,
)
from cybernorms.corpus.law import Case, load_legal_positions, load_rules
from cybernorms.corpus.lessons import EVERYTHING
from tests.corpus.spoiling import refusal, spoil
from tests.factories import path_of, reading_from
from tests.paths import ROOT

LOADERS: dict[str, Callable[[], Any]] = {
    "states": load_states,
    "members": load_members,
    "resolutions": load_resolutions,
    "positions_on_votes": load_positions,
    "instruments": partial(load_instruments, lesson=EVERYTHING),
    "paragraphs": partial(load_paragraphs, lesson=EVERYTHING),
    "views": partial(load_views, lesson=EVERYTHING),
    "rules": load_rules,
    "cases": Case.rows,
    "positions": load_legal_positions,
}


# What the tables hold


def test_every_row_is_read() -> None:
    """Prevents a reader that leaves rows out without a word."""
    from cybernorms.corpus.tables import read_table

    for table, load in LOADERS.items():
        assert len(load()) == len(read_table(table, [])), table


def test_members_know_their_group_and_their_state() -> None:
    """Prevents a room matrix that shows ids instead of names."""
    rooms = {member.session.short_name for member in load_members()}
    assert rooms == {f"GGE {number}" for number in range(1, 7)}
    assert any(member.state.name == "Russia" for member in load_members())


def test_permanent_membership_is_true_or_false() -> None:
    """Prevents a State that counts as permanent because its cell says "no"."""
    assert sum(state.p5 for state in load_states().values()) == 5


@pytest.mark.parametrize("number", ["73/27", " a/res/73/27 ", "A/RES/73/27"])
def test_a_resolution_is_found_by_number_or_symbol(number: str) -> None:
    """Prevents a learner from having to know how the module writes a resolution."""
    found = find_resolution(number)
    assert found.tally == Tally(119, 46, 14)
    assert str(found.tally) == "119-46-14"
    assert str(found.committee_tally) == "109-45-16"
    assert found.address == "https://docs.un.org/en/A/RES/73/27"


@pytest.mark.parametrize("number", ["73/28", "", "73", None, 73, ["73/27"], "\ud800"])
def test_a_resolution_that_is_none_is_refused_with_the_numbers(number: Any) -> None:
    """Prevents a traceback for a misspelt resolution."""
    assert "73/27" in refusal(find_resolution, number).remedy


@pytest.mark.parametrize(
    ("number", "result"),
    [
        ("53/70", "without a vote"),
        ("65/41", "by consensus"),
        ("60/45", "177-1-0"),
        ("75/240", "recorded vote, figures not checked"),
        ("80/16", "how it was adopted was not found"),
    ],
)
def test_the_result_of_a_resolution_can_be_read_out(number: str, result: str) -> None:
    """Prevents an empty cell where figures were not checked."""
    assert find_resolution(number).result == result


def test_figures_that_were_not_checked_are_none_and_not_nought() -> None:
    """Prevents a vote that is drawn as if nobody had voted."""
    found = find_resolution("77/36")
    assert found.tally is None
    assert found.committee_tally is None
    assert found.committee_source is None


def test_what_is_loaded_cannot_be_changed() -> None:
    """Prevents one cell of a notebook from changing what the next one shows."""
    with pytest.raises(AttributeError):
        load_resolutions()[0].title = "Another"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        load_instruments(lesson=EVERYTHING)[0].force = "none"  # type: ignore[misc]


# Spoilt cells


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("states", "name", ""),
        ("states", "regional_group", "Asian"),
        ("states", "p5", "true"),
        ("states", "source", "zzz"),
        ("states", "status", ""),
        ("members", "session", "gge-2008"),
        ("members", "state", "atlantis"),
        ("members", "source", "zzz"),
        ("members", "pinpoint", ""),
        ("members", "status", "sure"),
        ("resolutions", "symbol", ""),
        ("resolutions", "date", ""),
        ("resolutions", "title", " "),
        ("resolutions", "track", "Chinese text"),
        ("resolutions", "mode", "adopted"),
        ("resolutions", "yes", "177"),
        ("resolutions", "yes", "many"),
        ("resolutions", "committee_abstain", "3"),
        ("resolutions", "vote_status", "high"),
        ("resolutions", "summary", ""),
        ("resolutions", "source", "zzz"),
        ("resolutions", "status", "checked"),
        ("positions_on_votes", "resolution", "un-a-res-1-1"),
        ("positions_on_votes", "state", "atlantis"),
        ("positions_on_votes", "vote", "absent"),
        ("positions_on_votes", "body", "Third Committee"),
        ("positions_on_votes", "source", ""),
        ("instruments", "name", ""),
        ("instruments", "stage", "signed"),
        ("instruments", "force", "soft law"),
        ("instruments", "issuer_kind", "a company"),
        ("instruments", "number", "trilateral"),
        ("instruments", "summary", ""),
        ("instruments", "opens_in", ""),
        ("instruments", "source", "zzz"),
        ("paragraphs", "instrument", "zzz"),
        ("paragraphs", "text", ""),
        ("paragraphs", "quotation", "zzz"),
        ("paragraphs", "force_words", ""),
        ("paragraphs", "topic", "weather"),
        ("paragraphs", "what_follows", ""),
        ("paragraphs", "status", "Primary"),
        ("views", "holder", ""),
        ("views", "state", "atlantis"),
        ("views", "topic", "weather"),
        ("views", "view", ""),
        ("views", "quotation", "zzz"),
        ("views", "date", ""),
        ("views", "source", "zzz"),
        ("rules", "position", "first"),
        ("rules", "subject", "war"),
        ("rules", "meaning", ""),
        ("rules", "quotation", "zzz"),
        ("rules", "force", "custom"),
        ("rules", "binds", ""),
        ("rules", "case", "lotus"),
        ("rules", "disputed", "everything"),
        ("cases", "date", "1949"),
        ("cases", "held", ""),
        ("positions", "union", "Atlantis"),
        ("positions", "state", "atlantis"),
        ("positions", "subject", "war"),
        ("positions", "holds", "perhaps"),
        ("positions", "position", ""),
    ],
)
def test_a_spoilt_cell_is_named_with_a_remedy(
    folder: Path, table: str, field: str, value: str
) -> None:
    """Prevents a slip in a table from reaching learners as a fact, or as a traceback."""
    item = spoil(folder, table, **{field: value})
    error = refusal(LOADERS[table])
    assert error.where.startswith(f"{table}.csv, ")
    assert item in error.where
    assert f"field '{field.replace('abstain', 'yes')}'" in error.where


def test_figures_of_the_first_committee_without_a_source_are_refused(folder: Path) -> None:
    """Prevents figures that nobody can look up."""
    for field in ("committee_yes", "committee_no", "committee_abstain"):
        spoil(folder, "resolutions", **{field: "100"})
    assert "committee_source" in refusal(load_resolutions).where


@pytest.mark.parametrize("table", LOADERS)
def test_a_table_that_is_missing_is_told(folder: Path, table: str) -> None:
    """Prevents a traceback where a file was deleted or renamed."""
    path_of(folder, table).unlink()
    assert "There is no table" in refusal(LOADERS[table]).what


@pytest.mark.parametrize("table", LOADERS)
def test_more_columns_than_a_reader_needs_do_no_harm(folder: Path, table: str) -> None:
    """Prevents a new column from breaking an older reader."""
    path = path_of(folder, table)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"{line},new" for line in lines) + "\n", encoding="utf-8")
    read = LOADERS[table]()
    with reading_from(ROOT / "data"):
        assert read == LOADERS[table]()
