"""What a teacher has decided over the reckoning: excused sets, full marks, points given by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.rules import Override
from cybernorms.classroom.scoring.scorer import Result, ScoredAnswers, State, is_answer

Columns = Mapping[str, Sequence[int]]
FULL_MARKS = "Everybody who handed in this set has full points for this question."


def excuse(scored: ScoredAnswers, columns: Columns, excused: Collection[str]) -> ScoredAnswers:
    """Return results in which nothing was handed in of the sets from which somebody is excused.

    Arguments:
        scored: the results of one student.
        columns: the indexes of the results of each set.
        excused: ids of sets.
    """
    results, keys = list(scored.results), set()
    for set_id in excused:
        for column in columns.get(set_id, ()):
            result = results[column]
            keys.add(result.key)
            results[column] = Result(result.key, result.set, result.question, "not answered")
    return ScoredAnswers(results, [key for key in scored.attempted if key not in keys])


def give_points(
    results: Sequence[Result],
    columns: Columns,
    full_marks: Collection[str],
    overrides: Mapping[str, Override],
) -> list[Result]:
    """Return results with the points that a teacher gives in place of those reckoned.

    Arguments:
        results: those of one student.
        columns: the indexes of the results of each set that bring points.
        full_marks: ids of questions for which everybody has full points who handed in their set.
        overrides: the student's own points by question; they win over all else.
    """
    found = list(results)
    for indexes in columns.values():
        handed_in = any(is_answer(results[index]) for index in indexes)
        for index in indexes:
            result = results[index]
            if own := overrides.get(result.key):
                found[index] = _given(result, own)
            elif handed_in and result.key in full_marks:
                found[index] = _given(result, Override(result.question.points, FULL_MARKS))
    return found


def _given(result: Result, override: Override) -> Result:
    most = result.question.points
    return result._replace(
        state="marked",
        credit=override.points / most if most else 0.0,
        points=override.points,
        penalty=0.0,
        lost=0.0,
        in_time=None,
        override=override,
    )


def for_statistics(results: Sequence[Result], policy: Policy) -> list[Result]:
    """Return results in which those say nothing that tell nothing of what students know."""
    if not policy.drop and not policy.full_marks:
        return list(results)
    return [_without_credit(each, policy) for each in results]


def _without_credit(result: Result, policy: Policy) -> Result:
    if not is_answer(result):
        return result
    state: State | None = None
    if result.key in policy.drop:
        state = "dropped"
    elif result.key in policy.full_marks:
        state = "full marks"
    return result._replace(state=state, credit=None, chosen=()) if state else result
