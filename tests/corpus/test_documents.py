"""The readers of documents and figures, and what they say of a spoilt table."""

from __future__ import annotations

from functools import partial

import pytest

from cybernorms.corpus.codings import (
    AXES,
    load_axes,
    load_codings,
    values_of,
)
from cybernorms.corpus.documents import (
    coded_passages,
    find_document,
    load_conflicting_figures,
    load_documents,
    load_topics,
    load_unfound_quotations,
)
from cybernorms.corpus.events import find_event, load_events
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.tables import read_table
from tests.corpus.spoiling import change, refusal, spoil

LOAD_DOCUMENTS = partial(load_documents, lesson=EVERYTHING)

LOAD_EVENTS = partial(load_events, lesson=EVERYTHING)

LOAD_FIGURES = partial(load_conflicting_figures, lesson=EVERYTHING)


# What the tables hold


def test_every_row_is_read() -> None:
    """Prevents a reader that leaves rows out without a word."""
    documents = load_documents(lesson=EVERYTHING)
    passages = [passage for document in documents for passage in document.passages]
    assert len(documents) == len(read_table("documents", []))
    assert len(passages) == len(read_table("document_passages", []))
    links = sum(len(passage.topics) for passage in passages)
    assert links == len(read_table("document_passage_topics", []))
    assert len(load_topics()) == len(read_table("document_topics", []))
    assert len(load_events(lesson=EVERYTHING)) == len(read_table("events", []))
    assert len(load_codings()) == len(read_table("codings", []))
    assert len(load_axes()) == len(read_table("coding_axes", []))
    assert sum(len(values_of(axis)) for axis in AXES) == len(read_table("coding_values", []))
    assert len(load_conflicting_figures(lesson=EVERYTHING)) == len(
        read_table("conflicting_figures", [])
    )
    assert len(load_unfound_quotations()) == len(read_table("unfound_quotations", []))


def test_a_passage_knows_its_document_its_words_and_its_topics() -> None:
    """Prevents a page on which the words of one text stand under another."""
    kerry = find_document("kerry-2015", lesson=EVERYTHING)
    third = next(passage for passage in kerry.passages if passage.id == "kerry-3")
    assert third.document == kerry.id
    assert third.quotation and "for commercial gain" in third.quotation.text
    assert third.topics == ("norms", "trade-secrets")
    assert third.coded and third in coded_passages(lesson=EVERYTHING)


def test_a_passage_whose_words_nobody_read_has_a_paraphrase_and_no_quotation() -> None:
    """Prevents an empty passage, and words that nobody checked."""
    (passage,) = find_document("us-web-page-2015", lesson=EVERYTHING).passages
    assert passage.quotation is None and passage.paraphrase
    assert not passage.coded and passage not in coded_passages(lesson=EVERYTHING)


def test_the_coded_passages_come_in_the_order_of_the_documents() -> None:
    """Prevents sheets that change each time the tables are read."""
    order = [document.id for document in load_documents(lesson=EVERYTHING)]
    places = [order.index(passage.document) for passage in coded_passages(lesson=EVERYTHING)]
    assert places == sorted(places)


def test_an_unfound_quotation_has_the_words_of_the_post_and_perhaps_words_that_were_found() -> None:
    """Prevents a search without its object."""
    found = {each.id: each for each in load_unfound_quotations()}
    assert "sole or dominant" in found["unfound-zoller-voice"].words.text
    assert found["unfound-zoller-voice"].found_quotation is not None
    assert found["unfound-sepulveda"].found_quotation is None


def test_a_date_among_the_figures_has_no_number() -> None:
    """Prevents a plot of days."""
    number = {each.id: each.number for each in load_conflicting_figures(lesson=EVERYTHING)}
    assert number["dubai-signed"] == 89
    assert number["icann-october"] is None


# Tables that were spoilt


