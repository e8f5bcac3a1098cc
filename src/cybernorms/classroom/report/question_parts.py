"""The parts of the report that go through its questions one by one."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.classroom.report.class_results import ClassResults, OptionCount
from cybernorms.classroom.report.report_part import (
    NOTHING_MARKED,
    ReportPart,
    figure,
    format_interval,
    name_of,
    named,
    percent,
)
from cybernorms.classroom.scoring.intervals import FEWEST
from cybernorms.classroom.scoring.item_statistics import difficulty
from cybernorms.classroom.scoring.set_statistics import ItemStatistics
from cybernorms.document import (
    Aside,
    Block,
    Heading,
    Line,
    Paragraph,
    Scale,
    ScaleRow,
    Table,
    plural,
)
from cybernorms.exercises.questions import Question, QuestionSet

HARD, EASY, LOW_DISCRIMINATION = 0.3, 0.95, 0.2
KINDS = {
    "choice": "one choice",
    "several": "choose all",
    "match": "match",
    "order": "order",
    "number": "a number",
    "clause": "clause",
    "value": "a value",
    "forecast": "forecast",
    "written": "written",
}

WAITS = "waits for your marks"
OWN_WORD = (
    "Times and numbers of attempts are the learner's own word: they come from a file on the "
    "learner's computer, which can be edited."
)


def _graded(results: ClassResults) -> dict[str, tuple[QuestionSet, Question]]:
    return {
        question.id: (each, question)
        for each in results.tests()
        for question in results.items(each)
    }


def on_one_scale(results: ClassResults) -> ReportPart:
    """Return the share of the points that the class has of each question, hardest first."""
    blocks: list[Block] = []
    for each in results.sets:
        if results.graded(each):
            rows = [_scale_row(results, item) for item in results.statistics(each).items]
            rows.sort(key=lambda row: 2.0 if row.share is None else row.share)
            blocks += [Heading(each.title, 3), Scale(rows)]
    if not blocks:
        return ReportPart([Paragraph(NOTHING_MARKED)])
    how = (
        "A disc is the share of the points that students who answered have; the bar is what it "
        "could be in another class like this one, at 99 per cent. Where the bar crosses the dotted "
        "mark, they may as well have guessed."
    )
    note = (
        "Students who gave no answer are left out here and count 0 in totals, so questions that "
        "weaker students skip look easier than they are. Don't rank neighbours whose bars "
        "overlap. Where there is no dotted mark, guessing brings no fixed share."
    )
    return ReportPart([Paragraph(how), *blocks, Paragraph(note, "src")])


def _scale_row(results: ClassResults, item: ItemStatistics) -> ScaleRow:
    question = results.question(item.question)
    note = f"{KINDS.get(question.kind, question.kind)}, {plural(item.answered, 'answer')}"
    interval = item.difficulty_interval
    if item.difficulty is None or interval is None:
        waits = WAITS if question.by_teacher else "nobody answered"
        return ScaleRow(name_of(question), note, waits=waits)
    guess = question.credit_by_guessing()
    return ScaleRow(name_of(question), note, item.difficulty, *interval, guess)


def heat_map(results: ClassResults) -> ReportPart:
    """Return who got what right: students by questions."""
    from cybernorms.figures.classroom import draw_heat_map

    graded = _graded(results)
    if not graded:
        return ReportPart([Paragraph(NOTHING_MARKED)])
    credits = {id: results.credits(id) for id in graded}
    ease = {id: difficulty(row) or 0 for id, row in credits.items()}
    questions = sorted(graded, key=lambda id: (-ease[id], id))
    points = results.points()
    order = sorted(range(len(points)), key=lambda index: (-(points[index] or 0), index))
    rows = [[credits[id][index] for id in questions] for index in order]
    names = [name_of(graded[id][1]) for id in questions]
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
    """Return what the figures of an item ask a teacher to look at, or nothing.

    They do only where the whole interval does, and not in a small class. The limit of 0.2 for
    discrimination is that of R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement
    (5th ed., 1991), ch. 13.
    """
    if not item.answered:
        return "nobody answered"
    if item.answered < FEWEST:
        return ""
    telling, easy = item.discrimination_interval, item.difficulty_interval
    if telling and telling.high < 0:
        return "the stronger students got it wrong: read the question and its key again"
    if telling and telling.high < LOW_DISCRIMINATION:
        return "tells students apart badly"
    if easy and easy.high < HARD:
        return "hard for this class"
    if easy and easy.low > EASY:
        return "nearly all were right"
    return ""


def items(results: ClassResults) -> ReportPart:
    """Return difficulty and discrimination of each question, and what deserves a look."""
    from cybernorms.figures.classroom import draw_items

    found = {each.title: results.statistics(each).items for each in results.tests()}
    defined = [
        (name_of(results.question(item.question)), item.difficulty, item.discrimination)
        for of_set in found.values()
        for item in of_set
        if item.difficulty is not None and item.discrimination is not None
    ]
    notable = {
        name_of(results.question(item.question))
        for of_set in found.values()
        for item in of_set
        if (telling := item.discrimination_interval)
        and telling.high < LOW_DISCRIMINATION
        and item.answered >= FEWEST
    }
    columns = ["Question", "Answered", "Difficulty", "Discrimination", "Attempts each", "Remark"]
    blocks: list[Block] = [draw_items(defined, notable)] if defined else []
    for title, of_set in found.items():
        blocks.append(Table(title, columns, [_item_row(results, item) for item in of_set]))
    note = (
        "Difficulty is the mean credit of those who answered, so a high figure means an easy "
        "question. Discrimination is the correlation with the points on the other questions of "
        "the set, where no answer counts 0. In brackets is what each could be in another class "
        "like this one, at 99 per cent; there is a remark only where that whole range bears it "
        f"out, and never below {FEWEST} students. "
    )
    return ReportPart([*blocks, Paragraph(note + OWN_WORD, "note")])


def _item_row(results: ClassResults, item: ItemStatistics) -> list[Line]:
    question = results.question(item.question)
    return [
        named(question),
        f"{item.answered} of {item.learners}",
        format_interval(item.difficulty, item.difficulty_interval),
        format_interval(item.discrimination, item.discrimination_interval),
        _format_attempts(results, item),
        WAITS if question.by_teacher and item.difficulty is None else remark(item),
    ]


def _format_attempts(results: ClassResults, item: ItemStatistics) -> str:
    attempts = results.attempts.get(item.question, 0)
    return figure(attempts / item.answered) if item.answered and attempts else "–"


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
    columns = ["Option", "Verdict", "Chosen", "Guessers", "Reason"]
    table = Table("What was chosen", columns, list(map(_drawn_row, drawn)))
    return Aside(name_of(question), [Paragraph(question.prompt), table])


def _drawn_row(each: OptionCount) -> list[str]:
    chosen = f"{each.count} ({percent(each.share)})"
    return [
        *(each.offer.name, each.offer.verdict, chosen),
        *(percent(each.chance), each.offer.reason),
    ]
