"""An error of the module's own."""

from __future__ import annotations

from cybernorms.errors import CyberNormsError


def test_an_error_of_ours_has_no_traceback_in_a_notebook() -> None:
    """Prevents a screen of code in front of a law student."""
    error = CyberNormsError("What happened", where="here", remedy="Do this")
    assert error._render_traceback_() == ["What happened (here). Do this"]
