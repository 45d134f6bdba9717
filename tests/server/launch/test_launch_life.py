"""How a launcher begins and ends."""

import json
import signal
import socket
import subprocess
import sys
import time

import psutil  # type: ignore[import-untyped, unused-ignore]
import pytest
from websockets.exceptions import ConnectionClosed

from server.launch import limits
from tests.server.launch.running import PATIENCE, ROOT, App, Running, read_all

MANY = """
import json, sys
from server.launch import run
from tests.server.launch import testapp
command = [sys.executable, "-m", "tests.server.launch.testapp", sys.argv[1]]
sys.exit(run.serve_many(command, listen=["127.0.0.1:0"], processes=2, grace_seconds=10,
                        on_ready=lambda addresses: testapp.say("ready", address=addresses[0])))
"""


def refuses(app: Running) -> bool:
    try:
        socket.create_connection(app.address, timeout=1).close()
    except OSError:
        return True
    return False


def many(options: dict[str, object]) -> list[str]:
    return [sys.executable, "-c", MANY, json.dumps(options)]


class TestStart:
    def test_the_application_starts_before_the_first_request(self, start: App) -> None:
        app = start().await_ready()

        assert app.said_words == ["lifespan started", "ready"]

    def test_an_application_that_cannot_start_ends_with_1_and_a_plain_line(self, start: App) -> None:
        app = start(fail_start=True)

        assert app.await_exit() == 1
        assert "The application could not start: ValueError at testapp.py" in app.log
        assert "Secret" not in app.log
        assert "ready" not in app.said_words

    def test_an_address_that_is_taken_ends_with_1(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            code = (
                f"from server.launch import run; exit(run.serve(None, listen=['127.0.0.1:{taken.getsockname()[1]}']))"
            )
            line = [sys.executable, "-c", code]

            ended = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)

        assert ended.returncode == 1
        assert "Cannot listen" in ended.stderr
        assert "Traceback" not in ended.stderr

    def test_importing_the_launcher_installs_no_reactor(self) -> None:
        code = "import sys, server.launch.run; sys.exit('twisted' in sys.modules or 'daphne' in sys.modules)"

        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=PATIENCE, check=False).returncode == 0

    @pytest.mark.parametrize("uvloop", [True, False])
    def test_both_event_loops_serve(self, start: App, uvloop: bool) -> None:
        app = start(uvloop=uvloop).await_ready()

        assert app.get("/scope").status == 200
        with app.talk() as talk:
            talk.send("echo hi")
            assert talk.recv(PATIENCE) == "hi"
        app.order()
        assert app.await_exit() == 0


