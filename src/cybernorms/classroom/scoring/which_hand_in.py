"""Which of a student's hand-ins counts, decided for each set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cybernorms.classroom.intake.answers import Answers
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.scorer import ScoredAnswers, Scorer, is_answer
from cybernorms.exercises.questions import Question

Keys = Sequence[tuple[str, str, Question]]


def results_that_count(
    score: Scorer,
    keys: Keys,
    columns: Mapping[str, Sequence[int]],
    hand_ins: Sequence[Answers],
    policy: Policy,
) -> ScoredAnswers:
    """Return the results of the hand-ins that count by the policy, decided for each set apart.

    A hand-in without an answer to a set takes nothing away from it. When an answer was first given
    is told by all hand-ins alike.

    Arguments:
        score: scores the answers of hand-ins.
        keys: set, key and question of all results.
        columns: the indexes of the results of each set.
        hand_ins: those of one student, the last one last.
        policy: of this student.
    """
    if policy.hand_ins == "per question last" or len(hand_ins) < 2:
        return score(hand_ins, policy=policy)
    history = score.history(hand_ins)
    scored = [score([each], history=history, policy=policy) for each in hand_ins]
    results, attempted, lacking = list(scored[-1].results), [], {}
    for id, indexes in columns.items():
        counts = _number_that_counts(keys, scored, indexes, best=policy.hand_ins == "best")
        for index in indexes:
            results[index] = scored[counts].results[index]
        of_set = {keys[index][1] for index in indexes}
        attempted += [key for key in scored[counts].attempted if key in of_set]
        given = [{n for n in indexes if is_answer(each.results[n])} for each in scored]
        if more := len(set().union(*given) - given[counts]):
            lacking[id] = more
    return ScoredAnswers(results, attempted, lacking)


def _number_that_counts(
    keys: Keys, scored: Sequence[ScoredAnswers], columns: Sequence[int], *, best: bool
) -> int:
    """Return which hand-in counts for a set: the last with an answer to it, or the best of them."""

    def answered(number: int, *, graded: bool) -> bool:
        return any(
            is_answer(scored[number].results[column])
            for column in columns
            if keys[column][2].points or not graded
        )

    def points(number: int) -> float:
        return sum(scored[number].results[column].points or 0.0 for column in columns)

    for graded in (True, False):
        numbers = [number for number, _ in enumerate(scored) if answered(number, graded=graded)]
        if numbers:
            return max(reversed(numbers), key=points) if best else numbers[-1]
    return len(scored) - 1
