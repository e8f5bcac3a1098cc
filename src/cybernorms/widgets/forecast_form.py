"""The forecast form: probabilities for what may come of the talks, before anybody knows."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.document import Block, Bullets, Heading, Paragraph, Table, to_text
from cybernorms.exercises.forecasts import in_words
from cybernorms.exercises.question_blocks import question_blocks
from cybernorms.exercises.question_files import find_question
from cybernorms.widgets.form import Form
from cybernorms.widgets.view import show

QUESTION = "report-forecast"
TITLE = "My forecast before I know"
INTRO = "A percentage says how often you expect to be right with statements of this kind."
RULES = (
    "Write what you expect and not what you hope for.",
    "A statement counts as true only if all of it comes true in time; each is judged by itself.",
    "At 90 you may well be wrong now and then: in one case of ten.",
    "You may change your numbers until the outcomes are opened in lesson 06. Then they are closed.",
)
SAID = {
    0: "impossible",
    10: "very unlikely",
    30: "unlikely",
    50: "as likely as not",
    70: "likely",
    90: "very likely",
    100: "certain",
}


def explained() -> list[Block]:
    """Return what a percentage means, and the rules of the forecast."""
    rows = [[f"{percent} per cent", said, in_words(percent)] for percent, said in SAID.items()]
    return [
        Heading(TITLE),
        Paragraph(INTRO),
        Table("What a number says", ["Number", "In everyday words", "What it claims"], rows),
        Bullets(RULES),
    ]


class ForecastForm(Form):
    """The form of a forecast, with what a percentage means above it."""

    def head_blocks(self) -> Sequence[Block]:
        return [*explained(), *super().head_blocks()]


def show_forecast(*, text: bool = False) -> None:
    """Show the form for a forecast of what may come of the talks.

    Arguments:
        text: print what there is to forecast as plain text instead.
    """
    question = find_question(QUESTION)
    if text:
        print(to_text([*explained(), *question_blocks(question)]))
    else:
        show(ForecastForm(question))
