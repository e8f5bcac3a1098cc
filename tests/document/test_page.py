"""A whole page runs nothing and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re

from cybernorms.document import (
    Paragraph,
)
from cybernorms.document.page import page


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
