"""Where States stand: every view can be reached, in the words of its holder, in its lesson."""

from __future__ import annotations

import pytest

from cybernorms import show_views
from cybernorms.corpus.instruments import load_views
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import curly, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages.views import ASKED_OF, ViewState, count_line, silent, states_blocks, views_on
from tests.cards.messages import change, options_of
from tests.explorers import explore


def flat(text: str) -> str:
    return " ".join(text.split())


def shown(topic: str = "", holder: str = "", lesson: str = "06") -> str:
    return flat(to_text(states_blocks(ViewState(topic, holder, lesson))))


def test_every_view_is_shown_under_its_topic_with_its_words_and_place() -> None:
    """Prevents a position that is in the table and that no learner ever reads."""
    for view in load_views(lesson=EVERYTHING):
        text = shown(view.topic)
        assert flat(curly(view.view)) in text, view.id
        assert view.holder in text
        if view.quotation:
            assert flat(view.quotation.text) in text, view.id
        else:
            assert "No words of the holder are quoted here." in text


def test_without_a_filter_all_views_stand_in_brief() -> None:
    """Prevents a first page that hides most of what there is."""
    text = shown()
    assert all(flat(curly(view.view)) in text for view in load_views(lesson="06"))


def test_a_holder_can_be_read_over_all_topics() -> None:
    """Prevents one sentence of a State from being taken for all that it holds."""
    text = shown(holder="Russia")
    assert "A binding treaty" in text and "Nature of norms" in text
    assert "United States" not in text.replace("The United States chose", "")


def test_what_opens_later_stays_closed() -> None:
    """Prevents a text of 2016 in a lesson that stands in 2015."""
    later = {view.id for view in load_views(lesson="06")} - {
        view.id for view in load_views(lesson="02")
    }
    assert later == {"us-india-2016-model", "us-india-2016-lead"}
    assert "United States and India" not in shown("who should decide", lesson="02")
    assert "United States and India" in shown("who should decide", lesson="06")


def test_those_of_whom_nothing_was_found_are_named() -> None:
    """Prevents silence of the search from passing for silence of a State."""
    for topic in {view.topic for view in load_views(lesson="06")}:
        state = ViewState(topic, lesson="06")
        heard = {view.holder for view in views_on(state)}
        assert set(silent(state)) == set(ASKED_OF) - heard
    assert "Nothing of theirs on this was found: China" in shown("a binding treaty")
    assert "Nothing of theirs" not in shown("who should decide", "China")


def test_both_sides_of_the_world_speak_in_their_own_words() -> None:
    """Prevents a table in which only some are quoted."""
    quoted = {view.holder for view in load_views(lesson="06") if view.quotation}
    assert {"China", "Russia", "United States", "Group of 77 and China", "Cuba"} <= quoted


def test_the_list_of_holders_follows_the_topic() -> None:
    """Prevents a choice that leads to an empty page."""
    view = explore("views", "a binding treaty", "02")
    assert [text for text, _ in options_of(view, "holder")] == ["All", "Russia"]
    change(view, holder="Russia")
    change(view, topic="due diligence")
    assert view.state_shown.holder == ""
    assert count_line(view.state_shown) == "1 view of 1 holder."


def test_a_topic_that_is_none_is_refused() -> None:
    """Prevents an empty page for a slip of the pen."""
    with pytest.raises(CyberNormsError, match="cyber peace"):
        show_views("cyber peace")
    with pytest.raises(CyberNormsError, match="before lesson 02"):
        show_views(lesson="01")
