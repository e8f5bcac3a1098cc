"""Eight questions to vote on, from as many lessons as there are."""

from __future__ import annotations

import csv
import io
import re

from cybernorms.kit.paper import Words
from cybernorms.kit.votes import COUNT, chosen, vote_aiken, vote_blocks, vote_cards, vote_table
from tests.kit.kit import lessons


def test_there_are_eight_from_several_lessons_with_letters_a_to_d() -> None:
    """Prevents a class from holding up a card that it does not have."""
    voted = chosen(lessons())
    assert len(voted) == COUNT == len({each.question.id for each in voted})
    assert len({each.lesson.number for each in voted}) >= 5
    assert all(3 <= len(each.options) <= 4 for each in voted)
    assert [each.lesson.number for each in voted] == sorted(each.lesson.number for each in voted)


def test_the_table_names_the_right_letter() -> None:
    """Prevents a voting tool that praises a wrong answer."""
    rows = list(csv.DictReader(io.StringIO(vote_table(lessons()).decode("utf-8-sig"))))
    for row, voted in zip(rows, chosen(lessons()), strict=True):
        right = next(each for each in voted.question.options if each.verdict == "correct")
        assert row[row["Correct"]].replace("’", "'") == right.text.replace("’", "'")


def test_the_text_for_import_has_the_form_that_tools_read() -> None:
    parts = vote_aiken(lessons()).decode().strip().split("\n\n")
    assert len(parts) == COUNT
    for part in parts:
        prompt, *options, answer = part.split("\n")
        assert prompt and re.fullmatch(r"ANSWER: [A-D]", answer)
        assert all(re.match(r"[A-D]\. \S", each) for each in options)


def test_cards_and_reasons_are_complete() -> None:
    letters = [each.text for each in vote_cards().blocks if isinstance(each, Words)]
    assert letters == list("ABCD")
    assert len([each for each in vote_blocks(lessons()) if getattr(each, "level", 0)]) == COUNT
