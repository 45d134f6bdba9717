"""As a process of its own it says its ports, serves the socket it was handed, and ends with its parent."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request

import msgspec
import pytest

from server.simulator.settings import SimulatorSettings


def start(account: SimulatorSettings, listener: socket.socket) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", "server.simulator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[listener.fileno()],
    )
    assert process.stdin is not None
    handed = msgspec.structs.replace(account, http_fd=listener.fileno())
    process.stdin.write(msgspec.json.encode(handed) + b"\n")
    process.stdin.flush()
    return process


class TestProcess:
    @pytest.mark.parametrize("how", ["end of input", "SIGTERM"])
    def test_serves_the_socket_it_was_handed_until_told_to_stop(self, account: SimulatorSettings, how: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener, start(account, listener) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            ports = json.loads(process.stdout.readline())
            assert ports["port"] == listener.getsockname()[1]
            with urllib.request.urlopen(f"http://127.0.0.1:{ports['port']}/_ledger", timeout=5) as answer:
                assert json.load(answer) == {"posts": []}
            with socket.create_connection(("127.0.0.1", ports["smtp_port"]), timeout=5) as mail:
                assert mail.recv(3) == b"220"

            if how == "SIGTERM":
                process.send_signal(signal.SIGTERM)
            else:
                process.stdin.close()
            assert process.wait(10) == 0
