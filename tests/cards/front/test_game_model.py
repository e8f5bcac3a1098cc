"""The deal game in the page: its numbers are those of Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cards.front.game_twin import as_javascript, compare, program

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    NODE is None, reason="Node.js is not installed; a browser test compares the same numbers"
)
MEASURE = """
const deal = { ...equalDeal({ sanction: 3 }), two: { ...STAKES } };
const [xs, ys] = [axisPoints(0, 0.5), axisPoints(0, 1)];
const out = Array.from({ length: 5 }, () => {
  const start = process.cpuUsage().user;
  regionOf(deal, "false_names", "detection", xs, ys);
  return (process.cpuUsage().user - start) / 1000;
});
"""


def run(lines: str, folder: Path) -> Any:
    """Run lines of JavaScript after the models; return what they leave in `out`."""
    path = folder / "twin.mjs"
    whole = f"{as_javascript()}\n{lines}\nconsole.log(JSON.stringify(out));\n"
    path.write_text(whole, encoding="utf-8")
    done = subprocess.run([str(NODE), path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_node
@pytest.mark.endurance
def test_the_page_computes_what_python_does(tmp_path: Path) -> None:
    """Prevents a game whose picture says one thing and whose text another."""
    compare(run(program(), tmp_path))


@needs_node
def test_a_region_of_200_by_200_points_is_there_in_100_milliseconds(tmp_path: Path) -> None:
    """Prevents a map that lags behind the hand."""
    assert min(run(MEASURE, tmp_path)) < 100
