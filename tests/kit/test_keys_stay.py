"""No key in a file for students, and a copy without keys makes a kit without keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.export.bare_questions import without_keys
from cybernorms.exercises import question_files
from cybernorms.exercises.withheld import withhold
from cybernorms.kit.catalogue import documents, tables
from cybernorms.kit.lessons import load_taught
from cybernorms.kit.slides import slides_file
from cybernorms.kit.web import web_page
from cybernorms.kit.word import word_file
from cybernorms.paths import questions_dir
from tests.kit.kit import (
    page,
    plain,
    sheets,
    word_bytes,
    words_of_file,
    words_of_page,
)

LOCATIONS = ("source", "sources", "pinpoint")  # which texts above a question have as well
SHORTEST = 25  # characters; what is shorter stands in many places


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in LOCATIONS:
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


@cache
def withheld_texts(*, only_graded: bool) -> set[str]:
    """Return every text of every field that students do not get, and that no other one has."""
    found, open = set[str](), set[str]()
    for path in sorted(questions_dir().glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["question"]:
            open |= set(strings(withhold(table)))
            if only_graded and table.get("use", "graded") != "graded":
                continue
            secret = set(strings(table)) - open
            found |= {part for each in secret for part in each.split("\n\n")}
    return {plain(each) for each in found - open if len(each) >= SHORTEST}


FOR_STUDENTS = [each.name for each in sheets() if not each.keyed]


@pytest.mark.parametrize("name", FOR_STUDENTS)
def test_no_text_of_a_key_is_in_a_file_for_students(name: str) -> None:
    """Prevents a reason, an example or a take-away on a sheet that students hold in class."""
    secret = withheld_texts(only_graded=False)
    assert len(secret) > 500
    for words in (words_of_page(page(name)), words_of_file(word_bytes(name))):
        assert not [each for each in secret if each in words]


def test_the_search_finds_what_is_there() -> None:
    """Prevents the search above from passing because it looks for the wrong letters."""
    secret = withheld_texts(only_graded=True)
    words = words_of_page(page("question-book"))
    found = [each for each in secret if each in words]
    assert len(found) > 0.9 * len(secret)


@pytest.mark.slow
def test_a_copy_without_keys_makes_a_kit_without_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents the package for students from printing what it was made not to have."""
    full = question_files.load_question_sets()
    texts = {path.name: path.read_text(encoding="utf-8") for path in questions_dir().glob("*.toml")}
    by_file = dict(zip(sorted(texts), full, strict=True))
    for name, text in texts.items():
        (tmp_path / name).write_text(without_keys(text, by_file[name]), encoding="utf-8")
    monkeypatch.setattr(question_files, "questions_dir", lambda: tmp_path)
    monkeypatch.setattr("cybernorms.kit.guides.guides_dir", lambda: tmp_path / "instructor")
    monkeypatch.setattr("cybernorms.kit.catalogue.guides_dir", lambda: tmp_path / "instructor")
    taught = load_taught()
    secret = withheld_texts(only_graded=True)
    for sheet in documents(taught):
        for words in (words_of_page(web_page(sheet)), words_of_file(word_file(sheet))):
            assert not [each for each in secret if each in words], sheet.name
    for lesson in taught[:2]:
        words = slide_words(slides_file(lesson))
        assert not [each for each in secret if each in words]
    for content in tables(taught).values():
        assert not [each for each in secret if each in plain(content.decode("utf-8-sig"))]


def slide_words(content: bytes) -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            name for name in archive.namelist() if name.startswith(("ppt/slides/", "ppt/notes"))
        ]
        xmls = [name for name in parts if name.endswith(".xml")]
    return " ".join(words_of_file(content, name) for name in xmls)
