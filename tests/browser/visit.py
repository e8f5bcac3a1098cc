"""The site as a learner visits it: on a server of its own, below a sub-path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.lab import BROWSER_ARGUMENTS, find_browser

COURSE = "course"
ALIVE = 90_000  # milliseconds; on a busy computer Python takes long to start


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  as the base class has it
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".mjs": "text/javascript",
    }

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yields the address of the site in `course` below it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{COURSE}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Visit:
    """A learner's browser at the site, with a private storage of its own.

    Arguments:
        browser: that of the tests.
        address: of the site.
        offline: whether the site may be kept for use without a connection, which takes a while.
        profile: a folder for a browser of its own, whose storage has a limit as on a learner's
            disk; that of a private window, which a context is, has none.
    """

    def __init__(
        self, browser: Browser, address: str, *, offline: bool = False, profile: Path | None = None
    ) -> None:
        self.address = address
        self.asked: list[str] = []
        self.complaints: list[str] = []
        looks: dict[str, Any] = {
            "viewport": {"width": 1366, "height": 768},
            "accept_downloads": True,
            "service_workers": "allow" if offline else "block",
        }
        self.context: BrowserContext = (
            browser.new_context(**looks)
            if profile is None
            else browser.browser_type.launch_persistent_context(
                profile, executable_path=find_browser(), args=BROWSER_ARGUMENTS, **looks
            )
        )
        self.context.set_default_timeout(ALIVE)
        self.context.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str, *, alive: bool = True) -> Page:
        """Open a page in a tab of its own, and wait until it is alive."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        page.goto(self.address + path)
        if alive:
            page.wait_for_selector("html[data-alive]", state="attached")
        return page

    def close(self) -> None:
        self.context.close()


def card(page: Page, key: str) -> Locator:
    """Return the card of a question, by the name of its answers in the record."""
    return page.locator(f'form.cn[data-key="{key}"]')


def state(page: Page) -> str:
    """Return what the page says of how things stand."""
    return (page.locator(".cn-state").first.text_content() or "").strip()
