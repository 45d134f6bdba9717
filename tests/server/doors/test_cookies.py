"""Our cookies on the wire."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from server.doors import cookies, hosts
from server.doors import scope as scopes


def request(cookie: str, url: str = "https://clinic.example") -> Request:
    headers = [(b"cookie", cookie.encode())]
    return Request({"type": "http", "headers": headers, scopes.HOSTS: hosts.of(url)})


class TestPut:
    def test_on_https_is_bound_to_the_host(self) -> None:
        response = Response()

        cookies.put(request(""), response, "bt_staff", "x")

        assert response.headers["set-cookie"] == "__Host-bt_staff=x; HttpOnly; Path=/; SameSite=lax; Secure"

    def test_on_this_machine_works_without_https(self) -> None:
        response = Response()

        cookies.put(request("", "http://localhost:8000"), response, "bt_link", "x", seconds=600)

        assert response.headers["set-cookie"] == "bt_link=x; HttpOnly; Max-Age=600; Path=/; SameSite=lax"


class TestGet:
    @pytest.mark.parametrize(
        ("sent", "found"),
        [
            ("__Host-bt_staff=x", "x"),
            ("a=1; __Host-bt_staff=x; b=2", "x"),
            ("__Host-bt_staff=x; __Host-bt_staff=x", "x"),
            ("__Host-bt_staff=x; __Host-bt_staff=y", None),
            ("bt_staff=x", None),
            ("__Host-bt_staff=", None),
            ("__Host-bt_staff_2=x", None),
            ("", None),
        ],
    )
    def test_finds_ours_and_no_shadow_of_it(self, sent: str, found: str | None) -> None:
        assert cookies.get(request(sent), "bt_staff") == found
