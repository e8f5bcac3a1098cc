"""Policy documents: what they say, what nobody found in them, and figures that do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from cybernorms.corpus.instruments import FORCES, ISSUER_KINDS, STAGES
from cybernorms.corpus.sources import Quotation, Source, load_quotations, load_sources
from cybernorms.corpus.tables import Cell, Row, read_table
from cybernorms.errors import CyberNormsError
from cybernorms.paths import data_dir

KINDS = (
    "review",
    "annex",
    "audit report",
    "strategy",
    "directive",
    "order",
    "speech",
    "press statement",
    "announcement",
    "blog post",
    "statement of a meeting",
    "framework",
    "web page",
)
UNFOUND_KINDS = ("text not found", "part not readable")


class Topic(Struct, frozen=True):
    """Something that documents speak about."""

    id: str
    position: int
    name: str
    definition: str


class DocumentPassage(Struct, frozen=True):
    """What a document says in one place.

    `document` and `topics` are ids. `quotation` is None where the words could not be read or are
    not needed, and `coded` says whether the passage is one of those to code on three axes.
    """

    id: str
    document: str
    position: int
    coded: bool
    quotation: Quotation | None
    paraphrase: str
    note: str
    source: Source
    pinpoint: str
    status: str
    topics: tuple[str, ...]


class Document(Struct, frozen=True):
    """A text that the post of 22 September 2015 cites on policy, or one from around it.

    `stage`, `force` and `issuer_kind` are those of an `Instrument`: how far the text had come on
    its date, how strongly it binds, and who issued it. `date` is YYYY, YYYY-MM or YYYY-MM-DD, and
    `opens_in` is the number of the lesson that may first show it.
    """

    id: str
    title: str
    short_name: str
    date: str
    issuer: str
    issuer_kind: str
    kind: str
    stage: str
    force: str
    cited_by_post: bool
    summary: str
    note: str
    opens_in: str
    source: Source
    pinpoint: str
    status: str
    as_of: str
    passages: tuple[DocumentPassage, ...]


class UnfoundQuotation(Struct, frozen=True):
    """Words that the post quotes and that nobody could find: where they were looked for.

    `document` is the id of the document that the post quotes, and `found_quotation` holds words
    that were found there or nearby, if there are any.
    """

    id: str
    document: str
    words: Quotation
    kind: str
    looked_for: str
    looked_in: str
    found_instead: str
    found_quotation: Quotation | None
    source: Source
    pinpoint: str
    status: str


class ConflictingFigure(Struct, frozen=True):
    """One of several answers to a question that do not agree.

    `number` is None where the answer is a date; `lesson` is the number of the lesson that may
    first show it.
    """

    id: str
    position: int
    question: str
    figure: str
    number: int | None
    counted: str
    said_by: str
    note: str
    lesson: str
    source: Source
    pinpoint: str
    status: str


def _quoted(cell: Cell, field: str, quotations: Mapping[str, Quotation]) -> Quotation | None:
    """Return the quotation that a row names, or None where it names none."""
    if not cell.text(field, required=False):
        return None
    return quotations[cell.known(field, quotations)]


@cache
def _topics(folder: Path) -> tuple[Topic, ...]:
    found = []
    for row in read_table("document_topics", list(Topic.__struct_fields__), folder):
        cell = Cell("document_topics", row)
        found.append(
            Topic(
                id=row["id"],
                position=cell.whole("position") or 0,
                name=cell.text("name"),
                definition=cell.text("definition"),
            )
        )
    return tuple(sorted(found, key=lambda topic: topic.position))


def load_topics(folder: Path | None = None) -> tuple[Topic, ...]:
    """Return the topics of the documents in their order.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _topics(folder or data_dir())


def _topics_by_passage(passages: Mapping[str, Row], folder: Path) -> dict[str, list[str]]:
    """Return the ids of the topics of each passage, in the order of the topics."""
    order = [topic.id for topic in _topics(folder)]
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("document_passage_topics", ["passage", "topic"], folder):
        cell = Cell("document_passage_topics", row)
        found[cell.known("passage", passages)].append(cell.known("topic", order))
    return {passage: sorted(topics, key=order.index) for passage, topics in found.items()}


def _passages(documents: Mapping[str, Row], folder: Path) -> dict[str, list[DocumentPassage]]:
    """Return the passages of each document, in their order."""
    sources, quotations = load_sources(folder), load_quotations(folder)
    fields = [name for name in DocumentPassage.__struct_fields__ if name != "topics"]
    rows = {row["id"]: row for row in read_table("document_passages", fields, folder)}
    topics = _topics_by_passage(rows, folder)
    found: dict[str, list[DocumentPassage]] = defaultdict(list)
    for id, row in rows.items():
        cell = Cell("document_passages", row)
        if id not in topics:
            raise cell.problem(
                "id", "It has no topic", "Add a row for it to document_passage_topics.csv"
            )
        found[cell.known("document", documents)].append(
            DocumentPassage(
                id=id,
                document=row["document"],
                position=cell.whole("position") or 0,
                coded=cell.one_of("coded", ("yes", "no")) == "yes",
                quotation=_quoted(cell, "quotation", quotations),
                paraphrase=cell.text("paraphrase"),
                note=row["note"],
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                topics=tuple(topics[id]),
            )
        )
    return {
        document: sorted(passages, key=lambda passage: passage.position)
        for document, passages in found.items()
    }


