"""The report on a class: read back from results, the same as page, notebook and text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from cybernorms.classroom.report.class_report import (
    PAGE,
    PARTS,
    a_made_up_class,
    gains,
    is_made_up,
    overview,
    report_blocks,
    report_page,
    results_of,
    write_report,
)
from cybernorms.classroom.report.class_results import ClassResults, read_results
from cybernorms.classroom.report.findings import NOTHING
from cybernorms.classroom.report.question_parts import heat_map, items, misconceptions, remark
from cybernorms.classroom.scoring.set_statistics import ItemStatistics
from cybernorms.cli import main
from cybernorms.document import Picture, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import find_question
from cybernorms.figures.classroom import (
    band_names,
    bands_of,
    distribution_alt,
    draw_gains,
    draw_heat_map,
    gains_alt,
    heat_map_alt,
    items_alt,
)

ITEM_COLUMNS = ("set", "question", "marked", "attempts")
OPTION_COLUMNS = ("set", "question", "option", "text", "verdict", "chosen")


def write(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def results_folder(folder: Path, **columns: Sequence[object]) -> Path:
    """Write the tables of a class of which some columns are given, and return the folder."""
    folder.mkdir(exist_ok=True)
    keys = [key.replace("_", "-").replace("--", ":") for key in columns]
    count = len(next(iter(columns.values())))
    rows = [
        [f"Ada {place}", "", *(each[place] for each in columns.values())] for place in range(count)
    ]
    write(folder / "students.csv", [["student", "lms id", *keys], *rows])
    marked = [
        ["", key, sum(isinstance(cell, int | float) for cell in column), count * 2]
        for key, column in zip(keys, columns.values(), strict=True)
    ]
    write(folder / "items.csv", [ITEM_COLUMNS, *marked])
    write(folder / "options.csv", [OPTION_COLUMNS])
    return folder


def add_columns(folder: Path, sections: Sequence[str], counted: Sequence[str]) -> None:
    """Add to students.csv the section of each student, and whether the figures count them."""
    with (folder / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    more = zip(rows, sections, counted, strict=True)
    head += ["section", "in statistics"]
    write(folder / "students.csv", [head, *([*row, *both] for row, *both in more)])


@pytest.fixture(scope="module")
def made_up_class() -> ClassResults:
    return a_made_up_class(learners=25, seed=3)


@pytest.fixture(scope="module")
def page(made_up_class: ClassResults) -> str:
    return report_page(made_up_class)


def test_credits_are_read_back_and_words_are_no_credits(tmp_path: Path) -> None:
    cells = [1, "0.5", "not answered", "unreadable", "awaiting teacher"]
    results = read_results(results_folder(tmp_path, law_notes=cells))
    assert results.credits("law-notes") == [1, 0.5, None, None, None]


def test_who_did_not_take_a_set_is_not_in_its_statistics(tmp_path: Path) -> None:
    """Prevents a set that half the class has still to do from looking hard and consistent."""
    none = "not answered"
    folder = results_folder(
        tmp_path, law_notes=[1, 0, none], law_origin=[1, 0, none], un_degrees=[1, 1, 1]
    )
    results = read_results(folder)
    law = next(each for each in results.tests() if each.id == "03-norms-and-law")
    assert [item.learners for item in results.statistics(law).items] == [2, 2]
    assert "of 2 students it would be mostly chance" in results.alpha(law)


@pytest.mark.parametrize("waits", [True, False])
def test_a_written_question_counts_once_all_its_texts_are_marked(
    tmp_path: Path, waits: bool
) -> None:
    """Prevents essays that wait for their marks from counting as essays without a point."""
    essays = [1, "awaiting teacher"] if waits else [1, 0.5]
    results = read_results(results_folder(tmp_path, law_notes=[1, 0], law_waterworks=essays))
    notes, essay = (find_question(id).points for id in ("law-notes", "law-waterworks"))
    assert results.points() == ([notes, 0] if waits else [notes + essay, essay / 2])
    law = next(each for each in results.tests() if each.id == "03-norms-and-law")
    found = results.statistics(law)
    assert found.waiting == (("law-waterworks",) if waits else ())
    assert (found.questions, found.written) == ((1, 0) if waits else (2, 1))


@pytest.mark.parametrize("word", ["after the deadline", "excused"])
def test_who_was_kept_from_a_question_is_left_out_and_has_no_zero(
    tmp_path: Path, word: str
) -> None:
    """Prevents a deadline from passing for ignorance, and a class from looking consistent."""
    folder = results_folder(tmp_path, law_notes=[1, 0, word], law_origin=[1, 0, 1])
    results = read_results(folder)
    notes, origin = (find_question(id).points for id in ("law-notes", "law-origin"))
    assert results.points() == [notes + origin, 0, notes + origin]
    [law] = results.tests()
    found = results.statistics(law)
    assert found.learners == 2
    assert [(item.learners, item.difficulty) for item in found.items] == [(2, 0.5), (3, 2 / 3)]


def test_students_whom_the_results_keep_out_are_in_no_figure_and_that_is_said(
    tmp_path: Path,
) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0, 0])
    add_columns(folder, ["", "", ""], ["yes", "no", "yes"])
    results = read_results(folder)
    assert results.students == ("Ada 0", "Ada 2")
    assert "1 student is left out" in repr(overview(results))


def test_a_class_of_which_nobody_counts_still_gets_a_report(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0])
    add_columns(folder, ["", ""], ["no", "no"])
    results = read_results(folder)
    assert results.students == () and not is_made_up(results)
    assert "2 students are left out" in " ".join(to_text(report_blocks(results)).split())


def test_each_section_gets_a_page_of_its_own(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0, 0])
    add_columns(folder, ["Mon 1", "Mon/1", "Mon 1"], ["yes"] * 3)
    option = next(iter(find_question("law-notes").offers()))
    rows = [[name, "", "law-notes", option, "", "", 1] for name in ("Mon 1", "Mon/1")]
    write(folder / "options-by-section.csv", [["section", *OPTION_COLUMNS], *rows])
    paths = write_report(folder)
    names = [path.name for path in paths]
    assert names == ["class-report.html", "class-report-mon-1.html", "class-report-mon-1-2.html"]
    assert ["2 students of Mon 1" in path.read_text(encoding="utf-8") for path in paths] == [
        *(False, True, False)
    ]
    assert read_results(folder, section="Mon 1").counts[0].answered == 2


def test_a_class_of_one_section_gets_one_page(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0])
    add_columns(folder, ["Mon", "Mon"], ["yes", "yes"])
    assert write_report(folder) == [folder / PAGE]


def test_a_folder_that_holds_no_results_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match=r"no folder of results: students\.csv is missing"):
        read_results(tmp_path)


def test_results_of_other_questions_are_told_so(tmp_path: Path) -> None:
    """Prevents an empty report where the teacher's own question sets were not named."""
    with pytest.raises(CyberNormsError, match="other questions"):
        read_results(results_folder(tmp_path, own_question=[1, 0]))


