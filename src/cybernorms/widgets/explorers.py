"""The explorers as notebooks call them: one function each, all with the same arguments."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from msgspec.structs import replace

from cybernorms.cards.card import Card
from cybernorms.cards.claim_tracer import ClaimTracer
from cybernorms.cards.clause_lab import ClauseInPlace, ClauseLab
from cybernorms.cards.days import TenDays
from cybernorms.cards.explorer import ExplorerCard
from cybernorms.cards.forecast_score import ForecastScore
from cybernorms.cards.game import GameStep
from cybernorms.cards.negotiation_table import NegotiationTable
from cybernorms.cards.pair import PairTable
from cybernorms.cards.retold import RetoldSentence
from cybernorms.cards.seats import SeatsBoard, VotesBoard
from cybernorms.cards.weigher import Weigher
from cybernorms.cards.workbench import Workbench
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import to_text
from cybernorms.pages import (
    attributions,
    claims,
    clause_lab,
    coverage,
    days,
    documents,
    evidence,
    forecast_score,
    game,
    law,
    moves,
    negotiation,
    norms,
    proposed_agreed,
    retold,
    rooms,
    seats,
    spread,
    timeline,
    views,
    votes,
    wording,
)
from cybernorms.pages.explorer import Explorer, check_open
from cybernorms.widgets.arguments import ONE_PAGE, takes
from cybernorms.widgets.showing import show


@takes(
    "the id of the claim whose sentence to open with; the one on first use alone if not given",
    text="print the sentence in all its hands as plain text instead",
)
def show_retold(open: str = "", *, lesson: LessonNumber = "00", text: bool = False) -> None:
    """Show a sentence in the hands that it went through, and what became of its words."""
    number = from_lesson("00", lesson, "sentence")
    ids = [each.id for each in retold.sentences(number)]
    claim = check_open(open, ids, "sentence") or retold.FIRST_USE
    if text:
        print(to_text(retold.retold_blocks(retold.find_sentence(claim, lesson=number))))
    else:
        show(("retold", open, number), lambda: RetoldSentence(claim, number, several=bool(open)))


@takes(
    'the id of the claim to open with; "first-use" if not given',
    text="print all claims with their readings as plain text instead",
)
def show_claims(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show the claim tracer: walk each claim to the post, judge it, read what it can be called."""
    state = claims.start(open, lesson)
    if text:
        print(to_text(claims.all_blocks(state.lesson)))
    else:
        show(("claims", open, state.lesson), lambda: ClaimTracer(state))


@takes(
    "the letter of the norm to open with, `a` to `k`",
    compare="a second norm to put beside it; nothing for one norm alone",
    text="print all eleven norms as plain text instead",
)
def show_norms(
    open: str = "", compare: str = "", *, lesson: LessonNumber = "02", text: bool = False
) -> None:
    """Show the norm explorer: browse, filter, read and compare the eleven norms."""
    state = norms.EXPLORER.start((open, compare), lesson)
    if text:
        print(to_text(norms.all_blocks(state.lesson)))
    else:
        show(("norms", open, compare, state.lesson), lambda: ExplorerCard(norms.EXPLORER, state))