@cache
def _documents(folder: Path) -> tuple[Document, ...]:
    sources = load_sources(folder)
    fields = [name for name in Document.__struct_fields__ if name != "passages"]
    rows = {row["id"]: row for row in read_table("documents", fields, folder)}
    passages = _passages(rows, folder)
    found = []
    for id, row in rows.items():
        cell = Cell("documents", row)
        if id not in passages:
            raise cell.problem("id", "It has no passage", "Add one to document_passages.csv")
        found.append(
            Document(
                id=id,
                title=cell.text("title"),
                short_name=cell.text("short_name"),
                date=cell.text("date"),
                issuer=cell.text("issuer"),
                issuer_kind=cell.one_of("issuer_kind", ISSUER_KINDS),
                kind=cell.one_of("kind", KINDS),
                stage=cell.one_of("stage", STAGES),
                force=cell.one_of("force", FORCES),
                cited_by_post=cell.one_of("cited_by_post", ("yes", "no")) == "yes",
                summary=cell.text("summary"),
                note=row["note"],
                opens_in=cell.text("opens_in"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
                as_of=row["as_of"],
                passages=tuple(passages[id]),
            )
        )
    return tuple(found)


def load_documents(folder: Path | None = None) -> tuple[Document, ...]:
    """Return the documents with their passages, oldest first.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return _documents(folder or data_dir())


def find_document(id: str, folder: Path | None = None) -> Document:
    """Return one document.

    Raises:
        CyberNormsError: no document has this id.
    """
    documents = load_documents(folder)
    for document in documents:
        if document.id == id:
            return document
    raise CyberNormsError(
        f"No document is called {id!r}",
        where="documents.csv",
        remedy=f"Choose one of: {', '.join(each.id for each in documents)}",
    )


def coded_passages(folder: Path | None = None) -> tuple[DocumentPassage, ...]:
    """Return the passages that are coded on three axes, in the order of the documents.

    Raises:
        CyberNormsError: a table has a row that cannot be right; the message names it.
    """
    return tuple(
        passage
        for document in load_documents(folder)
        for passage in document.passages
        if passage.coded
    )


@cache
def _unfound(folder: Path) -> tuple[UnfoundQuotation, ...]:
    sources, quotations = load_sources(folder), load_quotations(folder)
    documents = {document.id for document in _documents(folder)}
    found = []
    rows = read_table("unfound_quotations", list(UnfoundQuotation.__struct_fields__), folder)
    for row in rows:
        cell = Cell("unfound_quotations", row)
        found.append(
            UnfoundQuotation(
                id=row["id"],
                document=cell.known("document", documents),
                words=quotations[cell.known("words", quotations)],
                kind=cell.one_of("kind", UNFOUND_KINDS),
                looked_for=cell.text("looked_for"),
                looked_in=cell.text("looked_in"),
                found_instead=cell.text("found_instead"),
                found_quotation=_quoted(cell, "found_quotation", quotations),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.one_of("status", ("not found",)),
            )
        )
    return tuple(found)


def load_unfound_quotations(folder: Path | None = None) -> tuple[UnfoundQuotation, ...]:
    """Return the words of the post that nobody could find, in the order of the post.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _unfound(folder or data_dir())


@cache
def _figures(folder: Path) -> tuple[ConflictingFigure, ...]:
    sources = load_sources(folder)
    found = []
    rows = read_table("conflicting_figures", list(ConflictingFigure.__struct_fields__), folder)
    for row in rows:
        cell = Cell("conflicting_figures", row)
        found.append(
            ConflictingFigure(
                id=row["id"],
                position=cell.whole("position") or 0,
                question=cell.text("question"),
                figure=cell.text("figure"),
                number=cell.whole("number"),
                counted=cell.text("counted"),
                said_by=cell.text("said_by"),
                note=cell.text("note"),
                lesson=cell.text("lesson"),
                source=sources[cell.known("source", sources)],
                pinpoint=cell.text("pinpoint"),
                status=cell.status(),
            )
        )
    return tuple(found)


def load_conflicting_figures(folder: Path | None = None) -> tuple[ConflictingFigure, ...]:
    """Return the figures that do not agree; those on one question stand together.

    Raises:
        CyberNormsError: a row cannot be right; the message names it.
    """
    return _figures(folder or data_dir())
