"""The lock of the results: one at a time, whoever comes, and nothing left behind."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cybernorms.classroom.results.workplace import AtWork, holding, workplace
from cybernorms.errors import CyberNormsError


def test_only_one_at_a_time_holds_the_results_and_all_get_their_turn(tmp_path: Path) -> None:
    """Prevents two that both believe to be alone, since the lock is taken away with its folder."""
    results = tmp_path / "results"
    results.mkdir()
    counter = results / "counter"
    counter.write_text("0")

    def count(_: int) -> None:
        for _ in range(25):
            with holding(results, 60):
                counter.write_text(str(int(counter.read_text()) + 1))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(4)))
    assert counter.read_text() == "100"
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_who_does_not_get_it_in_time_is_told(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    with (
        holding(tmp_path / "results"),
        pytest.raises(AtWork, match="Another run is writing these results"),
        holding(tmp_path / "results", 0.05),
    ):
        pass


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    for name in (".rubric.csv.77.part", ".rubric-marks.csv.8.part", ".mine.part", "rubric.csv"):
        (results / name).touch()
    with holding(results):
        pass
    assert sorted(path.name for path in results.iterdir()) == [".mine.part", "rubric.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows needs a right for links")
def test_a_link_in_place_of_the_workplace_is_refused(tmp_path: Path) -> None:
    """Prevents a planted link from having another folder cleared away."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    (tmp_path / ".results.part").symlink_to(precious)
    for hold in (holding, workplace):
        with (
            pytest.raises(CyberNormsError, match="There is a link where the results are prepared"),
            hold(tmp_path / "results"),
        ):
            pass
    assert (precious / "thesis.txt").read_text() == "years of work"
