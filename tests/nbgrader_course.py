"""nbgrader in an environment of its own, for the test that runs it and for the benchmark.

It is not among the module's own tools: it needs other versions of Jupyter's libraries.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import start

ROOT = Path(__file__).resolve().parents[1]
# What the module needs to ask and to mark; nbgrader brings the Jupyter of its own.
OURS = ("anywidget", "ipywidgets", "filelock", "lazy-loader", "msgspec", "tomli")


def needs() -> list[str]:
    """Return what is installed: nbgrader, and what the module asks for of what it needs."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [each for each in declared["project"]["dependencies"] if each.startswith(OURS)]
    return ["nbgrader>=0.9,<0.10", *wanted]


NO_NETWORK = "nbgrader cannot be installed here: connect this computer to the internet"


class CannotInstall(Exception):
    """nbgrader could not be installed; the text says what was told."""


@dataclass(frozen=True)
class Course:
    """A course folder, and the Python that has nbgrader."""

    folder: Path
    python: Path

    def run(self, *arguments: str) -> str:
        """Run an nbgrader command in the course folder and return what it says."""
        settings = os.environ | {
            "PYTHONPATH": str(ROOT / "src"),
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "JUPYTER_CONFIG_DIR": str(self.folder / "jupyter"),
            "JUPYTER_DATA_DIR": str(self.folder / "jupyter-data"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "jupyter-runtime"),
        }
        settings.pop("CYBERNORMS_WORK", None)
        done = subprocess.run(
            [str(self.python), "-m", "nbgrader", *arguments],
            cwd=self.folder,
            env=settings,
            capture_output=True,
            text=True,
            timeout=600,
        )
        if done.returncode:
            raise AssertionError(f"nbgrader {' '.join(arguments)} failed:\n{done.stderr[-3000:]}")
        return done.stdout + done.stderr

    def submit(self, student: str, assignment: str, answers: Mapping[str, object]) -> None:
        """Hand in the released notebook with a record of answers beside it."""
        target = self.folder / "submitted" / student / assignment
        shutil.copytree(self.folder / "release" / assignment, target)
        lines = [
            json.dumps(
                {
                    "format": 1,
                    "at": "2026-02-01T10:00:00Z",
                    "question": question,
                    "revision": "",
                    "response": response,
                }
            )
            for question, response in answers.items()
        ]
        (target / "answers").mkdir()
        (target / "answers" / "answers.jsonl").write_text("\n".join(lines) + "\n", "utf-8")

    def grades(self) -> list[dict[str, str]]:
        """Export all grades and return the rows."""
        self.run("export", "--to", "grades.csv")
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def install(folder: Path) -> Path:
    """Install nbgrader into a new environment and return its Python.

    Raises:
        CannotInstall: the packages could not be had.
    """
    uv = [sys.executable, "-m", "uv"]
    settings = start.environment()
    if start.VENV.is_dir():
        settings |= start.same_mirror_for_uv(settings)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    steps: Sequence[Sequence[str]] = (
        [*uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        # Compiled now, for each command would else compile everything again.
        [*uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(python), *needs()],
    )
    for step in steps:
        done = subprocess.run(step, env=settings, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise CannotInstall(f"{NO_NETWORK} ({done.stderr.strip()[-300:]})")
    return python
