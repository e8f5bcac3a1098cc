"""start.py: what it installs and when, and the one sentence that it has for each failure."""

from __future__ import annotations

import ast
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import start
from cybernorms.exercises.record import Record
from tests.paths import ROOT

LOCK = """\
# A comment
tornado==6.5 \\
    --hash=sha256:aa
    # via jupyterlab
uv-build==0.8 \\
    --hash=sha256:ee
uv==0.9 ; sys_platform != 'beos' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via cybernorms (pyproject.toml)
uvicorn==1.0 \\
    --hash=sha256:dd
"""


class Installer:
    """Stands in for pip and uv: notes what it was asked to run, and fails where told to."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.failures: dict[str, str] = {}
        self.interrupt_at = ""

    def wait_for(self, _: start.Steps, command: list[str]) -> tuple[int, str]:
        self.asked.append(command)
        if self.interrupt_at in command:
            raise KeyboardInterrupt
        for word, output in self.failures.items():
            if word in command:
                return 1, output
        if command[1:3] == ["-m", "venv"]:
            start.VENV.mkdir()
        return 0, ""

    @property
    def steps(self) -> list[str]:
        """The steps by name: making the folder, pip, and uv's two."""
        names = {"venv": "venv", "--no-deps": "pip", "sync": "sync", "--editable": "editable"}
        found = []
        for command in self.asked:
            found.append([name for word, name in names.items() if word in command][-1])
        return found


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """An empty copy of the module in which nothing is really installed."""
    root = tmp_path / "cyber norms"  # Home folders have spaces in their names.
    (root / "jupyter").mkdir(parents=True)
    (root / "jupyter" / "settings.json").write_text("{}", encoding="utf-8")
    (root / "jupyter" / "extension.js").write_text("", encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (root / name).write_text(LOCK, encoding="utf-8")
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "STAMP", root / ".venv" / start.STAMP.name)
    monkeypatch.setattr(start, "LOG", root / start.LOG.name)
    monkeypatch.setattr(start, "ONE_AT_A_TIME", root / start.ONE_AT_A_TIME.name)
    monkeypatch.setattr(start, "python_in_venv", lambda: "3.12")
    monkeypatch.setattr(start, "same_mirror_for_uv", lambda settings: {})
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    fake = Installer()
    monkeypatch.setattr(start.Steps, "wait_for", lambda self, command: fake.wait_for(self, command))
    return fake


