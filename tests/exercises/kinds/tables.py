"""Find the tables over the kinds of question, wherever in the package they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import cybernorms
from cybernorms.exercises.kinds import KINDS


@cache
def tables_over_kinds() -> dict[str, Mapping[type, Any]]:
    """Return every mapping in the package that has kinds as its keys, by module and name."""
    kinds = set(KINDS.values())
    return {
        f"{module.name}.{name}": table
        for module in walk_packages(cybernorms.__path__, "cybernorms.")
        for name, table in vars(import_module(module.name)).items()
        if isinstance(table, Mapping) and len(kinds.intersection(table)) > 1
    }
