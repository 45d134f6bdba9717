"""Numbers on a private port, without a word about anybody."""

import socket
import urllib.request

from server import metrics


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return str(answer.read().decode())


def test_they_are_told_on_the_port_that_was_asked_for() -> None:
    port = _free_port()
    metrics.serve(port)
    metrics.ANSWERS.labels("/api/v1/conversations/{id}", "200").observe(0.01)
    told = _read(port)
    assert 'route="/api/v1/conversations/{id}"' in told
    assert "bloomtext_sockets" in told


def test_a_taken_port_stops_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        metrics.serve(taken.getsockname()[1])


def test_zero_means_not_at_all() -> None:
    metrics.serve(0)
