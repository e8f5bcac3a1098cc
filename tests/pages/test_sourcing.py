"""Where a quotation stands, how well it was checked, and the force of its words."""

from __future__ import annotations

import pytest

from cybernorms.corpus.clauses import Clause
from cybernorms.corpus.sources import load_quotations
from cybernorms.document import to_html, to_text
from cybernorms.pages.law_or_norm import sheet
from cybernorms.pages.sourcing import quote

FORCE = {
    "icj-corfu-1949:22": "binding",
    "un-a-70-174:13c": "voluntary",
    "us-fact-sheet-2015:2": "voluntary",
    "kerry-2015:1": "proposed",
    "nyt-2015-09-19:no-first-use": "reported",
}


@pytest.mark.parametrize(("id", "force"), FORCE.items())
def test_the_line_beside_a_quotation_has_its_force_and_the_word_stands_below(
    id: str, force: str
) -> None:
    """Prevents that a newspaper's sentence looks like a treaty's."""
    page = to_html(quote(load_quotations()[id]))
    assert f'<blockquote data-force="{force}">' in page
    assert f'<span class="cn-force">{force}</span>' in page


def test_words_whose_force_no_table_says_have_none() -> None:
    """Prevents that a force is made up: a report has norms, and law that it restates."""
    known = {each.quotation.id for each in Clause.rows()}
    other = next(
        each
        for id, each in load_quotations().items()
        if id.startswith("un-a-70-174:28") and id not in known
    )
    assert "data-force" not in to_html(quote(other))


def test_the_force_is_not_told_where_it_is_asked() -> None:
    """Prevents that the law-or-norm sorter gives its own answers away."""
    page = "".join(to_html(blocks) for blocks in sheet().lead.values())
    assert "data-force" not in page
    assert "cn-force" not in page


def test_how_well_words_were_checked_is_a_mark_with_its_word() -> None:
    quotations = load_quotations().values()
    for status, look in (("primary", "primary"), ("secondary", "secondary")):
        found = next(each for each in quotations if each.status == status)
        page = to_html(quote(found))
        assert f'<span class="cn-ev" data-ev="{look}">{status}</span>' in page


def test_the_text_form_says_what_it_said_before() -> None:
    """Prevents that marks of the screen turn up as words in plain text."""
    text = to_text(quote(load_quotations()["un-a-70-174:13c"]))
    assert text.splitlines()[-1] == "  -- A/70/174, para 13(c) <https://docs.un.org/en/A/70/174>"
