"""What holds for all tests."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _csv_limit() -> Iterator[None]:
    """Put the limit on a CSV cell back, which frictionless lifts for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)
