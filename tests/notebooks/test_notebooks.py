"""The notebooks as text: their order, their cells, their links, and what they ask and show."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

import cybernorms
from cybernorms.corpus.process import load_glossary, load_lessons
from cybernorms.exercises.masters import answers_of, student_notebook, to_json
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.pages.forecast import QUESTION as FORECAST
from tests.answers import credit
from tests.paths import ROOT

ONE_CLASS = ROOT / "notebooks" / "one-class-path.ipynb"  # walks through lessons, and is none
LESSONS = sorted(set((ROOT / "notebooks").glob("*.ipynb")) - {ONE_CLASS})
MASTERS = sorted((ROOT / "exercises" / "solutions").glob("*.ipynb"))
STUDENTS = sorted((ROOT / "exercises").glob("*.ipynb"))
INSTRUCTORS = sorted((ROOT / "notebooks" / "instructor").glob("*.ipynb"))
READ_IN_CLASS = [*LESSONS, ONE_CLASS]
ALL = [*READ_IN_CLASS, *STUDENTS, *MASTERS, *INSTRUCTORS]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def notebook(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def cells(path: Path, kind: str) -> list[tuple[str, str]]:
    """Return id and source of the cells of a kind."""
    return [
        (cell["id"], "".join(cell["source"]))
        for cell in notebook(path)["cells"]
        if cell["cell_type"] == kind
    ]


def calls(path: Path) -> list[tuple[str, str]]:
    """Return function and first argument of every call of the module in a notebook."""
    found = []
    for _, source in cells(path, "code"):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                found.append((node.func.id, first.value if isinstance(first, ast.Constant) else ""))
    return found


def learners_cells(path: Path) -> list[str]:
    """Return the ids of the cells of a lesson's part for those who know some Python."""
    found: list[str] = []
    for cell in notebook(path)["cells"]:
        heading = "".join(cell["source"]).splitlines()[0]
        if found and heading.startswith("## "):
            break
        if found or re.fullmatch(r"## \d+ .*Python \(optional, \d+ minutes\)", heading):
            found.append(cell["id"])
    return found


each_notebook = pytest.mark.parametrize("path", ALL, ids=name_of)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=name_of)
each_in_class = pytest.mark.parametrize("path", READ_IN_CLASS, ids=name_of)


def test_there_are_lessons_and_masters() -> None:
    """Prevents every test below from passing on nothing."""
    assert {"00-start-here.ipynb", "02-un-norms.ipynb"} <= {path.name for path in LESSONS}
    assert MASTERS
    assert "class-report.ipynb" in {path.name for path in INSTRUCTORS}


@each_lesson
def test_a_lesson_has_25_to_40_cells_or_55_where_it_takes_more_than_an_hour(path: Path) -> None:
    """Prevents a lesson that cannot be finished, or is only a stub.

    A part for those who know some Python has a few cells of its own.
    """
    lesson = next(each for each in load_lessons() if each.notebook == path.name)
    count = len(notebook(path)["cells"]) - len(learners_cells(path))
    assert 25 <= count <= (55 if lesson.minutes > 60 else 40)
    assert len(learners_cells(path)) <= 5


@each_lesson
def test_the_minutes_of_a_lesson_hold_those_of_its_sections(path: Path) -> None:
    """Prevents a plan for a class that a new section has made too short."""
    text = "\n".join(source for _, source in cells(path, "markdown"))
    sections = re.findall(r"(?m)^## \d+ .+ \((core|depth|optional), (\d+) minutes\)$", text)
    lesson = next(each for each in load_lessons() if each.notebook == path.name)
    assert sum(int(minutes) for _, minutes in sections) <= lesson.minutes
    if sections:
        core = sum(int(minutes) for kind, minutes in sections if kind == "core")
        assert core == lesson.core_minutes
        alone = f"About {lesson.minutes} minutes; the core sections alone take {core}."
        assert alone in dict(cells(path, "markdown"))["title"]


