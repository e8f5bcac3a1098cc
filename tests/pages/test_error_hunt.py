"""The error hunt has every difference, mixes in faithful lines, and explains each."""

from __future__ import annotations

from collections import Counter

import pytest

from cybernorms import show_error_hunt
from cybernorms.cards.sorter import Sorter
from cybernorms.corpus.claims import (
    CHANGE_KINDS,
    Discrepancy,
    load_discrepancies,
    load_faithful_renderings,
)
from cybernorms.document import line_text, to_html
from cybernorms.exercises.record import Record
from cybernorms.pages.error_hunt import (
    AROSE,
    KINDS,
    NONE,
    PARTS,
    TITLE,
    HuntPart,
    categories_of,
    hunt_sheets,
    kinds_of,
    line_blocks,
    lines_by_id,
    score_line,
)
from cybernorms.widgets.carrying import CardWidget
from tests.cards.messages import change, deck_of, seen, sort
from tests.texts import flat, one_line

each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)


def best(part: HuntPart) -> dict[str, str]:
    """Return the kind that each line of a sheet is called here."""
    lines = lines_by_id()
    return {id: next(iter(kinds_of(lines[id]))) for id in part.lines}


def test_every_difference_is_hunted_or_revealed_once() -> None:
    """Prevents a difference that nobody meets, or meets twice."""
    shown = Counter(id for part in PARTS for id in (*part.lines, *part.revealed))
    assert set(shown.values()) == {1}
    assert set(shown) == set(lines_by_id())
    hunted = [id for part in PARTS for id in part.lines]
    assert len({each.id for each in load_discrepancies()} & set(hunted)) >= 14


def test_only_what_the_post_passes_over_is_revealed() -> None:
    """Prevents a line that could have been found from being given away."""
    lines = lines_by_id()
    for part in PARTS:
        assert all(lines[id].post_has == "nothing" for id in part.revealed)
        assert not any(lines[id].post_has == "nothing" for id in part.lines)


@each_part
def test_a_sheet_has_about_seven_lines_with_faithful_ones_among_them(part: HuntPart) -> None:
    """Prevents a sheet that is a wall, and one on which everything is wrong."""
    faithful = {each.id for each in load_faithful_renderings()}
    assert 6 <= len(part.lines) <= 9
    assert 1 <= len(faithful & set(part.lines)) <= 3


@each_part
def test_a_sheet_offers_no_change_and_several_kinds(part: HuntPart) -> None:
    """Prevents a sheet on which one answer fits all."""
    categories = categories_of(part)
    assert NONE in categories and len(categories) >= 5
    assert list(categories) == [kind for kind in CHANGE_KINDS if kind in categories]


def test_every_kind_of_change_has_plain_words() -> None:
    """Prevents a table's shorthand on the screen."""
    assert tuple(KINDS) == CHANGE_KINDS
    assert len(set(KINDS.values())) == len(KINDS)


@each_part
def test_the_best_choices_find_all_and_trust_what_is_faithful(part: HuntPart) -> None:
    """Prevents a sheet that cannot be solved."""
    lines = lines_by_id()
    changed = sum(isinstance(lines[id], Discrepancy) for id in part.lines)
    told = score_line(part, best(part))
    assert f"found {changed} of {changed} changes and gave {changed} of them" in told
    faithful = len(part.lines) - changed
    assert f"trusted {faithful} of {faithful} faithful lines" in told


@each_part
def test_who_trusts_everything_or_nothing_finds_out(part: HuntPart) -> None:
    """Prevents praise for one answer to all lines."""
    assert "You found 0 of" in score_line(part, dict.fromkeys(part.lines, NONE))
    assert "trusted 0 of" in score_line(part, dict.fromkeys(part.lines, "hedge dropped"))


def test_a_change_that_is_seen_and_misnamed_counts_as_found_only() -> None:
    """Prevents praise for a name that cannot be defended."""
    told = score_line(PARTS[0], best(PARTS[0]) | {"missing-not": "place or date"})
    assert "found 5 of 5 changes and gave 4 of them" in told


def test_a_second_kind_that_can_be_argued_counts_as_defensible() -> None:
    """Prevents a learner from being marked down for a reading that holds."""
    line = lines_by_id()["initial-statement"]
    text = flat(line_blocks(line, "qualifier dropped"))
    assert "(defensible)" in text and "\u201cInitial\u201d is a limit" in text
    assert "(as this module reads it)" in flat(line_blocks(line, "scope widened"))
    assert "another reading" in flat(line_blocks(line, "hedge dropped"))


@each_part
def test_every_line_is_explained_with_its_source_and_the_step_at_fault(part: HuntPart) -> None:
    """Prevents an error that is named and not understood."""
    sheet = next(sheet for sheet in hunt_sheets() if sheet.id == f"hunt-{part.id}")
    text = flat(sheet.reading(best(part)))
    lines = lines_by_id()
    for id in (*part.lines, *part.revealed):
        line = lines[id]
        assert " ".join(line_text(line.explanation).split()) in text
        assert line.pinpoint in text
        if isinstance(line, Discrepancy):
            assert " ".join(line_text(line.effect).split()) in text
            assert id in part.revealed or AROSE[line.arose_at] in text


def test_a_sheet_is_kept_before_it_is_explained_and_comes_back() -> None:
    """Prevents explanations that are read first, and choices that are lost."""
    sorter = Sorter(TITLE, hunt_sheets(), choose="Sheet")
    assert not deck_of(sorter).get("summary") and "You found" not in seen(sorter)
    for id, kind in best(PARTS[0]).items():
        assert sort(sorter, id, kind)["reply"]["saved"]
    assert Record().read().last("sorter-hunt-promise") is not None
    assert "You found 5 of 5 changes" in deck_of(sorter)["summary"]
    assert "You found 5 of 5 changes" in one_line(sorter.text())
    again = Sorter(TITLE, hunt_sheets(), choose="Sheet")
    assert again.values()["deck-hunt-promise"] == best(PARTS[0]) and deck_of(again)["summary"]
    change(again, sheet="hunt-thesis")
    assert again.values()["deck-hunt-thesis"] == {} and not deck_of(again).get("summary")


def test_the_hunt_has_a_still_form_and_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Prevents a hunt for those alone who can use its lists."""
    sorter = Sorter(TITLE, hunt_sheets(), choose="Sheet")
    assert to_html(sorter.blocks()) in CardWidget(sorter).static_html()
    show_error_hunt(text=True)
    printed = " ".join(capsys.readouterr().out.split())
    for line in lines_by_id().values():
        assert " ".join(line_text(line.explanation).split()) in printed
