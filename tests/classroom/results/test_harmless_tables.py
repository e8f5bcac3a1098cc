"""No table runs anything in a spreadsheet, at whichever sign it splits a line, and all read back.

The splitters here are rougher than any spreadsheet: they know nothing of quotes, or too much.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cybernorms.classroom.intake.roster_files import read_roster
from cybernorms.classroom.results.rubric_tables import read_marks
from cybernorms.classroom.tables import as_given, cell, csv_lines, one_line, open_table
from cybernorms.cli import main
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.paths import questions_dir
from tests.classroom.factories import SET, WRITTEN, as_file, best, entry, hand_in, marked, put, rows

SPLIT_AT = (",", ";", "\t", "|", "\n", "\r", "\u2028")
SIGNS = "=+-@＝＋－＠﹦−"
# What programs take away in front of a cell, or do not draw.
NOTHING = ' \t"\u00a0\u3000\u200b\u200e\u2060\ufeff\u00ad\u3164\u2800\ufe0f\U000e0020'
COMMAND = "cmd|' c calc'!A0"
HARMLESS = re.compile(r"-|[-+]?\d+([.,]\d+)?")
HOSTILE = (
    [
        f"Mallory{number}{sign}{more}{formula}{COMMAND}"
        for number, (sign, more, formula) in enumerate(
            [(sign, "", formula) for sign in ("", *SPLIT_AT) for formula in SIGNS]
            + [(";", more, "=") for more in NOTHING]
            + [
                ('";"', "", "="),
                ('";', '"" ', "="),
                (";;", "", "@"),
                ("|;", "\t ", "+"),
                ("','", "", "="),
            ]
        )
    ]
    + [f"{more}={COMMAND}" for more in ("", *NOTHING)]
    + ["sep=;", "-2+3", "'=1", "Ada;''=1"]
)


def split_without_quotes(text: str, separator: str) -> Iterator[str]:
    """Yield the cells of a program to which quotes are letters that it drops afterwards."""
    for line in re.split(r"[\r\n]+", text):
        yield from line.split(separator)


def split_with_quotes(text: str, separator: str) -> Iterator[str]:
    """Yield the cells of a program to which quotes hold a cell together where they begin it."""
    limit = csv.field_size_limit(10_000_000)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield from row
    finally:
        csv.field_size_limit(limit)


def acting(text: str) -> list[str]:
    """Return the cells of a table that a spreadsheet could take for a formula."""
    found = []
    for separator in ",;\t|":
        for split in (split_without_quotes, split_with_quotes):
            for each in split(text, separator):
                bare = each.strip(NOTHING)
                if bare.startswith(tuple(SIGNS)) and not HARMLESS.fullmatch(bare):
                    found.append(f"{separator!r}: {each!r}")
    first = text.split("\n", 1)[0].strip(NOTHING).lower()
    return [*found, *(["sep="] if first.startswith("sep=") else [])]


def hostile_questions(folder: Path) -> Path:
    """Return question sets whose words would act in a spreadsheet, as a teacher could write."""
    shutil.copytree(questions_dir(), folder)
    path = folder / f"{SET}.toml"
    words = path.read_text(encoding="utf-8")
    acts = "=1+1;=2 |@3 "
    words = re.sub(r'^(text|name|title) = "(?!"")', rf'\1 = "{acts}', words, flags=re.MULTILINE)
    # Answers that are marked by the rubric name its levels.
    words = re.sub(
        r"^levels = .*$",
        lambda line: line[0].replace(' = "', f' = "{acts}'),
        words,
        flags=re.MULTILINE,
    )
    path.write_text(words, encoding="utf-8")
    return folder


def hand_ins(folder: Path, lms: str) -> Path:
    """Hand in hostile names in files of hostile names, in the form of an LMS."""
    for number, name in enumerate(HOSTILE, start=9001):
        file = f"{one_line(name).replace('/', '')[:80]}.json"
        content = hand_in(name, [*best(), entry(WRITTEN, f"{name} writes {number}")])
        if lms == "canvas":
            put(folder, f"mallory_{number}_200_{file}", content)
        elif lms == "moodle":
            put(folder, f"Mallory {number}_{number}_assignsubmission_file_/{file}", content)
        else:
            put(folder, f"{number} {file}", content)
    return folder


def roster(path: Path, lms: str) -> Path | None:
    """Write a roster whose cells are hostile, as the LMS would export names that students gave."""
    people = list(enumerate(HOSTILE, start=9001))
    if lms == "canvas":
        head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        table = [[name, str(id), name, name, name] for id, name in people]
    elif lms == "moodle":
        head = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
        head += ["Last modified (grade)"]
        table = [
            [f"Participant {id}", f"Mallory {id}", each, each, "-", "10", "-"]
            for id, each in people
        ]
    elif lms == "participants":
        head = ["First name", "Surname", "Email address", "ID number"]
        table = [[name, name, f"{id}@example.org", name] for id, name in people]
    else:
        return None
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *table])
    return path


@pytest.mark.parametrize("lms", ["canvas", "moodle", "participants", "none"])
def test_nothing_that_anybody_wrote_acts_in_any_table(tmp_path: Path, lms: str) -> None:
    questions = hostile_questions(tmp_path / "questions")
    folder = hand_ins(tmp_path / "in", lms)
    more = {"roster": roster(tmp_path / "roster.csv", lms), "questions": questions}
    results, _ = marked(folder, **more)
    table = rows(results / "rubric.csv")
    comments = [*HOSTILE, *HOSTILE][: len(table)]
    for row, comment in zip(table, comments, strict=False):
        row["mark"], row["comment"] = "0", comment
    with (tmp_path / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0])
        writer.writeheader()
        writer.writerows(table)
    importing = ["rubric-import", str(results), str(tmp_path / "mine.csv")]
    assert main([*importing, "--questions", str(questions)]) == 0
    imported = {path.name: path.read_bytes() for path in results.glob("*.csv")}
    marked(folder, **more)
    written = {path.name for path in results.glob("*.csv")}
    wanted = {"gradebook", "students", "items", "options", "rubric", "rubric-marks", "blind-ids"}
    wanted |= {"canvas": {"canvas"}, "none": set()}.get(lms, {"moodle"})
    assert {f"{each}.csv" for each in wanted} <= written | {
        each.replace("-without-essays", "") for each in written
    }
    for name, content in [
        *imported.items(),
        *((path.name, path.read_bytes()) for path in results.glob("*.csv")),
    ]:
        text = content.decode("utf-8-sig")
        assert not acting(text), (name, acting(text)[:3])


def test_the_splitters_find_what_acts() -> None:
    """Prevents a test that finds nothing because it sees nothing."""
    for text in ("=1", "a;=1", "a|@1", 'a,"b;=1"', 'a,"b;""=1"""', "a\n＝1", "a;\u200b=1", "sep=|"):
        assert acting(text), text
    assert not acting('Ada,-0.5,-,"a; b",O\'Neill')


