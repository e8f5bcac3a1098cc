"""The page in which written answers are marked, on the teacher's own computer."""

from __future__ import annotations

import asyncio
from datetime import datetime

from cybernorms.classroom.essays.desk import Desk, Press
from cybernorms.classroom.essays.page import desk_page, part
from cybernorms.classroom.results.lock import AtWork
from cybernorms.classroom.tables import plural
from cybernorms.errors import CyberNormsError
from cybernorms.loopback import Handler, Session as LoopbackSession, application, run

_FILES = {"desk.css": "text/css", "desk.js": "text/javascript"}
_ENDS = "Press I'm done there, or Ctrl+C here, to end it."


class Session(LoopbackSession):
    """One run of the server with its desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("essays", "Marking essays")
        self.desk = desk


class EssayHandler(Handler):
    """Answers for the desk; while a class is marked elsewhere, it asks to be tried again."""

    session: Session

    def status_of(self, error: CyberNormsError) -> int:
        return 503 if isinstance(error, AtWork) else super().status_of(error)


class Page(EssayHandler):
    """The page itself."""

    def get(self) -> None:
        token = self.xsrf_token.decode()
        self.finish(desk_page(self.session.desk.questions, token))


class File(EssayHandler):
    """What the page is made with."""

    def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{_FILES[name]}; charset=utf-8")
        self.finish(part(name))


class Overview(EssayHandler):
    """All texts with their marks."""

    async def get(self) -> None:
        self.answer(await self.on_disk(self.session.desk.overview))


class Text(EssayHandler):
    """The words of one text."""

    def get(self) -> None:
        question, text = self.get_query_argument("question"), self.get_query_argument("text")
        words, more = self.session.desk.words_of(question, text)
        self.answer({"text": words, "more": more})


class Mark(EssayHandler):
    """Writes a press to the disk, and answers when it is there."""

    async def post(self) -> None:
        press = self.read_json(Press)
        saved = await self.on_disk(lambda: self.session.desk.press(press))
        self.answer(saved | {"at": f"{datetime.now():%H:%M}"})


class Done(EssayHandler):
    """Ends the server once it has said how far the marking is."""

    async def post(self) -> None:
        self.answer({"said": await self.on_disk(lambda: closing(self.session.desk))})

    def on_finish(self) -> None:
        if self.get_status() == 200:
            self.session.done.set()


def closing(desk: Desk) -> str:
    """Return the sentence with which marking ends."""
    try:
        marked, texts = desk.progress()
    except CyberNormsError:
        return "Your marks are kept; run cybernorms mark again as before, and they count."
    return (
        f"{marked} of {plural(texts, 'text')} marked; run cybernorms mark again as before, "
        "and their points are in every total."
    )


_HANDLERS = (
    ("/", Page),
    (f"/({'|'.join(_FILES)})", File),
    ("/overview", Overview),
    ("/text", Text),
    ("/mark", Mark),
    ("/done", Done),
)


def serve(desk: Desk, *, browser: bool) -> str:
    """Serve the page until it is done or Ctrl+C is pressed; return how far the marking is.

    Arguments:
        desk: the texts and their marks.
        browser: whether to open it in the browser; the address is printed anyway.
    """
    try:
        asyncio.run(_serve(desk, browser))
    except KeyboardInterrupt:
        print()
    return closing(desk)


async def _serve(desk: Desk, browser: bool) -> None:
    session = Session(desk)
    await run(session, application(session, _HANDLERS), browser=browser, ends=_ENDS)
