"""Tables as spreadsheets and the LMS write them: all of one content are read alike, or told."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cybernorms.classroom import sheets
from cybernorms.classroom.encodings import Undecided, decode
from cybernorms.classroom.sheets import as_text, read_cells
from cybernorms.classroom.tables import open_table, read_table
from cybernorms.errors import CyberNormsError
from tests.classroom.workbooks import ods, xlsx

HEAD = ["Student", "ID", "Section", "Note"]
WESTERN = ["Müller, Zoë", "O’Hara, Tess", "Núñez de la Peña, José", "Ørsted, Søren", "Großmann, J."]
OTHERS = ["Милена Ковачевић", "小一 王", "राम कुमार", "محمد علي", 'Ada "Ace" King', "a;b\tc"]


def people(luck: random.Random, names: list[str]) -> list[list[str]]:
    notes = ["", "one, two", "line\nbreak", "0042", "12.50", "2026-03-01"]
    return [
        [name, str(luck.randint(1, 10**9)), luck.choice("AB"), luck.choice(notes)] for name in names
    ]


def as_csv(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n", quote: int = 0) -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator=end, quoting=quote).writerows(rows)  # type: ignore[arg-type]
    return held.getvalue()


def table_of(tmp_path: Path, content: bytes, name: str = "roster.csv") -> list[list[str]]:
    path = tmp_path / name
    path.write_bytes(content)
    columns, rows = read_table(path)
    return [columns, *([row[column] for column in columns] for row in rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("seed", range(6))
def test_one_table_in_any_dress_is_one_table(
    tmp_path: Path, seed: int, delimiter: str, encoding: str
) -> None:
    luck = random.Random(seed)
    rows = [HEAD, *people(luck, luck.sample(WESTERN + OTHERS, 6))]
    text = as_csv(rows, delimiter, luck.choice(["\n", "\r\n"]), luck.choice([0, 1]))
    if luck.random() < 0.3:
        text = f"sep={delimiter}\r\n{text}"
    if luck.random() < 0.3:
        text = (
            f"Cyber norms 2026{delimiter * 3}\r\n{delimiter * 3}\r\n{text}{delimiter * 3}\r\n\r\n"
        )
    assert table_of(tmp_path, text.encode(encoding)) == rows


@pytest.mark.parametrize("make", [xlsx, ods])
@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_is_read_as_csv_is_whatever_it_is_called(
    tmp_path: Path, seed: int, make: object
) -> None:
    luck = random.Random(seed)
    rows = [HEAD, *people(luck, luck.sample(WESTERN + OTHERS, 6))]
    for row in rows:
        row[3] = row[3].replace("\n", " ")
    filled = [
        [int(cell) if cell.isdigit() and cell[0] != "0" else cell for cell in row] for row in rows
    ]
    content = make([["", None]], [["Class of 2026"], [], *filled, []], [["other"], ["sheet"]])  # type: ignore[operator]
    for name in ("roster.xlsx", "roster.csv", "roster"):
        assert table_of(tmp_path, content, name) == rows
    assert table_of(tmp_path, as_csv(rows).encode(), "roster.xlsx") == rows


def test_numbers_and_dates_are_as_people_see_them() -> None:
    cells = [9001.0, 0.1 + 0.2, 1e16, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), True, None]
    seen = ["9001", "0.3", "1e+16", "2026-03-01", "2026-03-01 09:30:00", "TRUE", ""]
    assert [as_text(cell) for cell in cells] == seen
    assert read_cells(xlsx([cells]), "x").rows == [seen[:-1]]


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_lines_that_stand_whole_in_one_column_are_taken_apart(
    tmp_path: Path, delimiter: str
) -> None:
    # A spreadsheet that expects semicolons opens a file with commas so, and saves it so.
    rows = [HEAD, ["Lovelace, Ada", "1", "A", 'say "x"'], ["Bo", "2", "B", "a;b"]]
    whole = [[as_csv([row]).strip()] for row in rows]
    assert table_of(tmp_path, as_csv(whole, delimiter).encode()) == rows
    assert (
        table_of(tmp_path, as_csv([[*each, "", ""] for each in whole], delimiter).encode()) == rows
    )
    assert table_of(tmp_path, xlsx(whole)) == rows


@pytest.mark.parametrize("heading", ["", "mark"])
def test_what_was_typed_beside_such_lines_is_kept(tmp_path: Path, heading: str) -> None:
    head = "question,text,words,most,levels,mark"
    lines = [head, "q,aaaa,9,1,Full = 1; None = 0,", "q,bbbb,9,1,Full = 1,"]
    beside = [["", heading], ["Full", ""], ["", "None"]]
    rows = [[line, *cells] for line, cells in zip(lines, beside, strict=True)]
    column = heading or ""
    for content in (as_csv(rows, ";").encode(), xlsx(rows)):
        path = tmp_path / "rubric.csv"
        path.write_bytes(content)
        assert [row[column] for row in open_table(path).rows] == ["Full", "None"]
    path.write_text(f"{lines[0]};;;mark\n{lines[1]};;;Full\n{lines[2]};;None\n", "utf-8")
    assert [row["mark"] for row in open_table(path).rows] == ["Full", "None"]


def test_a_line_of_commas_in_an_ordinary_table_is_one_cell(tmp_path: Path) -> None:
    rows = [["Name, in full", "ID"], ["King, Ada", "1"], ["Li, Bo", "2"]]
    assert table_of(tmp_path, as_csv(rows, ";").encode()) == rows
    rows = [["Student", "ID", "a;b"], ["Ada", "1", "x;y"], ["Bo", "2", ""]]
    assert table_of(tmp_path, as_csv(rows).encode()) == rows
    wide = [["a", "b", "c", "d", "e", "f", "g;h"], ["1", "2", "3", "4", "5", "6", "7;8"]]
    assert table_of(tmp_path, as_csv(wide, quote=1).encode()) == wide


def test_headings_that_stand_again_further_down_are_no_person(tmp_path: Path) -> None:
    rows = [HEAD, *people(random.Random(1), WESTERN)]
    assert table_of(tmp_path, as_csv([*rows[:3], HEAD, *rows[3:]]).encode()) == rows


# --- Encodings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman"])
@pytest.mark.parametrize("seed", range(5))
def test_the_old_encodings_of_the_west_are_read_and_remarked_on(
    tmp_path: Path, encoding: str, seed: int
) -> None:
    luck = random.Random(seed)
    names = [name.replace("’", "'") for name in luck.sample(WESTERN, 5)]
    rows = [HEAD, *people(luck, names)]
    path = tmp_path / "roster.csv"
    path.write_bytes(as_csv(rows).encode(encoding))
    table = open_table(path)
    assert [row["Student"] for row in table.rows] == names
    assert "not in UTF-8" in table.remark


LETTERS = (
    "José",
    "Müller",
    "naïve",
    "García",
    "Noël",
    "Muñoz",
    "López",
    "Zoë O’Hara",
    "don’t, Zoé",
)


@pytest.mark.parametrize("name", [*LETTERS, "Zoë Ünal", "Ñandú", "Ærøskøbing"])
def test_one_name_is_enough_to_tell_the_mac_from_windows(name: str) -> None:
    for encoding in ("mac_roman", "cp1252"):
        assert decode(f"ID;{name}".encode(encoding))[0] == f"ID;{name}"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Милена Ковачевић", "cp1251"),
        ("Łukasz Żółkiewski", "cp1250"),
        ("Ελένη Παπαδοπούλου", "cp1253"),
        ("小明 王", "gbk"),
        ("山田 太郎", "shift_jis"),
        ("محمد علي", "cp1256"),
        ("김 민수", "euc_kr"),
    ],
)
def test_names_in_an_encoding_that_nobody_can_tell_are_no_names(name: str, encoding: str) -> None:
    with pytest.raises(Undecided, match="old encoding"):
        decode(f"Student,ID\n{name},1\n".encode(encoding))


@pytest.mark.parametrize("name", [*WESTERN, *OTHERS[:4]])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac_roman"])
def test_letters_that_were_decoded_in_the_wrong_way_are_told(name: str, wrong: str) -> None:
    # Read in the wrong encoding, and saved as UTF-8 then.
    garbled = name.encode().decode(wrong, errors="replace")
    with pytest.raises(Undecided, match=r"lost|was once"):
        decode(f"Student,ID\n{garbled},1\n".encode())


def test_letters_that_are_lost_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match=r"lost.*M.*Export it once more.*\.xlsx"):
        table_of(tmp_path, "Student,ID\nM\ufffdller,1\n".encode())


@given(
    st.lists(st.sampled_from([*WESTERN, *OTHERS, "Ångström", "Ñ", "naïve", "“quoted”"]), min_size=1)
)
def test_names_in_utf_8_are_never_taken_for_garbled(names: list[str]) -> None:
    text = "Student,ID\n" + "\n".join(names)
    assert decode(text.encode()) == (text, "")


# --- What is no table --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG....", "a picture"),
        (b"<!DOCTYPE html><table><tr><td>ID</td></tr></table>", "a web page"),
        (b"  <html><body>Log in</body></html>", "a web page"),
        (b"PK\x03\x04 not a zip at all", "cannot be read"),
        (xlsx([["Student", "ID"]])[:-30], "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read"),
        (b"a\0b\0\0c,d\0e", "bytes that are no text"),
        (xlsx([]), "is empty"),
        (b" \n,,\n", "is empty"),
    ],
)
def test_what_is_no_table_is_told_by_what_it_is(content: bytes, told: str) -> None:
    with pytest.raises(CyberNormsError, match=told):
        read_cells(content, "roster.csv")


def test_other_zips_are_told(tmp_path: Path) -> None:
    import zipfile

    for member, told in (("hand-in.json", "This is a zip"), ("Index/Document.iwa", "Numbers")):
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.writestr(member, "{}")
        with pytest.raises(CyberNormsError, match=told):
            read_cells((tmp_path / "x.zip").read_bytes(), "x")


def test_more_rows_than_any_class_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    rows = [["a", "b"]] * 5
    for content in (as_csv([["a", "b"]] * 5).encode(), xlsx(rows)):
        with pytest.raises(CyberNormsError, match="rows"):
            read_cells(content, "x")


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000)
    with pytest.raises(CyberNormsError, match="larger than any list"):
        read_cells(xlsx([["x" * 2_000]]), "x")


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_mark_of_a_workbook_are_told(content: bytes) -> None:
    for mark in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(CyberNormsError):
            read_cells(mark + content, "x")
