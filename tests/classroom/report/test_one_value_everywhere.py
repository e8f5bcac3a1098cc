"""One figure has one value, wherever it is told: report.txt, items.csv, the report on the class."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cybernorms.classroom.report.class_report import write_report
from cybernorms.classroom.report.class_results import ClassResults, read_results
from cybernorms.classroom.report.simulation import made_up_class, write_class
from cybernorms.classroom.run.class_run import mark_class
from cybernorms.classroom.tables import cell
from cybernorms.document import plural
from cybernorms.exercises.question_files import load_question_sets
from tests.classroom.factories import report, rows

LAW = "03-norms-and-law"
SETS = [each for each in load_question_sets() if each.id == LAW]
ESSAY = next(each.id for each in SETS[0].questions if each.by_teacher)
STUDENTS = 24


@pytest.fixture
def hand_ins(tmp_path: Path) -> Path:
    write_class(made_up_class(STUDENTS, SETS, 5), SETS, tmp_path / "class", 5)
    return tmp_path / "class"


def mark_texts(results: Path, most: int) -> None:
    """Give so many written answers the first level of each criterion."""
    table = rows(results / "rubric.csv")
    texts = list(dict.fromkeys(row["text"] for row in table))[:most]
    for row in table:
        if row["text"] in texts:
            row["mark"] = "Partial" if texts.index(row["text"]) % 2 else "Full"
    with (results / "rubric.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)


def sentence(text: str) -> str:
    return next(line for line in text.splitlines() if "Cronbach" in line).partition(": ")[2]


def figures(results: ClassResults) -> dict[str, tuple[str, str]]:
    [law] = results.tests()
    items = results.statistics(law).items
    return {each.question: (cell(each.difficulty), cell(each.discrimination)) for each in items}


@pytest.mark.parametrize("marked", [0, 3, 10, 1_000])
def test_the_figures_are_the_same_everywhere_while_essays_are_marked(
    hand_ins: Path, tmp_path: Path, marked: int
) -> None:
    """Prevents two figures of one name, and figures that move while a teacher marks."""
    results = tmp_path / "results"
    mark_class(hand_ins, results, processes=1)
    before = figures(read_results(results))
    mark_texts(results, marked)
    mark_class(hand_ins, results, processes=1)
    found = read_results(results)
    [law] = found.tests()
    assert sentence(report(results)) == found.alpha(law)
    of_table = {
        row["question"]: (row["difficulty"], row["discrimination"])
        for row in rows(results / "items.csv")
        if float(row["points"])
    }
    assert of_table == figures(found)
    if marked == 1_000:
        assert "(1 written)" in found.alpha(law) and all(of_table[ESSAY])
    else:
        assert of_table == before and of_table[ESSAY] == ("", "")


def test_answers_after_the_deadline_change_no_figure_of_the_others(
    hand_ins: Path, tmp_path: Path
) -> None:
    """Prevents a deadline from passing for ignorance, which would praise every question."""
    policy = tmp_path / "policy.toml"
    late = sorted(hand_ins.iterdir())[:4]
    mark_class(hand_ins, tmp_path / "results", processes=1)
    for path in late:
        path.rename(tmp_path / path.name)
    mark_class(hand_ins, tmp_path / "without", processes=1)
    for path in late:
        content = json.loads((tmp_path / path.name).read_bytes())
        for answer in content["answers"]:
            answer["at"] = "2027-01-01T00:00:00Z"
        path.write_text(json.dumps(content), encoding="utf-8")
    policy.write_text(
        f'attempt = "last before deadline"\n[deadline]\n{LAW} = 2026-12-01T00:00:00Z\n',
        encoding="utf-8",
    )
    mark_class(hand_ins, tmp_path / "cut", policy=policy, processes=1, now=1_800_000_000)
    with_all, without, cut = (
        read_results(tmp_path / name) for name in ("results", "without", "cut")
    )
    [law] = cut.tests()
    assert cut.alpha(law) == without.alpha(law) != with_all.alpha(law)
    assert figures(cut) == figures(without)
    assert sentence(report(tmp_path / "cut")) == cut.alpha(law)
    assert sum(each is None for each in cut.points()) == 4


def test_each_section_is_reported_by_its_own_answers(hand_ins: Path, tmp_path: Path) -> None:
    """Prevents the choices of a whole class from standing in the report on a section."""
    names = [f"Made-up Student {number:03}" for number in range(1, STUDENTS + 1)]
    policy = tmp_path / "policy.toml"
    policy.write_text(
        f"[section]\nMonday = {json.dumps(names[:10])}\nTuesday = {json.dumps(names[10:])}\n",
        encoding="utf-8",
    )
    results = tmp_path / "results"
    mark_class(hand_ins, results, policy=policy, processes=1)
    paths = [path.name for path in write_report(results)]
    assert paths == ["class-report.html", "class-report-monday.html", "class-report-tuesday.html"]
    monday, tuesday = (read_results(results, section=each) for each in ("Monday", "Tuesday"))
    assert (len(monday.students), len(tuesday.students)) == (10, STUDENTS - 10)
    whole = read_results(results)
    together = [
        replace(one, count=one.count + other.count, answered=one.answered + other.answered)
        for one, other in zip(monday.counts, tuesday.counts, strict=True)
    ]
    assert together == list(whole.counts)
    page = (results / paths[1]).read_text(encoding="utf-8")
    assert f"{plural(10, 'student')} of Monday" in page
    mark_class(hand_ins, results, processes=1)
    assert not list(results.glob("class-report*"))
