"""Lists of a class as they come: who is a student in them, what is no list, what was changed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cybernorms.classroom.intake.headings import fields_of, headings_in
from cybernorms.classroom.intake.roster import Roster
from cybernorms.classroom.intake.roster_files import read_roster
from cybernorms.errors import CyberNormsError
from tests.classroom.workbooks import xlsx

# As Moodle writes them in each language: the head of a grading worksheet, its first cell below,
# and the head of a list of participants with its word for a student.
MOODLE = {
    "en": (
        "Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (grade)",
        "Participant 14",
        "First name,Last name,ID number,Email address,Roles",
        "Student",
    ),
    "de": (
        "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,"
        "Zuletzt geändert (Bewertung)",
        "Teilnehmer/in 14",
        "Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Rollen",
        "Teilnehmer/in",
    ),
    "fr": (
        "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,"
        "Dernière modification (note)",
        "Participant 14",
        "Prénom,Nom de famille,Numéro d’identification,Adresse de courriel,Rôles",
        "Étudiant",
    ),
    "es": (
        "Identificador,Nombre completo,Dirección de correo,Estado,Calificación,"
        "Calificación máxima,Última modificación (calificación)",
        "Participante 14",
        "Nombre,Apellido(s),Número de ID,Dirección de correo,Roles",
        "Estudiante",
    ),
    "pt": (
        "Identificador,Nome completo,E-mail,Estado,Avaliação,Nota máxima,"
        "Última atualização (avaliação)",
        "Participante 14",
        "Nome,Apelido,Número de identificação (ID),E-mail,Papéis atribuídos",
        "Aluno",
    ),
    "pt_br": (
        "Identificador,Nome completo,Endereço de email,Status,Nota,Nota máxima,"
        "Última modificação (nota)",
        "Participante 14",
        "Nome,Sobrenome,Número de identificação,Endereço de email,Funções",
        "Estudante",
    ),
    "it": (
        "Identificativo,Nome,Indirizzo email,Stato,Valutazione,Valutazione massima,"
        "Ultima modifica (valutazione)",
        "Partecipante 14",
        "Nome,Cognome,Codice identificativo,Indirizzo email,Ruoli",
        "Studente",
    ),
    "nl": (
        "Identificatie,Volledige naam,E-mailadres,Status,Cijfer,Maximaal cijfer,"
        "Laatst gewijzigd (beoordeling)",
        "Deelnemer 14",
        "Voornaam,Achternaam,Nummer (ID),E-mailadres,Rollen",
        "Leerling",
    ),
    "pl": (
        "Identyfikator,Pełna nazwa,E-mail,Status,Ocena,Najwyższa ocena,"
        "Ostatnia modyfikacja (ocena)",
        "Uczestnik 14",
        "Imię,Nazwisko,Numer ID,E-mail,Role",
        "Student",
    ),
    "ru": (
        "Идентификатор,Полное имя,Адрес электронной почты,Статус,Оценка,Максимальная оценка,"
        "Последнее изменение (оценка)",
        "Участник 14",
        "Имя,Фамилия,Индивидуальный номер,Адрес электронной почты,Роли",
        "Студент",
    ),
    "uk": (
        "Ідентифікатор,Повна назва,Електронна пошта,Статус,Оцінка,Максимальна оцінка,"
        "Востаннє змінювалося (оцінка)",
        "Учасник 14",
        "Ім'я,Прізвище,Індивідуальний номер,Електронна пошта,Ролі",
        "Студент",
    ),
    "tr": (
        "Tanımlayıcı,Tam adı,E-posta adresi,Durum,Not,Enyüksek not,Son düzenleme (not)",
        "Katılımcı 14",
        "Adı,Soyadı,ID numarası,E-posta adresi,Roller",
        "Öğrenci",
    ),
    "zh_cn": (
        "标识符,全名,电子邮件地址,状态,成绩,最高分,上次修改（评分）",
        "参与人 14",
        "名,姓,学号,电子邮件地址,角色",
        "学生",
    ),
    "ja": (
        "ID,フルネーム,メールアドレス,ステータス,評点,最大評点,最終更新日時 (評定)",
        "参加者 14",
        "名,姓,IDナンバ,メールアドレス,ロール",
        "学生",
    ),
    "ar": (
        "المُعرَّف,ًالاسم كاملا,عنوان البريد الإلكتروني,الحالة,الدرجة,أعلى تقدير,آخر تعديل (التقدير)",
        "المشارك 14",
        "الاسم الأول,الاسم الأخير,رقم المُعرَّف,عنوان البريد الإلكتروني,الأدوار",
        "طالب",
    ),
}
SEVEN = (
    *("identifier", "full name", "email", "status", "grade", "maximum grade"),
    "last modified (grade)",
)
FIVE = ("first name", "last name", "id number", "email", "roles")


def roster_of(tmp_path: Path, text: str | bytes) -> Roster:
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path)


def names_in(roster: Roster) -> list[str]:
    return [person.name for person in roster.people]


def as_csv(*rows: list[str]) -> str:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue()


@pytest.mark.parametrize("language", MOODLE)
def test_a_worksheet_is_read_in_every_language(tmp_path: Path, language: str) -> None:
    head, identifier, _, _ = MOODLE[language]
    assert fields_of(head.split(",")) == dict(zip(SEVEN, head.split(","), strict=True))
    row = [identifier, "Ада Lovelace", "ada@example.org", "x", "", "100.00", "-"]
    for content in (as_csv(head.split(","), row), xlsx([head.split(","), row])):
        roster = roster_of(tmp_path, content)
        assert roster.kind == "moodle worksheet"
        assert [(one.id, one.name) for one in roster.people] == [("14", "Ада Lovelace")]


@pytest.mark.parametrize("language", MOODLE)
def test_an_anonymous_worksheet_needs_no_names(tmp_path: Path, language: str) -> None:
    head, identifier, _, _ = MOODLE[language]
    columns = [head.split(",")[each] for each in (0, 3, 4, 5, 6)]
    roster = roster_of(tmp_path, as_csv(columns, [identifier, "x", "", "100.00", "-"]))
    assert [(one.id, one.name) for one in roster.people] == [("14", identifier)]
    assert roster.kind == "moodle worksheet"


@pytest.mark.parametrize("language", MOODLE)
def test_participants_are_read_in_every_language_and_only_students_are_missed(
    tmp_path: Path, language: str
) -> None:
    _, _, head, student = MOODLE[language]
    assert fields_of(head.split(",")) == dict(zip(FIVE, head.split(","), strict=True))
    rows = [
        ["Ada", "Lovelace", "7", "ada@example.org", student],
        ["Tess", "Teacher", "8", "tess@example.org", "Dozent/in"],
        ["Mel", "Mentor", "9", "mel@example.org", f"Mentor, {student}"],
    ]
    roster = roster_of(tmp_path, as_csv(head.split(","), *rows))
    assert roster.kind == "moodle participants"
    assert names_in(roster) == ["Ada Lovelace", "Tess Teacher", "Mel Mentor"]
    assert [one.is_student for one in roster.people] == [True, False, True]
    assert roster.people[0].other_ids == ("ada@example.org", "7")


def test_with_roles_of_a_course_s_own_all_are_students(tmp_path: Path) -> None:
    text = "First name,Last name,Roles\nAda,Lovelace,Explorer\nBo,Li,Explorer\n"
    assert all(person.is_student for person in roster_of(tmp_path, text).people)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Name,Email", '"Lovelace, Ada",ada@example.org'),
        ("E-Mail;Name", "ada@example.org;Ada Lovelace"),
        ("Email", "ada.lovelace@example.org"),
        ("Nom,Prénom", "Lovelace,Ada"),
        ("氏名,学籍番号", "Ada Lovelace,7"),
        ("FULL NAME,Student ID", "Ada Lovelace,7"),
        ("Matrikelnummer;Name;Vorname", "0012;Lovelace;Ada"),
        ("Naam,Voornaam,E-mail", "Lovelace,Ada,ada@example.org"),
        ("Surname,Forename,Student Number", "Lovelace,Ada,7"),
        ("Student;Matrikelnummer;Studiengang", "Lovelace, Ada;0012;Jura"),
        ("Student,Group", "Ada Lovelace,3"),
        ("Name", "Lovelace, Ada"),
    ],
)
def test_a_list_of_one_s_own_is_read(tmp_path: Path, head: str, row: str) -> None:
    roster = roster_of(tmp_path, f"Cyber norms\n\n{head}\n{row}\n")
    assert sorted(names_in(roster)[0].lower().replace(",", "").split()) == ["ada", "lovelace"]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("Student,ID,SIS Login ID,Section", '"Lovelace, Ada",9001,ada,{}'),
        ("Student,ID,SIS Login ID,Section", '"Lovelace, Ada",,ADA,{}'),
        ("First name,Last name,Email address,Group", "Ada,Lovelace,ada@example.org,{}"),
        ("Name,Email,Section", "Ada Lovelace,ada@example.org,{}"),
    ],
)
def test_whoever_stands_in_two_sections_is_one_person(tmp_path: Path, head: str, line: str) -> None:
    text = "\n".join([head, line.format("A"), line.format("B"), line.replace("Ada", "Bo"), ""])
    roster = roster_of(tmp_path, text)
    assert [name.replace(",", "").split() for name in names_in(roster)] in (
        [["Lovelace", "Ada"], ["Lovelace", "Bo"]],
        [["Ada", "Lovelace"], ["Bo", "Lovelace"]],
    )
    assert len(roster.called("Ada Lovelace")) == 1
    assert "1 line of people who stand in it before" in roster.remark


def test_two_of_one_name_whom_no_id_makes_one_stay_two(tmp_path: Path) -> None:
    assert len(roster_of(tmp_path, "Name,Section\nAda King,A\nAda King,A\n").people) == 2
    text = "Name,Email\nAda King,a@example.org\nAda King,k@example.org\n"
    assert roster_of(tmp_path, text).remark == ""


def test_addresses_without_a_heading_are_a_list(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, "ada.lovelace@example.org\nbo.li@example.org\n")
    assert names_in(roster) == ["ada lovelace", "bo li"]
    assert [row for name in ("Bo Li", "BO.LI@example.org") for row in roster.called(name)] == [1, 1]


CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Set 02 (7711),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,18,(read only)
"Lovelace, Ada",9001,u1,ada,A,7,
"Student, Test",9999,,x,A,,
"Li, Bo",9002,u2,bo,A,EX,
"""


