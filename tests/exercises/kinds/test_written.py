"""Written text."""

from __future__ import annotations

import pytest

from cybernorms.document import to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import feedback_blocks, samples_of
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import mark
from cybernorms.exercises.withheld import withhold
from tests.factories import made_up, made_up_table


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One word", "2 words, 3 fewer than the 5 asked for"),
        ("Word", "1 word, 4 fewer than the 5 asked for"),
        ("a b c d e", "5 words, within the 5 to 40 asked for"),
        ("word " * 41, "41 words, 1 more than the 40 asked for"),
    ],
)
def test_written_text_waits_for_a_teacher_and_is_told_its_length(text: str, words: str) -> None:
    """Prevents prose from being marked by a machine."""
    result = mark(made_up("written"), text)
    assert (result.state, result.points) == ("awaiting teacher", None)
    assert words in result.message
    assert result.closing == "A clause is as good as its worst reader."


def test_one_point_is_called_a_point() -> None:
    criteria = made_up_table("written")["criterion"]
    for each, points in zip(criteria, (1, 0.5, 4.5), strict=True):
        each["points"] = points
    shown = to_text(made_up("written", criterion=criteria).offer_blocks())
    assert "(1 point)" in shown and "(0.5 points)" in shown


def _sample(**other: object) -> dict[str, object]:
    rubric = made_up_table("written")["criterion"]
    levels = {each["id"]: each["level"][2]["name"] for each in rubric}
    return {
        "name": "A middling answer",
        "text": "It folds.",
        "levels": levels,
        "note": "Why",
        **other,
    }


def test_an_answer_that_was_marked_shows_its_levels_and_its_points() -> None:
    """Prevents a sample whose points are not those of the rubric that stands beside it."""
    question = made_up("written", sample=[_sample()])
    assert isinstance(question, Written)
    [(name, blocks)] = samples_of(question)
    assert (
        name
        == f"A middling answer, marked: {question.points / 3:.2g} of {question.points:g} points"
    )
    shown = to_text(blocks)
    assert "It folds." in shown and "Why" in shown
    assert all(each.levels[2].text in shown for each in question.criteria)
    assert name in to_text(feedback_blocks(question, mark(question, "a b c d e")))


def test_a_sample_without_a_level_for_each_criterion_is_refused() -> None:
    """Prevents points that leave a line of the rubric out."""
    for levels in ({}, {**_sample()["levels"], "cover": "Splendid"}, None):  # type: ignore[dict-item]
        with pytest.raises(CyberNormsError, match="has no level"):
            made_up("written", sample=[_sample(levels=levels)])


def test_samples_stay_with_the_teacher_where_the_key_is_withheld() -> None:
    """Prevents a good answer in what students get where marks count."""
    table = {**made_up_table("written", passages=[]), "sample": [_sample()]}
    assert "sample" not in withhold(table)
