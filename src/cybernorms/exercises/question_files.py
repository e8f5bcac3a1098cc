"""Read question sets from TOML and check all that can be checked before a learner sees it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from cybernorms.corpus.process import load_outcomes
from cybernorms.corpus.sources import load_quotations, load_sources
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.fields import Fields, must_differ
from cybernorms.exercises.questions import (
    USES,
    VERDICTS,
    Check,
    Choice,
    Clause,
    Criterion,
    Forecast,
    Item,
    Level,
    Match,
    Mistake,
    Number,
    Option,
    Order,
    Part,
    Question,
    QuestionSet,
    Ranked,
    Several,
    Statement,
    Value,
    Written,
)
from cybernorms.exercises.responses import Unreadable, is_table, simplify
from cybernorms.exercises.withheld import READERS as READERS_WITHOUT_KEY
from cybernorms.exercises.withheld import WITHHELD
from cybernorms.paths import questions_dir


class Known(Struct, frozen=True):
    """The ids that a question may refer to; None lets anything pass, for questions in tests."""

    sources: Collection[str] | None = None
    quotations: Collection[str] | None = None
    outcomes: Collection[str] | None = None


def known_in_data() -> Known:
    """Return the ids of the module's own tables."""
    return Known(load_sources(), load_quotations(), load_outcomes())


def _option(fields: Fields, known: Known, *, id_field: str = "", text: str = "") -> Option:
    """Read an option; with `id_field`, the placement of an item, whose text is its category's."""
    option_id = fields.text(id_field) if id_field else fields.id()
    verdict = fields.one_of("verdict", VERDICTS)
    fixed = {"correct": 1.0, "incorrect": 0.0}.get(verdict)
    if fixed is None:
        credit = fields.number("credit", low=0.05, high=0.95)
    elif (credit := fields.number("credit", fixed)) != fixed:
        raise fields.problem(
            "credit", f"What is {verdict} has credit {fixed:g}", "Correct it, or take it out"
        )
    option = Option(
        id=option_id,
        text=text or fields.text("text"),
        verdict=verdict,
        credit=float(credit),
        reason=fields.text("reason"),
        source=fields.reference("source", known.sources, ""),
        pinpoint=fields.text("pinpoint", ""),
    )
    fields.done()
    return option


def _options(fields: Fields, known: Known) -> tuple[Option, ...]:
    tables = fields.tables("option", least=2)
    options = tuple(_option(table, known) for table in tables)
    ids = [option.id for option in options]
    must_differ(fields, "option", ids, [option.text for option in options])
    if not any(option.verdict == "correct" for option in options):
        raise fields.problem("option", "No option is correct", 'Give one the verdict "correct"')
    return options


