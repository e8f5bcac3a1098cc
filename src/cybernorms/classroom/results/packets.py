"""Packets of written answers by question, for whoever marks them; their writers are not named."""

from __future__ import annotations

from typing import NamedTuple

from cybernorms.classroom.results.rubric_marks import WrittenText, credit_of, lines_to_fill_in
from cybernorms.classroom.tables import readable
from cybernorms.document import Aside, Paragraph, Section, Table, Typed, to_html
from cybernorms.document.blocks import Block
from cybernorms.document.page import page_frame
from cybernorms.exercises.feedback import format_points, paragraphs
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.responses import count_words


class PacketText(NamedTuple):
    """A written answer as it stands in a packet and in rubric.csv, and whether it is marked."""

    question: str
    blind_id: str
    html: bytes
    lines: bytes
    is_marked: bool


def packet_text(question: Written, text: WrittenText) -> PacketText:
    """Return what a packet and rubric.csv have of a written answer."""
    words = count_words(text.text)
    count = Paragraph(f"{words} words", "note")
    # Halves of letters, which UTF-8 cannot hold, become a sign.
    typed = Typed(readable(text.text.encode("utf-8", "replace").decode("utf-8")))
    html = to_html([Section(text.blind_id, [count, typed], 2, id=text.blind_id)])
    lines = lines_to_fill_in(question, text.blind_id, words, text.marks)
    return PacketText(
        question.id,
        text.blind_id,
        f"{html}\n".encode(),
        lines.encode("utf-8", "replace"),
        credit_of(question, text.marks) is not None,
    )


def rubric_blocks(question: Written) -> list[Block]:
    """Return prompt, rubric and exemplar of a written question, for whoever marks it."""
    rows = [
        [
            f"{each.name} ({format_points(each.points)})",
            *(f"{level.name}: {level.text}" for level in each.levels),
        ]
        for each in question.criteria
    ]
    levels = [f"Level {number}" for number in range(1, 5)]
    words = [str(each) for each in question.words]
    in_prompt = all(each in question.prompt for each in words)
    return [
        Paragraph(question.prompt),
        *([] if in_prompt else [Paragraph(f"{' to '.join(words)} words.")]),
        Table("Rubric", ["Criterion (points)", *levels], rows),
        Aside("An example", [Paragraph(each) for each in paragraphs(question.exemplar)]),
    ]


def packet_frame(question: Written) -> tuple[str, str]:
    """Return what stands above and below the written answers to a question."""
    how = Paragraph(
        "Mark each text by its name, such as abcd-efgh, in rubric.csv: write a level or points "
        "into the column mark. Who wrote it stands in blind-ids.csv, for later."
    )
    top, bottom = page_frame(f"Written answers: {question.name}")
    return top + to_html([how, *rubric_blocks(question)]), bottom
