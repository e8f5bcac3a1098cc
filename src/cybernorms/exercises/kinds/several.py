"""Choose all options that apply."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import fsum
from typing import Any

from cybernorms.exercises.options import OptionQuestion, explain, texts_of
from cybernorms.exercises.questions import Judgement
from cybernorms.exercises.responses import find_ids, present_ids

_COUNTS = {"correct": 1, "defensible": 0, "incorrect": -1}
_MOST_TO_GUESS = 12  # boxes; of more there are too many ways to tick them


class Several(OptionQuestion, frozen=True):
    """Choose all options that apply. Response: a list of option ids."""

    def read_response(self, response: Any) -> list[str]:
        """Return the ids of the options, each once."""
        return find_ids(response, texts_of(self.options))

    def present_part(self, response: Any) -> list[str]:
        return present_ids(response, texts_of(self.options))

    def in_its_order(self, response: list[str]) -> list[str]:
        return [option.id for option in self.options if option.id in response]

    def judge(self, given: list[str]) -> Judgement:
        """Correct chosen minus incorrect chosen, over the number correct, never below 0.

        A defensible option counts neither way, and its reason is shown.
        """
        correct = sum(option.verdict == "correct" for option in self.options)
        score, feedback = 0, []
        for option in self.options:
            if option.id in given:
                score += _COUNTS[option.verdict]
                feedback.append(explain(option))
            elif option.verdict == "correct":
                feedback.append(explain(option, verdict="missed"))
        chosen = tuple(option.id for option in self.options if option.id in given)
        return Judgement(max(0.0, score / correct), tuple(feedback), chosen)

    def chances(self) -> Mapping[str, float]:
        """Each box is ticked or not, so a guesser ticks it half of the time."""
        return {option.id: 0.5 for option in self.options}

    def credit_by_guessing(self) -> float | None:
        """Mean over all ways to tick the boxes that count."""
        counts = [_COUNTS[option.verdict] for option in self.options if _COUNTS[option.verdict]]
        if len(counts) > _MOST_TO_GUESS:
            return None
        scores = [
            max(0, sum(map(int.__mul__, ticks, counts)))
            for ticks in product((0, 1), repeat=len(counts))
        ]
        return fsum(scores) / (counts.count(1) * len(scores))
