"""From `start.py` to a saved answer, by a student who follows nothing but the screen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cybernorms.exercises.record import Record
from tests.browser.lab import PATIENCE, SECOND
from tests.paths import ROOT

MINUTE = 60  # seconds
PRESSES = 3
INSTALLED = ROOT / ".venv"
WORDS, OPTIONS, SAVES = ".cn-word, .cn-big .cn-btn", ".cn-opt, .cn-chip", ".cn-do"
_FOLDERS = ("CONFIG", "DATA", "RUNTIME")


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """Start the module as a student does, and yield the address that it prints."""
    own = {f"JUPYTER_{each}_DIR": str(folder / each) for each in _FOLDERS}
    own |= {f"JUPYTERLAB_{each}_DIR": str(folder / each) for each in ("SETTINGS", "WORKSPACES")}
    environment = {**os.environ, **own, "CYBERNORMS_WORK": str(folder / "work")}
    process = subprocess.Popen(
        [sys.executable, "start.py", "lab", "--no-browser"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    give_up = threading.Timer(3 * MINUTE, process.kill)
    give_up.start()
    printed = []
    try:
        for line in process.stdout or ():
            printed.append(line)
            if found := re.search(r"http://127\.0\.0\.1\S+", line):
                yield found[0]
                return
        pytest.fail("start.py printed no address:\n" + "".join(printed))
    finally:
        give_up.cancel()
        process.terminate()
        process.wait(timeout=15)


def in_sight(page: Page, what: str) -> Locator | None:
    """Return the first thing of a kind that can be pressed and is on the screen now."""
    size = page.viewport_size
    assert size
    for each in page.locator(f"form.cn :is({what})").all():
        box = each.bounding_box()
        off = each.get_attribute("aria-disabled") == "true"
        if box and not off and 0 < box["y"] < box["y"] + box["height"] < size["height"]:
            return each
    return None


def press_until_saved(page: Page) -> int:
    """Press what the screen offers until it says that an answer is saved; return how often."""
    said = page.locator(".cn-said[data-at=saved]")
    for pressed in range(1, 10):
        offered = (OPTIONS, SAVES) if pressed % 2 else (SAVES, OPTIONS)
        control = next(filter(None, (in_sight(page, each) for each in (WORDS, *offered))), None)
        assert control, "nothing on the screen can be pressed"
        control.click()
        try:
            expect(said.first).to_be_visible(timeout=2 * SECOND)
            return pressed
        except AssertionError:
            continue
    raise AssertionError("no press has saved anything")


@pytest.mark.skipif(not INSTALLED.is_dir(), reason="start.py has not installed anything here")
def test_a_first_answer_is_saved_within_a_minute_and_three_presses(
    browser: Browser, tmp_path: Path
) -> None:
    # Prevents a way to the first answer that a student has to be told by somebody.
    began = time.monotonic()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    with started(tmp_path) as address:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("form.cn .cn-body > *", timeout=MINUTE * SECOND)
        presses = press_until_saved(page)
        took = time.monotonic() - began
        context.close()
    assert len(Record(tmp_path / "work").read().answers) == 1
    print(f"{presses} presses, {took:.0f} seconds")
    assert presses <= PRESSES and took < MINUTE, (presses, took)
