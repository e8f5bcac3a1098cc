"""`hand_in()`: a card that writes the hand-in file and says what is in it."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.hand_in import HandIn
from cybernorms.exercises.hand_in import LONGEST_NAME, find_sets
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.widgets.showing import show


def hand_in(name: str = "", sets: Sequence[str | int] | None = None) -> None:
    """Show what you can hand in, ask your name, and write the file that you give to your teacher.

    Arguments:
        name: your name, if you like to give it here.
        sets: the numbers of the question sets, such as `["02"]` or `[2]`; all of them if not given.

    Raises:
        CyberNormsError: there is no such set, or your answers cannot be opened.
    """
    found = find_sets(load_question_sets(), sets)
    typed = name[:LONGEST_NAME]
    show(("hand in", typed, *(each.id for each in found)), lambda: HandIn(typed, found))
