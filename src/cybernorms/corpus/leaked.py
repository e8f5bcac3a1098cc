"""Texts that were leaked, and the one switch that takes them out of everything.

A leaked text may still be marked secret, and some of those who learn or teach may not open it. With
`CYBERNORMS_LEAKED=off` in the environment no table has a row that rests on such a text, so that no
page, table or question shows one; `cybernorms bundle --without-leaked` packs the module so.
Sources stay in their table, since questions name them, but lose the address of the copy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

SWITCH = "CYBERNORMS_LEAKED"
OFF = ("off", "no", "0")
FOLLOWERS = {
    "document_passage_topics": ("passage", "document_passages"),
    "codings": ("item", "document_passages"),
}
"""Tables whose rows name a row of another one, which is taken out first."""

Row = dict[str, str]


def are_shown() -> bool:
    """Return whether texts that were leaked are shown at all."""
    return os.environ.get(SWITCH, "").strip().casefold() not in OFF


def without_leaked(
    table: str, rows: Sequence[Row], read: Callable[[str], Sequence[Row]]
) -> list[Row]:
    """Return the rows of a table that rest on no leaked text.

    Arguments:
        table: the name of the table.
        rows: its rows.
        read: returns all rows of a table by its name.
    """
    leaked = {row["source"] for row in read("documents") if row.get("leaked") == "yes"}
    if table == "sources":
        return [row | {"checked_at": ""} if row.get("id") in leaked else row for row in rows]
    gone: set[str] = set()
    link = ""
    if table in FOLLOWERS:
        link, other = FOLLOWERS[table]
        gone = {row["id"] for row in read(other) if row["source"] in leaked}
    return [row for row in rows if row.get("source") not in leaked and row.get(link) not in gone]
