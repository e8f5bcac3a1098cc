"""The server of the page: open to whoever has the address, on this computer, from our own page."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cybernorms.classroom.essays.desk import Desk
from cybernorms.classroom.essays.server import Session
from cybernorms.classroom.results import workplace
from tests.classroom.essays.essays import CRITERIA, MINISTER, Client, Served, class_of
from tests.classroom.factories import WRITTEN, entry, hand_in, marked, put, rows

WRITES = ["/mark", "/done"]
READS = ["/", "/overview", "/text?question=a&text=b", "/desk.js", "/desk.css"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a server that all tests of this file ask, and whose marks none of them looks at."""
    with Served(class_of(tmp_path_factory.mktemp("served"), 3, (WRITTEN, MINISTER))) as served:
        yield served


@pytest.fixture
def client(served: Served) -> Client:
    return served.client()


def body(client: Client) -> bytes:
    text = client.overview()["texts"][0]
    press = {"question": text["question"], "text": text["id"]}
    criterion = CRITERIA[0] if text["question"] == WRITTEN else "force"
    return json.dumps(press | {"criterion": criterion, "level": 1}).encode()


def test_a_press_is_saved_and_says_when(client: Client) -> None:
    text = client.overview()["texts"][0]
    status, saved = client.press(text, CRITERIA[0], level=1, comment="Good")
    assert status == 200
    assert re.fullmatch(r"\d\d:\d\d", saved["at"])
    assert client.overview()["texts"][0]["marks"] == saved["marks"]
    assert "has to say" in client.words(text)


@pytest.mark.parametrize("path", [*READS, "/no-such"])
@pytest.mark.parametrize("cookie", ["", "cybernorms-essays-PORT=wrong", "x=1; y"])
def test_nothing_is_told_without_the_cookie(served: Served, path: str, cookie: str) -> None:
    """Prevents another user of the computer from reading essays."""
    client = Client(served.port)
    cookie = cookie.replace("PORT", str(served.port))
    status, _, content = client.ask("GET", path, Cookie=cookie)
    assert status == 403
    assert b"address printed in the terminal" in content


@pytest.mark.parametrize("path", WRITES)
def test_nothing_is_changed_without_the_cookie(served: Served, path: str) -> None:
    client = served.client()
    press = body(client)
    del client.cookies[f"cybernorms-essays-{served.port}"]
    assert client.ask("POST", path, press)[0] == 403


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\u00e9", "%00"])
def test_a_wrong_token_opens_nothing(served: Served, token: str) -> None:
    client = Client(served.port)
    assert client.ask("GET", f"/enter?token={token.encode().hex() if token else ''}")[0] == 403
    assert client.ask("GET", "/enter")[0] == 403
    assert client.cookies == {}


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(served: Served) -> None:
    _, headers, _ = Client(served.port).ask(
        "GET", urlsplit(served.address)._replace(scheme="", netloc="").geturl()
    )
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=Strict" in headers["Set-Cookie"]


def test_the_token_of_the_browser_opens_the_page_once(tmp_path: Path) -> None:
    """Prevents whoever sees the browser's arguments from opening the page as well."""
    session = Session(Desk(class_of(tmp_path, 1), {each.id: each for each in _questions()}))
    once = session.once
    assert session.admits(once)
    assert not session.admits(once)
    assert session.admits(session.token)
    assert session.admits(session.token)
    session.thread.shutdown()


def _questions() -> list:
    from cybernorms.exercises.question_files import load_question_sets

    return [one for each in load_question_sets() for one in each.questions]


@pytest.mark.parametrize("path", [*READS, "/enter?token=x", "/no-such"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "[::1]:PORT",
        "0.0.0.0:PORT",
        "127.0.0.1.evil.example:PORT",
    ],
)
def test_another_host_that_leads_here_is_refused(
    served: Served, client: Client, host: str, path: str
) -> None:
    """Prevents a page of another site from reading essays by giving its name our address."""
    status, _, content = client.ask("GET", path, Host=host.replace("PORT", str(served.port)))
    assert status == 403
    assert b"student number" not in content


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:PORT"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"X_XSRFToken": ""},
        {"X_XSRFToken": "2|aaaaaaaa|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1"},
    ],
    ids=str,
)
def test_a_write_from_elsewhere_is_refused(
    served: Served, client: Client, headers: dict[str, str], path: str
) -> None:
    """Prevents a page of another site from giving marks in the teacher's name."""
    press = body(client)
    before = client.overview()
    sent = {name: each.replace("PORT", str(served.port)) for name, each in headers.items()}
    assert client.ask("POST", path, press, **sent)[0] == 403
    assert client.overview() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", READS)
