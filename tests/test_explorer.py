"""The norm explorer shows what its state says, and says the same as text."""

from __future__ import annotations

import pytest

from cybernorms import show_norms
from cybernorms.analysis.norms import filter_norms, split_clause
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import DUTIES, WORDINGS, load_norms, load_themes
from cybernorms.document import to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages.norms import NormState, count_line, explorer_blocks, listed
from tests.explorers import explore


def letters(**filters: str) -> str:
    return "".join(norm.letter for norm in filter_norms(load_norms(lesson=EVERYTHING), **filters))


def test_three_norms_say_should_not() -> None:
    """Prevents a filter that tells learners something else than the report."""
    assert letters(wording="should not") == "cfk"
    assert len(letters(wording="should")) == 8


def test_a_duty_finds_correct_and_defensible_readings() -> None:
    """Prevents norm (c) from being hidden under one of its two readings."""
    assert "c" in letters(duty="restraint") and "c" in letters(duty="due diligence")


def test_every_filter_alone_lets_something_pass() -> None:
    """Prevents dead choices in a list."""
    for wording in WORDINGS:
        assert letters(wording=wording)
    for duty in DUTIES:
        assert letters(duty=duty)
    for theme in load_themes():
        assert letters(theme=theme)


def test_the_wording_of_each_norm_has_one_correct_reading() -> None:
    """Prevents a norm without, or with two, correct readings of its wording."""
    for norm in load_norms(lesson=EVERYTHING):
        correct = [each for each in norm.readings if each.verdict == "correct"]
        assert [each.axis for each in correct].count("wording") == 1


def test_a_clause_in_pieces_is_the_clause() -> None:
    """Prevents words of a norm from being lost in the emphasis."""
    for norm in load_norms(lesson=EVERYTHING):
        pieces = split_clause(norm.quotation.text)
        assert "".join(text for text, _ in pieces) == norm.quotation.text
        assert any(part == "modal" for _, part in pieces)


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
    explorer.fields["wording"].value = "should not"
    assert explorer.state.letter == "c"
    assert [value for _, value in explorer.fields["letter"].options] == ["c", "f", "k"]
    explorer.fields["letter"].value = "k"
    assert "Norm (k)" in explorer._page.value
    explorer.buttons["Next norm"].click()
    assert explorer.state.letter == "c"
    explorer.buttons["Previous norm"].click()
    assert explorer.state.letter == "k"
    explorer.fields["compare"].value = "f"
    assert "Side by side" in explorer._page.value
    explorer.buttons["Clear the filters"].click()
    assert explorer.state == NormState("k")
    assert len(explorer.fields["letter"].options) == 11


def test_the_text_of_the_view_is_that_of_its_state() -> None:
    """Prevents a text form that lags behind the screen."""
    explorer = explore("norms", lesson="02")
    explorer.fields["theme"].value = next(iter(load_themes()))
    assert to_text(explorer_blocks(explorer.state)) in explorer.text()
    assert count_line(explorer.state) in explorer.text()


def test_filters_that_fit_nothing_say_so_and_can_be_reset() -> None:
    """Prevents an empty page without a word."""
    state = NormState(wording="should not", duty="reporting")
    assert not listed(state)
    assert "No norm fits" in to_text(explorer_blocks(state))
    explorer = explore("norms", lesson="02")
    explorer.fields["wording"].value = "should not"
    explorer.fields["duty"].value = "reporting"
    assert "No norm fits" in explorer._page.value
    explorer.buttons["Next norm"].click()
    explorer.buttons["Clear the filters"].click()
    assert "Norm (c)" in explorer._page.value and len(explorer.fields["letter"].options) == 11


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
    bundle = explore("norms", lesson="02")._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Norm (a)" in data["text/html"] and "Norm (a)" in data["text/plain"]


def test_a_second_norm_can_be_named_beside_any_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Prevents a comparison that takes the second norm for the first."""
    for given, first in ((("c", "f"), "(c)"), (("", "f"), "(a)")):
        show_norms(*given)
        printed = capsys.readouterr().out
        assert "Side by side" in printed
        assert printed.index(f"Norm {first}") < printed.index("Norm (f)")
