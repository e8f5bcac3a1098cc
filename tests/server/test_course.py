"""Which lessons lie around a notebook, which of them may run by themselves, and what is next."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from cybernorms.exercises.own_folders import remember_folder
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.exercises.shipped import notebooks_in
from cybernorms.server.course import Entry, find_course
from cybernorms.server.progress import Progress
from tests.answers import best_answer
from tests.paths import ROOT

LESSON = "notebooks/02-un-norms.ipynb"


@pytest.fixture(autouse=True)
def _no_work_folder_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    monkeypatch.setenv("PYTHONSAFEPATH", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder that a server shows, with lessons in its folder `mine`."""
    for path, content in notebooks_in(ROOT).items():
        target = tmp_path / "mine" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path


def entries(root: Path, path: str) -> dict[str, Entry]:
    found = find_course(SimpleNamespace(root_dir=str(root)), path)
    return {each.path: each for each in found.course.entries(Progress())} if found else {}


def test_lessons_and_sets_come_in_the_order_in_which_they_are_worked_through(root: Path) -> None:
    """Prevents a Next that leads back, and a set that nobody finds."""
    found = entries(root, f"mine/{LESSON}")
    here = found[f"mine/{LESSON}"]
    assert here.number == "02" and here.kind == "lesson" and here.title == "The UN norms"
    assert here.back == "mine/exercises/01-reading-the-report.ipynb"
    assert here.next == "mine/exercises/02-un-norms.ipynb"
    numbered = [each for each in found.values() if each.number]
    assert [each.next for each in numbered] == [each.path for each in numbered[1:]] + [""]
    assert [each.back for each in numbered] == ["", *(each.path for each in numbered[:-1])]


def test_progress_comes_from_the_record_to_which_the_kernel_writes(root: Path) -> None:
    """Prevents a bar that counts the answers of another folder."""
    question = find_question("un-voluntary")
    record = Record(root / "mine" / "work")
    record.append(question.id, question.revision, best_answer(question))
    here = entries(root, f"mine/{LESSON}")[f"mine/{LESSON}"]
    assert (here.answered, here.questions) == (1, 14)
    assert question.id not in here.open and len(here.open) == 13


def test_only_folders_of_this_module_and_of_this_learner_run_by_themselves(root: Path) -> None:
    """Prevents a folder that somebody sent from running when it is opened."""
    assert not any(each.own for each in entries(root, f"mine/{LESSON}").values())
    remember_folder(root / "mine")
    assert all(each.own for each in entries(root, f"mine/{LESSON}").values())
    assert all(each.own for each in entries(ROOT, LESSON).values())


def test_a_link_does_not_make_a_folder_ones_own(root: Path) -> None:
    """Prevents a folder that is trusted by the name of a link to it."""
    remember_folder(root / "theirs")
    (root / "theirs").symlink_to(root / "mine")  # now it leads to a folder of somebody else
    assert not any(each.own for each in entries(root, f"theirs/{LESSON}").values())


def test_code_beside_a_lesson_keeps_it_from_running_by_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a file called like a library from being run in its place, without a press."""
    remember_folder(root / "mine")
    (root / "mine" / "notebooks" / "json.py").write_text("1", encoding="utf-8")
    assert entries(root, f"mine/{LESSON}")[f"mine/{LESSON}"].own  # kernels do not look there
    monkeypatch.delenv("PYTHONSAFEPATH")
    found = entries(root, f"mine/{LESSON}")
    assert not found[f"mine/{LESSON}"].own
    assert found["mine/exercises/02-un-norms.ipynb"].own


@pytest.mark.parametrize(
    "path", ["../mine/notebooks/02-un-norms.ipynb", "/etc/passwd", "other/x.ipynb", "C:\\x.ipynb"]
)
def test_what_lies_elsewhere_is_no_lesson(root: Path, path: str) -> None:
    """Prevents a path that leads out of what the server shows."""
    (root / "other").mkdir()
    assert entries(root, path) == {}


def test_without_files_there_is_nothing_to_tell() -> None:
    """Prevents an error where a server keeps its notebooks in a database."""
    assert find_course(SimpleNamespace(), LESSON) is None
