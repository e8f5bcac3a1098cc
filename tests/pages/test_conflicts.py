"""Figures that conflict, and lost words."""

from __future__ import annotations

import pytest

from cybernorms.cards.sorter import Sorter
from cybernorms.corpus.documents import (
    load_conflicting_figures,
    load_unfound_quotations,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import Table, to_text
from cybernorms.pages.conflicts import (
    BEST,
    WHAT_TO_WRITE,
    bare,
    by_question,
    differs,
    sheets as conflict_sheets,
)
from tests.cards.messages import deck_of, sort
from tests.texts import on_a_page, one_line


def test_every_figure_in_conflict_stands_on_exactly_one_sheet() -> None:
    """Prevents a count that nobody meets."""
    lines = [line for sheet in conflict_sheets() for line in sheet.lines]
    assert len(lines) == len(set(lines))
    asked = {each.id for each in load_unfound_quotations()}
    for figures in by_question("04").values():
        if differs(figures):
            asked |= {each.id for each in figures}
    assert set(lines) == asked


def test_figures_that_count_the_same_are_told_in_the_reading() -> None:
    """Prevents a plain mistake of a page from getting lost because there is nothing to choose."""
    text = one_line(" ".join(to_text(sheet.reading({})) for sheet in conflict_sheets()))
    for each in load_conflicting_figures(lesson="04"):
        assert on_a_page(each.figure) in text and on_a_page(each.note) in text


def test_a_line_does_not_say_what_its_figure_counts() -> None:
    """Prevents an exercise that answers itself."""
    assert bare("89 signed") == "89" and bare("4.2 million") == "4.2 million"
    assert bare("552, among them 66 States") == "552, among them 66 States"
    for sheet in conflict_sheets():
        for id, line in sheet.lines.items():
            assert sheet.choices(id).get(id, "nothing") not in line


def test_choosing_what_the_sources_have_is_counted_as_such() -> None:
    """Prevents right choices from being called wrong."""
    for sheet in conflict_sheets():
        if sheet.id == "unfound":
            right = {each.id: BEST[each.kind] for each in load_unfound_quotations()}
        else:
            counted = {
                e.id: e.counted.rstrip(".") for e in load_conflicting_figures(lesson=EVERYTHING)
            }
            right = {
                line: next(id for id, text in sheet.choices(line).items() if text == counted[line])
                for line in sheet.lines
            }
        total = len(sheet.lines)
        text = one_line(to_text(sheet.reading(right)))
        assert f"{total} of {total} as " in text
        assert text.count("Your choice: ") == text.count("Your choice: the same")


def test_only_figures_that_were_asked_about_have_a_choice_beside_them() -> None:
    """Prevents an empty column for a choice that nobody was offered."""
    for sheet in conflict_sheets():
        for table in (each for each in sheet.reading({}) if isinstance(each, Table)):
            asked = differs(by_question("04")[table.caption])
            assert ("Your choice" in table.columns) is asked


@pytest.mark.parametrize("choice", WHAT_TO_WRITE)
def test_every_other_sentence_on_lost_words_is_answered_with_a_reason(choice: str) -> None:
    """Prevents a choice that is called wrong without a why."""
    sheet = conflict_sheets()[-1]
    text = one_line(to_text(sheet.reading(dict.fromkeys(sheet.lines, choice))))
    others = sum(BEST[each.kind] != choice for each in load_unfound_quotations())
    assert text.count("Your choice: ") == others
    assert text.count("Found instead: ") == len(sheet.lines)


def test_a_pair_of_lists_keeps_its_own_choices_after_a_restart() -> None:
    """Prevents choices of one question from filling the lists of another."""
    pairs = next(sheet for sheet in conflict_sheets() if sheet.id == "figures-pairs")
    sorter = Sorter("Figures", [pairs])
    last = {id: list(pairs.choices(id))[-1] for id in pairs.lines}
    for id, choice in last.items():
        sort(sorter, id, choice)
    assert Sorter("Figures", [pairs]).values() == sorter.values()
    assert sorter.values()[deck_of(sorter)["name"]] == last
