"""Ends while somebody types: of a kernel, a tab, a browser, a server, at seeded moments."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, BrowserType, Error as PlaywrightError, Page, expect

from tests.browser.lab import (
    BROWSER_ARGUMENTS,
    PATIENCE,
    SECOND,
    Desk,
    Lab,
    Notebook,
    open_lab,
)

NOTEBOOK = "exercises/01-reading-the-report.ipynb"
QUESTION = "report-correction"
KINDS = (
    "kernel killed",
    "restarted from elsewhere",
    "tab closed",
    "browser killed",
    "server ended",
)
LAST_SECOND = 1.0
_NOTE_PID = "\nimport os, pathlib; pathlib.Path('pid').write_text(str(os.getpid()))"
LETTERS = "etaoinshrdlu"
# In a page: counts how often it has heard that its kernel begins anew.
_COUNT_STARTS = """
    window.kernelStarts = 0;
    notebook.sessionContext.statusChanged.connect((_, status) => {
        if (/starting/.test(status)) window.kernelStarts += 1;
    });
"""


def only(desk: Desk, *cells: str) -> None:
    """Leave a notebook of a desk with its setup and a few of its cells; it notes its kernel."""
    path = desk.folder / NOTEBOOK
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [each for each in notebook["cells"] if each["id"] in ("setup", *cells)]
    notebook["cells"][0]["source"] = "".join(notebook["cells"][0]["source"]) + _NOTE_PID
    path.write_text(json.dumps(notebook), encoding="utf-8")


class World:
    """A server, a browser with a profile on the disk, and a page with a text to write.

    Arguments:
        chromium: starts the browser.
        program: the browser's program.
        folder: for everything.
    """

    def __init__(self, chromium: BrowserType, program: str, folder: Path) -> None:
        self._chromium, self._program = chromium, program
        self._profile = folder / "profile"
        (folder / "root").mkdir()
        self.lab = Lab(folder / "own", folder / "root").start()
        self.desk = Desk(self.lab.root, "ends")
        only(self.desk, QUESTION)
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._opened = 0
        self.notebook: Notebook

    def open(self) -> None:
        """Open what is closed: browser, page and notebook; run all cells."""
        if self._context is None:
            self._context = self._chromium.launch_persistent_context(
                self._profile, executable_path=self._program, args=BROWSER_ARGUMENTS
            )
            self._context.set_default_timeout(PATIENCE)
        if self._page is None:
            self._page = self._context.new_page()
        self._opened += 1
        path = f"{self.desk.name}/{NOTEBOOK}"
        open_lab(self._page, self.lab, f"ends-{self._opened}", path)
        self.notebook = Notebook(self._page, path, opened=True).run_all()
        self.notebook._ask(_COUNT_STARTS)

    @property
    def page(self) -> Page:
        assert self._page
        return self._page

    def _kernel(self) -> int:
        return int((self.desk.folder / "exercises" / "pid").read_text())

    def _elsewhere(self) -> None:
        """Restart the kernel as another program would."""
        jar = CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        opener.open(f"{self.lab.url}/lab", timeout=10).read()
        token = next(each.value for each in jar if each.name == "_xsrf") or ""
        with opener.open(f"{self.lab.url}/api/kernels", timeout=10) as answer:
            [kernel] = json.loads(answer.read())
        address = f"{self.lab.url}/api/kernels/{kernel['id']}/restart"
        headers = {"X-XSRFToken": token}
        opener.open(urllib.request.Request(address, b"", headers, method="POST"), timeout=30)

    def _kill_browser(self) -> None:
        for process in psutil.process_iter(["cmdline"]):
            with suppress(psutil.Error):
                if f"--user-data-dir={self._profile}" in (process.info["cmdline"] or []):
                    process.kill()

    def end(self, kind: str) -> None:
        """End something; everything but a tab, which only its own thread can close."""
        ends: dict[str, Callable[[], object]] = {
            "kernel killed": lambda: os.kill(
                self._kernel(), getattr(signal, "SIGKILL", signal.SIGTERM)
            ),
            "restarted from elsewhere": self._elsewhere,
            "browser killed": self._kill_browser,
            "server ended": lambda: self.lab.stop(at_once=True),
        }
        if kind in ends:
            ends[kind]()

    def back(self, kind: str) -> None:
        """Bring back what has ended, and run all cells again."""
        if kind == "tab closed":
            self._page = None
        if kind == "browser killed":
            with suppress(PlaywrightError):
                self.context_close()
            self._context = self._page = None
            for lock in self._profile.glob("Singleton*"):
                lock.unlink(missing_ok=True)
        if kind == "server ended":
            with suppress(PlaywrightError):
                self.notebook.discard_changes()
            self.page.goto("about:blank")
            self.lab.start()
        if kind in ("tab closed", "browser killed", "server ended"):
            self.open()
            return
        # A killed kernel passes for idle until the server looks after it, every three seconds. What
        # is run before is run by nobody, and its cells stay empty.
        self.page.wait_for_function("window.kernelStarts", timeout=60 * SECOND)
        close = self.page.locator(".jp-Dialog button.jp-mod-accept")
        for _ in range(20):
            if close.count():
                close.first.click()
            self.page.wait_for_timeout(100)
        self.notebook.wait_ready()
        self.notebook.run_all()
        self.page.evaluate("window.kernelStarts = 0")

    def context_close(self) -> None:
        if self._context:
            self._context.close()

    def close(self) -> None:
        with suppress(PlaywrightError):
            self.context_close()
        self.lab.stop()
        shutil.rmtree(self._profile, ignore_errors=True)


def lost_words(world: World, kind: str, seed: int) -> str:
    """Type while something ends at a seeded moment; return what of the text is lost, or nothing."""
    generator = random.Random(seed)
    card = world.notebook.card(QUESTION)
    field = card.get_by_role("textbox")
    field.fill("")
    if generator.random() < 0.5:
        field.fill(f"What was saved {seed}")
        card.locator(".cn-do").click()
        expect(card.locator(".cn-said[data-at=saved]")).to_have_count(1)
        field.fill("")
    field.focus()
    moment = time.monotonic() + generator.uniform(0.2, 3)
    over = moment + (generator.uniform(0, 0.6) if "kernel" in kind or "else" in kind else 0)
    timer = threading.Timer(moment - time.monotonic(), lambda: world.end(kind))
    timer.start()
    typed, kept = f"{seed} ", ""
    with suppress(PlaywrightError):  # a browser that is killed takes no more letters
        world.page.keyboard.type(typed)
        while time.monotonic() < over:
            letter = generator.choice(LETTERS) if generator.random() < 0.8 else " "
            typed += letter
            world.page.keyboard.type(letter)
            if time.monotonic() < over - LAST_SECOND:
                kept = typed
            world.page.wait_for_timeout(generator.uniform(10, 90))
    if kind == "tab closed":
        world.page.close()
    timer.join()
    world.back(kind)
    return _missing(world, typed, kept)


def _missing(world: World, typed: str, kept: str) -> str:
    """Return what is missing of a text, after it was offered back if it is not filled in."""
    card = world.notebook.card(QUESTION)
    field = card.get_by_role("textbox")
    shown = ""
    for _ in range(20):
        shown = field.input_value()
        if typed.startswith(shown) and shown.startswith(kept) and (shown or not kept):
            return ""
        offer = card.get_by_role("button", name="Show it")
        if offer.count() and offer.first.is_visible():
            offer.first.click()
        world.page.wait_for_timeout(100)
    return f"typed {typed!r}, of which {kept!r} had to be kept; there is {shown!r}"
