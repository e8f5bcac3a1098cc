"""The norm explorer shows what its state says, and says the same as text."""

from __future__ import annotations

import pytest

from cybernorms import show_norms
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import load_norms, load_themes
from cybernorms.document import to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages.norms import NormState, count_line, explorer_blocks, listed
from cybernorms.widgets.carrying import CardWidget
from tests.cards.messages import change, options_of, page_of, press
from tests.explorers import explore


@pytest.mark.parametrize("norm", load_norms(lesson=EVERYTHING), ids=lambda norm: norm.letter)
def test_a_page_has_the_official_words_the_plain_ones_and_the_source(norm) -> None:
    """Prevents a norm from being shown without what it rests on."""
    text = " ".join(to_text(explorer_blocks(NormState(norm.letter))).split())
    assert norm.quotation.text in text.replace("\u201c", "").replace("\u201d", "")
    assert " ".join(norm.plain.split()) in text.replace("\u201c", '"').replace("\u201d", '"')
    assert "https://docs.un.org/en/A/70/174" in text
    for heading in ("Common misreading", "What the report of 2021 added", "Related paragraphs"):
        assert heading in text


def test_two_norms_stand_side_by_side() -> None:
    """Prevents a comparison that shows one norm twice, or only one."""
    page = to_html(explorer_blocks(NormState("c", compare="f")))
    assert page.count("<section>") >= 2 and "Norm (c)" in page and "Norm (f)" in page
    assert "Norm (c)" in to_html(explorer_blocks(NormState("c", compare="c")))
    assert "Side by side" not in to_html(explorer_blocks(NormState("c", compare="c")))


def test_what_was_agreed_in_2015_stays_closed_until_lesson_06() -> None:
    """Prevents lesson 02 from telling what learners forecast in lesson 01."""
    for norm in load_norms(lesson=EVERYTHING):
        early = to_text(explorer_blocks(NormState(norm.letter)))
        assert "25 September 2015" not in early and "G20" not in early, norm.letter
    assert "25 September 2015" in to_text(explorer_blocks(NormState("f", lesson="06")))


def test_controls_change_the_page() -> None:
    """Prevents a view that no longer follows its controls."""
    explorer = explore("norms", lesson="02")
    change(explorer, wording="should not")
    assert explorer.state_shown.letter == "c"
    assert [value for _, value in options_of(explorer, "letter")] == ["c", "f", "k"]
    change(explorer, letter="k")
    assert "Norm (k)" in page_of(explorer)
    press(explorer, "Next norm")
    assert explorer.state_shown.letter == "c"
    press(explorer, "Previous norm")
    assert explorer.state_shown.letter == "k"
    change(explorer, compare="f")
    assert "Side by side" in page_of(explorer)
    press(explorer, "Clear the filters")
    assert explorer.state_shown == NormState("k")
    assert len(options_of(explorer, "letter")) == 11


def test_the_text_of_the_view_is_that_of_its_state() -> None:
    """Prevents a text form that lags behind the screen."""
    explorer = explore("norms", lesson="02")
    change(explorer, theme=next(iter(load_themes())))
    assert to_text(explorer_blocks(explorer.state_shown)) in explorer.text()
    assert count_line(explorer.state_shown) in explorer.text()


def test_filters_that_fit_nothing_say_so_and_can_be_reset() -> None:
    """Prevents an empty page without a word."""
    state = NormState(wording="should not", duty="reporting")
    assert not listed(state)
    assert "No norm fits" in to_text(explorer_blocks(state))
    explorer = explore("norms", lesson="02")
    change(explorer, wording="should not")
    change(explorer, duty="reporting")
    assert "No norm fits" in page_of(explorer)
    press(explorer, "Next norm")
    press(explorer, "Clear the filters")
    assert "Norm (c)" in page_of(explorer) and len(options_of(explorer, "letter")) == 11


def test_a_letter_that_is_none_is_told_plainly() -> None:
    """Prevents a traceback in front of a learner."""
    with pytest.raises(CyberNormsError, match="from a to k"):
        show_norms("z")


def test_without_a_kernel_the_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Prevents an explorer that shows nothing in a terminal."""
    show_norms("f")
    assert "Norm (f)" in capsys.readouterr().out
    show_norms(text=True)
    assert capsys.readouterr().out.count("In plain words.") == 11


def test_the_bundle_has_widget_page_and_text() -> None:
    """Prevents exported and printed pages without content."""
    bundle = CardWidget(explore("norms", lesson="02"))._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "Norm (a)" in bundle["text/html"] and "Norm (a)" in bundle["text/plain"]


def test_a_second_norm_can_be_named_beside_any_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Prevents a comparison that takes the second norm for the first."""
    for given, first in ((("c", "f"), "(c)"), (("", "f"), "(a)")):
        show_norms(*given)
        printed = capsys.readouterr().out
        assert "Side by side" in printed
        assert printed.index(f"Norm {first}") < printed.index("Norm (f)")
