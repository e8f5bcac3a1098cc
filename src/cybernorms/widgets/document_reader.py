"""The document reader: which document says something on which topic, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w
from msgspec import Struct

from cybernorms.corpus.documents import (
    Document,
    DocumentPassage,
    Topic,
    find_document,
    load_documents,
    load_topics,
)
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import (
    Block,
    Facts,
    Heading,
    Inline,
    Line,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    to_html,
)
from cybernorms.widgets.sourcing import bracketed, place, said
from cybernorms.widgets.view import View, controls, html, plain_looks, show

TITLE = "What the documents say"
NONE = "\u2013"
WHICH = {"": "All", "cited": "Cited by the post", "not cited": "Not cited by the post"}


class DocumentState(Struct, frozen=True):
    """What the reader shows: a document and perhaps a topic, and which documents are listed.

    `lesson` is the number of the lesson that shows it; documents that open later stay closed.
    """

    document: str
    topic: str = ""
    which: str = ""
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


def passage_blocks(passage: DocumentPassage, number: int = 0) -> list[Block]:
    """Return the words of a passage, or what it says in other words where they were not found."""
    head: list[Inline] = [Strong(f"Passage {number}. ")] if number else []
    where = bracketed(passage.source, passage.pinpoint, passage.status)
    if not passage.quotation:
        blocks: list[Block] = [Paragraph([*head, passage.paraphrase, " ", *where])]
    else:
        quoted = passage.quotation
        blocks = [
            Paragraph([*head, passage.paraphrase]),
            Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)),
        ]
    return [*blocks, Paragraph(passage.note, "note")] if passage.note else blocks


def document_section(document: Document, topic: str) -> Section:
    """Return what there is to know about a document, and its passages on a topic."""
    where = bracketed(document.source, document.pinpoint, document.status, document.as_of)
    facts: list[tuple[str, Line]] = [
        ("Issued by", f"{document.issuer} ({document.issuer_kind})"),
        ("Date", said(document.date)),
        ("Kind", document.kind),
        ("Stage", document.stage),
        ("Force", document.force),
        ("Cited by the post", "yes" if document.cited_by_post else "no"),
    ]
    if document.note:
        facts.append(("Note", document.note))
    blocks: list[Block] = [Paragraph([document.summary, " ", *where]), Facts(facts)]
    passages = on_topic(document, topic)
    for passage in passages:
        blocks += passage_blocks(passage)
    if not passages:
        blocks.append(
            Paragraph([Strong("No passage on this topic. "), "The matrix shows who has one."])
        )
    return Section(document.title, blocks, 4)


def document_blocks(state: DocumentState) -> list[Block]:
    """Return what the reader shows for a state: the passages, then the matrix."""
    documents = listed(state)
    count = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
    document = find_document(state.document, lesson=state.lesson)
    blocks: list[Block] = [document_section(document, state.topic)]
    topic = next((each for each in load_topics() if each.id == state.topic), None)
    if topic:
        blocks.insert(0, Paragraph([Strong(f"{topic.name}: "), topic.definition]))
    return [*blocks, Paragraph(f"{count} in the matrix."), matrix(documents, load_topics())]


class DocumentReader(View):
    """Controls bound to a DocumentState, and the page for it."""

    def __init__(self, state: DocumentState) -> None:
        self._lesson = state.lesson
        topics = [("All", ""), *((each.name, each.id) for each in load_topics())]
        self.which = w.Dropdown(
            **plain_looks(), description="Documents", options=[(t, id) for id, t in WHICH.items()]
        )
        self.document = w.Dropdown(**plain_looks(), description="Document")
        self.topic = w.Dropdown(
            **plain_looks(), description="Topic", options=topics, value=state.topic
        )
        self._page = html("")
        super().__init__(
            [
                html(to_html([Heading(TITLE)])),
                controls(self.which, self.document, self.topic),
                self._page,
            ],
            "cn-explorer",
        )
        self._setting = False
        self._list(state.document)
        self.which.observe(lambda _: self._list(self.document.value), names="value")
        for field in (self.document, self.topic):
            field.observe(lambda _: self._draw(), names="value")

    @property
    def state(self) -> DocumentState:
        """Return what the controls say."""
        return DocumentState(self.document.value, self.topic.value, self.which.value, self._lesson)

    def blocks(self) -> Sequence[Block]:
        return [Heading(TITLE), *document_blocks(self.state)]

    def _list(self, before: str) -> None:
        """Offer the listed documents, and keep the one that is open if it is among them."""
        state = DocumentState(before, which=self.which.value, lesson=self._lesson)
        options = [(each.short_name, each.id) for each in listed(state)]
        ids = [id for _, id in options]
        self._setting = True
        try:
            self.document.options = options
            self.document.value = before if before in ids else ids[0]
        finally:
            self._setting = False
        self._draw()

    def _draw(self) -> None:
        if not self._setting:
            self._page.value = to_html(document_blocks(self.state))


def show_documents(document: str = "", *, lesson: LessonNumber = "04") -> None:
    """Show policy documents by topic, with their passages and where those stand.

    Arguments:
        document: the id of the document to open with; the oldest one if not given.
        lesson: the number of the lesson; what opens later stays closed.

    Raises:
        CyberNormsError: no document has this id, or there is no such lesson, or none is open
            in it yet.
    """
    number = from_lesson("04", lesson, "policy document")
    opened = find_document(document, lesson=number).id if document else ""
    show(DocumentReader(DocumentState(opened, lesson=number)))
