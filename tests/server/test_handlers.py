"""What the page of a lesson asks the server, over HTTP as it does."""

from __future__ import annotations

import json
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

pytest.importorskip("playwright", reason="playwright is one of the tools for testing")

from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from tests.answers import best_answer
from tests.browser.lab import Desk, Lab

SET = "desk/exercises/02-un-norms.ipynb"
CELL = "un-duty-table"


class Running(NamedTuple):
    """A server with one desk, and how it is asked."""

    lab: Lab
    desk: Desk

    def ask(self, name: str, query: dict[str, str], body: Any = None, token: str = "secret") -> Any:
        url = f"{self.lab.url}/cybernorms/{name}?{urlencode(query)}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, method="GET" if body is None else "PUT")
        if token:
            request.add_header("Authorization", f"token {token}")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode("utf-8")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "root").mkdir()
    lab = Lab(folder / "own", folder / "root", token="secret").start()
    yield Running(lab, Desk(lab.root, "desk"))
    lab.stop()


def keep(running: Running, text: str, shown: str = "", **more: str) -> dict[str, str]:
    given = {"at": SET, "cell": CELL, "text": text, "shown": shown, **more}
    return json.loads(running.ask("code", {}, given))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ["lessons", "answers", "code"])
def test_strangers_are_told_nothing(running: Running, name: str) -> None:
    """Prevents answers that anybody on the network can read."""
    try:
        told = running.ask(name, {"at": SET}, token="")
    except urllib.error.HTTPError as refused:
        assert refused.code == 403
    else:
        assert "Password or token" in told and "<main>" not in told
    with pytest.raises(urllib.error.HTTPError) as refused:
        running.ask("code", {}, {"at": SET, "cell": CELL, "text": "1", "shown": ""}, token="")
    assert refused.value.code == 403


def test_the_lessons_beside_a_notebook_are_listed(running: Running) -> None:
    """Prevents a bar without lessons."""
    found = {each["path"]: each for each in json.loads(running.ask("lessons", {"at": SET}))}
    assert found[SET]["number"] == "02" and found[SET]["code"] == [CELL, "un-room-table"]
    assert found[SET]["own"] is False
    assert json.loads(running.ask("lessons", {"at": "elsewhere/x.ipynb"})) == []


def test_code_is_kept_for_its_owner_alone_and_comes_back(running: Running) -> None:
    """Prevents code that is lost with the page, or read by others at the computer."""
    assert keep(running, "x = 1") == {"text": "x = 1"}
    assert keep(running, "x = 12", shown="x = 1") == {"text": "x = 12"}
    assert json.loads(running.ask("code", {"at": SET})) == {CELL: "x = 12"}
    kept = [path for path in (running.desk.work / "drafts").iterdir() if path.suffix == ".txt"]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["x = 12"]
    if os.name == "posix":
        every = [running.desk.work / "drafts", *(running.desk.work / "drafts").iterdir()]
        assert not any(stat.S_IMODE(path.stat().st_mode) & 0o077 for path in every)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"at": "elsewhere/x.ipynb"}, 404),
        ({"at": "../desk/exercises/02-un-norms.ipynb"}, 404),
        ({"cell": "setup"}, 404),
        ({"cell": "../../../x"}, 404),
        ({"text": "x" * 200_000}, 409),
    ],
)
def test_code_is_kept_only_of_cells_in_which_learners_write(
    running: Running, more: dict[str, str], code: int
) -> None:
    """Prevents a page from writing wherever it likes."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        keep(running, more.pop("text", "1"), **more)
    assert refused.value.code == code


def test_answers_come_as_a_page_that_runs_nothing(running: Running) -> None:
    """Prevents a print of something else than the learner's own answers."""
    question = find_question("un-voluntary")
    Record(running.desk.work).append(question.id, question.revision, best_answer(question))
    by_path = running.ask("answers", {"at": "desk/notebooks/02-un-norms.ipynb"})
    assert question.title in by_path and "1 of" in by_path and "<script" not in by_path
    assert question.id not in by_path
    with pytest.raises(urllib.error.HTTPError) as refused:
        running.ask("answers", {"at": "desk/nothing.ipynb"})
    assert refused.value.code == 404


def test_a_folder_of_answers_that_cannot_be_written_is_told(
    running: Running, tmp_path: Path
) -> None:
    """Prevents a page that says "Kept" of what was not kept."""
    drafts = running.desk.work / "drafts"
    aside = drafts.rename(running.desk.work / "aside") if drafts.exists() else None
    drafts.write_text("a file where the folder belongs", encoding="utf-8")
    try:
        with pytest.raises(urllib.error.HTTPError) as refused:
            keep(running, "x = 3")
        assert refused.value.code == 409
        assert "Not saved" in json.loads(refused.value.read())["message"]
    finally:
        drafts.unlink()
        if aside:
            aside.rename(drafts)
