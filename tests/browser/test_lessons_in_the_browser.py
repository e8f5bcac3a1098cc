"""Lessons and exercise sets open, run and stay quiet."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.lab import Desk, Lab, Notebook, open_lab


def test_a_learner_opens_a_lesson_by_its_address_and_runs_it(
    page: Page, lab: Lab, desk: Desk
) -> None:
    complaints = Complaints(page)
    path = f"{desk.name}/notebooks/02-un-norms.ipynb"
    open_lab(page, lab, desk.name, path)
    lesson = Notebook(page, path, opened=True).run_all()
    assert lesson.errors() == []
    expect(lesson.card("explorer")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".Toastify__toast")).to_have_count(0)
    assert complaints.found == []
    lesson.close()


def test_nothing_asks_for_news_or_updates(shared_page: Page) -> None:
    # The pop-up comes late and not always; the settings it depends on are there at once.
    defaults = shared_page.evaluate(
        """async () => {
            const name = '@jupyterlab/apputils-extension:notification';
            const found = await window.jupyterapp.serviceManager.settings.fetch(name);
            const {fetchNews, checkForUpdates} = found.schema.properties;
            return [fetchNews.default, checkForUpdates.default];
        }"""
    )
    assert defaults == ["false", False]
