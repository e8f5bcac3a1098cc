"""Where the parts of the project lie, from a test in whatever folder."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SOURCE = ROOT / "src"
DATA = ROOT / "data"
