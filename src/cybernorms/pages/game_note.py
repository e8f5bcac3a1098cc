"""Where the condition of the deal game comes from: the derivation, for learners who want it."""

from __future__ import annotations

from cybernorms.document import Block, Bullets, Paragraph, Section, Table

TITLE = "Show the sum"
SYMBOLS = (
    ("g", "what taking brings a State in one season"),
    ("h", "what it costs the other, more than g"),
    ("p", "h − g: what a season costs each State in which both take"),
    ("k", "what it costs a State to be named: the sanction, times how sure it is to come"),
    ("a", "the chance that a State which takes is named"),
    ("f", "the chance that a State which doesn’t take is named: a false name"),
    ("d", "what next season counts, from 0 to nearly 1; also the chance that there is one"),
    ("T", "for how many seasons the promise is off after a name"),
)
STEPS = (
    "In a quiet season a State is named with chance φ0 = 1 − (1 − f)(1 − f): each of the two "
    "escapes a false name with chance 1 − f.",
    "If you take and they don’t, a State is named with chance φ1 = 1 − (1 − a)(1 − f).",
    "T seasons in which both take cost you P = p + dp + … = p(1 − d^T)/(1 − d), seen from the "
    "first of them.",
    "Call V what keeping the promise is worth to you from now on. This season you’re named falsely "
    "with chance f and pay k. Next season the promise still stands with chance 1 − φ0; with "
    "chance φ0 you lose P first, and start again T seasons later. So V = −fk + d(1 − φ0)V + "
    "dφ0(−P + d^T V).",
    "Solve for V: V = (−fk − dφ0P) / (1 − d(1 − φ0) − φ0 d^(T + 1)).",
    "Now take once, and keep your word afterwards. You gain g, you pay k with chance a instead of "
    "f, and the promise breaks with chance φ1 instead of φ0. A break changes what comes next from "
    "V to −P + d^T V, so it costs you V(1 − d^T) + P.",
    "Taking once doesn’t pay if g ≤ (a − f)k + d(φ1 − φ0)(V(1 − d^T) + P). The first part is the "
    "sanction, the second the quiet seasons that you put at risk. If taking once doesn’t pay, "
    "taking more often doesn’t either.",
)
CHECKS = (
    "No false names and a break without end: g ≤ ak + dap/(1 − d), which is the oldest result of "
    "its kind.",
    "Honest States named as often as thieves, a = f: the right side is 0, and nothing holds.",
    "No next season, d = 0: only the sanction is left, g ≤ (a − f)k.",
)


def note_blocks(level: int = 4) -> list[Block]:
    """Return the derivation, from the symbols to what it was checked against.

    Arguments:
        level: of its headings.
    """
    return [
        Section(
            "Where the line on the map comes from",
            [
                Table(
                    "The letters", ["Letter", "Meaning"], [list(each) for each in SYMBOLS], False
                ),
                Bullets(list(STEPS)),
            ],
            level,
        ),
        Section(
            "What it was checked against",
            [
                Bullets(list(CHECKS)),
                Paragraph(
                    "And against the dice: in 500 deals with random numbers, thousands of games "
                    "each, the average came out where the formula says."
                ),
            ],
            level,
        ),
        Section(
            "Two States that differ",
            [
                Paragraph(
                    "Then each has its own numbers. For both, φ0 = 1 − (1 − f1)(1 − f2); for the "
                    "first, φ1 = 1 − (1 − a1)(1 − f2). The promise holds if it pays for both."
                ),
                Paragraph(
                    "While it’s off, names and sanctions are switched off too. If sanctions bit at "
                    "all times, P would be (p + ak)(1 − d^T)/(1 − d), and taking would pay in "
                    "those seasons only if g ≥ (a − f)k; if not, the break isn’t believed."
                ),
                Paragraph(
                    "The idea that a public sign starts a break of fixed length, on purpose and "
                    "without anyone being guilty, is that of Edward Green and Robert Porter "
                    "(1984), who wrote about firms that keep prices up."
                ),
            ],
            level,
        ),
    ]
