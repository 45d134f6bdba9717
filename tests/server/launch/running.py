"""A launcher in a process of its own, and what tests ask of it."""

import http.client
import json
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any, Protocol

import psutil  # type: ignore[import-untyped, unused-ignore]
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parents[3]
PATIENCE = 20.0
"""Seconds after which an event that was awaited counts as never coming; generous for a busy machine."""

App = Callable[..., "Running"]


class Closable(Protocol):
    def close(self) -> None: ...


@dataclass
class Answer:
    """A whole HTTP answer."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Running:
    """One process; `said` holds what its application printed, `log` what it logged."""

    def __init__(self, options: dict[str, Any], command: list[str] | None = None) -> None:
        line = command or [sys.executable, "-m", "tests.server.launch.testapp", json.dumps(options)]
        self.process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._opened: list[Closable] = []
        self.said: list[dict[str, Any]] = []
        self.log = ""
        self._news: queue.Queue[dict[str, Any]] = queue.Queue()
        self._readers = [threading.Thread(target=read, daemon=True) for read in (self._read_said, self._read_log)]
        for reader in self._readers:
            reader.start()

    def _read_said(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._news.put(json.loads(line))

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log += line

    def await_said(self, what: str, **details: Any) -> dict[str, Any]:
        """The next thing of this name and with these details that the process says."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                news = self._news.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{what!r} was never said; the log: {self.log}") from None
            self.said.append(news)
            if news.items() >= {"say": what, **details}.items():
                return news

    def await_logged(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text not in self.log:
            assert time.monotonic() < end, f"{text!r} was never logged; the log: {self.log}"
            time.sleep(0.01)

    def await_ready(self) -> "Running":
        host, _, port = self.await_said("ready")["address"].rpartition(":")
        self.address = (host, int(port))
        return self

    def order(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def await_exit(self) -> int:
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        while not self._news.empty():
            self.said.append(self._news.get())
        return code

    def close_connections(self) -> None:
        """Let go of every connection that a test has opened."""
        while self._opened:
            with suppress(OSError):
                self._opened.pop().close()

    def end(self) -> None:
        """Kill the process if it still runs, and let go of everything."""
        self.close_connections()
        self.process.kill()
        self.await_exit()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    @property
    def said_words(self) -> list[str]:
        return [news["say"] for news in self.said]

    @property
    def memory(self) -> int:
        """Resident bytes of the process."""
        return int(psutil.Process(self.process.pid).memory_info().rss)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Callable[[], Answer]:
        """Send one request on a connection of its own; what comes back waits for the answer. `_` in a name is `-`."""
        client = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        self._opened.append(client)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client.request(method, path, body=body, headers=named, encode_chunked=not isinstance(body, bytes | None))

        def answer() -> Answer:
            with client.getresponse() as response:
                return Answer(response.status, response.headers, response.read())

        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """The answer to one GET."""
        return self.ask("GET", path, **headers)()

    def raw(self, data: bytes = b"", receive_buffer: int | None = None) -> socket.socket:
        """A bare connection on which this has been sent."""
        connection = socket.socket()
        self._opened.append(connection)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(PATIENCE)
        connection.connect(self.address)
        connection.sendall(data)
        return connection

    def talk(self, path: str = "/talk", **options: Any) -> ClientConnection:
        """An open websocket; it and its TCP connection end with the test at the latest."""
        address = f"ws://{self.address[0]}:{self.address[1]}{path}"
        settings: dict[str, Any] = {"sock": self.raw(), "open_timeout": PATIENCE, "close_timeout": PATIENCE}
        # The library's own keepalive and compression stay out of the way; `legacy` is its word for one connection.
        settings |= {"compression": None, "ping_interval": None, "proxy": None, "legacy": True}
        connection: ClientConnection = connect(address, **(settings | options))
        return connection

    def narrow_talk(self, **options: Any) -> ClientConnection:
        """A websocket with little room for what its client does not read."""
        return self.talk(sock=self.raw(receive_buffer=4096), **options)


def read_all(connection: socket.socket) -> bytes:
    """Everything until the other side closes; a reset counts as a close."""
    data = b""
    try:
        while chunk := connection.recv(65536):
            data += chunk
    except ConnectionResetError:
        pass
    return data
