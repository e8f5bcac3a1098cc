"""What holds for all tests."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.factories import copy_of_data, reading_from

# A busy machine is slow, and being slow is no defect that a test of correctness should find.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


_COLLECTED = pytest.StashKey[list[pytest.Item]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Remember all tests that were found, before `-m` and `-k` leave some of them out."""
    config.stash[_COLLECTED] = list(items)


@pytest.fixture
def collected(pytestconfig: pytest.Config) -> list[pytest.Item]:
    """Return all tests that were found, also those that this run leaves out."""
    return pytestconfig.stash[_COLLECTED]


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


@pytest.fixture(autouse=True)
def _safe_path() -> Iterator[None]:
    """Put the setting back that the command leaves for the processes that it starts."""
    before = os.environ.get("PYTHONSAFEPATH")
    yield
    if before is None:
        os.environ.pop("PYTHONSAFEPATH", None)
    else:
        os.environ["PYTHONSAFEPATH"] = before


@pytest.fixture(autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what Jupyter and the module write down for a learner out of a developer's own."""
    folder = tmp_path_factory.getbasetemp() / "jupyter-data"
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
