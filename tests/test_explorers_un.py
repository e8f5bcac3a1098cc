"""The explorers on the UN track show what their controls say, and say the same as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms.analysis.assembly import in_all, record_of, seats, votes_of
from cybernorms.corpus.assembly import (
    REGIONAL_GROUPS,
    find_resolution,
    load_members,
    load_positions,
    load_resolutions,
)
from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.passages import KINDS_OF_FORCE, load_passages
from cybernorms.document import to_html, to_text
from cybernorms.exercises.record import Record
from cybernorms.figures.votes import draw_votes, votes_alt
from cybernorms.pages.attributions import incidents_with_statements, statement_blocks
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import sheet as law_sheet
from cybernorms.pages.rooms import WHO, RoomState, chosen_states, room_blocks
from cybernorms.pages.votes import VoteState, how_adopted, vote_blocks
from cybernorms.widgets.sorter import Sorter
from cybernorms.widgets.view import View
from tests.explorers import explore


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))


def names(state: RoomState) -> list[str]:
    return [each.name for each in chosen_states(state)]


# The room


def test_six_states_sat_in_every_group_and_india_was_not_there_in_2015() -> None:
    """Prevents a matrix that says something else than the lists."""
    assert [state.name for state in in_all(load_members())] == names(RoomState("every"))
    assert len(names(RoomState("every"))) == 6
    assert "India" in names(RoomState("not-2015")) and "India" not in names(RoomState("in-2015"))
    assert len(names(RoomState("in-2015"))) == 20
    assert sum(map(len, seats(load_members()).values())) == 15 + 15 + 15 + 20 + 25 + 25


@pytest.mark.parametrize("who", WHO)
def test_every_choice_of_the_matrix_lists_those_it_names(who: str) -> None:
    """Prevents a filter that lets somebody through or forgets somebody."""
    parts = [names(RoomState(who, region)) for region in REGIONAL_GROUPS]
    assert sorted(name for part in parts for name in part) == sorted(names(RoomState(who)))
    text = " ".join(to_text(room_blocks(RoomState(who))).split())
    for name in names(RoomState(who)):
        assert f"- {name}: Regional group" in text


def test_nobody_in_a_filter_is_told_and_the_notes_stay() -> None:
    """Prevents an empty page without a word."""
    text = to_text(room_blocks(RoomState("every", "African")))
    assert "Nobody fits" in text and "In every group" in text


def test_the_matrix_says_how_far_each_list_was_checked() -> None:
    """Prevents recalled lists from passing for checked ones."""
    text = " ".join(to_text(room_blocks(RoomState())).split())
    assert "Read in the source: 2012-13, 2014-15." in text
    assert "From general knowledge: 2004-05." in text


# The votes


def test_the_lone_no_the_two_tracks_and_the_joint_text_are_shown() -> None:
    """Prevents the four turns of the story from being lost in the table."""
    for number in ("60/45", "61/54", "62/17", "63/37"):
        resolution = find_resolution(number)
        assert votes_of(load_positions(), resolution)["no"] == ["United States"]
        assert ", 1 no, " in how_adopted(resolution)
    assert how_adopted(find_resolution("64/25")) == "without a vote"
    assert how_adopted(find_resolution("73/27")) == "recorded vote: 119 yes, 46 no, 14 abstained"
    assert how_adopted(find_resolution("73/266")) == "recorded vote: 138 yes, 12 no, 16 abstained"
    assert how_adopted(find_resolution("76/19")) == "without a vote"


def test_votes_without_checked_figures_say_so_and_have_no_bar() -> None:
    """Prevents invented figures."""
    unchecked = find_resolution("75/32")
    assert how_adopted(unchecked) == "recorded vote, figures not checked"
    assert "75/32" not in votes_alt(load_resolutions())
    assert "figures not checked" in to_text(vote_blocks(VoteState(number="75/32")))


def test_the_figure_of_the_votes_names_every_checked_vote_in_its_text() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    figure = draw_votes(load_resolutions())
    for each in load_resolutions():
        if each.tally:
            told = f"{each.tally.yes} yes, {each.tally.no} no, {each.tally.abstain} abstained"
            assert told in figure.alt


def test_one_states_votes_are_listed_by_date_and_no_more_than_the_sources_name() -> None:
    """Prevents guesses about votes that no source names."""
    votes = record_of(load_positions(), "united-states")
    assert [each.resolution.date for each in votes] == sorted(e.resolution.date for e in votes)
    text = to_text(vote_blocks(VoteState(number="60/45", state="united-states")))
    assert "others are not known here" in text


def test_a_track_that_lacks_the_open_resolution_opens_its_first() -> None:
    """Prevents an error when the list changes under the choice."""
    viewer = explore("votes")
    viewer.fields["number"].value = "76/19"
    viewer.fields["track"].value = "Russian text"
    assert viewer.state.number == "73/27"
    viewer.fields["track"].value = ""
    assert viewer.state.number == "73/27"


# The sorters


def fill(sorter: Sorter, choice: Callable[[str], str]) -> None:
    for id, field in sorter.fields.items():
        field.value = choice(id)


def test_a_sheet_is_compared_only_when_it_is_full_and_kept() -> None:
    """Prevents readings that are looked at before anything was decided."""
    sorter = Sorter("Law or norm", [law_sheet()])
    sorter.submit()
    assert "10 lines are still open" in sorter._status.value and not sorter._reading.value
    fill(sorter, lambda id: "law")
    sorter.submit()
    assert "Best reading" in sorter._reading.value
    assert Record().read().last("sorter-law-or-norm") is not None
    again = Sorter("Law or norm", [law_sheet()])
    assert again.chosen() == sorter.chosen() and "Best reading" in again._reading.value


def test_a_change_closes_the_reading() -> None:
    """Prevents a reading that stands beside other choices."""
    sorter = Sorter("Law or norm", [law_sheet()])
    fill(sorter, lambda id: "law")
    sorter.submit()
    next(iter(sorter.fields.values())).value = "norm"
    assert not sorter._reading.value and "Not saved yet" in sorter._status.value


def test_what_cannot_be_saved_is_told_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a reading for choices that are lost."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    sorter = Sorter("Law or norm", [law_sheet()], record=Record(blocked / "work"))
    fill(sorter, lambda id: "law")
    sorter.submit()
    assert "Not saved" in sorter._status.value and not sorter._reading.value
    assert len(sorter.chosen()) == len(sorter.fields)


def test_each_force_is_the_best_reading_of_some_passage() -> None:
    """Prevents a sorter in which one answer fits all."""
    best = {
        reading.force
        for passage in load_passages()
        for reading in passage.readings
        if reading.verdict == "correct"
    }
    assert best == set(KINDS_OF_FORCE)


def test_every_incident_has_a_sheet_with_both_readings_and_the_answer() -> None:
    """Prevents incidents that are judged by one pass, or told without the other side."""
    for incident in load_incidents(lesson=EVERYTHING):
        sheet = incident_sheet(incident)
        text = " ".join(to_text(sheet.reading({})).split())
        assert len(sheet.lines) >= 5
        assert "one reading so far" not in text
        for judgements in incident.judgements.values():
            assert {each.pass_ for each in judgements} == {1, 2}
        assert ("before the eleven norms" in to_text(sheet.intro)) is incident.before_norms


def test_where_the_passes_differ_both_reasons_are_shown() -> None:
    """Prevents a dispute from being hidden behind one of its sides."""
    incident = next(
        each for each in load_incidents(lesson=EVERYTHING) if each.id == "notpetya-2017"
    )
    norm = "un-a-70-174:13f"
    values = {each.judgement for each in incident.judgements[norm]}
    assert len(values) == 2
    text = " ".join(to_text(incident_sheet(incident).reading({norm: "engaged"})).split())
    assert "the two readings differ" in text
    for each in incident.judgements[norm]:
        start = " ".join(each.reason.split()[:5]).replace('"', "")
        assert start in text.replace("\u201c", "").replace("\u201d", "")


def test_switching_the_case_shows_its_own_lines_and_choices() -> None:
    """Prevents choices for one incident from being kept for another."""
    sorter = Sorter(
        "Incident sorter", [incident_sheet(each) for each in load_incidents(lesson=EVERYTHING)]
    )
    fill(sorter, lambda id: "arguable")
    sorter.submit()
    first, second = sorter.sheet.options[0][1], sorter.sheet.options[1][1]
    sorter.sheet.value = second
    assert not sorter.chosen() and not sorter._reading.value
    sorter.sheet.value = first
    assert set(sorter.chosen().values()) == {"arguable"} and sorter._reading.value


# The statements


def test_the_statement_reader_shows_who_names_whom_how_surely_and_citing_what() -> None:
    """Prevents accusations that are shown without their author or their doubt."""
    reader = explore("attributions", "exchange-2021", "03")
    text = " ".join(reader.text().split())
    assert "European Union" in text and "from the territory of China" in text
    assert "high degree of confidence" in text and "denied" in text
    assert "It is not a finding of this module" in text


def test_what_opens_in_lesson_06_stays_closed_in_lesson_03() -> None:
    """Prevents the outcome of 2015 from being told by a statement that cites it."""
    early, late = (
        {each.id for incident in load_incidents(lesson=lesson) for each in incident.attributions}
        for lesson in ("03", "06")
    )
    assert early < late


def test_every_incident_with_statements_can_be_opened() -> None:
    """Prevents an entry of the list that leads to an error."""
    reader = explore("attributions", lesson="03")
    for incident in incidents_with_statements("03"):
        reader.fields["incident"].value = incident.id
        assert to_text(statement_blocks(reader.state)) in reader.text()
        assert incident.name in reader.text()


@pytest.mark.parametrize(
    "view",
    [
        lambda: explore("rooms"),
        lambda: explore("votes"),
        lambda: explore("attributions", lesson="03"),
        lambda: Sorter("Law or norm", [law_sheet()]),
        lambda: Sorter(
            "Incident sorter", [incident_sheet(each) for each in load_incidents(lesson=EVERYTHING)]
        ),
    ],
    ids=["rooms", "votes", "statements", "law-or-norm", "incidents"],
)
def test_each_explorer_has_a_still_form_and_a_text_of_the_same_content(
    view: Callable[[], View],
) -> None:
    """Prevents printed pages and screen readers from getting less than the screen."""
    shown = view()
    assert to_html(shown.blocks()) in shown.static_html()
    assert shown.text() == to_text(shown.blocks())
    assert len(shown.text()) > 300
