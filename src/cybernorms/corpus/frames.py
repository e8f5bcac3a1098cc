"""Any table as a pandas DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cybernorms.corpus.tables import Cell, described, read_table, table_names
from cybernorms.errors import CyberNormsError

if TYPE_CHECKING:
    import pandas as pd


def frame(name: str = "") -> pd.DataFrame:
    """Return a table as a DataFrame: one row a record, text as text, whole numbers as Int64.

    Without a name, return a DataFrame of the tables there are, with their number of rows.

    Raises:
        CyberNormsError: there is no table of that name, and the message lists the tables; or a
            number in it is none.
    """
    import pandas as pd

    names = table_names()
    if not name:
        rows = [len(read_table(each, [])) for each in names]
        return pd.DataFrame({"table": names, "rows": rows})
    if name not in names:
        raise CyberNormsError(
            f"There is no table called {name!r}", remedy=f"Choose one of: {', '.join(names)}"
        )
    read = read_table(name, [])
    table = pd.DataFrame(read)
    for column, field in described(name).items():
        if field["type"] == "integer" and column in table:
            numbers = [Cell(name, row).whole(column) for row in read]
            table[column] = pd.array(numbers, dtype="Int64")
    return table


data = frame  # as notebooks call it
