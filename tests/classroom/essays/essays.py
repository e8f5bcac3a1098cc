"""A class with essays, the server of its page, and a small client that speaks plain HTTP."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from cybernorms.exercises.kinds import Written
from cybernorms.exercises.question_files import find_question
from tests.classroom.factories import WRITTEN, entry, hand_in, marked, put
from tests.paths import SOURCE

MINISTER = "un-minister"
QUESTION = find_question(WRITTEN)
assert isinstance(QUESTION, Written)
CRITERIA = [each.id for each in QUESTION.criteria]


def class_of(folder: Path, students: int = 3, questions: tuple[str, ...] = (WRITTEN,)) -> Path:
    """Mark a class whose students each wrote a text of their own for each question."""
    for number in range(students):
        answers = [
            entry(each, f"Minister, this is what student number {number} has to say on {each}.")
            for each in questions
        ]
        put(folder / "in", f"made{number}_{number + 1}_9_x.json", hand_in(f"S {number}", answers))
    results, _ = marked(folder / "in")
    return results


class Served:
    """The command `cybernorms essays` at work, as a process of its own.

    Arguments:
        results: of a class.
        browser: a program to open the page with; none is opened if not given.
    """

    def __init__(self, results: Path, browser: Path | None = None) -> None:
        command = [sys.executable, "-m", "cybernorms.cli", "essays", str(results)]
        command += [] if browser else ["--no-browser"]
        settings = os.environ | {"PYTHONPATH": str(SOURCE), "BROWSER": str(browser or "")}
        self.process = subprocess.Popen(
            command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + (self.process.stderr.read() if self.process.stderr else "")
        self.address = found[0]
        self.port = urlsplit(self.address).port or 0

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.communicate()

    def client(self) -> Client:
        """Return a client that has opened the address."""
        client = Client(self.port)
        client.enter(self.address)
        return client


class Client:
    """A browser without a screen: it keeps cookies, and the token of the page."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.cookies: dict[str, str] = {}
        self.token = ""

    def enter(self, address: str) -> None:
        """Exchange the token of an address for the cookie, and open the page."""
        parts = urlsplit(address)
        status, headers, _ = self.ask("GET", f"{parts.path}?{parts.query}")
        assert (status, headers["Refresh"]) == (200, "0; url=/")
        _, _, page = self.ask("GET", "/")
        found = re.search(r'<meta name="xsrf" content="([^"]+)">', page.decode())
        assert found
        self.token = found[1]

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request, with the headers that a browser sends; `_` in their names means `-`."""
        sent = {
            "Host": self.host,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if method != "GET":
            sent |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
            sent |= {"X-XSRFToken": self.token}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {k: v for k, v in sent.items() if v})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, dict(answer.headers), content

    def overview(self) -> dict[str, Any]:
        """Return all texts with their marks."""
        status, _, content = self.ask("GET", "/overview")
        assert status == 200, content
        found: dict[str, Any] = json.loads(content)
        return found

    def words(self, text: dict[str, Any]) -> str:
        """Return the words of a text."""
        path = f"/text?question={quote(text['question'])}&text={quote(text['id'])}"
        status, _, content = self.ask("GET", path)
        assert status == 200, content
        return str(json.loads(content)["text"])

    def press(self, text: dict[str, Any], criterion: str, **what: Any) -> tuple[int, Any]:
        """Press a level, or give a comment."""
        body = {"question": text["question"], "text": text["id"], "criterion": criterion} | what
        status, _, content = self.ask("POST", "/mark", json.dumps(body).encode())
        return status, json.loads(content)
