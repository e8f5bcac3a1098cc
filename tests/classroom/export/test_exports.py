"""Exports: whole and well formed in the other program's terms, and honest on what is left out."""

from __future__ import annotations

import io
import json
import sqlite3
import xml.etree.ElementTree as ET
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
    FILE,
    FRACTIONS,
    cdata,
    moodle_xml,
    nearest_fraction,
)
from cybernorms.classroom.export.qti import factor_of, qti, quiz_text, text_line
from cybernorms.cli import main
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.norms import load_norms
from cybernorms.corpus.process import load_glossary
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets, read_question
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.withheld import withhold
from tests.factories import ANYTHING, all_made_up, made_up, made_up_table, option


def set_of(*questions: Question) -> QuestionSet:
    return QuestionSet("90-made-up", "Made up", "1", questions)


def moodle(*questions: Question) -> ET.Element:
    return ET.fromstring(moodle_xml([set_of(*questions)]).files[FILE].decode("utf-8"))


def only(kind: str, **changes: Any) -> ET.Element:
    """Return the Moodle element of the made-up question of a kind."""
    return moodle(made_up(kind, **changes)).findall("question")[1]


def told(export: Export, question: str = "") -> list[str]:
    return [note.text for note in export.notes if note.question == question]


def fractions(element: ET.Element) -> list[float]:
    return [float(answer.attrib["fraction"]) for answer in element.findall("answer")]


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


# Moodle.


def test_text_with_markup_and_the_end_of_a_cdata_comes_back_whole() -> None:
    """Prevents a file that Moodle cannot read, or markup that it runs."""
    text = 'A ]]> & <script> "b" \x0b'
    element = only("choice", prompt=text, option=[option("a", "correct", text), option("b")])
    assert element.findtext("questiontext/text") == '<p>A ]]&gt; &amp; &lt;script&gt; "b"</p>'
    assert element.findtext("answer/text") == 'A ]]&gt; &amp; &lt;script&gt; "b"'


def test_cdata_is_escaped() -> None:
    assert ET.fromstring(f"<a>{cdata('x]]>y]]>z')}</a>").text == "x]]>y]]>z"


def test_a_choice_has_a_fraction_and_a_reason_for_each_option() -> None:
    element = only("choice")
    assert element.attrib["type"] == "multichoice"
    assert element.findtext("single") == "true"
    assert fractions(element) == [100, 50, 0]
    feedback = [answer.findtext("feedback/text") or "" for answer in element.findall("answer")]
    assert "nothing but restraint" in feedback[0] and "[lower-shelving, art 4(d)]" in feedback[0]
    assert feedback[1].startswith("<p>Defensible. ")


def test_several_choices_add_up_to_full_and_wrong_ones_take_away() -> None:
    assert fractions(only("several")) == [50, 50, 0, -50, -50]
    assert only("several").findtext("single") == "false"


@pytest.mark.parametrize("correct", range(1, 11))
def test_up_to_ten_correct_options_have_shares_that_moodle_allows(correct: int) -> None:
    options = [option(f"r{number}", "correct") for number in range(correct)]
    element = only("several", option=[*options, option("w")])
    assert sum(each for each in fractions(element) if each > 0) == pytest.approx(100, abs=0.01)


def test_a_credit_that_moodle_does_not_allow_becomes_the_nearest_and_is_told() -> None:
    options = [option("a", "correct"), option("b", "defensible", credit=0.35)]
    question = made_up("choice", option=options)
    export = moodle_xml([set_of(question)])
    assert nearest_fraction(0.35) == 33.33333
    assert any("35% is not among those" in text for text in told(export, question.id))


def test_a_match_has_a_pair_for_each_item_and_the_categories_that_nothing_fits() -> None:
    element = only("match")
    pairs = [
        (pair.findtext("text"), pair.findtext("answer/text"))
        for pair in element.findall("subquestion")
    ]
    assert element.attrib["type"] == "matching"
    assert ("Do not fold the corners", "Hold back") in pairs
    assert len(pairs) == 3


