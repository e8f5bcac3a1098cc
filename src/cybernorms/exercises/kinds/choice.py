"""Choose one option."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import Any

from cybernorms.exercises.options import OptionQuestion, explain, find_option, texts_of
from cybernorms.exercises.questions import Judgement
from cybernorms.exercises.responses import find_id


class Choice(OptionQuestion, frozen=True):
    """Choose one option. Response: the option's id."""

    def read_response(self, response: Any) -> str:
        """Return the option's id."""
        if isinstance(response, list | tuple) and len(response) == 1:
            response = response[0]
        return find_id(response, texts_of(self.options))

    def judge(self, given: str) -> Judgement:
        """Credit of the option: 1, its stated part, or 0."""
        chosen = find_option(self.options, given)
        return Judgement(chosen.credit, (explain(chosen),), (given,))

    def chances(self) -> Mapping[str, float]:
        return {option.id: 1 / len(self.options) for option in self.options}

    def credit_by_guessing(self) -> float | None:
        return fsum(option.credit for option in self.options) / len(self.options)
