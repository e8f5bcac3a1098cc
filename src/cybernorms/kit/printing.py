"""PDF files, printed by the Chromium, Chrome or Edge of this computer, if it has one."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cybernorms.errors import CyberNormsError

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "msedge", "chrome"),
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
MISSING = (
    "No PDF files were made, since there is no Chromium, Chrome or Edge on this computer. Open "
    "the HTML files in any browser and print them, or save the Word files as PDF."
)
PATIENCE = 30.0  # seconds


def find_browser() -> str:
    """Return the program that prints, or nothing; CYBERNORMS_BROWSER may name one."""
    if named := os.environ.get("CYBERNORMS_BROWSER", ""):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    places = [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC]
    for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder in os.environ:
            places += [Path(os.environ[folder]) / each for each in WINDOWS]
    return next((str(place) for place in places if place.is_file()), "")


def print_pages(pages: Mapping[str, str]) -> dict[str, bytes]:
    """Return pages of HTML by name as PDF files, tagged for screen readers.

    Raises:
        CyberNormsError: the browser is missing or does not answer.
    """
    program = find_browser()
    if not program:
        raise CyberNormsError(MISSING)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for name, page in pages.items():
            (home / f"{name}.html").write_text(page, encoding="utf-8")
        with _started(program, home / "profile") as address, ThreadPoolExecutor(1) as other:
            # In a thread of its own, since a notebook has a loop that runs already.
            return other.submit(asyncio.run, _print_all(address, home, list(pages))).result()


@contextlib.contextmanager
def _started(program: str, profile: Path) -> Iterator[str]:
    """Run a browser that nobody sees, and give the address at which it takes orders."""
    command = [program, "--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    command += ["--no-first-run", "--disable-gpu", "--disable-extensions", "--disable-sync"]
    command += ["--disable-background-networking", "--no-pings", "about:blank"]
    if sys.platform != "win32" and os.geteuid() == 0:  # it has no sandbox for this user
        command.insert(1, "--no-sandbox")
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stderr
        for line in process.stderr:
            if line.startswith("DevTools listening on "):
                yield line.split()[-1]
                return
        raise CyberNormsError("The browser did not start, so no PDF files were made", where=program)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)
        if process.poll() is None:
            process.kill()
            process.communicate()


class _Tab:
    """A page of the browser that takes orders one after the other."""

    def __init__(self, socket: Any) -> None:
        self.socket, self.numbers, self.session = socket, count(1), ""

    async def order(self, method: str, **given: Any) -> dict[str, Any]:
        """Send an order, and return the answer to it."""
        number = next(self.numbers)
        order = {"id": number, "method": method, "params": given}
        if self.session:
            order["sessionId"] = self.session
        await self.socket.write_message(json.dumps(order))
        answer = await self._until(lambda message: message.get("id") == number)
        if "error" in answer:
            raise CyberNormsError(f"The browser could not print: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def loaded(self) -> None:
        """Wait until a page is there."""
        await self._until(lambda message: message.get("method") == "Page.loadEventFired")

    async def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            text = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
            if text is None:
                raise CyberNormsError("The browser ended before everything was printed")
            message: dict[str, Any] = json.loads(text)
            if wanted(message):
                return message


async def _print_all(address: str, home: Path, names: list[str]) -> dict[str, bytes]:
    from tornado.websocket import websocket_connect

    made = {}
    tab = _Tab(await websocket_connect(address, max_message_size=1 << 28))
    target = await tab.order("Target.createTarget", url="about:blank")
    attached = await tab.order("Target.attachToTarget", targetId=target["targetId"], flatten=True)
    tab.session = attached["sessionId"]
    await tab.order("Page.enable")
    for name in names:
        await tab.order("Page.navigate", url=(home / f"{name}.html").as_uri())
        await tab.loaded()
        printed = await tab.order(
            "Page.printToPDF",
            preferCSSPageSize=True,
            printBackground=False,
            generateTaggedPDF=True,
            generateDocumentOutline=True,
        )
        made[name] = base64.b64decode(printed["data"])
    return made
