"""The figure of the votes."""

from __future__ import annotations

from cybernorms.corpus.assembly import (
    load_resolutions,
)
from cybernorms.figures.votes import draw_votes


def test_the_figure_of_the_votes_names_every_checked_vote_in_its_text() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    figure = draw_votes(load_resolutions())
    for each in load_resolutions():
        if each.tally:
            told = f"{each.tally.yes} yes, {each.tally.no} no, {each.tally.abstain} abstained"
            assert told in figure.alt