def test_rows_of_canvas_that_are_no_people_are_left_out(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, CANVAS)
    assert [(one.id, one.name) for one in roster.people] == [
        ("9001", "Lovelace, Ada"),
        ("9002", "Li, Bo"),
    ]
    assert roster.maxima["Set 02 (7711)"] == "18"
    assert roster.people[0].other_ids == ("u1", "ada")


def test_canvas_with_names_in_two_columns_is_canvas(tmp_path: Path) -> None:
    text = "LastName,FirstName,ID,SIS Login ID,Section\nLovelace,Ada,9001,ada,A\n"
    roster = roster_of(tmp_path, text)
    assert (roster.kind, names_in(roster), roster.people[0].id) == (
        "canvas",
        ["Ada Lovelace"],
        "9001",
    )


def test_the_headings_are_found_below_a_title_and_a_row_of_groups(tmp_path: Path) -> None:
    text = "Class 2026,,\nPerson,Person,Work\n" + "Student,ID,Section\n" + '"Li, Bo",7,A\n'
    assert names_in(roster_of(tmp_path, text)) == ["Li, Bo"]
    assert headings_in(["Person", "Person", "Work"]) < 2


def test_ids_keep_their_zeros_and_lose_decimals(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, "Student,ID,SIS User ID\nAda,9001.0,0042\nBo,'9002.00,0043\n")
    assert [(one.id, one.other_ids) for one in roster.people] == [
        ("9001", ("0042",)),
        ("9002", ("0043",)),
    ]


