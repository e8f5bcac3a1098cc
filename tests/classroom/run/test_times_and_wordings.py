"""Clocks that were wrong, files that hold all of another, questions that have changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.answers import best_answer, worst_answer
from tests.classroom.factories import best, entry, graded, hand_in, marked, put, report, rows

LAW = "03-norms-and-law"
ONE = next(each for each in graded(LAW) if each.kind == "choice")
RIGHT, WRONG = best_answer(ONE), worst_answer(ONE)
NOW = datetime(2026, 4, 1, tzinfo=UTC).timestamp()


def mark(tmp_path: Path, policy: str = "", **files: Any) -> Path:
    for name, content in files.items():
        put(tmp_path / "in", f"{name}.json", content)
    put(tmp_path, "policy.toml", policy.encode())
    return marked(tmp_path / "in", policy=tmp_path / "policy.toml", now=NOW)[0]


def points(results: Path) -> float:
    [row] = rows(results / "gradebook.csv")
    return float(row["points"])


@pytest.mark.parametrize("hand_ins", ["last", "per question last"])
def test_a_clock_that_ran_ahead_does_not_make_an_old_file_the_last(
    tmp_path: Path, hand_ins: str
) -> None:
    first = [entry(ONE.id, WRONG, "2031-03-01T09:00:00Z")]
    second = [*first, entry(ONE.id, RIGHT, "2026-03-02T09:00:00Z")]
    results = mark(
        tmp_path,
        f'hand_ins = "{hand_ins}"',
        a=hand_in("Ada", first, created="2031-03-01T10:00:00Z"),
        b=hand_in("Ada", second, created="2026-03-02T10:00:00Z"),
    )
    assert points(results) == ONE.points


def test_times_still_to_come_are_one_remark_a_file(tmp_path: Path) -> None:
    answers = [each | {"at": "2027-05-06T07:08:09Z"} for each in best(LAW)]
    results = mark(tmp_path, ahead=hand_in("Ada", answers), fine=hand_in("Bo", best(LAW)))
    [line] = [line for line in report(results).splitlines() if "still to come" in line]
    assert (
        line
        == "- ahead.json has times that are still to come, up to 2027-05-06; a clock was wrong."
    )


@pytest.mark.parametrize("attempt", ["last", "best", "last before deadline"])
def test_no_clock_makes_anybody_late_before_the_deadline_has_passed(
    tmp_path: Path, attempt: str
) -> None:
    answers = [each | {"at": "2027-05-06T07:08:09Z"} for each in best(LAW)]
    policy = f'attempt = "{attempt}"\n[deadline]\n03 = 2026-04-20T12:00:00Z\n'
    policy += "[late]\nper_cent_a_day = 10"
    results = mark(tmp_path, policy, ahead=hand_in("Ada", answers), fine=hand_in("Bo", best(LAW)))
    [one, other] = rows(results / "gradebook.csv")
    assert one["points"] == other["points"]
    assert one["lost for lateness"] == "0"


@pytest.mark.parametrize(
    ("created", "is_told"),
    [
        ("2026-04-01T20:00:00Z", False),
        ("2026-04-02T13:00:00+14:00", False),
        ("2026-04-02T01:00:00Z", True),
        ("9999-12-31T23:59:59-12:00", True),
    ],
)
def test_a_day_ahead_is_a_matter_of_zones(tmp_path: Path, created: str, is_told: bool) -> None:
    results = mark(tmp_path, a=hand_in("Ada", best(LAW), created=created))
    assert ("still to come" in report(results)) == is_told
    timed = [each | {"at": created} for each in best(LAW)]
    results = mark(tmp_path / "answers", a=hand_in("Ada", timed))
    assert ("still to come" in report(results)) == is_told


def test_a_file_without_any_time_is_as_late_as_now(tmp_path: Path) -> None:
    answers = [entry(ONE.id, RIGHT, "")]
    policy = 'time_zone = "UTC"\n[deadline]\n03 = 2026-03-30\n[late]\nper_cent_a_day = 10\n'
    results = mark(tmp_path, policy, a=hand_in("Ada", answers, created=""))
    assert points(results) == pytest.approx(0.8 * ONE.points)
    assert report(results).count("they count as given now") == 1


def test_without_deadlines_no_time_is_read_when_marking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a class without deadlines from paying for them."""
    from cybernorms.classroom.scoring import attempts

    def fail(_: object) -> float:
        raise AssertionError("a time was read")

    monkeypatch.setattr(attempts, "read_time", fail)
    results = mark(tmp_path, a=hand_in("Ada", best(LAW)), b=hand_in("Ada", best(LAW)))
    assert points(results)


# Questions that have changed


def older(question: Any, response: Any) -> dict:
    return entry(question.id, response) | {"revision": "an older one"}


def test_a_question_that_has_changed_is_one_line_for_the_class(tmp_path: Path) -> None:
    files = {f"s{n}": hand_in(f"Student {n}", [older(ONE, RIGHT)]) for n in range(6)}
    files["gone"] = hand_in("Gone", [older(ONE, "an option that is gone")])
    results = mark(tmp_path, **files)
    line = (
        f"- {ONE.name} ({ONE.id}): 7 answers were to another version; 1 that count cannot be "
        f"read, which costs {ONE.points:g} points at most."
    )
    assert report(results).count(ONE.id) == 1
    assert line in report(results)


def test_a_question_that_is_gone_is_one_line_for_the_class(tmp_path: Path) -> None:
    gone = {"question": "un-gone", "revision": "x", "response": "a", "at": "2026-03-01T09:00:00Z"}
    files = {f"s{n}": hand_in(f"Student {n}", [*best(LAW), *[gone] * (n + 1)]) for n in range(5)}
    results = mark(tmp_path, **files)
    [line] = [line for line in report(results).splitlines() if "un-gone" in line]
    assert line.startswith("- 5 files, such as s0.json: each answers a question that is not known")
