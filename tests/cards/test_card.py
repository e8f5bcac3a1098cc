"""Every view can be read as text, kept still, and says aloud what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_html, to_text
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import sheet as law_sheet
from cybernorms.widgets.scored_forecast import ForecastScore
from cybernorms.widgets.sorter import Sorter
from cybernorms.widgets.view import View
from cybernorms.widgets.weigher import Weigher
from cybernorms.widgets.workbench import Workbench
from tests.explorers import explore


def test_what_a_view_says_is_announced_and_escaped() -> None:
    """Prevents a message that a screen reader passes over, or that a file's name can break."""
    view = explore("rooms")
    view.say("problem", "No room for <b> & co.")
    assert "role='alert'" in view._status.value and "cn-problem" in view._status.value
    assert "No room for &lt;b&gt; &amp; co." in view._status.value
    view.note("Not saved yet.")
    assert "role=" not in view._status.value and "Not saved yet." in view._status.value


@pytest.mark.parametrize(
    "make", [Workbench, ForecastScore, lambda: explore("spread", lesson="06"), Weigher]
)
def test_every_explorer_has_a_still_form(make: Callable[[], View]) -> None:
    """Prevents an empty cell on a printed page."""
    view = make()
    assert "still picture" in view.static_html() and view.text()


@pytest.mark.parametrize(
    "view",
    [
        lambda: explore("rooms"),
        lambda: explore("votes"),
        lambda: explore("attributions", lesson="03"),
        lambda: Sorter("Law or norm", [law_sheet()]),
        lambda: Sorter(
            "Incident sorter", [incident_sheet(each) for each in load_incidents(lesson=EVERYTHING)]
        ),
        lambda: explore("documents", "kerry-2015"),
        lambda: explore("timeline"),
    ],
    ids=["rooms", "votes", "statements", "law-or-norm", "incidents", "documents", "timeline"],
)
def test_each_explorer_has_a_still_form_and_a_text_of_the_same_content(
    view: Callable[[], View],
) -> None:
    """Prevents printed pages and screen readers from getting less than the screen."""
    shown = view()
    assert to_html(shown.blocks()) in shown.static_html()
    assert shown.text() == to_text(shown.blocks())
    assert len(shown.text()) > 300
