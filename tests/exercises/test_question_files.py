"""Malformed question files: an author is told the file, the question, the field and the remedy.

Without these tests a slip in a question set would reach learners, or its author would meet a
traceback that names nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cybernorms.errors import CyberNormsError
from cybernorms.exercises import question_files
from cybernorms.exercises.fields import Known
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.question_files import (
    find_question,
    load_question_sets,
    read_question,
    read_question_set,
)
from tests.factories import ANYTHING, MADE_UP, check, made_up, made_up_table, option

OPTIONAL = {
    "closing",
    "mistake",
    "passages",
    "pinpoint",
    "required",
    "source",
    "sources",
    "tolerance",
    "unit",
    "wide_reason",
    "wide_tolerance",
}
Steps = tuple[str | int, ...]


def places(table: dict[str, Any], path: Steps = ()) -> Iterator[Steps]:
    """Yield the path of every field, down to the last table of an array."""
    for field, value in table.items():
        yield (*path, field)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, each in enumerate(value):
                yield from places(each, (*path, field, number))


def inner(table: dict[str, Any], path: Steps) -> dict[str, Any]:
    """Return the table in which the last field of a path stands."""
    found: Any = table
    for step in path[:-1]:
        found = found[step]
    return found  # type: ignore[no-any-return]


def every_field(*, but: Callable[[str], bool] = lambda field: False) -> list[Any]:
    """Return each kind with each of its fields, those of like tables only once."""
    found = []
    for kind in KINDS:
        seen = set()
        for path in places(made_up_table(kind)):
            shape = tuple(step for step in path if isinstance(step, str))
            if shape not in seen and not but(shape[-1]):
                seen.add(shape)
                name = ".".join(shape)
                found.append(pytest.param(kind, path, id=f"{kind}-{name}"))
    return found


def complaint(table: Any, known: Known = ANYTHING) -> CyberNormsError:
    with pytest.raises(CyberNormsError) as caught:
        read_question(table, "made_up.toml", known)
    return caught.value


def assert_names(error: CyberNormsError, table: dict[str, Any], field: str) -> None:
    """Assert that an error says what is wrong, where, and what to do."""
    assert error.what
    assert "made_up.toml" in error.where
    assert f"question {table.get('id', 'without id')}" in error.where
    assert f"field {field!r}" in error.where
    assert error.remedy


def place_in_words(path: Steps) -> str:
    """Return where a table lies, such as `option 2` or `item 1, placement 2`."""
    steps = path[:-1]
    return ", ".join(f"{steps[at]} {int(steps[at + 1]) + 1}" for at in range(0, len(steps), 2))


@pytest.mark.parametrize(("kind", "path"), every_field())
def test_a_missing_field_is_named_or_was_optional(kind: str, path: Steps) -> None:
    """Prevents a question without a reason, a source or a key."""
    table = made_up_table(kind)
    field = str(path[-1])
    del inner(table, path)[field]
    if field in OPTIONAL and (kind, field) != ("number", "wide_tolerance"):
        if field == "wide_reason":
            assert_names(complaint(table), table, field)
        else:
            assert read_question(table, "made_up.toml", ANYTHING).kind == kind
    elif field == "wide_tolerance":
        assert_names(complaint(table), table, "wide_reason")
    elif (kind, path) == ("match", ("item", 2, "otherwise")):
        assert read_question(table, "made_up.toml", ANYTHING).kind == kind
    else:
        error = complaint(table)
        assert_names(error, table, field)
        assert place_in_words(path) in error.where


@pytest.mark.parametrize(("kind", "path"), every_field(but="expected".__eq__))
def test_a_field_of_the_wrong_type_is_named(kind: str, path: Steps) -> None:
    """Prevents a number in quotation marks from being compared as text, and the like.

    What is expected of a value may be of any type; other tests look at it.
    """
    table = made_up_table(kind)
    field = str(path[-1])
    held = inner(table, path)
    right = held[field]
    for wrong in ("text", 7, True, [], {"a": 1}, [[]], float("nan"), "", "  "):
        if _might_be_right(right, wrong, field):
            continue
        held[field] = wrong
        error = complaint(table)
        assert_names(error, table, field)


def _might_be_right(right: Any, wrong: Any, field: str) -> bool:
    if isinstance(right, str):
        return isinstance(wrong, str) and (
            bool(wrong.strip()) or (wrong == "" and field in OPTIONAL)
        )
    if isinstance(right, bool):
        return isinstance(wrong, bool)
    if isinstance(right, int | float):
        return type(wrong) is int
    if right and isinstance(right[0], dict):
        # [[]] names the table in the array: see the next test.
        return wrong == [[]] or (wrong == [] and field in OPTIONAL)
    return wrong == [] and field in OPTIONAL


@pytest.mark.parametrize("kind", ["choice", "several", "match", "order", "clause", "value"])
def test_a_list_in_place_of_tables_is_named_by_its_place(kind: str) -> None:
    """Prevents a traceback where an author writes option = ["a", "b"]."""
    table = made_up_table(kind)
    field = next(name for name in table if isinstance(table[name], list) and name != "sources")
    if field == "passages":
        field = "option"
    table[field] = ["a", "b", "c"]
    error = complaint(table)
    assert "A table is expected" in error.what
    assert f"question {table['id']}" in error.where
    assert f"{field} 1" in error.where
    assert error.remedy


@pytest.mark.parametrize(("kind", "path"), every_field(but=lambda field: len(field) < 4))
def test_a_misspelt_field_is_offered_its_right_name(kind: str, path: Steps) -> None:
    """Prevents a pinpoint from being lost because it was written "pinpoimt"."""
    table = made_up_table(kind)
    field = str(path[-1])
    held = inner(table, path)
    held[f"{field[:-1]}x"] = held.pop(field)
    error = complaint(table)
    assert_names(error, table, field if f"field {field!r}" in error.where else f"{field[:-1]}x")
    assert "Did you mean" in error.remedy
    assert field in error.remedy + error.where
    assert f"{field[:-1]}x" in error.remedy + error.where


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_field_is_named_wherever_it_stands(kind: str) -> None:
    """Prevents an author from believing in a setting that does nothing."""
    whole = made_up_table(kind)
    for path in {path[:-1] for path in places(whole)}:
        table = copy.deepcopy(whole)
        inner(table, (*path, "zzz"))["zzz"] = 1
        error = complaint(table)
        assert_names(error, table, "zzz")
        assert place_in_words((*path, "zzz")) in error.where


MISSPELT_WORDS = [
    ("choice", ("kind",), "choise", "choice"),
    ("choice", ("use",), "practise", "practice"),
    ("choice", ("option", 0, "verdict"), "corect", "correct"),
    ("match", ("item", 0, "placement", 0, "category"), "restrain", "restraint"),
    ("value", ("check", 0, "test"), "column", "columns"),
]


@pytest.mark.parametrize(("kind", "path", "wrong", "right"), MISSPELT_WORDS)
def test_a_misspelt_word_is_offered_the_right_one(
    kind: str, path: Steps, wrong: str, right: str
) -> None:
    """Prevents hunting for the list of words that a field may hold."""
    table = made_up_table(kind)
    inner(table, path)[path[-1]] = wrong  # type: ignore[index]
    error = complaint(table)
    assert_names(error, table, str(path[-1]))
    assert f"Did you mean {right!r}?" in error.remedy


@pytest.mark.parametrize(
    ("kind", "path", "field"),
    [
        ("choice", ("sources",), "sources"),
        ("choice", ("passages",), "passages"),
        ("choice", ("outcome",), "outcome"),
        ("choice", ("option", 1, "source"), "source"),
        ("match", ("item", 0, "source"), "source"),
        ("order", ("item", 0, "source"), "source"),
        ("number", ("source",), "source"),
        ("value", ("source",), "source"),
        ("clause", ("part", 0, "option", 0, "source"), "source"),
    ],
)
def test_a_reference_to_nothing_is_named_with_the_nearest_name(
    kind: str, path: Steps, field: str
) -> None:
    """Prevents feedback that cites a source which is not in the tables."""
    known = Known(
        sources=["lower-shelving"],
        quotations=["lower-shelving:4"],
        outcomes=["O2", "O3", "O4", "O5"],
    )
    table = made_up_table(kind)
    assert read_question(table, "made_up.toml", known).kind == kind
    wrong: Any = {"sources": ["lower-shelvin"], "passages": ["lower-shelving:5"], "outcome": "O22"}
    inner(table, path)[field] = wrong.get(field, "lower-shelvin")
    error = complaint(table, known)
    assert_names(error, table, field)
    assert "Did you mean" in error.remedy


def test_a_reference_to_nothing_that_is_like_no_name_offers_them_all_where_they_are_few() -> None:
    """Prevents a teacher from being told to add an outcome to the data."""
    table = made_up_table("choice") | {"outcome": "what they learn"}
    error = complaint(table, Known(outcomes=["O2", "O3"]))
    assert error.remedy == "Choose: O2, O3"


def two(first: str, second: str, **more: Any) -> list[dict[str, Any]]:
    return [option(first, "correct", **more), option(second, **more)]


def level(name: str) -> dict[str, str]:
    return {"name": name, "text": "Text."}


def criterion(id: str, points: float, levels: int = 4) -> dict[str, Any]:
    described = [level(str(number)) for number in range(levels)]
    return {"id": id, "name": id, "points": points, "level": described}


CATEGORIES = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
PLACED = {"category": "a", "verdict": "correct", "reason": "R."}
ITEM = {"text": "I", "otherwise": "O.", "placement": [PLACED]}
RANKED = {"reason": "R."}

INCONSISTENT: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "two options of one id": ("choice", {"option": two("a", "a")}, "option", "'a'"),
    "two options of one text": ("choice", {"option": two("a", "b", text="T")}, "option", "twice"),
    "two options that differ in dashes only": (
        "several",
        {"option": [option("a", "correct", "due-diligence"), option("b", text="Due–Diligence")]},
        "option",
        "twice",
    ),
    "no correct option": (
        "choice",
        {"option": [option("a"), option("b", "defensible", credit=0.5)]},
        "option",
        "No option is correct",
    ),
    "no correct option in a clause": (
        "clause",
        {
            "part": [
                {"id": "p", "label": "P", "option": [option("a"), option("b")]},
                {"id": "q", "label": "Q", "option": two("a", "b")},
            ]
        },
        "option",
        "No option is correct",
    ),
    "one option": ("choice", {"option": [option("a", "correct")]}, "option", "at least 2"),
    "a defensible option without credit": (
        "choice",
        {"option": [option("a", "correct"), option("b", "defensible")]},
        "credit",
        "missing",
    ),
    "a defensible option of full credit": (
        "choice",
        {"option": [option("a", "correct"), option("b", "defensible", credit=1)]},
        "credit",
        "from 0.05 to 0.95",
    ),
    "a correct option with credit": (
        "choice",
        {"option": [option("a", "correct", credit=0.5), option("b")]},
        "credit",
        "has credit 1",
    ),
    "an incorrect option with credit": (
        "choice",
        {"option": [option("a", "correct"), option("b", credit=0.5)]},
        "credit",
        "has credit 0",
    ),
    "an id in capitals": ("choice", {"option": two("A", "b")}, "id", "no id"),
    "an id with a space": ("choice", {"option": two("a b", "c")}, "id", "no id"),
    "two categories of one id": (
        "match",
        {"category": [*CATEGORIES, {"id": "a", "text": "C"}]},
        "category",
        "'a'",
    ),
    "two categories of one text": (
        "match",
        {"category": [{"id": "a", "text": "A"}, {"id": "b", "text": "a"}]},
        "category",
        "twice",
    ),
    "two items of one id": (
        "match",
        {"category": CATEGORIES, "item": [ITEM | {"id": "i"}, ITEM | {"id": "i", "text": "J"}]},
        "item",
        "'i'",
    ),
    "two items of one text": (
        "match",
        {"category": CATEGORIES, "item": [ITEM | {"id": "i"}, ITEM | {"id": "j"}]},
        "item",
        "twice",
    ),
    "one category judged twice": (
        "match",
        {
            "category": CATEGORIES,
            "item": [
                ITEM | {"id": "i", "placement": [PLACED, PLACED | {"verdict": "incorrect"}]},
                ITEM | {"id": "j", "text": "J"},
            ],
        },
        "placement",
        "'a'",
    ),
    "no correct category": (
        "match",
        {
            "category": CATEGORIES,
            "item": [
                ITEM | {"id": "i", "placement": [PLACED | {"verdict": "incorrect"}]},
                ITEM | {"id": "j", "text": "J"},
            ],
        },
        "placement",
        "No category is correct",
    ),
    "a category that no item can have": (
        "match",
        {"category": CATEGORIES},
        "category",
        "'restraint'",
    ),
    "two ranked items of one id": (
        "order",
        {"item": [RANKED | {"id": "a", "text": str(n), "rank": n} for n in (1, 2, 3)]},
        "item",
        "'a'",
    ),
    "two ranked items of one text": (
        "order",
        {"item": [RANKED | {"id": f"i{n}", "text": "T", "rank": n} for n in (1, 2, 3)]},
        "item",
        "twice",
    ),
    "ranks that are all equal": (
        "order",
        {"item": [RANKED | {"id": f"i{n}", "text": str(n), "rank": 1} for n in (1, 2, 3)]},
        "item",
        "equal",
    ),
    "half a rank": (
        "order",
        {"item": [RANKED | {"id": f"i{n}", "text": str(n), "rank": n + 0.5} for n in (1, 2, 3)]},
        "rank",
        "whole",
    ),
    "a wider tolerance that is as wide": (
        "number",
        {"tolerance": 10, "wide_tolerance": 10},
        "wide_tolerance",
        "not wider",
    ),
    "a wider tolerance that is narrower": (
        "number",
        {"tolerance": 10, "wide_tolerance": 1},
        "wide_tolerance",
        "not wider",
    ),
    "a negative tolerance": ("number", {"tolerance": -1}, "tolerance", "0 or more"),
    "an infinite answer": ("number", {"answer": float("inf")}, "answer", "number"),
    "an answer beyond all floats": ("number", {"answer": 10**400}, "answer", "number"),
    "a mistake within the tolerance": (
        "number",
        {"mistake": [{"value": 1505, "reason": "R."}]},
        "value",
        "within",
    ),
    "points without end": ("choice", {"points": 10**400}, "points", "number"),
    "negative points": ("choice", {"points": -1}, "points", "0 or more"),
    "points for practice": ("choice", {"use": "practice"}, "points", "means nothing"),
    "two statements of one id": (
        "forecast",
        {"statement": [{"id": "a", "text": "A"}, {"id": "a", "text": "B"}]},
        "statement",
        "'a'",
    ),
    "two statements of one text": (
        "forecast",
        {"statement": [{"id": "a", "text": "A"}, {"id": "b", "text": "A"}]},
        "statement",
        "twice",
    ),
    "two parts of one id": (
        "clause",
        {"part": [{"id": "p", "label": n, "option": two("a", "b")} for n in "PQ"]},
        "part",
        "'p'",
    ),
    "two parts of one label": (
        "clause",
        {"part": [{"id": n, "label": "P", "option": two("a", "b")} for n in "pq"]},
        "part",
        "twice",
    ),
    "no part that is required": (
        "clause",
        {"part": [{"id": n, "label": n, "required": False, "option": two("a", "b")} for n in "pq"]},
        "part",
        "No part is required",
    ),
    "two checks of one id": (
        "value",
        {"check": [check("rows", 3, share=0.5), check("rows", 4, share=0.5)]},
        "check",
        "'check'",
    ),
    "shares above 1": (
        "value",
        {"check": [check("rows", 3, id="a"), check("rows", 4, id="b", share=0.5)]},
        "check",
        "1.5",
    ),
    "shares below 1": ("value", {"check": [check("rows", 3, share=0.9)]}, "check", "0.9"),
    "columns as one text": ("value", {"check": [check("columns", "branch")]}, "expected", "names"),
    "columns as a number": ("value", {"check": [check("columns", 2)]}, "expected", "names"),
    "no columns": ("value", {"check": [check("columns", [])]}, "expected", "names"),
    "rows as text": ("value", {"check": [check("rows", "3")]}, "expected", "whole"),
    "rows as true": ("value", {"check": [check("rows", True)]}, "expected", "whole"),
    "an expected value that is no number": (
        "value",
        {"check": [check("equals", float("nan"))]},
        "expected",
        "equal",
    ),
    "an expected value without end": (
        "value",
        {"check": [check("equals", [float("inf")])]},
        "expected",
        "equal",
    ),
    "an expected table with a short row": (
        "value",
        {"check": [check("equals", {"columns": ["a", "b"], "rows": [[1, 2], [3]]})]},
        "expected",
        "cell",
    ),
    "an expected table without rows": (
        "value",
        {"check": [check("equals", {"columns": ["a", "b"], "rows": 3})]},
        "expected",
        "cell",
    ),
    "words the wrong way round": ("written", {"words": [40, 5]}, "words", "words"),
    "three numbers of words": ("written", {"words": [1, 5, 40]}, "words", "words"),
    "words in quotation marks": ("written", {"words": ["5", "40"]}, "words", "words"),
    "words as true": ("written", {"words": [True, 5]}, "words", "words"),
    "rubric points that miss those of the question": ("written", {"points": 7}, "criterion", "6"),
    "two criteria": (
        "written",
        {"criterion": [criterion("a", 3), criterion("b", 3)]},
        "criterion",
        "at least 3",
    ),
    "five criteria": (
        "written",
        {"criterion": [criterion(id, 1.2) for id in "abcde"]},
        "criterion",
        "three or four",
    ),
    "two criteria of one id": (
        "written",
        {"criterion": [criterion(id, 2) for id in "aab"]},
        "criterion",
        "'a'",
    ),
    "three levels": (
        "written",
        {"criterion": [criterion("a", 2, 3), criterion("b", 2), criterion("c", 2)]},
        "level",
        "four levels",
    ),
}


@pytest.mark.parametrize("case", INCONSISTENT)
def test_a_question_that_contradicts_itself_is_named(case: str) -> None:
    """Prevents a question that nobody can answer, or that two answers fit."""
    kind, changes, field, words = INCONSISTENT[case]
    table = made_up_table(kind, **changes)
    error = complaint(table)
    assert_names(error, table, field)
    assert words in error.what


@pytest.mark.parametrize("table", [None, 5, "text", [], [1]])
def test_a_question_that_is_no_table_is_named_by_its_file(table: Any) -> None:
    """Prevents a traceback for question = [1]."""
    error = complaint(table)
    assert "made_up.toml" in error.where
    assert "without id" in error.where
    assert error.remedy


def test_an_entry_question_needs_no_hint() -> None:
    """Prevents the eight first questions from being refused for lack of a hint."""
    table = made_up_table("choice", use="entry")
    del table["hint"], table["points"]
    question = read_question(table, "made_up.toml", ANYTHING)
    assert (question.hint, question.points) == ("", 0)


def test_the_revision_changes_with_anything_in_the_question() -> None:
    """Prevents an answer to an older question from being marked as one to the new."""
    assert made_up("choice").revision == made_up("choice").revision
    assert made_up("choice").revision != made_up("choice", prompt="Another?").revision


def saved(folder: Path, content: bytes, name: str = "made_up.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


GOOD = MADE_UP.read_bytes()


@pytest.mark.parametrize(
    ("content", "field"),
    [
        pytest.param(b"", "id", id="empty"),
        pytest.param(b"\n# only a comment\n", "id", id="only a comment"),
        pytest.param(b'id = "a"\n', "title", id="no title"),
        pytest.param(b'id = "a"\ntitle = "A"\n', "question", id="no question"),
        pytest.param(b'id = "a"\ntitle = "A"\nquestion = []\n', "question", id="no questions"),
        pytest.param(b'id = "a"\ntitle = "A"\n[question]\n', "question", id="one bracket"),
        pytest.param(b'id = "A B"\ntitle = "A"\n', "id", id="id with a space"),
        pytest.param(b"author = 1\n" + GOOD, "author", id="unknown field"),
        pytest.param(
            GOOD + GOOD[GOOD.index(b"[[question]]") : GOOD.index(b"[[question]]", 900)],
            "question",
            id="question twice",
        ),
    ],
)
def test_a_question_set_with_a_wrong_field_is_named(
    content: bytes, field: str, tmp_path: Path
) -> None:
    """Prevents a set without questions, or with a question that stands in it twice."""
    with pytest.raises(CyberNormsError) as caught:
        read_question_set(saved(tmp_path, content), ANYTHING)
    assert "made_up.toml" in caught.value.where
    assert f"field {field!r}" in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"id = unquoted", id="unquoted text"),
        pytest.param(b"{}", id="JSON"),
        pytest.param(b"- id: yaml", id="YAML"),
        pytest.param(b"id = 'a'\nid = 'b'", id="a field twice"),
        pytest.param("title = 'caf\u00e9'".encode("latin-1"), id="Latin-1"),
        pytest.param(GOOD.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(b"id = 'a\x00'", id="NUL"),
        pytest.param(b"points = " + b"9" * 5000, id="5,000 digits"),
        pytest.param(b"points = " + b"[" * 5000, id="nested too deeply"),
        pytest.param(b"\xff\xfe\x00\x01" * 10, id="no text"),
    ],
)
def test_a_file_that_is_not_toml_in_utf_8_is_named(content: bytes, tmp_path: Path) -> None:
    """Prevents a traceback of the TOML reader."""
    with pytest.raises(CyberNormsError) as caught:
        read_question_set(saved(tmp_path, content), ANYTHING)
    assert caught.value.where == "made_up.toml"
    assert "cannot be read" in caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n")])
def test_a_file_from_a_windows_editor_is_read(content: bytes, tmp_path: Path) -> None:
    """Prevents the byte order mark of Notepad, or its line ends, from breaking a set."""
    read = read_question_set(saved(tmp_path, content), ANYTHING)
    assert len(read.questions) == len(KINDS)
    assert read.points == 27


@pytest.mark.parametrize("name", ["missing.toml", "folder.toml"])
def test_a_file_that_cannot_be_opened_is_named(name: str, tmp_path: Path) -> None:
    """Prevents a traceback where a file was moved away, or is a folder."""
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(CyberNormsError) as caught:
        read_question_set(tmp_path / name, ANYTHING)
    assert name in caught.value.where
    assert caught.value.remedy


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let made-up questions refer to made-up sources."""
    monkeypatch.setattr(question_files, "known_in_data", lambda: ANYTHING)


