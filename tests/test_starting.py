"""What comes before the command: Ctrl+C is a sentence already."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cybernorms.cli import main
from cybernorms.starting import SENTENCE as STOPPED, started_by


@pytest.mark.parametrize(
    ("given", "by"),
    [
        (["python", "/usr/bin/cybernorms", "mark", "."], "command"),
        (["python", "-P", "/usr/bin/cybernorms"], "command"),
        (["python.exe", "C:\\x\\Scripts\\cybernorms.exe", "mark"], "command"),
        (["python", "-m", "cybernorms.cli", "mark"], "module"),
        (["python", "-P", "-m", "cybernorms.cli"], "module"),
        (["python", "-m", "ipykernel_launcher", "-f", "cybernorms"], ""),
        (["python", "-c", "from multiprocessing.spawn import spawn_main"], ""),
        (["python", "-m"], ""),
        (["python"], ""),
    ],
)
def test_how_python_was_started_is_known(
    given: list[str], by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a kernel, or a process that helps to mark, from ending at Ctrl+C."""
    monkeypatch.setattr(sys, "orig_argv", given)
    assert started_by() == by


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("presses", [1, 2, 5])
def test_ctrl_c_before_the_command_begins_and_again_is_one_sentence(
    tmp_path: Path, presses: int
) -> None:
    """Prevents a traceback where the key is pressed early, or twice."""
    made = tmp_path / "class"
    assert main(["simulate-class", "60", "--to", str(made)]) == 0
    script = tmp_path / "cybernorms"
    script.write_text(
        "import cybernorms\nprint('ready', flush=True)\nimport sys\n"
        "from cybernorms.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    )
    call = [sys.executable, str(script), "mark", str(made), "--to", str(tmp_path / "results")]
    for after in (0.0, 0.01, 0.05, 0.1, 0.2, 0.4):
        child = subprocess.Popen(
            call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert child.stdout and child.stdout.readline() == "ready\n"
        time.sleep(after)
        for _ in range(presses):
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGINT)
            time.sleep(0.002)
        _, told = child.communicate(timeout=60)
        assert (child.returncode, told) in ((130, STOPPED), (0, "")), (after, told)
