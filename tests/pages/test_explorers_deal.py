"""The explorers on the proposed deal show what their controls say, and say the same as text."""

from __future__ import annotations

import ipywidgets as w
import pytest
from msgspec.structs import replace

from cybernorms import show_clause_lab, show_coverage, show_wording
from cybernorms.analysis.coverage import DIFFER, Matrix, agreed, count_values, differing, matrix
from cybernorms.corpus.clauses import find_clause, load_clauses
from cybernorms.corpus.conducts import load_choices, load_conducts, load_incident_conducts
from cybernorms.corpus.coverage import Coverage, load_coverage, load_interests, opens_in
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import load_norms
from cybernorms.document import Aside, Table, line_text, to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.clause_cases import attributed, incident_label
from cybernorms.pages.clause_lab import KEY, START, LabState, chosen, kept_choices, lab_blocks
from cybernorms.pages.coverage import (
    SHORT,
    CoverageState,
    agreement_line,
    cell_text,
    coverage_blocks,
    instruments,
    totals,
)
from cybernorms.pages.wording import WordingState, slot_table, wording_blocks
from cybernorms.widgets.clause_builder import ClauseLab
from cybernorms.widgets.view import View
from tests.explorers import explore
from tests.texts import flat

AGREED = ("25 September 2015", "Antalya", "Ise-Shima", "neither country", "Joint statement")


def lists_of(widget: w.Widget) -> list[w.Dropdown]:
    """Return all lists to choose from in a card."""
    inside = [found for each in getattr(widget, "children", ()) for found in lists_of(each)]
    return [widget, *inside] if isinstance(widget, w.Dropdown) else inside


# The wording lab


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
    lab.fields["second"].value = "kerry-1"
    assert "Choose two different clauses." in lab.text()
    lab.fields["third"].value = "norm-13f"
    assert "First: Kerry, first principle" in lab.text()


def test_the_lab_follows_its_lists() -> None:
    """Prevents lists that change nothing."""
    lab = explore("wording", lesson="05")
    lab.fields["first"].value, lab.fields["second"].value = "kerry-1", "norm-13f"
    lab.fields["third"].value = "nyt-norm-f"
    assert lab.state == WordingState("kerry-1", "norm-13f", "nyt-norm-f")
    assert lab.text() == to_text(lab.blocks())
    assert "contrary to its obligations under international law" in flat(lab.blocks())


@pytest.mark.parametrize("clauses", [(), ("kerry-1",), ("kerry-1", "kerry-1"), "kerry-1"])
def test_fewer_than_two_different_clauses_are_refused(clauses: tuple[str, ...]) -> None:
    """Prevents a call that shows half a comparison."""
    with pytest.raises(CyberNormsError, match="two or three different clauses"):
        show_wording(clauses)


# The clause lab


def test_every_list_and_every_case_is_in_the_text() -> None:
    """Prevents a case that only the screen shows."""
    text = flat(lab_blocks(LabState()))
    for case in load_conducts():
        assert case.label in text
    for incident in load_incident_conducts(lesson="05"):
        assert f"by {incident.attribution.speaker}".casefold() in text.casefold()
    assert "Of 18 invented cases" in text and "Each line takes one public statement" in text


def test_a_result_is_told_by_sign_and_word_with_its_reasons() -> None:
    """Prevents a result that is told by a sign alone, or without what it rests on."""
    text = flat(lab_blocks(LabState()))
    assert "The clause: ✓ reaches it; Why: Every condition is met. The State's own people" in text
    assert "The clause: ✗ misses it; Why: Others act. To look on is not to conduct." in text
    argued = flat(lab_blocks(LabState(clause="kerry-1")))
    assert "The clause: ◐ arguable; Why: For: Whoever breaks in this way accepts" in argued