class TestStop:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_what_is_under_way_is_finished(self, start: App, number: int) -> None:
        app = start().await_ready()
        talk = app.talk()
        answer = app.ask("GET", "/slow?1")
        app.await_said("slow began")

        app.order(number)
        with pytest.raises(ConnectionClosed) as closed:
            talk.recv(PATIENCE)
        app.await_said("draining")
        response = answer()

        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        assert (response.status, response.body, response.headers["Connection"]) == (200, b"slow", "close")
        assert app.await_exit() == 0
        assert app.said_words[-2:] == ["disconnect", "lifespan stopped"]

    def test_new_connections_are_refused_while_it_drains(self, start: App) -> None:
        app = start().await_ready()
        answer = app.ask("GET", "/slow?1.5")
        app.await_said("slow began")
        app.order()
        app.await_said("draining")
        end = time.monotonic() + 1
        while not refuses(app) and time.monotonic() < end:
            time.sleep(0.01)

        assert refuses(app)
        assert answer().status == 200

    def test_half_sent_requests_and_idle_connections_do_not_hold_it(self, start: App) -> None:
        app = start(limits={"grace_seconds": 15, "body_seconds": 60, "header_seconds": 60}).await_ready()
        half_body = app.raw(b"POST /echo HTTP/1.1\r\nHost: c\r\nContent-Length: 100\r\n\r\nhalf")
        half_head = app.raw(b"POST /echo HT")
        silent = app.raw()
        app.get("/scope")
        began = time.monotonic()

        app.order()

        assert app.await_exit() == 0
        assert time.monotonic() - began < 8
        assert read_all(half_body).startswith(b"HTTP/1.1 503 ")
        assert [read_all(connection) for connection in (half_head, silent)] == [b"", b""]

    def test_a_request_that_does_not_end_is_cancelled_after_the_grace(self, start: App) -> None:
        app = start(limits={"grace_seconds": 0.5, "request_seconds": 60}).await_ready()
        answer = app.ask("GET", "/slow?60")
        app.await_said("slow began")

        app.order()

        assert answer().status == 503
        assert app.await_exit() == 0
        assert app.said_words[-1] == "lifespan stopped"

    def test_a_second_order_ends_it_at_once(self, start: App) -> None:
        app = start(limits={"grace_seconds": 60, "request_seconds": 60}).await_ready()
        app.ask("GET", "/slow?60")
        app.await_said("slow began")
        app.order()
        app.await_said("draining")

        app.order()

        assert app.await_exit() == -signal.SIGTERM

    def test_many_sockets_all_hear_1012(self, start: App) -> None:
        app = start().await_ready()
        talks = [app.talk() for _ in range(50)]
        app.order()
        codes = []
        for talk in talks:
            with pytest.raises(ConnectionClosed) as closed:
                talk.recv(PATIENCE)
            codes.append(closed.value.rcvd.code if closed.value.rcvd else 1006)

        assert codes == [1012] * 50
        assert app.await_exit() == 0

    def test_it_drains_even_when_nobody_could_be_told(self, start: App) -> None:
        app = start(fail_drain=True).await_ready()
        talk = app.talk()
        app.order()
        with pytest.raises(ConnectionClosed) as closed:
            talk.recv(PATIENCE)

        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        assert app.await_exit() == 0
        assert app.said_words[-1] == "lifespan stopped"


class TestSeveralProcesses:
    def test_they_share_one_socket_and_stop_together(self, start: App) -> None:
        app = start(many({}))
        address = app.await_said("ready")["address"].split(":")
        app.address = (address[0], int(address[1]))
        for _ in range(2):
            app.await_said("lifespan started")
        assert app.get("/scope").status == 200

        app.order()

        assert app.await_exit() == 0
        assert app.said_words.count("lifespan stopped") == 2

    def test_one_that_dies_is_replaced(self, start: App) -> None:
        app = start(many({}))
        for _ in range(2):
            app.await_said("lifespan started")
        psutil.Process(app.process.pid).children()[0].kill()

        app.await_said("lifespan started")

        assert len(psutil.Process(app.process.pid).children()) == 2

    def test_one_that_cannot_start_ends_them_all(self, start: App) -> None:
        assert start(many({"fail_start": True})).await_exit() == 1

    def test_they_do_not_outlive_their_parent(self, start: App) -> None:
        app = start(many({}))
        for _ in range(2):
            app.await_said("lifespan started")
        children = psutil.Process(app.process.pid).children()

        app.process.kill()

        assert psutil.wait_procs(children, timeout=PATIENCE)[1] == []


class TestLimits:
    def test_the_longest_prefix_decides_and_escapes_do_not_hide_it(self) -> None:
        rules = limits.Limits(body_bytes=10, bodies=(("/a/", 20), ("/a/b/", 5)))

        assert [rules.body_limit(path) for path in (b"/x", b"/a/x?y", b"/a/b/c", b"/a/%62/c")] == [10, 20, 5, 5]

    def test_only_addresses_that_take_files_have_more_time(self) -> None:
        rules = limits.Limits(
            bodies=(("/a/", 5_000_000),), uploads=(("/files", 640),), body_seconds=30, slowest_body=64
        )

        assert [rules.body_time(path) for path in (b"/a/b", b"/m/files?at=1", b"/x")] == [30, 40, 30]
