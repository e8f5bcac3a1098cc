"""What holds for some students alone: extensions, excused sets, overrides, groups, sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Override(NamedTuple):
    """Points that a teacher gives in place of those that were reckoned, and why."""

    points: float
    reason: str


@dataclass(frozen=True)
class NamedRules:
    """The rules of a policy file by the names or ids that its author wrote.

    `extensions` has new deadlines by name and set, in seconds since 1970; `excused` the sets that
    somebody need not hand in; `overrides` points by name, and by question or set; `groups` and
    `sections` the names of who belongs to each.
    """

    extensions: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    excused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overrides: Mapping[str, Mapping[str, Override]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return any((self.extensions, self.excused, self.overrides, self.groups, self.sections))


class StudentRules(NamedTuple):
    """What holds for one student; `NO_RULES` is what holds for most."""

    extensions: Mapping[str, float] = {}
    excused: frozenset[str] = frozenset()
    overrides: Mapping[str, Override] = {}
    group: str = ""
    section: str = ""
    in_statistics: bool = True


NO_RULES = StudentRules()
