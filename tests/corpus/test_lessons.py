"""No explorer and no loader shows what a later lesson opens, however the lesson is written."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import cybernorms
import cybernorms.corpus
from cybernorms.cards.card import Card
from cybernorms.corpus.columns import Inner, schema
from cybernorms.corpus.lessons import EVERYTHING, is_open, open_rows, read_lesson
from cybernorms.corpus.rows import TableRow
from cybernorms.document import curly
from cybernorms.errors import CyberNormsError
from cybernorms.widgets import carrying
from tests.cards.messages import change, parts_of, press, seen
from tests.factories import structs_of_tables
from tests.paths import ROOT

LESSONS = [f"{number:02}" for number in range(9)]
NO_LESSONS = ["zz", "-1", "", "9", "002", " 2", 12, -1, 2.0, True, None, ["02"], EVERYTHING]
OUTCOMES = {"claims": "outcome", "forecasts": "outcome"}  # their rows are open, their outcome not
NAMES = {("events", "forum")}  # what a column calls a kind of thing, which tells nothing of the row


def takes_a_lesson(act: Callable[..., Any]) -> bool:
    return "lesson" in inspect.signature(act).parameters


EXPLORERS = {
    name: getattr(cybernorms, name)
    for name in cybernorms.__all__
    if name.startswith("show_") and takes_a_lesson(getattr(cybernorms, name))
}
LOADERS = {
    f"{module.name}.{name}": act
    for module in iter_modules(cybernorms.corpus.__path__)
    for name, act in vars(import_module(f"cybernorms.corpus.{module.name}")).items()
    if name.startswith(("load_", "coded_"))
    and act.__module__.endswith(f".{module.name}")
    and takes_a_lesson(act)
}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
each_explorer = pytest.mark.parametrize("name", EXPLORERS)


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))


# What a lesson is


@pytest.mark.parametrize("number", LESSONS)
def test_a_lesson_is_the_same_however_it_is_written(number: str) -> None:
    """Prevents lesson 2 from being another one than lesson 02."""
    assert {read_lesson(each) for each in (number, str(int(number)), int(number))} == {number}


@pytest.mark.parametrize("given", NO_LESSONS)
def test_what_is_no_lesson_is_refused_with_a_remedy(given: Any) -> None:
    """Prevents a slip from opening everything, because its letters come after all numbers."""
    with pytest.raises(CyberNormsError, match="from 00 to 08") as caught:
        read_lesson(given)
    assert repr(given) in caught.value.what


def test_what_opens_in_no_lesson_stays_closed() -> None:
    """Prevents an empty cell from counting as open."""
    assert not is_open("", "08") and not is_open("", EVERYTHING)
    assert is_open("06", 6) and is_open("06", EVERYTHING) and not is_open("06", "5")


# Loaders


def test_every_row_that_opens_later_has_a_loader_that_asks_for_the_lesson() -> None:
    """Prevents a table of outcomes that a view can load without saying for which lesson."""
    opening = [kind for kind in structs_of_tables() if "opens_in" in kind.__struct_fields__]
    assert len(opening) == 21
    for act in LOADERS.values():
        lesson = inspect.signature(act).parameters["lesson"]
        assert lesson.kind is lesson.KEYWORD_ONLY and lesson.default is lesson.empty
    for kind in opening:
        home = kind.__module__.removeprefix("cybernorms.corpus.")
        ungated = [
            name
            for name, act in vars(import_module(kind.__module__)).items()
            if name.startswith(("load_", "find_", "coded_"))
            and re.search(rf"\b{kind.__name__}\b", str(inspect.signature(act).return_annotation))
            and not takes_a_lesson(act)
        ]
        assert ungated == [], home


@pytest.mark.parametrize("name", LOADERS)
def test_a_loader_gives_what_is_open_and_refuses_what_is_no_lesson(name: str) -> None:
    """Prevents a view that has to remember which rows it may show."""
    load = LOADERS[name]
    counts = [len(load(lesson=lesson)) for lesson in LESSONS]
    assert counts == sorted(counts) and counts[-1] == len(load(lesson=EVERYTHING)) > 0
    assert load(lesson="6") == load(lesson=6) == load(lesson="06")
    with pytest.raises(CyberNormsError, match="from 00 to 08"):
        load(lesson="zz")
    for lesson in LESSONS:
        for row in load(lesson=lesson):
            later = [each for each in inside(row) if not may_be_loaded(each, lesson)]
            assert later == [], (lesson, row)


def inside(row: Any) -> Iterator[TableRow]:
    """Yield a row and the rows that it has gathered; what it only refers to has its own gate."""
    yield row
    gathered = set(row.__struct_fields__) - set(schema(type(row)))
    for name in gathered:
        value = getattr(row, name)
        for each in value if isinstance(value, tuple) else ():
            if isinstance(each, TableRow):
                yield from inside(each)


def may_be_loaded(row: TableRow, lesson: str) -> bool:
    opens_in = getattr(row, "opens_in", "")
    if row.table == "claims":
        return not getattr(row, "outcome") or is_open(opens_in, lesson)  # noqa: B009
    return not opens_in or is_open(opens_in, lesson)


# Explorers


class Shown:
    """What an explorer displays, caught instead of shown."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._shown: list[Any] = []
        monkeypatch.setattr(carrying, "in_notebook", lambda: True)
        monkeypatch.setattr(carrying, "display", self._shown.append)
        monkeypatch.setattr(carrying.CardWidget, "shown", {})

    def by(self, name: str, lesson: Any) -> Card:
        """Return the card that an explorer displays for a lesson."""
        EXPLORERS[name](lesson=lesson)
        card: Card = self._shown.pop().card
        return card


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    return Shown(monkeypatch)


