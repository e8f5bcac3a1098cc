"""A case and an incident as the clause lab tells them."""

from __future__ import annotations

from cybernorms.corpus.conducts import load_incident_conducts
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.pages.clause_cases import attributed, incident_label
from cybernorms.pages.clause_lab import LabState, lab_blocks
from tests.texts import flat


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
