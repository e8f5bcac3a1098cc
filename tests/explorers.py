"""Open an explorer in a test as a notebook would."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from cybernorms import pages
from cybernorms.cards.explorer import ExplorerCard

PAGES = [
    module.name
    for module in iter_modules(pages.__path__)
    if hasattr(import_module(f"cybernorms.pages.{module.name}"), "EXPLORER")
]


def explore(page: str, open: Any = "", lesson: str = "04") -> ExplorerCard:
    """Return the card of an explorer, by the name of its page."""
    explorer = import_module(f"cybernorms.pages.{page}").EXPLORER
    return ExplorerCard(explorer, explorer.start(open, lesson))
