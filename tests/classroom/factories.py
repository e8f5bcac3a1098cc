"""Small factories for tests of marking a class: hand-ins, folders of them, and results."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from cybernorms.classroom.run.class_run import RunOutcome, mark_class
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.version import __version__
from tests.answers import best_answer, worst_answer

CREATED = "2026-03-01T10:00:00Z"
HOSTILE = Path(__file__).with_name("hostile")
SET = "03-norms-and-law"
WRITTEN = "law-waterworks"


def graded(set: str = SET) -> list[Question]:
    """Return the questions of a set that bring points."""
    found = next(each for each in load_question_sets() if each.id == set)
    return [each for each in found.questions if each.points]


def entry(question: str, response: Any, at: str = "2026-03-01T09:00:00Z", **more: Any) -> dict:
    """Return an answer as it stands in a hand-in."""
    revision = find_question(question.partition(":")[0]).revision
    return {
        "question": question,
        "revision": revision,
        "response": response,
        "at": at,
    } | more


def hand_in(name: str = "Ada Lovelace", answers: list[Any] | None = None, **changes: Any) -> dict:
    """Return a hand-in, with the best answers of a set if none are given."""
    if answers is None:
        answers = best()
    return {
        "format": "cybernorms-hand-in",
        "version": 1,
        "module": __version__,
        "name": name,
        "created": CREATED,
        "sets": {},
        "answers": answers,
    } | changes


def best(set: str = SET) -> list[dict]:
    return [entry(each.id, best_answer(each)) for each in graded(set)]


def worst(set: str = SET) -> list[dict]:
    """Return the worst answers; the written question is left out."""
    return [entry(each.id, worst_answer(each)) for each in graded(set) if each.kind != "written"]


def as_file(content: Any) -> bytes:
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def folder_of(folder: Path, **files: Any) -> Path:
    """Write hand-ins into a folder; `ada_json` becomes `ada.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("_json", ".json")).write_bytes(as_file(content))
    return folder


def put(folder: Path, name: str, content: Any) -> Path:
    """Write one file, with the folders above it, and return the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_file(content))
    return folder


def marked(hand_ins: Path, **more: Any) -> tuple[Path, RunOutcome]:
    """Mark a folder in one process, and return the results beside it with the outcome."""
    results = hand_ins.with_name("results")
    return results, mark_class(hand_ins, results, processes=more.pop("processes", 1), **more)


def rows(path: Path) -> list[dict[str, str]]:
    """Return a table of the results."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def for_lms(results: Path, lms: str) -> list[dict[str, str]]:
    """Return the table for an LMS, which is called differently while essays wait."""
    [path] = [*results.glob(f"{lms}.csv"), *results.glob(f"{lms}-without-essays.csv")]
    return rows(path)


def report(results: Path) -> str:
    return (results / "report.txt").read_text(encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
