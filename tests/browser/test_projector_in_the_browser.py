"""One explorer on the wall, worked as in class: by keyboard, from a cover, in any colours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def address() -> Iterator[str]:
    """The address of the claim tracer, shown as a teacher shows it."""
    arguments = ["show", "claims", "first-use", "--lesson", "01", "--no-browser"]
    command = [sys.executable, "-m", "cybernorms.cli", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_a_class_sees_what_its_teacher_opens_and_no_more(page: Page, address: str) -> None:
    """Prevents an answer on the wall before the question, and a teacher who needs the mouse."""
    page.goto(address)
    expect(page.get_by_role("heading", name="Claim tracer", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Show it")).to_be_focused()
    expect(page.locator("form.cn")).to_be_hidden()
    assert not Axe().run(page).response["violations"]
    page.keyboard.press("Enter")
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    page.get_by_role("button", name="Next step").press("Enter")
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert not [each["id"] for each in found if each["impact"] in ("serious", "critical")]
    before = page.get_by_text("Step 2 of 3").bounding_box()
    page.keyboard.press("+")
    after = page.get_by_text("Step 2 of 3").bounding_box()
    assert before and after and after["height"] > before["height"]
    page.keyboard.press("b")
    expect(page.locator("form.cn")).to_be_hidden()
    page.keyboard.press("b")
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()
