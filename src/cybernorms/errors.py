"""The one kind of error that the module raises on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

# Control characters but the end of a line and the tab, what turns a line round, halves of letters.
_ACTING = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


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
        super().__init__(printable(f"{what}{location}.{then}"))

    def _render_traceback_(self) -> list[str]:
        """Give IPython the message in place of a traceback, which would help no learner."""
        return [str(self)]


def printable(text: str) -> str:
    """Return text without signs that do something to a terminal or turn a line round.

    >>> printable("a\\x1b[2Jb")
    'a�[2Jb'
    """
    return _ACTING.sub("\ufffd", text)


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the remedy for a name that is not known: the nearest one, if one is near.

    >>> did_you_mean("norm", ["norms", "groups"], "Choose another")
    "Did you mean 'norms'?"
    """
    near = get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else otherwise