def test_what_a_clause_misses_opens_on_demand_and_the_rest_is_in_sight() -> None:
    """Prevents two cases that matter from being lost among sixteen that do not."""
    [shown] = [
        block for block in lab_blocks(LabState(clause="nyt-first-use")) if isinstance(block, Table)
    ]
    [missed] = [
        block.blocks[0]
        for block in lab_blocks(LabState(clause="nyt-first-use"))
        if isinstance(block, Aside) and block.summary == "Cases that it misses"
    ]
    assert isinstance(missed, Table)
    assert {row[1] for row in shown.rows} == {"✓ reaches it", "◐ arguable"}
    assert {row[1] for row in missed.rows} == {"✗ misses it"}
    assert len(shown.rows) + len(missed.rows) == len(load_conducts())


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


def test_a_case_is_told_with_every_condition() -> None:
    """Prevents a verdict without its reasons."""
    text = flat(lab_blocks(LabState(clause="kerry-1", case="access-planted")))
    assert "Invented. An agency of State A hides access" in text
    assert "Whether the clause reaches it is arguable." in text
    assert "harm: damages or impairs: arguable. For: A system with a stranger inside" in text
    assert "Against: It works as before." in text


def test_an_incident_is_told_as_attributed_with_its_answer() -> None:
    """Prevents an accusation from being repeated as a fact."""
    for each in load_incident_conducts(lesson=EVERYTHING):
        told = attributed(each)
        speaker = each.attribution.speaker.removeprefix("A ")
        assert speaker in told and "answer: " in told
        assert speaker in incident_label(each) and "according to A " not in incident_label(each)
    text = flat(lab_blocks(LabState(clause="kerry-1", case="volt-typhoon-2023")))
    assert "Attributed to a state-sponsored actor of China; by" in text
    assert "answer: denied" in text


def test_what_happened_before_a_text_is_said_to_have_happened_before_it() -> None:
    """Prevents a breach of a promise that did not exist yet."""
    text = flat(lab_blocks(LabState(clause="xi-seattle")))
    opm = text[text.index("- OPM") :]
    assert "It happened before this text." in opm[:400]


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


def test_a_clause_or_a_case_that_is_not_there_is_refused() -> None:
    """Prevents a lab that opens on nothing."""
    with pytest.raises(CyberNormsError, match="zzz"):
        show_clause_lab("zzz")
    with pytest.raises(CyberNormsError, match="us-china-ip"):
        show_clause_lab("us-china-ip", lesson="5")
    with pytest.raises(CyberNormsError, match="zzz"):
        chosen(LabState(choices={"verb": "zzz"}))


def test_the_first_choices_are_choices() -> None:
    """Prevents a lab that opens with an error after a row was renamed."""
    assert set(START) == set(load_choices())
    assert len(chosen(LabState())) == len(START)


# The coverage matrix


def found_05() -> Matrix:
    """Return the matrix of the first pass alone, so that a second one changes nothing here."""
    return matrix(each for each in load_coverage(lesson="05") if each.coder == "A")


def judgement(coder: str, value: str) -> Coverage:
    some = load_coverage(lesson=EVERYTHING)[0]
    return replace(some, id=f"x:{coder}", coder=coder, value=value)


def test_where_coders_differ_both_are_shown() -> None:
    """Prevents one of two readings from being dropped."""
    cell = (judgement("A", "covers"), judgement("B", "silent"))
    assert agreed(cell) == DIFFER
    assert cell_text(cell) == "differ: covers (A), silent (B)"
    assert cell_text(cell[:1]) == "covers"
    found = matrix([cell[1], cell[0]])
    assert [[each.coder for each in one] for one in differing(found)] == [["A", "B"]]
    assert count_values([cell, cell[:1]]) == {
        "covers": 1, "covers in part": 0, "silent": 0, DIFFER: 1,
    }  # fmt: skip


def test_agreement_is_told_once_there_is_a_second_coder() -> None:
    """Prevents one reading from passing for the judgement of two."""
    same = (judgement("A", "covers"), judgement("B", "covers"))
    apart = (judgement("A", "covers"), judgement("B", "silent"))
    assert agreement_line({"x": {"i": same[:1]}}) == "Judged once so far."
    told = agreement_line({"x": {"i": same, "j": apart}})
    assert told == "Judged by 2 coders apart, who agree on 1 of 2 cells."


