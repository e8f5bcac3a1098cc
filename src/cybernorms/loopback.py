"""A server on this computer for one page, which nobody else can open.

It listens on the loopback address alone, on a port that the system chooses. The address that opens
the page holds a token, which is exchanged for a cookie. A page of another site in the same browser
can neither read nor change anything: the host has to be ours, requests have to come from our own
page, and those that change something need a token of that page as well.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import threading
import webbrowser
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import Any, NoReturn, TypeVar

import msgspec
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from cybernorms.errors import CyberNormsError

HOST = "127.0.0.1"
MOST_CONNECTIONS = 50  # at a time; a browser has six
MOST_BYTES = 64 * 1024  # of a request
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_T = TypeVar("_T")


class Session:
    """What belongs to one run of a server: its tokens, and its one thread for the disk.

    Arguments:
        name: what its cookies are called by.
        title: of the page.
    """

    def __init__(self, name: str, title: str) -> None:
        self.name, self.title = name, title
        self.port = 0
        self.token = secrets.token_urlsafe(32)
        self.once = secrets.token_urlsafe(32)  # for a browser, whose arguments others may see
        self.cookie = secrets.token_urlsafe(32)
        self.done = asyncio.Event()
        self.thread = ThreadPoolExecutor(1)

    def admits(self, token: str) -> bool:
        """Return whether a token opens the page; that of the browser does so once."""
        once, self.once = self.once, self.once if token != self.once else secrets.token_urlsafe(32)
        return any(
            hmac.compare_digest(token.encode(), each.encode()) for each in (self.token, once)
        )

    def address(self, token: str) -> str:
        """Return the address that opens the page."""
        return f"http://{HOST}:{self.port}/enter?token={token}"


class Handler(RequestHandler):
    """Answers whoever has the cookie, from our own page."""

    open = False  # whether it can be asked without the cookie, and from elsewhere

    def initialize(self, session: Any) -> None:
        self.session = session

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        host = f"{HOST}:{self.session.port}"
        if self.request.host not in (host, f"localhost:{self.session.port}"):
            raise HTTPError(403)  # a name of another site that leads here
        if self.open:
            return
        origin = self.request.headers.get("Origin", f"http://{self.request.host}")
        if origin != f"http://{self.request.host}":
            raise HTTPError(403)
        if self.request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise HTTPError(403)
        cookie = self.get_cookie(self.cookie_name) or ""
        if not hmac.compare_digest(cookie.encode(), self.session.cookie.encode()):
            raise HTTPError(403)

    @property
    def cookie_name(self) -> str:
        """Return the name of the cookie; cookies of all ports lie together."""
        return f"cybernorms-{self.session.name}-{self.session.port}"

    async def on_disk(self, work: Callable[[], _T]) -> _T:
        """Return what work on the disk gives; one piece of work after the other."""
        return await asyncio.get_running_loop().run_in_executor(self.session.thread, work)

    def read_json(self, type: type[_T]) -> _T:
        """Return what was sent.

        Raises:
            HTTPError: it is not JSON of that type.
        """
        if self.request.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise HTTPError(415)
        try:
            return msgspec.json.decode(self.request.body, type=type)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise HTTPError(400) from None

    def answer(self, content: Any) -> None:
        """Finish with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(msgspec.json.encode(content))

    def status_of(self, error: CyberNormsError) -> int:
        """Return the status with which a mistake of the module's own is told."""
        return 409

    def write_error(self, status_code: int, **more: Any) -> None:
        """Say in a sentence what is the matter."""
        error = more.get("exc_info", (None, None, None))[1]
        if isinstance(error, CyberNormsError):
            self.set_status(self.status_of(error))
            said = f"{error.what}. {error.remedy}".strip() + "."
        elif status_code == 403:
            said = (
                "This page opens only at the address printed in the terminal. Open it from there."
            )
        elif status_code >= 500:
            said = f"Something went wrong in the program ({type(error).__name__})."
        else:
            said = f"This cannot be asked here ({status_code})."
        self.answer({"error": said})

    def log_exception(self, *_: Any) -> None:
        """Print nothing: the page says it."""


class Enter(Handler):
    """Exchanges the token for the cookie."""

    open = True

    def get(self) -> None:
        if not self.session.admits(self.get_query_argument("token", "")):
            raise HTTPError(403)
        self.set_cookie(
            self.cookie_name, self.session.cookie, path="/", httponly=True, samesite="Strict"
        )
        # A redirect would still count as coming from wherever the address was clicked.
        self.set_header("Refresh", "0; url=/")
        title = escape(self.session.title)
        self.finish(f'<!doctype html><title>{title}</title><a href="/">Open the page</a>')


class Nothing(Handler):
    """Whatever else is asked for."""

    def prepare(self) -> NoReturn:
        super().prepare()
        raise HTTPError(404)


def application(session: Session, handlers: Sequence[tuple[str, type[Handler]]]) -> Application:
    """Return what answers for a session: its own handlers, the entrance, and nothing else."""
    common = {"session": session}
    return Application(
        [(path, handler, common) for path, handler in (*handlers, ("/enter", Enter))],
        default_handler_class=Nothing,
        default_handler_args=common,
        log_function=lambda _: None,  # it would print the token
        xsrf_cookies=True,
        xsrf_cookie_name=f"cybernorms-{session.name}-xsrf",
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict", "path": "/"},
    )


class _Server(HTTPServer):
    """A server that holds few connections, so that idle ones of others keep nobody out."""

    def initialize(self, *arguments: Any, **more: Any) -> None:
        super().initialize(*arguments, **more)
        self._streams: deque[IOStream] = deque()

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Take a new connection in, and end the oldest where there are too many."""
        self._streams = deque(each for each in self._streams if not each.closed())
        if len(self._streams) >= MOST_CONNECTIONS:
            self._streams.popleft().close()
        self._streams.append(stream)
        super().handle_stream(stream, address)


async def run(session: Session, answers: Application, *, browser: bool, ends: str) -> None:
    """Serve a page until its session is done.

    Arguments:
        session: to which the page belongs.
        answers: what answers for it.
        browser: whether to open it in the browser; the address is printed anyway.
        ends: a line that says how to end it.
    """
    server = _Server(
        answers,
        max_body_size=MOST_BYTES,
        max_header_size=MOST_BYTES,
        max_buffer_size=4 * MOST_BYTES,
        idle_connection_timeout=120,
        body_timeout=60,
    )
    sockets = bind_sockets(0, HOST)
    session.port = sockets[0].getsockname()[1]
    server.add_sockets(sockets)
    print(f"{session.title} at {session.address(session.token)}", flush=True)
    print(ends, flush=True)
    if browser:
        address = session.address(session.once)
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        await session.done.wait()
        await asyncio.sleep(0.2)  # until the answer has left
    finally:
        server.stop()
        session.thread.shutdown()
