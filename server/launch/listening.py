"""Opening the sockets that a server listens on."""

import os
import resource
import socket
from collections.abc import Sequence
from contextlib import suppress

BACKLOG = 4096
"""A whole clinic's browsers come back in the same second after a restart."""


def open_sockets(listen: "Sequence[str] | int") -> list[socket.socket]:
    """The listening sockets for `host:port`, `[v6]:port` and `unix:/path` strings, or for one inherited descriptor.

    Raises OSError when an address is taken, ValueError when one cannot be read.
    """
    if isinstance(listen, int):
        return [socket.socket(fileno=listen)]
    return [_open(address) for address in listen]


def _open(address: str) -> socket.socket:
    if address.startswith("unix:"):
        return _open_unix(address.removeprefix("unix:"))
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise ValueError("an address to listen on is host:port or unix:/path")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    return socket.create_server((host.strip("[]"), int(port)), family=family, backlog=BACKLOG)


def _open_unix(path: str) -> socket.socket:
    with suppress(FileNotFoundError):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(BACKLOG)
    return listener


def raise_descriptor_limit() -> None:
    """Allow as many open sockets as the system lets us: the usual soft limit of 1,024 is a busy morning."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
