"""Run each lesson whole, against a notebook that only imports and draws as many plots.

Exits with 1 where a lesson takes longer, or its kernel more memory.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
TIME_LIMIT, MEMORY_LIMIT = 1.0, 1.0
IMPORTS = "import pandas, matplotlib, anywidget\nimport matplotlib.pyplot as plt"
PLOT = "plt.figure(figsize=(9.2, 3.2)); plt.barh([1, 2, 3], [3, 2, 1]); plt.show()"
MEMORY = (
    "import resource, sys\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' "
    "else 1024))"
)
FIGURES = ("show_groups(", "show_spread(", "show_timeline(", "show_votes(")


def peer(plots: int) -> Any:
    """Return a notebook that imports the three libraries and draws so many plots."""
    sources = [IMPORTS, *[PLOT] * plots]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])


def run(notebook: Any) -> tuple[float, float]:
    """Return seconds for all cells in a fresh kernel, and the most memory it had, in MiB."""
    cells = [*notebook.cells, nbformat.v4.new_code_cell(MEMORY)]
    copy = nbformat.from_dict({**notebook, "cells": [nbformat.from_dict(dict(c)) for c in cells]})
    with tempfile.TemporaryDirectory() as work:
        client = NotebookClient(copy, resources={"metadata": {"path": str(ROOT / "notebooks")}})
        with client.setup_kernel(env=os.environ | {"CYBERNORMS_WORK": work}):
            begin = perf_counter()
            for index, cell in enumerate(copy.cells[:-1]):
                if cell.cell_type == "code":
                    client.execute_cell(cell, index)
            took = perf_counter() - begin
            client.execute_cell(copy.cells[-1], len(copy.cells) - 1)
    return took, int(copy.cells[-1].outputs[0].text) / 2**20


def main() -> int:
    """Print a line for each lesson and return 0 where all hold."""
    held = True
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        lesson = nbformat.read(path, as_version=4)
        source = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
        other = peer(sum(source.count(call) for call in FIGURES))
        pairs = [(run(lesson), run(other)) for _ in range(RUNS)]
        ratios = []
        for place in (0, 1):
            ours, theirs = (statistics.median(p[side][place] for p in pairs) for side in (0, 1))
            ratios.append((ours, theirs, ours / theirs))
        (t1, t2, time), (m1, m2, memory) = ratios
        holds = time <= TIME_LIMIT and memory <= MEMORY_LIMIT
        held = held and holds
        print(
            f"{path.stem:20} {t1:5.2f} s against {t2:5.2f} s: {time:4.2f} (limit {TIME_LIMIT}); "
            f"{m1:4.0f} MiB against {m2:4.0f} MiB: {memory:4.2f} (limit {MEMORY_LIMIT})  "
            f"{'holds' if holds else 'MISSED'}"
        )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
