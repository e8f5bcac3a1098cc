"""Rules of law, cases and positions: each rule here says which failure it prevents."""

from __future__ import annotations

from collections import Counter

import pytest

from cybernorms.corpus.law import SUBJECTS, Rule, load_legal_positions, load_rules
from cybernorms.document import to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages import law
from tests.cards.messages import change, options_of
from tests.data.tables import first_and_last_day, rows
from tests.explorers import explore

ARTICLES = "un-a-res-56-83"


def rule(id: str) -> Rule:
    return next(each for each in load_rules() if each.id == id)


# Rules


def test_the_rules_are_numbered_and_every_question_has_some():
    # Prevents a list that begins with its last rule, and a question that leads to nothing.
    assert [each.position for each in load_rules()] == list(range(1, len(load_rules()) + 1))
    assert {each.subject for each in load_rules()} == set(SUBJECTS)


def test_the_force_of_a_text_is_not_taken_for_that_of_a_rule():
    # Prevents "the Articles are binding", and a judgment that would bind everybody.
    for each in load_rules():
        if each.source.kind == "judgment":
            assert each.force == "binding on its parties" and each.case, each.id
            assert each.binds.startswith("the parties to the case"), each.id
        else:
            assert each.force in ("expert opinion", "none") and not each.case, each.id
        if each.source.id == ARTICLES:
            assert "so far as it is custom" in each.binds, each.id
    assert rule("articles-status").binds == "nobody as such"


def test_a_rule_that_was_not_read_is_not_quoted():
    # Prevents words in quotation marks that nobody has seen.
    for each in load_rules():
        if each.status == "unverified":
            assert each.quotation is None, each.id
        if each.quotation:
            assert each.quotation.source == each.source, each.id
    assert {each.id for each in load_rules() if each.status == "unverified"} == {
        "forms-of-reparation",
        "countermeasure-end",
    }


def test_what_the_lesson_says_of_state_responsibility_is_there():
    # Prevents a lesson that tells a rule which the table does not have.
    wanted = {"organs", "direction-or-control", "effective-control", "cessation", "retorsion"}
    wanted |= {"full-reparation", "countermeasure-object", "countermeasure-notice", "necessity"}
    assert wanted <= {each.id for each in load_rules()}
    nicaragua, genocide = rule("effective-control").case, rule("each-operation").case
    assert nicaragua and nicaragua.date == "1986-06-27"
    assert genocide and genocide.date == "2007-02-26"


def test_both_halves_of_corfu_channel_are_told():
    # Prevents the case from being told as if Albania alone had broken the law.
    case = rule("corfu-territory").case
    assert case and case.date == "1949-04-09"
    assert "44 or 45 sailors" in case.what_happened and "Spectator" in case.note
    assert "violated Albania's sovereignty" in case.held
    assert "it didn't find" in case.held


# Positions


@pytest.mark.parametrize("subject", ["sovereignty", "due diligence"])
def test_at_least_six_positions_are_named_on_each_side_of_a_dispute(subject: str):
    # Prevents "some States say".
    found = load_legal_positions(subject)
    holders = [each.holder for each in found]
    assert len(holders) >= 6 and len(set(holders)) == len(holders)
    holds = Counter(each.holds for each in found)
    assert holds["a rule of law"] >= 5 and len(holds) == 3
    every = [*load_legal_positions("sovereignty"), *load_legal_positions("due diligence")]
    assert list(load_legal_positions()) == every


def test_the_african_union_is_a_holder_and_no_state():
    # Prevents a union that is counted among the States.
    found = [each for each in load_legal_positions() if each.state is None]
    assert {each.holder for each in found} == {"African Union"}


def test_who_did_not_say_that_it_is_law_is_not_said_to_hold_so():
    # Prevents a position that a State has not taken, above all one of China, Russia or the US.
    open_ones = {
        each.id for each in load_legal_positions() if each.holds == "open in what was read"
    }
    assert {"china-sovereignty", "russian-federation-sovereignty"} <= open_ones
    assert {"united-states-sovereignty", "united-states-due-diligence"} <= open_ones


def test_a_position_without_its_own_words_says_where_it_is_listed():
    # Prevents a position that rests on nothing.
    for each in load_legal_positions():
        if not each.quotation:
            assert each.source.id.startswith("toolkit-"), each.id
            assert each.status == "secondary", each.id


def test_no_position_is_younger_than_what_was_read():
    # Prevents two digits of a year in each other's place.
    for each in load_legal_positions():
        if each.date:
            assert 2015 <= first_and_last_day(each.date)[0].year <= 2024, each.id


# The explorer


def test_the_explorer_shows_a_rule_with_its_force_and_whom_it_binds():
    # Prevents a rule that is quoted as if every text bound alike.
    told = explore("law", "organs").text()
    for words in ("Acts of organs", "Force of that text: expert opinion", "so far as it is custom"):
        assert words in told
    assert "If your networks are used:" in told and "own reading" in told
    assert "(unverified)" in explore("law", "forms-of-reparation").text()
    assert "none are quoted" in explore("law", "forms-of-reparation").text()


@pytest.mark.parametrize("each", load_rules(), ids=lambda each: each.id)
def test_positions_stand_beside_the_rules_that_are_disputed_and_no_others(each: Rule):
    # Prevents a dispute that is hidden, and one that is made up.
    told = to_text(law.law_blocks(law.LawState(rule=each.id)))
    assert ("Who holds what" in told) is bool(each.disputed)
    if each.disputed:
        for position in load_legal_positions(each.disputed):
            assert f"- {position.holder}" in told
    assert ("[The case:" in told) is bool(each.case)


def test_a_question_leaves_its_own_rules():
    # Prevents a list of rules that does not follow the question above it.
    view = explore("law")
    assert len(options_of(view, "rule")) == len(rows("rules"))
    change(view, subject="territory and sovereignty")
    assert len(options_of(view, "rule")) == 4
    assert view.state_shown.rule == "sovereignty-applies"
    change(view, subject="")
    assert view.state_shown.rule == "sovereignty-applies"


def test_the_rules_open_with_their_lesson():
    # Prevents the law from being told before the norms.
    with pytest.raises(CyberNormsError, match="before lesson 03"):
        law.EXPLORER.start("", "02")
