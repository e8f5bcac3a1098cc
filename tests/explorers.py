"""Open an explorer in a test as a notebook would."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from cybernorms import pages
from cybernorms.widgets.explorer import ExplorerView

PAGES = [
    module.name
    for module in iter_modules(pages.__path__)
    if hasattr(import_module(f"cybernorms.pages.{module.name}"), "EXPLORER")
]


def explore(page: str, open: Any = "", lesson: str = "04") -> ExplorerView:
    """Return the view of an explorer, by the name of its page."""
    explorer = import_module(f"cybernorms.pages.{page}").EXPLORER
    return ExplorerView(explorer, explorer.start(open, lesson))