@pytest.mark.parametrize(
    ("load", "table", "field", "value"),
    [
        (LOAD_DOCUMENTS, "documents", "kind", "rumour"),
        (LOAD_DOCUMENTS, "documents", "stage", "dreamt of"),
        (LOAD_DOCUMENTS, "documents", "force", "magic"),
        (LOAD_DOCUMENTS, "documents", "issuer_kind", "nobody"),
        (LOAD_DOCUMENTS, "documents", "cited_by_post", "maybe"),
        (LOAD_DOCUMENTS, "documents", "source", "zzz"),
        (LOAD_DOCUMENTS, "documents", "summary", ""),
        (LOAD_DOCUMENTS, "document_passages", "document", "zzz"),
        (LOAD_DOCUMENTS, "document_passages", "quotation", "zzz"),
        (LOAD_DOCUMENTS, "document_passages", "coded", "perhaps"),
        (LOAD_DOCUMENTS, "document_passages", "paraphrase", ""),
        (LOAD_DOCUMENTS, "document_passages", "position", "first"),
        (LOAD_DOCUMENTS, "document_passage_topics", "passage", "zzz"),
        (LOAD_DOCUMENTS, "document_passage_topics", "topic", "weather"),
        (load_topics, "document_topics", "definition", ""),
        (LOAD_EVENTS, "events", "document", "zzz"),
        (LOAD_EVENTS, "events", "instrument", "zzz"),
        (LOAD_EVENTS, "events", "date_status", "guessed"),
        (LOAD_EVENTS, "events", "status", "guessed"),
        (LOAD_EVENTS, "events", "forum", ""),
        (load_axes, "coding_axes", "axis", "weather"),
        (load_codings, "coding_values", "axis", "weather"),
        (load_codings, "coding_values", "borderline", ""),
        (load_codings, "codings", "axis", "weather"),
        (load_codings, "codings", "item", "zzz"),
        (load_codings, "codings", "reason", ""),
        (load_codings, "codings", "status", "primary"),
        (LOAD_FIGURES, "conflicting_figures", "number", "many"),
        (LOAD_FIGURES, "conflicting_figures", "counted", ""),
        (load_unfound_quotations, "unfound_quotations", "words", "zzz"),
        (load_unfound_quotations, "unfound_quotations", "document", "zzz"),
        (load_unfound_quotations, "unfound_quotations", "kind", "lost"),
        (load_unfound_quotations, "unfound_quotations", "status", "primary"),
    ],
)
def test_a_spoilt_cell_is_named_with_its_table_and_field(folder, load, table, field, value) -> None:
    """Prevents a traceback for a teacher who edited a table."""
    spoil(folder, table, 1, **{field: value})
    error = refusal(load)
    assert f"{table}.csv" in error.where and repr(field) in error.where
    assert repr(value) in error.what or not value


def test_a_document_without_a_passage_is_refused(folder) -> None:
    """Prevents an empty page in the document reader."""

    def drop(rows: list[dict[str, str]]) -> None:
        rows[:] = [row for row in rows if row["document"] != "kerry-2015"]

    change(folder, "document_passages", drop)
    change(
        folder,
        "document_passage_topics",
        lambda rows: rows.__setitem__(
            slice(None), [row for row in rows if not row["passage"].startswith("kerry")]
        ),
    )
    error = refusal(LOAD_DOCUMENTS)
    assert "kerry-2015" in error.where and "passage" in error.what


def test_a_passage_without_a_topic_is_refused(folder) -> None:
    """Prevents a passage that no choice of a topic shows."""

    def drop(rows: list[dict[str, str]]) -> None:
        rows[:] = [row for row in rows if row["passage"] != "kerry-3"]

    change(folder, "document_passage_topics", drop)
    error = refusal(LOAD_DOCUMENTS)
    assert "kerry-3" in error.where and "document_passage_topics.csv" in error.remedy


def test_a_document_or_event_that_does_not_exist_is_refused() -> None:
    """Prevents an empty page for a misspelt id."""
    assert "kerry-2051" in refusal(partial(find_document, lesson=EVERYTHING), "kerry-2051").what
    assert "event-x" in refusal(partial(find_event, lesson=EVERYTHING), "event-x").what
