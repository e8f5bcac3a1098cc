"""The package for students: it works, and nothing in it gives a graded question away."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cybernorms.cards.form import Form
from cybernorms.classroom.export.bare_questions import toml_text
from cybernorms.classroom.export.bundle import TOP, contents, write_bundle
from cybernorms.classroom.run.class_run import mark_class
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Value, Written
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from cybernorms.exercises.shipped import manifest_of, notebooks_in
from cybernorms.paths import questions_dir
from tests.answers import best_answer
from tests.cards.messages import check, reasons_of, result_of
from tests.classroom.factories import report, rows

KEY_FIELDS = {
    *("reason", "otherwise", "wide_reason", "passed", "failed", "exemplar", "closing"),
    *("verdict", "credit", "rank", "placement", "mistake", "check", "answer", "tolerance"),
}
REFERENCES = {"source", "pinpoint", "category"}  # They name what also stands elsewhere.
LONG_ENOUGH = 20  # Shorter texts may stand elsewhere by chance.
OWN = """\
id = "made-up-own"
title = "A set of the teacher's own"

# The answer is the second one.
[[question]]
id = "own-only"
kind = "choice"
outcome = "O3"
minutes = 1
points = 2
prompt = "Which of the two is meant?"
hint = "Read both."
sources = ["un-a-70-174"]

[[question.option]]
id = "one"
text = "The first"
verdict = "incorrect"
reason = "The first is not what is meant by this question."

[[question.option]]
id = "two"
text = "The second"
verdict = "correct"
reason = "The second is what is meant by this question."
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an unpacked package, and beside it the question sets with keys."""
    folder = tmp_path_factory.mktemp("bundle")
    own = folder / "own"
    own.mkdir()
    (own / "90-own.toml").write_text(OWN, encoding="utf-8")
    write_bundle(folder / "student.zip", own)
    with zipfile.ZipFile(folder / "student.zip") as archive:
        archive.extractall(folder)
    return folder / TOP


def keys_of(bundle: Path) -> Path:
    return bundle.parent / "student-questions-with-keys"


def graded_tables(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["question"]:
            if table.get("use", "graded") == "graded":
                yield table


def secrets(value: Any, secret: bool = False) -> Iterator[str]:
    """Return all texts of a question that belong to its key."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in REFERENCES:
                yield from secrets(each, secret or name in KEY_FIELDS)
    elif isinstance(value, list):
        for each in value:
            yield from secrets(each, secret)
    elif secret and isinstance(value, str):
        yield value


def bare_letters(text: str) -> str:
    """Return a text without what differs between TOML, JSON, CSV and Python."""
    return re.sub(r"[\\\"“”\s]|u201[cd]", "", text)


def graded(folder: Path) -> list[Question]:
    return [
        one for each in load_question_sets(folder) for one in each.questions if one.use == "graded"
    ]


def test_no_file_holds_a_reason_an_exemplar_or_anything_else_of_a_key(bundle: Path) -> None:
    """Prevents marks for whoever looks into the folder."""
    files = {
        path.relative_to(bundle): bare_letters(path.read_text(encoding="utf-8"))
        for path in bundle.rglob("*")
        if path.is_file()
    }
    found, looked_for = [], 0
    for table in graded_tables(keys_of(bundle)):
        for secret in map(bare_letters, secrets(table)):
            if len(secret) >= LONG_ENOUGH:
                looked_for += 1
                found += [(table["id"], path) for path, text in files.items() if secret in text]
    assert looked_for > 200
    assert found == []


def test_the_search_for_keys_finds_them_where_they_are(bundle: Path) -> None:
    """Prevents the test above from passing because it cannot find anything."""
    path = keys_of(bundle) / "02-un-norms.toml"
    text = bare_letters(path.read_text(encoding="utf-8"))
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    texts = [bare_letters(secret) for table in tables for secret in secrets(table)]
    assert all(secret in text for secret in texts)


def test_every_graded_question_is_there_without_its_key(bundle: Path) -> None:
    bare = {one.id: one for one in graded(bundle / "exercises" / "questions")}
    full = {one.id: one for one in graded(keys_of(bundle))}
    assert bare.keys() == full.keys()
    assert all(one.withheld for one in bare.values())
    for table in graded_tables(bundle / "exercises" / "questions"):
        assert not set(table) & KEY_FIELDS


