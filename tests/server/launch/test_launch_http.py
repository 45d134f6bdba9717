"""What an HTTP client may send, for how long, and what it hears when it goes too far."""

import json
import time

from tests.server.launch.running import App, Running, read_all

REQUEST = b"GET /scope HTTP/1.1\r\nHost: clinic\r\n"
MIB = 1024 * 1024


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def problem_of(answer: bytes) -> dict[str, object]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Type: application/problem+json" in head
    assert b"Server:" not in head
    problem: dict[str, object] = json.loads(body)
    return problem


class TestBodies:
    def test_a_body_reaches_the_application_whole(self, running: Running) -> None:
        answer = running.ask("POST", "/echo/large", b"x" * 2_500_000)()

        assert answer.body == b"2500000"

    def test_a_chunked_body_reaches_it_too(self, running: Running) -> None:
        answer = running.ask("POST", "/echo", iter([b"x" * 40_000, b"y" * 40_000]))()

        assert answer.body == b"80000"

    def test_a_body_of_the_very_limit_is_accepted(self, running: Running) -> None:
        answer = running.ask("POST", "/echo", b"x" * 100_000)()

        assert answer.body == b"100000"

    def test_a_declared_length_over_the_limit_is_refused_before_a_byte_of_it(self, running: Running) -> None:
        connection = running.raw(b"POST /echo HTTP/1.1\r\nHost: c\r\nContent-Length: 100001\r\n\r\n")

        answer = read_all(connection)

        assert status_of(answer) == 413
        assert problem_of(answer)["code"] == "too_big"

    def test_a_client_that_asks_first_is_not_told_to_go_on(self, running: Running) -> None:
        head = b"POST /echo HTTP/1.1\r\nHost: c\r\nExpect: 100-continue\r\nContent-Length: 900000\r\n\r\n"

        answer = read_all(running.raw(head))

        assert status_of(answer) == 413
        assert b"100 Continue" not in answer

    def test_a_chunked_body_is_cut_at_the_limit_and_memory_stays_flat(self, running: Running) -> None:
        before = running.memory
        connection = running.raw(b"POST /echo HTTP/1.1\r\nHost: c\r\nTransfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 400 * MIB:
                connection.sendall(b"100000\r\n" + b"x" * MIB + b"\r\n")
                sent += MIB
        except OSError:
            pass

        assert sent < 16 * MIB
        assert running.memory - before < 8 * MIB

    def test_a_longer_prefix_has_a_limit_of_its_own(self, running: Running) -> None:
        head = b"POST /echo/large HTTP/1.1\r\nHost: c\r\nContent-Length: 3000001\r\n\r\n"

        assert status_of(read_all(running.raw(head))) == 413

    def test_all_bodies_together_have_a_limit(self, running: Running) -> None:
        head = b"POST /echo/large HTTP/1.1\r\nHost: c\r\nContent-Length: 2000000\r\n\r\n"
        holding = [running.raw(head + b"x" * 1_048_576) for _ in range(3)]
        late = [running.raw(head + b"x" * 1_048_576) for _ in range(2)]

        statuses = [status_of(read_all(connection)) for connection in [*holding, *late]]

        assert 503 in statuses
        assert running.get("/scope").status == 200


class TestDeadlines:
    def test_trickling_headers_do_not_move_their_deadline(self, running: Running) -> None:
        connection = running.raw(REQUEST)
        began = time.monotonic()
        connection.settimeout(0.2)
        answer = b""
        while time.monotonic() - began < 10 and not answer:
            try:
                connection.sendall(b"X-Slow: 1\r\n")
                answer = connection.recv(65536)
            except TimeoutError:
                continue

        assert status_of(answer) == 408
        assert 0.8 < time.monotonic() - began < 5

    def test_a_silent_connection_is_closed_without_a_word(self, running: Running) -> None:
        assert read_all(running.raw()) == b""

    def test_a_body_that_never_comes_is_not_waited_for(self, running: Running) -> None:
        connection = running.raw(b"POST /echo HTTP/1.1\r\nHost: c\r\nContent-Length: 10\r\n\r\nhalf")

        assert status_of(read_all(connection)) == 408

    def test_an_application_that_does_not_answer_is_given_up(self, running: Running) -> None:
        response = running.get("/waits")

        assert response.status == 503
        assert response.headers["Retry-After"]
        assert running.await_said("client left")["type"] == "http.disconnect"

    def test_an_application_waits_for_a_client_that_does_not_read(self, running: Running) -> None:
        before = running.memory
        running.raw(b"GET /stream HTTP/1.1\r\nHost: c\r\n\r\n", receive_buffer=4096)
        running.await_logged('"status":499')

        assert running.await_said("stream ended")["chunks"] < 200
        assert running.memory - before < 8 * MIB


class TestHeaders:
    def test_too_many_are_refused(self, running: Running) -> None:
        lines = b"".join(b"X-%d: 1\r\n" % number for number in range(101))

        assert status_of(read_all(running.raw(REQUEST + lines + b"\r\n"))) == 431

    def test_too_large_ones_are_refused(self, running: Running) -> None:
        assert status_of(read_all(running.raw(REQUEST + b"X-Big: " + b"x" * 17_000 + b"\r\n\r\n"))) == 431

    def test_a_line_without_end_is_refused(self, running: Running) -> None:
        assert status_of(read_all(running.raw(b"GET /" + b"x" * 20_000))) == 431

    def test_a_request_without_a_host_is_refused(self, running: Running) -> None:
        assert status_of(read_all(running.raw(b"GET /scope HTTP/1.1\r\n\r\n"))) == 400

    def test_a_request_with_two_hosts_is_refused(self, running: Running) -> None:
        assert status_of(read_all(running.raw(REQUEST + b"Host: other\r\n\r\n"))) == 400

    def test_nonsense_is_refused_without_details(self, running: Running) -> None:
        answer = read_all(running.raw(b"nonsense\r\n\r\n"))

        assert status_of(answer) == 400
        assert problem_of(answer)["detail"] == "This request could not be read."


class TestProxies:
    def test_a_root_path_header_moves_nothing(self, running: Running) -> None:
        seen = running.get("/scope", Daphne_Root_Path="/static").json

        assert seen["root_path"] == ""
        assert "daphne-root-path" not in dict(seen["headers"])

    def test_a_forwarded_address_is_counted_from_the_right(self, running: Running) -> None:
        seen = running.get("/scope", X_Forwarded_For="6.6.6.6, 203.0.113.9, 10.0.0.9", X_Forwarded_Proto="https").json

        assert seen["client"] == ["203.0.113.9", 0]
        assert seen["scheme"] == "https"
        assert not [name for name, _ in seen["headers"] if name.startswith("x-forwarded")]

    def test_a_stranger_is_not_believed(self, start: App) -> None:
        app = start().await_ready()

        seen = app.get("/scope", X_Forwarded_For="6.6.6.6", X_Forwarded_Proto="https").json

        assert seen["client"][0] == "127.0.0.1"
        assert seen["scheme"] == "http"


class TestAnswers:
    def test_a_connection_is_kept_for_the_next_request(self, running: Running) -> None:
        connection = running.raw()
        for _ in range(3):
            connection.sendall(REQUEST + b"\r\n")
            answer = connection.recv(65536)

            assert status_of(answer) == 200
            assert b'"started": "yes"' in answer

    def test_pipelined_requests_are_answered_in_order(self, running: Running) -> None:
        requests = b"".join(
            b"POST /echo HTTP/1.1\r\nHost: c\r\nContent-Length: %d\r\n\r\n%s" % (n, b"x" * n) for n in (1, 22)
        )
        connection = running.raw(requests + b"POST /echo HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n")

        bodies = [part.rsplit(b"\r\n\r\n", 1)[1] for part in read_all(connection).split(b"HTTP/1.1 ")[1:]]

        assert bodies == [b"1", b"22", b"0"]

    def test_no_answer_names_the_server(self, running: Running) -> None:
        assert "Server" not in running.get("/scope").headers

    def test_an_answer_to_head_has_no_body(self, running: Running) -> None:
        answer = read_all(running.raw(b"HEAD /scope HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n"))

        assert status_of(answer) == 200
        assert answer.endswith(b"\r\n\r\n")

    def test_an_error_says_nothing_but_a_reference(self, running: Running) -> None:
        response = running.get("/fails")
        problem = response.json
        running.await_logged(problem["reference"])

        assert (response.status, problem["code"]) == (500, "our_fault")
        assert "ValueError at testapp.py" in running.log
        assert "Secret" not in running.log + json.dumps(problem)

    def test_an_application_that_forgets_to_answer_has_failed(self, running: Running) -> None:
        assert running.get("/forgets").status == 500


class TestAccessLog:
    def test_a_line_has_the_route_and_never_the_address(self, running: Running) -> None:
        running.ask("POST", "/echo/JoanDoe?dob=1970", b"12345")()
        running.await_logged('"route":"echo"')

        line = next(line for line in reversed(running.log.splitlines()) if '"route":"echo"' in line)
        entry = json.loads(line[line.index("{") :])
        assert (entry["kind"], entry["method"], entry["status"], entry["bytes"]) == ("http", "POST", 200, 1)
        assert "JoanDoe" not in running.log
        assert "1970" not in running.log
