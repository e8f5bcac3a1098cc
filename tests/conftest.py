"""What holds for all tests."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.factories import copy_of_data, reading_from

# A busy machine is slow, and being slow is no defect that a test of correctness should find.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _csv_limit() -> Iterator[None]:
    """Put the limit on a CSV cell back, which frictionless lifts for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give a copy of the module's data, which a test may spoil and all readers read."""
    copied = copy_of_data(tmp_path)
    with reading_from(copied):
        yield copied
