"""Refuse every connection that leaves this computer.

Python imports this file by itself at its start when this folder is on PYTHONPATH. `start.py test`
runs the notebooks so, kernels included: a lesson that needs the network would fail in class.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
from collections.abc import Callable
from typing import Any


class NetworkBlockedError(OSError):
    """A program tried to reach another computer."""


def _is_local(host: object) -> bool:
    """Say whether a host name or address means this computer."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> None:
    raise NetworkBlockedError(
        f"The network is blocked while notebooks are tested, and this wanted to reach {host!r}. "
        "Everything that a lesson needs must come with the module."
    )


def _guard_method(name: str) -> None:
    """Guard a method of sockets whose last argument is the address, as all of them have it."""
    unguarded = getattr(socket.socket, name)

    @functools.wraps(unguarded)
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1] if arguments else None
        if isinstance(address, tuple) and not _is_local(address[0]):
            _refuse(address[0])
        return unguarded(self, *arguments)

    setattr(socket.socket, name, guarded)


def _guard_lookup(unguarded: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a function that looks a host up, which asks the network as well."""

    @functools.wraps(unguarded)
    def guarded(host: object, *arguments: Any, **named: Any) -> Any:
        if not _is_local(host) and not _is_address(host):
            _refuse(host)
        return unguarded(host, *arguments, **named)

    return guarded


def _is_address(host: object) -> bool:
    """Say whether a host is given as a number, for which nothing is looked up."""
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return True


for _name in ("connect", "connect_ex", "sendto"):
    _guard_method(_name)
for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, _name, _guard_lookup(getattr(socket, _name)))
