"""Who sat in the room and how States voted as cards: tiles and dots that answer by themselves."""

from __future__ import annotations

from cybernorms.cards.explorer import ExplorerCard
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Choice, Html, Part
from cybernorms.cards.seat_parts import Ballot, Ballots, Region, Round, Seats, Story
from cybernorms.corpus.assembly import Resolution, load_resolutions, load_states
from cybernorms.corpus.process import Session
from cybernorms.document import Heading, to_html
from cybernorms.pages import rooms, seats, votes

FOLLOWED = "united-states"
ASK_SEATS = "Step through the rounds. Which States never leave? Press any of them for its story."
ASK_VOTES = "Step through the votes and keep your eye on the blue dot. Press a name for its story."


class SeatsBoard(ExplorerCard):
    """A tile for each State that ever sat in a group of experts, through all rounds.

    Arguments:
        state: what the table below the tiles lists.
    """

    def __init__(self, state: rooms.RoomState) -> None:
        super().__init__(rooms.EXPLORER, state)

    def parts(self) -> list[Part]:
        regions = [
            Region(name, [Choice(each.id, each.name) for each in states])
            for name, states in seats.by_region().items()
        ]
        sat = sum(len(each.states) for each in regions)
        board = Seats(
            "seats",
            ASK_SEATS,
            [_round(each) for each in seats.rounds()],
            regions,
            seats.MEMBER_STATES - sat,
            _stories(self.state_shown.lesson),
        )
        page = self.explorer.page(self.state_shown)
        return [Html(page_html([Heading(self.label)])), board, Html(page_html(page))]


def _round(session: Session) -> Round:
    ended, word = seats.how_it_ended(session)
    chairs = [each.id for each in load_states().values() if each.name == session.chair_state]
    return Round(
        session.id,
        seats.years(session),
        f"{session.experts} chairs" if session.experts else "all States",
        ended,  # type: ignore[arg-type]
        word,
        to_html(seats.round_blocks(session)),
        seats.checked(session),
        every=not session.experts,
        chair=chairs[0] if chairs else "",
    )


class VotesBoard(ExplorerCard):
    """A dot for each vote that was counted, from resolution to resolution, with one State followed.

    Arguments:
        state: the resolution that the dots show first.
    """

    def __init__(self, state: votes.VoteState) -> None:
        super().__init__(votes.EXPLORER, state)

    def parts(self) -> list[Part]:
        shown = self.state_shown
        board = Ballots(
            "votes",
            ASK_VOTES,
            [_ballot(each) for each in load_resolutions()],
            shown.number,
            shown.state or FOLLOWED,
            _stories(shown.lesson),
        )
        table = votes.overview(shown)
        return [Html(page_html([Heading(self.label)])), board, Html(page_html([table]))]


def _ballot(resolution: Resolution) -> Ballot:
    found = seats.count(resolution)
    tally = found.tally
    counts = {"yes": tally.yes, "abstain": tally.abstain, "no": tally.no} if tally else {}
    return Ballot(
        resolution.number,
        f"{resolution.date[:4]}, {resolution.number}: {resolution.result}",
        to_html(seats.vote_head(resolution)),
        seats.told(resolution),
        counts,
        found.named,
        found.rest,
        seats.blank(resolution),
    )


def _stories(lesson: str) -> list[Story]:
    return [
        Story(each.id, each.name, to_html(seats.story_blocks(each, lesson=lesson)))
        for each in load_states().values()
    ]
