"""Incidents to sort, with both readings and the answer."""

from __future__ import annotations

from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_text
from cybernorms.pages.incidents import incident_sheet


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
