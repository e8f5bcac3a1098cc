"""The reader of the incidents: what it brings together, and what it says of a spoilt table."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cybernorms.corpus.incidents import Judgement, find_incident, load_incidents, reading
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError
from tests.corpus.spoiling import change
from tests.data.tables import rows


def test_the_reader_brings_statements_and_judgements_to_their_incident(folder):
    # Prevents a statement or judgement that is in the table and never shown.
    incidents = load_incidents(lesson=EVERYTHING)
    assert [incident.number for incident in incidents] == list(range(1, 22))
    assert sum(len(each.attributions) for each in incidents) == len(rows("attributions"))
    judgements = [found for each in incidents for found in each.judgements.values()]
    assert sum(map(len, judgements)) == len(rows("incident_norms"))


def test_a_reply_is_found_from_the_statement_that_it_answers(folder):
    # Prevents an attribution that is shown as if nobody had answered.
    sony = find_incident("sony-2014", lesson=EVERYTHING)
    replies = [each.id for each in sony.attributions if each.answer_to == "sony-fbi"]
    assert replies == ["sony-dprk-mission"]


def test_two_passes_that_differ_are_disputed_and_both_reasons_are_kept():
    # Prevents a difference that is settled in silence.
    one = replace(Judgement.rows()[0], pass_=1, judgement="engaged")
    two = replace(one, pass_=2, judgement="arguable")
    assert reading([one]) == reading([one, replace(two, judgement="engaged")]) == "engaged"
    assert reading([one, two]) == reading([two, one]) == "disputed"
    with pytest.raises(CyberNormsError, match="No pass has judged"):
        reading([])


def test_both_passes_stand_side_by_side_in_their_order(folder):
    # Prevents a second reading that overwrites the first.
    def add_second_pass(found: list[dict[str, str]]) -> None:
        found[:] = [row for row in found if row["pass"] == "1"]
        found.insert(0, found[0] | {"pass": "2", "judgement": "not engaged", "reason": "No."})

    change(folder, "incident_norms", add_second_pass)
    both = next(iter(load_incidents(lesson=EVERYTHING)[0].judgements.values()))
    assert [each.pass_ for each in both] == [1, 2]
    assert reading(both) == "disputed"


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("incidents", "before_norms", "maybe", "maybe"),
        ("incidents", "source", "no-such-source", "no-such-source"),
        ("attributions", "incident", "atlantis-1999", "atlantis-1999"),
        ("attributions", "kind", "rumour", "rumour"),
        ("attributions", "answer_to", "nobody-said", "nobody-said"),
        ("attributions", "state", "atlantis", "atlantis"),
        ("incident_norms", "norm", "un-a-70-174:13z", "13z"),
        ("incident_norms", "incident", "atlantis-1999", "atlantis-1999"),
        ("incident_norms", "pass", "3", "'3'"),
    ],
)
def test_a_spoilt_cell_is_named_with_its_table_and_column(folder, table, column, value, words):
    # Prevents a traceback for a teacher who edited a table.
    change(folder, table, lambda found: found[1].update({column: value}))
    with pytest.raises(CyberNormsError) as caught:
        load_incidents(lesson=EVERYTHING)
    assert words in caught.value.what
    assert f"{table}.csv" in caught.value.where and repr(column) in caught.value.where


def test_a_pass_that_judges_twice_is_refused(folder):
    # Prevents a judgement that hides another of the same pass.
    change(folder, "incident_norms", lambda found: found.append(dict(found[0])))
    with pytest.raises(CyberNormsError, match="twice"):
        load_incidents(lesson=EVERYTHING)


def test_an_incident_that_does_not_exist_is_refused(folder):
    # Prevents an empty page for a misspelt id.
    with pytest.raises(CyberNormsError, match="sonny-2014"):
        find_incident("sonny-2014", lesson=EVERYTHING)


def test_what_opens_in_lesson_06_stays_closed_in_lesson_03() -> None:
    """Prevents the outcome of 2015 from being told by a statement that cites it."""
    early, late = (
        {each.id for incident in load_incidents(lesson=lesson) for each in incident.attributions}
        for lesson in ("03", "06")
    )
    assert early < late
