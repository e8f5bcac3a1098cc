"""The document reader: which document says something on which topic, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cybernorms.corpus.documents import (
    Document,
    DocumentPassage,
    Topic,
    find_document,
    load_documents,
    load_topics,
)
from cybernorms.document import (
    Block,
    Facts,
    Inline,
    Line,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    plural,
)
from cybernorms.figures.documents import DocumentMark, draw_documents
from cybernorms.pages.explorer import Explorer, Field, Options, among, row
from cybernorms.pages.sourcing import bracketed, format_date, quote, sourced

TITLE = "What the documents say"
NONE = "\u2013"
WARNING = (
    "It may still be marked secret. If you hold a clearance or work for a government, you may be "
    "barred from reading it, here too. Nothing in this course depends on it."
)
AMERICAN, POST = "a state", "2015-09-22"
DRAWN = ("governance", "norms", "trade-secrets")
WHICH = {"": "All", "cited": "Cited by the post", "not cited": "Not cited by the post"}


class DocumentState(Struct, frozen=True):
    """What the reader shows: a document and perhaps a topic, and which documents are listed.

    Of a document that was leaked nothing is shown but a warning, unless `leaked` is set.
    `lesson` is the number of the lesson that shows it; documents that open later stay closed.
    """

    document: str = ""
    topic: str = ""
    which: str = ""
    leaked: bool = False
    lesson: str = "04"


def listed(state: DocumentState) -> list[Document]:
    """Return the documents that the reader lists, oldest first."""
    return [
        each
        for each in load_documents(lesson=state.lesson)
        if not state.which or each.cited_by_post is (state.which == "cited")
    ]


def on_topic(document: Document, topic: str) -> list[DocumentPassage]:
    """Return the passages of a document on a topic; all of them for an empty one."""
    return [each for each in document.passages if topic in ("", *each.topics)]


def matrix(documents: Sequence[Document], topics: Sequence[Topic]) -> Table:
    """Return how many passages each document has on each topic."""
    rows: list[list[Line]] = []
    for document in documents:
        counts = [len(on_topic(document, topic.id)) for topic in topics]
        rows.append([document.short_name, *(str(count) if count else NONE for count in counts)])
    columns = ["Document", *(topic.name for topic in topics)]
    return Table("Number of passages by document and topic", columns, rows)


def picture_of(documents: Sequence[Document], topics: Sequence[Topic]) -> Picture:
    """Return US documents up to the day of the post as columns, and the topics of each."""
    marks = [
        DocumentMark(
            each.short_name,
            each.cited_by_post,
            frozenset(topic.name for topic in topics if on_topic(each, topic.id)),
        )
        for each in documents
        if each.issuer_kind == AMERICAN and not each.leaked and each.date < POST
    ]
    return draw_documents([each.name for each in topics], marks)


def passage_blocks(passage: DocumentPassage, number: int = 0) -> list[Block]:
    """Return the words of a passage, or what it says in other words where they were not found."""
    head: list[Inline] = [Strong(f"Passage {number}. ")] if number else []
    where = bracketed(passage)
    if not passage.quotation:
        blocks: list[Block] = [Paragraph([*head, passage.paraphrase, " ", *where])]
    else:
        blocks = [
            Paragraph([*head, passage.paraphrase]),
            *quote(passage.quotation),
        ]
    return [*blocks, Paragraph(passage.note, "note")] if passage.note else blocks


def document_section(document: Document, topic: str) -> Section:
    """Return what there is to know about a document, and its passages on a topic."""
    facts: list[tuple[str, Line]] = [
        ("Issued by", f"{document.issuer} ({document.issuer_kind})"),
        ("Date", format_date(document.date)),
        ("Kind", document.kind),
        ("Stage", document.stage),
        ("Force", document.force),
        ("Cited by the post", "yes" if document.cited_by_post else "no"),
    ]
    if document.note:
        facts.append(("Note", document.note))
    blocks: list[Block] = [Paragraph(sourced(document.summary, document)), Facts(facts)]
    passages = on_topic(document, topic)
    for passage in passages:
        blocks += passage_blocks(passage)
    if not passages:
        blocks.append(
            Paragraph([Strong("No passage on this topic. "), "The matrix shows who has one."])
        )
    return Section(document.title, blocks, 4)


def warning_section(document: Document) -> Section:
    """Return what stands in place of a leaked document until the learner asks for it."""
    how = "To read what is shown of it here, tick the box above."
    blocks: list[Block] = [Paragraph([Strong("This text was leaked. "), WARNING]), Paragraph(how)]
    return Section(document.short_name, blocks, 4)


def document_blocks(state: DocumentState) -> list[Block]:
    """Return what the reader shows for a state: the picture, the passages, then the matrix."""
    documents = listed(state)
    document = find_document(state.document, lesson=state.lesson)
    closed = document.leaked and not state.leaked
    shown = warning_section(document) if closed else document_section(document, state.topic)
    blocks: list[Block] = [shown]
    topic = next((each for each in load_topics() if each.id == state.topic), None)
    if topic:
        blocks.insert(0, Paragraph([Strong(f"{topic.name}: "), topic.definition]))
    topics = load_topics()
    return [
        picture_of(documents, [each for each in topics if each.id in DRAWN]),
        *blocks,
        Paragraph(f"{plural(len(documents), 'document')} in the matrix."),
        matrix(documents, topics),
    ]


def _documents(state: DocumentState) -> Options:
    return [(each.short_name, each.id) for each in listed(state)]


def _topics(state: DocumentState) -> Options:
    return [("All", ""), *((each.name, each.id) for each in load_topics())]


EXPLORER = Explorer(
    TITLE,
    DocumentState,
    (
        row(
            Field("which", "Documents", among(WHICH)),
            Field("document", "Document", _documents),
            Field("topic", "Topic", _topics),
        ),
        row(Field("leaked", "Show texts that were leaked", kind="check box")),
    ),
    document_blocks,
    opens="document",
    what="policy document",
    first="04",
)
