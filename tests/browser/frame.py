"""A lesson opened as a page of its own, in the words of a learner."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.lab import SECOND, Lab, eventually

# In a page, the widget of the notebook that it shows.
_NOTEBOOK = (
    "const shown = [...(window.jupyterapp?.shell.widgets('main') ?? [])];"
    "const notebook = shown.find(each => each.context);"
)
# What is noted in a page before anything else runs in it.
_WATCH = """
window.kernelStates = [];
window.addEventListener("cybernorms:kernel", event => window.kernelStates.push(event.detail.state));
window.asked = 0;
window.addEventListener("beforeunload", event => setTimeout(() => {
  if (event.defaultPrevented) window.asked += 1;
}));
"""


class FramedLesson:
    """A lesson in the quiet page.

    Arguments:
        page: a page that shows nothing yet.
        lab: the server.
        path: of the notebook, below the root of the server.
    """

    def __init__(self, page: Page, lab: Lab, path: str) -> None:
        self.page, self.lab, self.path = page, lab, path
        page.add_init_script(_WATCH)
        page.goto(f"{lab.url}/doc/tree/{path}")
        page.wait_for_selector(".cn-lesson.jp-NotebookPanel", timeout=60 * SECOND)

    def ask(self, code: str, argument: Any = None) -> Any:
        """Run JavaScript that knows `notebook` and `argument`."""
        return self.page.evaluate(f"async argument => {{ {_NOTEBOOK} {code} }}", argument)

    @property
    def note(self) -> Locator:
        """What is said below the bar."""
        return self.page.locator("#cn-bar .cn-word-above")

    @property
    def bar(self) -> Locator:
        return self.page.locator("#cn-bar")

    @property
    def state(self) -> str:
        """What the cards are told of the kernel."""
        return str(self.ask("return notebook?.node.dataset.cnKernel ?? ''"))

    def cell(self, name: str) -> Locator:
        """Go to a cell by its id, since those far away are not drawn, and return it."""
        self.ask(
            "const cells = notebook.content.widgets;"
            "for (const each of cells) each.node.dataset.cellName = each.model.id;"
            "const at = cells.findIndex(each => each.model.id === argument);"
            "if (!cells[at].node.isConnected) await notebook.content.scrollToItem(at, 'center');",
            name,
        )
        return self.page.locator(f"[data-cell-name='{name}']")

    def counts(self) -> dict[str, int | None]:
        """Return the count of each code cell, by its id."""
        found: dict[str, int | None] = self.ask(
            "const code = (notebook?.content.widgets ?? []).filter(each => each.model.type ==="
            " 'code');"
            "const counts = code.map(each => [each.model.id, each.model.executionCount]);"
            "return Object.fromEntries(counts);"
        )
        return found

    def wait_run(self, cell: str = "progress") -> None:
        """Wait until a cell near the end has run, and the page has settled."""
        eventually(self.page, lambda: self.counts().get(cell) is not None, f"{cell} runs", 60)
        eventually(self.page, lambda: self.state == "alive", "the kernel is idle")

    def wait_drawn(self) -> None:
        """Wait until all cards are drawn."""
        self.wait_run()
        drawn = (
            "() => [...document.querySelectorAll('.cn-lesson .jp-OutputArea')].every(each =>"
            " !each.querySelector('.jp-OutputArea-child') ||"
            " each.querySelector('form.cn, pre'))"
        )
        self.page.wait_for_function(drawn, timeout=60 * SECOND)

    def dialogues(self) -> int:
        return self.page.locator(".jp-Dialog").count()

    def kernel_states(self) -> list[str]:
        states: list[str] = self.page.evaluate("window.kernelStates")
        return states

    def scrolled(self) -> float:
        return float(self.page.evaluate("document.querySelector('.cn-page').scrollTop"))

    def api(self, method: str, path: str) -> Any:
        """Ask Jupyter's own interface, as another window would."""
        cookies = {each["name"]: each["value"] for each in self.page.context.cookies(self.lab.url)}
        headers = {"X-XSRFToken": cookies.get("_xsrf", "")}
        answer = self.page.context.request.fetch(
            f"{self.lab.url}/api/{path}", method=method, headers=headers
        )
        return answer.json() if answer.text() else None

    def session(self) -> dict[str, Any]:
        """Return the session of this lesson."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for each in self.api("GET", "sessions"):
                if each["path"] == self.path:
                    found: dict[str, Any] = each
                    return found
        raise AssertionError("the lesson has no session")
