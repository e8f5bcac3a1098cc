"""The headings of the lists that Canvas and Moodle export, in the languages of Moodle.

The words are those of Moodle's language packs 4.5 (`moodle.php`: firstname, lastname, fullname,
email, username, idnumber, roles, groups, defaultcoursestudent; `assign.php`: recordid, hiddenuser,
status, maxgrade, lastmodifiedgrade; `grades.php`: real), with older spellings beside them, and for
Polish, Brazil and Taiwan those of older packs. Canvas's export is in English everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from cybernorms.exercises.responses import normalize

LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "pt_br", "it", "nl"),
    *("pl", "ru", "uk", "tr", "zh_cn", "zh_tw", "ja", "ar"),
)

# What each heading says, a cell for each language in their order, with spellings parted by "|".
_WORDS = {
    "first name": (
        "First name|Firstname|Given name|Given names|Forename|Forenames", "Vorname", "Prénom",
        "Nombre", "Nome", "Nome", "Nome", "Voornaam", "Imię", "Имя", "Ім'я", "Adı|Ad", "名", "名字",
        "名", "الاسم الأول",
    ),
    "last name": (
        "Last name|Surname|Lastname|Family name", "Nachname|Familienname",
        "Nom de famille|Nom", "Apellido(s)|Apellidos|Apellido", "Apelido", "Sobrenome",
        "Cognome", "Achternaam", "Nazwisko", "Фамилия", "Прізвище", "Soyadı|Soyad", "姓",
        "姓氏", "姓", "الاسم الأخير",
    ),
    "full name": (
        "Full name|Fullname|Name|Student name|Participant|Student|Students",
        "Vollständiger Name|Name|Student|Studierende",
        "Nom complet|Nom complet de l’utilisateur",
        "Nombre completo|Nombre completo del usuario|Nombre / Apellido(s)",
        "Nome completo|Nome completo do utilizador", "Nome completo|Nome",
        "Nome completo|Nome completo dell'utente|Nome",
        "Volledige naam|Volledige naam van de gebruiker|Naam",
        "Pełna nazwa|Imię i nazwisko|Nazwisko i imię",
        "Полное имя|Полное имя пользователя|ФИО", "Повна назва|Повне ім'я користувача|Повне ім'я",
        "Tam adı|Kullanıcının tam adı|Ad soyad", "全名|用户全名|姓名", "名稱|全名|姓名",
        "フルネーム|ユーザフルネーム|氏名|名前", "الاسم كاملا|ًالاسم كاملا|الاسم الكامل|الاسم",
    ),
    "email": (
        "Email address|Email|E-mail|E-mail address|Mail", "E-Mail-Adresse|E-Mail|Mail",
        "Adresse de courriel|Courriel|Adresse e-mail|E-mail",
        "Dirección de correo|Correo electrónico|Dirección Email|Correo",
        "E-mail|Endereço de e-mail|Endereço de correio eletrónico",
        "Endereço de email|E-mail|Endereço de e-mail", "Indirizzo email|Email|E-mail",
        "E-mailadres|E-mail", "E-mail|Adres e-mail|Adres email",
        "Адрес электронной почты|Электронная почта|E-mail", "Електронна пошта|Адреса електронної "
        "пошти", "E-posta adresi|E-posta", "电子邮件地址|电子邮件|邮箱", "電子郵件|電子郵件信箱",
        "メールアドレス", "عنوان البريد الإلكتروني|البريد الإلكتروني",
    ),
    "username": (
        "Username|User name|Login", "Anmeldename|Benutzername", "Nom d’utilisateur",
        "Nombre de usuario", "Nome de utilizador", "Nome de usuário|Identificação de usuário",
        "Username|Nome utente", "Gebruikersnaam", "Nazwa użytkownika", "Логин", "Ім’я входу|Логін",
        "Kullanıcı adı", "用户名", "帳號", "ユーザ名", "اسم المستخدم",
    ),
    "id number": (
        "ID number|Student number|Student ID", "ID-Nummer|Matrikelnummer",
        "Numéro d’identification",
        "Número de ID|Número de identificación", "Número de identificação (ID)|Número de ID",
        "Número de identificação", "Codice identificativo|Matricola", "Nummer (ID)|Studentnummer",
        "Numer ID|Numer albumu", "Индивидуальный номер", "Індивідуальний номер", "ID numarası",
        "学号", "識別號碼|學號", "IDナンバ|IDナンバー", "رقم المُعرَّف",
    ),
    "roles": (
        "Roles|Role", "Rollen|Rolle", "Rôles|Rôle", "Roles|Rol", "Papéis atribuídos|Papéis|Papel",
        "Funções|Papéis|Papel", "Ruoli|Ruolo", "Rollen|Rol", "Role|Rola", "Роли|Роль", "Ролі|Роль",
        "Roller|Rol", "角色", "角色", "ロール", "الأدوار|الدور",
    ),
    "identifier": (
        "Identifier", "ID", "Identifiant", "Identificador", "Identificador", "Identificador",
        "Identificativo", "Identificatie", "Identyfikator", "Идентификатор", "Ідентифікатор",
        "Tanımlayıcı", "标识符", "識別碼", "ID", "المُعرَّف",
    ),
    "status": (
        "Status", "Status", "Statut", "Estado", "Estado", "Status", "Stato", "Status", "Status",
        "Статус", "Статус", "Durum", "状态", "狀態", "ステータス|状態", "الحالة",
    ),
    "grade": (
        "Grade", "Bewertung", "Note", "Calificación", "Avaliação|Nota", "Nota", "Valutazione",
        "Cijfer", "Ocena", "Оценка", "Оцінка", "Not", "成绩", "成績", "評点|評定", "الدرجة|التقدير",
    ),
    "maximum grade": (
        "Maximum grade", "Bestwertung|Bestbewertung|Höchstwertung", "Note maximale",
        "Calificación máxima", "Nota máxima", "Nota máxima", "Valutazione massima",
        "Maximaal cijfer", "Najwyższa ocena|Maksymalna ocena", "Максимальная оценка",
        "Максимальна оцінка", "Enyüksek not|En yüksek not", "最高分", "最高成績|最高分", "最大評点",
        "أعلى تقدير",
    ),
    "last modified (grade)": (
        "Last modified (grade)", "Zuletzt geändert (Bewertung)", "Dernière modification (note)",
        "Última modificación (calificación)", "Última atualização (avaliação)",
        "Última modificação (nota)", "Ultima modifica (valutazione)",
        "Laatst gewijzigd (beoordeling)", "Ostatnia modyfikacja (ocena)",
        "Последнее изменение (оценка)", "Востаннє змінювалося (оцінка)", "Son düzenleme (not)",
        "上次修改（评分）", "最後修改（成績）|最後修改 (成績)", "最終更新日時 (評定)",
        "آخر تعديل (التقدير)",
    ),
}  # fmt: skip

# What stands in cells or behind the names of grade items, in all languages together.
STUDENT = (
    "Student|Students|Learner|Teilnehmer/in|Teilnehmer*in|Teilnehmer|Student/in|Student*in|"
    "Studierende|Studierende/r|Étudiant|Étudiante|Étudiant·e|Estudiante|Alumno|Aluno|Aluna|"
    "Estudante|Studente|Leerling|Uczestnik|Студент|Öğrenci|学生|學生|طالب"
)
PARTICIPANT = (
    "Participant|Teilnehmer/in|Teilnehmer*in|Teilnehmer|Teilnehmer/innen|Participante|Partecipante|"
    "Deelnemer|Uczestnik|Участник|Учасник|Katılımcı|参与人|参与者|參與者|参加者|المشارك"
)
_SURNAMES = ("name", "naam")  # beside a column of first names
REAL = "Real|Punkte|Brut|Punteggio|Reëel|Rzeczywista|Значение|Бали|Gerçek|分数|分數|実データ|حقيقي"
PERCENTAGE = (
    "Percentage|Prozentsatz|Pourcentage|Porcentaje|Percentagem|Porcentagem|Percentuale|Procent|"
    "Procenty|Проценты|Відсоток|Yüzde|百分比|パーセンテージ|النسبة المئوية"
)


def plain(text: str) -> str:
    """Return a heading without differences that carry no meaning, such as apostrophes."""
    return normalize(text).replace("\u02bc", "'").strip(" :*")


@cache
def words_of(all: str) -> frozenset[str]:
    """Return the words of a line of them."""
    return frozenset(plain(word) for word in all.split("|"))


@cache
def _by_language() -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        language: {
            field: tuple(plain(word) for word in cells[number].split("|"))
            for field, cells in _WORDS.items()
        }
        for number, language in enumerate(LANGUAGES)
    }


def fields_of(columns: Sequence[str]) -> dict[str, str]:
    """Return the column of each field that headings name, in the language that knows most of them.

    So one word can mean two things, such as `Nome`, a whole name in an Italian worksheet and a
    first name in an Italian list.

    >>> fields_of(["Vorname", "Nachname", "E-Mail-Adresse"])["last name"]
    'Nachname'
    """
    by_plain = {plain(column): column for column in reversed(columns)}
    best = max(LANGUAGES, key=lambda language: len(_named(language, by_plain)))
    fields = _named(best, by_plain) or {}
    found = {field: by_plain[word] for field, word in fields.items()}
    if "first name" in found and plain(found.get("full name", "")) in _SURNAMES:
        found.setdefault("last name", found["full name"])
    if "first name" in found and "last name" not in found:
        # One word alone is the whole name, in whichever way a language calls it.
        found.setdefault("full name", found["first name"])
        del found["first name"]
    elif found.get("full name") in {found.get("first name"), found.get("last name")} - {None}:
        del found["full name"]
    return found


def _named(language: str, known: Collection[str]) -> dict[str, str]:
    """Return the heading of each field in one language, where it is among those known."""
    words = _by_language()[language]
    return {
        field: next(word for word in spellings if word in known)
        for field, spellings in words.items()
        if any(word in known for word in spellings)
    }


def headings_in(row: Sequence[str]) -> int:
    """Return how many cells of a row are headings of a list of people."""
    cells = Counter(plain(cell) for cell in row if cell.strip())
    known = {"student", "id", "sis user id", "sis login id", "section", "lastname", "firstname"}
    most = max(len(_named(language, cells)) for language in LANGUAGES)
    return max(most, sum(cell in known for cell in cells))
