"""Read question sets from TOML and check all that can be checked before a learner sees it."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec.structs import replace

from cybernorms.corpus.process import load_outcomes
from cybernorms.corpus.sources import load_quotations, load_sources
from cybernorms.errors import CyberNormsError, did_you_mean
from cybernorms.exercises.fields import Fields, Known, must_differ
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.questions import USES, Question, QuestionSet
from cybernorms.exercises.withheld import WITHHELD, withhold
from cybernorms.paths import questions_dir


def known_in_data() -> Known:
    """Return the ids of the module's own tables."""
    return Known(load_sources(), load_quotations(), load_outcomes())


def _revision(table: Any) -> str:
    """Return eight hexadecimal digits that change when the table does."""
    text = json.dumps(table, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def read_question(table: Any, where: str, known: Known) -> Question:
    """Return one question from its TOML table.

    Raises:
        CyberNormsError: anything is missing, misspelt, unknown or inconsistent.
    """
    name = table.get("id", "without id") if isinstance(table, dict) else "without id"
    fields = Fields(table, f"{where}, question {name}")
    kind = fields.one_of("kind", KINDS)
    use = fields.one_of("use", USES, "graded")
    points = fields.number("points") if use == "graded" else 0.0
    revision = _revision(table)
    common = {
        "id": fields.id(),
        "title": fields.text("title", ""),
        "kind": kind,
        "use": use,
        "outcome": fields.reference("outcome", known.outcomes),
        "minutes": fields.number("minutes", low=0.25, high=60),
        "points": float(points),
        "prompt": fields.text("prompt"),
        "hint": fields.text("hint", "") if use == "entry" else fields.text("hint"),
        "sources": fields.texts("sources", known.sources),
        "passages": fields.texts("passages", known.quotations),
        "closing": fields.text("closing", ""),
        "ordered": fields.flag("ordered", False),
        "revision": revision,
        "open_revision": revision,
        "withheld": False,
    }
    if fields.one_of("key", (WITHHELD,), ""):
        if given := fields.text("revision", ""):  # an earlier package brings that of the full one
            common |= {"revision": given}
        question = KINDS[kind].read_without_key(common | {"withheld": True}, fields, known)
    else:
        question = KINDS[kind].read(common, fields, known)
    fields.done()
    if use != "graded" or question.withheld:
        return question
    return replace(question, open_revision=_revision(withhold(table)))


def read_question_set(path: Path, known: Known | None = None) -> QuestionSet:
    """Return the question set of one TOML file.

    Arguments:
        path: the file.
        known: the ids that questions may refer to; those of the module's data if not given.

    Raises:
        CyberNormsError: the file is not TOML in UTF-8, or a question in it is wrong.
    """
    known = known or known_in_data()
    try:
        table = tomli.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CyberNormsError(
            f"This question set cannot be opened: {error.strerror}",
            where=path.name,
            remedy="Restore the file, or close the program that holds it",
        ) from None
    except RecursionError:
        raise CyberNormsError(
            "This question set cannot be read: it is nested too deeply",
            where=path.name,
            remedy="Look for a row of opening brackets",
        ) from None
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        raise CyberNormsError(
            f"This question set cannot be read: {error}",
            where=path.name,
            remedy="Mend that line; every text stands in quotation marks",
        ) from None
    fields = Fields(table, path.name)
    set_id, title = fields.id(), fields.text("title")
    questions = fields.take("question", [])
    if not isinstance(questions, list) or not questions:
        raise fields.problem("question", "The set has no question", "Add [[question]]")
    read = tuple(read_question(question, path.name, known) for question in questions)
    revision = fields.text("revision", "") or _revision(table)
    fields.done()
    must_differ(fields, "question", "id", [question.id for question in read])
    return QuestionSet(set_id, title, revision, read)


@cache
def _question_set(path: Path) -> QuestionSet:
    return read_question_set(path)


@cache
def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""  # reading the set says what is wrong with it


@cache
def _question_sets(folder: Path) -> tuple[QuestionSet, ...]:
    paths = sorted(folder.glob("*.toml"))
    sets = tuple(_question_set(path) for path in paths)
    seen: dict[tuple[str, str], str] = {}
    for path, each in zip(paths, sets, strict=True):
        names = [("set", each.id), *(("question", question.id) for question in each.questions)]
        for what, id in names:
            if (what, id) in seen:
                raise CyberNormsError(
                    f"Two files have a {what} {id!r}",
                    where=f"{seen[what, id]} and {path.name}",
                    remedy="Rename one of them",
                )
            seen[what, id] = path.name
    return sets


def load_question_sets(folder: Path | None = None) -> tuple[QuestionSet, ...]:
    """Return all question sets, in the order of their files.

    Raises:
        CyberNormsError: a file is wrong, two sets have a question of the same id, or there is none.
    """
    sets = _question_sets(folder or questions_dir())
    if not sets:
        raise CyberNormsError(
            "There are no question sets in this folder",
            where=str(folder or questions_dir()),
            remedy="Name the folder in which the .toml files of the questions lie",
        )
    return sets


def _likely_set(id: str, folder: Path) -> QuestionSet | None:
    """Return the first set whose file names the id, so that one question does not read them all."""
    names = (f'"{id}"', f"'{id}'")
    for path in sorted(folder.glob("*.toml")):
        if any(name in _text(path) for name in names):
            return _question_set(path)
    return None


def find_question(id: str, folder: Path | None = None) -> Question:
    """Return one question by its id.

    Raises:
        CyberNormsError: its set is wrong, or no set has it; the message offers the nearest id.
    """
    likely = _likely_set(id, folder or questions_dir()) if isinstance(id, str) else None
    if likely:
        for question in likely.questions:
            if question.id == id:
                return question
    questions = {
        question.id: question for each in load_question_sets(folder) for question in each.questions
    }
    if isinstance(id, str) and id in questions:
        return questions[id]
    remedy = did_you_mean(str(id), questions, "Restore this cell from a fresh copy")
    raise CyberNormsError(f"There is no question {id!r}", remedy=remedy)
