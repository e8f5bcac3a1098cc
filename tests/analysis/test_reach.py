"""What a clause reaches follows from its parts, with reasons."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cybernorms.analysis.reach import (
    Finding,
    Reach,
    bound_by,
    part_findings,
    reach,
    reach_incident,
    sentence,
)
from cybernorms.corpus.assembly import load_states
from cybernorms.corpus.clauses import find_clause, load_clauses, load_parts
from cybernorms.corpus.conducts import (
    ATTRIBUTES,
    load_choices,
    load_conducts,
    load_incident_conducts,
    load_part_tests,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.errors import CyberNormsError

TESTS = load_part_tests()

CASES = {each.id: each for each in load_conducts()}

INCIDENTS = {each.id: each for each in load_incident_conducts(lesson=EVERYTHING)}


def verdict(clause: str, case: str) -> str:
    return reach(
        find_clause(clause, lesson=EVERYTHING).parts, CASES[case].attributes, TESTS
    ).verdict


def of_incident(clause: str, case: str) -> Reach:
    found = find_clause(clause, lesson=EVERYTHING)
    return reach_incident(found.parts, found.bound, INCIDENTS[case], TESTS)


def reasons(found: Reach) -> str:
    return " ".join(each.reason for each in found.deciding)


# What a clause reaches


@pytest.mark.parametrize(
    ("clause", "case", "expected"),
    [
        ("nyt-first-use", "grid-off", "met"),
        ("nyt-first-use", "grid-flicker", "missed"),  # cripple
        ("nyt-first-use", "spill-over", "arguable"),  # to cripple
        ("nyt-first-use", "grid-answer", "missed"),  # first
        ("nyt-first-use", "grid-war", "missed"),  # peacetime
        ("nyt-first-use", "agency-for-company", "missed"),  # weapon
        ("post-first-use", "grid-off", "missed"),  # no not
        ("kerry-1", "grid-flicker", "met"),
        ("kerry-1", "spill-over", "missed"),  # intentionally
        ("kerry-1", "access-planted", "arguable"),
        ("norm-13f", "spill-over", "arguable"),  # or otherwise impairs
        ("kerry-3", "help-unknowing", "arguable"),  # support without knowingly
        ("us-china-ip", "help-unknowing", "missed"),  # knowingly
        ("us-china-ip", "group-tolerated", "missed"),  # support is not toleration
        ("us-china-ip", "personnel-files", "missed"),
        ("norm-13c", "group-unknown", "missed"),
        ("norm-13c", "group-tolerated", "arguable"),
        ("kerry-2a", "team-blocked", "met"),
        ("kerry-5", "request-ignored", "met"),
        ("us-china-welcome", "grid-off", "missed"),
    ],
)
def test_one_word_decides_a_case(clause: str, case: str, expected: str) -> None:
    """Prevents a rule that does not see the word on which a case turns."""
    assert verdict(clause, case) == expected


def test_every_finding_has_a_reason_and_an_arguable_one_has_two() -> None:
    """Prevents a verdict that nobody can argue with."""
    for clause in load_clauses(lesson=EVERYTHING):
        for case in load_conducts():
            for each in reach(clause.parts, case.attributes, TESTS).findings:
                assert each.reason.endswith("."), each
                assert bool(each.counter) == (each.verdict == "arguable"), each


def test_verbs_are_alternatives_and_qualifiers_are_not() -> None:
    """Prevents "conduct or support" from asking for both, and two limits from being read as one."""
    parts = load_parts()
    case = CASES["group-with-help"].attributes
    assert reach([parts["v-conduct"]], case, TESTS).verdict == "missed"
    assert reach([parts["v-conduct"], parts["v-support"]], case, TESTS).verdict == "met"
    war = CASES["grid-war"].attributes
    limits = [parts["q-peacetime"], parts["q-damage"]]
    assert [e.verdict for e in reach(limits, war, TESTS).findings] == ["missed", "met"]


def test_the_weakest_finding_decides_and_is_the_one_told() -> None:
    """Prevents a result that hides its reason among conditions that are met."""
    found = Reach((Finding("a", "met", "A."), Finding("b", "arguable", "B.", "C.")))
    assert found.verdict == "arguable" and [e.about for e in found.deciding] == ["b"]
    assert Reach(()).verdict == "met"


def test_a_value_that_no_row_speaks_of_is_an_error_and_not_a_pass() -> None:
    """Prevents a gap in the table from reading as a condition that is met."""
    some = next(each for each in TESTS if each.attribute == "relation")
    tests = [replace(some, part="v-conduct", value="organ", verdict="met")]
    with pytest.raises(CyberNormsError, match="unaware"):
        part_findings(load_parts()["v-conduct"], CASES["group-unknown"].attributes, tests)


def test_every_part_has_an_answer_for_every_value_that_it_asks_about() -> None:
    """Prevents a clause lab that stops on a case that somebody adds."""
    some = CASES["grid-off"].attributes
    for part in load_parts().values():
        for attribute in {test.attribute for test in TESTS if test.part == part.id}:
            for value in ATTRIBUTES[attribute]:
                assert part_findings(part, {**some, attribute: value}, TESTS), (part.id, value)


# Incidents, if the attribution were right


def test_a_promise_of_two_states_speaks_to_nobody_else() -> None:
    """Prevents a promise from being held against a State that never made it."""
    found = of_incident("nyt-first-use", "ukraine-grid-2015")
    assert found.verdict == "missed"
    assert "Russia was named, and has not made this promise." in reasons(found)
    assert of_incident("kerry-1", "ukraine-grid-2015").verdict == "met"


def test_a_promise_to_spare_the_other_side_protects_nobody_else() -> None:
    """Prevents a bargain of two from covering a third State, or the one that is accused."""
    clause, case = find_clause("nyt-first-use", lesson=EVERYTHING), INCIDENTS["opm-2015"]
    states = load_states()
    for id, expected in (("united-states", "met"), ("china", "missed"), ("ukraine", "missed")):
        hit = replace(case, victims=(states[id],))
        found = reach_incident(clause.parts, clause.bound, hit, TESTS).findings
        assert {each.about: each for each in found}["whom it protects"].verdict == expected, id


def test_where_nobody_named_a_state_the_promise_is_not_applied_as_if_somebody_had() -> None:
    """Prevents a tool beside a firewall from becoming a State that acts."""
    clause, case = find_clause("us-china-ip", lesson=EVERYTHING), INCIDENTS["great-cannon-2015"]
    silent = replace(case, attribution=replace(case.attribution, state=None))
    found = reach_incident(clause.parts, clause.bound, silent, TESTS)
    about = {each.about: each for each in found.findings}["whom it speaks to"]
    assert about.verdict == "arguable" and about.counter == "Nobody has named a State."


def test_copying_personnel_files_is_reached_by_no_clause_that_rules_conduct_out() -> None:
    """Prevents the gap of political espionage from closing by accident."""
    reached = {
        each.id
        for each in load_clauses(lesson=EVERYTHING)
        if of_incident(each.id, "opm-2015").verdict == "met"
    }
    assert reached == set()


def test_two_statements_on_one_incident_lead_to_two_results() -> None:
    """Prevents the difference between an agency and a territory from being lost."""
    assert of_incident("g20-ip", "exchange-2021-us").verdict == "arguable"
    assert of_incident("g20-ip", "exchange-2021-eu").verdict == "missed"
    assert of_incident("kerry-4", "exchange-2021-eu").verdict == "met"


# Building


def test_a_built_clause_reads_as_a_sentence() -> None:
    """Prevents a sentence with an adverb in the wrong place."""
    lists = load_choices()

    def built(**wanted: str) -> str:
        ids = {name.replace(" ", "_"): name for name in lists}
        chosen = {name: each[0] for name, each in lists.items()}
        for key, id in wanted.items():
            name = ids[key]
            chosen[name] = next(each for each in lists[name] if each.id == id)
        return sentence(list(chosen.values()))

    assert built(verb="conduct-or-support", mental_element="both-minds", limit="peacetime") == (
        "A State should not conduct or knowingly support activity that intentionally damages the "
        "critical infrastructure of another State or impairs its use in peacetime."
    )
    assert built(object="secrets", exception="self-defence") == (
        "A State should not conduct cyber-enabled theft of intellectual property and business "
        "secrets, except in answer to an attack."
    )
    assert "intended cyber-enabled theft" in built(object="secrets", mental_element="intentionally")


def test_every_choice_can_be_built_and_tested() -> None:
    """Prevents a choice in a list that breaks the lab."""
    lists = load_choices()
    first = {name: each[0] for name, each in lists.items()}
    for name, choices in lists.items():
        for choice in choices:
            chosen = list({**first, name: choice}.values())
            built = sentence(chosen)
            assert "{" not in built and "  " not in built and built.endswith("."), built
            parts = [part for each in chosen for part in each.parts]
            for case in load_conducts():
                reach(parts, case.attributes, TESTS)


def test_a_clause_built_for_two_speaks_to_the_two_of_the_deal() -> None:
    """Prevents a promise of two from being tested as a norm for all."""
    parts = load_parts()
    assert bound_by([parts["a-state"]]) == "all"
    assert bound_by([parts["a-each"]]) == bound_by([parts["a-governments"]])
    assert bound_by([parts["a-each"]]) == "china;united-states"
