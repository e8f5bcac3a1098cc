"""The glossary as a page."""

from __future__ import annotations

from cybernorms.corpus.process import load_glossary
from cybernorms.document import Facts, Heading, Paragraph
from cybernorms.exercises.responses import normalize
from cybernorms.widgets.view import Page, show


def show_glossary(word: str = "") -> None:
    """Show the glossary, or the entries that have a word in their term or definition.

    Arguments:
        word: what to look for; nothing for the whole glossary.
    """
    terms = [
        term
        for term in load_glossary()
        if normalize(word) in normalize(term.term) or normalize(word) in normalize(term.definition)
    ]
    found = [Facts([(term.term, term.definition) for term in terms])] if terms else []
    none = [] if terms else [Paragraph(f"The glossary has nothing on \u201c{word}\u201d.")]
    show(Page([Heading("Glossary"), *found, *none]))
