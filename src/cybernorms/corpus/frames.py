"""Any table as a pandas DataFrame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from cybernorms.corpus.tables import read_table, table_names
from cybernorms.paths import data_dir

if TYPE_CHECKING:
    import pandas as pd


def _whole_columns(name: str, folder: Path) -> list[str]:
    """Return the columns that the data package describes as whole numbers."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == name.replace("_", "-") or resource["path"] == f"{name}.csv":
            fields = resource["schema"]["fields"]
            return [field["name"] for field in fields if field["type"] == "integer"]
    return []


def frame(name: str = "", folder: Path | None = None) -> pd.DataFrame:
    """Return a table as a DataFrame: one row a record, text as text, whole numbers as Int64.

    Without a name, return a DataFrame of the tables there are, with their number of rows.

    Raises:
        CyberNormsError: there is no table of that name; the message lists the tables.
    """
    import pandas as pd

    folder = folder or data_dir()
    if not name:
        names = table_names(folder)
        rows = [len(read_table(each, [], folder)) for each in names]
        return pd.DataFrame({"table": names, "rows": rows})
    table = pd.DataFrame(read_table(name, [], folder))
    for column in _whole_columns(name, folder):
        table[column] = pd.to_numeric(table[column], errors="coerce").astype("Int64")
    return table
