"""The wall around notebooks under test: nothing leaves this computer, and nothing else is hurt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import start

# Addresses kept for documentation: were the wall to fall, they would answer to nobody.
OUTSIDE = {
    "an address": "socket.create_connection(('192.0.2.1', 80), timeout=1)",
    "an IPv6 address": "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80, 0, 0))",
    "a name": "socket.create_connection(('example.org', 80), timeout=1)",
    "a name as bytes": "socket.getaddrinfo(b'example.org', 80)",
    "a name asked for by keyword": "socket.getaddrinfo(host='example.org', port=80)",
    "a connection without an exception": "socket.socket().connect_ex(('192.0.2.1', 80))",
    "a datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "a web page": "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)",
}


def python(code: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    settings = start.offline(str(tmp_path))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        settings.pop(name, None)
    command = [sys.executable, "-c", f"import socket\n{code}\n"]
    return subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("way", OUTSIDE)
def test_no_way_leads_outside(way: str, tmp_path: Path) -> None:
    done = python(OUTSIDE[way], tmp_path)
    assert done.returncode != 0
    assert "The network is blocked while notebooks are tested" in done.stderr


def test_this_computer_is_reached_by_name_and_by_number(tmp_path: Path) -> None:
    # A kernel talks to the notebook over the loopback.
    code = """
with socket.create_server(("127.0.0.1", 0)) as server:
    port = server.getsockname()[1]
    for host in ("127.0.0.1", "localhost"):
        socket.create_connection((host, port), timeout=5).close()
print("reached")
"""
    done = python(code, tmp_path)
    assert done.stdout == "reached\n", done.stderr


@pytest.mark.skipif(start.ON_WINDOWS, reason="Windows has no AF_UNIX in Python")
def test_a_socket_that_is_a_file_is_reached(tmp_path: Path) -> None:
    code = f"""
server = socket.socket(socket.AF_UNIX)
server.bind({str(tmp_path / "s")!r})
server.listen()
socket.socket(socket.AF_UNIX).connect({str(tmp_path / "s")!r})
print("reached")
"""
    done = python(code, tmp_path)
    assert done.stdout == "reached\n", done.stderr


def test_ours_is_the_sitecustomize_that_python_imports(tmp_path: Path) -> None:
    # Debian, or the environment itself, may have one too, and only the first is imported.
    done = python("import sitecustomize; print(sitecustomize.__file__)", tmp_path)
    assert Path(done.stdout.strip()).parent == start.ROOT / "tests" / "offline"


@pytest.mark.slow
def test_a_kernel_is_behind_the_wall_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyter_client.manager import start_new_kernel

    said: list[str] = []

    def hear(message: dict) -> None:
        said.append(str(message["content"]))

    manager, client = start_new_kernel(env=start.offline(str(tmp_path)))
    try:
        client.execute_interactive(
            "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
            timeout=30,
            output_hook=hear,
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert any("The network is blocked" in text for text in said)
