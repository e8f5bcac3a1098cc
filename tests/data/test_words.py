"""What a table says that a text has, held to the words of that text."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.data.tables import Row, cells, rows
from tests.notebooks.statements import all_prose
from tests.post_words import LONGEST, in_post, quoted_runs, words_in_all, words_of

POST = "crossroads-2015"
MOST_AT_A_TIME = 25
MOST_IN_ALL = 250
OFFICIAL = {
    "UN document, short passages quoted by symbol",
    "United States federal text, public domain",
}

Words = tuple[str, ...]
Cell = tuple[str, str, str, str, str]  # where, whose words, text, rendering, what is left out


def said_of_texts() -> list[Cell]:
    """Return every cell that says what a text has, with its source, rendering and omissions."""
    found = []
    for row in rows("claims"):
        place = f"claims.csv, {row['id']}"
        found.append((place, POST, row["claim"], row["rendering"], row["leaves_out"]))
    for table in ("discrepancies", "faithful_renderings"):
        for row in rows(table):
            for side, source in (("post", POST), ("source", row["source"])):
                text, kind = row[f"{side}_has"], row[f"{side}_rendering"]
                place = f"{table}.csv, {row['id']}, {side}"
                found.append((place, source, text, kind, row[f"{side}_leaves_out"]))
    quoted = {row["id"]: row["source"] for row in rows("quotations")}
    for row in (*rows("claim_steps"), *rows("clauses")):
        place = row.get("id") or f"{row['claim']}, step {row['position']}"
        source = quoted.get(row["quotation"], row["source"])
        found.append((place, source, row["wording"], row["rendering"], row["leaves_out"]))
    return found


def given(kind: str) -> list[Cell]:
    return [cell for cell in said_of_texts() if cell[3] == kind]


def quotations_of(source: str) -> list[Words]:
    return [words_of(row["text"]) for row in rows("quotations") if row["source"] == source]


def covered(words: Words, quotations: list[Words]) -> bool:
    """Return whether whole quotations cover all of some words, perhaps one over another."""
    seen: set[int] = set()
    for each in quotations:
        for start in range(len(words) - len(each) + 1):
            if words[start : start + len(each)] == each:
                seen |= set(range(start, start + len(each)))
    return len(seen) == len(words) > 0


def stands_in(words: Words, quotations: list[Words]) -> bool:
    """Return whether some words stand in a quotation, one after the other."""
    return any(
        each[start : start + len(words)] == words
        for each in quotations
        for start in range(len(each) - len(words) + 1)
    )


def borne_out(cell: Cell) -> bool:
    """Return whether a cell that is called verbatim has the words of its text.

    Words that are a whole quotation need say no more. Any others must be known to stand in the text
    and say what they leave out, for a word lost at either end is lost as well.
    """
    _, source, text, _, leaves_out = cell
    words, quotations = words_of(text), quotations_of(source)
    if source == POST and not in_post(words):
        return False
    if covered(words, quotations):
        return True
    return bool(leaves_out) and (source == POST or stands_in(words, quotations))


@pytest.mark.parametrize("cell", given("verbatim"), ids=lambda cell: cell[0])
def test_words_called_verbatim_are_those_of_the_text(cell: Cell) -> None:
    """Prevents a text that is charged with what this module changed in it."""
    assert borne_out(cell), cell


@pytest.mark.parametrize("cell", given("verbatim"), ids=lambda cell: cell[0])
def test_a_word_that_is_lost_added_or_changed_is_found(cell: Cell) -> None:
    """Prevents a check that lets the fault pass for which it is there."""
    place, source, text, kind, left_out = cell
    words = text.split()
    for at in range(len(words)):
        inner = 0 < at < len(words) - 1 and len(words) > LONGEST
        for spoilt in (
            [*words[:at], *words[at + 1 :]] if inner else ["never", *words],
            [*words[:at], "never", *words[at + 1 :]],
            [*words[: at + 1], "never", *words[at + 1 :]],
        ):
            assert not borne_out((place, source, " ".join(spoilt), kind, left_out)), spoilt
    for cut in (words[1:], words[:-1]):
        assert not borne_out((place, source, " ".join(cut), kind, "")), cut


def test_a_paraphrase_says_what_it_leaves_out() -> None:
    """Prevents a limit, a doubt or a source that goes missing unseen."""
    assert [place for place, _, _, kind, out in said_of_texts() if kind != "none" and not out] == [
        place for place, source, text, kind, out in given("verbatim") if not out
    ]
    assert len(given("paraphrase")) > 60


def test_where_there_are_no_words_none_are_given() -> None:
    """Prevents words in the mouth of a text that nobody could read."""
    for row in rows("claim_steps"):
        assert (row["rendering"] == "none") == (row["status"] in {"not found", "unverified"}), row
    for row in rows("discrepancies"):
        assert (row["post_rendering"] == "none") == (row["post_has"] == "nothing"), row["id"]


def quotations_from_the_post() -> list[Row]:
    return [row for row in rows("quotations") if row["source"] == POST]


@pytest.mark.parametrize("row", quotations_from_the_post(), ids=lambda row: row["id"])
def test_a_quotation_from_the_post_has_its_words(row: Row) -> None:
    """Prevents a misquotation in a module on misquotation."""
    assert in_post(words_of(row["text"])), row["text"]


def test_the_hashes_tell_words_of_the_post_from_others() -> None:
    """Prevents a file of hashes that lets everything pass, or nothing."""
    assert in_post(words_of("to take down the other's critical infrastructure during peacetime"))
    assert not in_post(words_of("to take down the other's critical infrastructure in peacetime"))
    assert not in_post(words_of("will not be the first to use cyberweapons"))


# How much of it


def official() -> list[Words]:
    """Return the quotations of texts that belong to nobody, whoever else quotes them."""
    licence = {row["id"]: row["licence"] for row in rows("sources")}
    quoted = [row["text"] for row in rows("quotations") if licence[row["source"]] in OFFICIAL]
    return [words_of(text) for text in quoted]


def quoted_passages() -> list[tuple[str, Words]]:
    """Return place and words of each passage of the post in tables, lessons and questions."""
    free = official()
    texts = chain(((place, text) for place, _, text in cells()), all_prose())
    return [
        (place, passage)
        for place, text in texts
        for passage in quoted_runs(text)
        if not stands_in(passage, free)
    ]


def test_the_post_is_quoted_in_passages_of_25_words_and_250_in_all() -> None:
    """Prevents a reprint of a text whose rights are not ours."""
    found = quoted_passages()
    assert [(place, *words) for place, words in found if len(words) > MOST_AT_A_TIME] == []
    in_all = words_in_all(words for _, words in found)
    assert 100 < in_all <= MOST_IN_ALL


def test_a_long_passage_of_the_post_would_be_counted() -> None:
    """Prevents a count that overlooks a passage, or counts one of two that overlap twice."""
    first = "the agreement will not likely include an explicit prohibition on attacking"
    second = "will not likely include an explicit prohibition on attacking critical infrastructure"
    (one,), (two,) = quoted_runs(f"It says that {first}, then."), quoted_runs(second)
    assert (len(one), len(two)) == (11, 11)
    assert words_in_all([one, two]) == 13
    assert quoted_runs("a deal that covers the theft of data in peacetime") == []
