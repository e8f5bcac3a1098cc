"""Write a short text, which a teacher marks by a rubric."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from msgspec import Struct

from cybernorms.document import Block, Bullets, Paragraph, plural
from cybernorms.exercises.fields import Fields, Known
from cybernorms.exercises.questions import TEACHER_MARKS, Question
from cybernorms.exercises.responses import count_words, read_text

_LEVEL_SHARES = (1.0, 2 / 3, 1 / 3, 0.0)


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


class Sample(Struct, frozen=True):
    """An answer that shows the rubric at work: its text, the level by criterion, and why.

    Without a text it is the exemplar that is marked.
    """

    name: str
    text: str
    levels: Mapping[str, str]
    note: str


class Written(Question, frozen=True):
    """Write a short text; a teacher marks it by the rubric. Response: text.

    `words` are the least and the most words asked for; `samples` are answers marked by the rubric,
    from weak to good.
    """

    judged: ClassVar[bool] = False
    by_teacher: ClassVar[bool] = True
    OPEN: ClassVar[Mapping[str, Any]] = {
        "words": None,
        "criterion": {
            **{"id": None, "name": None, "points": None},
            "level": {"name": None, "text": None},
        },
    }

    words: tuple[int, int]
    criteria: tuple[Criterion, ...]
    exemplar: str
    samples: tuple[Sample, ...] = ()

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        """Return the question; the rubric stays in sight where the key is withheld."""
        words = fields.take("words")
        whole = isinstance(words, list) and all(type(count) is int for count in words)
        if not whole or len(words) != 2 or not 0 < words[0] < words[1]:
            raise fields.problem("words", "Two numbers of words are expected", "Write [100, 200]")
        criteria = _criteria(fields, common["points"])
        exemplar = "" if common["withheld"] else fields.text("exemplar")
        samples = () if common["withheld"] else _samples(fields, criteria)
        return cls(
            **common,
            words=(words[0], words[1]),
            criteria=criteria,
            exemplar=exemplar,
            samples=samples,
        )

    def marked(self, sample: Sample) -> list[tuple[Criterion, Level]]:
        """Return the level that a sample reaches on each criterion."""
        return [
            (each, next(level for level in each.levels if level.name == sample.levels[each.id]))
            for each in self.criteria
        ]

    def read_response(self, response: Any) -> str:
        """Return the text."""
        return read_text(response)

    def awaiting(self, given: str) -> str:
        """Say how long the text is; nothing marks prose automatically."""
        words, (least, most) = count_words(given), self.words
        count = plural(words, "word")
        if words < least:
            length = f"{count}, {least - words} fewer than the {least} asked for."
        elif words > most:
            length = f"{count}, {words - most} more than the {most} asked for."
        else:
            length = f"{count}, within the {least} to {most} asked for."
        next_step = "Now read it and the example by the rubric."
        return f"{length} {TEACHER_MARKS if self.withheld else next_step}"

    def offer_blocks(self) -> list[Block]:
        least, most = self.words
        criteria = [
            f"{each.name} ({each.points:g} {'point' if each.points == 1 else 'points'})"
            for each in self.criteria
        ]
        return [Paragraph(f"Write {least} to {most} words. What counts:"), Bullets(criteria)]


def _criteria(fields: Fields, points: float) -> tuple[Criterion, ...]:
    """Return the rubric, whose criteria together bring the points of the question."""
    criteria = fields.read_each("criterion", _criterion, least=3)
    if len(criteria) > 4:
        raise fields.problem("criterion", "A rubric has three or four criteria", "Join some")
    total = sum(criterion.points for criterion in criteria)
    if abs(total - points) > 1e-9:
        raise fields.problem(
            "criterion",
            f"The criteria bring {total:g} points, the question {points:g}",
            "Make both the same",
        )
    return criteria


def _samples(fields: Fields, criteria: tuple[Criterion, ...]) -> tuple[Sample, ...]:
    """Return the answers that were marked by the rubric, if there are any."""

    def sample(table: Fields) -> Sample:
        levels = table.take("levels")
        for each in criteria:
            names = [level.name for level in each.levels]
            if not isinstance(levels, dict) or levels.get(each.id) not in names:
                remedy = f"Give {each.id} one of: {', '.join(names)}"
                raise table.problem("levels", f"The criterion {each.id!r} has no level", remedy)
        return Sample(table.text("name"), table.text("text", ""), levels, table.text("note"))

    return fields.read_each("sample", sample, least=0, differ=("name",))


def _criterion(table: Fields) -> Criterion:
    texts = table.read_each("level", lambda each: (each.text("name"), each.text("text")), differ=())
    if len(texts) != len(_LEVEL_SHARES):
        raise table.problem("level", "A criterion has four levels", "Describe four, best first")
    levels = [Level(*text, share) for text, share in zip(texts, _LEVEL_SHARES, strict=True)]
    points = table.number("points", low=0)
    return Criterion(table.id(), table.text("name"), points, tuple(levels))
