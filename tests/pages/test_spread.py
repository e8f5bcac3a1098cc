"""Where the wording of the deal came up again."""

from __future__ import annotations

from cybernorms.document import to_text
from cybernorms.figures.spread import draw_spread, spread_alt
from cybernorms.pages.spread import SpreadState, chosen, spread_blocks
from cybernorms.widgets.carrying import CardWidget
from tests.cards.messages import change
from tests.explorers import explore
from tests.texts import one_line


def test_the_filter_leaves_the_six_texts_of_china() -> None:
    assert [each.id for each in chosen("china")] == [
        "us-china",
        "uk-china",
        "g20",
        "germany-china",
        "australia-china",
        "canada-china",
    ]
    text = to_text(spread_blocks(SpreadState("china")))
    assert "Kerry in Seoul" not in text and "Canada and China" in text


def test_the_figure_says_in_words_what_it_shows() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    alt = draw_spread(chosen("all")).alt
    assert alt == spread_alt(chosen("all"))
    for each in chosen("all"):
        assert (each.name in alt) == bool(each.date), each.id
    assert "United States and China (2015-09-25): 2 in all, \u201cknowingly\u201d in" in alt


def test_a_text_is_set_beside_the_wording_of_the_deal() -> None:
    text = one_line(to_text(spread_blocks(SpreadState("all", "uk-china"))))
    assert "Beside the deal" in text and "knowingly" in text.split("Beside the deal")[1]
    deal = one_line(to_text(spread_blocks(SpreadState("all", "us-china"))))
    assert "Beside the deal" not in deal


def test_a_filter_that_lacks_the_open_text_opens_its_first() -> None:
    view = explore("spread", lesson="06")
    change(view, text="kerry")
    change(view, who="china")
    assert view.state_shown == SpreadState("china", "us-china")
    change(view, who="all")
    assert view.state_shown == SpreadState("all", "us-china")


def test_the_figure_follows_the_filter() -> None:
    view = explore("spread", lesson="06")
    assert "Kerry" in CardWidget(view).static_html()
    change(view, who="china")
    assert "Kerry" not in CardWidget(view).static_html()
