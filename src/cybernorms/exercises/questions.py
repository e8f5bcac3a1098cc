"""What a question is: nine kinds, each with everything its form and its marking need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

VERDICTS = ("correct", "defensible", "incorrect")
USES = ("graded", "practice", "entry")


class Option(Struct, frozen=True):
    """One thing that can be chosen, with its reason and the paragraph that supports it.

    `credit` runs from 0 (incorrect) to 1 (correct); a defensible option has a stated part.
    """

    id: str
    text: str
    verdict: str
    credit: float
    reason: str
    source: str
    pinpoint: str


class Question(Struct, frozen=True):
    """What all kinds share.

    `points` is 0 for questions that are not graded; `minutes` is a learner's time; `sources` are
    ids of sources, `passages` ids of quotations that stand above the form; `revision` changes
    when anything in the question does; `closing` is what to take away, shown after the reasons.
    Where `withheld` is true, the key stayed with the teacher: verdicts, reasons, answers and
    exemplar are empty.
    """

    id: str
    kind: str
    use: str
    outcome: str
    minutes: float
    points: float
    prompt: str
    hint: str
    sources: tuple[str, ...]
    passages: tuple[str, ...]
    closing: str
    revision: str
    withheld: bool


class Choice(Question, frozen=True):
    """Choose one option. Response: the option's id."""

    options: tuple[Option, ...]


class Several(Question, frozen=True):
    """Choose all options that apply. Response: a list of option ids."""

    options: tuple[Option, ...]


class Item(Struct, frozen=True):
    """Something to put into a category.

    `placements` has an option for each category that the author judged; its id is the category's.
    `otherwise` is the reason why every other category is wrong.
    """

    id: str
    text: str
    placements: Mapping[str, Option]
    otherwise: str
    source: str
    pinpoint: str


class Match(Question, frozen=True):
    """Put each item into a category. Response: a mapping of item id to category id."""

    categories: Mapping[str, str]
    items: tuple[Item, ...]


class Ranked(Struct, frozen=True):
    """Something to put in order; items of equal rank may stand either way round."""

    id: str
    text: str
    rank: int
    reason: str
    source: str
    pinpoint: str


class Order(Question, frozen=True):
    """Put items in order. Response: a list of all item ids, first to last."""

    items: tuple[Ranked, ...]


class Mistake(Struct, frozen=True):
    """A wrong number that learners arrive at, and how."""

    value: float
    reason: str


class Number(Question, frozen=True):
    """Give a number. Response: a number, or the text that was typed.

    Full credit within `tolerance` of `answer`; half within `wide_tolerance`, where the question
    has one and `wide_reason` says why. Both tolerances have the unit of the answer.
    """

    answer: float
    tolerance: float
    wide_tolerance: float | None
    unit: str
    reason: str
    wide_reason: str
    otherwise: str
    mistakes: tuple[Mistake, ...]
    source: str
    pinpoint: str


class Statement(Struct, frozen=True):
    """Something that may or may not turn out to be so."""

    id: str
    text: str


class Forecast(Question, frozen=True):
    """Give a probability for each statement. Response: statement id to percent, 0 to 100."""

    statements: tuple[Statement, ...]


class Part(Struct, frozen=True):
    """One element of a clause, such as its verb, with the wordings on offer."""

    id: str
    label: str
    required: bool
    options: tuple[Option, ...]


class Clause(Question, frozen=True):
    """Build a clause from parts. Response: a mapping of part id to option id."""

    parts: tuple[Part, ...]


class Check(Struct, frozen=True):
    """One property of a computed value.

    `test` is one of `columns`, `rows`, `contains`, `equals`; `share` is its part of the credit,
    all shares of a question add up to 1.
    """

    id: str
    name: str
    test: str
    expected: Any
    tolerance: float
    share: float
    passed: str
    failed: str


class Value(Question, frozen=True):
    """Compute a number, text, list, mapping or table in code. Response: the value."""

    checks: tuple[Check, ...]
    source: str
    pinpoint: str


class Level(Struct, frozen=True):
    """A described level of a criterion; `share` is its part of the criterion's points."""

    name: str
    text: str
    share: float


class Criterion(Struct, frozen=True):
    """One line of a rubric: three or four of them, each with four levels, best first."""

    id: str
    name: str
    points: float
    levels: tuple[Level, ...]


class Written(Question, frozen=True):
    """Write a short text; a teacher marks it by the rubric. Response: text.

    `words` are the least and the most words asked for.
    """

    words: tuple[int, int]
    criteria: tuple[Criterion, ...]
    exemplar: str


class QuestionSet(Struct, frozen=True):
    """The questions of one lesson, in order, as one TOML file holds them."""

    id: str
    title: str
    revision: str
    questions: tuple[Question, ...]

    @property
    def points(self) -> float:
        """Return the points that the whole set can bring."""
        return sum(question.points for question in self.questions)
