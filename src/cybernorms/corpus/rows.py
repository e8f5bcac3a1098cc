"""Rows of tables as frozen structs, read once by their annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from msgspec import Struct

from cybernorms import paths
from cybernorms.corpus import leaked
from cybernorms.corpus.columns import columns_of, schema
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.errors import CyberNormsError, did_you_mean

T = TypeVar("T")
R = TypeVar("R", bound="TableRow")
_MOST_NAMED = 50
_IN_THE_TABLE = "See the ids in the first column"


class TableRow(Struct, frozen=True, kw_only=True):
    """A row of the table that `table` names.

    All rows stand in the order of the field that `sort_by` names, or else as the table has them.
    """

    table: ClassVar[str]
    sort_by: ClassVar[str] = ""

    @classmethod
    def rows(cls) -> tuple[Self, ...]:
        """Return all rows of the table; it is read once."""
        return _rows(cls, paths.data_dir(), leaked.are_shown())

    @classmethod
    def by_id(cls) -> dict[str, Self]:
        """Return all rows of the table by id."""
        return _by_id(cls, paths.data_dir(), leaked.are_shown())

    @classmethod
    def read(cls) -> tuple[Self, ...]:
        """Read the table; a struct that gathers rows of other tables does so in its own way."""
        return load(cls)

    def check(self) -> None:
        """Raise an error where the cells of this row do not belong together."""

    def problem(self, column: str, what: str, remedy: str) -> CyberNormsError:
        """Return the error for one cell of this row."""
        own = [name for name in type(self).__annotations__ if name in self.__struct_fields__]
        named = ["id"] if "id" in own else own[:2]
        values = {name: getattr(self, name) for name in named}
        row = {name: str(getattr(value, "id", value)) for name, value in values.items()}
        return Cell(self.table, row).problem(column, what, remedy)

    def one_of(self, name: str, allowed: Iterable[str]) -> None:
        """Raise an error where a field has none of the words that this row can have in it."""
        words, value = list(allowed), getattr(self, name)
        if value not in words:
            remedy = f"Write one of: {', '.join(words)}"
            raise self.problem(name, f"The value {value!r} is not known", remedy)

    def require(self, *names: str) -> None:
        """Raise an error where one of these fields is empty, for which this row needs a value."""
        for name in names:
            if not getattr(self, name):
                raise self.problem(name, "This cell is empty", "Fill it in, or take the row out")

    def forbid(self, *names: str) -> None:
        """Raise an error where one of these fields has a value that means nothing in this row."""
        for name in names:
            if getattr(self, name):
                raise self.problem(name, "This cell should be empty here", "Empty it")


def find_row(rows: Iterable[R], id: str, what: str) -> R:
    """Return the row of an id.

    Arguments:
        rows: those to choose from, such as the rows that a lesson may show.
        id: its id.
        what: what has such an id, in the singular.

    Raises:
        CyberNormsError: none of them has this id; the message names the nearest, or all.
    """
    found = {attrgetter("id")(row): row for row in rows}
    if isinstance(id, str) and id in found:
        return found[id]
    ids = f"Choose one of: {', '.join(found)}" if len(found) <= _MOST_NAMED else _IN_THE_TABLE
    where = next((f"{row.table}.csv" for row in found.values()), "")
    remedy = did_you_mean(str(id), found, ids)
    raise CyberNormsError(f"There is no {what} called {id!r}", where=where, remedy=remedy)


@cache
def _rows(kind: type[R], folder: Path, with_leaked: bool) -> tuple[R, ...]:
    return kind.read()


@cache
def _by_id(kind: type[R], folder: Path, with_leaked: bool) -> dict[str, R]:
    id_of = attrgetter("id")
    return {id_of(row): row for row in _rows(kind, folder, with_leaked)}


def load(kind: type[R], **gathered: Mapping[str, Any]) -> tuple[R, ...]:
    """Return the rows of a table as structs, in their order.

    Arguments:
        kind: the struct that says what the columns hold.
        gathered: for each field that is no column, what it holds, by id of the row.

    Raises:
        CyberNormsError: a cell cannot be right; the message names file, row, column and a remedy.
    """
    read = schema(kind)
    found = []
    for row in read_table(kind.table, [each.name for each in columns_of(kind)]):
        cell = Cell(kind.table, row)
        values = {name: each.read(cell) for name, each in read.items()}
        more = {name: by_row.get(row["id"], ()) for name, by_row in gathered.items()}
        item = kind(**values, **more)
        item.check()
        found.append(item)
    return tuple(sorted(found, key=attrgetter(kind.sort_by)) if kind.sort_by else found)


def group_by(items: Iterable[T], name: str) -> dict[str, tuple[T, ...]]:
    """Return items by the value of one of their fields, in their order."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[getattr(item, name)].append(item)
    return {key: tuple(each) for key, each in found.items()}
