"""One browser and one JupyterLab server for all tests; each test has a desk of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import pytest

from tests.paths import TESTS

pytest.importorskip("playwright", reason="playwright is one of the tools for testing")

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.lab import (
    ALL,
    BROWSER_ARGUMENTS,
    HOW_TO_GET_A_BROWSER,
    PATIENCE,
    ROOT,
    Desk,
    Lab,
    Notebook,
    find_browser,
    open_lab,
)

HERE = TESTS / "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("endurance_only") and not ALL:
                item.add_marker(pytest.mark.skip(reason="make endurance runs it"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep a picture of what was on the screen when a test failed."""
    report = yield
    context = getattr(item, "funcargs", {}).get("context")
    if call.when == "call" and report.failed and context:
        folder = ROOT / "test-results"
        folder.mkdir(exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", item.name)
        for number, page in enumerate(context.pages):
            page.screenshot(path=folder / f"{name}-{number}.png")
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_browser()
    if program is None:
        # Passed over in silence, these tests would be missed only by learners.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO_GET_A_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    (folder / "root").mkdir()
    lab = Lab(folder / "own", folder / "root").start()
    yield lab
    lab.stop()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One context for all pages, so that JupyterLab's files are fetched once."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


class Complaints:
    """What a page wrote to its console as an error, and what it failed to load."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("pageerror", lambda error: self.found.append(f"{error}"))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"{message.text} ({message.location.get('url', '')})")


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of its own, for tests that load JupyterLab themselves."""
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def shared_page(context: BrowserContext, lab: Lab) -> Page:
    """A page with JupyterLab on it, since loading it takes seconds."""
    page = context.new_page()
    open_lab(page, lab, "shared")
    return page


@pytest.fixture
def desk(lab: Lab, request: pytest.FixtureRequest) -> Desk:
    return Desk(lab.root, re.sub(r"[^\w-]+", "-", request.node.name))


@pytest.fixture
def open_notebook(shared_page: Page, desk: Desk) -> Iterator[Callable[[str], Notebook]]:
    """Open a notebook of the desk, run it all, and close it when the test is over."""
    opened: list[Notebook] = []

    def open_and_run(path: str) -> Notebook:
        notebook = Notebook(shared_page, f"{desk.name}/{path}")
        opened.append(notebook)
        return notebook.run_all()

    yield open_and_run
    for notebook in opened:
        notebook.close()
