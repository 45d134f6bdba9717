"""What a websocket client may send, how fast it must read, and what it hears at the end."""

import json
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from tests.server.launch.running import PATIENCE, App, Running, read_all

MIB = 1024 * 1024
HANDSHAKE = (
    b"GET /talk HTTP/1.1\r\nHost: c\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
CODES = [(1000, 1000), (4501, 4501), (3000, 3000), (1011, 1011), (1008, 1008), (1006, 1011), (99, 1011)]
"""What an application asks for and what its client hears."""


def close_code(talk: ClientConnection) -> int:
    """The code that ends this socket; what comes before is read away."""
    try:
        while True:
            talk.recv(PATIENCE)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 1006


class TestHandshake:
    def test_the_scope_tells_scheme_and_caller(self, running: Running) -> None:
        headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Daphne-Root-Path": "/x"}
        with running.talk("/scope?token=1", additional_headers=headers) as talk:
            seen = json.loads(talk.recv(PATIENCE))

        assert seen == {"scheme": "wss", "path": "/scope", "client": ["203.0.113.9", 0], "root_path": ""}

    def test_a_close_before_the_accept_is_a_403_without_details(self, running: Running) -> None:
        with pytest.raises(InvalidStatus) as refused:
            running.talk("/refuses")

        assert refused.value.response.status_code == 403
        assert json.loads(refused.value.response.body or b"")["code"] == "not_allowed"

    def test_a_handshake_without_a_key_is_a_400(self, running: Running) -> None:
        answer = read_all(
            running.raw(b"GET /talk HTTP/1.1\r\nHost: c\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
        )

        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"Sec-WebSocket" not in answer

    def test_frames_in_one_piece_with_the_handshake_are_not_lost(self, running: Running) -> None:
        connection = running.raw(HANDSHAKE + b"\x81\x87\x00\x00\x00\x00echo hi")

        seen = b""
        while not seen.endswith(b"\x81\x02hi"):
            chunk = connection.recv(4096)
            assert chunk, seen
            seen += chunk


class TestFrames:
    def test_text_and_bytes_go_both_ways(self, running: Running) -> None:
        with running.talk() as talk:
            talk.send("echo Grüße")
            talk.send(b"\x01")

            assert talk.recv(PATIENCE) == "Grüße"
            assert talk.recv(PATIENCE) == b"\x00\x01"

    def test_the_largest_message_is_accepted(self, running: Running) -> None:
        with running.talk() as talk:
            talk.send("echo " + "x" * (65_536 - 5))

            assert len(talk.recv(PATIENCE)) == 65_531

    @pytest.mark.parametrize("pieces", [["echo " + "x" * 65_532], ["echo ", "x" * 40_000, "x" * 40_000]])
    def test_a_larger_one_closes_with_1009(self, running: Running, pieces: list[str]) -> None:
        with running.talk() as talk:
            talk.send(pieces if len(pieces) > 1 else pieces[0])

            assert close_code(talk) == 1009

    def test_after_a_refused_frame_no_more_is_read(self, running: Running) -> None:
        before = running.memory
        connection = running.raw(HANDSHAKE)
        assert connection.recv(4096).startswith(b"HTTP/1.1 101 ")
        connection.sendall(b"\x89\xff" + (1 << 40).to_bytes(8, "big") + b"\x00" * 4)
        sent = 0
        try:
            while sent < 200 * MIB:
                connection.sendall(b"\x00" * MIB)
                sent += MIB
        except OSError:
            pass

        assert sent < 16 * MIB
        assert running.memory - before < 8 * MIB

    def test_a_busy_application_stops_the_reading(self, running: Running) -> None:
        before = running.memory
        talk = running.talk()
        talk.send("busy 60")
        running.await_said("busy")
        talk.socket.settimeout(1)
        frame = b"\x82\xfe\xff\xff\x00\x00\x00\x00" + b"x" * 65_535
        with pytest.raises(TimeoutError):
            talk.socket.sendall(frame * 4000)

        assert running.memory - before < 16 * MIB

    def test_held_frames_are_all_delivered_in_order(self, running: Running) -> None:
        with running.talk() as talk:
            talk.send("busy 0.2")
            for number in range(500):
                talk.send(f"echo {number}")

            assert [talk.recv(PATIENCE) for _ in range(500)] == [str(number) for number in range(500)]


class TestClose:
    @pytest.mark.parametrize(("asked", "heard"), CODES)
    def test_every_code_the_application_asks_for_ends_the_socket(
        self, running: Running, asked: int, heard: int
    ) -> None:
        with running.talk(f"/talk?{asked}") as talk:
            talk.send(f"close {asked}")

            assert close_code(talk) == heard
        assert running.await_said("disconnect", who=f"{asked}")["code"] == heard

    def test_the_client_s_own_code_reaches_the_application(self, running: Running) -> None:
        running.talk("/talk?leaves").close(4000)

        assert running.await_said("disconnect", who="leaves")["code"] == 4000

    def test_an_exception_closes_with_1011_at_once(self, running: Running) -> None:
        with running.talk("/fails") as talk:
            began = time.monotonic()
            talk.send("x")

            assert close_code(talk) == 1011
            assert time.monotonic() - began < 0.8
        assert "Secret" not in running.log

    def test_the_access_log_has_the_route_and_the_code(self, running: Running) -> None:
        with running.talk() as talk:
            talk.send("close 4777")
            close_code(talk)
        running.await_logged('"status":4777')

        line = next(line for line in running.log.splitlines() if '"status":4777' in line)
        assert '"route":"talk"' in line
        assert "/talk" not in running.log


class TestSlowReaders:
    def test_send_waits_for_a_client_that_does_not_read(self, start: App) -> None:
        app = start(limits={"pong_seconds": 1, "ping_seconds": 1}).await_ready()
        before = app.memory
        app.narrow_talk(max_queue=1).send("flood")

        assert app.await_said("flooded")["sent"] < 400
        assert app.memory - before < 8 * MIB

    def test_direct_writes_over_the_limit_close_with_4001_and_memory_is_capped(self, running: Running) -> None:
        before = running.memory
        talk = running.narrow_talk(path="/talk?never-reads", max_queue=1)
        talk.send("pour 10000")
        poured = running.await_said("poured", who="never-reads")

        assert poured["open"] is False
        assert poured["sent"] < 400
        assert MIB // 2 < poured["most"] <= MIB
        assert running.memory - before < 8 * MIB
        assert running.await_said("disconnect", who="never-reads")["code"] == 4001

    def test_a_client_that_begins_to_read_again_hears_4001(self, running: Running) -> None:
        with running.narrow_talk(max_queue=None) as talk:
            talk.send("pour 10000")

            assert close_code(talk) == 4001


class TestPings:
    def test_a_quiet_client_that_answers_stays_and_a_dead_one_goes(self, start: App) -> None:
        app = start(limits={"ping_seconds": 0.3, "pong_seconds": 1}).await_ready()
        with app.talk("/talk?quiet") as quiet:
            app.raw(HANDSHAKE.replace(b"/talk", b"/talk?dead"))

            assert app.await_said("disconnect", who="dead")["code"] == 1006
            quiet.send("echo still here")
            assert quiet.recv(PATIENCE) == "still here"


class TestDirect:
    def test_direct_and_ordinary_frames_keep_their_order(self, running: Running) -> None:
        with running.talk() as talk:
            talk.send("direct 3000 8")

            assert [talk.recv(PATIENCE) for _ in range(3000)] == [f"{number:08}" for number in range(3000)]

    def test_they_keep_it_behind_a_backlog_too(self, start: App) -> None:
        app = start(limits={"backlog_bytes": 64 * MIB}).await_ready()
        with app.narrow_talk(max_queue=None) as talk:
            talk.send("direct 600 20000")

            assert [int(talk.recv(PATIENCE)[-8:]) for _ in range(600)] == list(range(600))

    def test_short_writes_lose_nothing(self, start: App) -> None:
        app = start(limits={"backlog_bytes": 64 * MIB}).await_ready()
        with app.narrow_talk(max_queue=None) as talk:
            talk.send("pour 300")

            assert all(len(talk.recv(PATIENCE)) == 65_536 for _ in range(300))
            assert app.await_said("poured")["most"] > MIB

    def test_nothing_is_written_after_a_close(self, running: Running) -> None:
        with running.talk() as talk:
            talk.send("bye 4502")

            assert close_code(talk) == 4502
        news = running.await_said("after bye")
        assert (news["wrote"], news["open"]) == (False, False)
