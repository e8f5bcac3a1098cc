"""What a class misunderstood, in words, and how sure that is: the first screen of the report.

A wrong answer is a finding where more students gave it than would have guessed it. Those shown are
picked out of all wrong answers on offer, so their intervals are wide enough to hold for all of
these at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cybernorms.classroom.report.class_results import ClassResults, OptionCount
from cybernorms.classroom.report.report_part import name_of
from cybernorms.classroom.scoring.intervals import FEWEST, LEVEL, Interval, wilson
from cybernorms.document import Block, Columns, Dots, Inline, Paragraph, Quoted, Section, Strong
from cybernorms.exercises.questions import Question, QuestionSet

MOST = 3
FULL = 1 - 1e-9
NEAR = 0.05  # above what guessers get, and still no better than they
MISREAD, GUESSED, UNSURE = "misread", "guessed", "unsure"
NUMBERS = ("no", "one", "two", "three")
NOTHING = "No wrong answer drew more students than guessing would"


@dataclass(frozen=True)
class Finding:
    """One of the things to look at: how many of those who answered, and what guessing brings.

    For `misread` and `unsure` they chose the wrong answer `drew`; for `guessed` they had all
    right, and `most` is the wrong answer that most gave.
    """

    kind: str
    set: QuestionSet
    question: Question
    count: int
    answered: int
    left: int
    chance: float
    interval: Interval
    drew: OptionCount | None = None
    most: OptionCount | None = None

    @property
    def share(self) -> float:
        """Return the share of those who answered."""
        return self.count / self.answered


def findings(results: ClassResults, most: int = MOST) -> list[Finding]:
    """Return what to look at first, at most one of each question.

    First come wrong answers that more students gave than guessing explains, by how many more;
    then questions at which the class did no better than guessers; then wrong answers that many
    gave, but not more than could have guessed.
    """
    wrong = list(_wrong_answers(results))
    sure = [each for each in wrong if each.interval.low > each.chance]
    unsure = [
        each for each in wrong if each.interval.low <= each.chance < each.count / each.answered
    ]
    found: dict[str, Finding] = {}
    for ranked in (_by_excess(sure), _guessed(results), _by_excess(unsure)):
        for each in ranked:
            found.setdefault(each.question.id, each)
    return list(found.values())[:most]


def _by_excess(found: Iterable[Finding]) -> list[Finding]:
    """Return findings by how many more chose the answer than would have guessed it."""
    return sorted(found, key=lambda each: each.chance - each.share)


def _wrong_answers(results: ClassResults) -> Iterable[Finding]:
    graded = {one.id: (each, one) for each in results.tests() for one in results.items(each)}
    wrong = [
        each
        for each in results.counts
        if each.question in graded and each.offer.verdict == "incorrect" and each.chance is not None
    ]
    level = 1 - (1 - LEVEL) / max(1, len(wrong))
    for each in wrong:
        set, question = graded[each.question]
        interval = wilson(each.share, each.answered, level)
        if each.count > 1 and interval and each.chance is not None:
            left = max(0, len(results.takers(set)) - each.answered)
            numbers = (each.count, each.answered, left, each.chance, interval)
            kind = MISREAD if interval.low > each.chance else UNSURE
            yield Finding(kind, set, question, *numbers, each)


def _guessed(results: ClassResults) -> list[Finding]:
    """Return the questions at which a class that is large enough did no better than guessers."""
    found: list[tuple[float, Finding]] = []
    for set in results.tests():
        takers = len(results.takers(set))
        for item in results.statistics(set).items:
            question = results.question(item.question)
            chance, interval = question.credit_by_guessing(), item.difficulty_interval
            if chance is None or interval is None or item.difficulty is None:
                continue
            if item.answered < FEWEST or item.difficulty > chance + NEAR:
                continue
            full = sum((each or 0) > FULL for each in results.credits(question.id))
            numbers = (full, item.answered, max(0, takers - item.answered), chance, interval)
            wrong = [each for each in results.counts if _is_wrong(each, question.id)]
            most = max(wrong, key=lambda each: each.count, default=None)
            finding = Finding(GUESSED, set, question, *numbers, most=most)
            found.append((item.difficulty - chance, finding))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _is_wrong(each: OptionCount, question: str) -> bool:
    return each.question == question and each.offer.verdict == "incorrect" and each.count > 0


def headline(found: Sequence[Finding]) -> str:
    """Return what the findings come to, as the heading of the report."""
    parts = []
    counts = [sum(each.kind == kind for each in found) for kind in (MISREAD, GUESSED, UNSURE)]
    misread, guessed, unsure = counts
    if misread:
        parts.append(f"{NUMBERS[misread]} {'thing' if misread == 1 else 'things'} to teach again")
    if guessed:
        parts.append(f"{NUMBERS[guessed]} {'' if misread else 'question '}they may have guessed")
    if unsure:
        parts.append(f"{NUMBERS[unsure]} that may be chance")
    text = ", ".join(parts) or NOTHING
    return text[0].upper() + text[1:]


def finding_blocks(found: Sequence[Finding], students: int, level: int = 3) -> list[Block]:
    """Return findings side by side, each with a dot for every student and what it can bear.

    Arguments:
        found: the findings.
        students: of the class.
        level: of their headings.
    """
    if not found:
        return [Paragraph(f"{NOTHING}.")]
    sections = [Section(name_of(each.question), _blocks(each, students), level) for each in found]
    note = (
        "Full dots are the students the sentence is about; hollow ones answered otherwise, dotted "
        "ones gave no answer. These wrong answers were picked out of all that were on offer, so "
        "their intervals are wide enough to hold for all of them together, at 99 per cent. "
        "Guessers find all answers equally likely, and tick half the boxes of a choose-all "
        "question."
    )
    return [Columns(sections), Paragraph(note, "src")]


def _blocks(each: Finding, students: int) -> list[Block]:
    text: list[Inline]
    if each.drew is None:
        text = [f"{each.count} of {each.answered} students had all of it right."]
        alt = f"{each.count} of {each.answered} had all of it right; {each.left} gave no answer."
    else:
        part = f"On “{each.drew.offer.part}”: " if each.drew.offer.part else ""
        chose = f"{part}{each.count} of {each.answered} students chose "
        text = [chose, Quoted(each.drew.offer.text), "."]
        alt = f"{each.count} of {each.answered} chose it; {each.left} gave no answer."
    groups = [("full", each.count), ("hollow", each.answered - each.count), ("dotted", each.left)]
    blocks: list[Block] = [
        *(Paragraph(each.question.prompt, "note"), Paragraph(text)),
        *(Dots(groups, alt), Paragraph(_how_sure(each, students))),
    ]
    if each.most:
        chose = f"Most often wrong, {each.most.count} of {each.most.answered}: "
        blocks.append(Paragraph([chose, Quoted(each.most.offer.name), "."]))
    if drew := each.drew or each.most:
        blocks.append(Paragraph([Strong("What to say. "), drew.offer.reason]))
    return blocks


def _how_sure(each: Finding, students: int) -> list[Strong | str]:
    low, high = f"{each.interval.low * 100:.0f}", f"{each.interval.high * 100:.0f}"
    chance = f"{each.chance * 100:.0f}"
    if each.kind == GUESSED:
        return [
            Strong("No better than guessing. "),
            f"The class may have from {low} to {high} per cent of the points here, and guessers "
            f"get {chance}.",
        ]
    of_such = f"Of students like these, from {low} to {high} per cent would choose it"
    if each.kind == MISREAD:
        sure = f"As sure as {students} students allow. "
        return [Strong(sure), f"{of_such}; of guessers, {chance}."]
    return [
        Strong("Can’t tell. "),
        f"{of_such}, and the {chance} per cent of guessers lie within. Ask it aloud before you "
        "teach it again.",
    ]