def test_comments_of_an_author_stay_behind(bundle: Path) -> None:
    text = (bundle / "exercises" / "questions" / "90-own.toml").read_text(encoding="utf-8")
    assert "The answer is" not in text


def test_practice_keeps_its_reasons(bundle: Path) -> None:
    kept = load_question_sets(bundle / "exercises" / "questions")
    full = load_question_sets(questions_dir())
    for one, other in zip(kept, full, strict=False):
        for bare, question in zip(one.questions, other.questions, strict=True):
            if question.use != "graded":
                assert bare == question


def test_no_revision_in_the_package_is_that_of_a_full_question(bundle: Path) -> None:
    """Prevents a key of few possible values from being tried against a hash of it."""
    bare = {one.id: one for one in graded(bundle / "exercises" / "questions")}
    for full in graded(keys_of(bundle)):
        assert bare[full.id].revision == full.open_revision != full.revision


def test_what_draws_the_cards_goes_along(bundle: Path) -> None:
    """Prevents a package in which every form is an error, since its scripts stayed behind."""
    front = Path("src", "cybernorms", "cards", "front")
    ours = questions_dir().parents[1] / front
    needed = [each.name for each in ours.iterdir() if each.suffix in (".js", ".css")]
    assert needed and not [name for name in needed if not (bundle / front / name).is_file()]


def test_masters_tests_and_the_instructors_notebooks_stay_behind(bundle: Path) -> None:
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert not [name for name in names if "/solutions/" in name or "/instructor/" in name]
    assert not [name for name in names if name.startswith(("tests", "docs", ".git/", "work"))]
    assert {"start.py", "README.md", ".gitignore", "notebooks/00-start-here.ipynb"} <= names


def test_notebooks_hold_no_outputs_and_no_answers(bundle: Path) -> None:
    for path in [*bundle.glob("notebooks/*.ipynb"), *bundle.glob("exercises/*.ipynb")]:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs") and cell.get("execution_count") is None
            assert "answer=" not in "".join(cell["source"])


def test_exercise_notebooks_say_that_they_save_and_explain_nothing(bundle: Path) -> None:
    for path in bundle.glob("exercises/*.ipynb"):
        second = json.loads(path.read_text(encoding="utf-8"))["cells"][1]
        assert "save your answer and say no more" in "".join(second["source"])


def test_lessons_and_exercises_ask_and_say_what_they_do_in_the_module(bundle: Path) -> None:
    """Prevents code that a lesson needs from being taken out with the answers."""
    for path in [*bundle.glob("notebooks/*.ipynb"), *bundle.glob("exercises/0*.ipynb")]:
        packed = json.loads(path.read_text(encoding="utf-8"))["cells"]
        ours = (questions_dir().parent.parent / path.relative_to(bundle)).read_text("utf-8")
        assert [cell["source"] for cell in packed if cell["id"] != "keys-withheld"] == [
            cell["source"] for cell in json.loads(ours)["cells"]
        ], path


def test_lessons_of_the_package_run_by_themselves_as_it_brings_them(bundle: Path) -> None:
    """Prevents a package in which every lesson asks before it runs, or has no styles."""
    listed = (bundle / "src" / "cybernorms" / "shipped.json").read_bytes()
    assert listed == manifest_of(notebooks_in(bundle))
    assert (bundle / "jupyter" / "labextension" / "static" / "frame.css").is_file()
    assert "eol=lf" in (bundle / ".gitattributes").read_text(encoding="utf-8")


