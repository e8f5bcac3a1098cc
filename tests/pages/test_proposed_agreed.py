"""What was proposed and what was agreed."""

from __future__ import annotations

import pytest

from cybernorms.corpus.commitments import load_elements
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import curly, to_text
from cybernorms.pages.proposed_agreed import FATE_OF_GUESS, GUESSES, element_blocks
from tests.texts import one_line


@pytest.mark.parametrize("element", load_elements(lesson=EVERYTHING), ids=lambda each: each.id)
def test_what_was_agreed_stays_closed_until_a_guess_is_kept(element) -> None:
    """Prevents an outcome that is read before it was guessed."""
    before, after = (one_line(to_text(element_blocks(element, guess))) for guess in ("", "neither"))
    assert one_line(curly(element.proposed.text)) in before
    assert "On 25 September 2015" not in before and "What changed" not in before
    assert "On 25 September 2015" in after and "Stage" in after and "Force" in after


def test_every_fate_can_be_guessed() -> None:
    """Prevents an element whose right answer is not among the choices."""
    assert {FATE_OF_GUESS[each.fate] for each in load_elements(lesson=EVERYTHING)} == set(GUESSES)