def test_two_sets_with_a_question_of_one_id_are_both_named(unchecked: None, tmp_path: Path) -> None:
    """Prevents answers to two questions from being taken for one another."""
    saved(tmp_path, GOOD, "01-first.toml")
    saved(tmp_path, GOOD.replace(b'id = "made-up"', b'id = "other"'), "02-second.toml")
    with pytest.raises(CyberNormsError) as caught:
        load_question_sets(tmp_path)
    assert "made-up-choice" in caught.value.what
    assert "01-first.toml" in caught.value.where
    assert "02-second.toml" in caught.value.where
    assert caught.value.remedy


def test_two_sets_of_one_id_are_both_named(unchecked: None, tmp_path: Path) -> None:
    """Prevents two lessons from sharing one row of the gradebook."""
    saved(tmp_path, GOOD, "01-first.toml")
    saved(tmp_path, GOOD.replace(b'"made-up-', b'"other-'), "02-second.toml")
    with pytest.raises(CyberNormsError) as caught:
        load_question_sets(tmp_path)
    assert "'made-up'" in caught.value.what
    assert "01-first.toml" in caught.value.where
    assert "02-second.toml" in caught.value.where
    assert caught.value.remedy


def test_a_question_is_found_by_its_id(unchecked: None, tmp_path: Path) -> None:
    """Prevents ask() from showing another question than the one named."""
    saved(tmp_path, GOOD)
    assert find_question("made-up-order", tmp_path).kind == "order"


@pytest.mark.parametrize("id", ["made-up-ordr", "", "zzz", None, 5, ["made-up-order"], {}])
def test_a_question_that_nobody_has_is_refused_with_a_remedy(
    id: Any, unchecked: None, tmp_path: Path
) -> None:
    """Prevents a traceback where a learner damaged the id in a cell."""
    saved(tmp_path, GOOD)
    with pytest.raises(CyberNormsError) as caught:
        find_question(id, tmp_path)
    assert caught.value.remedy
    assert id != "made-up-ordr" or "'made-up-order'" in caught.value.remedy


def test_references_are_checked_against_the_tables_of_the_module(tmp_path: Path) -> None:
    """Prevents the check of references from being switched off where it counts."""
    with pytest.raises(CyberNormsError, match="lower-shelving"):
        read_question_set(saved(tmp_path, GOOD))
