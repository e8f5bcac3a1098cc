"""The report on a class: what it knows, what it misread, and what to teach again.

Each part is a list of blocks, so that the page, the notebook and the plain text say the same.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cybernorms.classroom.report.class_results import (
    ClassResults,
    read_results,
    sections_of,
)
from cybernorms.classroom.report.findings import finding_blocks, findings, headline
from cybernorms.classroom.report.question_parts import (
    heat_map,
    items,
    misconceptions,
    on_one_scale,
)
from cybernorms.classroom.report.report_part import (
    NOTHING_MARKED,
    ReportPart,
    figure,
    name_of,
    percent,
)
from cybernorms.classroom.results.workplace import holding
from cybernorms.classroom.scoring.gains import GAIN_CAVEAT, Gain
from cybernorms.classroom.scoring.item_statistics import mean
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Heading,
    Paragraph,
    Strong,
    Table,
    plural,
)
from cybernorms.document.page import page
from cybernorms.exercises.hand_in import slug
from cybernorms.files import write_whole

PAGE = "class-report.html"
MADE_UP = re.compile(r"Made-up Student \d+")


def is_made_up(results: ClassResults) -> bool:
    """Return whether a class is one that `simulate-class` has made up."""
    return bool(results.students) and all(map(MADE_UP.fullmatch, results.students))


def overview(results: ClassResults) -> ReportPart:
    """Return how large the class is, how it did, and how consistent each set is."""
    points, out_of = results.points(), results.out_of()
    blocks: list[Block] = []
    if is_made_up(results):
        message = "This class is made up to try the report on. Nobody in it exists."
        blocks.append(Paragraph([Strong(message)]))
    middle = "no points yet"
    if known := [each for each in points if each is not None]:
        middle = f"mean {mean(known) or 0:.1f}, median {statistics.median(known):.1f}"
    lines = [
        f"{plural(len(results.students), 'student')}; {middle} of {out_of:g} points. "
        "A question that was not answered counts 0 here. Penalties for lateness are not in it.",
        *(f"{each.title}: {results.alpha(each)}" for each in results.tests()),
    ]
    if results.left_out:
        left_out = plural(results.left_out, "student is", "students are")
        lines.append(f"{left_out} left out of all figures, as students.csv says.")
    return ReportPart([*blocks, Bullets(lines)])


def to_teach_again(results: ClassResults) -> ReportPart:
    """Return what the class misunderstood, at most three things, and how sure that is."""
    return ReportPart(finding_blocks(findings(results), len(results.students)))


def distribution(results: ClassResults) -> ReportPart:
    """Return how many students have how many points."""
    from cybernorms.figures.classroom import band_names, bands_of, draw_distribution

    out_of = results.out_of()
    points = [each for each in results.points() if each is not None]
    if not points:
        return ReportPart([Paragraph(NOTHING_MARKED)])
    counts = bands_of(points, out_of)
    rows = [
        [name, str(count), percent(count / len(points))]
        for name, count in zip(band_names(out_of), counts, strict=True)
    ]
    table = Table("Students by points", ["Points", "Students", "Share"], rows)
    return ReportPart([draw_distribution(points, out_of), Aside("The same as a table", [table])])


def gains(results: ClassResults) -> ReportPart:
    """Return what became of the first questions by the end of the course."""
    from cybernorms.figures.classroom import draw_gains

    found = [each for each in results.gains() if each.learners]
    if not found:
        message = (
            "No student has answered the first questions both before the course and at its end."
        )
        return ReportPart([Paragraph(message)])
    shares = {
        name_of(results.question(each.question)): (each.before, each.after)
        for each in found
        if each.before is not None and each.after is not None
    }
    rows = [_gain_row(results, each) for each in found]
    columns = ["Question", "Asks", "Students", "Right before", "Right after", "Normalised gain"]
    table = Table("The first questions, before and after", columns, rows)
    return ReportPart([draw_gains(shares), table, Paragraph(GAIN_CAVEAT, "note")])


def _gain_row(results: ClassResults, each: Gain) -> list[str]:
    return [
        name_of(results.question(each.question)),
        results.question(each.question).prompt,
        str(each.learners),
        percent(each.before),
        percent(each.after),
        figure(each.normalised),
    ]


Part = tuple[str, Callable[[ClassResults], ReportPart]]
PARTS: Sequence[Part] = (
    ("What they misunderstood", to_teach_again),
    ("All questions, from hardest to easiest", on_one_scale),
    ("At a glance", overview),
    ("Points", distribution),
    ("Students by questions", heat_map),
    ("Questions", items),
    ("What the options drew", misconceptions),
    ("From the first lesson to the end", gains),
)


def report_blocks(results: ClassResults, parts: Sequence[Part] = PARTS) -> list[Block]:
    """Return the whole report, or some parts of it, each below its title."""
    blocks: list[Block] = []
    for title, part in parts:
        blocks += [Heading(title, 2), *part(results).blocks]
    return blocks


def report_page(results: ClassResults) -> str:
    """Return the report as a page that opens anywhere, runs nothing and loads nothing.

    What they misunderstood is its heading and stands at its top.
    """
    title = "Class report, of a made-up class" if is_made_up(results) else "Class report"
    over = f"{title}. {plural(len(results.students), 'student')}"
    if results.section:
        title, over = f"{title}, {results.section}", f"{over} of {results.section}"
    found = findings(results)
    blocks = [
        *finding_blocks(found, len(results.students), level=2),
        *report_blocks(results, PARTS[1:]),
    ]
    return page(title, blocks, heading=headline(found), over=over, images=True)


def write_report(folder: Path, questions: Path | None = None) -> list[Path]:
    """Write the page into a folder of results, and one for each section; return their paths.

    Raises:
        CyberNormsError: it is no folder of results.
    """
    made = {}
    for section in ["", *sections_of(folder)]:
        stem = f"class-report-{slug(section) or 'section'}"
        name, number = f"{stem}.html" if section else PAGE, 2
        while folder / name in made:
            name, number = f"{stem}-{number}.html", number + 1
        made[folder / name] = report_page(read_results(folder, questions, section))
    with holding(folder):
        for path, content in made.items():
            write_whole(path, content.encode())
    return list(made)


def results_of(folder: str, questions: str = "") -> ClassResults:
    """Return the results in a folder, or those of a made-up class where no folder is named.

    Arguments:
        folder: that `cybernorms mark` has written.
        questions: the folder of question sets that the class was marked by; the module's own if
            not given.

    Raises:
        CyberNormsError: it is no folder of results.
    """
    if not folder:
        return a_made_up_class()
    return read_results(folder, Path(questions) if questions else None)


def a_made_up_class(learners: int = 60, seed: int = 1) -> ClassResults:
    """Return the results of a made-up class, to try the report on.

    Arguments:
        learners: how many.
        seed: another number gives another class.
    """
    from cybernorms.classroom.report.simulation import made_up_class, write_class
    from cybernorms.classroom.run.class_run import mark_class
    from cybernorms.exercises.question_files import load_question_sets

    sets = load_question_sets()
    with TemporaryDirectory(prefix="cybernorms-") as name:
        folder = Path(name)
        write_class(made_up_class(learners, sets, seed), sets, folder / "class", seed)
        mark_class(folder / "class", folder / "results", processes=1)
        return read_results(folder / "results")
