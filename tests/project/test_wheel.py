"""The wheel: what travels in it, and that it works away from the folder of the module."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from uv import find_uv_bin

from cybernorms.exercises.lay_out import shipped_files
from cybernorms.version import __version__
from tests.paths import ROOT

EXPORTS = {
    "moodle": "*.xml",
    "qti": "*.zip",
    "nbgrader": "**/*.ipynb",
    "anki": "*.apkg",
}

# Runs the first lesson as JupyterLab would, in the folder that it lies in.
RUN = """
import nbformat
from nbclient import NotebookClient
lesson = nbformat.read("00-start-here.ipynb", as_version=4)
NotebookClient(lesson, kernel_name="python3", timeout=120).execute()
outputs = [output for cell in lesson.cells for output in cell.get("outputs", [])]
assert not [output for output in outputs if output.output_type == "error"], outputs
assert any("widget" in kind for output in outputs for kind in output.get("data", {})), outputs
"""

# What is refused, and what the error on a missing policy says to do.
REFUSED = """
import sys
from pathlib import Path
from cybernorms.classroom.scoring.policy_file import read_policy
from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
sys.stderr = sys.stdout
assert main(["notebooks"]) == 1
assert main(["bundle", "--to", "student.zip"]) == 1
try:
    read_policy(Path("none.toml"), [])
except CyberNormsError as error:
    print(error.remedy + ".")
"""


def build_wheel(to: Path) -> Path:
    """Build the wheel of this checkout, without fetching anything."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*command, str(to)], cwd=ROOT, check=True, capture_output=True, timeout=120)
    [wheel] = to.glob("*.whl")
    return wheel


class Installed:
    """An environment with the wheel and the libraries of this one, away from the checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.prefix = folder / "environment"
        venv.create(self.prefix, symlinks=os.name == "posix")
        self.bin = self.prefix / ("Scripts" if os.name == "nt" else "bin")
        wheel = build_wheel(folder / "dist")
        command = [find_uv_bin(), "pip", "install", "--offline", "--no-deps", "--no-index"]
        command += ["--python", str(self.bin / "python"), str(wheel)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        [packages] = {path.parent for path in self.prefix.rglob("cybernorms/__init__.py")}
        # A folder named there is looked into, but the editable install that it holds is not read.
        libraries = sysconfig.get_path("purelib")
        (packages.parent / "libraries.pth").write_text(libraries, encoding="utf-8")

    def run(self, *command: str, at: str = "") -> str:
        """Run a program of the environment in a folder, and return what it says."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CYBERN")}
        kept.pop("PYTHONPATH", None)
        ran = subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=self.folder / at,
            env=kept,
            capture_output=True,
            encoding="utf-8",
            timeout=180,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("Rechner zu Hause"))


def test_all_that_is_used_travels_in_the_wheel(tmp_path: Path) -> None:
    """Prevents a wheel without lessons, and one with a maintainer's own files."""
    with ZipFile(build_wheel(tmp_path)) as wheel:
        names = wheel.namelist()
        found = {name: wheel.read(name) for name in names if name.startswith("cybernorms/_")}
    wanted = {f"cybernorms/_lessons/{name}": text for name, text in shipped_files().items()}
    wanted |= {
        f"cybernorms/_lessons/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for path in (ROOT / "notebooks" / "instructor").rglob("*.md")
    }
    for path in (ROOT / "exercises" / "questions").glob("*.toml"):
        wanted[f"cybernorms/_questions/{path.name}"] = path.read_bytes()
    for path in filter(Path.is_file, (ROOT / "data").rglob("*")):
        name = path.relative_to(ROOT / "data").as_posix()
        wanted[f"cybernorms/_data/{name}"] = path.read_bytes()
    for name in ("__init__.py", "__init__.pyi"):
        wanted[f"cybernorms/{name}"] = (ROOT / "src/cybernorms" / name).read_bytes()
    assert found == wanted
    assert "cybernorms/py.typed" in names


@pytest.mark.slow
def test_it_is_the_copy_in_the_wheel_that_is_tested(installed: Installed) -> None:
    """Prevents a test of the checkout that takes itself for one of the wheel."""
    code = "import cybernorms, sys; print(cybernorms.__file__); print(*sys.path)"
    place, path = installed.run("python", "-c", code).splitlines()
    assert Path(place).is_relative_to(installed.prefix)
    assert str(ROOT / "src") not in path.split()
    assert installed.run("cybernorms", "--version") == f"cybernorms {__version__}\n"
    extension = installed.prefix / "share/jupyter/labextensions/cybernorms/package.json"
    assert json.loads(extension.read_text(encoding="utf-8"))["version"] == __version__


@pytest.mark.slow
def test_a_teacher_marks_and_reports_with_the_wheel_alone(installed: Installed) -> None:
    roster = ("--roster", "class-roster.csv")
    installed.run("cybernorms", "simulate-class", "8", "--to", "class")
    installed.run("cybernorms", "mark", "class", "--to", "results", *roster)
    installed.run("cybernorms", "report", "results")
    results = installed.folder / "results"
    assert len(list((results / "pages").iterdir())) == 8
    assert (results / "class-report.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("format", EXPORTS)
def test_a_teacher_exports_with_the_wheel_alone(installed: Installed, format: str) -> None:
    installed.run("cybernorms", "export", format, "--to", f"export-{format}")
    assert list((installed.folder / f"export-{format}").glob(EXPORTS[format]))


@pytest.mark.slow
def test_a_learner_opens_a_lesson_and_hands_in_with_the_wheel_alone(installed: Installed) -> None:
    told = installed.run("cybernorms", "lessons", "--to", "Völkerrecht im Netz")
    assert f"New: {len(shipped_files())} files." in told
    lessons = "Völkerrecht im Netz/notebooks"
    installed.run("python", "-c", RUN, at=lessons)
    code = 'from cybernorms import ask; ask("start-source", answer="outlets")'
    installed.run("python", "-c", code, at=lessons)
    installed.run("cybernorms", "hand-in", "--name", "Ada", at="Völkerrecht im Netz/exercises")
    [made] = (installed.folder / "Völkerrecht im Netz/work/hand-ins").iterdir()
    [answer] = json.loads(made.read_text(encoding="utf-8"))["answers"]
    assert (answer["question"], answer["response"]) == ("start-source", "outlets")


@pytest.mark.slow
def test_what_needs_the_folder_of_the_module_says_so(installed: Installed) -> None:
    """Prevents advice that is wrong where only the wheel is there."""
    told = installed.run("python", "-c", REFUSED)
    assert "in the folder of the module as it is downloaded" in told
    assert "Download the module as a folder" in told
    [example] = [line for line in told.splitlines() if line.endswith("policy-example.toml.")]
    assert Path(example.removeprefix("Name a file like ").removesuffix(".")).is_file()
