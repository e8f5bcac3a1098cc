"""Markdown of lessons and guides becomes the blocks that pages are made of."""

from __future__ import annotations

from cybernorms.document import Bullets, Heading, Paragraph, Quote, Table, line_text, to_html
from cybernorms.kit.markdown import (
    Folded,
    blocks_of,
    paragraphs_of,
    pieces,
    spoken,
    take_lead,
)

READING = """<details class="cn-later">
<summary>What this shows. <u>Show it anyway</u></summary>

<p><strong>The thought</strong></p>

Its reason.

</details>"""


def test_paragraphs_lists_tables_and_quotations_are_kept_apart() -> None:
    """Prevents a list of key points that is printed as one long sentence."""
    text = (
        "# Title\n\nOne *plain*\nline.\n\n- a\n- **b**\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
        "> “words”\n>\n> A place"
    )
    blocks = blocks_of(text)
    assert [type(each) for each in blocks] == [Heading, Paragraph, Bullets, Table, Quote]
    assert paragraphs_of(blocks) == ["One plain line.", "a", "b"]
    assert isinstance(blocks[4], Quote)
    assert (line_text(blocks[4].text), line_text(blocks[4].location)) == ("words", "A place")


def test_the_numbers_of_a_list_stand_in_its_items() -> None:
    """Prevents steps that lose their numbers on paper."""
    assert paragraphs_of(blocks_of("1. first\n2. second")) == ["1. first", "2. second"]


def test_a_folded_part_stands_where_it_stood() -> None:
    """Prevents a reading that goes to the section after it, whose heading shares its cell."""
    found = pieces(f"before\n\n{READING}\n\n## After\n")
    assert [type(each) for each in found] == [str, Folded, str]
    folded = found[1]
    assert isinstance(folded, Folded) and folded.later
    assert take_lead(folded.text) == ("The thought", "Its reason.")


def test_a_folded_part_inside_another_belongs_to_it() -> None:
    inner = "<details><summary>In</summary>\n\nx\n\n</details>"
    found = pieces(f"<details><summary>Out</summary>\n\n{inner}\n\n</details>")
    assert len(found) == 1
    assert paragraphs_of(blocks_of(inner)) == ["In", "x"]


def test_only_links_that_lead_out_are_links() -> None:
    """Prevents a link to a notebook on paper, where it leads nowhere."""
    block = blocks_of("[here](01-x.ipynb) and [there](https://example.org/a)")[0]
    assert to_html([block]).count("<a ") == 1
    assert isinstance(block, Paragraph) and spoken(block.text) == "here and there"
