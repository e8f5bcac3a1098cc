"""What a class did with each question, counted as students are marked one by one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

from cybernorms.classroom.scoring.item_statistics import mean
from cybernorms.classroom.scoring.scorer import Result, ScoredAnswers
from cybernorms.classroom.scoring.set_statistics import (
    WAITING,
    ItemStatistics,
    SetStatistics,
    code_of,
    describe_alpha,
    known,
    set_statistics,
)
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.questions import Question, QuestionSet

ITEMS = (
    *("set", "question", "use", "kind", "points", "learners", "answered", "marked"),
    *("difficulty", "discrimination", "discrimination from", "discrimination to"),
    *("blank or unreadable", "awaiting teacher", "attempts"),
)
OPTIONS = ("set", "question", "option", "text", "verdict", "chosen", "share of marked")
OPTIONS_BY_SECTION = ("section", *OPTIONS)


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
        self._cells = [array("d") for _ in keys]
        self._states: list[Counter[str]] = [Counter() for _ in keys]
        self._sections: dict[str, _Choices] = {}
        self._attempts: Counter[str] = Counter()
        self._found: dict[str, SetStatistics] = {}

    def add(self, marked: Sequence[ScoredAnswers], sections: Sequence[str] = ()) -> None:
        """Count some students' answers in those sets of which there is one.

        Arguments:
            marked: of the students who are in the statistics.
            sections: the section of each of them, if the class has sections.
        """
        self._found.clear()
        of = sections or [""] * len(marked)
        for section in dict.fromkeys(of):
            mine = [each for each, other in zip(marked, of, strict=True) if other == section]
            self._add(mine, self._choices(section))

    def _choices(self, section: str) -> _Choices:
        if section not in self._sections:
            self._sections[section] = _Choices(len(self._keys))
        return self._sections[section]

    def _add(self, marked: Sequence[ScoredAnswers], choices: _Choices) -> None:
        of_set: dict[str, list[list[Result]]] = {set: [] for set in self._set_of.values()}
        for results, attempted, _ in marked:
            self._attempts.update(attempted)
            for each in set(map(self._set_of.get, attempted)):
                if each:  # else it is of a set that does not count
                    of_set[each].append(results)
        for index, (name, _, _) in enumerate(self._keys):
            column = list(map(itemgetter(index), of_set[name]))
            states = list(map(_STATE, column))
            self._states[index].update(states)
            self._cells[index].extend(
                [
                    code_of(state) if credit is None else credit
                    for credit, state in zip(map(_CREDIT, column), states, strict=True)
                ]
            )
            choices.marked[index] += states.count("marked")
            choices.chosen[index].update(chain.from_iterable(map(_CHOSEN, column)))

    def merge(self, other: Tallies) -> None:
        """Add the counts of another part of the class, which comes behind this one."""
        self._found.clear()
        for index in range(len(self._keys)):
            self._cells[index].extend(other._cells[index])
            self._states[index].update(other._states[index])
        for section, choices in other._sections.items():
            self._choices(section).merge(choices)
        self._attempts.update(other._attempts)

    def _column(self, index: int) -> list[float]:
        """Return the cells of a question, rounded as students.csv has them."""
        cells = self._cells[index]
        rounded = {cell: round(cell, 4) for cell in set(cells)}  # of which there are few
        return [rounded[cell] for cell in cells]

    def statistics(self, set: str) -> SetStatistics:
        """Return the figures of the graded questions of a set."""
        if set not in self._found:
            self._found[set] = self._statistics(set)
        return self._found[set]

    def _statistics(self, set: str) -> SetStatistics:
        graded = [
            (index, key, question)
            for index, (of, key, question) in enumerate(self._keys)
            if of == set and question.points and not key.endswith(AGAIN)
        ]
        return set_statistics(
            {key: self._column(index) for index, key, _ in graded},
            {key: question.points for _, key, question in graded},
            [key for _, key, question in graded if question.by_teacher],
        )

    def item_rows(self) -> list[list[object]]:
        """Return the lines of items.csv."""
        of_sets = map(self.statistics, dict.fromkeys(key[0] for key in self._keys))
        found = {item.question: item for each in of_sets for item in each.items}
        rows: list[list[object]] = []
        for index, (set, key, question) in enumerate(self._keys):
            states = self._states[index]
            item = found.get(key) or self._ungraded(index)
            learners = len(self._cells[index])
            row = [set, key, question.use, question.kind, question.points, learners]
            row += [learners - states["not answered"], item.answered]
            row += [
                item.difficulty,
                item.discrimination,
                *(item.discrimination_interval or [None, None]),
            ]
            row += [states["blank"] + states["unreadable"], states["awaiting teacher"]]
            rows.append([*row, self._attempts[key]])
        return rows

    def _ungraded(self, index: int) -> ItemStatistics:
        """Return what can be said of a question without points, which is in no total."""
        column = self._column(index)
        credits = known(column)
        easy = None if WAITING in column else mean(credits)
        return ItemStatistics(self._keys[index][1], len(column), len(credits), easy)

    def option_rows(self) -> list[list[object]]:
        """Return the lines of options.csv: how often each option was chosen."""
        whole = _Choices(len(self._keys))
        for each in self._sections.values():
            whole.merge(each)
        return self._rows_of(whole)

    def section_rows(self) -> list[list[object]]:
        """Return the same for each section, behind its name; nothing where there are none."""
        return [
            [section, *row]
            for section, choices in sorted(self._sections.items())
            if section
            for row in self._rows_of(choices)
        ]

    def _rows_of(self, choices: _Choices) -> list[list[object]]:
        rows: list[list[object]] = []
        for index, (set, key, question) in enumerate(self._keys):
            marked = choices.marked[index]
            for id, offer in question.offers().items():
                count = choices.chosen[index][id]
                share = count / marked if marked else None
                text = offer.in_tables or offer.name
                rows.append([set, key, id, text, offer.verdict, count, share])
        return rows


class _Choices:
    """What some students chose: for each key how many were marked, and how often each offer."""

    def __init__(self, keys: int) -> None:
        self.marked = [0] * keys
        self.chosen: list[Counter[str]] = [Counter() for _ in range(keys)]

    def merge(self, other: _Choices) -> None:
        for index, marked in enumerate(other.marked):
            self.marked[index] += marked
            self.chosen[index].update(other.chosen[index])


def describe_sets(tallies: Tallies, sets: Sequence[QuestionSet]) -> list[str]:
    """Return a sentence on the inner consistency of each set that brings points."""
    return [
        f"{each.id[:2]} {each.title}: {describe_alpha(tallies.statistics(each.id))}"
        for each in sets
        if each.points
    ]
