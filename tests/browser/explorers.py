"""Explorers and decks as a learner handles them, by mouse and by keyboard alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from cybernorms.document import Block, Picture, to_text
from tests.browser.forms import one_line
from tests.browser.lab import Notebook, eventually

in_a_list_of_the_system = pytest.mark.skipif(
    sys.platform == "darwin", reason="keys in lists need a window of the system"
)
ADDRESS = re.compile(r"<(https?://\S+)>")
# Text as it stands in parts of a card, open or folded, with a space between any two pieces; without
# what only a screen has: marks of what was checked, the force of a quotation, the name of a fold.
TEXT = """parts => parts.map(part => {
    const only = '.cn-ev[data-ev=primary], .cn-force, .cn-hide, figure';
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        const named = parentElement.closest(only);
        if (!named && !data.startsWith('Show the numbers: ')) pieces.push(data);
    }
    return pieces.join(' ');
}).join(' ')"""
FOCUS = """() => {
    const focused = document.activeElement;
    const group = focused.matches('input[type=radio]') ? focused.closest('fieldset') : null;
    const seen = focused.closest('.cn-chip') ? focused.nextElementSibling : focused;
    const style = getComputedStyle(seen);
    return {
        name: (group?.querySelector('legend') ?? focused.labels?.[0] ?? focused).textContent.trim(),
        inCard: focused.closest('form.cn') !== null,
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    };
}"""


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def words_in_text(blocks: Sequence[Block]) -> list[str]:
    """Return the words of the text form of some blocks, as a screen has them."""
    return words_of(re.sub(r"\. By (\w)", r" \1", ADDRESS.sub("", to_text(blocks))))


def focused(page: Page) -> str:
    """Return the name of what has the focus; of tabs, the name of all of them."""
    name: str = page.evaluate(FOCUS)["name"]
    return one_line(name)


def tab_to(page: Page, name: str, most: int = 24) -> list[str]:
    """Press Tab until a control of a card has the focus; return the controls on the way to it."""
    passed: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["inCard"]:
            assert focus["outline"] >= 2, f"nothing shows that {focus['name']} has the focus"
            passed.append(one_line(focus["name"]))
            if passed[-1] == name:
                return passed
    raise AssertionError(f"{name} is not among {passed}")


class Explorer:
    """The explorer of a cell."""

    def __init__(self, notebook: Notebook, cell: str) -> None:
        self.notebook, self.cell = notebook, cell
        self.page: Page = notebook.page
        self.card = notebook.card(cell)
        self.panel = self.card.locator(".cn-body > .cn-html").last

    def field(self, label: str) -> Locator:
        """Return a list, or tabs, by its label."""
        tabs = self.card.get_by_role("group", name=label, exact=True)
        return tabs.or_(self.card.get_by_role("combobox", name=label, exact=True))

    def choose(self, label: str, text: str) -> None:
        """Choose by mouse, as soon as it is offered."""
        field = self.field(label)
        texts = (
            "field => [...field.querySelectorAll('option, .cn-chip > span')]"
            ".map(each => each.firstChild?.textContent ?? '')"
        )

        def offered() -> list[str]:
            return [one_line(each) for each in field.evaluate(texts)]

        eventually(self.page, lambda: text in offered(), f"{text} is offered as {label}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.locator(".cn-chip").nth(offered().index(text)).click()

    def offered(self, label: str) -> list[str]:
        """Return what a field offers, by its full names."""
        field = self.field(label)
        is_list = field.evaluate("field => field.tagName") == "SELECT"
        texts = field.locator("option" if is_list else ".cn-chip").all_text_contents()
        return [one_line(text) for text in texts]

    def chosen(self, label: str) -> str:
        """Return what is chosen."""
        return one_line(
            self.field(label).evaluate(
                "field => field.selectedOptions?.[0].text"
                " ?? field.querySelector(':checked').labels[0].textContent"
            )
        )

    def press(self, name: str) -> None:
        self.card.get_by_role("button", name=name, exact=True).click()

    def words(self, parts: str = ".cn-body > .cn-html") -> list[str]:
        return words_of(self.card.locator(parts).evaluate_all(TEXT))

    def expect(self, blocks: Sequence[Block]) -> None:
        """Wait until the last page of the card says exactly what the text form of blocks says.

        Pictures are left out: one is heard by its label, which the text form has in brackets.
        """
        told = [each for each in blocks if not isinstance(each, Picture)]
        wanted = sorted(set(words_in_text(told)))
        shown = lambda: sorted(set(words_of(self.panel.evaluate_all(TEXT))))  # noqa: E731
        eventually(self.page, lambda: shown() == wanted, f"the page of {self.cell}")

    def expect_words(self, blocks: Sequence[Block]) -> None:
        """Wait until the card has all the words of some blocks."""
        wanted = set(words_in_text(blocks))
        eventually(
            self.page,
            lambda: wanted <= set(words_of(self.card.locator(".cn-body").evaluate_all(TEXT))),
            f"the words of {self.cell}",
        )

    def focus_first(self) -> None:
        """Go to the cell by keyboard."""
        self.notebook.focus(self.cell)


class Deck(Explorer):
    """Things to judge one at a time."""

    @property
    def place(self) -> str:
        """Return the line that says which of them is on the screen."""
        return one_line(self.card.locator(".cn-deck .cn-kicker b").text_content() or "")

    def choices(self) -> list[str]:
        """Return what there is to choose, as it is written large."""
        return self.card.locator(".cn-big .cn-btn > span").evaluate_all(
            "all => all.map(each => each.firstChild.textContent.trim())"
        )

    def judge(self, number: int) -> None:
        """Choose by mouse; wait until it is saved and its reading is there."""
        self.card.locator(".cn-big .cn-btn").nth(number - 1).click()
        self.expect_saved(number)

    def judge_by_key(self, number: int) -> None:
        """Choose by the key that stands on the button."""
        self.page.keyboard.press(str(number))
        self.expect_saved(number)

    def expect_saved(self, number: int) -> None:
        button = self.card.locator(".cn-big .cn-btn").nth(number - 1)
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(self.card.locator(".cn-deck .cn-said[data-at=saved]")).to_have_count(1)
        expect(self.card.locator(".cn-reading")).to_be_visible()

    def move(self, name: str) -> None:
        """Press Next, Back or See them all, whatever stands beside it."""
        self.card.locator(".cn-deck .cn-acts .cn-btn", has_text=name).click()

    def dots(self) -> str:
        """Return what the dots say."""
        return self.card.locator(".cn-deck .cn-dots").get_attribute("aria-label") or ""
