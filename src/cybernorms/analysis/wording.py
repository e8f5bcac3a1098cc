"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[\w'\u2019-]+|[^\w\s]")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the pieces of two wordings, each with what became of it.

    Returns:
        Pairs of a piece and `kept`, `lost` (only in the text before) or `added` (only after).

    >>> changes("will not be the first", "be the first")
    [('will not ', 'lost'), ('be the first', 'kept')]
    """
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(
        None, [word.casefold() for word in old], [word.casefold() for word in new], autojunk=False
    )
    pieces: list[tuple[str, str]] = []
    lost, added = "", ""
    opcodes = matcher.get_opcodes()
    for number, (kind, i1, i2, j1, j2) in enumerate(opcodes, start=1):
        before_now, after_now = "".join(old[i1:i2]), "".join(new[j1:j2])
        between = after_now.isspace() and 1 < number < len(opcodes)
        if kind != "equal" or between:  # a space between two changes belongs to them
            lost, added = lost + before_now, added + after_now
            continue
        pieces += [(lost, "lost"), (added, "added"), (after_now, "kept")]
        lost, added = "", ""
    pieces += [(lost, "lost"), (added, "added")]
    return [piece for piece in pieces if piece[0]]


def kept_share(before: str, after: str) -> float:
    """Return how much of the longer of two wordings stands in both, from 0 to 1, by words.

    >>> kept_share("will not be the first", "be the first")
    0.6
    """

    def count(text: str) -> int:
        return len(text.split())

    longest = max(count(before), count(after))
    kept = sum(count(text) for text, what in changes(before, after) if what == "kept")
    return min(1.0, kept / longest) if longest else 1.0
