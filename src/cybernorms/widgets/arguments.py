"""What the arguments of all `show_…` functions mean, said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., None])

LATER_CLOSED = "the number of the lesson; what opens later stays closed"
ALL_ALIKE = "the number of the lesson; all of them show the same"
ONE_PAGE = "nothing; it is one page"
FILLED_IN = "print all sheets as plain text instead, with what is filled in"
AS_TEXT = "print it as plain text instead"


def takes(
    open: str, *, lesson: str = LATER_CLOSED, text: str = AS_TEXT, **others: str
) -> Callable[[F], F]:
    """Return a decorator that says in a docstring what the arguments of its function mean.

    Arguments:
        open: what can be opened, and what is open where nothing is given.
        lesson: what the number of the lesson changes.
        text: what is printed in place of the view.
        others: what the arguments mean that only this function has, by name.
    """
    meanings = {"open": open, **others, "lesson": lesson, "text": text}
    lines = "".join(f"        {name}: {meaning}.\n" for name, meaning in meanings.items())
    error = "there is nothing of that name to open in this lesson, or no such lesson"

    def describe(show: F) -> F:
        show.__doc__ = (
            f"{show.__doc__}\n\n    Arguments:\n{lines}\n"
            f"    Raises:\n        CyberNormsError: {error}.\n    "
        )
        return show

    return describe
