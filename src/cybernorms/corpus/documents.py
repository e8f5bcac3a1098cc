"""Policy documents: what they say, what nobody found in them, and figures that do not agree."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import field

from cybernorms.corpus.columns import Date, IdIn, TwoDigits, Word
from cybernorms.corpus.instruments import Force, Stage
from cybernorms.corpus.lessons import LessonNumber, open_rows
from cybernorms.corpus.rows import TableRow, find_row, group_by, load
from cybernorms.corpus.sources import Fact, Quotation

DocumentId = Annotated[str, IdIn("documents")]


class Topic(Fact, frozen=True, kw_only=True):
    """Something that documents speak about."""

    table: ClassVar[str] = "document_topics"
    sort_by: ClassVar[str] = "position"

    id: str
    position: int
    name: str
    definition: str


class TopicLink(TableRow, frozen=True, kw_only=True):
    """That a passage is on a topic."""

    table: ClassVar[str] = "document_passage_topics"

    passage: Annotated[str, IdIn("document_passages")]
    topic: Topic


class DocumentPassage(Fact, frozen=True, kw_only=True):
    """What a document says in one place.

    `document` and `topics` are ids. `quotation` is None where the words could not be read or are
    not needed, and `coded` says whether the passage is one of those to code on three axes.
    """

    table: ClassVar[str] = "document_passages"
    sort_by: ClassVar[str] = "position"

    id: str
    document: DocumentId
    position: int
    coded: bool
    quotation: Quotation | None = None
    paraphrase: str
    note: str = ""
    topics: tuple[str, ...]

    @classmethod
    def read(cls) -> tuple[DocumentPassage, ...]:
        order = [topic.id for topic in Topic.rows()]
        topics = {
            passage: tuple(sorted((link.topic.id for link in links), key=order.index))
            for passage, links in group_by(TopicLink.rows(), "passage").items()
        }
        return load(cls, topics=topics)

    def check(self) -> None:
        if not self.topics:
            raise self.problem(
                "id", "It has no topic", "Add a row for it to document_passage_topics.csv"
            )


class Document(Fact, frozen=True, kw_only=True):
    """A text that the post of 22 September 2015 cites on policy, or one from around it.

    `stage`, `force` and `issuer_kind` are those of an `Instrument`: how far the text had come on
    its date, how strongly it binds, and who issued it. `leaked` says whether it became public by a
    leak; where such texts are switched off there is none. `opens_in` is the number of the lesson
    that may first show it.
    """

    table: ClassVar[str] = "documents"

    id: str
    title: str
    short_name: str
    date: Date
    issuer: str
    issuer_kind: Word
    kind: Word
    stage: Stage
    force: Force
    cited_by_post: bool
    leaked: bool
    summary: str
    note: str = ""
    opens_in: TwoDigits
    as_of: Date = ""
    passages: tuple[DocumentPassage, ...]

    @classmethod
    def read(cls) -> tuple[Document, ...]:
        return load(cls, passages=group_by(DocumentPassage.rows(), "document"))

    def check(self) -> None:
        if not self.passages:
            raise self.problem("id", "It has no passage", "Add one to document_passages.csv")


class UnfoundQuotation(Fact, frozen=True, kw_only=True):
    """Words that the post quotes and that nobody could find: where they were looked for.

    `document` is the id of the document that the post quotes, and `found_quotation` holds words
    that were found there or nearby, if there are any.
    """

    table: ClassVar[str] = "unfound_quotations"

    id: str
    document: DocumentId
    words: Quotation
    kind: Literal["text not found", "part not readable"]
    looked_for: str
    looked_in: str
    found_instead: str
    found_quotation: Quotation | None = None

    def check(self) -> None:
        self.one_of("status", ["not found"])


class ConflictingFigure(Fact, frozen=True, kw_only=True):
    """One of several answers to a question that do not agree.

    `number` is None where the answer is a date; `opens_in` is the number of the lesson that may
    first show it.
    """

    table: ClassVar[str] = "conflicting_figures"

    id: str
    position: int
    question: str
    figure: str
    number: int | None = None
    counted: str
    said_by: str
    note: str
    opens_in: TwoDigits = field(name="lesson")


def load_topics() -> tuple[Topic, ...]:
    """Return the topics of the documents in their order."""
    return Topic.rows()


def load_documents(*, lesson: LessonNumber) -> tuple[Document, ...]:
    """Return the documents that a lesson may show, with their passages, oldest first."""
    return open_rows(Document.rows(), lesson)


def find_document(id: str, *, lesson: LessonNumber) -> Document:
    """Return one document that a lesson may show."""
    return find_row(load_documents(lesson=lesson), id, "policy document")


def coded_passages(*, lesson: LessonNumber) -> tuple[DocumentPassage, ...]:
    """Return the passages that are coded on three axes, in the order of the documents."""
    return tuple(
        passage
        for document in load_documents(lesson=lesson)
        for passage in document.passages
        if passage.coded
    )


def load_unfound_quotations() -> tuple[UnfoundQuotation, ...]:
    """Return the words of the post that nobody could find, in the order of the post."""
    return UnfoundQuotation.rows()


def load_conflicting_figures(*, lesson: LessonNumber) -> tuple[ConflictingFigure, ...]:
    """Return the figures that do not agree, as far as a lesson may show them.

    Those on one question stand together.
    """
    return open_rows(ConflictingFigure.rows(), lesson)
