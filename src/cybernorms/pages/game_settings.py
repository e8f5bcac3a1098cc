"""What the deal game is played with: dials, moments, habits. All numbers are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from cybernorms.analysis.deal_crowd import HABITS, Habit
from cybernorms.analysis.deal_game import Deal, Player, equal, set_number
from cybernorms.pages.game_words import Words

OFF = 3
IN_FOG = Player(detection=0.6, false_names=0.1)


class Dial(Struct, frozen=True):
    """A number of the game: from `low` to `high` as it is shown, which is `per` times its value.

    `reads` is how it stands in a sentence, `leap` how far an arrow key moves the point on the map.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    leap: float
    per: float
    reads: str


class Preset(Struct, frozen=True):
    """A moment with invented numbers, by the names of the dials, and why we would guess so."""

    name: str
    note: str
    numbers: Mapping[str, float]


class KnownHabit(Struct, frozen=True):
    """A habit of the crowd, by its id in `deal_crowd.HABITS`."""

    id: str
    name: str
    note: str

    @property
    def habit(self) -> Habit:
        """Return how it decides."""
        return HABITS[self.id]


class Gap(Struct, frozen=True):
    """A sentence of the player's own habit: what stands before and after what is chosen."""

    name: str
    before: str
    options: Sequence[tuple[str, str]]
    after: str = "."


DIALS = {
    dial.name: dial
    for dial in (
        Dial("gain", "What taking brings", "a season’s worth", 0.5, 8, 0.1, 0.2, 1, "{v}"),
        Dial("harm", "What it costs the other", "a season’s worth", 1, 16, 0.1, 0.2, 1, "{v}"),
        Dial("sanction", "What a name costs", "a season’s worth", 0, 8, 0.1, 0.2, 1, "{v}"),
        Dial(
            "detection", "A thief is named", "times in 100", 0, 100, 1, 1, 100,
            "{v} time{s} in 100",
        ),
        Dial(
            "false_names", "An honest State is named", "times in 100", 0, 50, 1, 1, 100,
            "{v} time{s} in 100",
        ),
        Dial(
            "patience", "What next season counts", "per cent of this one", 0, 98, 1, 1, 100, "{v} %"
        ),
        Dial("off", "How long it stays off", "seasons", 1, 12, 1, 1, 1, "{v} season{s}"),
    )
}  # fmt: skip
AXES = (("false_names", "detection"), ("patience", "sanction"), ("false_names", "off"))
RULE_DIALS = ("sanction", "off", "patience")
MAP_DIALS = ("false_names", "detection", "sanction", "patience", "off")
START = {"sanction": 2.0, "detection": 0.6, "false_names": 0.1, "patience": 0.9, "off": 3.0}
LOOSE = {"gain": 3.0, "harm": 5.0, **START}
PRESETS = (
    Preset(
        "Before 2013",
        "Hardly a name is published, and a name costs nothing.",
        {"false_names": 0.03, "detection": 0.2, "sanction": 0, "patience": 0.9, "off": 2},
    ),
    Preset(
        "2013 to 2014",
        "Firms and prosecutors publish names; a name costs a little.",
        {"false_names": 0.06, "detection": 0.5, "sanction": 1, "patience": 0.9, "off": 3},
    ),
    Preset(
        "April to September 2015",
        "An order allows sanctions, and a visit is near.",
        {"false_names": 0.08, "detection": 0.6, "sanction": 5, "patience": 0.92, "off": 2},
    ),
    Preset(
        "2016",
        "The threat still stands, and there’s a dialogue to lose.",
        {"false_names": 0.08, "detection": 0.65, "sanction": 4.5, "patience": 0.95, "off": 3},
    ),
    Preset(
        "2018",
        "The two quarrel over trade, so the next season counts for less.",
        {"false_names": 0.1, "detection": 0.55, "sanction": 3, "patience": 0.7, "off": 3},
    ),
)
KNOWN_HABITS = (
    KnownHabit("keeps", "Keeps its word", "whatever it’s called"),
    KnownHabit("takes", "Takes what it can", "whatever you call it"),
    KnownHabit("mirror", "Answers in kind", "you’re named, and it takes next season"),
    KnownHabit("easy", "Lets one name in three pass", "else it answers in kind"),
    KnownHabit("contrite", "Takes its punishment", "answers in kind, but not after its own name"),
)
GAPS = (
    Gap("begins", "I begin", [("by keeping my word", "0"), ("by taking", "1")]),
    Gap(
        "answer",
        "When they’re named, I take",
        [
            ("for one season", "1"),
            ("not at all", "0"),
            ("for three seasons", "3"),
            ("for ever", "999999"),
        ],
    ),
    Gap(
        "forgives",
        "But I let",
        [("no name", "0"), ("one name in three", "0.3333"), ("two names in three", "0.6667")],
        "pass.",
    ),
    Gap(
        "contrite",
        "If they only answer because I was named, falsely,",
        [("I answer back", "0"), ("I take it", "1")],
    ),
    Gap(
        "tries",
        "After three seasons without a name, I",
        [("keep my word", "0"), ("try my luck one time in five", "0.2"), ("take", "1")],
    ),
)  # fmt: skip
FOGS = ((1.0, 0.0), (0.9, 0.05), (0.6, 0.1))


def say(words: Words, name: str, turn: int = 0, /, **gaps: object) -> str:
    """Return a sentence of a step with its gaps filled; lists are gone through."""
    text = words[name][min(turn, len(words[name]) - 1)]
    for gap, value in gaps.items():
        text = text.replace("{" + gap.rstrip("_") + "}", str(value))
    return text


def figure(value: float, decimals: int = 1) -> str:
    """Return a number as the page writes it.

    >>> figure(2.0), figure(-0.25, 2)
    ('2', '−0.25')
    """
    rounded = round(value, decimals)
    return f"{rounded:.{decimals}f}".rstrip("0").rstrip(".").replace("-", "−") if rounded else "0"


def deal_of(numbers: Mapping[str, float]) -> Deal:
    """Return a deal between two equal States that has some numbers."""
    deal = equal(Player())
    for name, value in numbers.items():
        deal = set_number(deal, name, value)
    return deal


def reads(dial: Dial, value: float) -> str:
    """Return a number as it stands in a sentence."""
    shown = figure(value * dial.per, 0 if dial.name == "off" else 1)
    return dial.reads.replace("{v}", shown).replace("{s}", "" if shown == "1" else "s")
