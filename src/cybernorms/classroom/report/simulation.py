"""A made-up class, with known abilities, to try marking, statistics and reports on.

Whether a made-up learner gets something right follows the Rasch model: the chance is
1 / (1 + exp(difficulty - ability)). Abilities and difficulties are drawn from the standard normal
distribution and kept in a key file, so that one can see how well statistics recover them.
Source: G. Rasch, Probabilistic Models for Some Intelligence and Attainment Tests (1960).

Everything here says that it is made up: names, files and texts.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Any

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.checks import Check
from cybernorms.exercises.hand_in import AGAIN, HandIn, as_bytes
from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.record import Answer
from cybernorms.exercises.withheld import must_have_keys
from cybernorms.files import write_whole

MOST_LEARNERS = 5_000
COURSE_BEGINS = datetime(2026, 1, 12, 9, tzinfo=UTC)
DUE = datetime(2026, 2, 20, 23, 59, 59, tzinfo=UTC)
LEARNED = 1.0  # How much easier the first questions are at the end, on the scale of abilities.
SHARE_BLANK = 0.05
SHARE_LATE = 0.1
SHARE_OF_VALUES = 0.25
SHARE_TRIED_TWICE = 0.2
FILLER = (
    "This text is made up to try out the marking of a class, and says nothing about any State. "
)


def name_of(number: int) -> str:
    """Return the name of a made-up learner.

    >>> name_of(7)
    'Made-up Student 007'
    """
    return f"Made-up Student {number:03}"


def chance(ability: float, difficulty: float) -> float:
    """Return the chance of a right answer under the Rasch model.

    >>> chance(0.5, 0.5)
    0.5
    """
    return 1 / (1 + exp(difficulty - ability))


def difficulty_of(question: str, seed: int) -> float:
    """Return the made-up difficulty of a question: the same for every class of a seed."""
    return Random(f"difficulty {seed} {question}").gauss(0, 1)


def _wrong(options: Sequence[Option], random: Random) -> str:
    """Return an option that is not correct; the first on offer draw most, as they often do."""
    others = [option.id for option in options if option.verdict != "correct"]
    weights = [1 / (index + 1) for index in range(len(others))]
    return random.choices(others, weights)[0] if others else options[0].id


def _right(options: Sequence[Option]) -> str:
    return next(option.id for option in options if option.verdict == "correct")


def _one_of(options: Sequence[Option], right: float, random: Random) -> str:
    return _right(options) if random.random() < right else _wrong(options, random)


def _choice(question: Choice, right: float, random: Random) -> str:
    return _one_of(question.options, right, random)


def _several(question: Several, right: float, random: Random) -> list[str]:
    """Judge each option by itself; a defensible one is chosen by every other learner."""
    chances = {"correct": right, "defensible": 0.5, "incorrect": 1 - right}
    chosen = [each.id for each in question.options if random.random() < chances[each.verdict]]
    return chosen or [random.choice(question.options).id]


def _match(question: Match, right: float, random: Random) -> dict[str, str]:
    response = {}
    for item in question.items:
        fitting = next(id for id, each in item.placements.items() if each.verdict == "correct")
        others = [id for id in question.categories if id != fitting]
        response[item.id] = fitting if random.random() < right else random.choice(others)
    return response


def _order(question: Order, right: float, random: Random) -> list[str]:
    """Put the items in order, then let each swap places with the next one now and then."""
    ids = [item.id for item in sorted(question.items, key=lambda item: item.rank)]
    for index in range(len(ids) - 1):
        if random.random() > right:
            ids[index : index + 2] = reversed(ids[index : index + 2])
    return ids


def _number(question: Number, right: float, random: Random) -> float:
    if random.random() < right:
        return question.answer
    if question.mistakes and random.random() < 0.6:
        return random.choice(question.mistakes).value
    off = max(1.0, question.tolerance, question.wide_tolerance or 0) * random.randint(2, 5)
    return question.answer + off


def _forecast(question: Forecast, right: float, random: Random) -> dict[str, int]:
    given = {each.id: random.randrange(0, 101, 5) for each in question.statements}
    if random.random() > right:
        given.popitem()
    return given


def _clause(question: Clause, right: float, random: Random) -> dict[str, str]:
    return {part.id: _one_of(part.options, right, random) for part in question.parts}


def _value(question: Value, right: float, random: Random) -> Any:
    """Return a value that passes what is checked first, or one that is off."""
    if random.random() > right:
        return random.randint(-9, -1)
    checks: dict[str, Check] = {check.test: check for check in question.checks}
    return checks.get("equals", question.checks[-1]).expected


def _written(question: Written, right: float, random: Random) -> str:
    """Return filler of about as many words as are asked for."""
    least, most = question.words
    wanted = random.randint(least, most) if right > 0.3 else least // 2
    words = (FILLER * (wanted // len(FILLER.split()) + 1)).split()
    return " ".join(words[:wanted]).rstrip(".,") + "."


ANSWERS: Mapping[type[Question], Callable[[Any, float, Random], Any]] = {
    Choice: _choice,
    Several: _several,
    Match: _match,
    Order: _order,
    Number: _number,
    Forecast: _forecast,
    Clause: _clause,
    Value: _value,
    Written: _written,
}


def made_up_answer(question: Question, right: float, random: Random) -> Any:
    """Return an answer to a question of any kind.

    Arguments:
        question: the question, with its key.
        right: the chance that each thing to be judged in it is judged rightly.
        random: where chance comes from.
    """
    return ANSWERS[type(question)](question, right, random)


@dataclass(frozen=True)
class MadeUpLearner:
    """A made-up learner: the hand-in, and the ability that it was made with."""

    name: str
    ability: float
    late: bool
    hand_in: HandIn


def _leaves_out(question: Question, ability: float, random: Random) -> bool:
    """Return whether a learner leaves a question blank: more often where ability is low."""
    if isinstance(question, Value):
        return random.random() > SHARE_OF_VALUES
    return random.random() < SHARE_BLANK * exp(-0.5 * ability)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


class _Sitting:
    """One learner at work: gives answers one after the other, at times that never go back."""

    def __init__(self, random: Random, begins: datetime) -> None:
        self._random = random
        self._now = begins
        self.answers: list[Answer] = []

    def answer(self, question: Question, right: float, id: str = "") -> None:
        self._now += timedelta(seconds=question.minutes * self._random.uniform(30, 90))
        response = made_up_answer(question, right, self._random)
        time = _stamp(self._now)
        self.answers.append(Answer(id or question.id, question.revision, response, time))

    def pause(self, until: datetime) -> None:
        self._now = max(self._now, until)


def made_up_learner(number: int, sets: Sequence[QuestionSet], seed: int) -> MadeUpLearner:
    """Return one made-up learner, the same for every size of class.

    Arguments:
        number: from 1.
        sets: the question sets to answer.
        seed: of the class.
    """
    random = Random(f"learner {seed} {number}")
    ability = random.gauss(0, 1)
    late = random.random() < SHARE_LATE
    questions = [question for each in sets for question in each.questions]
    begins = COURSE_BEGINS + timedelta(minutes=random.randrange(7 * 24 * 60))
    sitting = _Sitting(random, begins)
    hours = Random(f"late {seed} {number}").uniform(1, 24 * 10)
    in_time = len(questions) // 3 if late else len(questions)
    for index, question in enumerate(questions):
        if index == in_time:
            sitting.pause(DUE + timedelta(hours=hours))
        right = chance(ability, difficulty_of(question.id, seed))
        if _leaves_out(question, ability, random):
            continue
        if random.random() < SHARE_TRIED_TWICE and not isinstance(question, Forecast):
            sitting.answer(question, right / 2)
        sitting.answer(question, right)
    if not late:
        sitting.pause(DUE - timedelta(hours=random.uniform(1, 24 * 10) + 1))
    for question in questions:
        if question.use == "entry" and not _leaves_out(question, ability, random):
            right = chance(ability + LEARNED, difficulty_of(question.id, seed))
            sitting.answer(question, right, question.id + AGAIN)
    created = sitting.answers[-1].time if sitting.answers else _stamp(DUE)
    revisions = {each.id: each.revision for each in sets}
    name = name_of(number)
    return MadeUpLearner(
        name, ability, late, HandIn(name, created, revisions, tuple(sitting.answers))
    )


def made_up_class(learners: int, sets: Sequence[QuestionSet], seed: int = 0) -> list[MadeUpLearner]:
    """Return a made-up class.

    Arguments:
        learners: how many, from 1 to 5,000.
        sets: the question sets to answer.
        seed: the same seed gives the same class.

    Raises:
        CyberNormsError: there are too few or too many learners, or questions without a key.
    """
    must_have_keys(sets, "A class cannot be made up")
    if not 1 <= learners <= MOST_LEARNERS:
        raise CyberNormsError(
            f"A made-up class has from 1 to {MOST_LEARNERS:,} learners, not {learners}",
            remedy="Ask for another number",
        )
    return [made_up_learner(number, sets, seed) for number in range(1, learners + 1)]


def beside(folder: Path, ending: str) -> Path:
    """Return the path of a file beside a folder, so that it is not taken for a hand-in."""
    return folder.parent / f"{folder.name}-{ending}"


def write_class(
    learners: Sequence[MadeUpLearner], sets: Sequence[QuestionSet], folder: Path, seed: int
) -> list[Path]:
    """Write a hand-in for each learner into a folder, and beside it the key and a class list.

    Returns:
        The folder, the key and the class list.

    Raises:
        CyberNormsError: the folder holds something else already.
    """
    present = list(folder.iterdir()) if folder.is_dir() else []
    if any(not path.name.startswith("made-up-student-") for path in present):
        raise CyberNormsError(
            "This folder holds something that is not made up",
            where=str(folder),
            remedy="Name a new folder, so that nobody takes made-up students for real ones",
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path in present:
        path.unlink()
    try:
        for learner in learners:
            number = learner.name.rpartition(" ")[2]
            path = folder / f"made-up-student-{number}.json"
            path.write_bytes(as_bytes(learner.hand_in))
    except BaseException:  # half a class would be taken for a whole one
        for path in folder.glob("made-up-student-*"):
            path.unlink()
        raise
    key, roster = beside(folder, "key.json"), beside(folder, "roster.csv")
    questions = [question.id for each in sets for question in each.questions]
    content = {
        "about": "A made-up class: nobody in it exists.",
        "seed": seed,
        "due": _stamp(DUE),
        "learned": LEARNED,
        "abilities": {learner.name: round(learner.ability, 4) for learner in learners},
        "late": [learner.name for learner in learners if learner.late],
        "difficulties": {id: round(difficulty_of(id, seed), 4) for id in questions},
    }
    write_whole(key, f"{json.dumps(content, indent=1)}\n".encode())
    _write_roster(learners, roster)
    return [folder, key, roster]


def _write_roster(learners: Sequence[MadeUpLearner], path: Path) -> None:
    """Write a class list in the form in which Canvas exports its gradebook."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section"])
    for learner in learners:
        number = learner.name.rpartition(" ")[2]
        row = [learner.name, f"9{number}", f"made-up-{number}", f"made-up-{number}", "Made up"]
        writer.writerow(row)
    write_whole(path, file.getvalue().encode())
