"""JupyterLab as start.py opens it: for this computer and this account alone, and no loose trust."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from nbformat.v4 import new_code_cell, new_notebook, new_output, writes

import start
from tests.paths import ROOT
from tests.security.traps import assert_nothing_ran, environment, lay_traps

LESSON = "hand-ins/lesson.ipynb"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """A server that was opened among hand-ins full of traps."""

    def __init__(self, root: Path, runtime: Path, process: subprocess.Popen[bytes]) -> None:
        self.root, self.runtime, self.process = root, runtime, process
        self.info: dict[str, Any] = {}

    def wait(self) -> Server:
        give_up = time.monotonic() + 90
        while time.monotonic() < give_up and self.process.poll() is None:
            for path in self.runtime.glob("jpserver-*.json"):
                try:
                    self.info = json.loads(path.read_text(encoding="utf-8"))
                    self.ask("api")
                    return self
                except (ValueError, OSError):
                    pass
            time.sleep(0.1)
        raise RuntimeError("JupyterLab did not start")

    @property
    def token(self) -> dict[str, str]:
        return {"Authorization": f"token {self.info['token']}"}

    def ask(self, path: str, data: Any = None, **headers: str) -> tuple[int, Any]:
        url = f"http://127.0.0.1:{self.info['port']}/{path}"
        content = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(url, content, headers)
        try:
            with OPENER.open(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("jupyter")
    trap = lay_traps(folder / "root" / "hand-ins", folder / "trace")
    shown = new_output("display_data", {"text/html": "<script>1</script>"})
    cells = [new_code_cell("from cybernorms import ask, progress", outputs=[shown])]
    (trap / "lesson.ipynb").write_text(writes(new_notebook(cells=cells)), encoding="utf-8")
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime", "HOME": "home"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        patch.delenv("PYTHONSAFEPATH", raising=False)
        for name, value in own.items():
            (folder / value).mkdir()
            patch.setenv(name, str(folder / value))
        patch.setattr(start, "ROOT", folder / "root")
        command = [sys.executable, "-m", "jupyterlab", *start.lab_options(["--no-browser"])]
        settings = start.environment()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=trap, env=settings, stdout=log, stderr=log)
    try:
        yield Server(folder / "root", folder / "runtime", process).wait()
    finally:
        process.terminate()
        process.wait(timeout=30)


def run_first_cell(server: Server) -> list[str]:
    """Open the lesson among the hand-ins, run its first cell, and return what is shown."""
    session = {"path": LESSON, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    status, opened = server.ask("api/sessions", session, **server.token)
    assert status == 201
    file = server.runtime / f"kernel-{opened['kernel']['id']}.json"
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    shown: list[str] = []
    try:
        client.kernel_info(reply=True, timeout=60)
        for code in (
            "from cybernorms import ask, progress",
            "import os; print(os.getcwd())",
            "data = __import__('cybernorms').data('norms')",
            "progress()",
        ):
            client.execute_interactive(
                code, timeout=60, output_hook=lambda message: shown.append(str(message["content"]))
            )
    finally:
        client.stop_channels()
    return shown


@pytest.mark.slow
def test_opening_a_lesson_among_hand_ins_runs_nothing_of_theirs(server: Server) -> None:
    shown = " ".join(run_first_cell(server))
    assert str(server.root / "hand-ins") in shown  # the kernel begins in that folder
    assert "traceback" not in shown
    assert_nothing_ran(server.root.parent / "trace")


@pytest.mark.slow
def test_server_and_kernels_listen_on_this_computer_alone(server: Server) -> None:
    run_first_cell(server)
    program = psutil.Process(server.process.pid)
    listening = [
        connection.laddr.ip
        for process in (program, *program.children(recursive=True))
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) > 5
    assert {*listening} <= {"127.0.0.1", "::1"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["api/contents", "api/kernels", "api/sessions", "api/terminals", "lab/api/settings"]
)
def test_nothing_is_given_without_the_token(server: Server, path: str) -> None:
    assert len(server.info["token"]) >= 40
    assert server.ask(path)[0] == 403
    assert server.ask(path, Authorization="token x")[0] == 403
    assert server.ask(path, **server.token)[0] == 200


@pytest.mark.slow
def test_a_name_of_another_site_that_leads_here_is_refused(server: Server) -> None:
    assert server.ask("api/contents", Host="evil.example", **server.token)[0] == 403


@pytest.mark.slow
def test_a_notebook_of_a_hand_in_is_not_trusted(server: Server) -> None:
    status, found = server.ask(f"api/contents/{LESSON}", **server.token)
    assert status == 200
    assert found["content"]["cells"][0]["metadata"]["trusted"] is False


def test_the_options_loosen_nothing() -> None:
    given = " ".join(start.lab_options([])).lower()
    for loose in ("token", "password", "allow_origin", "allow_remote", "xsrf", "trust"):
        assert loose not in given
    files = [*(ROOT / "jupyter").rglob("*.json")]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8").lower()
        for loose in ("token", "password", "allow_", "xsrf", '"ip"', "trust"):
            assert loose not in text, file


@pytest.mark.skipif(start.ON_WINDOWS, reason="there it is a process of its own")
def test_jupyterlab_gets_the_environment_that_trusts_no_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[dict[str, str]] = []
    monkeypatch.setattr(start, "prepare", lambda need: None)
    monkeypatch.setattr(start, "offer_answers", lambda: None)
    monkeypatch.setattr(os, "execve", lambda path, command, env: given.append(env) or 0)
    start.run_lab([])
    assert given[0]["PYTHONSAFEPATH"] == "1"
