"""A whole page runs nothing and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re

from cybernorms.document import (
    Paragraph,
)
from cybernorms.document.page import page, style


def test_a_page_runs_nothing_and_loads_nothing() -> None:
    """Prevents a page that is handed out from asking the network for anything."""
    made = page('<script>alert("1")</script>', [Paragraph("Words")])
    assert "<script" not in made
    assert "default-src 'none'; style-src 'sha256-" in made
    assert "base-uri 'none'; form-action 'none'" in made
    assert "img-src" not in made
    assert "img-src data:;" in page("Title", [], images=True)
    style = re.search("<style>(.*)</style>", made, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in made


def test_the_style_is_short_and_whole() -> None:
    """Prevents a sheet that every page of a large class has to carry, and one cut short."""
    css = style()
    assert len(css.encode()) < 10_000
    assert css.count("{") == css.count("}")
    assert "/*" not in css and "url(" not in css and "@import" not in css
    for needed in ("prefers-color-scheme:dark", "forced-colors:active", "@media print"):
        assert needed in css


def test_a_heading_may_say_more_than_the_title() -> None:
    made = page("Feedback", [], heading="5 of <6>", over="Set 02")
    assert "<title>Feedback</title>" in made
    assert '<p class="cn-over">Set 02</p>\n<h1>5 of &lt;6&gt;</h1>' in made
