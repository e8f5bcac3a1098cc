"""The current folder is trusted nowhere: no file in it stands in for a library or for settings."""

from __future__ import annotations

import csv
import http.cookiejar
import json
import os
import shutil
import site
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import start
from cybernorms.paths import distrust_current_folder
from tests.paths import ROOT
from tests.security.traps import PROGRAM, assert_nothing_ran, environment, lay_traps, run

ON_POSIX = os.name == "posix"


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    return tmp_path / "trace"


@pytest.fixture
def trap(tmp_path: Path, trace: Path) -> Path:
    return lay_traps(tmp_path / "in", trace)


# The traps themselves: else the tests below would pass whatever is executed.


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-c", "import json"],
        [sys.executable, "-c", "import cybernorms"],
        [sys.executable, "-m", "pip", "--version"],
        *([["sh", "-c", "w3m"]] if ON_POSIX else []),
    ],
    ids=" ".join,
)
def test_the_trap_closes_on_whoever_trusts_the_folder(
    trap: Path, trace: Path, command: list[str]
) -> None:
    run(trap, command)
    assert trace.exists()


@pytest.mark.skipif(not start.program("uv").is_file(), reason="uv was not installed by start.py")
def test_the_trap_closes_on_uv_as_it_is_by_itself(trap: Path, trace: Path) -> None:
    here = ["--python", sys.executable]
    run(trap, [str(start.program("uv")), "pip", "install", "--offline", *here, "no-such-library"])
    assert trace.exists()


# The command


@pytest.mark.slow
def test_no_command_runs_or_obeys_a_file_among_hand_ins(trap: Path, trace: Path) -> None:
    """Three hundred hand-ins, for which processes are started on any machine of two cores."""
    made = trap.with_name("class")
    work = str(trap.with_name("work"))
    commands = [
        ["--version"],
        ["simulate-class", "300", "--to", str(made)],
        ["mark", ".", "--to", "../results"],
        ["report", "../results"],
        ["bundle", "--to", "../students.zip"],
        *(["export", each, "--to", f"../{each}"] for each in ("moodle", "qti", "nbgrader", "anki")),
        ["rubric-import", "../results", "filled-in.csv"],
        ["mark", ".", "--to", "../results"],
        ["lessons", "--to", "../lessons"],
        ["lessons", "--to", "lessons-here"],
        ["questions"],
        ["progress"],
        ["hand-in", "--name", "Ada"],
        ["join-records"],
    ]
    for command in commands:
        done = run(trap, [str(PROGRAM), *command], CYBERNORMS_WORK=work)
        assert done.returncode == 0 or command[0] == "hand-in", (command, done.stderr)
        assert "Traceback" not in done.stderr
        assert_nothing_ran(trace)
        if command[0] == "simulate-class":
            for path in made.glob("*.json"):
                path.rename(trap / path.name)
        if command[0] == "mark":
            assert "Marked 300 students" in done.stdout
            fill_in(trap.with_name("results") / "rubric.csv", trap / "filled-in.csv")


def fill_in(rubric: Path, to: Path) -> None:
    """Fill in the first mark of a rubric."""
    header, first, *_ = csv.reader(rubric.read_text(encoding="utf-8-sig").splitlines())
    first[header.index("mark")] = "0"
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, first])


def test_as_a_module_of_python_the_command_runs_nothing_of_the_folder(
    trap: Path, trace: Path
) -> None:
    """But for what Python itself loads before it comes to the module."""
    loaded = run(trap, [sys.executable, "-P", "-c", "import runpy, sys; print(*sys.modules)"])
    for name in ("cybernorms", *loaded.stdout.split()):
        (trap / f"{name}.py").unlink(missing_ok=True)
    assert len(list(trap.glob("*.py"))) > 200
    done = run(trap, [sys.executable, "-m", "cybernorms.cli", "--version"])
    assert (done.returncode, done.stderr) == (0, "")
    assert_nothing_ran(trace)


def test_what_python_has_run_before_the_command_could_begin_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    # As a file that lets Python go on, so that nobody would see it otherwise.
    (folder / "mark.py").write_text("")
    code = "import sys, runpy; sys.orig_argv = ['python', '-m', 'cybernorms.cli']\n"
    code += "import mark; runpy.run_module('cybernorms.cli', run_name='__main__')\n"
    done = run(folder, [sys.executable, "-c", code])
    assert done.returncode == 1
    assert "mark.py" in done.stderr
    assert "give the command as cybernorms" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_page_for_essays_runs_nothing_of_the_folder(trap: Path, trace: Path) -> None:
    made = trap.with_name("class")
    for command in (
        ["simulate-class", "3", "--to", str(made)],
        ["mark", str(made), "--to", "../results"],
    ):
        assert run(trap, [str(PROGRAM), *command]).returncode == 0
    with subprocess.Popen(
        # The browser is looked for, too: it may not be a file of the folder.
        [str(PROGRAM), "essays", "../results"],
        cwd=trap,
        env=environment(BROWSER="w3m"),
        stdout=subprocess.PIPE,
        text=True,
    ) as desk:
        assert desk.stdout is not None
        try:
            address = desk.stdout.readline().split()[-1]
            cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
            opener.open(address, timeout=20).close()
            with opener.open(address.partition("enter")[0], timeout=20) as page:
                assert b"desk.js" in page.read()
        finally:
            desk.terminate()
    assert_nothing_ran(trace)


@pytest.mark.slow
def test_each_process_of_marking_ignores_the_folder_however_marking_was_called(
    trap: Path, trace: Path
) -> None:
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
    assert_nothing_ran(trace)


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


