"""Small factories: made-up questions, and whatever else several tests need."""

from __future__ import annotations

import copy
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import cybernorms.corpus
from cybernorms import paths
from cybernorms.corpus.rows import TableRow
from cybernorms.corpus.sources import Fact
from cybernorms.exercises.fields import Known
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.question_files import read_question
from cybernorms.exercises.questions import Question
from tests.paths import TESTS

MADE_UP = TESTS / "made_up.toml"
ANYTHING = Known()


@cache
def _made_up_tables() -> dict[str, dict[str, Any]]:
    tables = tomllib.loads(MADE_UP.read_text(encoding="utf-8"))["question"]
    return {table["kind"]: table for table in tables}


def made_up_table(kind: str, **changes: Any) -> dict[str, Any]:
    """Return a fresh TOML table of the made-up question of a kind, with some fields changed."""
    assert kind in KINDS
    return copy.deepcopy(_made_up_tables()[kind]) | changes


def made_up(kind: str, **changes: Any) -> Any:
    """Return the made-up question of a kind, with some fields changed."""
    return _made_up(kind) if not changes else _read(made_up_table(kind, **changes))


@cache
def _made_up(kind: str) -> Question:
    return _read(made_up_table(kind))


def _read(table: dict[str, Any]) -> Question:
    return read_question(table, "made_up.toml", ANYTHING)


def all_made_up() -> list[Question]:
    """Return the made-up question of each kind."""
    return [made_up(kind) for kind in KINDS]


def option(id: str, verdict: str = "incorrect", text: str = "", **more: Any) -> dict[str, Any]:
    """Return the TOML table of an option."""
    table = {
        "id": id,
        "text": text or f"Text of {id}",
        "verdict": verdict,
        "reason": f"Reason of {id}.",
    }
    return table | more


def check(test: str, expected: Any, **more: Any) -> dict[str, Any]:
    """Return the TOML table of a check of a computed value, which brings all of the credit."""
    table = {
        "id": "check",
        "name": "Check",
        "test": test,
        "expected": expected,
        "share": 1.0,
        "passed": "It holds.",
        "failed": "It does not hold.",
    }
    return table | more


def value_question(test: str, expected: Any, **more: Any) -> Any:
    """Return a question on a computed value with one check."""
    return made_up("value", check=[check(test, expected, **more)])


def order_question(ranks: dict[str, int]) -> Any:
    """Return a question on an order, with the rank of each item."""
    items = [
        {"id": id, "text": f"Text of {id}", "rank": rank, "reason": f"Reason of {id}."}
        for id, rank in ranks.items()
    ]
    return made_up("order", item=items)


def copy_of_data(folder: Path) -> Path:
    """Return a copy of the module's data that a test may spoil."""
    copied = folder / "data"
    shutil.copytree(paths.data_dir(), copied)
    return copied


def structs_of_tables() -> list[type[TableRow]]:
    """Return the structs of the corpus that have a table of their own."""
    for module in iter_modules(cybernorms.corpus.__path__):
        import_module(f"cybernorms.corpus.{module.name}")
    found = [*TableRow.__subclasses__(), *Fact.__subclasses__()]
    return [kind for kind in found if "table" in vars(kind)]


def path_of(folder: Path, table: str) -> Path:
    """Return where a table lies in a folder of data."""
    return next(folder.glob(f"*/{table}.csv"))


@contextmanager
def reading_from(folder: Path) -> Iterator[None]:
    """Let all readers read the tables of another folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "data_dir", lambda: folder)
        yield
