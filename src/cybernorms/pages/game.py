"""The deal game told as text: each step, played through, with the numbers behind it.

What the numbers lead to is computed (`analysis/deal_game.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import asdict

from cybernorms.analysis.deal_crowd import EACH, QUIET, average, learn, tournament
from cybernorms.analysis.deal_game import Deal, Player, balance, equal, holds, set_number
from cybernorms.analysis.deal_histories import Round, dice, play_out
from cybernorms.document import Block, Heading, Paragraph, Section, Table, plural
from cybernorms.pages.game_note import note_blocks
from cybernorms.pages.game_settings import (
    DIALS,
    FOGS,
    GAPS,
    IN_FOG,
    KNOWN_HABITS,
    LOOSE,
    OFF,
    PRESETS,
    RULE_DIALS,
    START,
    deal_of,
    figure,
    reads,
    say,
)
from cybernorms.pages.game_words import CROWD, DAYLIGHT, FOG, MAP, RULES, SANDBOX, WORLDS, Words

LESSON = "07"
# The first dice in fog, as in the page: for you and for them.
THROWN = (0.72, 0.5, 0.31, 0.84, 0.04, 0.66, 0.55, 0.35, 0.81, 0.06, 0.45, 0.77)
RULES_TOLD = ((0, 3, 0.9), (3, 3, 0.9), (5, 3, 0.9), (5, 1, 0.9), (0, 12, 0.98))
TRIED = {"false_names": 0.02, "detection": 0.9, "sanction": 5.0, "patience": 0.98, "off": 8.0}


class Step(Struct, frozen=True):
    """A step of the game: its id, its title, its sentences, and what of it is kept."""

    id: str
    title: str
    words: Words
    keeps: Sequence[str]
    tell: Callable[[], list[Block]]


def _daylight() -> list[Block]:
    blocks: list[Block] = [Paragraph(each) for each in DAYLIGHT["offer"][:1]]
    blocks.append(Paragraph(DAYLIGHT["start"][0]))
    blocks.append(_seasons("If you never take", [False] * 8))
    blocks.append(
        _seasons("If you take once, in the third season", [False, False, True, *[False] * 5])
    )
    blocks.append(Section(DAYLIGHT["why"][0], [Paragraph(DAYLIGHT["why_p"][0])], 4))
    return blocks


def _seasons(caption: str, takes: Sequence[bool]) -> Table:
    """Return a game in daylight, season by season, against a State that answers for three."""
    rows, me, they, off, quiet = [], 0.0, 0.0, 0, 0
    for number, take in enumerate(takes, start=1):
        stands = not off
        theirs = not stands
        me += _worth(take, theirs)
        they += _worth(theirs, take)
        if stands and not take:
            text = say(DAYLIGHT, "kept", quiet % 3)
            quiet += 1
        else:
            text = say(DAYLIGHT, "took" if stands else "both" if take else "lost")
        if stands and take:
            off = OFF
        elif off:
            off -= 1
            text += "" if off else f" {say(DAYLIGHT, 'back')}"
        rows.append([str(number), text, figure(me), figure(they)])
    return Table(caption, ["Season", "What happened", "You", "They"], rows, fold=False)


def _worth(mine: bool, theirs: bool) -> float:
    return QUIET + IN_FOG.gain * mine - IN_FOG.harm * theirs


def _fog() -> list[Block]:
    thrown = iter(THROWN)
    deal = equal(IN_FOG, off=OFF)
    rows, turn = [], 0
    for number, each in enumerate(play_out(deal, (False, False), 12, lambda: next(thrown)), 1):
        rows.append([str(number), _told_in_fog(each, turn)])
        turn += each.stands
    return [
        Paragraph(FOG["offer"][0]),
        Paragraph(f"{FOG['offer'][1]} {FOG['start'][0]}"),
        Table("A game in which you both keep your word", ["Season", "What you hear"], rows, False),
        Paragraph(f"{say(FOG, 'false_h', times='twice')}. {FOG['false_p'][0]}"),
    ]


def _told_in_fog(each: Round, turn: int) -> str:
    if not each.stands:
        return say(FOG, "sat_log")
    if all(each.named):
        return f"{say(FOG, 'both_named')} {say(FOG, 'is_off')}"
    if each.named[0]:
        return f"{say(FOG, 'me_false')} {say(FOG, 'is_off')}"
    if each.named[1]:
        return f"{say(FOG, 'they_named')} {say(FOG, 'is_off')}"
    return say(FOG, "none_kept", turn % 3)


def why(deal: Deal, whose: int = 0) -> str:
    """Return in a sentence what makes taking cost what it costs."""
    found = balance(deal, whose)
    sanction, peace = (figure(max(0.0, each), 2) for each in (found.sanction, found.peace))
    return say(RULES, "reasons", sanction=sanction, peace=peace)


def quiet_of(deal: Deal, seasons: int) -> int:
    """Return how many seasons of many are quiet, if both keep their word."""
    if not holds(deal):
        return 0
    return round(seasons / (1 + float(balance(deal).named) * deal.off))


def ask_rules() -> str:
    """Return the task of step 3, with what taking brings in the fog of step 2."""
    found = balance(equal(IN_FOG, off=OFF))
    takes = (QUIET + IN_FOG.gain) / (1 + found.named_if * OFF)
    keeps = QUIET / (1 + found.named * OFF)
    return say(RULES, "ask", takes=figure(takes), keeps=figure(keeps))


def _rules() -> list[Block]:
    rows = []
    for sanction, off, patience in RULES_TOLD:
        deal = deal_of({"sanction": sanction, "off": off, "patience": patience})
        verdict = "They keep it" if holds(deal) else "They take"
        cells = [figure(sanction), str(off), f"{patience:.0%}", verdict, why(deal)]
        rows.append([*cells, str(quiet_of(deal, 40))])
    columns = [*RULES["columns"][:3], "What they do", "What taking costs", "Quiet of 40"]
    return [
        Paragraph(ask_rules()),
        Table("Some rules, and what comes of them", columns, rows, fold=False),
        Paragraph(RULES["false_p"][0]),
    ]


def _map() -> list[Block]:
    start = deal_of(START)
    rows = []
    for name, value in TRIED.items():
        deal = set_number(start, name, value)
        dial = DIALS[name]
        verdict = "It holds" if holds(deal) else "It doesn’t hold"
        rows.append([dial.label, reads(dial, START[name]), reads(dial, value), verdict, why(deal)])
    found = balance(start)
    cost = figure(found.cost, 2)
    columns = ["What is moved", "From", "To", "Then", "What taking costs"]
    return [
        Paragraph(MAP["ask"][0]),
        Paragraph(say(MAP, "breaks", gain=figure(found.gain), cost=cost, why=why(start))),
        Table("One thing at a time", columns, rows, fold=False),
        Paragraph(MAP["reveal_p"][0]),
        Paragraph(MAP["reveal_patience"][1]),
        *note_blocks(),
    ]


@cache
def _tables() -> tuple[list[list[float]], ...]:
    habits = [each.habit for each in KNOWN_HABITS]
    return tuple(tournament(habits, fog, dice(1)) for fog in FOGS)


def _crowd() -> list[Block]:
    names = [each.name for each in KNOWN_HABITS]
    crowd = [EACH] * len(names)
    rows = [
        [name, *(figure(average(table, crowd, at)) for table in _tables())]
        for at, name in enumerate(names)
    ]
    left = []
    for fog, table in zip(CROWD["fogs"], _tables(), strict=True):
        after = learn(table, crowd, 40)
        found = [
            f"{name} ({plural(count, 'State')})"
            for name, count in zip(names, after, strict=True)
            if count
        ]
        left.append([fog, ", ".join(found)])
    sentences = [
        " ".join([gap.before, " / ".join(text for text, _ in gap.options), gap.after.strip(".")])
        for gap in GAPS
    ]
    return [
        Paragraph(CROWD["told"][0]),
        Table("What each makes a season, on average", ["Habit", *CROWD["fogs"]], rows, False),
        Table(CROWD["told"][1], ["How well they see", "Left"], left, False),
        Paragraph(f"{CROWD['told'][2]} {'; '.join(each.strip() for each in sentences)}."),
    ]


def _worlds() -> list[Block]:
    throw = dice(4)
    chances = [0.85] * 4 + [0.1] * 8
    counts = [str(sum(throw() < chance for _ in range(4))) for chance in chances]
    return [
        Paragraph(WORLDS["ask"][0]),
        Paragraph(say(WORLDS, "names", name="A", counts=", ".join(counts)) + "."),
        Paragraph(say(WORLDS, "names", name="B", counts=", ".join(counts)) + "."),
        Paragraph(WORLDS["told_p"][0]),
    ]


def _sandbox() -> list[Block]:
    rows = []
    for preset in PRESETS:
        deal = deal_of(preset.numbers)
        found = balance(deal)
        verdict = "It holds" if holds(deal) else "It doesn’t hold"
        rows.append(
            [preset.name, verdict, figure(found.cost, 2), str(quiet_of(deal, 100)), preset.note]
        )
    columns = [
        "Moment",
        "Then",
        "What taking costs (it brings 3)",
        "Quiet of 100",
        "Why we’d guess so",
    ]
    return [
        Paragraph(SANDBOX["ask"][0]),
        Table("Five moments, with invented numbers", columns, rows, fold=False),
    ]  # fmt: skip


STEPS = (
    Step("daylight", "Step 1: in daylight", DAYLIGHT, ("seasons", "stole"), _daylight),
    Step("fog", "Step 2: the same in fog", FOG, ("seasons", "stole", "false"), _fog),
    Step("rules", "Step 3: your rules", RULES, (*RULE_DIALS, "quiet"), _rules),
    Step("map", "Step 4: where it holds", MAP, ("found",), _map),
    Step("crowd", "Step 5: a crowd", CROWD, (*(gap.name for gap in GAPS), "fog"), _crowd),
    Step("worlds", "Step 6: two worlds", WORLDS, ("guess",), _worlds),
    Step(
        "sandbox",
        "Step 6: everything loose",
        SANDBOX,
        (*LOOSE, "biting", "differ", *(f"two_{name}" for name in asdict(Player()))),
        _sandbox,
    ),
)


def step_ids() -> list[str]:
    """Return the ids of the steps, in order."""
    return [step.id for step in STEPS]


def find_step(id: str) -> Step:
    """Return a step by its id."""
    return next(step for step in STEPS if step.id == id)


def game_blocks(id: str) -> list[Block]:
    """Return a step as text: what is asked, what comes of it, and the numbers behind it."""
    step = find_step(id)
    return [Heading(step.title), *step.tell()]


def as_kept(step: Step, value: object) -> dict[str, float | str | bool] | None:
    """Return what the page says was played, if it can be that; else None."""
    if not isinstance(value, dict) or not value or not set(value) <= set(step.keeps):
        return None
    for each in value.values():
        if isinstance(each, str) and len(each) > 120:
            return None
        if not isinstance(each, str | int | float) or (
            isinstance(each, float) and not math.isfinite(each)
        ):
            return None
    return dict(value)