def test_a_read_from_elsewhere_is_refused(client: Client, path: str, site: str) -> None:
    assert client.ask("GET", path, Sec_Fetch_Site=site)[0] == 403


def test_the_address_can_be_clicked_wherever_it_stands(served: Served) -> None:
    """Prevents a terminal in the browser, from which a click is one from another site."""
    path = urlsplit(served.address)._replace(scheme="", netloc="").geturl()
    assert Client(served.port).ask("GET", path, Sec_Fetch_Site="cross-site")[0] == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *[
            (method, path)
            for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "BREW")
            for path in ("/", "/mark", "/overview")
        ],
        *[("GET", path) for path in WRITES],
        *[("POST", path) for path in ("/", "/overview", "/text", "/desk.js", "/enter")],
    ],
)
def test_other_methods_are_refused(client: Client, method: str, path: str) -> None:
    assert client.ask(method, path, b"{}" if method != "GET" else None)[0] in (400, 403, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/desk.html",
        "/../desk.js",
        "/%2e%2e/secret.txt",
        "/secret.txt",
        "/blind-ids.csv",
        "//etc/passwd",
    ],
)
def test_no_other_file_is_served(client: Client, path: str) -> None:
    assert client.ask("GET", path)[0] == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"\xff", 400),
        (b'{"question": 1}', 400),
        (b'{"question":"a","text":"b","criterion":"c","level":"0"}', 400),
        (b'{"question":"a","text":"b","criterion":"c","level":true}', 400),
        (b'{"question":"a","text":"b","criterion":"c","level":0,"points":100}', 400),
        (b'{"question":"a","text":"b","criterion":"c","level":0}', 409),
        (b"[" * 60_000, 400),
    ],
)
def test_a_press_that_means_nothing_is_refused_in_a_sentence(
    client: Client, content: bytes, status: int
) -> None:
    found, _, answer = client.ask("POST", "/mark", content)
    assert found == status
    assert json.loads(answer)["error"].endswith(".")


def test_a_press_that_is_no_json_is_refused(client: Client) -> None:
    """Prevents a form of another site, which a browser sends without asking."""
    press = body(client)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert client.ask("POST", "/mark", press, Content_Type=kind)[0] in (400, 415)


def test_a_request_that_is_too_large_is_cut_off(served: Served, client: Client) -> None:
    try:
        status = client.ask("POST", "/mark", b" " * 200_000)[0]
    except OSError:
        status = 400
    assert status == 400
    with contextlib.suppress(OSError):
        assert client.ask("GET", "/", X_Long="x" * 200_000)[0] in (400, 431)
    assert client.overview()["texts"]


def test_every_answer_says_what_browsers_may_do_with_it(client: Client) -> None:
    for path in [*READS, "/no-such"]:
        _, headers, _ = client.ask("GET", path)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(client: Client) -> None:
    for path in ("/", "/desk.js", "/desk.css"):
        _, _, content = client.ask("GET", path)
        assert not re.search(rb"https?://|@import|\son\w+=|style=|<script>", content), path


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address")
def test_it_listens_on_one_address_of_this_computer_alone(served: Served) -> None:
    """Prevents a page that the network can reach; 127.0.0.2 stands for every other address."""
    socket.create_connection(("127.0.0.1", served.port), 5).close()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", served.port), 5)


def test_no_name_of_a_student_is_in_anything_that_is_sent(client: Client) -> None:
    """Prevents a marker from knowing whose text it is."""
    sent = [client.ask("GET", path)[2] for path in READS[:2]]
    assert not re.search(rb"S \d|made\d", b"".join(sent))


