"""The wording lab."""

from __future__ import annotations

import pytest

from cybernorms import show_wording
from cybernorms.corpus.clauses import find_clause
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages.wording import WordingState, slot_table, wording_blocks
from tests.cards.messages import change
from tests.explorers import explore
from tests.texts import flat


def test_the_lost_not_is_marked_by_slot_and_by_word() -> None:
    """Prevents the change that matters most from being one among many."""
    text = flat(wording_blocks(WordingState()))
    told = "Modal verb: First: “will not”; Second: will, without not (our words)"
    assert told in text
    assert "[-that it will not-][+to+] be the first to use cyberweapons" in text
    assert "[-cripple-][+take down+]" in text
    html = to_html(wording_blocks(WordingState()))
    assert "<del>cripple</del>" in html and "<ins>take down</ins>" in html


def test_words_that_are_not_quoted_are_said_to_be_ours() -> None:
    """Prevents a paraphrase of the post from being read as the post."""
    text = flat(wording_blocks(WordingState("post-first-use", "kerry-1")))
    assert "each side commits to “be the first to use cyberweapons” to take down" in text
    assert "the critical infrastructure of the other (our words)" in text


def test_the_same_parts_in_other_words_are_told_as_the_same() -> None:
    """Prevents "territory" and "soil" from counting as a difference in substance."""
    first, second = (
        find_clause("us-china-ip", lesson=EVERYTHING),
        find_clause("uk-china-ip", lesson=EVERYTHING),
    )
    rows = {str(row[0]): row for row in slot_table([first, second]).rows}
    assert rows["Object"][-1] == "Same, in other words."
    assert rows["Mental element"][-1] == "Differs: only the first has knowingly."
    assert rows["Exception"][-1] == "Both are silent."


def test_a_third_text_is_compared_with_the_first() -> None:
    """Prevents a table of three in which one stands unexplained."""
    table = slot_table(
        [find_clause(id, lesson=EVERYTHING) for id in ("kerry-3", "xi-seattle", "us-china-ip")]
    )
    assert list(table.columns[1:]) == [
        "First", "Second", "Third", "Second against first", "Third against first",
    ]  # fmt: skip
    assert {len(row) for row in table.rows} == {6}
    mental = next(row for row in table.rows if row[0] == "Mental element")
    assert mental[4:] == ["Both are silent.", "Differs: only the third has knowingly."]


def test_two_lists_on_the_same_clause_ask_for_another() -> None:
    """Prevents a comparison of a text with itself, or an error in the card."""
    lab = explore("wording", ("kerry-1", "norm-13f"), "05")
    change(lab, second="kerry-1")
    assert "Choose two different clauses." in lab.text()
    change(lab, third="norm-13f")
    assert "First: Kerry, first principle" in lab.text()


def test_the_lab_follows_its_lists() -> None:
    """Prevents lists that change nothing."""
    lab = explore("wording", lesson="05")
    change(lab, first="kerry-1")
    change(lab, second="norm-13f")
    change(lab, third="nyt-norm-f")
    assert lab.state_shown == WordingState("kerry-1", "norm-13f", "nyt-norm-f")
    assert lab.text() == to_text(lab.blocks())
    assert "contrary to its obligations under international law" in flat(lab.blocks())


@pytest.mark.parametrize("clauses", [(), ("kerry-1",), ("kerry-1", "kerry-1"), "kerry-1"])
def test_fewer_than_two_different_clauses_are_refused(clauses: tuple[str, ...]) -> None:
    """Prevents a call that shows half a comparison."""
    with pytest.raises(CyberNormsError, match="two or three different clauses"):
        show_wording(clauses)
