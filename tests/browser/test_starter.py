"""A card whose front end can't be had says so in words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cybernorms.cards.front import starter

ADDRESS = "http://starter.localhost/"
# In a page: a widget's model that has some code, or gets it later, and what it is asked to send.
MODEL = """
async code => {
    const starter = (await import("./starter.js")).default;
    const heard = [];
    window.sent = [];
    const values = { code };
    const model = {
        get: name => values[name],
        on: (_, hear) => heard.push(hear),
        send: message => window.sent.push(message.do),
    };
    window.give = code => { values.code = code; heard.forEach(hear => hear()); };
    starter.initialize({ model });
    starter.render({ model, el: document.querySelector("main") });
}
"""
DRAWS = "export const render = ({ el }) => { el.append('drawn'); };"
BROKEN = {
    "no JavaScript": "export const render = = 1;",
    "not the module": "export const other = 1;",
    "fails at once": "throw new Error('at once');",
    "fails to draw": "export const render = () => { throw new Error('too old'); };",
}


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    """A page whose clock is the test's own, with the starter beside it."""
    page = browser.new_page()
    page.route(
        f"{ADDRESS}**",
        lambda route: (
            route.fulfill(body=starter(), content_type="text/javascript")
            if route.request.url.endswith(".js")
            else route.fulfill(body="<main></main>", content_type="text/html")
        ),
    )
    page.clock.install()
    page.goto(ADDRESS)
    yield page
    page.close()


@pytest.mark.parametrize("how", BROKEN)
def test_a_card_that_cannot_be_drawn_says_so_and_what_to_do(how: str, blank: Page) -> None:
    # Prevents cards that stay empty without a word where the front end can't be imported.
    blank.evaluate(MODEL, BROKEN[how])
    said = blank.get_by_role("alert")
    expect(said).to_contain_text("This card can't be drawn")
    expect(said).to_contain_text("Reload the page.")
    expect(said).to_contain_text("What you saved is safe.")
    expect(said).to_contain_text("For your teacher:")


def test_a_card_whose_front_end_does_not_come_asks_for_it_and_then_says_so(blank: Page) -> None:
    # Prevents a card that waits for ever and says nothing, or that never draws what comes late.
    blank.evaluate(MODEL, "")
    blank.clock.fast_forward(2000)
    assert json.loads(blank.evaluate("JSON.stringify(window.sent)")) == ["code"]
    expect(blank.locator("main")).to_be_empty()
    blank.clock.fast_forward(10_000)
    expect(blank.get_by_role("alert")).to_contain_text("still waiting")
    blank.evaluate("code => window.give(code)", DRAWS)
    expect(blank.locator("main")).to_have_text("drawn")
    expect(blank.get_by_role("alert")).to_have_count(0)
