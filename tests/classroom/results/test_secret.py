"""Names of texts and pages: nobody works them out, and they stay whatever comes along."""

from __future__ import annotations

import base64
import os
import re
import stat
import zipfile
from pathlib import Path

import pytest

from cybernorms.classroom.results.secret import blind_id, new_secret, read_secret
from cybernorms.classroom.run import class_run
from cybernorms.cli import main
from cybernorms.paths import quoted
from tests.classroom.factories import (
    WRITTEN,
    best,
    contents,
    entry,
    folder_of,
    hand_in,
    marked,
    put,
    report,
    rows,
)

TEXT = "Minister, say what you know and no more."
LEVELS = 4


def essays(folder: Path) -> Path:
    """Write hand-ins under names as Canvas gives them, two of them with one text."""
    for number, (name, text) in enumerate([("Ada", TEXT), ("Bob", "No."), ("Eve", TEXT)], start=1):
        put(folder, f"{name.lower()}_{number}_9_x.json", hand_in(name, [entry(WRITTEN, text)]))
    return folder


def fill_in(results: Path, mark: str = "Full") -> None:
    path = results / "rubric.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    filled = [f"{line[: line.rindex(',', 0, -1)]},{mark}," for line in lines[1:]]
    path.write_text("\n".join([lines[0], *filled]), encoding="utf-8")


def names(results: Path) -> dict[str, str]:
    return {row["student"]: row["text"] for row in rows(results / "blind-ids.csv")}


def test_a_name_changes_with_the_text_the_question_and_the_secret() -> None:
    one = blind_id(bytes(32), WRITTEN, TEXT)
    others = [
        blind_id(bytes(32), WRITTEN, TEXT + "."),
        blind_id(bytes(32), "un-minister", TEXT),
        blind_id(bytes([1] * 32), WRITTEN, TEXT),
    ]
    assert one not in others
    assert one == blind_id(bytes(32), WRITTEN, TEXT)
    assert re.fullmatch(r"[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}", one)


def test_halves_of_letters_are_told_apart() -> None:
    """Prevents two texts with one name, of which a good one is marked and the other counts."""
    assert blind_id(bytes(32), WRITTEN, "\ud800") != blind_id(bytes(32), WRITTEN, "\ud801")
    assert blind_id(bytes(32), WRITTEN, "\ud800") != blind_id(bytes(32), WRITTEN, "?")