@pytest.fixture
def no_lab(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect what would be run in the foreground instead of running it."""
    commands: list[list[str]] = []

    def run(command: list[str], *_: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(start, "run", run)
    monkeypatch.setattr(os, "execve", lambda path, command, env: run(command))
    monkeypatch.setattr(start, "prepare", lambda need: None)
    return commands


def change(name: str) -> None:
    file = start.ROOT / name
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")


def one_sentence(text: str) -> bool:
    return "Traceback" not in text and len(text.strip().splitlines()) == 1


# --- Which Python -----------------------------------------------------------------------------


def test_an_old_python_is_told_so_in_one_sentence() -> None:
    with pytest.raises(SystemExit) as leaving:
        start.refuse_old_python((3, 9, 6))
    assert "Python 3.11 or newer" in str(leaving.value)
    assert "Python 3.9:" in str(leaving.value)
    assert one_sentence(str(leaving.value))


def test_the_oldest_python_allowed_is_allowed() -> None:
    start.refuse_old_python((3, 11, 0))


def test_an_old_python_can_read_far_enough_to_say_so() -> None:
    # Newer syntax anywhere in the file would greet an old Python with a SyntaxError.
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source
    calls = [ast.unparse(node) for node in tree.body]
    checked_at = calls.index("refuse_old_python()")
    functions = [node for node in tree.body[:checked_at] if isinstance(node, ast.FunctionDef)]
    annotated = [a for f in functions for a in (f.returns, *(x.annotation for x in f.args.args))]
    assert not any(annotated)


def test_start_py_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    assert names <= sys.stdlib_module_names


def test_the_file_prints_on_any_console() -> None:
    # Consoles of Windows often know cp1252 or less.
    assert (ROOT / "start.py").read_text(encoding="utf-8").isascii()


def test_a_python_without_ensurepip_is_told_what_to_install(
    installer: Installer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    assert start.main([]) == 1
    error = capsys.readouterr().err
    assert "python3-venv" in error
    assert one_sentence(error)


# --- What is installed, and when --------------------------------------------------------------


def test_the_first_start_installs_everything_in_order(installer: Installer) -> None:
    start.prepare("lab")
    assert installer.steps == ["venv", "pip", "sync", "editable"]
    assert "--require-hashes" in installer.asked[1]
    assert "--require-hashes" in installer.asked[2]
    assert installer.asked[2][-1].endswith("requirements.lock")


def test_the_second_start_installs_nothing(installer: Installer) -> None:
    start.prepare("lab")
    installer.asked.clear()
    start.prepare("lab")
    assert installer.asked == []


def test_test_adds_to_what_lab_installed(installer: Installer) -> None:
    start.prepare("lab")
    installer.asked.clear()
    start.prepare("test")
    assert installer.steps == ["pip", "sync", "editable"]
    assert installer.asked[1][-1].endswith("requirements-dev.lock")


def test_lab_after_test_installs_nothing(installer: Installer) -> None:
    start.prepare("test")
    installer.asked.clear()
    start.prepare("lab")
    assert installer.asked == []


@pytest.mark.parametrize(
    "name",
    ["requirements.lock", "pyproject.toml", "jupyter/settings.json", "jupyter/extension.js"],
)
def test_a_change_of_what_is_needed_is_installed_at_the_next_start(
    installer: Installer, name: str
) -> None:
    start.prepare("lab")
    installer.asked.clear()
    change(name)
    start.prepare("lab")
    assert installer.steps == ["pip", "sync", "editable"]


def test_a_change_of_the_tools_for_testing_leaves_lab_alone(installer: Installer) -> None:
    start.prepare("test")
    installer.asked.clear()
    change("requirements-dev.lock")
    start.prepare("lab")
    assert installer.asked == []
    start.prepare("test")
    assert installer.steps == ["pip", "sync", "editable"]


def test_an_update_through_lab_keeps_the_tools_for_testing(installer: Installer) -> None:
    start.prepare("test")
    change("requirements.lock")
    installer.asked.clear()
    start.prepare("lab")
    assert installer.asked[1][-1].endswith("requirements-dev.lock")
    installer.asked.clear()
    start.prepare("test")
    assert installer.asked == []


@pytest.mark.parametrize("step", ["venv", "sync", "--editable"])
def test_an_interrupted_installation_is_made_anew_at_the_next_start(
    installer: Installer, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    installer.interrupt_at = step
    assert start.main([]) == 130
    assert one_sentence(capsys.readouterr().err)
    installer.interrupt_at = ""
    installer.asked.clear()
    start.prepare("lab")
    assert installer.steps == ["venv", "pip", "sync", "editable"]
    assert start.is_ready("lab")


def test_an_interrupted_update_is_made_anew_at_the_next_start(installer: Installer) -> None:
    # What was half replaced would otherwise count as installed.
    start.prepare("lab")
    change("requirements.lock")
    installer.interrupt_at = "sync"
    assert start.main([]) == 130
    installer.interrupt_at = ""
    installer.asked.clear()
    start.prepare("lab")
    assert installer.steps == ["venv", "pip", "sync", "editable"]


def test_a_folder_that_was_moved_is_made_anew(installer: Installer) -> None:
    start.prepare("lab")
    stamp = json.loads(start.STAMP.read_text(encoding="utf-8"))
    start.STAMP.write_text(json.dumps({**stamp, "folder": "/elsewhere/.venv"}), encoding="utf-8")
    installer.asked.clear()
    start.prepare("lab")
    assert installer.steps[0] == "venv"


@pytest.mark.parametrize("now", ["", "3.13"])
def test_a_python_that_went_away_or_changed_is_replaced(
    installer: Installer, monkeypatch: pytest.MonkeyPatch, now: str
) -> None:
    start.prepare("lab")
    installer.asked.clear()
    monkeypatch.setattr(start, "python_in_venv", lambda: now)
    assert not start.is_ready("lab")
    start.prepare("lab")
    assert installer.steps[0] == "venv"


def test_a_python_whose_link_leads_nowhere_has_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "VENV", tmp_path)
    python = start.program("python")
    python.parent.mkdir()
    python.symlink_to(tmp_path / "gone")
    assert start.python_in_venv() == ""


@pytest.mark.parametrize("text", ["", "[]", "{", '{"folder": 3}'])
def test_a_damaged_stamp_counts_as_none(installer: Installer, text: str) -> None:
    start.prepare("lab")
    start.STAMP.write_text(text, encoding="utf-8")
    assert not start.is_ready("lab")
    start.prepare("lab")
    assert start.is_ready("lab")


def test_a_file_or_link_in_place_of_the_folder_is_replaced_and_not_followed(
    installer: Installer, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "thesis.txt").write_text("years of work", encoding="utf-8")
    start.VENV.symlink_to(kept)
    start.prepare("lab")
    assert (kept / "thesis.txt").exists()
    assert start.is_ready("lab")


def test_what_was_compiled_is_compiled_once_where_python_may_not_keep_it(
    installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    start.prepare("lab")
    assert "--compile-bytecode" in installer.asked[2]


# --- The lock's block for uv ------------------------------------------------------------------


def test_the_block_of_a_package_is_its_pin_and_its_hashes() -> None:
    assert start.block_of("uv", LOCK) == (
        "uv==0.9 ; sys_platform != 'beos' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    )


def test_a_name_that_another_begins_with_is_not_taken_for_it() -> None:
    assert start.block_of("uvicorn", LOCK).startswith("uvicorn==1.0")


def test_a_lock_without_uv_is_a_plain_sentence() -> None:
    with pytest.raises(start.Trouble, match="download the module again"):
        start.block_of("uv", "tornado==6.5\n")


def test_the_real_lock_has_uv_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    block = start.block_of("uv", lock).splitlines()
    assert block[0].startswith("uv==")
    assert len(block) > 10
    assert not block[-1].endswith("\\")


# --- One at a time ----------------------------------------------------------------------------


def test_a_second_start_waits_for_the_first_says_so_and_installs_nothing(
    installer: Installer, capsys: pytest.CaptureFixture[str]
) -> None:
    with start.one_at_a_time() as turn:
        second = threading.Thread(target=start.prepare, args=("lab",))
        second.start()
        time.sleep(0.2)
        assert installer.asked == []
        start.install("lab", turn)
    second.join(timeout=10)
    assert installer.steps == ["venv", "pip", "sync", "editable"]  # by the first alone
    assert "Waiting for it to finish." in capsys.readouterr().out


@pytest.mark.skipif(start.ON_WINDOWS, reason="Windows has no SIGKILL")
def test_the_lock_of_a_killed_start_does_not_outlive_it(installer: Installer) -> None:
    code = "import start, sys, time, pathlib\nstart.ONE_AT_A_TIME = pathlib.Path(sys.argv[1])\n"
    code += "with start.one_at_a_time():\n    print('taken', flush=True)\n    time.sleep(60)\n"
    command = [sys.executable, "-c", code, str(start.ONE_AT_A_TIME)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline().strip() == b"taken"
        holder.send_signal(signal.SIGKILL)
    started = time.monotonic()
    with start.one_at_a_time():
        assert time.monotonic() - started < 5


# --- Failures ---------------------------------------------------------------------------------

FAILURES = {
    "pip without a network": (
        "WARNING: Retrying after connection broken by 'NewConnectionError(Failed to establish a "
        "new connection: [Errno -3] Temporary failure in name resolution)'\n"
        "ERROR: No matching distribution found for uv==0.9",
        "internet",
    ),
    "uv without a network": (
        "error: Request failed after 3 retries\n  Caused by: Failed to fetch: `x`\n"
        "  Caused by: dns error: failed to lookup address information",
        "internet",
    ),
    "a full disk": ("OSError: [Errno 28] No space left on device", "disk is full"),
    "a full disk on Windows": ("There is not enough space on the disk. (os error 112)", "disk"),
    "a folder of somebody else's": ("error: failed to open: Permission denied (13)", "home folder"),
    "a home of somebody else's": (
        "error: Failed to initialize cache at `/home/x/.cache/uv`\n  cause: Permission denied",
        "HOME",
    ),
    "a proxy that opens what passes": ("SSLError: CERTIFICATE_VERIFY_FAILED", "proxy"),
    "a file that was tampered with": ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the expected"),
    "anything else": ("Segmentation fault", "delete .venv"),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("step", ["--no-deps", "sync"])
def test_a_failed_step_is_one_sentence_that_names_the_log(
    installer: Installer, capsys: pytest.CaptureFixture[str], name: str, step: str
) -> None:
    output, expected = FAILURES[name]
    installer.failures = {step: output}
    assert start.main(["lab"]) == 1
    error = capsys.readouterr().err
    assert expected in error
    assert one_sentence(error)
    assert str(start.LOG) in error
    assert output in start.LOG.read_text(encoding="utf-8")


def test_after_a_failure_the_next_start_succeeds(installer: Installer) -> None:
    installer.failures = {"sync": "dns error"}
    assert start.main([]) == 1
    installer.failures = {}
    start.prepare("lab")
    assert start.is_ready("lab")


def test_a_disk_too_full_for_words_still_counts_as_full() -> None:
    assert "disk is full" in start.explain("", free_bytes=0)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "home folder"),
        (errno.EROFS, "home folder"),
        (errno.EIO, "start again"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(
    installer: Installer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    expected: str,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number), str(start.VENV))

    monkeypatch.setattr(start, "make_venv", refuse)
    assert start.main([]) == 1
    error = capsys.readouterr().err
    assert expected in error
    assert one_sentence(error)


def test_a_missing_lock_is_one_sentence(
    installer: Installer, capsys: pytest.CaptureFixture[str]
) -> None:
    (start.ROOT / "requirements.lock").unlink()
    assert start.main([]) == 1
    error = capsys.readouterr().err
    assert "requirements.lock is missing" in error
    assert one_sentence(error)


@pytest.mark.skipif(start.ON_WINDOWS or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(
    installer: Installer, capsys: pytest.CaptureFixture[str]
) -> None:
    start.ROOT.chmod(0o555)
    try:
        assert start.main([]) == 1
    finally:
        start.ROOT.chmod(0o755)
    assert one_sentence(capsys.readouterr().err)


# --- JupyterLab -------------------------------------------------------------------------------


def test_a_taken_port_is_one_sentence(
    no_lab: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert start.main(["lab", "--port", port]) == 1
        assert start.main([f"--ServerApp.port={port}"]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 2
    assert all(f"Port {port} is taken" in line for line in lines)
    assert no_lab == []


def test_a_free_port_is_passed_on(no_lab: list[list[str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    assert start.main(["lab", f"--port={port}"]) == 0
    assert f"--port={port}" in no_lab[0]


@pytest.mark.parametrize("port", ["abc", "-1", "99999", ""])
def test_what_is_no_port_is_one_sentence(
    no_lab: list[list[str]], capsys: pytest.CaptureFixture[str], port: str
) -> None:
    assert start.main(["lab", "--port", port]) == 1
    assert "is no port" in capsys.readouterr().err


def test_a_folder_opens_on_the_same_port_each_time(
    installer: Installer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Prevents text that a browser kept from being out of reach after the next start."""
    [port] = start.own_port([])
    assert start.own_port([]) == start.own_port(["--no-browser"]) == [port]
    assert start.own_port(["--port", "8899"]) == start.own_port(["--ServerApp.port=8899"]) == []
    monkeypatch.setattr(start, "ROOT", tmp_path / "another")
    assert start.own_port([]) != [port]


def test_a_port_that_is_taken_is_told_and_the_next_one_used(
    installer: Installer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a second start from opening a page in which kept text seems to be gone."""
    [given] = start.own_port([])
    port = int(given.partition("=")[2])
    with socket.create_server(("127.0.0.1", port)):
        assert start.own_port([]) == [f"--ServerApp.port={port + 1}"]
    assert f"Port {port}, the one of this folder, is taken" in capsys.readouterr().out


def test_the_window_stays_quiet_unless_asked() -> None:
    """Prevents a student from reading warnings of time-outs and unencrypted kernels."""
    quiet = "--Application.log_level=ERROR"
    assert quiet in start.lab_options([]) and set(start.QUIET) <= set(start.lab_options([]))
    assert quiet not in start.lab_options(["--debug"])
    assert quiet not in start.lab_options(["--log-level=INFO"])


@pytest.mark.parametrize("arguments", [[], ["lab"], ["--no-browser"], ["lab", "--no-browser"]])
def test_lab_is_what_runs_unless_something_else_is_asked(
    no_lab: list[list[str]], arguments: list[str]
) -> None:
    assert start.main(arguments) == 0
    assert "jupyterlab" in no_lab[0]
    assert ("--no-browser" in no_lab[0]) == ("--no-browser" in arguments)


def test_jupyterlab_listens_to_this_computer_only_unless_told_otherwise() -> None:
    assert "--ServerApp.ip=127.0.0.1" in start.lab_options([])
    assert "--ServerApp.ip=127.0.0.1" not in start.lab_options(["--ip", "0.0.0.0"])


def test_the_first_lesson_opens_unless_another_page_is_named(
    installer: Installer,
) -> None:
    lesson = start.ROOT / start.FIRST_LESSON
    lesson.parent.mkdir()
    lesson.touch()
    opens = f"--LabApp.default_url=/doc/tree/{start.FIRST_LESSON}"
    assert opens in start.lab_options([])
    assert opens not in start.lab_options(["notebooks/02-the-un-norms.ipynb"])
    assert opens not in start.lab_options(["--LabApp.default_url=/lab"])


def test_another_installation_cannot_mix_into_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    settings = start.environment()
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET"} & settings.keys()
    assert settings["PIP_USER"] == "0"
    assert settings["UV_PYTHON_DOWNLOADS"] == "never"


def test_uv_uses_the_mirror_that_pip_is_set_up_with(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "global.index-url='file:///from-a-file'\n:env:.index-url='file:///from-a-variable'\n"
    answer = subprocess.CompletedProcess([], 0, stdout=listed)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    found = start.same_mirror_for_uv({})
    assert found == {"UV_DEFAULT_INDEX": "file:///from-a-variable"}
    assert start.same_mirror_for_uv({"UV_DEFAULT_INDEX": "file:///own"}) == {}


# --- The command line -------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_help_is_short_and_installs_nothing(
    installer: Installer, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert start.main([word]) == 0
    text = capsys.readouterr().out
    assert "start.py test" in text
    assert len(text.splitlines()) < 20
    assert installer.asked == []


def test_an_unknown_word_is_one_sentence(
    installer: Installer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["lesson"]) == 2
    assert "'lesson'" in capsys.readouterr().err
    assert installer.asked == []


def test_a_name_in_letters_that_the_console_lacks_is_printed_all_the_same() -> None:
    code = "import start; start.sys.argv = ['start.py']; "
    code += "raise SystemExit(start.main(['\\u0141ukasz']))"
    settings = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


# --- Testing ----------------------------------------------------------------------------------


def run_all(
    monkeypatch: pytest.MonkeyPatch, codes: dict[str, int], arguments: list[str]
) -> tuple[int, list[str], list[dict[str, str]]]:
    """Run `start.py test` with pytest answering `codes`; return the code, parts, environments."""
    parts: list[str] = []
    settings: list[dict[str, str]] = []

    def run(command: list[str], env: dict[str, str], folder: Path | None = None) -> int:
        named = {"--nbval-lax": "notebooks", "browser": "browser"}
        parts.append(next((part for mark, part in named.items() if mark in command), "package"))
        settings.append(env)
        return codes.get(parts[-1], 0)

    monkeypatch.setattr(start, "run", run)
    monkeypatch.setattr(start, "prepare", lambda need: None)
    return start.main(["test", *arguments]), parts, settings


def add_notebook() -> None:
    (start.ROOT / "notebooks").mkdir()
    (start.ROOT / "notebooks" / "00.ipynb").write_text("{}", encoding="utf-8")


def test_test_runs_the_package_then_the_browser_and_then_the_notebooks(
    installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_notebook()
    code, parts, settings = run_all(monkeypatch, {}, [])
    assert (code, parts) == (0, ["package", "browser", "notebooks"])
    assert "PYTHONPATH" not in settings[0]
    assert settings[2]["PYTHONPATH"].endswith("offline")
    assert not Path(settings[2]["CYBERNORMS_WORK"]).exists()  # a folder of its own, gone by now


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"package": 1}, 1),
        ({"browser": 1}, 1),
        ({"notebooks": 1}, 1),
        ({"package": 2, "notebooks": 1}, 2),
    ],
)
def test_one_failed_part_fails_the_whole(
    installer: Installer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    codes: dict[str, int],
    expected: int,
) -> None:
    add_notebook()
    assert run_all(monkeypatch, codes, [])[:2] == (expected, ["package", "browser", "notebooks"])
    assert "FAILED" in capsys.readouterr().out


def test_notebooks_of_which_none_is_collected_are_a_failure(
    installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A mistake in the settings would otherwise pass every notebook by not looking at any.
    add_notebook()
    assert run_all(monkeypatch, {"notebooks": 5}, [])[0] == 5


def test_arguments_of_ones_own_go_to_the_package_and_leave_the_notebooks_out(
    installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_notebook()
    assert run_all(monkeypatch, {}, ["-k", "wording"])[1] == ["package"]


def test_without_notebooks_there_are_none_to_run(
    installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_all(monkeypatch, {}, [])[:2] == (0, ["package", "browser"])


# Answers of another folder of the module


ONE, TWO, THREE = (b'{"question": "q%d"}\n' % number for number in (1, 2, 3))


def older(name: str, record: bytes = ONE + TWO, **more: bytes) -> Path:
    """Make another folder of the module beside this one, with saved answers."""
    folder = start.ROOT.with_name(name)
    (folder / "exercises").mkdir(parents=True)
    (folder / "start.py").touch()
    for path, content in {"answers.jsonl": record, "answers.jsonl.lock": b"", **more}.items():
        (folder / "work" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "work" / path).write_bytes(content)
    return folder


def work(folder: Path | None = None) -> dict[str, bytes]:
    top = (folder or start.ROOT) / "work"
    files = [path for path in top.rglob("*") if path.is_file()]
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def asked(installer: Installer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sit at a terminal and answer yes."""
    questions: list[str] = []
    monkeypatch.delenv("CYBERNORMS_WORK", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda text: questions.append(text) or "yes")
    start.VENV.mkdir()
    return questions


def test_answers_of_an_older_folder_are_copied_when_they_are_wanted(asked: list[str]) -> None:
    """Prevents an update after which nothing is answered any more."""
    more = {"drafts/un-minister.txt": b"text", "hand-ins/hand-in.json": b"{}"}
    old = older("cybernorms 1.0", **more)
    before = work(old)
    start.offer_answers()
    assert len(asked) == 1
    assert work() == {name: each for name, each in before.items() if not name.endswith(".lock")}
    assert work(old) == before
    start.offer_answers()
    assert len(asked) == 1  # All of them are here, so there is nothing to ask.


def test_answers_of_two_folders_are_both_kept(asked: list[str]) -> None:
    """Prevents a record from taking the place of another."""
    older("one", ONE, **{"drafts/q.txt": b"one"})
    older("two", TWO, **{"drafts/q.txt": b"two"})
    start.offer_answers()
    assert len(asked) == 2
    found = work()
    assert (found["answers.jsonl"], found["answers (from two).jsonl"]) == (ONE, TWO)
    assert (found["drafts/q.txt"], found["drafts/q (from two).txt"]) == (b"one", b"two")
    start.offer_answers()
    assert (len(asked), work()) == (2, found)


def test_what_was_answered_in_the_older_folder_since_is_copied_too(asked: list[str]) -> None:
    old = older("old", ONE)
    start.offer_answers()
    (start.ROOT / "work" / "answers.jsonl").write_bytes(ONE + THREE)
    start.offer_answers()
    assert len(asked) == 1
    for number, content in enumerate((ONE + TWO, ONE + TWO + TWO), start=2):
        (old / "work" / "answers.jsonl").write_bytes(content)
        start.offer_answers()
        start.offer_answers()
        assert len(asked) == number
    assert work()["answers.jsonl"] == ONE + THREE
    assert start.lines_of(start.ROOT / "work")[TWO.strip()] == 2


def test_a_record_whose_answers_are_all_here_is_not_copied_again(asked: list[str]) -> None:
    """Prevents a second record where the first was joined, or has grown."""
    old = older("old", TWO + ONE, **{"answers (1).jsonl": TWO})
    (start.ROOT / "work").mkdir()
    (start.ROOT / "work" / "answers.jsonl").write_bytes(ONE + TWO + THREE)
    assert start.main(["take", str(old)]) == 0
    assert [*work()] == ["answers.jsonl"]


def test_answers_that_are_not_wanted_are_left_and_not_asked_about_again(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents one learner from getting the answers of another on the same computer."""
    old = older("of another learner")
    monkeypatch.setattr("builtins.input", lambda text: asked.append(text) or "no")
    start.offer_answers()
    start.offer_answers()
    assert (len(asked), work()) == (1, {})
    assert f"take {start.quoted(old)}" in capsys.readouterr().out
    assert start.main(["take", str(old)]) == 0
    assert work()["answers.jsonl"] == ONE + TWO


def test_where_nobody_can_be_asked_it_is_said_how(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older("old")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    start.offer_answers()
    told = capsys.readouterr().out
    assert (asked, work()) == ([], {})
    assert "2 saved answers are in another folder of the module" in told and "take" in told


def test_what_is_no_older_folder_is_not_asked_about(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (older("without start.py") / "start.py").unlink()
    (older("without answers") / "work" / "answers.jsonl").unlink()
    older("empty", b"")
    start.offer_answers()
    assert asked == []
    older("old")
    monkeypatch.setenv("CYBERNORMS_WORK", "elsewhere")
    start.offer_answers()
    assert asked == []


def test_answers_are_taken_to_where_the_module_keeps_them(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path / "mine"))
    assert start.main(["take", str(older("old"))]) == 0
    assert (tmp_path / "mine" / "answers.jsonl").read_bytes() == ONE + TWO


def test_a_copy_that_breaks_off_leaves_nothing_half(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = older("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(start.os, "fsync", full)
        assert start.main(["take", str(old)]) == 1
        assert one_sentence(capsys.readouterr().err)
        assert work() == {}
    assert start.main(["take", str(old)]) == 0
    assert work()["answers.jsonl"] == ONE + TWO


@pytest.mark.skipif(start.ON_WINDOWS, reason="Windows makes no links without a right to")
def test_links_and_devices_of_another_folder_are_not_followed(
    asked: list[str], tmp_path: Path
) -> None:
    """Prevents a folder that anybody made from having other files copied, or start.py hang."""
    (tmp_path / "other.txt").write_bytes(ONE)
    old = older("old", TWO)
    (old / "work" / "answers-2.jsonl").symlink_to(tmp_path / "other.txt")
    (old / "work" / "answers-3.jsonl").symlink_to("/dev/zero")
    os.mkfifo(old / "work" / "answers-4.jsonl")
    start.offer_answers()
    assert len(asked) == 1
    assert work() == {"answers.jsonl": TWO}


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["no such folder"]])
def test_take_without_a_folder_of_answers_says_what_to_name(
    asked: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert start.main(["take", *arguments]) == 1
    told = capsys.readouterr().err
    assert one_sentence(told) and "ame " in told


def test_what_was_copied_is_read_as_one_record(asked: list[str], tmp_path: Path) -> None:
    """Prevents names of copies that the module does not know as records and drafts."""
    for name in ("one", "two"):
        record = Record(tmp_path / "made" / name)
        record.append("un-minister", "r", name)
        older(name, record.path.read_bytes(), **{"drafts/un-minister.txt": name.encode()})
    start.offer_answers()
    here = Record(start.ROOT / "work")
    assert {each.response for each in here.read().answers} == {"one", "two"}
    assert {each.text for each in here.drafts.all("un-minister")} == {"one", "two"}