@each_notebook
def test_cell_ids_are_words_and_differ(path: Path) -> None:
    """Prevents changes of ids at each save, and tests that point at the wrong cell."""
    ids = [cell["id"] for cell in notebook(path)["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)


@each_notebook
def test_only_masters_have_outputs(path: Path) -> None:
    """Prevents answers and old pictures from reaching learners."""
    if path in MASTERS:
        return
    for cell in notebook(path)["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None, cell["id"]


@each_notebook
def test_no_prompt_can_be_edited_or_deleted_by_accident(path: Path) -> None:
    """Prevents damaged lessons; cells that people write in are the exception."""
    for cell in notebook(path)["cells"]:
        assert cell["metadata"].get("deletable") is False, cell["id"]
        own = "learner-code" in cell["metadata"].get("tags", [])
        writes = own or "check(" in "".join(cell["source"]) or cell["id"] in ("glossary", "class")
        assert cell["metadata"].get("editable", True) is writes, cell["id"]


@each_in_class
def test_code_cells_are_one_line_or_at_most_three(path: Path) -> None:
    """Prevents programs from growing where learners read."""
    counts = [len(source.splitlines()) for _, source in cells(path, "code")]
    assert max(counts) <= 3
    assert sorted(counts)[len(counts) // 2] == 1


@each_notebook
def test_code_has_no_magic_no_install_and_no_network(path: Path) -> None:
    """Prevents cells whose failure hides the next one, and lessons that need the internet."""
    for id, source in cells(path, "code"):
        assert not re.search(
            r"^\s*[%!]|pip |https?://|(from|import) (requests|urllib)", source, re.MULTILINE
        ), id


@each_notebook
def test_prose_cells_have_at_most_120_words(path: Path) -> None:
    """Prevents walls of text; tables and lists to open do not count."""
    for id, source in cells(path, "markdown"):
        folded = r"<details>.*?</details>|<summary>.*?</summary>|<[^>]*>"
        prose = re.sub(rf"(?m)^\|.*$|{folded}", "", source, flags=re.DOTALL)
        prose = re.sub(r"(?m)^\|.*$", "", prose)
        prose = re.sub(r"\]\([^)]*\)", "]", prose)
        assert len(prose.split()) <= 120, f"{id}: {len(prose.split())} words"


@each_notebook
def test_prose_has_no_exclamation_marks_and_no_trailing_space(path: Path) -> None:
    """Prevents a tone that the house does not want."""
    for id, source in cells(path, "markdown"):
        assert "!" not in re.sub(r"!\[", "", source), id
        assert not re.search(r"[ \t]+$", source, re.MULTILINE), id


@each_notebook
def test_headings_are_in_order(path: Path) -> None:
    """Prevents a table of contents with holes, which screen readers stumble over."""
    levels = [
        len(match.group(1))
        for _, source in cells(path, "markdown")
        for match in re.finditer(r"(?m)^(#+) ", source)
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_notebook
def test_links_lead_somewhere(path: Path) -> None:
    """Prevents dead links between notebooks; addresses elsewhere must be https."""
    for id, source in cells(path, "markdown"):
        for target in re.findall(r"\]\(([^)\s]+)\)", source):
            if "://" in target:
                assert target.startswith("https://"), f"{id}: {target}"
            elif path not in MASTERS:
                assert (path.parent / unquote(target)).is_file(), f"{id}: {target}"


@each_notebook
def test_pictures_have_alternative_texts(path: Path) -> None:
    """Prevents pictures that a screen reader cannot tell."""
    for id, source in cells(path, "markdown"):
        assert not re.search(r"!\[\s*\]\(", source), id
        assert "<img" not in source or "alt=" in source, id


@each_notebook
def test_calls_use_the_public_face_and_questions_that_exist(path: Path) -> None:
    """Prevents a lesson that asks for what is not there."""
    for function, first in calls(path):
        if function in ("ask", "check"):
            find_question(first)
    imported = re.findall(
        r"from cybernorms import (.+)", "\n".join(s for _, s in cells(path, "code"))
    )
    names = [name.strip() for line in imported for name in line.split(",")]
    assert set(names) <= set(cybernorms.__all__)
    used = {function for function, _ in calls(path)}
    assert used & set(cybernorms.__all__) <= set(names)


@each_lesson
def test_a_lesson_opens_and_closes_like_all_others(path: Path) -> None:
    """Prevents lessons that each have an order of their own."""
    ids = [cell["id"] for cell in notebook(path)["cells"]]
    assert ids[0] == "title" and ids[-2:] == ["key-points", "sources"]
    assert "setup" in ids and "progress" in ids
    # A scene opens a lesson; what it is for stands at its end. Those not retold yet say it first.
    opens_with_a_scene = "objectives" not in ids
    place, phrases = ("title", ()) if not opens_with_a_scene else ("key-points", (PURPOSE,))
    for phrase in (*phrases, "**Before you start.**", "no programming"):
        assert phrase in dict(cells(path, "markdown"))[place]
    assert "**Cite this notebook.**" in cells(path, "markdown")[-1][1]
    lesson = next(each for each in load_lessons() if each.notebook == path.name)
    assert cells(path, "markdown")[0][1].startswith(f"# {lesson.number} {lesson.title}")


# Pages to look things up on, a question itself, and the rubric of one.
WITHOUT = "map|glossary|retold|class_negotiation|own_levels"


@each_in_class
def test_a_question_stands_before_each_explorer_and_a_sentence_after(path: Path) -> None:
    """Prevents explorers that are looked at without a thought of one's own."""
    order = notebook(path)["cells"]
    for place, cell in enumerate(order):
        source = "".join(cell["source"])
        # The sentence that is retold asks by itself, and the game is played before it is explained.
        if cell["cell_type"] == "code" and re.match(
            r"show_(?!map|glossary|retold|days|game|class_negotiation|own_levels)", source
        ):
            before = ["".join(each["source"]) for each in order[max(0, place - 2) : place]]
            assert any(each.startswith("ask(") for each in before), cell["id"]
            assert READING in "".join(order[place + 1]["source"]), cell["id"]


def test_every_question_is_asked_somewhere_and_none_twice_in_a_notebook() -> None:
    """Prevents questions that nobody meets, and forms that overwrite one another."""
    asked: dict[str, list[str]] = {}
    for path in [*READ_IN_CLASS, *STUDENTS]:
        ids = [first for function, first in calls(path) if function == "ask"]
        ids += [FORECAST for function, _ in calls(path) if function == "show_forecast"]
        assert len(ids) == len(set(ids)), path.name
        for id in ids:
            asked.setdefault(id, []).append(path.name)
    known = {question.id for each in load_question_sets() for question in each.questions}
    assert known == set(asked)


def test_graded_questions_stand_in_exercise_sets_and_practice_in_lessons() -> None:
    """Prevents points that hide in a lesson."""
    for path in READ_IN_CLASS:
        uses = {find_question(id).use for function, id in calls(path) if function == "ask"}
        assert "graded" not in uses, path.name


@pytest.mark.parametrize("path", MASTERS, ids=name_of)
def test_the_student_notebook_is_made_from_the_master(path: Path) -> None:
    """Prevents a student notebook that differs from its master: run `make notebooks`."""
    student = ROOT / "exercises" / path.name
    assert student.read_text(encoding="utf-8") == to_json(student_notebook(notebook(path)))


@pytest.mark.parametrize("path", MASTERS, ids=name_of)
def test_student_notebooks_hold_no_answer(path: Path) -> None:
    """Prevents a key from being handed out."""
    student = student_notebook(notebook(path))
    text = json.dumps(student)
    assert "answer=" not in text and "SOLUTION" not in text
    assert not answers_of(student)


@pytest.mark.parametrize("path", MASTERS, ids=name_of)
def test_the_answers_of_a_master_earn_full_credit(path: Path) -> None:
    """Prevents a master that teaches a wrong answer."""
    answers = answers_of(notebook(path))
    graded = [id for id in answers if find_question(id).use == "graded"]
    by_hand = all(find_question(id).kind == "written" for id in graded)
    assert len(answers) >= (2 if by_hand else 6)
    for id, answer in answers.items():
        question = find_question(id)
        if question.kind != "written":
            assert credit(question, answer) == pytest.approx(1), id


@pytest.mark.parametrize("path", MASTERS, ids=name_of)
def test_a_master_stores_outputs_exactly_where_they_are_compared(path: Path) -> None:
    """Prevents stored outputs that nothing checks, which grow old unseen."""
    for cell in notebook(path)["cells"]:
        if cell["cell_type"] == "code":
            tagged = "nbval-check-output" in cell["metadata"].get("tags", [])
            assert bool(cell["outputs"]) is tagged, cell["id"]
            assert isinstance(cell["execution_count"], int) is tagged, cell["id"]


def test_lessons_00_and_01_tell_nothing_of_what_came_after() -> None:
    """Prevents an outcome from being told before the learner has forecast it."""
    later = re.compile(r"\b(201[6-9]|202\d)\b|2[3-9] September|(October|November) 2015")
    for path in LESSONS:
        if path.name[:2] in ("00", "01"):
            for id, source in cells(path, "markdown"):
                told = re.sub(r"\*\*Cite this notebook\.\*\*.*", "", source, flags=re.DOTALL)
                assert not later.search(told), id


# Bold also marks what is on the screen.
READING = '<details class="cn-later">\n<summary>'  # folded until the question before is answered
PURPOSE = "**What this lesson was for.**"
ON_SCREEN = {
    "Run", "Run All Cells", "Check", "Hint", "Save", "File", "Shut Down", "Kernel",
    "Restart Kernel and Run All Cells", "Shift+Enter",
}  # fmt: skip


@each_notebook
def test_terms_set_in_bold_are_in_the_glossary(path: Path) -> None:
    """Prevents terms that are introduced and cannot be looked up; sentences in bold are none."""
    known = {term.term.casefold().split(" (")[0] for term in load_glossary()}
    for id, source in cells(path, "markdown"):
        for term in re.findall(r"\*\*([^*]+)\*\*", source):
            if term not in ON_SCREEN and not term.endswith("."):
                assert {term.casefold(), term.casefold().removesuffix("s")} & known, f"{id}: {term}"
