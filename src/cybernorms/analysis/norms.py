"""Choose among the norms, and take their words apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cybernorms.corpus.norms import Norm

_MODAL = re.compile(r"\b(should not|should|may need to|must not|must|shall not|shall)\b")
_QUALIFIER = re.compile(
    r"\b(knowingly|internationally wrongful|intentionally|appropriate|reasonable steps|seek to"
    r"|contrary to its obligations under international law|consider how best to|consider)\b"
)


def filter_norms(
    norms: Sequence[Norm], *, wording: str = "", duty: str = "", theme: str = ""
) -> list[Norm]:
    """Return the norms that fit all the filters given, in their order.

    Arguments:
        norms: the norms to choose from.
        wording: `should` or `should not`; empty lets all pass.
        duty: a duty; a norm fits if the duty is a correct or a defensible reading of it.
        theme: the id of a theme.
    """
    return [
        norm
        for norm in norms
        if (not wording or wording in norm.values("wording"))
        and (not duty or duty in norm.values("duty"))
        and (not theme or any(theme == each.id for each in norm.themes))
    ]


def split_clause(text: str) -> list[tuple[str, str]]:
    """Return a clause in pieces, each with its part: `modal`, `qualifier` or nothing.

    The modal verb says how much is asked, the qualifiers say when and how far.

    >>> split_clause("States should cooperate")
    [('States ', ''), ('should', 'modal'), (' cooperate', '')]
    """
    found = sorted(
        [(match.span(), "modal") for match in _MODAL.finditer(text)]
        + [(match.span(), "qualifier") for match in _QUALIFIER.finditer(text)]
    )
    pieces, done = [], 0
    for (start, end), part in found:
        if start < done:
            continue
        if start > done:
            pieces.append((text[done:start], ""))
        pieces.append((text[start:end], part))
        done = end
    if done < len(text):
        pieces.append((text[done:], ""))
    return pieces
