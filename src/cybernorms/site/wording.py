"""What notebooks say of Jupyter, and what pages say instead."""

from __future__ import annotations

import re

# One sentence stands on a line, as notebooks of this module are written.
_INSTEAD = (
    (r"; where they don['’]t, choose \*\*Run\*\*, then \*\*Run All Cells\*\*", ""),
    (r"(?m)^The table does not change by itself: run the cell again", "Press *Look again*"),
    (
        r"Then run the next cell again: the table does not change by itself",
        "Then press *Look again*",
    ),
    (r"(?m)^\|.*\*\*Run All Cells\*\*.*\|\n", ""),
    (r"\[exercises/[^\]]*\.ipynb\](?=\()", "[a page of its own]"),
    (r"kept on your computer", "kept in this browser"),
    (r"when you open the notebook again", "when you open this page again"),
    (r"(?m)^.*\bShift\+Enter\b.*\n?", ""),
    (r"Then run the cell after it and read", "Then read"),
)
_JUPYTER = re.compile(r"\b(Run All Cells|JupyterLab|Jupyter Notebook|kernel)\b")


def for_pages(markdown: str) -> str:
    """Return the text of a cell without what is true of Jupyter alone, "" if nothing is left.

    >>> for_pages("The table does not change by itself: run the cell again when you are done.")
    'Press *Look again* when you are done.'
    """
    for pattern, instead in _INSTEAD:
        markdown = re.sub(pattern, instead, markdown)
    return "" if _JUPYTER.search(markdown) else markdown
