"""Blocks as HTML: nothing that a browser would run, and links that open where they should."""

from __future__ import annotations

import re

import pytest

from cybernorms.document import (
    Aside,
    Bullets,
    Columns,
    Facts,
    Heading,
    Labelled,
    Link,
    Paragraph,
    Picture,
    Pinpoint,
    Quote,
    Section,
    Sign,
    Strong,
    Table,
    Typed,
    Verbatim,
    to_html,
)

HOSTILE = '<script>alert("1")</script>'


@pytest.mark.parametrize(
    "block",
    [
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Paragraph([Strong(HOSTILE), Link(HOSTILE, f'"onclick={HOSTILE}')]),
        Paragraph([Sign(HOSTILE, "correct"), Pinpoint(HOSTILE), Verbatim(HOSTILE)]),
        Labelled(HOSTILE, HOSTILE),
        Typed(HOSTILE),
        Quote(HOSTILE, HOSTILE),
        Bullets([HOSTILE]),
        Facts([(HOSTILE, HOSTILE)]),
        Table(HOSTILE, [HOSTILE, HOSTILE], [[HOSTILE, HOSTILE]]),
        Picture("data:,", HOSTILE, HOSTILE),
        Section(HOSTILE, [], id=f'"onclick={HOSTILE}'),
        Aside(HOSTILE, []),
        Columns([Section(HOSTILE, [])]),
    ],
)
def test_markup_in_texts_is_escaped(block) -> None:
    """Prevents a text of the data or of a learner from running in a browser."""
    shown = to_html([block])
    assert "<script" not in shown
    assert not re.search(r'="[^"]*"onclick', shown)


def test_links_within_the_module_stay_in_jupyterlab() -> None:
    """Prevents a new browser tab for each lesson."""
    assert "target" not in to_html([Paragraph([Link("a lesson", "02-un-norms.ipynb")])])
    assert "target" in to_html([Paragraph([Link("a source", "https://docs.un.org")])])
