"""A clause is built from lists, and kept."""

from __future__ import annotations

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_lab import KEY, START, kept_choices
from cybernorms.widgets.clause_builder import ClauseLab


def test_the_built_clause_changes_with_its_lists_and_so_does_what_it_reaches() -> None:
    """Prevents a lab whose sentence and results part ways."""
    lab = ClauseLab()
    assert "A State should not conduct cyber-enabled theft" in lab.text()
    assert "reaches it: 2" in lab.text()
    lab.fields["verb"].value = "conduct-or-support"
    assert "conduct or support cyber-enabled theft" in lab.text()
    assert "reaches it: 3, arguable: 1" in " ".join(lab.text().split())
    lab.fields["mental element"].value = "knowingly"
    assert "conduct or knowingly support" in lab.text()
    assert "reaches it: 3, arguable: 1, " not in " ".join(lab.text().split())


def test_a_real_clause_can_be_put_to_the_test_and_building_turns_back() -> None:
    """Prevents a built clause that is changed while another one is in sight."""
    lab = ClauseLab()
    lab.clause.value = "nyt-first-use"
    assert "A real clause: No first use" in lab.text()
    lab.fields["limit"].value = "peacetime"
    assert lab.clause.value == "" and "The clause you built" in lab.text()
    assert "in peacetime." in lab.text()


def test_a_kept_clause_comes_back() -> None:
    """Prevents a clause that is lost when the notebook is closed."""
    lab = ClauseLab()
    lab.fields["object"].value = "infrastructure-crippled"
    lab.keep.click()
    assert "Saved." in lab._status.value
    again = ClauseLab()
    assert again.fields["object"].value == "infrastructure-crippled"
    assert "filled in" in again._status.value and "to cripple" in again.text()


def test_a_clause_that_cannot_be_kept_is_said_not_to_be_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prevents a full disk from passing for a saved clause."""
    lab = ClauseLab()

    def full(*_: object) -> None:
        raise CyberNormsError("The disk is full", remedy="Free some space")

    monkeypatch.setattr(lab._record, "append", full)
    lab.keep.click()
    assert "The disk is full" in lab._status.value and "Saved" not in lab._status.value


def test_the_parts_of_a_built_clause_say_what_they_do() -> None:
    """Prevents a learner from taking "must not" for a rule of law."""
    lab = ClauseLab()
    lab.fields["modality"].value = "must-not"
    told = " ".join(lab.text().split())
    assert "Must not: The verb of an obligation. No clause here has it" in told


@pytest.mark.parametrize("response", ["text", {"object": "zzz", "verb": 3}, {"object": ["a"]}, []])
def test_a_record_that_was_edited_by_hand_breaks_nothing(response: object) -> None:
    """Prevents a lesson that cannot be opened after a slip in the record."""
    Record().append(KEY, "", response)
    assert kept_choices(Record()) == {}
    assert dict(ClauseLab().state.choices) == START
