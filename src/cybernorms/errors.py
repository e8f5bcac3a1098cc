"""The one kind of error that the module raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class CyberNormsError(Exception):
    """Say what happened, where, and what to do next.

    Every error that a learner, a teacher or an author of questions can cause is one of these;
    whatever shows it to a person prints the message and no traceback.

    Arguments:
        what: what happened, one sentence without a full stop.
        where: the file, item and field concerned, or "" where there is none to name.
        remedy: what to do next, one sentence in the imperative.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        location = f" ({where})" if where else ""
        then = f" {remedy}" if remedy else ""
        super().__init__(f"{what}{location}.{then}")

    def _render_traceback_(self) -> list[str]:
        """Give IPython the message in place of a traceback, which would help no learner."""
        return [str(self)]


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the remedy for a name that is not known: the nearest one, if one is near.

    >>> did_you_mean("norm", ["norms", "groups"], "Choose another")
    "Did you mean 'norms'?"
    """
    near = get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else otherwise