def test_programs_are_not_looked_for_in_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a file that is called like a browser from being opened as one."""
    whole = [str(Path(sys.executable).parent), str(ROOT)]
    monkeypatch.setenv("PATH", os.pathsep.join(["", whole[0], ".", "bin", whole[1], ""]))
    assert start.environment()["PATH"].split(os.pathsep)[1:] == whole
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    distrust_current_folder()
    assert os.environ["PATH"].split(os.pathsep) == whole
    for settings in (os.environ, start.environment()):
        assert settings["PYTHONSAFEPATH"] == "1"
        assert settings["NODEFAULTCURRENTDIRECTORYINEXEPATH"] == "1"


# start.py


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the module that is installed already, so that nothing is downloaded."""
    return install(tmp_path / "the module", monkeypatch)


def install(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root.mkdir(exist_ok=True)
    for name in ("start.py", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    venv = [sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")]
    subprocess.run(venv, cwd=ROOT, check=True)
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "STAMP", root / ".venv" / start.STAMP.name)
    (libraries,) = (root / ".venv").rglob("site-packages")
    real = [f"import site; site.addsitedir({each!r})\n" for each in site.getsitepackages()]
    (libraries / "real.pth").write_text("".join(real), encoding="utf-8")
    start.write_stamp(["lab", "test"])
    return root


@pytest.mark.slow
def test_start_runs_nothing_of_the_folder_in_which_it_is_typed(
    trap: Path, trace: Path, module: Path
) -> None:
    """With its whole path, as when the module lies elsewhere than the hand-ins."""
    for words, code in (
        (["help"], 0),
        (["nonsense"], 2),
        (["lab", "--port", "no"], 1),
        (["take", "."], 1),
        (["lab", "--version"], 0),
        (["test", "--version"], 0),
    ):
        done = run(trap, [sys.executable, str(module / "start.py"), *words])
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "nstalling" not in done.stdout
        assert_nothing_ran(trace)


@pytest.mark.slow
def test_start_runs_nothing_that_lies_beside_it(
    trap: Path, trace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(trap, monkeypatch)
    for folder, words, code in (
        (trap, ["start.py", "help"], 0),
        (trap.parent, [str(trap / "start.py"), "lab", "--port", "no"], 1),
        (trap, ["start.py", "lab", "--version"], 0),
    ):
        done = run(folder, [sys.executable, *words])
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert_nothing_ran(trace)


def test_start_ignores_a_search_path_that_begins_in_the_current_folder(
    tmp_path: Path, trace: Path
) -> None:
    """What Python itself imports before any program begins is left out here."""
    folder = lay_traps(tmp_path / "in", trace)
    for name in ("socket", "hashlib", "subprocess", "shutil", "tempfile", "json", "argparse"):
        (folder / f"{name}.py").rename(tmp_path / f"{name}.py")
    few = tmp_path / "few"
    few.mkdir()
    for path in tmp_path.glob("*.py"):
        path.rename(few / path.name)
    command = [sys.executable, str(ROOT / "start.py"), "help"]
    assert run(few, command, PYTHONPATH=os.pathsep).returncode == 0
    assert_nothing_ran(trace)


@pytest.mark.slow
def test_what_start_runs_ignores_the_folder(
    trap: Path, trace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "ROOT", trap)
    monkeypatch.setattr(start, "VENV", trap.with_name("venv"))
    monkeypatch.setattr(start, "LOG", trap.with_name("log"))
    with trap.with_name("lock").open("wb") as turn:
        steps = start.Steps(turn)
        start.make_venv(steps)
        steps.run([str(start.program("python")), "-m", "pip", "--version"])
        steps.run([str(start.program("python")), "-m", "pip", "config", "list"])
        steps.run([sys.executable, "-m", "jupyterlab", "--version"])
    assert_nothing_ran(trace)


@pytest.mark.slow
@pytest.mark.skipif(not start.program("uv").is_file(), reason="uv was not installed by start.py")
@pytest.mark.parametrize("where", ["in", "in/cybernorms"])
def test_uv_obeys_no_settings_of_the_module_s_folder_or_of_those_above(
    trap: Path, trace: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a file among hand-ins from naming where libraries come from."""
    uv = start.program("uv")
    root = trap.parent / where
    (root / ".venv").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "STAMP", root / ".venv" / start.STAMP.name)
    monkeypatch.setattr(start, "LOG", trap.with_name("log"))
    monkeypatch.setattr(start, "is_sound", lambda stamp: False)
    monkeypatch.setattr(start, "remove_venv", lambda: None)
    monkeypatch.setattr(start, "make_venv", lambda steps: None)
    monkeypatch.setattr(start, "install_uv", lambda steps: None)
    monkeypatch.setattr(start, "same_mirror_for_uv", lambda settings: {})
    monkeypatch.setattr(start, "program", lambda name: uv if name == "uv" else Path(sys.executable))
    monkeypatch.setenv("UV_OFFLINE", "1")
    ran: list[list[str]] = []
    wait_for = start.Steps.wait_for

    def dry(steps: start.Steps, command: list[str]) -> tuple[int, str]:
        ran.append(command)
        return wait_for(steps, [*command, "--dry-run"])[0] * 0, ""

    monkeypatch.setattr(start.Steps, "wait_for", dry)
    with trap.with_name("lock").open("wb") as turn:
        start.install("lab", turn)
    assert [command[0] for command in ran] == [str(uv)] * 2
    assert_nothing_ran(trace)
    assert json.loads(start.STAMP.read_text(encoding="utf-8"))["lab"]
