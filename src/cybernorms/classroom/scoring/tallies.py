"""What a class did with each question, counted as students are marked one by one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import isnan, nan
from operator import itemgetter

from cybernorms.classroom.scoring.item_statistics import alpha_of, describe_alpha, item_statistics
from cybernorms.classroom.scoring.scorer import Result, ScoredAnswers
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.questions import Question, QuestionSet

ITEMS = (
    *("set", "question", "use", "kind", "points", "learners", "answered", "marked"),
    *("difficulty", "discrimination", "blank or unreadable", "awaiting teacher", "attempts"),
)
OPTIONS = ("set", "question", "option", "text", "verdict", "chosen", "share of marked")


# The fields of a result, a million of which are counted in a large class.
_STATE, _CREDIT, _CHOSEN = (
    itemgetter(Result._fields.index(name)) for name in ("state", "credit", "chosen")
)


class Tallies:
    """Counts for each question, and eight bytes for each answer, from which statistics are made.

    Arguments:
        keys: set, key and question of all that is counted, as `keys_of` gives them.
    """

    def __init__(self, keys: Sequence[tuple[str, str, Question]]) -> None:
        self._keys = keys
        self._set_of = {key: set for set, key, _ in keys}
        self._credits = [array("d") for _ in keys]
        self._states: list[Counter[str]] = [Counter() for _ in keys]
        self._chosen: list[Counter[str]] = [Counter() for _ in keys]
        self._attempts: Counter[str] = Counter()

    def add(self, marked: Sequence[ScoredAnswers]) -> None:
        """Count some students' answers in those sets of which there is one."""
        of_set: dict[str, list[list[Result]]] = {set: [] for set in self._set_of.values()}
        for results, attempted in marked:
            self._attempts.update(attempted)
            for each in set(map(self._set_of.get, attempted)):
                if each:  # else it is of a set that does not count
                    of_set[each].append(results)
        for index, (name, _, _) in enumerate(self._keys):
            column = list(map(itemgetter(index), of_set[name]))
            self._states[index].update(map(_STATE, column))
            credits = map(_CREDIT, column)
            self._credits[index].extend([nan if each is None else each for each in credits])
            self._chosen[index].update(chain.from_iterable(map(_CHOSEN, column)))

    def merge(self, other: Tallies) -> None:
        """Add the counts of another part of the class, which comes behind this one."""
        for index in range(len(self._keys)):
            self._credits[index].extend(other._credits[index])
            self._states[index].update(other._states[index])
            self._chosen[index].update(other._chosen[index])
        self._attempts.update(other._attempts)

    def _known(self, index: int) -> Sequence[float | None]:
        credits = self._credits[index]
        if not isnan(sum(credits)):
            return credits
        return [None if isnan(credit) else credit for credit in credits]

    def _graded(self, set: str) -> list[int]:
        return [
            index
            for index, (of, key, question) in enumerate(self._keys)
            if of == set and question.points and not key.endswith(AGAIN)
        ]

    def _test(self, set: str) -> tuple[dict[str, Sequence[float | None]], dict[str, float]]:
        """Return credits and points of what brings points in a set and was marked for anybody."""
        indexes = [index for index in self._graded(set) if self._states[index]["marked"]]
        credits = {self._keys[index][1]: self._known(index) for index in indexes}
        return credits, {self._keys[index][1]: self._keys[index][2].points for index in indexes}

    def alpha(self, set: str) -> str:
        """Return Cronbach's alpha of the graded questions of a set, as a sentence."""
        credits, points = self._test(set)
        learners = max((len(row) for row in credits.values()), default=0)
        return describe_alpha(alpha_of(credits, points), len(credits), learners)

    def item_rows(self) -> list[list[object]]:
        """Return the lines of items.csv."""
        discrimination: dict[str, float | None] = {}
        for set in dict.fromkeys(key[0] for key in self._keys):
            for each in item_statistics(*self._test(set)):
                discrimination[each.question] = each.discrimination
        rows: list[list[object]] = []
        for index, (set, key, question) in enumerate(self._keys):
            states = self._states[index]
            marked = [credit for credit in self._known(index) if credit is not None]
            learners = len(self._credits[index])
            row = [set, key, question.use, question.kind, question.points, learners]
            row += [learners - states["not answered"], len(marked)]
            row += [sum(marked) / len(marked) if marked else None, discrimination.get(key)]
            row += [states["blank"] + states["unreadable"], states["awaiting teacher"]]
            rows.append([*row, self._attempts[key]])
        return rows

    def option_rows(self) -> list[list[object]]:
        """Return the lines of options.csv: how often each option was chosen."""
        rows: list[list[object]] = []
        for index, (set, key, question) in enumerate(self._keys):
            marked = self._states[index]["marked"]
            for id, offer in question.offers().items():
                count = self._chosen[index][id]
                share = count / marked if marked else None
                rows.append(
                    [set, key, id, offer.in_tables or offer.name, offer.verdict, count, share]
                )
        return rows


def describe_sets(tallies: Tallies, sets: Sequence[QuestionSet]) -> list[str]:
    """Return a sentence on the inner consistency of each set that brings points."""
    return [f"{each.id}: {tallies.alpha(each.id)}" for each in sets if each.points]
