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
    pieces: list[tuple[str, str]] = []
    matcher = SequenceMatcher(
        None, [word.casefold() for word in old], [word.casefold() for word in new], autojunk=False
    )
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("".join(new[j1:j2]), "kept"))
            continue
        if i2 > i1:
            pieces.append(("".join(old[i1:i2]), "lost"))
        if j2 > j1:
            pieces.append(("".join(new[j1:j2]), "added"))
    return pieces