def _choice(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    return Choice(**common, options=_options(fields, known))


def _several(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    return Several(**common, options=_options(fields, known))


def _placements(table: Fields, categories: Mapping[str, str], known: Known) -> dict[str, Option]:
    placements = {}
    for placement in table.tables("placement"):
        category = placement.one_of("category", categories)
        if category in placements:
            raise table.problem(
                "placement", f"The category {category!r} is judged twice", "Take one of them out"
            )
        placements[category] = _option(
            placement, known, id_field="category", text=categories[category]
        )
    if not any(option.verdict == "correct" for option in placements.values()):
        raise table.problem("placement", "No category is correct", "Mark one as correct")
    return placements


def _match(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    named = []
    for table in fields.tables("category", least=2):
        named.append((table.id(), table.text("text")))
        table.done()
    must_differ(fields, "category", [id for id, _ in named], [text for _, text in named])
    categories = dict(named)
    items = []
    for table in fields.tables("item", least=2):
        item_id, text = table.id(), table.text("text")
        placements = _placements(table, categories, known)
        unjudged = [category for category in categories if category not in placements]
        items.append(
            Item(
                id=item_id,
                text=text,
                placements=placements,
                otherwise=table.text("otherwise") if unjudged else table.text("otherwise", ""),
                source=table.reference("source", known.sources, ""),
                pinpoint=table.text("pinpoint", ""),
            )
        )
        table.done()
    must_differ(fields, "item", [item.id for item in items], [item.text for item in items])
    return Match(**common, categories=categories, items=tuple(items))


def _order(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    items = []
    for table in fields.tables("item", least=3):
        items.append(
            Ranked(
                id=table.id(),
                text=table.text("text"),
                rank=table.whole("rank", low=1),
                reason=table.text("reason"),
                source=table.reference("source", known.sources, ""),
                pinpoint=table.text("pinpoint", ""),
            )
        )
        table.done()
    must_differ(fields, "item", [item.id for item in items], [item.text for item in items])
    if len({item.rank for item in items}) < 2:
        raise fields.problem("item", "All ranks are equal", "Give the items ranks 1, 2, 3 …")
    return Order(**common, items=tuple(items))


def _number(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    tolerance = fields.number("tolerance", 0.0)
    wide = fields.number("wide_tolerance", None)
    if wide is not None and wide <= tolerance:
        raise fields.problem(
            "wide_tolerance", "The wider tolerance is not wider", "Make it larger than tolerance"
        )
    answer = fields.number("answer", low=-1e12)
    mistakes = []
    for table in fields.tables("mistake", least=0):
        mistake = Mistake(table.number("value", low=-1e12), table.text("reason"))
        if abs(mistake.value - answer) <= (tolerance if wide is None else wide):
            raise table.problem(
                "value", "This mistake lies within the tolerance", "Correct one of them"
            )
        mistakes.append(mistake)
        table.done()
    return Number(
        **common,
        answer=answer,
        tolerance=tolerance,
        wide_tolerance=wide,
        unit=fields.text("unit", ""),
        reason=fields.text("reason"),
        wide_reason=fields.text("wide_reason") if wide is not None else "",
        otherwise=fields.text("otherwise"),
        mistakes=tuple(mistakes),
        source=fields.reference("source", known.sources, ""),
        pinpoint=fields.text("pinpoint", ""),
    )


def _forecast(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    statements = []
    for table in fields.tables("statement"):
        statements.append(Statement(table.id(), table.text("text")))
        table.done()
    ids = [statement.id for statement in statements]
    must_differ(fields, "statement", ids, [statement.text for statement in statements])
    return Forecast(**common, statements=tuple(statements))


def _clause(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    parts = []
    for table in fields.tables("part", least=2):
        part = Part(
            id=table.id(),
            label=table.text("label"),
            required=table.flag("required", True),
            options=_options(table, known),
        )
        table.done()
        parts.append(part)
    must_differ(fields, "part", [part.id for part in parts], [part.label for part in parts])
    if not any(part.required for part in parts):
        raise fields.problem("part", "No part is required", "Take required = false from one part")
    return Clause(**common, parts=tuple(parts))


CHECK_TESTS = ("columns", "rows", "contains", "equals")


def _expected(table: Fields, test: str) -> Any:
    """Return what a check expects, once it is sure that a value can pass."""
    expected = table.take("expected")
    if test == "columns":
        names = isinstance(expected, list) and all(isinstance(each, str) for each in expected)
        if not names or not expected:
            raise table.problem("expected", "A list of names is expected", 'Write ["…", "…"]')
    elif test == "rows":
        if type(expected) is not int or expected < 0:
            raise table.problem("expected", "A whole number is expected", "Write digits only")
    elif problem := _impossible(expected):
        raise table.problem("expected", f"Nothing can equal this: {problem}", "Correct it")
    return expected


def _impossible(expected: Any) -> str:
    """Return why no value can equal what is expected, or nothing."""
    if (
        isinstance(expected, dict)
        and set(expected) == {"columns", "rows"}
        and not is_table(expected)
    ):
        return "a row of the table has more or fewer cells than there are columns"
    try:
        return "it is no number" if simplify(expected) is None else ""
    except Unreadable as problem:
        return str(problem)


def _value(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    checks = []
    for table in fields.tables("check"):
        test = table.one_of("test", CHECK_TESTS)
        checks.append(
            Check(
                id=table.id(),
                name=table.text("name"),
                test=test,
                expected=_expected(table, test),
                tolerance=table.number("tolerance", 0.0),
                share=table.number("share", low=0.01, high=1),
                passed=table.text("passed"),
                failed=table.text("failed"),
            )
        )
        table.done()
    must_differ(fields, "check", [check.id for check in checks])
    total = sum(check.share for check in checks)
    if abs(total - 1) > 1e-6:
        raise fields.problem("check", f"The shares add up to {total:g}", "Make them add up to 1")
    return Value(
        **common,
        checks=tuple(checks),
        source=fields.reference("source", known.sources, ""),
        pinpoint=fields.text("pinpoint", ""),
    )


_LEVEL_SHARES = (1.0, 2 / 3, 1 / 3, 0.0)


def _criterion(table: Fields) -> Criterion:
    levels = table.tables("level")
    if len(levels) != len(_LEVEL_SHARES):
        raise table.problem("level", "A criterion has four levels", "Describe four, best first")
    read = []
    for level, share in zip(levels, _LEVEL_SHARES, strict=True):
        read.append(Level(level.text("name"), level.text("text"), share))
        level.done()
    criterion = Criterion(
        table.id(), table.text("name"), table.number("points", low=0), tuple(read)
    )
    table.done()
    return criterion


def _written(common: dict[str, Any], fields: Fields, known: Known) -> Question:
    words = fields.take("words")
    whole = isinstance(words, list) and all(type(count) is int for count in words)
    if not whole or len(words) != 2 or not 0 < words[0] < words[1]:
        raise fields.problem("words", "Two numbers of words are expected", "Write [100, 200]")
    tables = fields.tables("criterion", least=3)
    if len(tables) > 4:
        raise fields.problem("criterion", "A rubric has three or four criteria", "Join some")
    criteria = tuple(_criterion(table) for table in tables)
    must_differ(fields, "criterion", [criterion.id for criterion in criteria])
    total = sum(criterion.points for criterion in criteria)
    if abs(total - common["points"]) > 1e-9:
        raise fields.problem(
            "criterion",
            f"The criteria bring {total:g} points, the question {common['points']:g}",
            "Make both the same",
        )
    exemplar = "" if common["withheld"] else fields.text("exemplar")
    return Written(**common, words=(words[0], words[1]), criteria=criteria, exemplar=exemplar)


_KINDS: dict[str, Callable[[dict[str, Any], Fields, Known], Question]] = {
    "choice": _choice,
    "several": _several,
    "match": _match,
    "order": _order,
    "number": _number,
    "forecast": _forecast,
    "clause": _clause,
    "value": _value,
    "written": _written,
}
KINDS = tuple(_KINDS)


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
    common = {
        "id": fields.id(),
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
        "revision": _revision(table),
        "withheld": False,
    }
    if fields.one_of("key", (WITHHELD,), ""):
        common |= {"revision": fields.text("revision"), "withheld": True}
    if common["withheld"] and kind in READERS_WITHOUT_KEY:
        question = READERS_WITHOUT_KEY[kind](common, fields)
    else:
        question = _KINDS[kind](common, fields, known)
    fields.done()
    return question


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
    # A set of which keys are withheld brings the revision of the full set along.
    revision = fields.text("revision", "") or _revision(table)
    fields.done()
    must_differ(fields, "question", [question.id for question in read])
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
    from difflib import get_close_matches

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
    near = get_close_matches(str(id), questions, n=1)
    raise CyberNormsError(
        f"There is no question {id!r}",
        remedy=f"Did you mean {near[0]!r}?" if near else "Restore this cell from a fresh copy",
    )
