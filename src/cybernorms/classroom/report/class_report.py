"""The report on a class: what it knows, what it misread, and what to teach again.

Each part is a list of blocks, so that the page, the notebook and the plain text say the same.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cybernorms.classroom.report.class_results import ClassResults, read_results
from cybernorms.classroom.results.workplace import holding
from cybernorms.classroom.scoring.item_statistics import (
    ALPHA_CAVEAT,
    GAIN_CAVEAT,
    Gain,
    ItemStatistics,
    OptionCount,
    mean,
    most_drawn,
)
from cybernorms.document import (
    Aside,
    Block,
    Bullets,
    Heading,
    Paragraph,
    Strong,
    Table,
    to_html,
    to_text,
)
from cybernorms.document.page import page
from cybernorms.exercises.questions import Question, QuestionSet

PAGE = "class-report.html"
MADE_UP = "Made-up Student "
TO_TEACH_AGAIN = 3
HARD, EASY, LOW_DISCRIMINATION = 0.3, 0.95, 0.2

OWN_WORD = (
    "Answers are counted as the learners' own records give them. Times and numbers of attempts are "
    "the learner's own word: the record is a file on the learner's computer and can be edited."
)


NOTHING_MARKED = "No answer to a graded question was marked yet."


@dataclass(frozen=True)
class ReportPart:
    """A part of the report, which a notebook shows as HTML and a terminal as text."""

    blocks: Sequence[Block]

    def _repr_html_(self) -> str:
        return to_html(self.blocks)

    def __repr__(self) -> str:
        return to_text(self.blocks)


def percent(share: float | None) -> str:
    """Return a share in per cent, or a dash where it is undefined."""
    return "–" if share is None else f"{share:.0%}"


def figure(value: float | None) -> str:
    """Return a figure with two decimals, or a dash where it is undefined."""
    return "–" if value is None else f"{value:.2f}"


def is_made_up(results: ClassResults) -> bool:
    """Return whether a class is one that `simulate-class` has made up."""
    return any(name.startswith(MADE_UP) for name in results.students)


def overview(results: ClassResults) -> ReportPart:
    """Return how large the class is, how it did, and how consistent each set is."""
    points, out_of = results.points(), results.out_of()
    blocks: list[Block] = []
    if is_made_up(results):
        message = "This class is made up to try the report on. Nobody in it exists."
        blocks.append(Paragraph([Strong(message)]))
    middle = f"mean {mean(points) or 0:.1f}, median {statistics.median(points):.1f}"
    lines = [
        f"{len(results.students)} students; {middle} of {out_of:g} points that a program marks. "
        "Written answers and penalties for lateness are not in it.",
        *(f"{each.title}: {results.alpha(each)}" for each in results.tests()),
    ]
    return ReportPart([*blocks, Bullets(lines), Paragraph(ALPHA_CAVEAT, "note")])


def _graded(results: ClassResults) -> dict[str, tuple[QuestionSet, Question]]:
    return {
        question.id: (each, question)
        for each in results.tests()
        for question in results.items(each)
    }


def to_teach_again(results: ClassResults) -> ReportPart:
    """Return the three wrong options that drew most, each with the reason that answers it."""
    graded = _graded(results)
    wrong = [each for each in results.counts if each.question in graded and each.count > 1]
    found = most_drawn(wrong, TO_TEACH_AGAIN)
    if not found:
        return ReportPart(
            [Paragraph("No wrong option of a graded question drew two students or more.")]
        )
    blocks: list[Block] = []
    for number, each in enumerate(found, start=1):
        set_of, question = graded[each.question]
        chosen = f" {each.count} of {each.answered} students ({percent(each.share)}) chose it."
        blocks += [
            Heading(f"{number}. {set_of.title}: {question.name}", 3),
            Paragraph(question.prompt),
            Paragraph([Strong(f"“{each.offer.name}”."), chosen]),
            Paragraph([Strong("What to say. "), each.offer.reason]),
        ]
    return ReportPart(blocks)


def distribution(results: ClassResults) -> ReportPart:
    """Return how many students have how many points."""
    from cybernorms.figures.classroom import band_names, bands_of, draw_distribution

    points, out_of = results.points(), results.out_of()
    if not out_of:
        return ReportPart([Paragraph(NOTHING_MARKED)])
    counts = bands_of(points, out_of)
    rows = [
        [name, str(count), percent(count / len(points))]
        for name, count in zip(band_names(out_of), counts, strict=True)
    ]
    table = Table("Students by points", ["Points", "Students", "Share"], rows)
    return ReportPart([draw_distribution(points, out_of), Aside("The same as a table", [table])])


def heat_map(results: ClassResults) -> ReportPart:
    """Return who got what right: students by questions."""
    from cybernorms.figures.classroom import draw_heat_map

    graded = _graded(results)
    if not graded:
        return ReportPart([Paragraph(NOTHING_MARKED)])
    credits = {id: results.credits(id) for id in graded}
    ease = {id: mean([each or 0 for each in row]) or 0 for id, row in credits.items()}
    questions = sorted(graded, key=lambda id: (-ease[id], id))
    points = results.points()
    order = sorted(range(len(points)), key=lambda index: (-points[index], index))
    rows = [[credits[id][index] for id in questions] for index in order]
    names = [graded[id][1].name for id in questions]
    counted = [
        [name, *map(str, _bands(credits[id]))] for name, id in zip(names, questions, strict=True)
    ]
    columns = ["Question", "Full credit", "Part", "None", "Not marked"]
    table = Table("Students by credit, for each question", columns, counted)
    return ReportPart([draw_heat_map(rows, names), Aside("The same as a table", [table])])


def _bands(credits: Sequence[float | None]) -> tuple[int, int, int, int]:
    """Return how many credits are full, in part, none and missing."""
    known = [each for each in credits if each is not None]
    full = sum(each > 1 - 1e-9 for each in known)
    none = sum(each < 1e-9 for each in known)
    return full, len(known) - full - none, none, len(credits) - len(known)


def remark(item: ItemStatistics) -> str:
    """Return what a figure of an item asks a teacher to look at, or nothing.

    The limit of 0.2 for discrimination is that of R. L. Ebel and D. A. Frisbie, Essentials of
    Educational Measurement (5th ed., 1991), ch. 13.
    """
    if item.difficulty is None:
        return "nobody answered"
    if item.discrimination is not None and item.discrimination < 0:
        return "the stronger students got it wrong: read the question and its key again"
    if item.discrimination is not None and item.discrimination < LOW_DISCRIMINATION:
        return "tells students apart badly"
    if item.difficulty < HARD:
        return "hard for this class"
    if item.difficulty > EASY:
        return "nearly all were right"
    return ""


def items(results: ClassResults) -> ReportPart:
    """Return difficulty and discrimination of each question, and what deserves a look."""
    from cybernorms.figures.classroom import draw_items

    found = {each.title: results.statistics(each) for each in results.tests()}
    defined = [
        (results.question(item.question).name, item.difficulty, item.discrimination)
        for of_set in found.values()
        for item in of_set
        if item.difficulty is not None and item.discrimination is not None
    ]
    columns = ["Question", "Answered", "Difficulty", "Discrimination", "Attempts each", "Remark"]
    blocks: list[Block] = [draw_items(defined)] if defined else []
    for title, of_set in found.items():
        blocks.append(Table(title, columns, [_item_row(results, item) for item in of_set]))
    note = (
        "Difficulty is the mean credit, so that a high figure means an easy question. "
        "Discrimination is the correlation with the points on the other questions of the set. "
    )
    return ReportPart([*blocks, Paragraph(note + OWN_WORD, "note")])


def _item_row(results: ClassResults, item: ItemStatistics) -> list[str]:
    return [
        results.question(item.question).name,
        f"{item.answered} of {item.learners}",
        figure(item.difficulty),
        figure(item.discrimination),
        _format_attempts(results, item),
        remark(item),
    ]


def _format_attempts(results: ClassResults, item: ItemStatistics) -> str:
    attempts = results.attempts.get(item.question, 0)
    return figure(attempts / item.answered) if item.answered else "–"


def misconceptions(results: ClassResults) -> ReportPart:
    """Return for each question what each wrong or arguable option drew, and why it is so."""
    blocks: list[Block] = []
    for each in results.tests():
        drawn = [block for question in results.items(each) if (block := _drawn(results, question))]
        blocks += [Heading(each.title, 3), *drawn] if drawn else []
    return ReportPart(blocks or [Paragraph("No wrong or arguable option was chosen.")])


def _drawn(results: ClassResults, question: Question) -> Aside | None:
    """Return what the wrong and the arguable options of a question drew, or nothing."""
    drawn = [
        each
        for each in results.counts
        if each.question == question.id and each.count and each.offer.verdict != "correct"
    ]
    if not drawn:
        return None
    drawn.sort(key=lambda each: (-each.count, each.offer.part, each.offer.text))
    table = Table(
        question.name, ["Option", "Verdict", "Chosen", "Reason"], list(map(_drawn_row, drawn))
    )
    return Aside(f"{question.name}: {question.prompt}", [table])


def _drawn_row(each: OptionCount) -> list[str]:
    chosen = f"{each.count} ({percent(each.share)})"
    return [each.offer.name, each.offer.verdict, chosen, each.offer.reason]


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
        results.question(each.question).name: (each.before, each.after)
        for each in found
        if each.before is not None and each.after is not None
    }
    rows = [_gain_row(results, each) for each in found]
    columns = ["Question", "Asks", "Students", "Right before", "Right after", "Normalised gain"]
    table = Table("The first questions, before and after", columns, rows)
    return ReportPart([draw_gains(shares), table, Paragraph(GAIN_CAVEAT, "note")])


def _gain_row(results: ClassResults, each: Gain) -> list[str]:
    return [
        results.question(each.question).name,
        results.question(each.question).prompt,
        str(each.learners),
        percent(each.before),
        percent(each.after),
        figure(each.normalised),
    ]


PARTS: Sequence[tuple[str, Callable[[ClassResults], ReportPart]]] = (
    ("At a glance", overview),
    ("Three things to teach again", to_teach_again),
    ("Points", distribution),
    ("Students by questions", heat_map),
    ("Questions", items),
    ("What the options drew", misconceptions),
    ("From the first lesson to the end", gains),
)


def report_blocks(results: ClassResults) -> list[Block]:
    """Return the whole report."""
    blocks: list[Block] = []
    for title, part in PARTS:
        blocks += [Heading(title, 2), *part(results).blocks]
    return blocks


def report_page(results: ClassResults) -> str:
    """Return the report as a page that opens anywhere, runs nothing and loads nothing."""
    title = "Class report, of a made-up class" if is_made_up(results) else "Class report"
    return page(title, report_blocks(results), images=True)


def write_report(folder: Path, questions: Path | None = None) -> Path:
    """Write the page into a folder of results and return its path.

    Raises:
        CyberNormsError: it is no folder of results.
    """
    path = folder / PAGE
    content = report_page(read_results(folder, questions))
    with holding(folder):
        path.write_text(content, encoding="utf-8", newline="\n")
    return path


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
