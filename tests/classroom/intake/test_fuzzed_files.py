"""Ten thousand files in which anything is wrong change no honest mark, and stop nothing."""

from __future__ import annotations

import os
import random
import time
import warnings
from collections import Counter
from pathlib import Path

import pytest

from cybernorms.classroom.intake.locations import find_hand_ins
from cybernorms.classroom.run import worker
from tests.classroom.factories import hand_in, marked, put, report, rows, worst
from tests.classroom.fuzz import NAMES, hand_in_file, zip_file

BATCH = 50
BATCHES = 200
SLOWEST = 5.0  # seconds of one processor, for one file
HONEST = {"Ada Lovelace": None, "Grace Hopper": worst(), "José Müller": worst()[:3]}
ODD = "Mallory Odd"


def batches() -> list[int]:
    """Return all batches, or a seeded twentieth of them."""
    if os.environ.get("CYBERNORMS_ENDURANCE"):
        return list(range(BATCHES))
    return sorted(random.Random(2015).sample(range(BATCHES), BATCHES // 20))


def fuzzed(batch: int) -> dict[str, bytes]:
    """Return the files of a batch by name; each third batch has zips alone."""
    chance = random.Random(f"fuzzed {batch}")
    files = {}
    for number in range(BATCH):
        if batch % 3 == 0 or chance.random() < 0.3:
            files[f"{number:02}.zip"] = zip_file(chance, ODD)
        else:
            own = chance.choice(NAMES).rpartition("/")[2].replace("\0", "").replace("\\", "")
            files[f"{number:02}{own}"[:120]] = hand_in_file(chance, ODD)
    return files


def put_honest(folder: Path, *, as_canvas: bool) -> None:
    for number, (name, answers) in enumerate(HONEST.items(), start=1):
        low = "".join(filter(str.isalpha, name.casefold()))
        own = f"{low}_{9_000 + number}_{number}_h.json" if as_canvas else f"{low}.json"
        put(folder, own, hand_in(name, answers))


def honest_marks(results: Path) -> dict[str, tuple[str, str]]:
    return {
        row["student"]: (row["points"], row["out of"])
        for row in rows(results / "gradebook.csv")
        if row["student"] in HONEST
    }


@pytest.mark.endurance
@pytest.mark.parametrize("batch", batches())
def test_no_file_changes_an_honest_mark_or_stops_the_marking(
    tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_canvas = batch % 2 == 0
    warnings.simplefilter("ignore", UserWarning)  # of names that stand twice in a zip
    put_honest(tmp_path / "alone" / "in", as_canvas=as_canvas)
    before = honest_marks(marked(tmp_path / "alone" / "in")[0])
    assert before.keys() == HONEST.keys()
    put_honest(tmp_path / "in", as_canvas=as_canvas)
    slow: dict[str, float] = Counter()
    for number, (name, content) in enumerate(fuzzed(batch).items()):
        # Each is another student in Canvas, and in a folder each file is a sender.
        own = f"odd{number}_{100 + number}_{100 + number}_{name}" if as_canvas else name
        put(tmp_path / "in", own, content)
        begin = time.process_time()
        list(find_hand_ins(tmp_path / "in" / own))
        slow[own] = time.process_time() - begin
    read = worker.read_hand_in

    def timed(content: bytes, questions: object, name: str = "") -> object:
        begin = time.process_time()
        try:
            return read(content, questions, name)  # type: ignore[arg-type]
        finally:
            slow[name] = max(slow[name], time.process_time() - begin)

    monkeypatch.setattr(worker, "read_hand_in", timed)
    begin = time.process_time()
    results, outcome = marked(tmp_path / "in")
    assert honest_marks(results) == before
    assert outcome.files >= outcome.refused + len(HONEST)
    assert max(slow.values()) < SLOWEST
    # What is left of the time is that of fifty files and of three honest ones.
    assert time.process_time() - begin < 4 * SLOWEST
    assert len(report(results)) < 1_000_000
