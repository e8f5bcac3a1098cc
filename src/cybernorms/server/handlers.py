"""What the page of a lesson may ask the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import web

from cybernorms.errors import CyberNormsError

if TYPE_CHECKING:
    from cybernorms.exercises.own_code import OwnCode

NOWHERE = "There are no lessons of this module in that folder"
Result = TypeVar("Result")


def handlers(
    base_url: str, contents: Any
) -> list[tuple[str, type[JupyterHandler], dict[str, Any]]]:
    """Return the handlers, each with its address and what it is given."""
    from cybernorms.server.progress import Progress

    given = {"contents": contents, "progress": Progress()}
    named: dict[str, type[JupyterHandler]] = {"lessons": Lessons, "answers": Answers, "code": Code}
    return [(f"{base_url}cybernorms/{name}", each, given) for name, each in named.items()]


async def _apart(work: Callable[..., Result], *arguments: Any) -> Result:
    """Do what waits for the disk beside the server's own work; say what is wrong with it."""
    try:
        return await asyncio.to_thread(work, *arguments)
    except CyberNormsError as error:
        raise web.HTTPError(409, str(error), reason="Not done") from None


class _Ours:
    """What our handlers are given."""

    def initialize(self, contents: Any, progress: Any) -> None:
        self.contents, self.progress = contents, progress


class Lessons(_Ours, APIHandler):
    """The lessons and exercise sets beside a notebook, with the learner's progress."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Answer with a list of entries; `at` is the path of a notebook."""
        found = await _apart(self._entries, self.get_query_argument("at", ""))
        self.set_header("Cache-Control", "no-store")
        self.finish(msgspec.json.encode(found))

    def _entries(self, path: str) -> list[Any]:
        from cybernorms.server.course import find_course

        found = find_course(self.contents, path)
        return found.course.entries(self.progress) if found else []


class Answers(_Ours, JupyterHandler):
    """A page to print: the learner's own answers to one lesson or set."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Answer with a page; `at` is the path of a notebook, or `lesson` a number."""
        asked = [self.get_query_argument(name, "") for name in ("at", "lesson")]
        made = await _apart(self._page, *asked)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(made)

    def _page(self, path: str, number: str) -> str:
        from cybernorms.exercises.record import Record
        from cybernorms.exercises.shipped import number_of
        from cybernorms.pages.my_answers import my_answers
        from cybernorms.server.course import find_course

        found = find_course(self.contents, path)
        shipped = found.course.shipped if found else {}
        chosen = found.path if found and found.path else ""
        if number:
            chosen = next((each for each in shipped if number_of(each) == number), "")
        if not found or chosen not in shipped:
            raise web.HTTPError(404, NOWHERE)
        history = Record(found.course.work()).read()
        return my_answers(chosen, shipped[chosen], history)


class Code(_Ours, APIHandler):
    """The code that a learner writes in the cells of an exercise notebook."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Answer with the kept text of each cell that has one."""
        found = await _apart(self._kept, self.get_query_argument("at", ""))
        self.set_header("Cache-Control", "no-store")
        self.finish(msgspec.json.encode(found))

    @web.authenticated
    @authorized
    async def put(self) -> None:
        """Keep the text of one cell: `at`, `cell`, `text`, and what was `shown` before."""
        given = self.get_json_body()
        names = ("at", "cell", "text", "shown")
        if not isinstance(given, dict) or any(type(given.get(name)) is not str for name in names):
            raise web.HTTPError(400, "A path, a cell, its text and the one before are expected")
        kept = await _apart(self._keep, *(given[name] for name in names))
        self.finish(msgspec.json.encode({"text": kept}))

    def _own(self, path: str) -> tuple[OwnCode, tuple[str, ...]]:
        from cybernorms.exercises.own_code import OwnCode
        from cybernorms.server.course import find_course

        found = find_course(self.contents, path)
        if not found or found.path not in found.course.shipped:
            raise web.HTTPError(404, NOWHERE)
        name = found.path.rpartition("/")[2].removesuffix(".ipynb")
        return OwnCode(found.course.work(), name), found.course.shipped[found.path].code

    def _kept(self, path: str) -> dict[str, str]:
        own, cells = self._own(path)
        return own.read(cells)

    def _keep(self, path: str, cell: str, text: str, shown: str) -> str:
        own, cells = self._own(path)
        if cell not in cells:
            raise web.HTTPError(404, "There is no such cell to write code in")
        return own.keep(cell, text, shown)
