"""The bank for Moodle: well formed, of the weight it should have, honest on what is left out.

How Moodle reads a text with gaps and adds up marks is written down here a second time, after
question/type/multianswer/questiontype.php and question/format/xml/format.php of Moodle 4.2 and 5.0.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from cybernorms.classroom.export.exports import Export, left_out_text
from cybernorms.classroom.export.moodle_text import (
    EMOTICONS,
    FRACTIONS,
    WORD_JOINER,
    cdata,
    nearest_fraction,
)
from cybernorms.classroom.export.moodle_xml import FILE, moodle_xml
from cybernorms.classroom.export.question_texts import number_advice
from cybernorms.exercises.question_files import load_question_sets, read_question
from cybernorms.exercises.questions import Question, QuestionSet
from tests.factories import ANYTHING, made_up, made_up_table, option
from tests.paths import ROOT


def read(table: dict[str, Any]) -> Question:
    return read_question(table, "made_up.toml", ANYTHING)


def set_of(*questions: Question) -> QuestionSet:
    return QuestionSet("90-made-up", "Made up", "1", questions)


def moodle(*questions: Question) -> ET.Element:
    return ET.fromstring(moodle_xml([set_of(*questions)]).files[FILE].decode("utf-8"))


def only(kind: str, **changes: Any) -> ET.Element:
    """Return the Moodle element of the made-up question of a kind."""
    return moodle(made_up(kind, **changes)).findall("question")[1]


class Gap(NamedTuple):
    """A gap as Moodle reads it: its mark, and of each answer the part, the HTML, the feedback."""

    mark: int
    answers: list[tuple[float, str, str]]


START = r"\{([0-9]*):(?:MULTICHOICE|MC):"
ANSWER = r"(?:=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?(.+?(?<!\\|&)(?=[~#}]|$))(?:#(.*?(?<!\\)(?=[~}]|$)))?"


def gaps_in(text: str) -> list[Gap]:
    found = []
    for match in re.finditer(f"{START}({ANSWER}(?:~{ANSWER})*)}}", text, re.DOTALL):
        answers = [
            (
                float(part) / 100,
                *(
                    html.unescape(each).replace(r"\}", "}").replace(r"\#", "#")
                    for each in (answer, feedback)
                ),
            )
            for part, answer, feedback in re.findall(f"~?{ANSWER}", match[2], re.DOTALL)
        ]
        found.append(Gap(int(match[1] or 1), answers))
    return found


def mark_of(element: ET.Element) -> float:
    """Return the mark that Moodle gives a question; that of a text with gaps is their sum."""
    if element.attrib["type"] == "cloze":
        return sum(gap.mark for gap in gaps_in(element.findtext("questiontext/text") or ""))
    return float(element.findtext("defaultgrade") or "")


def marks_by_category(sets: Sequence[QuestionSet]) -> dict[str, dict[str, float]]:
    """Return the mark of each question by category, with the category's path as Moodle has it."""
    found: dict[str, dict[str, float]] = {}
    category = ""
    root = ET.fromstring(moodle_xml(sets).files[FILE].decode("utf-8"))
    for element in root.findall("question"):
        if element.attrib["type"] == "category":
            category = element.findtext("category/text") or ""
            found[category] = {}
        else:
            found[category][element.findtext("idnumber") or ""] = mark_of(element)
    return found


def texts_in(element: ET.Element) -> list[str]:
    """Return all texts as Moodle's filters get them, those of gaps among them."""
    texts = [each.text or "" for each in element.iter("text")]
    gaps = [answer for text in texts for gap in gaps_in(text) for answer in gap.answers]
    return texts + [text for _, *pair in gaps for text in pair]


def told(export: Export, question: str = "") -> list[str]:
    return [note.text for note in export.notes if note.question == question]


def fractions(element: ET.Element) -> list[float]:
    return [float(answer.attrib["fraction"]) for answer in element.findall("answer")]


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


def test_items_and_categories_with_markup_come_back_whole() -> None:
    """Prevents Moodle from taking a part of a category for markup, and leaving it out."""
    written = "A <b> & &amp;"
    table = made_up_table("match")
    for each in (*table["category"][:1], *table["item"][:1]):
        each["text"] = written
    texts = [each.text or "" for each in moodle(read(table)).iter("text")]
    assert texts.count("A &lt;b&gt; &amp; &amp;amp;") >= 2


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
    text = element.findtext("questiontext/text") or ""
    assert "<p>Write the number alone, in digits, without “books”. Use a decimal point" in text