def test_every_cell_opens_with_its_reason() -> None:
    """Prevents a cell whose reason cannot be read."""
    found = matrix(load_coverage(lesson="05"))
    for target, row in found.items():
        for instrument, cell in row.items():
            text = flat(coverage_blocks(CoverageState("", target, instrument, "05"))[:1])
            for each in cell:
                assert f"Coder {each.coder}: {each.value}." in text
                assert each.reason[:20] in text.replace("“", '"').replace("”", '"')


def test_a_cell_on_which_the_coders_differ_says_so_and_gives_both_reasons() -> None:
    """Prevents a second judgement that nobody gets to see."""
    cell = differing(matrix(load_coverage(lesson="05")))[0]
    state = CoverageState("", cell[0].target.id, cell[0].instrument.id, "05")
    text = flat(coverage_blocks(state))
    assert "The coders differ." in text
    assert all(f"Coder {each.coder}: {each.value}." in text for each in cell) and len(cell) == 2
    assert f"differ: {SHORT[cell[0].value]} (A), {SHORT[cell[1].value]} (B)" in text


def test_the_matrix_shows_norms_interests_or_both() -> None:
    """Prevents a filter that lets a row through or forgets one."""
    card = explore("coverage", lesson="05")
    norms, wishes = len(load_norms(lesson=EVERYTHING)), len(load_interests(lesson="05"))

    def count() -> int:
        return to_html(card.blocks()).count('<th scope="row">')

    assert count() == norms + wishes
    card.fields["rows"].value = "norms"
    assert count() == norms
    card.fields["rows"].value = "interests"
    assert count() == wishes
    card.fields["instrument"].value = "un-a-70-174"
    card.fields["target"].value = load_norms(lesson=EVERYTHING)[0].id
    assert "The norm is this text’s own." in card.text()


def test_every_text_is_counted_over_the_rows_in_sight() -> None:
    """Prevents a count that leaves out a text, or counts rows that nobody sees."""
    state = CoverageState("interests")
    lines = [line_text(line) for line in totals(state, found_05())]
    assert len(lines) == len(instruments(state))
    assert "Kerry, 2015: covers 2, covers in part 0, silent 6." in lines


def test_rows_that_are_not_there_are_refused() -> None:
    """Prevents a matrix without rows."""
    with pytest.raises(CyberNormsError, match="zzz"):
        show_coverage("zzz")


# What opens later


@pytest.mark.parametrize(
    "view",
    [
        lambda: explore("wording", lesson="05"),
        lambda: ClauseLab(),
        lambda: explore("coverage", lesson="05"),
    ],
    ids=["wording", "clauses", "coverage"],
)
def test_lesson_05_tells_nothing_of_what_was_agreed(view: type[View]) -> None:
    """Prevents the outcome of a forecast from being told in an explorer."""
    card = view()
    told = card.text() + card.static_html()
    lists = [str(each.options) for each in lists_of(card)]
    assert len(lists) >= 3
    for phrase in AGREED:
        assert phrase not in told + " ".join(lists), phrase


def test_lesson_06_opens_the_rest() -> None:
    """Prevents texts that no lesson ever shows."""
    assert (
        len(load_clauses(lesson="06"))
        == len(load_clauses(lesson=EVERYTHING))
        > len(load_clauses(lesson="05"))
    )
    before, after = instruments(CoverageState()), instruments(CoverageState(lesson="06"))
    assert set(before) < set(after) and "us-china-2015" in set(after) - set(before)
    assert {opens_in(each) for id, each in after.items() if id not in before} == {"06"}
    assert after["paris-call-2018"].opens_in < "06"  # named in lesson 02, judged in lesson 06
    assert "paris-call-2018" not in before
    assert "US-China 2015" in explore("wording", lesson="06").fields["first"].options[-9][0]


@pytest.mark.parametrize("show", [show_wording, show_clause_lab, show_coverage])
def test_outside_a_notebook_an_explorer_prints_its_text(
    show: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a class without JupyterLab from seeing nothing."""
    show()  # type: ignore[operator]
    assert len(capsys.readouterr().out.splitlines()) > 30
