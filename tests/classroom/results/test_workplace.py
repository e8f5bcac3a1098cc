"""The lock of the results: one at a time, whoever comes, and nothing left behind."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cybernorms.classroom.results.lock import AtWork
from cybernorms.classroom.results.workplace import MARK, holding, new_place, workplace
from cybernorms.classroom.run.class_run import mark_class
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.files import write_whole
from tests.classroom.factories import contents, folder_of, hand_in, marked, put, rows

needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows needs a right for links")


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


@needs_links
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


@needs_links
def test_no_link_is_followed_to_where_results_go(tmp_path: Path) -> None:
    """Prevents a link among unpacked hand-ins from having another class's results replaced."""
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results, _ = marked(folder)
    before = contents(results)
    (tmp_path / "link").symlink_to(results)
    for command in (
        ["mark", str(folder), "--to", str(tmp_path / "link")],
        ["rubric-import", str(tmp_path / "link"), str(results / "rubric.csv")],
        ["report", str(tmp_path / "link")],
    ):
        assert main(command) == 1, command
    assert contents(results) == before
    assert (tmp_path / "link").is_symlink()


@needs_links
def test_links_in_old_results_come_along_as_links(tmp_path: Path) -> None:
    """Prevents a link to all of a disk from being copied, and a dangling one from an error."""
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results, _ = marked(folder)
    put(tmp_path / "far", "thesis.txt", b"years of work")
    for name, leads_to in (("far", "far"), ("loop", "results"), ("nowhere", "none")):
        (results / name).symlink_to(tmp_path / leads_to)
    (results / "notes").mkdir()
    (results / "notes" / "far").symlink_to(tmp_path / "far")
    (results / "pages" / "far").symlink_to(tmp_path / "far")
    marked(folder)
    assert all((results / each).is_symlink() for each in ("far", "loop", "nowhere", "notes/far"))
    assert contents(tmp_path / "far") == {"thesis.txt": b"years of work"}


def planted(folder: Path, *names: str) -> Path:
    """Put into a folder what a student could who knows how results look."""
    for name in names:
        put(folder, name, b"question,text,criterion,points,comment\n")
    return folder


REAL = ("gradebook.csv", "report.txt", "rubric-marks.csv", "secret.txt", "students.csv")


def test_names_of_results_make_no_results(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results = planted(tmp_path / "results", *REAL)
    with pytest.raises(CyberNormsError, match="holds other things than results"):
        marked(folder)
    assert sorted(contents(results)) == sorted(REAL)
    for command in ("rubric-import", "essays"):
        more = [str(results / "rubric-marks.csv")] if command == "rubric-import" else []
        assert main([command, str(results), *more]) == 1
    assert sorted(contents(results)) == sorted(REAL)


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("deep", [True, False])
def test_hand_ins_are_not_replaced_by_results(tmp_path: Path, mark: bool, deep: bool) -> None:
    """Prevents hand-ins that are lost, and marks that a student has put beside them."""
    folder = folder_of(tmp_path / "in" / "week-1", a_json=hand_in())
    results = folder.parent if deep else folder
    planted(results, *REAL, *([MARK] if mark else []))
    if mark:
        (results / MARK).write_text(f"{results.stat().st_ino}\n")
    before = contents(tmp_path)
    with pytest.raises(CyberNormsError, match="The hand-ins lie in the folder for the results"):
        mark_class(folder, results, processes=1)
    assert contents(tmp_path) == before


def test_results_that_a_student_made_and_handed_in_are_not_believed(tmp_path: Path) -> None:
    """Prevents marks from coming along in a folder that was unpacked among the hand-ins."""
    other, _ = marked(folder_of(tmp_path / "student" / "in", a_json=hand_in()))
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    shutil.copytree(other, folder / "results")
    with pytest.raises(CyberNormsError, match="a student may have handed it in"):
        mark_class(folder, folder / "results", processes=1)
    mark_class(folder, folder / "mine", processes=1)
    mark_class(folder, folder / "mine", processes=1)  # its own it knows
    shutil.copytree(other, tmp_path / "copied")
    mark_class(folder, tmp_path / "copied", processes=1)  # elsewhere, a teacher has copied them


def test_only_what_is_ours_is_cleared_away(tmp_path: Path) -> None:
    """Prevents a folder that is only called like a place of work from being removed or used."""
    folder = folder_of(tmp_path / "in", a_json=hand_in())
    results = tmp_path / "results"
    ours = new_place(results)
    put(ours, "new/half.txt", b"half")
    put(tmp_path / ".results.abc123.part", "before/gradebook.csv", b"planted")
    put(tmp_path / ".results.abc123.part", MARK, b"12345")
    put(tmp_path / ".results.part", "before/gradebook.csv", b"planted")
    shutil.copytree(ours, tmp_path / ".results.copied.part")
    left = {
        name: content
        for name, content in contents(tmp_path).items()
        if not name.startswith(ours.name)
    }
    marked(folder)
    assert not ours.exists()
    (tmp_path / ".results.part" / "lock").unlink(missing_ok=True)
    now = {name: each for name, each in contents(tmp_path).items() if name.startswith(".")}
    assert now == {name: each for name, each in left.items() if name.startswith(".")}
    assert rows(results / "gradebook.csv")[0]["student"] == "Ada Lovelace"


@needs_links
def test_a_linked_place_of_work_is_let_alone(tmp_path: Path) -> None:
    put(tmp_path / "precious", "thesis.txt", b"years of work")
    (tmp_path / ".results.abc123.part").symlink_to(tmp_path / "precious")
    real = new_place(tmp_path / "results")
    (real / "before").symlink_to(tmp_path / "precious")
    (real / "new").symlink_to(tmp_path / "precious")
    marked(folder_of(tmp_path / "in", a_json=hand_in()))
    assert contents(tmp_path / "precious") == {"thesis.txt": b"years of work"}


def test_no_two_places_of_work_have_one_name(tmp_path: Path) -> None:
    """Prevents a name that can be planted before."""
    places = {new_place(tmp_path / "results").name for _ in range(20)}
    assert len(places) == 20
    with workplace(tmp_path / "results") as work:
        assert os.name == "nt" or work.folder.stat().st_mode & 0o77 == 0


@needs_links
def test_a_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    put(tmp_path, "precious.txt", b"years of work")
    for pid in range(os.getpid(), os.getpid() + 2):
        (tmp_path / f".a.csv.{pid}.part").symlink_to(tmp_path / "precious.txt")
    (tmp_path / "a.csv").symlink_to(tmp_path / "precious.txt")
    write_whole(tmp_path / "a.csv", b"new")
    assert (tmp_path / "precious.txt").read_bytes() == b"years of work"
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert not (tmp_path / "a.csv").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps accounts apart in another way")
@pytest.mark.parametrize("how", ["open to others", "of another account"])
def test_a_place_of_work_that_another_account_made_here_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Prevents planted results by those who may write beside them and can see the disk's number."""
    place = new_place(tmp_path / "results")
    put(place, "before/rubric-marks.csv", b"planted")
    if how == "open to others":
        place.chmod(0o755)
    else:
        own = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: own + 1)
    with holding(tmp_path / "results"):
        pass
    assert not (tmp_path / "results").exists()
    assert (place / "before" / "rubric-marks.csv").read_bytes() == b"planted"
