"""Exports: whole and well formed in the other program's terms, and honest on what is left out."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.export import exports
from cybernorms.classroom.export.anki import anki, location_html, term_fields
from cybernorms.classroom.export.exports import (
    LEFT_OUT,
    Export,
    Note,
    left_out_text,
    need,
    write_export,
    zip_of,
)
from cybernorms.classroom.export.moodle_xml import (
    moodle_xml,
)
from cybernorms.classroom.export.qti import qti
from cybernorms.cli import main
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import load_norms
from cybernorms.corpus.process import load_glossary
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import read_question
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import withhold
from tests.classroom.factories import contents
from tests.factories import ANYTHING, made_up_table


def set_of(*questions: Question) -> QuestionSet:
    return QuestionSet("90-made-up", "Made up", "1", questions)


# What is left out.


def test_what_is_left_out_is_written_beside_the_files(tmp_path: Path) -> None:
    export = Export("Made-up", {"sub/a.txt": b"a"}, [Note("No colours"), Note("No sound", "q1")])
    written = write_export(export, tmp_path)
    assert (tmp_path / "sub" / "a.txt").read_bytes() == b"a"
    assert tmp_path / LEFT_OUT in written
    text = (tmp_path / LEFT_OUT).read_text(encoding="utf-8")
    assert "- No colours\n" in text and "- No sound (1 question): q1\n" in text


def test_a_sentence_on_many_questions_stands_once() -> None:
    export = Export("Made-up", {}, [Note("No sound", "a"), Note("No sound", "b")])
    assert "- No sound (2 questions): a, b" in left_out_text(export)


def test_what_differs_from_question_to_question_stands_behind_each() -> None:
    notes = [Note("Too loud", "a", "by half"), Note("Too loud", "b", "twice")]
    assert "- Too loud (2 questions): a (by half), b (twice)" in left_out_text(
        Export("Made-up", {}, notes)
    )


def test_an_export_that_leaves_nothing_out_says_so() -> None:
    assert "Nothing was left out." in left_out_text(Export("Made-up", {}, []))


@pytest.mark.parametrize("export", [moodle_xml, qti])
def test_questions_without_a_key_are_not_exported(export: Any) -> None:
    """Prevents a bank in which every answer is wrong."""
    bare = read_question(withhold(made_up_table("choice")), "made_up.toml", ANYTHING)
    with pytest.raises(CyberNormsError, match="has no key"):
        export([set_of(bare)])


def test_a_library_that_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(CyberNormsError, match=r"needs no_such_library.*\[exports\]"):
        need("no_such_library")


def test_a_zip_has_the_same_bytes_whenever_it_is_made() -> None:
    assert zip_of({"b": b"2", "a": b"1"}) == zip_of({"a": b"1", "b": b"2"})


# Anki.


def notes_in(data: bytes, folder: Path) -> list[tuple[str, list[str]]]:
    """Return id and fields of the notes of a deck."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    try:
        rows = connection.execute("select guid, flds from notes").fetchall()
    finally:
        connection.close()
    return [(guid, fields.split("\x1f")) for guid, fields in rows]


@pytest.fixture
def deck() -> Export:
    return anki(made_at=1.0)


def test_the_deck_has_a_note_for_each_norm_and_each_term(deck: Export, tmp_path: Path) -> None:
    notes = notes_in(deck.files["cybernorms.apkg"], tmp_path)
    assert len(notes) == len(load_norms(lesson=EVERYTHING)) + len(load_glossary())
    assert len({guid for guid, _ in notes}) == len(notes)


def test_every_card_names_its_source(deck: Export, tmp_path: Path) -> None:
    for _, fields in notes_in(deck.files["cybernorms.apkg"], tmp_path):
        assert fields[-1].strip()


def test_ids_stay_the_same_so_that_learners_keep_what_they_have_learnt(tmp_path: Path) -> None:
    norm = load_norms(lesson=EVERYTHING)[0]
    (one,) = notes_in(anki([norm], [], 1.0).files["cybernorms.apkg"], tmp_path)
    (other,) = notes_in(anki([norm], [], 2.0).files["cybernorms.apkg"], tmp_path)
    assert one == other
    assert one[0] == "p|*DF,UHYj"


def test_a_source_that_is_not_primary_says_so() -> None:
    term = next(term for term in load_glossary() if term.status == "secondary")
    assert "(secondary)" in location_html(term.source, term.pinpoint, term.status)
    assert term_fields(term)[2].endswith("(secondary)")


# The command.


@pytest.mark.parametrize("format", ["moodle", "nbgrader"])
def test_the_command_writes_files_and_says_what_it_leaves_out(
    format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", format, "--to", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert str(tmp_path / LEFT_OUT) in shown
    assert (tmp_path / LEFT_OUT).read_text(encoding="utf-8") in shown


def test_canvas_is_the_name_of_the_export_for_canvas(tmp_path: Path) -> None:
    for format in ("canvas", "qti"):
        assert main(["export", format, "--to", str(tmp_path / format)]) == 0
    assert contents(tmp_path / "canvas") == contents(tmp_path / "qti")


def test_the_help_says_which_system_takes_which(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "canvas or qti: Canvas" in " ".join(capsys.readouterr().out.split())


def test_the_command_says_in_one_sentence_that_a_library_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> None:
        raise ImportError

    monkeypatch.setattr(exports, "import_module", missing)
    assert main(["export", "anki", "--to", str(tmp_path)]) == 1
    assert "needs genanki" in capsys.readouterr().err
    assert json.dumps(list(tmp_path.iterdir())) == "[]"


def test_the_command_alone_says_what_there_is_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "mark the hand-ins of a class" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["export", "anki"], ["simulate-class", "3"]])
def test_a_file_in_the_way_of_a_folder_is_told_with_what_to_do(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine", encoding="utf-8")
    assert main([*command, "--to", str(path)]) == 1
    told = capsys.readouterr().err
    assert "There is a file where a folder should be" in told
    assert "Name another folder" in told
    assert path.read_text(encoding="utf-8") == "mine"
