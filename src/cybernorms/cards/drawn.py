"""Parts with a drawing of their own in the front end: forecasts, days, bars and coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cybernorms.cards.parts import Part, _Data


class Forecasted(_Data, frozen=True):
    """A probability on a line: whose it is, its sign, in per cent; what it cost once it is known.

    `shape` is `me` (a disc), `news` (a square) or `post` (a triangle).
    """

    who: str
    shape: Literal["me", "news", "post"]
    percent: float
    cost: str = ""


class Panel(_Data, frozen=True):
    """A statement that was forecast; `happened` and its outcome as HTML once they may be told."""

    title: str
    text: str
    marks: Sequence[Forecasted]
    happened: bool | None = None
    outcome: str = ""


class Opened(Part, frozen=True, tag="opened"):
    """Forecasts as marks on lines from 0 to 100, whose outcomes the reader opens one by one.

    `after` is HTML that is shown with the last of them; empty as long as the forecast is open.
    """

    name: str
    panels: Sequence[Panel]
    after: str = ""


class Happening(_Data, frozen=True):
    """Something on a timeline: its id, its name, who said or did it, and more as HTML.

    `new` says that this lesson is the first that shows it.
    """

    id: str
    name: str
    html: str
    who: str = ""
    new: bool = False


class Day(_Data, frozen=True):
    """A day, or a few: what was printed, and what the two governments said and did.

    `look` is `before`, `still` (without news), `here` (where the reader stands), `plan` or nothing.
    """

    weekday: str
    day: str
    print: Sequence[Happening] = ()
    governments: Sequence[Happening] = ()
    look: str = ""


class Year(_Data, frozen=True):
    """A year and what happened in it; `ten` says that the ten days lie in it."""

    year: int
    events: Sequence[Happening] = ()
    ten: bool = False


class Days(Part, frozen=True, tag="days"):
    """A timeline of days, and of the years around them where a lesson may show them.

    `still` stands where nothing happened, `here` where the reader stands, `closed` at the end as
    long as something is not told; `open` is the id of the event to open with.
    """

    name: str
    days: Sequence[Day]
    years: Sequence[Year]
    lanes: Sequence[str]
    still: str
    here: str
    closed: str = ""
    open: str = ""


class Bar(_Data, frozen=True):
    """Where an explanation stands, and where it stood before the last item, from -1 to 1.

    `by` says how far the item moved it, in steps, and `odds` what the sum comes to in words.
    """

    name: str
    at: float
    before: float
    by: str
    odds: str


class Scales(Part, frozen=True, tag="scales"):
    """Explanations as bars that move with every item; `moved` says which item moved them last."""

    bars: Sequence[Bar]
    moved: str = ""


class CodedItem(_Data, frozen=True):
    """Both values of an item that two coders coded; its name and reasons as HTML if they differ."""

    one: str
    two: str
    name: str = ""
    html: str = ""


class CoderPair(_Data, frozen=True):
    """Two coders on one axis.

    `chance` is the share from 0 to 1 on which they would agree by chance, `kappa` the share of the
    rest that is agreement, written out, and empty where there is none.
    """

    name: str
    question: str
    values: Sequence[str]
    items: Sequence[CodedItem]
    headline: str
    chance_line: str
    chance: float
    kappa: str = ""


class Coders(Part, frozen=True, tag="coders"):
    """Two coders as two columns, on one axis at a time."""

    names: Sequence[str]
    pairs: Sequence[CoderPair]
