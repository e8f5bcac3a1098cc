"""What a card is made of, as data: the front end draws it and knows nothing of norms.

Each control has a name, under which its value stands in `Description.values`. HTML comes from
blocks, in which everything is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

Verdict = Literal["", "correct", "defensible", "partly", "incorrect", "open", "saved", "problem"]


class _Data(Struct, frozen=True, omit_defaults=True):
    """Data as it is sent: what is as usual is left out."""


class Part(_Data, frozen=True, tag_field="is"):
    """A part of a card, drawn from top to bottom."""


class Html(Part, frozen=True, tag="html"):
    """Text. `live` is announced when it changes; `answered` says that it belongs to an answer.

    What belongs to an answer goes once another answer is on the screen.
    """

    html: str
    live: bool = False
    answered: bool = False


class Kicker(Part, frozen=True, tag="kicker"):
    """The small line on top: a name, and what kind of thing it is."""

    name: str
    kind: str = ""


class Fold(Part, frozen=True, tag="fold"):
    """Text to open on demand."""

    summary: str
    html: str
    open: bool = False
    answered: bool = False


class Choice(_Data, frozen=True):
    """Something to choose: its value and text, a smaller text, and a reason once it is answered."""

    value: str
    text: str
    small: str = ""
    why: str = ""


class Options(_Data, frozen=True, tag_field="is", tag="options"):
    """Rows to choose one of, or several. Value: a value or None; a list of values."""

    name: str
    options: Sequence[Choice]
    several: bool = False
    letters: bool = False


class Line(_Data, frozen=True):
    """Something to choose for: its id, its text, what there is to choose, a reason once answered.

    `above` is HTML that stands over it.
    """

    id: str
    text: str
    options: Sequence[Choice] = ()
    above: str = ""
    why: str = ""


class Lines(_Data, frozen=True, tag_field="is", tag="lines"):
    """One choice for each of several lines. Value: a mapping of line to value.

    `options` are those of all lines that have none of their own. `chips` draws them as words to
    press and else as a list; `sentence` shows what the chosen texts read like in a row.
    """

    name: str
    lines: Sequence[Line]
    options: Sequence[Choice] = ()
    chips: bool = False
    sentence: str = ""


class Ranking(_Data, frozen=True, tag_field="is", tag="ranking"):
    """Items to put in order. Value: a list of ids, first to last, or None while none was moved."""

    name: str
    items: Sequence[Choice]


class Entry(_Data, frozen=True, tag_field="is", tag="entry"):
    """A field for a line of text or a number. Value: the text that was typed."""

    name: str
    label: str
    unit: str = ""
    number: bool = False


class Percents(_Data, frozen=True, tag_field="is", tag="percents"):
    """A probability for each of several statements. Value: a mapping of id to typed number.

    `words` says what a whole number of per cent claims, from 0 to 100.
    """

    name: str
    lines: Sequence[Line]
    words: Sequence[str]


class Text(_Data, frozen=True, tag_field="is", tag="text"):
    """A field for a text of `least` to `most` words. Value: the text."""

    name: str
    label: str
    least: int
    most: int


Control = Options | Lines | Ranking | Entry | Percents | Text


class Result(_Data, frozen=True):
    """How an answer fared: its look, in a word or two, and what follows."""

    look: Verdict
    word: str
    html: str = ""


class Ask(Part, frozen=True, tag="ask"):
    """A question with its control; the result stands between the two.

    `lead` is HTML below the question, `result` how the last answer fared. `live` has a change take
    effect at once.
    """

    legend: str
    control: Control
    lead: str = ""
    result: Result | None = None
    live: bool = False


class Field(_Data, frozen=True):
    """A control that has its effect at once. Value: a value, or true and false of a check box.

    `look` is `list`, `tabs` or `check`; `wide` gives it a row of its own; `off` switches it off.
    """

    name: str
    label: str
    options: Sequence[Choice] = ()
    look: Literal["list", "tabs", "check"] = "list"
    wide: bool = False
    off: bool = False


class Fields(Part, frozen=True, tag="fields"):
    """Controls side by side that have their effect at once."""

    fields: Sequence[Field]


class Button(_Data, frozen=True):
    """A button. `main` is the one that saves what is filled in, `off` cannot be pressed now.

    `again` opens an answered question for another answer and is dealt with in the front end.
    """

    name: str
    label: str
    main: bool = False
    off: bool = False
    again: bool = False


class Actions(Part, frozen=True, tag="actions"):
    """Buttons side by side; `said` says whether the card's word on saving stands behind them."""

    buttons: Sequence[Button]
    said: bool = False


