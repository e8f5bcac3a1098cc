"""The glossary as a page."""

from __future__ import annotations

from cybernorms.corpus.process import load_glossary
from cybernorms.document import Block, Facts, Heading, Line, Paragraph
from cybernorms.exercises.responses import normalize


def glossary_blocks(word: str = "") -> list[Block]:
    """Return the glossary, or the entries that have a word in their term or definition."""
    wanted = normalize(word)
    terms: list[tuple[str, Line]] = [
        (each.term, each.definition)
        for each in load_glossary()
        if wanted in normalize(each.term) or wanted in normalize(each.definition)
    ]
    none = Paragraph(f"The glossary has nothing on \u201c{word}\u201d.")
    return [Heading("Glossary"), Facts(terms) if terms else none]