def test_a_set_of_ones_own_gets_a_notebook(bundle: Path) -> None:
    notebook = json.loads((bundle / "exercises" / "90-own.ipynb").read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert 'ask("own-only")' in sources


def test_every_form_opens_and_saves_and_the_teacher_marks_what_it_saved(
    bundle: Path, tmp_path: Path
) -> None:
    record = Record(tmp_path)
    full = {one.id: one for one in graded(keys_of(bundle))}
    for bare in graded(bundle / "exercises" / "questions"):
        if isinstance(bare, Value):
            continue
        question = full[bare.id]
        form = Form(bare, record)
        best = best_answer(question)
        described = check(form, f"{best:g}" if isinstance(best, int | float) else best)
        assert described["reply"]["saved"], bare.id
        assert result_of(form).startswith("Saved") and reasons_of(form) == "", bare.id
        saved = record.read().last(bare.id)
        assert saved is not None and saved.revision in question.revisions
        assert mark(question, saved.response).credit in (None, pytest.approx(1)), bare.id


def test_the_package_runs_by_itself(bundle: Path, tmp_path: Path) -> None:
    code = "from cybernorms import ask, progress; ask('own-only', answer='two'); progress()"
    settings = os.environ | {"PYTHONPATH": str(bundle / "src"), "CYBERNORMS_WORK": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=bundle / "exercises",
        env=settings,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Saved\nYour teacher marks this." in done.stdout


def test_what_a_student_hands_in_from_the_package_is_marked_with_the_keys(
    bundle: Path, tmp_path: Path
) -> None:
    """The whole way: answered by the package's own code, handed in by it, marked by the teacher."""
    answers = {
        one.id: best_answer(one)
        for one in graded(keys_of(bundle))
        if not isinstance(one, Value | Written)
    }
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    code = (
        "import json\n"
        "from pathlib import Path\n"
        "from cybernorms import ask\n"
        "from cybernorms.cli import main\n"
        "answers = json.loads(Path('answers.json').read_text(encoding='utf-8'))\n"
        "for id, answer in answers.items():\n"
        "    ask(id, answer=answer)\n"
        "main(['hand-in', '--name', 'Ada Lovelace'])\n"
    )
    work = tmp_path / "work"
    settings = os.environ | {"PYTHONPATH": str(bundle / "src"), "CYBERNORMS_WORK": str(work)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    results = tmp_path / "results"
    mark_class(work / "hand-ins", results, questions=keys_of(bundle), processes=1)
    [row] = rows(results / "students.csv")
    assert {id: row[id] for id in answers} == dict.fromkeys(answers, "1")
    assert "revision" not in report(results)


def test_the_same_module_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_bundle(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_every_question_set_survives_being_written_as_toml() -> None:
    for path in questions_dir().glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        assert tomllib.loads(toml_text(table)) == table


def test_the_example_of_ones_own_questions_goes_along_without_its_key(tmp_path: Path) -> None:
    """Prevents a teacher from copying an example that does not work."""
    example = questions_dir().parent / "own-questions-example"
    keys = write_bundle(tmp_path / "student.zip", example).keys
    with zipfile.ZipFile(tmp_path / "student.zip") as archive:
        names = archive.namelist()
        packed = archive.read(f"{TOP}/exercises/questions/90-my-course.toml").decode()
    assert f"{TOP}/exercises/90-my-course.ipynb" in names
    assert not [name for name in names if "own-questions-example" in name]
    assert "voluntary and non-binding" not in packed
    [own] = [each for each in load_question_sets(keys) if each.id == "90-my-course"]
    assert [mark(one, best_answer(one)).credit for one in own.questions] == [1, 1]


def test_a_folder_without_question_sets_is_refused(tmp_path: Path) -> None:
    """Prevents a mistyped folder from leaving the teacher's questions out in silence."""
    with pytest.raises(CyberNormsError, match="no question sets"):
        contents(tmp_path)


@pytest.mark.parametrize("name", ["90-own.toml", "90-own.ipynb"])
def test_a_file_of_ones_own_that_is_no_text_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "90-own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / name).write_bytes(b'{"cells": "\xe4"}')
    with pytest.raises(CyberNormsError, match=rf"not text in UTF-8 \(.*{name}\)"):
        contents(tmp_path)


def test_a_package_with_the_name_of_a_folder_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "week-1").mkdir()
    with pytest.raises(CyberNormsError, match="folder where the package should be"):
        write_bundle(tmp_path / "week-1")
    assert [path.name for path in tmp_path.iterdir()] == ["week-1"]


def test_a_question_of_ones_own_with_the_id_of_another_is_refused(tmp_path: Path) -> None:
    text = OWN.replace("own-only", "un-guidance-2021")
    (tmp_path / "90-own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CyberNormsError, match="Two files have a question"):
        contents(tmp_path)


def test_the_command_says_what_to_keep_and_how_to_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "student.zip"
    assert main(["bundle", "--to", str(path)]) == 0
    told = capsys.readouterr().out
    assert zipfile.is_zipfile(path)
    assert f"--questions {tmp_path / 'student-questions-with-keys'}" in told