def test_a_class_without_any_marked_answer_still_gets_a_report(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, law_notes=["not answered"], start_source=[1])
    text = to_text(report_blocks(read_results(folder)))
    assert "0 points" in text and NOTHING in text


def test_a_class_of_one_gets_a_report(tmp_path: Path) -> None:
    text = to_text(report_blocks(read_results(results_folder(tmp_path, law_notes=[1]))))
    assert "is undefined: it needs at least two questions" in " ".join(text.split())


def test_all_parts_are_told_in_plain_text(made_up_class: ClassResults) -> None:
    text = to_text(report_blocks(made_up_class))
    for title, _ in PARTS:
        assert f"{title}\n" in text
    assert "Cronbach's alpha is 0." in text
    assert "not whether they measure the right thing" in " ".join(text.split())


def test_the_table_beside_the_heat_map_names_its_columns(made_up_class: ClassResults) -> None:
    """Prevents a column whose heading is a word of the code."""
    [table] = heat_map(made_up_class).blocks[-1].blocks
    assert list(table.columns) == ["Question", "Full credit", "Part", "None", "Not marked"]


def test_each_wrong_option_is_shown_with_its_count_and_the_misconception(
    made_up_class: ClassResults,
) -> None:
    drawn = [each for each in made_up_class.counts if each.question == "law-notes" and each.count]
    text = " ".join(repr(misconceptions(made_up_class)).split())
    for each in drawn:
        if each.offer.verdict != "correct":
            assert f"Chosen: {each.count} ({each.share:.0%})" in text
            assert " ".join(each.offer.reason.split())[:60] in text


def test_every_option_of_the_results_is_found_with_its_reason(made_up_class: ClassResults) -> None:
    """Prevents options from falling out of the report because they are named otherwise."""
    kinds = {
        made_up_class.question(each.question).kind
        for each in made_up_class.counts
        if each.offer.reason
    }
    assert kinds == {"choice", "several", "match", "number", "clause"}
    assert all(each.offer.reason for each in made_up_class.counts)


def test_a_made_up_class_says_that_it_is_one(
    made_up_class: ClassResults, page: str, tmp_path: Path
) -> None:
    """Prevents a made-up report from being taken for that of a class."""
    assert is_made_up(made_up_class)
    assert "Nobody in it exists." in repr(overview(made_up_class))
    assert "<title>Class report, of a made-up class</title>" in page
    folder = results_folder(tmp_path, law_notes=[1, 0])
    table = (folder / "students.csv").read_text(encoding="utf-8")
    mixed = table.replace("Ada 0", "Made-up Student 007")
    (folder / "students.csv").write_text(mixed, encoding="utf-8")
    real = read_results(folder)
    assert not is_made_up(real) and "made" not in repr(overview(real))


