"""Open an explorer in a test as a notebook would."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cybernorms.widgets.explorer import ExplorerView


def explore(page: str, open: Any = "", lesson: str = "04") -> ExplorerView:
    """Return the view of an explorer, by the name of its page."""
    explorer = import_module(f"cybernorms.pages.{page}").EXPLORER
    return ExplorerView(explorer, explorer.start(open, lesson))
