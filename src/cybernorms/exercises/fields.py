"""Read TOML fields one by one, with errors that name file, question, field and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from msgspec import Struct

from cybernorms.errors import CyberNormsError, did_you_mean
from cybernorms.exercises.responses import normalize

T = TypeVar("T")
_MISSING = object()
_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_FEW = 12  # so many names can be offered in a sentence
_LARGEST = 1e15  # beyond it a float cannot tell every whole number from the next


class Known(Struct, frozen=True):
    """The ids that a question may refer to; None lets anything pass, for questions in tests."""

    sources: Collection[str] | None = None
    quotations: Collection[str] | None = None
    outcomes: Collection[str] | None = None


class Fields:
    """One TOML table, from which every field must be taken exactly once.

    Arguments:
        table: what the TOML reader returned.
        where: file and question, as an author finds them.
        path: where the table lies in the question, such as `option 2`.
    """

    def __init__(self, table: Any, where: str, path: str = "") -> None:
        self.where = where
        self.path = path
        if not isinstance(table, dict):
            raise self.problem("", "A table is expected here", "See CONTRIBUTING.md for the form")
        self._table = table
        self._left = set(table)
        self._asked: set[str] = set()

    def problem(self, field: str, what: str, remedy: str) -> CyberNormsError:
        """Return the error for one field of this table."""
        location = ", ".join(part for part in (self.where, self.path) if part)
        if field:
            location += f", field {field!r}"
        return CyberNormsError(what, where=location, remedy=remedy)

    def take(self, field: str, default: Any = _MISSING) -> Any:
        """Return a field as it is, or the default where it is not given."""
        self._left.discard(field)
        self._asked.add(field)
        if field in self._table:
            return self._table[field]
        if default is _MISSING:
            raise self._missing(field, "Add it")
        return default

    def _missing(self, field: str, remedy: str) -> CyberNormsError:
        if near := get_close_matches(field, sorted(self._left), n=1, cutoff=0.75):
            remedy = f"Did you mean it by {near[0]!r}? Correct that name"
        return self.problem(field, "This field is missing", remedy)

    def text(self, field: str, default: Any = _MISSING) -> str:
        """Return a text that is not empty, without white space around it."""
        value = self.take(field, default)
        if value is default:
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.problem(field, "A text is expected here", "Write it in quotation marks")
        return value.strip()

    def id(self) -> str:
        """Return the field `id`, in small letters, digits and hyphens."""
        value = self.text("id")
        if not _ID.match(value):
            raise self.problem(
                "id", f"{value!r} is no id", "Use small letters, digits and hyphens only"
            )
        return value

    def one_of(self, field: str, allowed: Collection[str], default: Any = _MISSING) -> str:
        """Return a text that is one of a few words."""
        value = self.text(field, default)
        if value not in allowed and value is not default:
            remedy = did_you_mean(value, allowed, f"Write one of: {', '.join(allowed)}")
            raise self.problem(field, f"{value!r} is not known", remedy)
        return value

    def number(
        self, field: str, default: Any = _MISSING, *, low: float = 0, high: float = float("inf")
    ) -> float:
        """Return a finite number from `low` to `high`."""
        value = self.take(field, default)
        if value is default:
            return value  # type: ignore[no-any-return]
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not low <= value <= high or not -_LARGEST <= value <= _LARGEST:
            span = f"from {low:g} to {high:g}" if high != float("inf") else f"of {low:g} or more"
            raise self.problem(
                field, f"A number {span} is expected here", "Write it without quotation marks"
            )
        return float(value)

    def whole(self, field: str, *, low: int) -> int:
        """Return a whole number of `low` or more."""
        value = self.number(field, low=low)
        if not value.is_integer():
            raise self.problem(field, f"{value:g} is not a whole number", "Write digits only")
        return int(value)

    def flag(self, field: str, default: bool) -> bool:
        """Return true or false."""
        value = self.take(field, default)
        if not isinstance(value, bool):
            raise self.problem(field, "This must be true or false", "Write it without quotes")
        return value

    def texts(self, field: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts, each of them known, or nothing where there is none."""
        values = self.take(field, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.problem(field, "A list of texts is expected", 'Write it as ["…", "…"]')
        for value in values:
            self._must_be_known(field, value, known)
        return tuple(values)

    def reference(self, field: str, known: Collection[str] | None, default: Any = _MISSING) -> str:
        """Return a text that names a row of a table of the data."""
        value = self.text(field, default)
        if value:
            self._must_be_known(field, value, known)
        return value

    def _must_be_known(self, field: str, value: str, known: Collection[str] | None) -> None:
        if known is not None and value not in known:
            few = 0 < len(known) <= _FEW
            rest = f"Choose: {', '.join(sorted(known))}" if few else "Add it to the data first"
            remedy = did_you_mean(value, known, rest)
            raise self.problem(field, f"The data has nothing called {value!r}", remedy)

    def location(self, known: Known) -> dict[str, Any]:
        """Return the fields `source` and `pinpoint`, which may both be missing."""
        source = self.reference("source", known.sources, "")
        return {"source": source, "pinpoint": self.text("pinpoint", "")}

    def tables(self, field: str, *, least: int = 1) -> list[Fields]:
        """Return the tables of an array such as `[[question.option]]`, at least so many."""
        outer = re.findall("[a-z]+", self.path)
        remedy = f"Add [[{'.'.join(['question', *outer, field])}]]"
        if least and field not in self._table:
            raise self._missing(field, remedy)
        values = self.take(field, [])
        if not isinstance(values, list) or len(values) < least:
            many = "at least one is" if least == 1 else f"at least {least} are"
            raise self.problem(field, f"Too few tables: {many} needed", remedy)
        prefix = f"{self.path}, " if self.path else ""
        return [
            Fields(value, self.where, f"{prefix}{field} {number}")
            for number, value in enumerate(values, start=1)
        ]

    def read_each(
        self,
        field: str,
        read: Callable[[Fields], T],
        *,
        least: int = 1,
        differ: Sequence[str] = ("id",),
    ) -> tuple[T, ...]:
        """Return what is read of each table of an array, of which no field may be left.

        Arguments:
            field: the name of the array.
            read: what makes something of one table.
            least: how many tables there have to be.
            differ: what has to differ between any two of those that are made.
        """
        found = []
        for table in self.tables(field, least=least):
            found.append(read(table))
            table.done()
        for name in differ:
            must_differ(self, field, name, [getattr(each, name) for each in found])
        return tuple(found)

    def done(self) -> None:
        """Complain about a field that nothing has asked for."""
        absent = sorted(self._asked - set(self._table))
        lookalikes = {field: get_close_matches(field, absent, n=1) for field in sorted(self._left)}
        for field in sorted(lookalikes, key=lambda field: not lookalikes[field]):
            near = lookalikes[field] or get_close_matches(field, sorted(self._asked), n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else "Take it out, or correct its name"
            raise self.problem(field, "This field means nothing here", remedy)


def must_differ(fields: Fields, field: str, name: str, values: Sequence[str]) -> None:
    """Raise an error where two tables of an array have the same id, or texts that read alike."""
    same = values if name == "id" else [normalize(value) for value in values]
    twice = next((value for value in same if same.count(value) > 1), None)
    if twice and name == "id":
        raise fields.problem(field, f"The id {twice!r} stands twice", "Give each its own id")
    if twice:
        raise fields.problem(
            field, f"The text {twice!r} stands twice", "Say what sets one apart from the other"
        )