def test_the_page_names_no_student(page: str) -> None:
    assert "Made-up Student 0" not in page


def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    assert "<script" not in page and "default-src 'none'; img-src data:" in page
    assert not re.search(r'(src|href)="(?!data:)', page)


def test_every_picture_has_a_text_that_stands_for_it(page: str) -> None:
    alts = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    assert len(alts) == page.count("<img") == 4
    assert all(len(alt) > 40 for alt in alts)


def test_names_in_results_are_escaped(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0])
    text = (folder / "students.csv").read_text(encoding="utf-8")
    (folder / "students.csv").write_text(text.replace("Ada 0", "<script>"), encoding="utf-8")
    assert "<script>" not in report_page(read_results(folder))


def test_attempts_are_said_to_be_the_learners_own_word(made_up_class: ClassResults) -> None:
    assert "the learner's own word" in " ".join(repr(items(made_up_class)).split())


def test_gains_are_told_with_their_limits(made_up_class: ClassResults) -> None:
    told = " ".join(repr(gains(made_up_class)).split())
    assert "Right before:" in told and "Right after:" in told
    assert "nobody was taught otherwise for comparison" in told


def test_without_a_second_time_there_is_no_gain_and_the_report_says_so(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, start_source=[1, 0])
    assert "No student has answered" in repr(gains(read_results(folder)))


@pytest.mark.parametrize(
    ("difficulty", "discrimination", "learners", "told"),
    [
        (None, None, 0, "nobody answered"),
        (0.5, -0.5, 40, "its key again"),
        (0.5, -0.1, 40, ""),  # to 0.31
        (0.5, -0.1, 1000, "its key again"),
        (0.5, 0.1, 1000, "apart badly"),
        (0.5, 0.1, 40, ""),
        (0.5, -0.9, 19, ""),
        (0.1, 0.4, 40, "hard"),
        (0.2, 0.4, 40, ""),
        (0.999, 0.4, 400, "nearly all"),
        (0.97, 0.4, 40, ""),
        (0.5, 0.4, 40, ""),
    ],
)
def test_a_remark_is_made_only_where_the_whole_interval_bears_it_out(
    difficulty: float | None, discrimination: float | None, learners: int, told: str
) -> None:
    """Prevents sound questions from being blamed for what is chance."""
    item = ItemStatistics("q", learners, learners, difficulty, discrimination, learners)
    assert told in remark(item) and bool(remark(item)) is bool(told)


def test_points_on_a_border_count_upwards_and_full_points_in_the_last_band() -> None:
    assert bands_of([2, 10, 9.999, 0], 10) == [1, 0, 1, 0, 0, 0, 0, 0, 0, 2]
    assert band_names(25)[:2] == ["0 to 2.5", "2.5 to 5"]


def test_figures_tell_in_words_what_they_show() -> None:
    assert "9 to 10 points: 2" in distribution_alt([10, 9.5, 1], 10)
    assert "Easiest: a; hardest: b" in heat_map_alt(3, ["a", "b"])
    assert items_alt([("a", 0.5, 0.1), ("b", 0.5, 0.1)], {"a"}).endswith("below 0.2: a.")
    assert "q: 25% before, 75% after" in gains_alt({"q": (0.25, 0.75)})


@pytest.mark.parametrize("rows", [[[None]], [[1.0], [0.0], [None]]])
def test_a_heat_map_of_next_to_nothing_is_drawn(rows: list[list[float | None]]) -> None:
    assert isinstance(draw_heat_map(rows, ["q"]), Picture)


def test_gains_are_drawn() -> None:
    assert draw_gains({"q": (0.2, 0.8)}).source.startswith("data:image/png;base64,")


def test_the_heat_map_has_the_strongest_student_and_the_easiest_question_first(
    tmp_path: Path,
) -> None:
    folder = results_folder(tmp_path, law_notes=[0, 1, 0], law_origin=[1, 1, 0])
    text = repr(heat_map(read_results(folder)))
    easiest, hardest = (find_question(id).title for id in ("law-origin", "law-notes"))
    assert f"Easiest: {easiest}; hardest: {hardest}" in " ".join(text.split())


def test_no_folder_means_a_made_up_class_and_a_folder_means_that_one(tmp_path: Path) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0])
    assert results_of(str(folder)).students == ("Ada 0", "Ada 1")


def test_the_command_writes_the_page_into_the_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = results_folder(tmp_path, law_notes=[1, 0])
    assert main(["report", str(folder)]) == 0
    assert str(folder / PAGE) in capsys.readouterr().out
    written = (folder / PAGE).read_bytes()
    assert write_report(folder) == [folder / PAGE] and written == (folder / PAGE).read_bytes()
