"""A clause is built from lists, and kept."""

from __future__ import annotations

import pytest

from cybernorms.cards.clause_lab import ClauseInPlace, ClauseLab
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_lab import KEY, START, find_sentence, kept_choices
from tests.cards.keeping import cannot_write
from tests.cards.messages import at, change, flat, press, said


def test_the_built_clause_changes_with_its_lists_and_so_does_what_it_reaches() -> None:
    """Prevents a lab whose sentence and results part ways."""
    lab = ClauseLab()
    assert "A State should not conduct cyber-enabled theft" in lab.text()
    assert "reaches it: 2" in lab.text()
    change(lab, verb="conduct-or-support")
    assert "conduct or support cyber-enabled theft" in lab.text()
    assert "reaches it: 3, arguable: 1" in flat(lab.text())
    change(lab, **{"mental element": "knowingly"})
    assert "conduct or knowingly support" in lab.text()
    assert "reaches it: 3, arguable: 1, " not in flat(lab.text())


def test_a_real_clause_lies_beside_the_built_one_and_stays_there() -> None:
    """Prevents a comparison that ends with the first word that is changed."""
    lab = ClauseLab()
    change(lab, clause="nyt-first-use")
    assert "A real clause: No first use" in lab.text()
    [board] = [each for each in lab.describe()["parts"] if each["is"] == "clause"]
    assert "No first use" in board["beside"]["label"] and board["beside"]["asking"]
    described = change(lab, limit="peacetime")
    assert described["values"]["clause"] == "nyt-first-use"
    assert "in peacetime." in lab.text() and "The clause you built" in lab.text()


def test_the_board_is_sent_the_same_whatever_is_chosen() -> None:
    """Prevents a board that is drawn anew, and loses the focus, at each word that is changed."""
    lab = ClauseLab()
    boards = [
        [part for part in change(lab, **each)["parts"] if part["is"] == "clause"]
        for each in ({"verb": "allow"}, {"object": "teams"}, {"case": "grid-off"})
    ]
    assert boards[0] == boards[1] == boards[2] and "beside" not in boards[0][0]


def test_a_change_is_said_not_to_be_kept() -> None:
    """Prevents a clause from being believed to be kept once it is built."""
    lab = ClauseLab()
    change(lab, limit="peacetime")
    assert "Not kept yet" in said(lab) and at(lab) == "note" and not Record().read().answers


def test_a_kept_clause_comes_back() -> None:
    """Prevents a clause that is lost when the notebook is closed."""
    lab = ClauseLab()
    change(lab, object="infrastructure-crippled")
    assert press(lab, "keep")["reply"]["saved"]
    assert "Saved." in said(lab) and at(lab) == "saved"
    again = ClauseLab()
    assert again.values()["object"] == "infrastructure-crippled"
    assert "filled in" in said(again) and "to cripple" in again.text()


def test_a_clause_that_cannot_be_kept_is_said_not_to_be_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prevents a full disk from passing for a saved clause."""
    lab = ClauseLab()
    cannot_write(monkeypatch)
    described = press(lab, "keep")
    assert "the disk is full" in said(lab) and at(lab) == "problem"
    assert not described["reply"].get("saved")


def test_the_parts_of_a_built_clause_say_what_they_do() -> None:
    """Prevents a learner from taking "must not" for a rule of law."""
    lab = ClauseLab()
    change(lab, modality="must-not")
    assert "Must not: The verb of an obligation. No clause here has it" in flat(lab.text())


@pytest.mark.parametrize("value", ["zzz", "", 7, None, ["theft"]])
def test_what_no_list_offers_changes_nothing(value: object) -> None:
    """Prevents a sentence with a hole, and an error at the next look."""
    lab = ClauseLab()
    for name in START:
        before = lab.values()
        change(lab, **{name: value})
        offered = value == "" and lab.values()[name] == ""
        assert offered or lab.values() == before


@pytest.mark.parametrize("response", ["text", {"object": "zzz", "verb": 3}, {"object": ["a"]}, []])
def test_a_record_that_was_edited_by_hand_breaks_nothing(response: object) -> None:
    """Prevents a lesson that cannot be opened after a slip in the record."""
    Record().append(KEY, "", response)
    assert kept_choices(Record()) == {}
    assert {name: ClauseLab().values()[name] for name in START} == START


def test_the_lists_of_a_clause_are_kept_by_the_browser_until_it_is_kept_here() -> None:
    """Prevents a clause that goes with its kernel, or that takes the place of a later one."""
    lab = ClauseLab()
    assert set(lab.describe()["holds"]) == set(START) and not lab.describe().get("kept")
    press(lab, "keep")
    saved = ClauseLab().describe()["kept"]
    assert 1e12 < saved <= lab.describe()["kept"]


def test_a_sentence_in_a_lesson_can_be_edited_and_leaves_the_lab_as_it_was() -> None:
    """Prevents a word tried in one lesson from changing the clause that was kept in another."""
    place = ClauseInPlace(find_sentence(""))
    change(place, **{"mental element": "knowingly"})
    assert "A State should not knowingly allow cyber-enabled theft" in place.text()
    assert "reaches it: 2, arguable: 3" in flat(place.text())
    change(place, **{"mental element": "zzz"})
    assert place.values()["mental element"] == "knowingly"
    assert not Record().read().answers and ClauseLab().values()["mental element"] == "no-mind"
