"""Where cards are shown: in a notebook, or on the stage of a page that has no Jupyter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

from cybernorms.cards.card import Card

Stage: TypeAlias = "Callable[[Hashable, Callable[[], Card]], None]"
_STAGE: ContextVar[Stage | None] = ContextVar("stage", default=None)


@contextmanager
def shown_on(stage: Stage) -> Iterator[None]:
    """Show cards on a stage instead of in a notebook.

    Arguments:
        stage: takes what tells a card from all others, and what makes it.
    """
    token = _STAGE.set(stage)
    try:
        yield
    finally:
        _STAGE.reset(token)


def show(name: Hashable, make: Callable[[], Card]) -> None:
    """Show a card, or the one that was made before under that name.

    Arguments:
        name: what tells it from all others.
        make: makes it.
    """
    stage = _STAGE.get()
    if stage is None:
        from cybernorms.widgets import carrying  # loads anywidget and IPython, which pages lack

        carrying.show(name, make)
    else:
        stage(name, make)
