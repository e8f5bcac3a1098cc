"""What a probability claims: the page above the form for a forecast."""

from __future__ import annotations

from cybernorms.document import Block, Bullets, Heading, Paragraph, Table
from cybernorms.exercises.forecasts import in_words

QUESTION = "report-forecast"
TITLE = "My forecast before I know"
INTRO = "A percentage says how often you expect to be right with statements of this kind."
RULES = (
    "Write what you expect and not what you hope for.",
    "A statement counts as true only if all of it comes true in time; each is judged by itself.",
    "At 90 you’ll still be wrong about one time in ten.",
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