class Item(_Data, frozen=True):
    """One thing of a deck: what to look at, what to judge, and what there is to choose.

    `options` is a place in `Deck.options`; `reading` is what opens once it is judged, and `look`
    how the judgement fared. Without options it is only read.
    """

    id: str
    lead: str
    name: str
    options: int | None = None
    look: Verdict = ""
    reading: str = ""


class Deck(Part, frozen=True, tag="deck"):
    """Things to judge one at a time. Value: a mapping of item to value.

    `unit` is what one of them is called, `options` what there is to choose from, `summary` is shown
    when all are judged, above a line for each.
    """

    name: str
    unit: str
    items: Sequence[Item]
    options: Sequence[Sequence[Choice]]
    ask: str = ""
    summary: str = ""


class Piece(_Data, frozen=True):
    """Some words of a retelling: `kept`, `lost` or `added`."""

    text: str
    kind: str


class Lane(_Data, frozen=True):
    """A sentence in one hand: words of a source, ours around them, and what became of the last.

    `told` is our sentence where there are no words to read.
    """

    hand: str
    when: str
    before: str = ""
    words: Sequence[str] = ()
    after: str = ""
    pieces: Sequence[Piece] = ()
    told: str = ""


class WordVerdict(_Data, frozen=True):
    """What a word is worth as the one that matters, and why."""

    look: Verdict
    html: str


class Retold(Part, frozen=True, tag="retold"):
    """A sentence in the hands that it went through. Value: the word that was pressed.

    `verdicts` are by word, `*` for all others; without any, there is nothing to find. `told` says
    in words what is seen when the sentence is passed on. `key` is the word whose loss matters.
    """

    name: str
    ask: str
    lanes: Sequence[Lane]
    verdicts: Mapping[str, WordVerdict]
    told: str
    key: str = ""


class GameGap(_Data, frozen=True):
    """A sentence with a list in it: what stands before and after, and the texts with values."""

    name: str
    before: str
    options: Sequence[Mapping[str, str]]
    after: str


class Game(Part, frozen=True, tag="game"):
    """A step of the deal game, which plays in the page. Value: what was played, or None.

    `words` are its sentences, by name; `dials`, `axes`, `start` and `presets` are those of
    `pages/game.py`, `habits`, `fogs` and `sentences` what a crowd is made of.
    """

    name: str
    step: str
    label: str
    words: Mapping[str, Sequence[str]]
    dials: Sequence[Any] = ()
    axes: Sequence[tuple[str, str]] = ()
    start: Mapping[str, float] = {}
    presets: Sequence[Any] = ()
    habits: Sequence[Any] = ()
    fogs: Sequence[tuple[float, float]] = ()
    sentences: Sequence[GameGap] = ()


class Said(_Data, frozen=True):
    """What a card says of itself beside its buttons; `at` is its look.

    `saved` and `kept` say where the answer is, `problem` that it is nowhere yet.
    """

    at: Literal["", "saved", "kept", "note", "problem"] = ""
    text: str = ""


class Reply(_Data, frozen=True):
    """To which message a description is the answer: the view that sent it, and its number."""

    sender: str = ""
    number: int = 0
    saved: bool = False


class Description(_Data, frozen=True):
    """A card, whole, as the front end draws it.

    `label` names it for screen readers; `key` is its name in the record, `use` that of a question;
    `state` is `open`, `done` (answered, until it is answered again) or `closed`; `answered` opens
    the readings that wait for the card; `kept` is when the record last got its values
    (milliseconds since 1970); `keeps` says whether what is filled in has to be saved, `holds` names
    controls with their effect at once that have to be saved all the same, `drafts` says whether the
    card wants to hear of a text before; `store` names it in the browser; `earlier` has the
    values of the last answer where a draft is filled in.
    """

    label: str
    parts: Sequence[Part]
    values: Mapping[str, Any]
    key: str = ""
    use: str = ""
    wide: bool = False
    state: Literal["open", "done", "closed"] = "open"
    answered: bool = False
    said: Said = Said()
    kept: float = 0
    keeps: bool = False
    holds: Sequence[str] = ()
    drafts: bool = False
    reply: Reply = Reply()
    store: str = ""
    earlier: Mapping[str, Any] | None = None