MANGLED = (
    *("1.23457E+11", "1,23457E+11", "1E+05", "1,234", "1.234.567", "2026-03-04", "4.3.2026"),
    *("3/4/26", "04-Mar", "4. Mrz", "Mar-26", "2026-03-04 00:00:00"),
)
HEADS = (
    *("Student,ID", "Student,ID,SIS User ID", "Identifier,Full name,Status"),
    "First name,Last name,ID number",
)


@pytest.mark.parametrize("mangled", MANGLED)
@pytest.mark.parametrize("head", HEADS)
def test_ids_that_a_spreadsheet_has_changed_are_told_at_once(
    tmp_path: Path, mangled: str, head: str
) -> None:
    cells = {"ID": "7", "Identifier": "Participant 7", "SIS User ID": "u", "Status": "x"}
    wanted = "ID number" if "ID number" in head else head.split(",")[-1]
    wanted = "Identifier" if "Identifier" in head else wanted
    row = [mangled if each == wanted else cells.get(each, "Ada") for each in head.split(",")]
    with pytest.raises(CyberNormsError, match=r"(A spreadsheet has|no id that).*Export the list"):
        roster_of(tmp_path, as_csv(head.split(","), row))


def test_ids_of_which_the_last_digits_became_zeros_are_told(tmp_path: Path) -> None:
    ids = [70530000000000123, 70530000000000456]
    whole = "Student,ID\n" + "".join(f"S,{id}\n" for id in ids)
    assert len(roster_of(tmp_path, whole).people) == 2
    rounded = "Student,ID\n" + "".join(f"S,{round(id, -2)}\n" for id in ids)
    with pytest.raises(CyberNormsError, match="A spreadsheet has rounded an id"):
        roster_of(tmp_path, rounded)
    with pytest.raises(CyberNormsError, match="A spreadsheet has rounded an id"):
        roster_of(tmp_path, xlsx([["Student", "ID"], ["S", float(ids[0])]]))
    one = "Student,ID\nS,70530000000000100\nS,70530000000000456\n"
    assert len(roster_of(tmp_path, one).people) == 2


@pytest.mark.parametrize("id", ["a1-04", "4e12", "12-34", "2026/LAW/7", "S1.234", "K-Mar", "7a"])
def test_ids_of_a_university_are_no_dates_and_no_numbers(tmp_path: Path, id: str) -> None:
    roster = roster_of(tmp_path, f"Student,ID,SIS User ID\nAda,9001,{id}\n")
    assert roster.people[0].other_ids == (id,)


def test_a_refusal_says_which_columns_there_are_and_what_to_export(tmp_path: Path) -> None:
    with pytest.raises(CyberNormsError, match=r"has: Alter, Wohnort\).*Export the gradebook"):
        roster_of(tmp_path, "Alter,Wohnort\n36,London\n")


def test_an_old_encoding_of_a_roster_is_remarked_on(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, "Student;ID\nMüller, Zoë;7\n".encode("cp1252"))
    assert names_in(roster) == ["Müller, Zoë"]
    assert "old encoding of Windows" in roster.remark
