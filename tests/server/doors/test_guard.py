"""The gate in front of both doors."""

import httpx2
import pytest

from tests.server.doors.conftest import Client, house

pytestmark = pytest.mark.anyio

OURS = {"Origin": "http://localhost:8000"}


class TestHost:
    @pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
    async def test_of_this_machine_is_known(self, client: Client, host: str) -> None:
        assert (await client().get("/look/1", headers={"Host": host})).status_code == 200

    @pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost:8001", "localhost:8000.evil.example", ""])
    async def test_that_is_not_ours_is_refused(self, client: Client, host: str) -> None:
        assert (await client().get("/look/1", headers={"Host": host})).status_code == 400

    async def test_given_twice_is_refused(self, client: Client) -> None:
        request = httpx2.Request("GET", "http://localhost:8000/look/1", headers=[("Host", "localhost:8000")] * 2)

        assert (await client().send(request)).status_code == 400

    async def test_of_the_clinic_needs_its_exact_name(self, client: Client) -> None:
        secure = client("https://clinic.example")

        assert (await secure.get("/look/1")).status_code == 200
        assert (await secure.get("/look/1", headers={"Host": "clinic.example:443"})).status_code == 200
        assert (await secure.get("/look/1", headers={"Host": "localhost"})).status_code == 400

    @pytest.mark.parametrize(
        "header", ["X-Forwarded-Host", "X-Forwarded-Prefix", "X-Original-URL", "X-HTTP-Method-Override", "Forwarded"]
    )
    async def test_is_not_changed_by_edge_headers(self, client: Client, header: str) -> None:
        plain = await client().get("/look/1")

        assert (await client().get("/look/1", headers={header: "/api/break"})).content == plain.content


class TestHeaders:
    @pytest.mark.parametrize("path", ["/look/1", "/nothing", "/api/break", "/api/nothing", "/often", "/m/look"])
    async def test_are_on_every_answer(self, client: Client, path: str) -> None:
        headers = (await client().get(path)).headers

        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= {*policy}
        assert "connect-src 'self' ws://localhost:8000" in policy
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["referrer-policy"] == ("no-referrer" if path.startswith("/m") else "same-origin")
        assert "strict-transport-security" not in headers

    async def test_on_https_ask_for_https(self, client: Client) -> None:
        headers = (await client("https://clinic.example").get("/look/1")).headers

        assert headers["strict-transport-security"] == "max-age=31536000"
        assert "connect-src 'self' wss://clinic.example" in headers["content-security-policy"]

    async def test_let_only_the_demo_frame_itself(self, client: Client) -> None:
        headers = (await client(framed=True).get("/look/1")).headers

        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "SAMEORIGIN"


class TestSlots:
    async def test_are_taken_off_the_address(self, client: Client) -> None:
        assert (await client().get("/~2/look/1")).json() == {"slot": 2, "base": "/~2", "route": "/look/{id}"}

    @pytest.mark.parametrize(
        "path", ["/~1/look/1", "/~5/look/1", "/~2/~3/look/1", "/~2/m/look", "/~2/api/often", "/~2"]
    )
    async def test_are_two_to_four_and_for_staff_alone(self, client: Client, path: str) -> None:
        assert (await client().get(path)).status_code == 404


class TestActs:
    @pytest.mark.parametrize("path", ["/look/1", "/m/look", "/nothing"])
    async def test_of_another_page_are_refused_before_anything(self, client: Client, path: str) -> None:
        assert (await client().post(path)).status_code == 403
        assert (await client().post(path, headers={"Origin": "http://evil.example"})).status_code == 403

    async def test_of_our_page_pass(self, client: Client) -> None:
        assert (await client().post("/look/1", headers=OURS)).status_code == 200

    async def test_of_the_carrier_need_no_page(self, client: Client) -> None:
        assert (await client().post("/webhooks/look")).status_code == 200


class TestMethods:
    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
    async def test_that_are_not_served_are_told_which_are(self, client: Client, method: str) -> None:
        response = await client().request(method, "/api/often", headers=OURS)

        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"
        assert response.json()["code"] == "wrong_method"

    async def test_head_is_get_without_its_body(self, client: Client) -> None:
        got, headed = await client().get("/look/1"), await client().head("/look/1")

        assert headed.content == b""
        assert headed.headers == got.headers

    async def test_options_says_what_is_served(self, client: Client) -> None:
        response = await client().options("/look/1", headers={"Origin": "http://evil.example"})

        assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
        assert not [name for name in response.headers if name.startswith("access-control")]

    @pytest.mark.parametrize("path", ["/look/1/", "/api/often/", "//look/1"])
    async def test_addresses_are_exact(self, client: Client, path: str) -> None:
        assert (await client().get(f"http://localhost:8000{path}")).status_code == 404


class TestFaults:
    async def test_say_a_reference_and_nothing_else(self, client: Client, capsys: pytest.CaptureFixture[str]) -> None:
        response = await client().get("/api/break")

        problem = response.json()
        logged = capsys.readouterr().out
        assert response.status_code == 500
        assert problem["code"] == "our_fault"
        assert len(problem["reference"]) == 8
        assert problem["reference"] in logged
        assert "ValueError" in logged
        assert "Ines" not in logged + response.text
        assert "conftest" not in response.text

    async def test_are_a_page_for_people(self, client: Client) -> None:
        response = await client().get("/break", headers={"Accept": "text/html"})

        assert response.headers["content-type"].startswith("text/html")
        assert "say " in response.text

    async def test_are_json_for_scripts_of_the_same_area(self, client: Client) -> None:
        response = await client().get("/often", headers={"Accept": "application/json"})

        assert response.headers["content-type"] == "application/problem+json"

    async def test_without_the_database_ask_to_come_back(self, client: Client) -> None:
        response = await client().get("/api/away")

        assert (response.status_code, response.json()["code"]) == (503, "not_now")
        assert int(response.headers["retry-after"]) > 0

    @pytest.mark.parametrize("path", ["/often", "/api/often"])
    async def test_too_many_says_when_to_come_back(self, client: Client, path: str) -> None:
        response = await client().get(path)

        assert (response.status_code, response.headers["retry-after"]) == (429, "7")


class TestSockets:
    async def handshake(self, host: str, path: str = "/socket") -> list[str]:
        said: list[str] = []
        asked: list[dict[str, object]] = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}]

        async def receive() -> dict[str, object]:
            return asked.pop(0)

        async def send(message: dict[str, object]) -> None:
            said.append(str(message["type"]))

        scope = {"type": "websocket", "path": path, "headers": [(b"host", host.encode())], "query_string": b""}
        await house()(scope, receive, send)  # type: ignore[arg-type]  # a dict is a mutable mapping
        return said

    async def test_of_a_known_host_open(self) -> None:
        assert (await self.handshake("localhost:8000"))[0] == "websocket.accept"
        assert (await self.handshake("localhost:8000", "/~3/socket"))[0] == "websocket.accept"

    async def test_of_an_unknown_host_do_not(self) -> None:
        assert await self.handshake("evil.example") == ["websocket.close"]
