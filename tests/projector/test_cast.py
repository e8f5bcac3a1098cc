"""Every explorer can be shown alone, and none of them gives anything away at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cards.claim_tracer import ClaimTracer
from cybernorms.cards.form import Form
from cybernorms.errors import CyberNormsError
from cybernorms.projector.cast import find_card, names


@pytest.fixture(autouse=True)
def _record_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))


@pytest.mark.parametrize("name", sorted(set(names()) - {"question"}))
def test_everything_that_a_notebook_shows_can_be_shown_alone(name: str) -> None:
    """Prevents an explorer that a guide names and the command does not know."""
    card = find_card(name)
    assert card.label and card.describe()["parts"]


def test_the_tracer_does_not_begin_with_the_end() -> None:
    """Prevents the lost word from standing on the wall before the class has looked for it."""
    card = find_card("claims", ["first-use"], "01")
    assert isinstance(card, ClaimTracer)
    assert card.shown.step == 1 and "Step 1 of 3" in card.text()


def test_a_question_can_be_shown_alone() -> None:
    card = find_card("question", ["un-voluntary"])
    assert isinstance(card, Form) and not card.answered
    with pytest.raises(CyberNormsError, match="shown by its id"):
        find_card("question")


def test_names_may_be_written_as_in_notebooks() -> None:
    assert (
        find_card("show_clause_lab", ["nyt-first-use"], "05").label == find_card("clause-lab").label
    )


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(CyberNormsError, match="Did you mean 'claims'"):
        find_card("clams")
    with pytest.raises(CyberNormsError, match="There is no claim called 'nix'"):
        find_card("claims", ["nix"])