def test_items_of_equal_rank_share_their_places() -> None:
    items = [
        {"id": id, "text": f"Text of {id}", "rank": rank, "reason": "Because."}
        for id, rank in {"a": 1, "b": 2, "c": 2, "d": 3}.items()
    ]
    answers = [
        pair.findtext("answer/text") for pair in only("order", item=items).findall("subquestion")
    ]
    assert answers == ["Place 1", "Places 2 to 3", "Places 2 to 3", "Place 4"]


def test_a_number_has_its_tolerances_its_mistakes_and_all_others() -> None:
    element = only("number")
    rows = [
        (answer.findtext("text"), answer.findtext("tolerance"), float(answer.attrib["fraction"]))
        for answer in element.findall("answer")
    ]
    assert rows == [("1500", "0.5", 100), ("1500", "10", 50), ("150", "0", 0), ("*", "0", 0)]
    assert "Answer in books" in (element.findtext("questiontext/text") or "")


def test_a_clause_is_a_text_with_gaps() -> None:
    text = only("clause").findtext("questiontext/text") or ""
    assert text.count("{1:MULTICHOICE:") == 2
    assert "%100%should not#The treaty is voluntary." in text
    assert "%40%must not#Defensible. " in text
    assert "knowingly" not in text


def test_what_has_a_meaning_in_a_gap_is_escaped() -> None:
    """Prevents a reason with a brace from ending the gap."""
    parts = made_up_table("clause")["part"]
    parts[0]["option"][0]["reason"] = 'It ends } here, with ~ and # and "/".'
    text = only("clause", part=parts).findtext("questiontext/text") or ""
    assert r"It ends \} here, with \~ and \# and \"\/\"." in text


def test_a_written_question_carries_limits_rubric_and_example_for_graders() -> None:
    element = only("written")
    assert (element.findtext("minwordlimit"), element.findtext("maxwordlimit")) == ("5", "40")
    info = element.findtext("graderinfo/text") or ""
    assert "Covers cousins and corners." in info and "a fold never heals" in info
    assert "a fold never heals" not in (element.findtext("questiontext/text") or "")


@pytest.mark.parametrize("kind", ["forecast", "value"])
def test_kinds_that_moodle_lacks_are_told_and_not_dropped_in_silence(kind: str) -> None:
    export = moodle_xml([set_of(made_up(kind))])
    assert any("left out" in text for text in told(export, f"made-up-{kind}"))


def test_every_question_of_the_module_is_exported_or_told() -> None:
    sets = load_question_sets()
    export = moodle_xml(sets)
    root = ET.fromstring(export.files[FILE].decode("utf-8"))
    exported = {element.findtext("idnumber") for element in root.findall("question")}
    for question in (one for each in sets for one in each.questions):
        whole = any("left out" in text for text in told(export, question.id))
        assert (question.id in exported) or whole, question.id


def test_every_fraction_of_the_module_is_one_that_moodle_allows() -> None:
    root = ET.fromstring(moodle_xml(load_question_sets()).files[FILE].decode("utf-8"))
    given = {
        abs(float(answer.attrib["fraction"]))
        for answer in root.iter("answer")
        if answer.attrib.get("fraction")
    }
    assert given <= set(FRACTIONS)


def test_names_of_questions_are_unique_in_moodle() -> None:
    root = ET.fromstring(moodle_xml(load_question_sets()).files[FILE].decode("utf-8"))
    names = [element.findtext("idnumber") for element in root.findall("question")]
    names = [name for name in names if name]
    assert len(names) == len(set(names)) > 50


# Canvas.


