"""The examples in docstrings say what the code does."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from tests.paths import SOURCE


def modules() -> list[str]:
    """Return the names of all modules that have an example in their text."""
    files = sorted((SOURCE / "cybernorms").rglob("*.py"))
    parts = [
        file.relative_to(SOURCE).with_suffix("").parts
        for file in files
        if ">>> " in file.read_text(encoding="utf-8")
    ]
    return [".".join(part for part in each if part != "__init__") for each in parts]


def examples_in(name: str) -> list[doctest.DocTest]:
    found = doctest.DocTestFinder(exclude_empty=True).find(import_module(name))
    return [each for each in found if each.examples]


@pytest.mark.parametrize("name", modules())
def test_the_examples_in_docstrings_hold(name: str) -> None:
    """Prevents an example that no longer says what a function returns; readers believe them."""
    examples = examples_in(name)
    written = Path(import_module(name).__file__ or "").read_text(encoding="utf-8").count(">>> ")
    assert sum(len(each.examples) for each in examples) == written, "doctest does not find them all"
    runner = doctest.DocTestRunner(verbose=False)
    told: list[str] = []
    for each in examples:
        runner.run(each, out=told.append)
    assert not told, "".join(told)
