"""The policy documents by topic and passage."""

from __future__ import annotations

import pytest

from cybernorms import show_documents
from cybernorms.corpus.documents import (
    find_document,
    load_documents,
    load_topics,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages.documents import (
    NONE,
    DocumentState,
    document_blocks,
    listed as listed_documents,
    matrix,
    on_topic,
)
from tests.cards.messages import change
from tests.explorers import explore
from tests.texts import on_a_page, one_line


def test_the_matrix_counts_every_passage_on_every_topic() -> None:
    """Prevents a passage that is there and cannot be found."""
    topics = load_topics()
    table = matrix(load_documents(lesson=EVERYTHING), topics)
    counted = sum(int(str(cell)) for row in table.rows for cell in row[1:] if cell != NONE)
    passages = [
        each for document in load_documents(lesson=EVERYTHING) for each in document.passages
    ]
    assert counted == sum(len(each.topics) for each in passages)
    assert all(each.topics for each in passages)


def test_every_cell_of_the_matrix_opens_as_many_passages_as_it_counts() -> None:
    """Prevents a count that leads nowhere."""
    for document in load_documents(lesson=EVERYTHING):
        for topic in load_topics():
            found = on_topic(document, topic.id)
            text = one_line(
                to_text(document_blocks(DocumentState(document.id, topic.id, leaked=True)))
            )
            for passage in found:
                assert on_a_page(passage.paraphrase) in text
            assert ("No passage on this topic" in text) is not bool(found)


def test_words_that_were_not_found_say_so_on_the_page() -> None:
    """Prevents a quotation of the post from passing for words of its source."""
    missing = [
        (document, passage)
        for document in load_documents(lesson=EVERYTHING)
        for passage in document.passages
        if passage.status == "not found"
    ]
    assert missing
    for document, passage in missing:
        assert passage.quotation is None
        text = one_line(to_text(document_blocks(DocumentState(document.id))))
        assert "(not found)" in text


def test_the_filter_parts_the_documents_that_the_post_cites_from_the_others() -> None:
    """Prevents a filter that lets some document through twice or not at all."""
    kinds = [listed_documents(DocumentState("", which=which)) for which in ("cited", "not cited")]
    assert all(kinds)
    assert {each.id for kind in kinds for each in kind} == {
        each.id for each in load_documents(lesson=EVERYTHING)
    }
    assert "kerry-2015" not in {each.id for each in kinds[0]}


def test_a_document_outside_the_filter_makes_room_for_the_first_inside() -> None:
    """Prevents an open page that the list does not hold."""
    reader = explore("documents", "kerry-2015")
    change(reader, which="cited")
    assert find_document(reader.state_shown.document, lesson=EVERYTHING).cited_by_post
    change(reader, which="")
    assert reader.text() == to_text(reader.blocks())


def test_a_document_that_is_not_there_is_told_plainly() -> None:
    """Prevents a traceback over a slip of the pen."""
    with pytest.raises(CyberNormsError, match="kerry"):
        show_documents("kerry-2051")


def test_documents_stay_closed_in_the_lessons_before_theirs() -> None:
    """Prevents policy texts from being shown where learners are still to forecast."""
    assert listed_documents(DocumentState("", lesson="03")) == []
    with pytest.raises(CyberNormsError, match="lesson 03"):
        show_documents(lesson="03")