def item_texts(data: bytes) -> list[str]:
    """Return the prompt of each question in a QTI zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(
            name
            for name in archive.namelist()
            if "assessment_" in name and name.endswith(".xml") and "meta" not in name
        )
        root = ET.fromstring(archive.read(name))
    space = {"q": root.tag[1:].split("}")[0]}
    return [
        item.findtext("q:presentation/q:material/q:mattext", "", space)
        for item in root.iter(f"{{{space['q']}}}item")
    ]


def points_in(text: str) -> list[str]:
    return [line.removeprefix("Points: ") for line in text.splitlines() if "Points: " in line]


def test_every_set_with_points_becomes_a_zip_that_text2qti_takes() -> None:
    export = qti(load_question_sets())
    for each in load_question_sets():
        if each.points:
            texts = item_texts(export.files[f"{each.id}.zip"])
            assert len(texts) >= 6


@pytest.mark.parametrize(
    "text",
    [
        "Is 2 * 3 < $7 & [a] #1 in _this_ {case}? 1. `x` ~y~ ^z^ |",
        "12. The twelfth",
        "1) The first",
        "- a dash",
        "+ a plus",
    ],
)
def test_text_with_marks_comes_through_text2qti_unchanged(text: str) -> None:
    """Prevents emphasis, formulas and code where an author wrote an asterisk or a dollar."""
    question = made_up("choice", prompt=text, passages=[])
    (html,) = item_texts(qti([set_of(question)]).files["90-made-up.zip"])
    plain = "".join(ET.fromstring(f"<div>{html}</div>").itertext()).strip()
    assert plain == text


def test_the_zips_have_the_same_bytes_whenever_they_are_made() -> None:
    sets = [set_of(made_up("choice", passages=[]))]
    assert qti(sets).files == qti(sets).files


def test_a_choice_has_one_answer_that_counts_and_a_reason_for_each() -> None:
    text, notes = quiz_text(set_of(made_up("choice")))
    lines = text.splitlines()
    assert "*a) Article 4(d), on dog-ears" in lines
    assert "b) Article 4(e), on lending to a cousin" in lines
    assert sum(line.startswith("... ") for line in lines) == 4
    assert any("defensible option brings nothing" in note.text for note in notes)


def test_a_defensible_option_among_several_is_left_out_and_named() -> None:
    """Prevents Canvas from counting an arguable choice as wrong."""
    text, notes = quiz_text(set_of(made_up("several")))
    assert "Tea stains" not in text
    assert any("“Tea stains” is left out" in note.text for note in notes)


def test_a_match_becomes_a_question_for_each_item_and_says_so() -> None:
    text, notes = quiz_text(set_of(made_up("match", points=3)))
    assert points_in(text) == ["1", "1", "1"]
    assert "It became 3 questions of 1 point" in {note.text for note in notes}


def test_points_are_multiplied_so_that_parts_keep_their_weight() -> None:
    """Prevents a match of one point from counting three times as much as a choice of one."""
    questions = [made_up("match", points=1), made_up("choice", points=1)]
    text, notes = quiz_text(set_of(*questions))
    assert points_in(text) == ["1", "1", "1", "3"]
    assert any("are multiplied by 3" in note.text for note in notes if not note.question)


@pytest.mark.parametrize("each", [each for each in load_question_sets() if each.points])
def test_no_question_of_the_module_changes_its_weight_by_more_than_a_quarter(
    each: QuestionSet,
) -> None:
    text, _ = quiz_text(each)
    factor = factor_of([question for question in each.questions if question.points])
    totals: dict[str, float] = {}
    title = ""
    for line in text.splitlines():
        if line.startswith("Title: "):
            title = line.removeprefix("Title: ").split(",")[0].replace("\\", "")
        if line.startswith("Points: "):
            totals[title] = totals.get(title, 0) + float(line.removeprefix("Points: "))
    points = {question.id: question.points * factor for question in each.questions}
    assert {id: total / points[id] for id, total in totals.items()} == {
        id: pytest.approx(1, abs=0.25) for id in totals
    }


def test_points_that_are_no_halves_become_the_nearest_half_and_are_told() -> None:
    text, notes = quiz_text(set_of(made_up("choice", points=7.3)))
    assert points_in(text) == ["7.5"]
    assert "7.5 points in place of 7.3" in {note.text for note in notes}


def test_a_number_too_near_zero_for_text2qti_is_left_out_and_told() -> None:
    text, notes = quiz_text(set_of(made_up("number", answer=0, tolerance=0)))
    assert text == ""
    assert "the question is left out" in notes[0].text


def test_every_kind_is_exported_to_canvas_or_told() -> None:
    for question in all_made_up():
        text, notes = quiz_text(set_of(question))
        assert question.id in text or "left out" in notes[0].text


def test_a_line_of_text_holds_no_line_break() -> None:
    assert "\n" not in text_line("a\n1. b\n*c) d")


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
