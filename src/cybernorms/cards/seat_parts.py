"""Seats in rooms and votes as data, which the front end draws as tiles and dots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from cybernorms.cards.parts import Choice, Part, _Data


class Story(_Data, frozen=True):
    """What is known of one State, as HTML, under its name."""

    id: str
    name: str
    html: str


class Round(_Data, frozen=True):
    """A round of talks. `sat` has the States in the room, each with how well that was checked.

    `ended` is `yes`, `no` or `open`, with `word` for it; `every` says that all States may take
    part; `chair` is the id of the State in the chair, `html` what came of the round.
    """

    id: str
    years: str
    chairs: str
    ended: Literal["yes", "no", "open"]
    word: str
    html: str
    sat: Mapping[str, str]
    every: bool = False
    chair: str = ""


class Region(_Data, frozen=True):
    """A regional group with its States, as ids with names, those with most seats first."""

    name: str
    states: Sequence[Choice]


class Seats(Part, frozen=True, tag="seats"):
    """A tile for each State that ever sat, by region, through the rounds.

    `outside` is how many Member States never sat in a room with chairs.
    """

    name: str
    ask: str
    rounds: Sequence[Round]
    regions: Sequence[Region]
    outside: int
    stories: Sequence[Story]


class Ballot(_Data, frozen=True):
    """A text before the Assembly. `counts` has the votes of each kind, nothing if unknown.

    `rest` is how many Member States have no vote in the record, `named` what single States did,
    `blank` what stands where there is nothing to count, `told` all of it in a sentence.
    """

    id: str
    label: str
    html: str
    told: str
    counts: Mapping[str, int]
    named: Mapping[str, str]
    rest: int = 0
    blank: str = ""


class Ballots(Part, frozen=True, tag="ballots"):
    """Dots in fields that move from vote to vote, with one State followed.

    `open` is the id of the vote that comes first, `follow` the State.
    """

    name: str
    ask: str
    ballots: Sequence[Ballot]
    open: str
    follow: str
    stories: Sequence[Story]
