"""The current folder is trusted nowhere: no file in it stands in for a library or for settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import start

PROGRAM = Path(sys.executable).with_name("cybernorms.exe" if os.name == "nt" else "cybernorms")
TRACE = "import os\nwith open({!r}, 'a') as file: file.write(__name__ + ' ' + __file__ + '\\n')\n"
BESIDES = {"sitecustomize", "usercustomize", "cybernorms", "conftest", "setup", "_distutils_hack"}


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder with a file of every library's name, each of which leaves a trace when it runs."""
    folder = tmp_path / "in"
    folder.mkdir()
    source = TRACE.format(str(tmp_path / "trace"))
    names = set(sys.stdlib_module_names) | set(packages_distributions()) | BESIDES
    for name in sorted(names):
        if "/" not in name and "\\" not in name:
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
    # Read as matplotlib's settings, this would stop every figure.
    (folder / "matplotlibrc").write_text("text.usetex: True\nfont.size: 99\n", encoding="utf-8")
    (folder / ".env").write_text("CYBERNORMS_WORK=elsewhere\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    return folder


def run(folder: Path, command: Sequence[str], **settings: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    return subprocess.run(
        command, cwd=folder, env=env | settings, capture_output=True, text=True, check=False
    )


def assert_nothing_ran(trap: Path) -> None:
    trace = trap.with_name("trace")
    assert not trace.exists(), trace.read_text(encoding="utf-8")


def test_the_trap_closes_on_whoever_trusts_the_folder(trap: Path) -> None:
    # Else the tests below would pass whatever is executed.
    assert run(trap, [sys.executable, "-c", "import json"]).returncode == 0
    assert trap.with_name("trace").exists()


@pytest.mark.slow
def test_marking_among_files_that_are_called_like_libraries_runs_none_of_them(trap: Path) -> None:
    """Three hundred hand-ins, for which processes are started on any machine of two cores."""
    made = trap.with_name("class")
    commands = [
        ["simulate-class", "300", "--to", str(made)],
        ["mark", ".", "--to", "../results"],
        ["report", "../results"],
        ["bundle", "--to", "../students.zip"],
        *(["export", each, "--to", f"../{each}"] for each in ("moodle", "qti", "nbgrader", "anki")),
        ["questions"],
        ["progress"],
    ]
    for command in commands:
        done = run(trap, [str(PROGRAM), *command])
        assert done.returncode == 0, (command, done.stderr)
        if command[0] == "simulate-class":
            for path in made.glob("*.json"):
                path.rename(trap / path.name)
    assert_nothing_ran(trap)
    assert "Marked 300 students" in run(trap, [str(PROGRAM), "mark", ".", "--to", "../b"]).stdout
    assert_nothing_ran(trap)


@pytest.mark.slow
def test_each_process_of_marking_ignores_the_folder_however_marking_was_called(trap: Path) -> None:
    # Two processes also on a machine of one core.
    program = (
        "import sys; from pathlib import Path\n"
        "from cybernorms.classroom.run.class_run import mark_class\n"
        "if __name__ == '__main__':\n"
        "    mark_class(Path(sys.argv[1]), Path('../results'), processes=2)\n"
    )
    script = trap.with_name("mark.py")
    script.write_text(program, encoding="utf-8")
    made = trap.with_name("class")
    assert run(trap, [str(PROGRAM), "simulate-class", "60", "--to", str(made)]).returncode == 0
    done = run(trap, [sys.executable, str(script), str(made)])
    assert done.returncode == 0, done.stderr
    assert_nothing_ran(trap)


@pytest.mark.slow
def test_a_figure_has_the_module_s_look_whatever_settings_lie_about(trap: Path) -> None:
    program = (
        "from cybernorms.figures.canvas import drawing\n"
        "with drawing(2, 2, (0, 0, 0, 0)):\n"
        "    import matplotlib\n"
        "    print(matplotlib.rcParams['text.usetex'], matplotlib.rcParams['font.size'])\n"
    )
    done = run(trap, [sys.executable, "-P", "-c", program])
    assert done.stdout.split() == ["False", "10.0"], done.stderr


@pytest.mark.slow
def test_start_runs_nothing_that_lies_beside_it(trap: Path) -> None:
    beside = trap / "start.py"
    beside.write_bytes(Path(start.__file__).read_bytes())
    for words, code in ((["help"], 0), (["nonsense"], 2), (["lab", "--port", "no"], 1)):
        done = run(trap, [sys.executable, str(beside), *words])
        assert done.returncode == code, done.stderr
    assert_nothing_ran(trap)


@pytest.mark.slow
def test_what_start_runs_ignores_the_folder(trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "ROOT", trap)
    monkeypatch.setattr(start, "VENV", trap.with_name("venv"))
    monkeypatch.setattr(start, "LOG", trap.with_name("log"))
    with trap.with_name("lock").open("wb") as turn:
        steps = start.Steps(turn)
        start.make_venv(steps)
        steps.run([str(start.program("python")), "-m", "pip", "--version"])
        steps.run([sys.executable, "-m", "jupyterlab", "--version"])
    assert_nothing_ran(trap)
