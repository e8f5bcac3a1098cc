"""Lessons, questions, pages and tables keep to plain, idiomatic English."""

from __future__ import annotations

import ast
import csv
import math
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks.statements import prose_of_notebook, prose_of_questions
from tests.paths import ROOT

HABITS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "prose_habits.toml").read_text(encoding="utf-8")
)["habits"]
NOTEBOOKS = sorted([*ROOT.glob("notebooks/**/*.ipynb"), *ROOT.glob("exercises/**/*.ipynb")])
QUESTIONS = sorted(ROOT.glob("exercises/questions/*.toml"))
PAGES = sorted([*ROOT.glob("src/cybernorms/pages/*.py"), *ROOT.glob("src/cybernorms/cards/*.py")])
QUOTED = {"quotations.csv", "unfound_quotations.csv"}  # words of others
TABLES = sorted(path for path in ROOT.glob("data/*/*.csv") if path.name not in QUOTED)


def habits_in(text: str, *, table: bool = False) -> list[str]:
    """Return each habit that a text has more often than it may, with the words around one.

    A table is many texts: where a habit may be had a few times in a text, its rows are left alone.
    """
    found = []
    for habit in HABITS:
        most = habit.get("most", 0) * math.ceil(len(text.split()) / 1000)
        if table and most:
            continue
        hits = [
            text[max(0, hit.start() - 40) : hit.end() + 20]
            for hit in re.finditer(habit["pattern"], text, re.IGNORECASE)
            if not _is_allowed(text, hit, habit.get("allowed", []))
        ]
        if len(hits) > most:
            found.append(f"{len(hits)} of {hits[0]!r}: {habit['instead']}")
    return found


def _is_allowed(text: str, hit: re.Match[str], allowed: list[str]) -> bool:
    return any(
        part in text[max(0, hit.start() - len(part)) : hit.end() + len(part)] for part in allowed
    )


def of_notebook(path: Path) -> str:
    return "\n".join(text for _, text in prose_of_notebook(path))


def of_questions(path: Path) -> str:
    return "\n".join(text for _, text in prose_of_questions(path))


def of_page(path: Path) -> str:
    """Return what a module can show: its strings of several words that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    said = [each for each in texts if each not in docstrings and isinstance(each.value, str)]
    return "\n".join(str(each.value) for each in said if " " in str(each.value))


def of_table(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return "\n".join(cell for row in csv.reader(file) for cell in row if cell.count(" ") > 3)


def _cases() -> Iterator[Any]:
    for paths, read in (
        (NOTEBOOKS, of_notebook),
        (QUESTIONS, of_questions),
        (PAGES, of_page),
        (TABLES, of_table),
    ):
        for path in paths:
            yield pytest.param(path, read, id=path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize(("path", "read"), _cases())
def test_prose_has_no_tiring_habits(path: Path, read: Callable[[Path], str]) -> None:
    # Prevents that riddles (somebody, whoever), labels and translated idioms come back.
    found = habits_in(read(path), table=read is of_table)
    assert found == [], "\n".join(found)


def test_each_habit_is_found_where_it_is_planted() -> None:
    # Prevents that a pattern with a slip finds nothing, and every text passes.
    planted = (
        "What to notice. Somebody else; whoever knows. Nobody, nobody, nobody, nobody. "
        "As one can see, they hang together. Wonderful! It's fascinating."
    )
    assert len(habits_in(planted)) == len(HABITS)
    assert habits_in("Nobody had broken it, and it broke twice.") == []
