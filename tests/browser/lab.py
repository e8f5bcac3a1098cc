"""JupyterLab in a browser, in the words of a learner: open a notebook, run it, look at a cell."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from playwright.sync_api import Locator, Page

from tests.paths import ROOT

SECOND = 1000
PATIENCE = 20 * SECOND

BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
ALL = bool(os.environ.get("CYBERNORMS_ENDURANCE"))  # else the first of each kind, to be quick
HOW_TO_GET_A_BROWSER = (
    "No Chromium, Chrome or Edge was found: on Debian and Ubuntu, run sudo apt install chromium; "
    "on macOS and Windows, install Chrome or Edge; or name one in CYBERNORMS_BROWSER."
)


def find_browser() -> str | None:
    """Return the program of a Chromium, Chrome or Edge, or None."""
    named = os.environ.get("CYBERNORMS_BROWSER")
    if named:
        return named
    for name in BROWSER_NAMES:
        if found := shutil.which(name):
            return found
    places = [Path(f"/Applications/{app}.app/Contents/MacOS/{app}") for app in MAC_APPS]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            places += [Path(folder) / program for program in WINDOWS_PROGRAMS]
    return next((str(place) for place in places if place.is_file()), None)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Lab:
    """A JupyterLab server of its own, which knows no settings but those of the environment.

    Arguments:
        folder: for the server's own files.
        root: the folder that learners see.
        token: what a browser has to know, "" where everybody may come in.
        python: the program of the environment in which Jupyter is installed.
        notebook: whether Notebook 7 is started and not JupyterLab.
    """

    def __init__(
        self,
        folder: Path,
        root: Path,
        token: str = "",
        *,
        python: str = sys.executable,
        notebook: bool = False,
    ) -> None:
        self.folder, self.root, self.token = folder, root, token
        self._start = [python, "-m", "notebook" if notebook else "jupyterlab"]
        self._app = "JupyterNotebookApp" if notebook else "LabApp"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Lab:
        """Start the server and wait until it answers; started again, it keeps its port."""
        self.port = self.port or free_port()
        command = [
            *(*self._start, "--no-browser"),
            f"--ServerApp.root_dir={self.root}",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            # Pages that a test has closed leave their kernels behind.
            "--MappingKernelManager.cull_idle_timeout=45",
            "--MappingKernelManager.cull_interval=15",
            f"--IdentityProvider.token={self.token}",
            f"--{self._app}.expose_app_in_browser=True",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / "lab.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command, env=self._environment(), cwd=self.root, stdout=output, stderr=output
            )
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up and self._process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/api", timeout=1):
                return self
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')}")

    def _environment(self) -> dict[str, str]:
        """Keep a developer's own settings and answers out, and out of reach."""
        own = {"CYBERNORMS_WORK", "JUPYTER_CONFIG_PATH", "JUPYTER_NO_CONFIG", "JUPYTER_TOKEN"}
        kept = {name: value for name, value in os.environ.items() if name not in own}
        folders = {
            "IPYTHONDIR": "ipython",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        }
        return kept | {name: str(self.folder / place) for name, place in folders.items()}

    def trust(self, desk: Desk) -> None:
        """Write down that a desk was laid out for this learner, so that its lessons may run."""
        from cybernorms.exercises.own_folders import remember_folder

        with patch.dict(os.environ, JUPYTER_DATA_DIR=str(self.folder / "data")):
            remember_folder(desk.folder)

    def stop(self, *, at_once: bool = False) -> None:
        """End the server, and its kernels with it; at once, it has no time to say anything."""
        if self._process is None:
            return
        if at_once:
            self._process.kill()
        else:
            self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Desk:
    """A learner's copy of the module inside what a server shows; answers go to its `work`."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.folder = root / name
        for kind in ("notebooks", "exercises"):
            (self.folder / kind).mkdir(parents=True)
            for notebook in (ROOT / kind).glob("*.ipynb"):
                shutil.copy(notebook, self.folder / kind)

    @property
    def work(self) -> Path:
        return self.folder / "work"


def eventually(page: Page, holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Wait until something holds, and fail with its name if it never does."""
    give_up = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > give_up:
            raise AssertionError(f"waited {seconds} seconds in vain: {what}")
        page.wait_for_timeout(30)


def open_lab(page: Page, lab: Lab, workspace: str, notebook: str = "") -> None:
    """Go to JupyterLab, perhaps with a notebook; a workspace of its own restores no other tabs."""
    tree = f"/tree/{notebook}" if notebook else ""
    page.goto(f"{lab.url}/lab/workspaces/{workspace}{tree}")
    page.wait_for_function("window.jupyterapp?.shell?.isAttached", timeout=60 * SECOND)
    # A promise that is waited for from outside can be collected as garbage.
    page.evaluate("() => { window.jupyterapp.restored.then(() => { window.isRestored = true; }); }")
    page.wait_for_function("window.isRestored", timeout=60 * SECOND)


# In a page, the widget of the notebook that is called `path`.
_FIND = (
    "const notebook = [...window.jupyterapp.shell.widgets('main')]"
    ".find(each => each.context?.path === path);"
)
_SCROLLED = "notebook.node.querySelector('.jp-WindowedPanel-outer')"