@takes(
    'which States the table lists, such as "every"; all of them if not given',
    text="print the table, the rounds and the story of each State as plain text instead",
)
def show_rooms(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show who sat in the room, round by round, with the whole story of each State."""
    state, _ = rooms.EXPLORER.settle(rooms.EXPLORER.start(open, lesson))
    if text:
        rest = seats.all_seats(lesson=state.lesson)
        print(to_text([*rooms.EXPLORER.blocks(state), *rest]))
    else:
        show((rooms.TITLE, open, state.lesson), lambda: SeatsBoard(state))


@takes(
    'the number of the resolution to open with, such as "53/70"',
    text="print the resolution, the table and every vote as plain text instead",
)
def show_votes(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show the resolutions since 1998, how they were adopted, and who stood where."""
    state, _ = votes.EXPLORER.settle(votes.EXPLORER.start(open, lesson))
    if text:
        print(to_text([*votes.EXPLORER.blocks(state), *seats.all_votes()]))
    else:
        show((votes.TITLE, open, state.lesson), lambda: VotesBoard(state))


@takes('the topic to open with, such as "attribution"; all of them in brief if not given')
def show_views(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show what States, groups and authors hold on a topic, in their own words."""
    _explore(views.EXPLORER, open, lesson, text)


@takes('the id of the rule to open with, such as "organs"; the first one if not given')
def show_law(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show the rules of law on what a State answers for, whom each binds, and who disputes it."""
    _explore(law.EXPLORER, open, lesson, text)


@takes("the id of the incident to open with; the first one if not given")
def show_attributions(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show statements that attribute incidents to somebody, two of them side by side."""
    _explore(attributions.EXPLORER, open, lesson, text)


@takes("the id of the document to open with; the oldest one if not given")
def show_documents(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show policy documents by topic, with their passages and where those stand."""
    _explore(documents.EXPLORER, open, lesson, text)


@takes("the id of the event to read about; none if not given")
def show_timeline(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show events from 1998 on by one axis at a time, as a figure and as a table."""
    _explore(timeline.EXPLORER, open, lesson, text)


@takes("the id of the event to open with, such as `night`; none if not given")
def show_days(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show the ten days of September 2015, and from lesson 04 on the years around them."""
    number = from_lesson("00", lesson, "event")
    event = check_open(open, days.event_ids(number), "event")
    _show(("days", event, number), lambda: TenDays(number, event), text)


@takes("the ids of the clauses to open with, two or three")
def show_wording(
    open: str | Sequence[str] = "", *, lesson: LessonNumber = "05", text: bool = False
) -> None:
    """Show two or three clauses side by side, with their differences by slot and by word."""
    _explore(wording.EXPLORER, open, lesson, text)


@takes("`norms`, `interests`, or nothing for both")
def show_coverage(open: str = "", *, lesson: LessonNumber = "05", text: bool = False) -> None:
    """Show how far each text covers each norm and each stated interest, with the reasons."""
    _explore(coverage.EXPLORER, open, lesson, text)


@takes('the sentence to open with; the one on what a State may not "allow" if not given')
def show_clause(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show a clause that is edited in place, and the cases that it reaches."""
    number = from_lesson("03", lesson, "sentence")
    state = replace(clause_lab.find_sentence(open), lesson=number)
    _show(("clause", open, number), lambda: ClauseInPlace(state), text)


@takes("the id of a clause or a case; nothing for the clause that the learner builds")
def show_clause_lab(open: str = "", *, lesson: LessonNumber = "05", text: bool = False) -> None:
    """Show the clause lab: build a clause, and see what it would reach or miss, and why."""
    state = clause_lab.start(open, lesson)
    _show(("clause lab", open, state.lesson), lambda: ClauseLab(state), text)


@takes("the id of the text to open with; the deal of 2015 if not given")
def show_spread(open: str = "", *, lesson: LessonNumber = "06", text: bool = False) -> None:
    """Show who took up the promise on trade secrets, when, and with which wording."""
    _explore(spread.EXPLORER, open, lesson, text)


@takes("the id of the item to open with; the first one if not given")
def show_evidence(open: str = "", *, lesson: LessonNumber = "06", text: bool = False) -> None:
    """Show the evidence on the promise of 2015, to be weighed against five explanations."""
    from_lesson(evidence.LESSON, lesson, "item of evidence")
    item = check_open(open, evidence.item_ids(), "item")
    _show(("evidence", open), lambda: Weigher(item), text)


@takes("the id of the element to open with; the first one if not given")
def show_proposed_agreed(
    open: str = "", *, lesson: LessonNumber = "06", text: bool = False
) -> None:
    """Show the elements of the deal as proposed, with a guess to make before what was agreed."""
    from_lesson(proposed_agreed.LESSON, lesson, "element of the deal")
    element = check_open(open, proposed_agreed.element_ids(), "element")
    _show(("proposed and agreed", open), lambda: Workbench(element), text)


@takes(ONE_PAGE)
def show_forecast_score(open: str = "", *, lesson: LessonNumber = "06", text: bool = False) -> None:
    """Show the learner's forecast scored beside those of 2015, once the outcomes are opened."""
    check_open(open, (), "part of the score")
    from_lesson(forecast_score.LESSON, lesson, "outcome of a forecast")
    _show("forecast score", ForecastScore, text)


@takes(
    "the id of the step of the game, such as `fog`; the first one if not given",
    lesson="the number of the lesson; no earlier one has the game",
    text="print what is asked and what comes of it as plain text instead",
)
def show_game(open: str = "", *, lesson: LessonNumber = "07", text: bool = False) -> None:
    """Show a step of the deal game: play it, write its rules, look for where a promise holds."""
    from_lesson(game.LESSON, lesson, "step of the game")
    step = check_open(open, game.step_ids(), "step") or game.STEPS[0].id
    _show(("game", step), lambda: GameStep(step), text)


def _explore(
    explorer: Explorer, open: str | Sequence[str], lesson: LessonNumber, text: bool
) -> None:
    """Show an explorer, or print what it opens with."""
    state, _ = explorer.settle(explorer.start(open, lesson))
    opened = open if isinstance(open, str) else tuple(open)
    name = (explorer.title, opened, state.lesson)
    _show(name, lambda: ExplorerCard(explorer, state), text)


def _show(name: Hashable, make: Callable[[], Card], text: bool) -> None:
    """Show a card, or print what it says now."""
    if text:
        print(make().text())
    else:
        show(name, make)


@takes("the id of the role to sit down as, `us`, `cn` or `br`; the first one if not given")
def show_negotiation(open: str = "", *, lesson: LessonNumber = "08", text: bool = False) -> None:
    """Show the negotiating table: a brief, a draft to build, and those who answer it."""
    state = negotiation.start(open, lesson)
    _show(("negotiation", open), lambda: NegotiationTable(state), text)


@takes("the id of the role to sit down as, `us` or `cn`; the first one if not given")
def show_pair(open: str = "", *, lesson: LessonNumber = "08", text: bool = False) -> None:
    """Show the table at which two people negotiate, whose moves travel as text to paste."""
    from_lesson(negotiation.LESSON, lesson, "negotiation")
    role = check_open(open, moves.sides(), "role")
    _show(("pair", open), lambda: PairTable(role), text)