@pytest.mark.parametrize("lms", ["canvas", "moodle", "participants"])
def test_a_table_for_the_lms_reads_as_the_roster_did(tmp_path: Path, lms: str) -> None:
    """Prevents an apostrophe more with each way there and back."""
    roster(path := tmp_path / "roster.csv", lms)
    folder = hand_ins(tmp_path / "in", lms)
    results, _ = marked(folder, roster=path)
    [back] = [*results.glob("canvas*.csv"), *results.glob("moodle*.csv")]
    columns = {
        "canvas": ("SIS User ID", "SIS Login ID", "Section"),
        "moodle": ("Status", "Email address"),
        "participants": ("First name", "ID number"),
    }[lms]
    given = [
        [one_line(row.get(each, ""), 999) for each in columns] for row in open_table(path).rows
    ]
    taken = [[one_line(row[each], 999) for each in columns] for row in open_table(back).rows]
    taken = [row for row in taken if any(row)]
    assert taken == [row for row in given if row in taken]
    assert len(taken) > 40
    assert len(read_roster(back).people) == len(taken)


def test_comments_and_names_read_back_as_they_were(tmp_path: Path) -> None:
    path = roster(tmp_path / "roster.csv", "canvas")
    results, _ = marked(hand_ins(tmp_path / "in", "canvas"), roster=path)
    table = rows(results / "rubric.csv")
    for row, comment in zip(table, HOSTILE, strict=False):
        row["comment"] = comment
    content = csv_lines([table[0], *(row.values() for row in table)])
    (results / "rubric.csv").write_text(content, encoding="utf-8-sig", newline="")
    questions = {one.id: one for each in load_question_sets() for one in each.questions}
    found = read_marks(results / "rubric.csv", questions)
    comments = {mark.comment for marks in found.values() for mark in marks.values()}
    assert comments == {one_line(each, 2_000) for each in HOSTILE[: len(table)]}
    students = {row["student"] for row in open_table(results / "students.csv").rows}
    # Of a roster the apostrophe is taken away that an LMS puts before what may act.
    assert students == {as_given(one_line(each)) for each in HOSTILE}


@pytest.mark.slow
@given(
    st.text(alphabet=st.sampled_from([*"=+-@ab1;,|'\" \t\n", *SIGNS, *NOTHING]) | st.characters())
)
def test_any_cell_is_harmless_and_reads_back(text: str) -> None:
    made = cell(text)
    assert as_given(made) == one_line(text, 32_000)
    assert not acting(csv_lines([["x", text, "y"], [text]]))


def test_a_cell_holds_no_more_than_a_spreadsheet_does(tmp_path: Path) -> None:
    """Prevents a table that Python refuses and Excel cuts, from many files of one student."""
    folder = tmp_path / "in"
    for number in range(300):
        name = f"{number:03}{'x' * 150}"
        (folder).mkdir(exist_ok=True)
        (folder / f"ada_9001_{number}_{name}.json").write_bytes(as_file(hand_in("Ada", [])))
    put(folder, "bo_9002_1_x.json", hand_in("Bo" * 40_000))
    results, _ = marked(folder)
    for path in results.glob("*.csv"):
        assert max(len(each) for row in rows(path) for each in row.values()) <= 32_767
    files = rows(results / "gradebook.csv")[0]["files"].split("; ")
    assert len(files) == 11
    assert re.fullmatch(r"and \d+ more", files[-1])