class Notebook:
    """A notebook in a tab of JupyterLab.

    Arguments:
        page: a page that shows JupyterLab.
        path: the notebook's path below the root of the server.
        opened: whether the tab is there already.
    """

    def __init__(self, page: Page, path: str, *, opened: bool = False) -> None:
        self.page, self.path = page, path
        if not opened:
            page.evaluate(
                "path => { window.jupyterapp.commands.execute('docmanager:open', {path}); }", path
            )
        self._wait_for("notebook?.context.isReady && notebook.content.widgets.length")
        # A kernel that is "idle" before it is connected quietly drops what it is asked to run.
        self.wait_ready()
        self._ask(
            "notebook.content.widgets.forEach("
            "each => { each.node.dataset.cellName = each.model.id; })"
        )
        self.id: str = self._ask("return notebook.id")
        self.panel = page.locator(f"#{self.id}")

    def _ask(self, code: str, argument: Any = None) -> Any:
        """Run JavaScript that knows `notebook` and `argument`."""
        return self.page.evaluate(
            f"async ([path, argument]) => {{ {_FIND} {code} }}", [self.path, argument]
        )

    def _wait_for(self, condition: str, timeout: float = 60 * SECOND) -> None:
        self.page.wait_for_function(
            f"path => {{ {_FIND} return {condition} }}", arg=self.path, timeout=timeout
        )

    def _command(self, name: str) -> None:
        self._ask(
            "window.jupyterapp.shell.activateById(notebook.id);"
            "await window.jupyterapp.commands.execute(argument)",
            name,
        )

    def wait_ready(self) -> None:
        """Wait until the kernel is connected and idle."""
        kernel = "notebook.sessionContext.session?.kernel"
        self._wait_for(f"{kernel}?.connectionStatus === 'connected' && {kernel}.status === 'idle'")

    def run_all(self) -> Notebook:
        """Run all cells; wait until each shows its card, or until one has failed."""
        self._command("notebook:run-all-cells")
        self.wait_ready()
        # The output arrives before the widgets in it are drawn.
        self._wait_for(
            "notebook.content.widgets.every(each => {"
            " if (each.model.type !== 'code') return true;"
            " const outputs = each.model.outputs.toJSON();"
            " if (outputs.some(output => output.output_type === 'error')) return true;"
            " const shows = outputs.some(output =>"
            "   output.data?.['application/vnd.jupyter.widget-view+json']);"
            " return !shows || each.node.querySelector('.jp-OutputArea form.cn .cn-body > *'); })"
        )
        return self

    def run(self, name: str) -> None:
        """Run one cell and wait until it has run."""
        self._ask(
            "notebook.content.activeCellIndex ="
            " notebook.content.widgets.findIndex(each => each.model.id === argument)",
            name,
        )
        self._command("notebook:run-cell")
        self.wait_ready()

    def cell(self, name: str) -> Locator:
        """Return a cell by its id."""
        return self.panel.locator(f"[data-cell-name='{name}']")

    def card(self, name: str) -> Locator:
        """Return the card that a cell shows."""
        return self.cell(name).locator("form.cn").first

    def outputs(self) -> list[dict[str, Any]]:
        """Return all outputs, as they would be saved, each with the id of its `cell`."""
        found: list[dict[str, Any]] = self._ask(
            "return notebook.content.widgets.flatMap(each => (each.model.outputs?.toJSON() ?? [])"
            ".map(output => ({...output, cell: each.model.id})))"
        )
        return found

    def errors(self) -> list[str]:
        """Return what went wrong in which cell."""
        return [
            f"{output['cell']}: {output.get('evalue', output.get('text', ''))}"
            for output in self.outputs()
            if output["output_type"] == "error" or output.get("name") == "stderr"
        ]

    def height(self) -> int:
        """Return how high a screen must be to show the whole notebook at once."""
        height: int = self._ask(f"return {_SCROLLED}.scrollHeight")
        return height

    def all_in_sight(self) -> bool:
        """Scroll to the top; return whether the end is in sight from there."""
        fits: bool = self._ask(
            f"{_SCROLLED}.scrollTop = 0; const place = {_SCROLLED}.getBoundingClientRect();"
            "const end = notebook.content.widgets.at(-1).node.getBoundingClientRect().bottom;"
            "return place.height > 0 && end < place.bottom"
        )
        return fits

    def cell_count(self) -> int:
        count: int = self._ask("return notebook.content.widgets.length")
        return count

    def mode(self) -> str:
        """Return `edit` while a cell is being written in, else `command`."""
        mode: str = self._ask("return notebook.content.mode")
        return mode

    def execution_count(self, name: str) -> int | None:
        count: int | None = self._ask(
            "return notebook.content.widgets.find(each => each.model.id === argument)"
            ".model.executionCount",
            name,
        )
        return count

    def focus(self, name: str) -> None:
        """Go to a cell by keyboard alone, as command mode lets one."""
        self._command("notebook:enter-command-mode")
        self._ask("notebook.content.activeCellIndex = 0; notebook.content.activate()")
        for _ in range(self.cell_count()):
            if self._ask("return notebook.content.activeCell.model.id") == name:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach the cell {name}")

    def restart_kernel(self) -> None:
        """Restart the kernel, as if the learner had confirmed it."""
        self._ask("await notebook.sessionContext.session.kernel.restart()")
        self.wait_ready()

    def show(self) -> None:
        """Bring the notebook's tab to the front."""
        self._ask("window.jupyterapp.shell.activateById(notebook.id)")

    def discard_changes(self) -> None:
        """Let go of unsaved changes, as a learner who confirms that the page may be left."""
        self._ask("notebook.context.model.dirty = false")

    def save(self) -> None:
        self._ask("await notebook.context.save()")

    def close(self) -> None:
        """Close the tab without saving, and end the kernel; a tab that is gone is fine too."""
        self._ask(
            "if (!notebook) return;"
            "const session = notebook.sessionContext; notebook.context.model.dirty = false;"
            "await session.shutdown(); notebook.dispose();"
        )
