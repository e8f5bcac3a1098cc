"""What the annotations of a struct say of the columns of its table, and how a cell is read by them.

A field is the column of its name, or of the one that `field(name=…)` gives. A field without a
default must be filled in; an empty cell takes the default of its field.

| Annotation | The cell has |
| --- | --- |
| `str`, `int`, `float` | text, digits, a number |
| `bool` | yes or no |
| `Literal[…]`, `Annotated[str, OneOf(…)]` | one of these words |
| `Word` | one of the words that `datapackage.json` lists for the column |
| `Annotated[str, Matches(…)]` | text of this form |
| a `TableRow` | the id of a row of its table |
| `Annotated[str, IdIn(table)]` | the same, but the id stays an id |
| `Annotated[tuple[R, ...], SEMICOLONS]` | ids with semicolons between them |
| `Annotated[S, Prefixed(…)]` | a field of the struct S, a column for each |
| `Annotated[Mapping[str, str], ColumnEach(…)]` | the value of a key, a column for each |

A field with any other annotation is gathered from tables that link to this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from cybernorms import paths
from cybernorms.corpus import leaked
from cybernorms.corpus.tables import Cell, described, read_table


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


LISTED = "one of the words that the description of the table lists"
Word = Annotated[str, LISTED]
SEMICOLONS = "ids with semicolons between them"
Date = Annotated[
    str, Matches(r"\d{4}(-\d{2}(-\d{2})?)?", "Write it as 2015, 2015-09 or 2015-09-25")
]
Day = Annotated[str, Matches(r"\d{4}-\d{2}-\d{2}", "Write it as 2015-09-25")]
TwoDigits = Annotated[str, Matches(r"0[0-8]", "Write the number of a lesson, such as 06")]
Status = Literal["primary", "secondary", "unverified", "not found", "judgement"]


class Column(NamedTuple):
    """What a column of a table holds; `row` is the struct that a name in it is turned into."""

    name: str
    kind: type = str
    required: bool = True
    default: Any = ""
    words: tuple[Any, ...] = ()
    form: Matches | None = None
    link: IdIn | None = None
    row: Any = None
    many: bool = False

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
            word = cell.one_of(self.name, [str(each) for each in self.words])
            return word == "yes" if self.kind is bool else self.kind(word)
        if self.link:
            return self._linked(cell, text)
        if self.form and not re.fullmatch(self.form.pattern, text):
            raise cell.problem(self.name, f"{text!r} is not written as it should", self.form.remedy)
        if self.kind is int:
            return cell.whole(self.name)
        return cell.number(self.name) if self.kind is float else text

    def _linked(self, cell: Cell, id: str) -> Any:
        if not self.link or id not in _names_in(self.link, paths.data_dir(), leaked.are_shown()):
            raise cell.problem(
                self.name, f"Nothing is called {id!r}", "Correct the name, or add the missing row"
            )
        return self.row.by_id()[id] if self.row else id


@cache
def _names_in(link: IdIn, folder: Path, with_leaked: bool) -> frozenset[str]:
    return frozenset(row[link.column] for row in read_table(link.table, [link.column]))


class Inner(NamedTuple):
    """The columns of a field that is a struct or a mapping, by field or key."""

    make: Any
    columns: Mapping[str, Column]
    optional: bool = False

    def read(self, cell: Cell) -> Any:
        """Return the struct or mapping; None where it is optional and all cells are empty.

        Raises:
            CyberNormsError: a cell cannot be right; the message names it.
        """
        if self.optional:
            names = [column.name for column in self.columns.values()]
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


def _taken_apart(hint: Any) -> tuple[Any, list[Any], bool]:
    """Return an annotation without its markers, the markers, and whether it may be None."""
    markers: list[Any] = []
    if get_origin(hint) is Annotated:
        hint, *markers = get_args(hint)
    optional = False
    if get_origin(hint) in (Union, UnionType):
        kinds = [each for each in get_args(hint) if each is not NoneType]
        optional = len(kinds) < len(get_args(hint))
        words = tuple(word for each in kinds for word in get_args(each))
        hint = kinds[0] if len(kinds) == 1 else Literal[words]
    return hint, markers, optional


def _column(table: str, name: str, hint: Any, default: Any = NODEFAULT) -> Column | None:
    """Return what an annotation says of a column, or None where it is that of no column."""
    kind, markers, _ = _taken_apart(hint)
    required = default is NODEFAULT
    column = Column(name, required=required, default="" if required else default)
    for marker in markers:
        if isinstance(marker, OneOf):
            column = column._replace(words=marker.words)
        elif marker is LISTED:
            column = column._replace(words=tuple(described(table)[name]["constraints"]["enum"]))
        elif isinstance(marker, IdIn):
            column = column._replace(link=marker)
        elif isinstance(marker, Matches):
            column = column._replace(form=marker)
        elif marker is SEMICOLONS:
            row = get_args(kind)[0]
            return column._replace(row=row, link=IdIn(row.table), many=True)
    if get_origin(kind) is Literal:
        words = tuple(word for word in get_args(kind) if word != "")
        return column._replace(words=words, kind=type(words[0]))
    if kind is bool:
        return column._replace(words=("yes", "no"), kind=bool)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return column._replace(row=kind, link=IdIn(kind.table))  # type: ignore[attr-defined]
    return column._replace(kind=kind) if kind in (str, int, float) else None


def _inner(table: str, hint: Any) -> Inner | None:
    """Return the columns of an inner struct or mapping, or None where it is neither."""
    kind, markers, optional = _taken_apart(hint)
    for marker in markers:
        if isinstance(marker, Prefixed):
            found = {}
            for each in fields(kind):
                name = marker.names.get(each.name, marker.prefix + each.name)
                if column := _column(table, name, each.type, each.default):
                    found[each.name] = column
            return Inner(kind, found, optional)
        if isinstance(marker, ColumnEach):
            of_keys = {
                key: Column(
                    key.replace(" ", "_"), required=words is not None, words=tuple(words or ())
                )
                for key, words in marker.keys.items()
            }
            return Inner(lambda **values: MappingProxyType(values), of_keys)
    return None


@cache
def schema(kind: type[Struct]) -> Mapping[str, Column | Inner]:
    """Return the columns of a struct by field, without the fields that are gathered."""
    table = getattr(kind, "table", "")
    found = {}
    for each in fields(kind):
        inner = _inner(table, each.type)
        if columns := inner or _column(table, each.encode_name, each.type, each.default):
            found[each.name] = columns
    return MappingProxyType(found)


def columns_of(kind: type[Struct]) -> Iterator[Column]:
    """Yield all columns that a struct reads, in the order of its fields."""
    for each in schema(kind).values():
        if isinstance(each, Column):
            yield each
        else:
            for column in each.columns.values():
                yield column._replace(required=column.required and not each.optional)
