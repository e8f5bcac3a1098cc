"""The deal game as a card: it keeps what was played, and its numbers are those of Python."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cybernorms.cards.front import HERE
from cybernorms.cards.game import GameStep
from cybernorms.exercises.record import Record
from cybernorms.pages.game import STEPS, step_ids
from tests.cards.game_twin import as_javascript, compare, program
from tests.cards.messages import press, texts_in

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


def test_what_was_played_is_kept_and_comes_back() -> None:
    """Prevents a reading that is closed again the next day, and rules that are lost."""
    card = GameStep("rules")
    assert not card.answered
    played = {"sanction": 5, "off": 1, "patience": 0.9, "quiet": 34}
    described = press(card, "played", game=played)
    assert described["reply"]["saved"] and described["answered"]
    last = Record().read().last("game-rules")
    assert last is not None and last.response == played
    again = GameStep("rules")
    assert again.answered and again.values() == {"game": played}


@pytest.mark.parametrize(
    "odd",
    [None, "", 7, [], {}, {"stole": 1}, {"off": None}, {"off": [1]}, {"off": "x" * 200}],
)
def test_what_cannot_have_been_played_is_not_kept(odd: object) -> None:
    """Prevents a record that a message from elsewhere has filled with anything."""
    card = GameStep("rules")
    described = press(card, "played", game=odd)
    assert not described["reply"].get("saved") and not Record().path.exists()


def test_a_step_is_described_alike_before_and_after_it_was_played() -> None:
    """Prevents a game that is drawn anew, and so lost, by the answer of the kernel."""
    card = GameStep("daylight")
    before = card.describe()["parts"]
    assert press(card, "played", game={"seasons": 9, "stole": 1})["parts"] == before


@pytest.mark.parametrize("step", step_ids())
def test_the_page_has_all_sentences_that_it_says(step: str) -> None:
    """Prevents a gap where a sentence should be, and an error in place of a move."""
    files = {
        "daylight": ["game-play.js"],
        "fog": ["game-play.js"],
        "rules": ["game-rules.js", "game-dials.js"],
        "map": ["game-region.js", "game-map.js", "game-dials.js"],
        "sandbox": ["game-region.js", "game-map.js", "game-dials.js"],
    }.get(step, ["game-crowd.js"])
    text = "".join((HERE / file).read_text(encoding="utf-8") for file in files)
    said = set(re.findall(r'\bsay\("(\w+)"', text))
    assert len(said) > 8
    others = {
        "map": {"presets", "preset", "differ", "biting", "theirs", "mine", "both", "only"}
        | {"incredible", "twice"},
        "sandbox": set(),
        "daylight": set(_words("fog")),
        "fog": set(_words("daylight")),
        "crowd": set(_words("worlds")),
        "worlds": set(_words("crowd")),
    }.get(step, set())
    assert said - set(_words(step)) - others == set()


def _words(step: str) -> list[str]:
    return [name for each in STEPS if each.id == step for name in each.words]


def test_the_map_has_the_sum_below_and_no_other_step() -> None:
    """Prevents a derivation that nobody finds, or that stands before the game is played."""
    having = [step for step in step_ids() if len(GameStep(step).describe()["parts"]) == 2]
    assert having == ["map"]
    assert any("φ0" in text for _, text in texts_in(GameStep("map").describe()))