def test_a_clause_is_a_text_with_gaps() -> None:
    text = only("clause").findtext("questiontext/text") or ""
    gaps = gaps_in(text)
    assert len(gaps) == 2
    assert (1.0, "should not") in [answer[:2] for answer in gaps[1].answers]
    [must_not] = [answer for answer in gaps[1].answers if answer[1] == "must not"]
    assert must_not[0] == 0.4 and must_not[2].startswith("Defensible. ")
    assert "knowingly" not in text


def test_what_has_a_meaning_in_a_gap_is_escaped() -> None:
    """Prevents a reason with a brace from ending the gap, and backslashes that students see."""
    written = 'It } a ~b #c "d/e" \\f %50% =g {1:MC:x} <b> &amp; &'
    parts = made_up_table("clause")["part"]
    parts[0]["option"][0] |= {"text": written, "reason": written}
    parts[0]["label"] = written
    element = only("clause", part=parts, prompt=written)
    gaps = gaps_in(element.findtext("questiontext/text") or "")
    assert len(gaps) == sum(part.get("required", True) for part in parts)
    _, text, feedback = gaps[0].answers[0]
    assert len(gaps[0].answers) == len(parts[0]["option"])
    assert html.unescape(text) == written
    assert html.unescape(feedback).startswith(written)


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


# Weights.


@pytest.mark.parametrize("each", [each for each in load_question_sets() if each.points])
def test_the_marks_of_a_set_add_up_and_each_question_keeps_its_weight(each: QuestionSet) -> None:
    """Prevents a text with six gaps from counting six times as much as it should."""
    marks = marks_by_category([each])
    (graded,) = [marks[path] for path in marks if path.endswith("/Graded")]
    points = {one.id: one.points for one in each.questions if one.points}
    times = sum(graded.values()) / each.points
    assert {id: mark / times for id, mark in graded.items()} == pytest.approx(points)
    assert times == round(times)
    text = left_out_text(moodle_xml([each]))
    said = " ".join(text.split())
    multiplied = f", {times:g} times" if times > 1 else "."  # a set without gaps stays as it is
    assert f"{each.id}: its marks add up to {sum(graded.values()):g}{multiplied}" in said
    assert f"Set the maximum grade of its quiz to {each.points:g}" in said


def test_the_guide_has_the_marks_of_each_set() -> None:
    guide = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    for path, marks in marks_by_category(load_question_sets()).items():
        if path.endswith("/Graded"):
            number = path.split("/")[-2].split()[0]
            points = next(one.points for one in load_question_sets() if one.id.startswith(number))
            assert f"| {number} | {points:g} | {sum(marks.values()):g} |" in guide


def test_questions_without_points_all_have_the_same_mark() -> None:
    for path, marks in marks_by_category(load_question_sets()).items():
        if not path.endswith("/Graded"):
            assert len(set(marks.values())) == 1, path


def test_a_set_without_gaps_keeps_its_points() -> None:
    (marks,) = marks_by_category([set_of(made_up("choice", points=1.25))]).values()
    assert list(marks.values()) == [1.25]


@pytest.mark.parametrize("points", [0.1, 0.7, 1, 1.3, 2.25, 7])
def test_gaps_carry_any_points(points: float) -> None:
    questions = [made_up("clause", points=points), made_up("choice", points=1)]
    (marks,) = marks_by_category([set_of(*questions)]).values()
    clause, choice = marks["made-up-clause"], marks["made-up-choice"]
    assert clause / choice == pytest.approx(points)


def test_points_that_no_whole_marks_can_carry_are_told() -> None:
    export = moodle_xml([set_of(made_up("clause", points=1.2345), made_up("choice", points=1))])
    (note,) = [each for each in export.notes if "Gaps have whole marks" in each.text]
    assert note.question == "made-up-clause" and "in place of" in note.amount


def test_the_rubric_is_on_the_scale_of_the_question() -> None:
    """Prevents a grader from giving 3 of 18 for a full answer."""
    table = made_up_table("clause", points=1)
    clause: Any = read(table)
    written = made_up("written")
    element = moodle(clause, written).findall("question")[2]
    parts = sum(part.required for part in clause.parts)
    assert parts > 1
    points = [each.points * parts for each in written.criteria]
    assert float(element.findtext("defaultgrade") or "") == pytest.approx(sum(points))
    info = element.findtext("graderinfo/text") or ""
    for each, wanted in zip(written.criteria, points, strict=True):
        assert f"<p>{each.name} ({wanted:g} points)</p>" in info


