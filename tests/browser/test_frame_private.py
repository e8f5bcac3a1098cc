"""What the frame leans on in JupyterLab without its promise, each part by name.

When one of these fails after an update of JupyterLab, the part named has changed there; what the
frame does with it is in `jupyter/labextension/static/`, in the file that the test names.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.frame import FramedLesson
from tests.browser.lab import Desk, Lab

SET = "exercises/02-un-norms.ipynb"
SCOPE = """
window._JUPYTERLAB = new Proxy({}, { set: (all, name, container) => {
  if (name === "cybernorms") {
    const init = container.init;
    container.init = scope => { window.sharedScope = scope; return init(scope); };
  }
  all[name] = container;
  return true;
} });
"""


@pytest.fixture(scope="module")
def lesson(browser: Browser, lab: Lab) -> Iterator[FramedLesson]:
    """One framed page for all of them; they only look."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page: Page = context.new_page()
    page.add_init_script(SCOPE)
    desk = Desk(lab.root, "private")
    lab.trust(desk)
    lesson = FramedLesson(page, lab, f"{desk.name}/{SET}")
    lesson.wait_run()
    yield lesson
    context.close()


@pytest.mark.parametrize(
    "name",
    [
        *("@jupyterlab/application", "@jupyterlab/cells", "@jupyterlab/notebook"),
        *("@jupyterlab/services", "@lumino/widgets"),
    ],
)
def test_jupyterlab_offers_its_own_packages_by_name(lesson: FramedLesson, name: str) -> None:
    """remoteEntry.js: the offer of the build itself is called CORE_FEDERATION."""
    offers = lesson.page.evaluate(
        "name => Object.values(window.sharedScope[name] ?? {}).map(each => each.from)", name
    )
    assert "CORE_FEDERATION" in offers


def test_the_page_says_that_it_shows_a_single_document(lesson: FramedLesson) -> None:
    """frame.js: `mode` in the data of the page, since the shell says it too late."""
    data = "JSON.parse(document.getElementById('jupyter-config-data').textContent).mode"
    assert lesson.page.evaluate(data) == "single-document"


def test_the_bars_of_jupyterlab_are_widgets_of_its_layout(lesson: FramedLesson) -> None:
    """frame.js: they are hidden by id, so that Lumino gives their room to the lesson."""
    ids = lesson.page.evaluate("[...window.jupyterapp.shell.layout.widgets].map(each => each.id)")
    assert {"jp-menu-panel", "jp-top-panel", "jp-bottom-panel"} <= set(ids)


def test_cells_make_a_notebook_dirty_by_its_model_or_its_shared_model(
    lesson: FramedLesson,
) -> None:
    """keeping.js: both have the property, and a change shows in neither."""
    found = lesson.ask(
        "const { model } = notebook.context;"
        "const before = ['dirty' in model, 'dirty' in model.sharedModel];"
        "notebook.content.widgets.at(-1).model.sharedModel.setSource('# changed');"
        "return [...before, model.dirty, model.sharedModel.dirty, notebook.context.canSave];"
    )
    assert found == [True, True, False, False, False]


def test_a_notebook_panel_asks_once_when_its_kernel_restarts(lesson: FramedLesson) -> None:
    """keeping.js: `_autorestarting` keeps the dialogue "Kernel Restarting" away.

    That it does is tried in test_frame_ends.py; this names the part.
    """
    source = lesson.ask(
        "return Object.getOwnPropertyNames(Object.getPrototypeOf(notebook)).map(each =>"
        " { try { return `${Object.getPrototypeOf(notebook)[each]}`; } catch { return ''; } }"
        ").join(' ') + notebook.constructor.toString();"
    )
    assert "_autorestarting" in source


def test_links_to_files_carry_their_path(lesson: FramedLesson) -> None:
    """links.js: `data-commandlinker-args` of a rendered link, or an address of its file."""
    lesson.ask("await notebook.content.scrollToItem(0)")
    file = "notebooks/02-un-norms.ipynb"
    marked = f"a[data-commandlinker-args*='{file}'], a[href*='/files/'][href*='{file}']"
    expect(lesson.page.locator(f".jp-MarkdownOutput :is({marked})").first).to_be_attached()


def test_what_scrolls_is_found(lesson: FramedLesson) -> None:
    """dom.js: `.jp-WindowedPanel-outer`, which gets the class `cn-page` of the contract."""
    assert lesson.page.locator(".jp-WindowedPanel-outer.cn-page").count() == 1


def test_the_digest_of_the_opened_file_is_there(lesson: FramedLesson) -> None:
    """lesson.js: `contentsModel.hash`, the SHA-256 of the bytes that were opened."""
    assert len(lesson.ask("return notebook.context.contentsModel.hash")) == 64
    assert lesson.ask("return notebook.context.contentsModel.hash_algorithm") == "sha256"
