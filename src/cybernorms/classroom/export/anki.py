"""The norms and the glossary as an Anki deck, for learners who like to learn by heart.

Ids of decks, kinds of notes and notes are fixed, so that importing a newer deck brings cards up to
date and keeps what a learner has already learnt.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from cybernorms.classroom.export.exports import Export, Note, need
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import Norm, load_norms
from cybernorms.corpus.process import Term, load_glossary
from cybernorms.corpus.sources import Source, short_name
from cybernorms.document import curly

FILE = "cybernorms.apkg"
DECK_NORMS, DECK_GLOSSARY = 1_448_700_131, 1_448_700_132
KIND_NORM, KIND_TERM = 1_448_700_201, 1_448_700_202

_CSS = """
.card { font-family: sans-serif; font-size: 20px; line-height: 1.45; text-align: left; }
.source { font-size: 14px; }
"""


def location_html(source: Source, pinpoint: str, status: str) -> str:
    """Return a link to where something stands, with its status where it is not primary."""
    if status == "judgement" and not source.address:
        return "This module's own words"
    name = escape(", ".join(part for part in (short_name(source), pinpoint) if part))
    note = "" if status == "primary" else f" ({status})"
    if not source.address:
        return name + note
    return f'<a href="{escape(source.address)}">{name}</a>{note}'


def norm_fields(norm: Norm) -> list[str]:
    """Return the fields of a norm: letter, name, plain words, official words, location."""
    quotation = norm.quotation
    return [
        f"({norm.letter})",
        escape(norm.name),
        escape(curly(norm.plain)),
        escape(f"“{quotation.text}”"),
        location_html(quotation.source, quotation.pinpoint, quotation.status),
    ]


def term_fields(term: Term) -> list[str]:
    """Return the fields of a term: term, definition, location."""
    location = location_html(term.source, term.pinpoint, term.status)
    return [escape(term.term), escape(curly(term.definition)), location]


def _kind(genanki: Any, id: int, name: str, fields: Sequence[str], cards: Sequence[Any]) -> Any:
    templates = [
        {"name": card, "qfmt": front, "afmt": '{{FrontSide}}<hr id="answer">' + back}
        for card, front, back in cards
    ]
    named = [{"name": field} for field in fields]
    return genanki.Model(id, name, fields=named, templates=templates, css=_CSS)


_PLACE = '<p class="source">{{Source}}</p>'
_NORM_CARDS = (
    (
        "Letter to norm",
        "<p>The norms of 2015: what does {{Letter}} ask?</p>",
        "<p><b>{{Name}}</b></p><p>{{Plain words}}</p><p>{{Official words}}</p>" + _PLACE,
    ),
    (
        "Norm to letter",
        "<p>Which of the eleven norms of 2015 is this?</p><p>{{Plain words}}</p>",
        "<p><b>{{Letter}} {{Name}}</b></p><p>{{Official words}}</p>" + _PLACE,
    ),
)
_TERM_CARDS = (
    ("Term", "<p>What is meant by: <b>{{Term}}</b></p>", "<p>{{Definition}}</p>" + _PLACE),
)


def anki(
    norms: Sequence[Norm] | None = None,
    terms: Sequence[Term] | None = None,
    made_at: float | None = None,
) -> Export:
    """Return the deck of the norms and the glossary.

    Arguments:
        norms, terms: what to make cards of; all of them if not given.
        made_at: the time in seconds since 1970, by which Anki tells which deck is newer; now if
            not given.

    Raises:
        CyberNormsError: genanki is not installed.
    """
    genanki: Any = need("genanki")
    fields = ("Letter", "Name", "Plain words", "Official words", "Source")
    norm_kind = _kind(genanki, KIND_NORM, "cybernorms: norm", fields, _NORM_CARDS)
    term_fields_ = ("Term", "Definition", "Source")
    term_kind = _kind(genanki, KIND_TERM, "cybernorms: term", term_fields_, _TERM_CARDS)
    decks = [
        genanki.Deck(DECK_NORMS, "cybernorms::The eleven norms"),
        genanki.Deck(DECK_GLOSSARY, "cybernorms::Glossary"),
    ]
    for norm in load_norms(lesson=EVERYTHING) if norms is None else norms:
        guid = genanki.guid_for("cybernorms", "norm", norm.id)
        decks[0].add_note(
            genanki.Note(model=norm_kind, fields=norm_fields(norm), guid=guid, tags=["norm"])
        )
    for term in load_glossary() if terms is None else terms:
        guid = genanki.guid_for("cybernorms", "term", term.id)
        decks[1].add_note(
            genanki.Note(model=term_kind, fields=term_fields(term), guid=guid, tags=["term"])
        )
    notes = [
        Note("Questions are left out: their reasons need more room than a card has"),
        Note("Readings, relations and misreadings of a norm stay in the norm explorer"),
    ]
    return Export("Anki", {FILE: _packed(genanki, decks, made_at)}, notes)


def _packed(genanki: Any, decks: Sequence[Any], made_at: float | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        genanki.Package(list(decks)).write_to_file(str(path), timestamp=made_at)
        return path.read_bytes()
