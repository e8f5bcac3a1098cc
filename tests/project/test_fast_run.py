"""What `make check` runs: something of every subject."""

from __future__ import annotations

import pytest

from tests.paths import ROOT

MAKEFILE = ROOT / "Makefile"
# What needs a browser, other notebooks or another program is left out as a whole.
APART = ("browser", "nbval", "nbgrader")


def test_no_module_is_left_out_of_the_fast_run_as_a_whole(
    collected: list[pytest.Item],
) -> None:
    """Prevents a subject that nobody checks while working; mark single tests, by seconds."""
    found: dict[str, list[bool]] = {}
    for item in collected:
        if not any(item.get_closest_marker(name) for name in APART):
            slow = item.get_closest_marker("slow") is not None
            found.setdefault(item.location[0], []).append(slow)
    assert not [module for module, slow in found.items() if all(slow)]


def test_the_fast_run_leaves_out_what_is_marked_and_no_more() -> None:
    """Prevents a fast run of other tests than those that are compared here."""
    left_out = " and ".join(f"not {name}" for name in (*APART[:2], "slow"))
    assert f'-m "{left_out}" tests' in MAKEFILE.read_text(encoding="utf-8")
