"""Rows of tables as frozen structs, whose annotations say what each column holds.

A field is the column of its name, or of the one that `field(name=…)` gives. A field without a
default must be filled in; an empty cell takes the default of its field.

| Annotation | The cell has |
| --- | --- |
| `str`, `int`, `float` | text, digits, a number |
| `bool` | yes or no |
| `Literal[…]`, `Annotated[str, OneOf(…)]` | one of these words |
| `Annotated[str, Matches(…)]` | text of this form |
| a `TableRow` | the id of a row of its table |
| `Annotated[str, IdIn(table)]` | the same, but the id stays an id |
| `Annotated[tuple[R, ...], SEMICOLONS]` | ids with semicolons between them |
| `Annotated[S, Prefixed(…)]` | one part of the struct S: its fields are columns, too |
| `Annotated[Mapping[str, str], ColumnEach(…)]` | the value of one key, a column for each |

Other fields are gathered from tables that link to this one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeVar, Union
from typing import get_args as arguments
from typing import get_origin as origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from cybernorms import paths
from cybernorms.corpus.tables import Cell, read_table
from cybernorms.errors import CyberNormsError

T = TypeVar("T")
R = TypeVar("R", bound="TableRow")


class OneOf:
    """The words that a cell may hold."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)


class Matches(NamedTuple):
    """The form of a cell: a regular expression, and what to write, for the error."""

    pattern: str
    remedy: str


class IdIn(NamedTuple):
    """The table that a cell names a row of, and the column that has the names."""

    table: str
    column: str = "id"


class Prefixed:
    """What the columns of an inner struct begin with; `names` has those with names of their own."""

    def __init__(self, prefix: str, **names: str) -> None:
        self.prefix, self.names = prefix, names


class ColumnEach:
    """The keys of a mapping, a column for each, with the words that it may hold or None for any."""

    def __init__(self, keys: Mapping[str, Iterable[str] | None]) -> None:
        self.keys = keys


SEMICOLONS = "ids with semicolons between them"
Date = Annotated[
    str,
    Matches(r"\d{4}(-\d{2}(-\d{2})?)?", "Write it as 2015, 2015-09 or 2015-09-25"),
]
Day = Annotated[str, Matches(r"\d{4}-\d{2}-\d{2}", "Write it as 2015-09-25")]
Status = Literal["primary", "secondary", "unverified", "not found", "judgement"]


class Column(NamedTuple):
    """What a column of a table holds."""

    name: str
    kind: type = str
    required: bool = True
    default: Any = ""
    words: tuple[Any, ...] = ()
    link: IdIn | None = None
    row: type[TableRow] | None = None
    many: bool = False
    form: Matches | None = None

    def read(self, cell: Cell) -> Any:
        """Return what a cell of this column holds.

        Raises:
            CyberNormsError: the cell cannot be right; the message names it.
        """
        text = cell.text(self.name, required=self.required)
        if self.many:
            return tuple(self._linked(cell, each) for each in text.split(";") if each)
        if not text:
            return self.default
        if self.words:
            words = {str(word): word for word in self.words}
            found = words[cell.one_of(self.name, list(words))]
            return found == "yes" if self.kind is bool else found
        if self.link:
            return self._linked(cell, text)
        if self.form and not re.fullmatch(self.form.pattern, text):
            raise cell.problem(self.name, f"{text!r} is not written as it should", self.form.remedy)
        return self._number(cell, text) if self.kind in (int, float) else text

    def _number(self, cell: Cell, text: str) -> float | None:
        return cell.whole(self.name) if self.kind is int else cell.number(self.name)

    def _linked(self, cell: Cell, id: str) -> Any:
        if not self.link or id not in _names_in(self.link, paths.data_dir()):
            raise cell.problem(
                self.name, f"Nothing is called {id!r}", "Correct the name, or add the missing row"
            )
        return by_id(self.row)[id] if self.row else id


class Inner(NamedTuple):
    """The columns of a field that is a struct or a mapping, by field or key."""

    make: Any
    columns: Mapping[str, Column]
    optional: bool = False

    def read(self, cell: Cell) -> Any:
        """Return the struct or mapping; None where it is optional and all cells are empty."""
        names = [column.name for column in self.columns.values()]
        if self.optional:
            filled = [bool(cell.text(name, required=False)) for name in names]
            if not any(filled):
                return None
            if not all(filled):
                raise cell.problem(
                    names[0],
                    f"Some of these cells are empty: {', '.join(names)}",
                    "Fill in all of them, or none",
                )
        return self.make(**{field: each.read(cell) for field, each in self.columns.items()})


class TableRow(Struct, frozen=True, kw_only=True):
    """A row of the table that `table` names; all rows stand in the order of the field `sort_by`."""

    table: ClassVar[str]
    sort_by: ClassVar[str] = ""

    @classmethod
    def read(cls) -> tuple[Self, ...]:
        """Return all rows; a struct that gathers rows of other tables has a reader of its own."""
        return load(cls)

    def check(self) -> None:
        """Raise an error where the cells of this row do not belong together."""

    def problem(self, column: str, what: str, remedy: str) -> CyberNormsError:
        """Return the error for one cell of this row."""
        first = [_as_text(getattr(self, name)) for name in list(schema(type(self)))[:2]]
        row = {"id": getattr(self, "id", ""), "first": first[0], "second": first[-1]}
        named = {"id": row["id"]} if row["id"] else {"1": first[0], "2": first[-1]}
        return Cell(self.table, named).problem(column, what, remedy)

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