def flat(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split())


def all_in_sight(shown: Card) -> str:
    """Return the text of a card with all that its controls say and offer."""
    return flat(f"{shown.text()} {seen(shown)}")


def all_states(shown: Card) -> Iterator[str]:
    """Yield what a card shows while each of its lists is gone through, and its decks are played."""
    yield all_in_sight(shown)
    fields = [each for part in parts_of(shown, "fields") for each in part["fields"]]
    for field in fields:
        before = shown.values()[field["name"]]
        for choice in field.get("options", ()):
            change(shown, **{field["name"]: choice["value"]})
            yield all_in_sight(shown)
        change(shown, **{field["name"]: before})
    for deck in parts_of(shown, "deck"):
        for item in deck["items"]:
            for choice in deck["options"][item["options"]][:1] if "options" in item else ():
                chosen = {**shown.values()[deck["name"]], item["id"]: choice["value"]}
                press(shown, "pick", item["id"], **{deck["name"]: chosen})
                yield all_in_sight(shown)


def texts_of(row: TableRow) -> set[str]:
    """Return what a row tells in words of its own: those of its columns, not of other rows."""
    columns = schema(type(row))
    names = [name for name, column in columns.items() if not isinstance(column, Inner)]
    if row.table in OUTCOMES:
        names = [name for name in names if name.startswith(OUTCOMES[row.table])]
    values = [getattr(row, name) for name in names if (row.table, name) not in NAMES]
    values += [getattr(value, "text", "") for value in values]
    return {flat(curly(each)) for each in values if isinstance(each, str) and len(each) > 30}


@cache
def closed_texts(lesson: str) -> frozenset[str]:
    """Return the texts that no explorer may show in a lesson."""
    closed: set[str] = set()
    told: set[str] = set()
    for kind in structs_of_tables():
        rows = kind.rows()
        open_ones = open_rows(rows, lesson) if "opens_in" in kind.__struct_fields__ else rows
        for row in rows:
            late = row not in open_ones and getattr(row, "opens_in", "")
            (closed if late else told).update(texts_of(row) if kind.table != "quotations" else ())
    everything = "\n".join(told)
    return frozenset(text for text in closed if text not in everything)


@each_explorer
def test_an_explorer_takes_a_lesson_however_it_is_written(name: str, shown: Shown) -> None:
    """Prevents lesson="2" from showing what lesson="02" keeps closed."""
    default = inspect.signature(EXPLORERS[name]).parameters["lesson"].default
    assert default in LESSONS
    expected = all_in_sight(shown.by(name, default))
    assert all_in_sight(shown.by(name, str(int(default)))) == expected
    assert all_in_sight(shown.by(name, int(default))) == expected


@each_explorer
def test_an_explorer_refuses_what_is_no_lesson(name: str, shown: Shown) -> None:
    """Prevents lesson="zz" from showing everything, and a traceback for lesson=None."""
    for given in NO_LESSONS:
        with pytest.raises(CyberNormsError, match="from 00 to 08"):
            shown.by(name, given)


@each_explorer
def test_an_explorer_shows_nothing_that_opens_later(name: str, shown: Shown) -> None:
    """Prevents what was agreed in September 2015 from being told before lesson 06."""
    for lesson in LESSONS[:6]:
        closed = closed_texts(lesson)
        assert len(closed) > 100
        try:
            text = all_in_sight(shown.by(name, int(lesson)))
        except CyberNormsError as error:
            assert error.remedy
            continue
        assert [each for each in closed if each in text] == []


@pytest.mark.slow
@each_explorer
def test_no_choice_in_an_explorer_shows_what_opens_later(name: str, shown: Shown) -> None:
    """Prevents what is closed on the first page from being a list away."""
    lesson = min(inspect.signature(EXPLORERS[name]).parameters["lesson"].default, "05")
    closed = closed_texts(lesson)
    try:
        opened = shown.by(name, lesson)
    except CyberNormsError as error:
        assert re.search(r"before lesson 0[678]", error.what)
        return
    for text in islice(all_states(opened), 150):
        assert [each for each in closed if each in text] == []


@each_explorer
def test_an_explorer_that_opens_nothing_yet_says_which_lesson_does(name: str, shown: Shown) -> None:
    """Prevents an empty card, or an error of Python, in place of a sentence."""
    default = inspect.signature(EXPLORERS[name]).parameters["lesson"].default
    for lesson in LESSONS[LESSONS.index(default) :]:
        shown.by(name, lesson)
    for lesson in LESSONS[: LESSONS.index(default)]:
        try:
            shown.by(name, lesson)
        except CyberNormsError as error:
            assert error.remedy


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_may_show_the_explorers_that_stand_in_it(path: Path, shown: Shown) -> None:
    """Prevents a gate that is closed where the explorer is used."""
    used = set(re.findall(r"show_\w+", path.read_text(encoding="utf-8"))) & set(EXPLORERS)
    assert used or path.stem.startswith("00")
    for name in used:
        shown.by(name, path.stem[:2])


@pytest.mark.slow
def test_the_search_would_find_what_lesson_06_tells(shown: Shown) -> None:
    """Prevents a test that finds nothing because it looks for nothing."""
    found = {
        name
        for name, show in EXPLORERS.items()
        if inspect.signature(show).parameters["lesson"].default <= "06"
        for text in islice(all_states(shown.by(name, "06")), 150)
        if any(each in text for each in closed_texts("05"))
    }
    assert {"show_timeline", "show_claims", "show_evidence", "show_spread", "show_norms"} <= found
