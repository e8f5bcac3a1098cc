"""A page on this computer with one card, in large type."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cybernorms.cards import front
from cybernorms.cards.card import Card
from cybernorms.loopback import Handler, Session, application, run

HERE = Path(__file__).parent
NOTEBOOKS = "jupyter.js"  # the transport that this page has none of
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src data: 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_WORK = "CYBERNORMS_WORK"


class ShownCard(Session):
    """One run of the server with its card."""

    def __init__(self, card: Card) -> None:
        super().__init__("show", "Showing it")
        self.card = card

    def described(self) -> dict[str, Any]:
        """Return the card as data; the browser keeps nothing that is typed."""
        return {**self.card.describe(), "store": ""}


class CardHandler(Handler):
    """Answers for one card."""

    session: ShownCard

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)  # drawings have styles of their own


class Page(CardHandler):
    """The page itself."""

    def get(self) -> None:
        title = escape(self.session.card.label or "cybernorms")
        page = (HERE / "stage.html").read_text(encoding="utf-8")
        token = escape(self.xsrf_token.decode())
        self.finish(page.replace("TITLE", title).replace("TOKEN", token))


class File(CardHandler):
    """What the page is made with."""

    def get(self, name: str) -> None:
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish(_MADE[name]())


class Description(CardHandler):
    """The card as it is now."""

    async def get(self) -> None:
        self.answer(await self.on_disk(self.session.described))


class Message(CardHandler):
    """Hands a message to the card, and answers with what it has become."""

    async def post(self) -> None:
        message = self.read_json(dict)
        await self.on_disk(lambda: self.session.card.receive(message))
        self.answer(await self.on_disk(self.session.described))


class Done(CardHandler):
    """Ends the server."""

    def post(self) -> None:
        self.answer({"said": "Closed. You can shut this tab."})

    def on_finish(self) -> None:
        if self.get_status() == 200:
            self.session.done.set()


@cache
def script() -> str:
    """Return the front end of cards with the transport of this page, as one module."""
    names = [name for name in front.FILES if name != NOTEBOOKS]
    sources = [(front.HERE / name).read_text(encoding="utf-8") for name in names]
    own = (HERE / "stage.js").read_text(encoding="utf-8")
    return front.join([*sources, own.replace("../cards/front/", "./")])


@cache
def stylesheet() -> str:
    """Return the style of cards, and that of the page around one."""
    return front.style() + (HERE / "stage.css").read_text(encoding="utf-8")


_MADE = {"stage.js": script, "stage.css": stylesheet}
_HANDLERS = (
    ("/", Page),
    (r"/(stage\.js|stage\.css)", File),
    ("/card", Description),
    ("/message", Message),
    ("/done", Done),
)


@contextmanager
def work_of_its_own() -> Iterator[None]:
    """Keep what a class answers out of the record of whoever shows it, and the other way round."""
    before = os.environ.get(_WORK)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ[_WORK] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[_WORK]
            else:
                os.environ[_WORK] = before


def serve(card: Card, *, browser: bool) -> None:
    """Serve a page with a card until it is closed or Ctrl+C is pressed.

    Arguments:
        card: what stands on it.
        browser: whether to open it in the browser; the address is printed anyway.
    """
    try:
        asyncio.run(_serve(card, browser))
    except KeyboardInterrupt:
        print()


async def _serve(card: Card, browser: bool) -> None:
    session = ShownCard(card)
    session.thread.submit(session.described)  # what takes long to load is there when it's wanted
    answers = application(session, _HANDLERS)
    await run(session, answers, browser=browser, ends="Press Ctrl+C here to end it.")
