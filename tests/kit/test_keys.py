"""Every kind has its key printed, for teachers."""

from __future__ import annotations

from cybernorms.document import to_text
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.kit.keys import KEYS, STAYED, key_blocks, source_line
from tests.kit.kit import plain

QUESTIONS = [one for each in load_question_sets() for one in each.questions]


def test_every_kind_has_a_key() -> None:
    """Prevents a tenth kind from being left out of the question book in silence."""
    assert set(KEYS) == set(KINDS.values())


def test_all_reasons_of_all_options_are_in_the_key() -> None:
    """Prevents a book from which the reasons of wrong answers are missing."""
    for question in QUESTIONS:
        printed = plain(to_text(key_blocks(question)))
        for option in getattr(question, "options", ()):
            assert plain(option.reason) in printed, question.id
        if question.closing:
            assert plain(question.closing) in printed
        assert source_line(question) or not question.sources


def test_a_key_that_was_withheld_is_not_made_up() -> None:
    from msgspec.structs import replace

    question = replace(QUESTIONS[1], withheld=True)
    assert STAYED in to_text(key_blocks(question))
