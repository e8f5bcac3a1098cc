"""Read TOML fields one by one, with errors that name file, question, field and remedy."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from cybernorms.errors import CyberNormsError

_MISSING = object()


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

    def problem(self, field: str, what: str, remedy: str) -> CyberNormsError:
        """Return the error for one field of this table."""
        place = ", ".join(part for part in (self.where, self.path) if part)
        if field:
            place += f", field {field!r}"
        return CyberNormsError(what, where=place, remedy=remedy)

    def take(self, field: str, default: Any = _MISSING) -> Any:
        """Return a field as it is, or the default where it is not given."""
        self._left.discard(field)
        if field in self._table:
            return self._table[field]
        if default is _MISSING:
            raise self.problem(field, "This field is missing", "Add it")
        return default

    def text(self, field: str, default: Any = _MISSING) -> str:
        """Return a text that is not empty, without white space around it."""
        value = self.take(field, default)
        if value is default:
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.problem(field, "A text is expected here", "Write it in quotation marks")
        return value.strip()

    def one_of(self, field: str, allowed: Collection[str], default: Any = _MISSING) -> str:
        """Return a text that is one of a few words."""
        value = self.text(field, default)
        if value not in allowed and value is not default:
            near = get_close_matches(value, allowed, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Write one of: {', '.join(allowed)}"
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
        if not good or not low <= value <= high or value in (float("inf"), float("-inf")):
            span = f"from {low:g} to {high:g}" if high != float("inf") else f"of {low:g} or more"
            raise self.problem(
                field, f"A number {span} is expected here", "Write it without quotation marks"
            )
        return float(value) if isinstance(value, float) else int(value)

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
            near = get_close_matches(value, known, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else "Add it to the data first"
            raise self.problem(field, f"The data has nothing called {value!r}", remedy)

    def tables(self, field: str, *, least: int = 1) -> list[Fields]:
        """Return the tables of an array such as `[[question.option]]`, at least so many."""
        values = self.take(field, [])
        if not isinstance(values, list) or len(values) < least:
            many = "at least one is" if least == 1 else f"at least {least} are"
            raise self.problem(field, f"Too few tables: {many} needed", f"Add [[question.{field}]]")
        prefix = f"{self.path}, " if self.path else ""
        return [
            Fields(value, self.where, f"{prefix}{field} {place}")
            for place, value in enumerate(values, start=1)
        ]

    def done(self) -> None:
        """Complain about a field that nothing has asked for."""
        for field in sorted(self._left):
            known = [name for name in self._table if name not in self._left]
            near = get_close_matches(field, known, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else "Take it out, or correct its name"
            raise self.problem(field, "This field means nothing here", remedy)


def must_differ(fields: Fields, field: str, ids: list[str]) -> None:
    """Raise an error where two tables of an array have the same id."""
    for id in ids:
        if ids.count(id) > 1:
            raise fields.problem(field, f"The id {id!r} stands twice", "Give each its own id")