def _as_text(value: Any) -> str:
    return str(getattr(value, "id", value))


@cache
def _names_in(link: IdIn, folder: Path) -> frozenset[str]:
    return frozenset(row[link.column] for row in read_table(link.table, [link.column]))


# What the annotations say


def _parts(hint: Any) -> tuple[Any, list[Any], bool]:
    """Return an annotation without its markers, the markers, and whether it may be None."""
    markers: list[Any] = []
    if origin(hint) is Annotated:
        hint, *markers = arguments(hint)
    optional = False
    if origin(hint) in (Union, UnionType):
        kinds = [each for each in arguments(hint) if each is not NoneType]
        optional = len(kinds) < len(arguments(hint))
        words = [word for each in kinds for word in arguments(each)]
        hint = kinds[0] if len(kinds) == 1 else Literal[tuple(words)]
        inner, more, _ = _parts(hint)
        hint, markers = inner, markers + more
    return hint, markers, optional


def _column(name: str, hint: Any, default: Any = NODEFAULT) -> Column | None:
    """Return what an annotation says of a column, or None where it is that of no column."""
    kind, markers, _ = _parts(hint)
    column = Column(name, required=default is NODEFAULT)
    if default is not NODEFAULT:
        column = column._replace(default=default)
    for marker in markers:
        if isinstance(marker, OneOf):
            column = column._replace(words=marker.words)
        elif isinstance(marker, IdIn):
            column = column._replace(link=marker)
        elif isinstance(marker, Matches):
            column = column._replace(form=marker)
        elif marker is SEMICOLONS:
            row = arguments(kind)[0]
            return column._replace(row=row, link=IdIn(row.table), many=True)
    if origin(kind) is Literal:
        words = tuple(word for word in arguments(kind) if word != "")
        return column._replace(words=words, kind=type(words[0]))
    if kind is bool:
        return column._replace(words=("yes", "no"), kind=bool)
    if isinstance(kind, type) and issubclass(kind, TableRow):
        return column._replace(row=kind, link=IdIn(kind.table))
    return column._replace(kind=kind) if kind in (str, int, float) else None


def _inner(name: str, hint: Any) -> Inner | None:
    """Return the columns of an inner struct or mapping, or None where there are none."""
    kind, markers, optional = _parts(hint)
    for marker in markers:
        if isinstance(marker, Prefixed):
            columns = {
                each.name: _column(
                    marker.names.get(each.name, marker.prefix + each.name), each.type, each.default
                )
                for each in fields(kind)
            }
            return Inner(kind, {key: each for key, each in columns.items() if each}, optional)
        if isinstance(marker, ColumnEach):
            of_keys = {
                key: Column(
                    key.replace(" ", "_"), words=tuple(words or ()), required=words is not None
                )
                for key, words in marker.keys.items()
            }
            return Inner(lambda **values: MappingProxyType(values), of_keys)
    return None


@cache
def schema(kind: type[TableRow]) -> Mapping[str, Column | Inner]:
    """Return what the fields of a struct say of the columns of its table, by field."""
    found = {}
    for each in fields(kind):
        read = _inner(each.name, each.type) or _column(each.encode_name, each.type, each.default)
        if read:
            found[each.name] = read
    return MappingProxyType(found)


def columns(kind: type[TableRow]) -> Iterator[Column]:
    """Yield all columns that a struct reads, in the order of its fields."""
    for each in schema(kind).values():
        yield from each.columns.values() if isinstance(each, Inner) else [each]


# Reading


def load(kind: type[R], **gathered: Mapping[str, Any]) -> tuple[R, ...]:
    """Return the rows of a table as structs, in their order.

    Arguments:
        kind: the struct that says what the columns hold.
        gathered: for each field that no column has, what it holds, by id of the row.

    Raises:
        CyberNormsError: a cell cannot be right; the message names file, row, column and a remedy.
    """
    read = schema(kind)
    found = []
    for row in read_table(kind.table, [each.name for each in columns(kind)]):
        cell = Cell(kind.table, row)
        values = {name: each.read(cell) for name, each in read.items()}
        more = {name: by_row.get(row["id"], ()) for name, by_row in gathered.items()}
        item = kind(**values, **more)
        item.check()
        found.append(item)
    return tuple(sorted(found, key=attrgetter(kind.sort_by)) if kind.sort_by else found)


@cache
def _rows(kind: type[R], folder: Path) -> tuple[R, ...]:
    return kind.read()


@cache
def _by_id(kind: type[R], folder: Path) -> dict[str, R]:
    return {getattr(row, "id"): row for row in _rows(kind, folder)}  # noqa: B009


def rows(kind: type[R]) -> tuple[R, ...]:
    """Return all rows of the table of a struct; each table is read once."""
    return _rows(kind, paths.data_dir())


def by_id(kind: type[R]) -> dict[str, R]:
    """Return all rows of the table of a struct by id."""
    return _by_id(kind, paths.data_dir())


def group_by(items: Iterable[T], name: str) -> dict[str, tuple[T, ...]]:
    """Return items by the value of one of their fields, in their order."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[getattr(item, name)].append(item)
    return {key: tuple(each) for key, each in found.items()}
