"""The sentence that is retold: only words of a source move, and none moves that was not lost."""

from __future__ import annotations

import pytest

from cybernorms.corpus.claims import load_claim_words
from cybernorms.document import to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages import retold

FIRST_USE = retold.find_sentence(retold.FIRST_USE, lesson="00")


def test_the_lost_word_stands_in_the_newspaper_and_not_in_the_post() -> None:
    """Prevents a puzzle whose answer is not in the two sentences."""
    newspaper, post = (lane for lane in retold.lanes(FIRST_USE) if lane.words)
    word = retold.key_word(retold.FIRST_USE)
    assert word == "not"
    assert word in newspaper.words.split() and word not in post.words.split()
    assert ("will not ", "lost") in post.pieces


@pytest.mark.parametrize("claim", retold.sentences("01"), ids=lambda claim: claim.id)
def test_only_words_of_a_source_move(claim: retold.Claim) -> None:
    """Prevents words of ours from being shown as lost or added by somebody."""
    before = ""
    for lane in retold.lanes(claim):
        if lane.told:
            assert not lane.words and not lane.pieces
            continue
        whole = " ".join(part for part in (lane.before, lane.words, lane.after) if part)
        assert whole in " ".join(claim.steps[-1].wording.split()) or lane.words in whole
        if lane.pieces:
            kept = "".join(text for text, kind in lane.pieces if kind != "lost")
            was = "".join(text for text, kind in lane.pieces if kind != "added")
            assert kept.split() == lane.words.split()
            assert was.casefold().split() == before.casefold().split()
        before = lane.words


def test_the_words_that_are_judged_stand_in_the_sentence() -> None:
    """Prevents a reason for a word that nobody can press."""
    newspaper = next(lane for lane in retold.lanes(FIRST_USE) if lane.words)
    judged = set(load_claim_words(retold.FIRST_USE)) - {"*"}
    assert judged <= set(newspaper.words.casefold().split())
    assert retold.verdict_on(retold.FIRST_USE, "Cripple").verdict == "defensible"
    assert retold.verdict_on(retold.FIRST_USE, "during").verdict == "incorrect"


def test_nothing_is_marked_before_the_word_is_found() -> None:
    """Prevents a printed page that gives the answer away."""
    asked = to_text(retold.retold_blocks(FIRST_USE, answered=False))
    told = to_text(retold.retold_blocks(FIRST_USE))
    assert "[-" not in asked and retold.ASKED in asked
    assert "[-" in told and retold.ASKED not in told
    assert "be the first to use cyberweapons" in asked


def test_what_moves_is_said_in_words() -> None:
    """Prevents a movement that only the eye can follow."""
    assert retold.told_line(FIRST_USE) == "Gone: “will not”, “cripple”. New: “take down”."


def test_an_unknown_sentence_is_named() -> None:
    """Prevents a slip of the pen from ending in a traceback."""
    with pytest.raises(CyberNormsError, match="nobody"):
        retold.find_sentence("nobody", lesson="00")
