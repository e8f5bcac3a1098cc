"""The page with one card: for whoever has its address, in words and by messages."""

from __future__ import annotations

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from cybernorms.loopback import HOST, application
from cybernorms.projector.cast import find_card
from cybernorms.projector.server import (
    _HANDLERS,
    ShownCard,
    script,
    stylesheet,
    work_of_its_own,
)


async def _served(work: Any) -> Any:
    with work_of_its_own():
        session = ShownCard(find_card("claims", ["first-use"], "01"))
    server = HTTPServer(application(session, _HANDLERS))
    sockets = bind_sockets(0, HOST)
    session.port = sockets[0].getsockname()[1]
    server.add_sockets(sockets)
    try:
        return await work(session, AsyncHTTPClient(force_instance=True))
    finally:
        server.stop()
        session.thread.shutdown()


def serve(work: Any) -> None:
    """Serve in a thread of its own, since tests in a browser have a loop that runs already."""
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, _served(work)).result()


async def _ask(session: ShownCard, client: AsyncHTTPClient, path: str, **more: Any) -> Any:
    headers = {
        "Cookie": f"cybernorms-show-{session.port}={session.cookie}",
        **more.pop("headers", {}),
    }
    request = HTTPRequest(f"http://{HOST}:{session.port}{path}", headers=headers, **more)
    return await client.fetch(request, raise_error=False)


def test_the_card_is_described_and_answers_messages() -> None:
    """Prevents a page on which the buttons do nothing."""

    async def work(session: ShownCard, client: AsyncHTTPClient) -> None:
        first = json.loads((await _ask(session, client, "/card")).body)
        assert first["store"] == "" and "Step 1 of 3" in json.dumps(first)
        page = (await _ask(session, client, "/")).body.decode()
        token = page.partition('data-token="')[2].partition('"')[0]
        xsrf = f"cybernorms-show-{session.port}={session.cookie}; cybernorms-show-xsrf={token}"
        sent = {
            "do": "press",
            "name": "next",
            "values": first["values"],
            "sender": "a",
            "number": 1,
        }
        headers = {"Content-Type": "application/json", "X-XSRFToken": token, "Cookie": xsrf}
        answer = await _ask(
            session, client, "/message", method="POST", body=json.dumps(sent), headers=headers
        )
        assert answer.code == 200 and "Step 2 of 3" in answer.body.decode()

    serve(work)


def test_nobody_else_can_open_it() -> None:
    """Prevents a student in the same network, or a page in the same browser, from joining in."""

    async def work(session: ShownCard, client: AsyncHTTPClient) -> None:
        address = f"http://{HOST}:{session.port}/card"
        with pytest.raises(HTTPClientError, match="403"):
            await client.fetch(address)
        other = {"Origin": "http://elsewhere.example"}
        assert (await _ask(session, client, "/card", headers=other)).code == 403
        assert (await _ask(session, client, "/message", method="POST", body="{}")).code == 403
        entered = await client.fetch(session.address(session.token))
        assert entered.code == 200 and urlsplit(session.address("x")).hostname == HOST

    serve(work)


def test_the_front_end_is_the_one_of_the_lessons() -> None:
    """Prevents a card on the wall that looks and works otherwise than in the lesson."""
    assert "import " not in script().split("class Card")[0]
    assert "class Card" in script() and "#cover" in stylesheet() and ".cn" in stylesheet()
    page = (Path(__file__).parents[2] / "src/cybernorms/projector/stage.html").read_text("utf-8")
    assert "<script>" not in page and "style=" not in page and "http" not in page


def test_answers_of_a_class_stay_out_of_the_teachers_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prevents a forecast of the class from closing that of the teacher."""
    monkeypatch.setenv("CYBERNORMS_WORK", "/mine")
    with work_of_its_own():
        inside = os.environ["CYBERNORMS_WORK"]
        assert inside != "/mine" and Path(inside).is_dir()
    assert os.environ["CYBERNORMS_WORK"] == "/mine" and not Path(inside).exists()
    monkeypatch.delenv("CYBERNORMS_WORK")
    with work_of_its_own():
        pass
    assert "CYBERNORMS_WORK" not in os.environ