@pytest.mark.skipif(os.name == "nt", reason="a program of two lines for the shell")
def test_the_browser_gets_an_address_of_its_own_that_works_once(tmp_path: Path) -> None:
    """Prevents a command that opens nothing, and one whose arguments open the page for others."""
    program = tmp_path / "browser"
    program.write_text(
        f'#!/bin/sh\necho "$1" > "{tmp_path}/part" && mv "{tmp_path}/part" "{tmp_path}/address"\n'
    )
    program.chmod(0o700)
    with Served(class_of(tmp_path, 1), program) as served:
        give_up = time.monotonic() + 20
        while not (tmp_path / "address").exists() and time.monotonic() < give_up:
            time.sleep(0.05)
        address = (tmp_path / "address").read_text().strip()
        assert address != served.address
        path = urlsplit(address)._replace(scheme="", netloc="").geturl()
        assert Client(served.port).ask("GET", path)[0] == 200
        assert Client(served.port).ask("GET", path)[0] == 403
        assert served.client().overview()["texts"]


@pytest.mark.parametrize("way", ["Ctrl+C", "done"])
def test_it_ends_with_one_sentence(tmp_path: Path, way: str) -> None:
    results = class_of(tmp_path, 2)
    with Served(results) as served:
        client = served.client()
        text = client.overview()["texts"][0]
        for criterion in CRITERIA:
            assert client.press(text, criterion, level=0)[0] == 200
        sentence = "1 of 2 texts marked; run cybernorms mark again as before, and their points"
        if way == "done":
            status, _, content = client.ask("POST", "/done", b"{}")
            assert status == 200
            assert sentence in json.loads(content)["said"]
        else:
            served.process.send_signal(signal.SIGINT)
        out, errors = served.process.communicate(timeout=20)
        assert (served.process.returncode, errors) == (0, "")
        assert sentence in out
    marked(tmp_path / "in")
    assert {row["awaiting teacher"] for row in rows(results / "gradebook.csv")} == {"0", "2"}


def test_what_happens_is_not_printed(tmp_path: Path) -> None:
    """Prevents tokens in a log, and a terminal full of warnings."""
    with Served(class_of(tmp_path, 1)) as served:
        client = served.client()
        client.ask("GET", "/enter?token=wrong")
        client.ask("GET", "/no-such")
        client.ask("POST", "/mark", b"{")
        served.process.send_signal(signal.SIGINT)
        _, errors = served.process.communicate(timeout=20)
        assert errors == ""


def test_while_a_class_is_marked_a_press_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = class_of(tmp_path, 1)
    with Served(results) as served:
        client = served.client()
        [text] = client.overview()["texts"]
        with workplace.holding(results):
            status, answer = client.press(text, CRITERIA[0], level=1)
        assert status == 503
        assert "Another run is writing these results" in answer["error"]
        assert client.press(text, CRITERIA[0], level=1)[0] == 200


def test_a_hostile_text_comes_as_text(tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)>\u202e" + "y" * 1_000_000
    put(tmp_path / "in", "eve_1_2_x.json", hand_in("Eve", [entry(WRITTEN, hostile)]))
    results, _ = marked(tmp_path / "in")
    with Served(results) as served:
        client = served.client()
        [text] = client.overview()["texts"]
        assert client.words(text) == hostile.replace("\u202e", "")[:20_000]
        _, headers, _ = client.ask("GET", f"/text?question={WRITTEN}&text={text['id']}")
        assert headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.skipif(os.name != "posix", reason="limits the files of a process")
def test_many_who_ask_slowly_keep_nobody_out(tmp_path: Path) -> None:
    """Prevents another account of a shared computer from stopping the marking."""
    import resource

    results = class_of(tmp_path)
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (150, most))  # macOS gives 256
    try:
        served = Served(results)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
    with served, contextlib.ExitStack() as slow:
        client = served.client()
        for begun in (b"", b"GET / HT", b"POST /mark HTTP/1.1\r\nContent-Length: 9\r\n\r\n{") * 100:
            each = socket.create_connection(("127.0.0.1", served.port), timeout=10)
            slow.enter_context(each)
            with contextlib.suppress(OSError):
                each.sendall(begun)
        assert client.ask("GET", "/overview")[0] == 200