def test_one_point_is_called_a_point() -> None:
    assert "(1 points)" not in moodle_xml(load_question_sets()).files[FILE].decode("utf-8")


# Emoticons.


def test_moodle_finds_no_emoticon_in_any_text_of_the_module() -> None:
    """Prevents a heart in place of norm (h)."""
    root = ET.fromstring(moodle_xml(load_question_sets()).files[FILE].decode("utf-8"))
    texts = [text for element in root.findall("question") for text in texts_in(element)]
    for text in texts:
        assert not [each for each in EMOTICONS if each in text or each in html.unescape(text)]
    assert any(f"({WORD_JOINER}h)" in text for text in texts)


@pytest.mark.parametrize("kind", ["choice", "several", "match", "order", "number", "clause"])
@pytest.mark.parametrize("emoticon", EMOTICONS)
def test_no_emoticon_comes_through_in_any_field(kind: str, emoticon: str) -> None:
    def with_emoticon(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {field: with_emoticon(each, field) for field, each in value.items()}
        if isinstance(value, list):
            return [with_emoticon(each) for each in value]
        words = ("prompt", "hint", "closing", "text", "reason", "otherwise", "wide_reason", "label")
        return f"{value} {emoticon}>-){emoticon}" if name in words else value

    table = with_emoticon(made_up_table(kind))
    each = QuestionSet("90-made-up", f"Made {emoticon} up", "1", (read(table),))
    root = ET.fromstring(moodle_xml([each]).files[FILE].decode("utf-8"))
    found = [text for element in root.findall("question") for text in texts_in(element)]
    assert len(found) > 5
    assert not [text for text in found if any(one in text for one in EMOTICONS)]
    whole = html.unescape("".join(found)).replace(WORD_JOINER, "")
    assert whole.count(emoticon) >= 8


def test_ids_are_left_as_they_are() -> None:
    """Prevents ID numbers that are no longer found, such as one with 8-o in it."""
    element = moodle(read(made_up_table("choice", id="in-2018-october"))).findall("question")[1]
    assert element.findtext("idnumber") == element.findtext("name/text") == "in-2018-october"


# Numbers.


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answer": 4, "tolerance": 0, "wide_tolerance": 1}, False),
        ({"answer": 0.52, "tolerance": 0, "wide_tolerance": 1, "mistake": []}, True),
        ({"answer": 4, "tolerance": 0.5, "wide_tolerance": 1}, True),
        ({"answer": 4, "tolerance": 0, "wide_tolerance": 0.5}, True),
    ],
)
def test_a_number_that_can_have_a_fraction_is_asked_for_with_a_point(
    changes: dict[str, Any], expected: bool
) -> None:
    """Prevents 0,52 from bringing nothing without a word."""
    export = moodle_xml([set_of(made_up("number", **changes))])
    prompt = "Use a decimal point, not a comma" in export.files[FILE].decode("utf-8")
    said = any("decimal comma" in text for text in told(export, "made-up-number"))
    assert (prompt, said) == (expected, expected)


def test_how_to_write_a_number_reads_right_with_and_without_a_unit() -> None:
    wanted = {"unit": "places", "answer": 4, "tolerance": 0, "wide_tolerance": 1}
    assert number_advice(made_up("number", **wanted)) == (
        "Write the number alone, in digits, without “places”."
    )
    assert number_advice(made_up("number", **wanted | {"unit": "%"})).endswith("without “%”.")


# What is lost has its number.


def test_an_order_says_what_it_brings_where_two_neighbours_are_exchanged() -> None:
    export = moodle_xml([set_of(made_up("order"))])
    (note,) = [each for each in export.notes if "exchanged" in each.text]
    assert re.fullmatch(r"[\d.]+% in place of [\d.]+%", note.amount)


def test_a_defensible_place_says_what_it_costs() -> None:
    table = made_up_table("match")
    lost = sum(
        max((each.get("credit", 0) for each in item["placement"]), default=0)
        for item in table["item"]
    ) / len(table["item"])
    notes = [each for each in moodle_xml([set_of(made_up("match"))]).notes if "costs" in each.text]
    assert [note.amount for note in notes] == ([f"{100 * lost:.3g}%"] if lost else [])
    assert lost
