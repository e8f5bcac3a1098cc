"""Every kind of question is known wherever kinds are told apart, and says what was chosen."""

from __future__ import annotations

import pytest

from cybernorms.cards import controls
from cybernorms.classroom.export import moodle_xml, qti
from cybernorms.classroom.report import simulation
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.marking import mark
from cybernorms.exercises.questions import Offer
from tests.answers import best_answer, worst_answer
from tests.exercises.kinds.tables import tables_over_kinds
from tests.factories import made_up

TABLES = tables_over_kinds()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_every_table_over_the_kinds_has_every_kind(table: str, kind: str) -> None:
    """Prevents a new kind from failing only when somebody meets it in a form or an export."""
    assert KINDS[kind] in TABLES[table], f"{table}: there is no entry for the kind {kind!r}"


def test_the_tables_over_the_kinds_are_found() -> None:
    """Prevents a search that finds nothing, after which nothing would be compared."""
    for table in (controls.KINDS, moodle_xml.WRITERS, qti.WRITERS, simulation.ANSWERS):
        assert any(table is each for each in TABLES.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_knows_its_kind(kind: str) -> None:
    assert type(made_up(kind)) is KINDS[kind]
    assert made_up(kind).kind == kind


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "written"])
def test_what_was_chosen_is_among_what_is_counted(kind: str) -> None:
    """Prevents counts that no line of options.csv has."""
    question = made_up(kind)
    for response in (best_answer(question), worst_answer(question)):
        chosen = mark(question, response).chosen
        assert set(chosen) <= set(question.offers())
        assert chosen or not question.offers()


def chosen(kind: str, response: object) -> list[Offer]:
    question = made_up(kind)
    return [question.offers()[id] for id in mark(question, response).chosen]


@pytest.mark.parametrize("response", ["d", ["d"], "Article 4(d), on dog-ears"])
def test_an_option_is_chosen_by_its_id_and_by_its_text(response: object) -> None:
    [offer] = chosen("choice", response)
    assert (offer.part, offer.text, offer.verdict) == ("", "Article 4(d), on dog-ears", "correct")
    assert offer.reason.startswith("Not folding")


def test_several_options_are_chosen_in_the_order_of_the_question() -> None:
    assert mark(made_up("several"), ["dragons", "late-fees"]).chosen == ("late-fees", "dragons")


def test_a_category_that_nobody_judged_is_wrong_for_the_reason_that_holds_otherwise() -> None:
    [offer] = chosen("match", {"dog-ears": "reporting"})
    assert offer.name == "Do not fold the corners: Report"
    assert offer.verdict == "incorrect"
    assert offer.reason == "Folding is one's own act, and nothing has to be reported."


def test_wordings_are_chosen_for_their_part() -> None:
    assert [offer.name for offer in chosen("clause", {"actor": "books", "verb": "may"})] == [
        "Actor: Books",
        "Verb: may",
    ]


@pytest.mark.parametrize(
    ("response", "texts", "verdict"),
    [
        (1500, ("1500", "1500 books"), "correct"),
        ("1,500", ("1500", "1500 books"), "correct"),
        (1505, ("A number near it", "near 1500 books"), "defensible"),
        (150, ("150", "150 books"), "incorrect"),
        (7, ("Any other number", "any other number"), "incorrect"),
    ],
)
def test_numbers_are_told_apart_by_the_mistake_that_leads_to_them(
    response: object, texts: tuple[str, str], verdict: str
) -> None:
    [offer] = chosen("number", response)
    assert ((offer.name, offer.in_tables), offer.verdict) == (texts, verdict)


@pytest.mark.parametrize("kind", ["order", "value"])
def test_without_options_it_counts_how_a_response_turned_out(kind: str) -> None:
    question = made_up(kind)
    assert mark(question, best_answer(question)).chosen == ("correct",)
    assert mark(question, worst_answer(question)).chosen == ("incorrect",)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_chosen_where_nothing_was_marked(kind: str) -> None:
    assert mark(made_up(kind), None).chosen == ()
