"""nbval can fail: a runner that passes everything would prove nothing about the notebooks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT, TESTS

BROKEN = TESTS / "notebooks"

pytestmark = [pytest.mark.slow, pytest.mark.nbval]


def nbval(path: Path, work: Path) -> subprocess.CompletedProcess[str]:
    """Run nbval on a notebook as `start.py test` does."""
    environment = os.environ | {
        "CYBERNORMS_WORK": str(work),
        "PYTHONPATH": os.pathsep.join(
            [str(ROOT / "tests" / "offline"), str(ROOT / "src"), str(ROOT)]
        ),
    }
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "-q"]
    command += ["--nbval-cell-timeout=60", "-c", os.devnull, "--rootdir", str(path.parent)]
    return subprocess.run(
        [*command, str(path)], env=environment, capture_output=True, text=True, timeout=180
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("must-fail-by-error.ipynb", "this notebook must fail"),
        ("must-fail-by-output.ipynb", "what is stored"),
        ("must-fail-by-network.ipynb", "Error"),
    ],
)
def test_a_notebook_that_must_fail_fails(name: str, told: str, tmp_path: Path) -> None:
    """Prevents errors, changed outputs and calls to the network from passing unseen."""
    run = nbval(BROKEN / name, tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert told in run.stdout


def test_a_changed_output_of_a_master_fails(tmp_path: Path) -> None:
    """Prevents masters whose stored feedback no longer matches the questions."""
    master = json.loads(
        (ROOT / "exercises" / "solutions" / "02-un-norms.ipynb").read_text(encoding="utf-8")
    )
    kept = [cell for cell in master["cells"] if cell["id"] in ("setup", "un-guidance-2021")]
    text = "".join(kept[1]["outputs"][0]["text"])
    kept[1]["outputs"][0]["text"] = text.replace("Correct: 1 of 1", "Correct: 0 of 1")
    assert kept[1]["outputs"][0]["text"] != text
    path = tmp_path / "changed.ipynb"
    path.write_text(json.dumps(master | {"cells": kept}), encoding="utf-8")
    run = nbval(path, tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "Correct: 0 of 1" in run.stdout
