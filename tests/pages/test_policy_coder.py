"""Coding policy passages, and comparing with other coders."""

from __future__ import annotations

from cybernorms.cards.sorter import Sorter
from cybernorms.corpus.codings import AXES, find_codings, load_coders, values_of
from cybernorms.corpus.documents import (
    coded_passages,
)
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import Table, to_text
from cybernorms.exercises.record import Record
from cybernorms.pages.policy_coder import (
    MOST_ON_A_SHEET,
    YOU,
    coders_on,
    deal,
    describe_pair,
    line_id,
    reading,
    sheets,
)
from tests.texts import on_a_page, one_line


def chosen_as(coder: str, passages: list) -> dict[str, str]:
    """Return the choices of somebody who codes as one of the coders did."""
    return {
        line_id(passage.id, axis): find_codings(item=passage.id, axis=axis, coder=coder)[0].value
        for passage in passages
        for axis in AXES
    }


def test_every_coded_passage_is_dealt_once_in_sheets_of_four_to_six() -> None:
    """Prevents passages that nobody meets, and sheets that nobody finishes."""
    dealt = deal(coded_passages(lesson=EVERYTHING))
    ids = [passage.id for sheet in dealt for passage in sheet]
    assert sorted(ids) == sorted(each.id for each in coded_passages(lesson=EVERYTHING))
    assert all(4 <= len(sheet) <= MOST_ON_A_SHEET for sheet in dealt)
    assert all(len({each.document for each in sheet}) > 1 for sheet in dealt)


def test_whoever_codes_as_coder_a_agrees_fully_with_coder_a() -> None:
    """Prevents figures that compare something else than they say."""
    passages = list(coded_passages(lesson=EVERYTHING))
    first = load_coders()[0]
    chosen = chosen_as(first, passages)
    for axis in AXES:
        codes = coders_on(axis, chosen)
        line = describe_pair(codes[YOU], codes[f"Coder {first}"])
        assert line.startswith(f"{len(passages)} of {len(passages)} (100 per cent)")
        assert line.endswith("kappa 1.00")


def test_figures_are_of_the_passages_that_the_learner_has_coded() -> None:
    """Prevents the agreement of two others from passing for the learner's."""
    sheet = deal(coded_passages(lesson=EVERYTHING))[0]
    chosen = chosen_as(load_coders()[0], sheet)
    table = next(block for block in reading(sheet, chosen, {}) if isinstance(block, Table))
    assert table.caption == f"Agreement on the passages that you have coded ({len(sheet)})"
    for row in table.rows:
        assert all(f"of {len(sheet)} (" in str(cell) for cell in row[1:-1])


def test_a_passage_on_which_somebody_differs_shows_the_reasons_of_all() -> None:
    """Prevents a difference from being counted and not explained."""
    sheet = deal(coded_passages(lesson=EVERYTHING))[0]
    chosen = chosen_as(load_coders()[0], sheet)
    line = line_id(sheet[0].id, "subject")
    chosen[line] = next(
        each.value for each in values_of("subject") if each.value not in values_on_passage(sheet[0])
    )
    text = one_line(to_text(reading(sheet, chosen, {})))
    for coding in find_codings(item=sheet[0].id, axis="subject"):
        assert on_a_page(coding.reason) in text
    assert f"You: {chosen[line]}" in text


def values_on_passage(passage: object) -> set[str]:
    return {each.value for each in find_codings(item=passage.id, axis="subject")}  # type: ignore[attr-defined]


def test_a_sheet_where_all_agree_says_so() -> None:
    """Prevents an empty section."""
    agreed = [
        each
        for each in coded_passages(lesson=EVERYTHING)
        if all(len({c.value for c in find_codings(item=each.id, axis=axis)}) == 1 for axis in AXES)
    ][:2]
    text = one_line(to_text(reading(agreed, chosen_as(load_coders()[0], agreed), {})))
    assert "Passages 1, 2: all of you say the same." in text


def test_the_text_of_a_sheet_has_passages_lines_and_the_values_of_each_axis() -> None:
    """Prevents a printed sheet that cannot be filled in."""
    record = Record()
    text = one_line(Sorter("Policy coder", sheets(record), choose="Sheet", record=record).text())
    for place, passage in enumerate(deal(coded_passages(lesson=EVERYTHING))[0], start=1):
        assert f"Passage {place}. {on_a_page(passage.paraphrase)}" in text
        assert all(f"- Passage {place}: {axis}" in text for axis in AXES)
    for axis in AXES:
        assert f"Categories: {'; '.join(each.value for each in values_of(axis))}." in text