def test_every_class_has_a_secret_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a student who has a text from working out its name, and then its writer."""
    monkeypatch.setattr(class_run, "new_secret", new_secret)
    one, _ = marked(essays(tmp_path / "one" / "in"))
    two, _ = marked(essays(tmp_path / "two" / "in"))
    assert not set(names(one).values()) & set(names(two).values())
    pages = [{path.name for path in (each / "pages").iterdir()} for each in (one, two)]
    assert not pages[0] & pages[1]
    secret = read_secret(one)
    assert secret is not None
    assert secret != read_secret(two)
    whole = b"".join(text for name, text in contents(one).items() if name != "secret.txt")
    assert secret.hex().encode() not in whole


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_secret_is_for_its_owner_only_also_after_the_next_run(tmp_path: Path) -> None:
    for _ in range(2):
        results, _ = marked(essays(tmp_path / "in"))
        assert stat.S_IMODE((results / "secret.txt").stat().st_mode) == 0o600


def test_with_the_same_secret_marking_again_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_run, "new_secret", new_secret)
    folder = essays(tmp_path / "in")
    results, _ = marked(folder)
    before = contents(results)
    marked(folder)
    assert contents(results) == before
    put(tmp_path / "new" / "results", "secret.txt", before["secret.txt"])
    class_run.mark_class(folder, tmp_path / "new" / "results", processes=2)
    assert contents(tmp_path / "new" / "results") == before


def test_one_text_of_two_students_is_marked_once(tmp_path: Path) -> None:
    folder = essays(tmp_path / "in")
    results, _ = marked(folder)
    assert names(results)["Ada"] == names(results)["Eve"] != names(results)["Bob"]
    assert len(rows(results / "rubric.csv")) == 2 * LEVELS
    assert "2 written answers to mark: run cybernorms essays RESULTS" in report(results)
    packet = (results / "written" / f"{WRITTEN}.html").read_text(encoding="utf-8")
    assert packet.count(TEXT) == 1
    assert "2 students handed in this same text" in packet
    fill_in(results)
    marked(folder)
    assert [row["points"] for row in rows(results / "gradebook.csv")] == ["2", "2", "2"]


def test_marks_hold_when_a_roster_comes_along_later(tmp_path: Path) -> None:
    """Prevents an evening of marking from being lost with the list that brings the grades back."""
    folder = essays(tmp_path / "in")
    results, _ = marked(folder)
    fill_in(results)
    before = names(results)
    roster = tmp_path / "roster.csv"
    roster.write_text("Student,ID\nAda Lovelace,1\nBob B,2\nEve E,3\n", encoding="utf-8")
    marked(folder, roster=roster)
    assert sorted(names(results).values()) == sorted(before.values())
    assert {row["awaiting teacher"] for row in rows(results / "gradebook.csv")} == {"0"}


@pytest.mark.parametrize("damage", [None, b"", b"# no secret\n", b"zz", b"ab\n", b"\xff\xfe"])
def test_marks_without_their_secret_are_told_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    """Prevents texts that all wait again without a word on why."""
    folder = essays(tmp_path / "in")
    results, _ = marked(folder)
    fill_in(results)
    marked(folder)
    assert "belong to no text" not in report(results)
    kept = rows(results / "rubric-marks.csv")
    secret = (results / "secret.txt").read_bytes()
    (results / "secret.txt").unlink()
    if damage is not None:
        (results / "secret.txt").write_bytes(damage)
    monkeypatch.setattr(class_run, "new_secret", new_secret)
    marked(folder)
    told = "2 texts have marks in rubric-marks.csv that belong to no text of this run"
    assert told in report(results)
    assert rows(results / "rubric-marks.csv") == kept
    (results / "secret.txt").write_bytes(secret)
    marked(folder)
    assert "belong to no text" not in report(results)
    assert {row["awaiting teacher"] for row in rows(results / "gradebook.csv")} == {"0"}


def test_a_mark_of_an_earlier_kind_is_told_and_kept(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a_json=hand_in("Ada", [entry(WRITTEN, TEXT)]))
    results, _ = marked(folder)
    criterion = rows(results / "rubric.csv")[0]["criterion"]
    line = f'{WRITTEN},kmyh-q27h,"{criterion}",0.5,\n'
    put(results, "rubric-marks.csv", f"question,text,criterion,points,comment\n{line}".encode())
    marked(folder)
    assert "1 text has marks in rubric-marks.csv that belong to no text" in report(results)
    assert [row["text"] for row in rows(results / "rubric-marks.csv")] == ["kmyh-q27h"]


def test_the_screen_says_what_to_do_next_as_long_as_texts_wait(tmp_path: Path) -> None:
    """Prevents a professor who has grades without essays and doesn't know what to type."""
    folder = essays(tmp_path / "in")
    results, outcome = marked(folder)
    told = outcome.describe().splitlines()
    assert f"2 written answers to mark: cybernorms essays {quoted(results)}" in told
    assert told[-1].startswith(f"Begin with {results / 'report.html'}")
    fill_in(results)
    _, outcome = marked(folder)
    assert "cybernorms essays" not in outcome.describe()


def test_the_report_begins_with_how_many_were_marked_and_what_waits(tmp_path: Path) -> None:
    results, _ = marked(essays(tmp_path / "in"))
    page = (results / "report.html").read_text(encoding="utf-8")
    assert "<h1>3 students marked, from 3 files</h1>" in page
    assert page.count("3 students marked") == 1
    first = page.split("<li>")[1]
    assert first.startswith("2 written answers to mark")


def test_the_secret_leaves_in_no_other_file(tmp_path: Path) -> None:
    """Prevents names that can be worked out by whoever gets a page, a packet or a report."""
    folder = tmp_path / "in"
    for number in range(3):
        name = f"S {number}_{number + 1}_assignsubmission_file_/x.json"
        put(folder, name, hand_in(f"S {number}", [*best(), entry(WRITTEN, f"{TEXT} {number}")]))
    results, _ = marked(folder, workbooks=True)
    assert main(["report", str(results)]) == 0
    secret = read_secret(results)
    assert secret
    forms = [secret, secret.hex().encode(), base64.b64encode(secret), base64.b32encode(secret)]
    found = contents(results)
    for name in [each for each in found if each.endswith((".zip", ".xlsx"))]:
        with zipfile.ZipFile(results / name) as archive:
            found |= {f"{name}/{each}": archive.read(each) for each in archive.namelist()}
    assert any(name.endswith("feedback.html") for name in found)
    found.pop("secret.txt")
    for name, content in found.items():
        assert not any(form.lower() in content.lower() for form in forms), name
