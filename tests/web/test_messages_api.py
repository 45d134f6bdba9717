"""Posting through the staff API: what comes back, and how it says no."""

import httpx2
import pytest

from server import models
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio

NEW = {"key": "k1", "via": "secure_sms", "body": "Your results are back."}


def no(response: httpx2.Response) -> tuple[int, str]:
    """Status and code of a no, which is always problem+json."""
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["detail"].endswith(".")
    return response.status_code, problem["code"]


class TestPost:
    async def test_gives_the_message_with_its_delivery_on_the_way(self, dana: Browser, cast: world.World) -> None:
        response = await dana.post(f"/conversations/{cast.ines_thread.id}/messages", NEW)

        message = response.json()
        assert response.status_code == 201
        assert (message["number"], message["body"], message["delivery"]["state"]) == (1, NEW["body"], "waiting")
        dana_herself = {
            "kind": "staff",
            "id": str(cast.dana.user),
            "name": "Dana Reyes",
            "initials": "DR",
            "proxy": None,
        }
        assert message["from"] == dana_herself

    async def test_gives_the_same_message_for_the_same_key_and_words(self, dana: Browser, cast: world.World) -> None:
        path = f"/conversations/{cast.ines_thread.id}/messages"
        first = await dana.post(path, NEW)

        again = await dana.post(path, NEW)

        assert (again.status_code, again.json()) == (200, first.json())
        assert await models.Message.all().count() == 1

    async def test_refuses_the_same_key_with_other_words(self, dana: Browser, cast: world.World) -> None:
        path = f"/conversations/{cast.ines_thread.id}/messages"
        await dana.post(path, NEW)

        assert no(await dana.post(path, {**NEW, "body": "Something else"})) == (409, "key_reused")

    async def test_shows_what_the_writer_has_missed(self, dana: Browser, cast: world.World) -> None:
        path = f"/conversations/{cast.ines_thread.id}/messages"
        await dana.enter(cast.sam)
        await dana.post(path, {**NEW, "key": "sams"})
        await dana.enter(cast.dana)

        response = await dana.post(path, {**NEW, "seen": 0})

        assert no(response) == (409, "moved_on")
        assert [message["key"] for message in response.json()["missed"]] == ["sams"]

    async def test_a_supervisor_only_observes(self, dana: Browser, cast: world.World) -> None:
        await dana.enter(cast.val)

        response = await dana.post(f"/conversations/{cast.ines_thread.id}/messages", NEW)

        assert no(response) == (403, "not_allowed")


class TestBadInput:
    @pytest.mark.parametrize(
        ("changed", "expected", "at"),
        [
            ({"sender": "someone"}, (400, "wrong_shape"), "$"),
            ({"body": 5}, (400, "wrong_shape"), "$.body"),
            ({"body": None}, (400, "wrong_shape"), "$.body"),
            ({"via": "portal"}, (400, "wrong_shape"), "$.via"),
            ({"seen": -1}, (400, "wrong_shape"), "$.seen"),
            ({"seen": 10**30}, (400, "wrong_shape"), "$.seen"),
            ({"key": ""}, (400, "wrong_shape"), "$.key"),
            ({"key": "k" * 65}, (400, "wrong_shape"), "$.key"),
            ({"key": "a\nb"}, (400, "wrong_shape"), "$.key"),
            ({"body": ""}, (422, "empty"), None),
            ({"body": " \n\t "}, (422, "empty"), None),
            ({"body": "a" * 10_000}, (422, "too_long"), None),
            ({"body": "a\x00b"}, (422, "hidden_characters"), None),
            ({"body": "a\x1bb"}, (422, "hidden_characters"), None),
            ({"body": "a\u202eb"}, (422, "hidden_characters"), None),
            ({"body": "a" * 1_001, "via": "sms"}, (422, "too_long"), None),
        ],
    )
    async def test_is_refused_and_nothing_is_kept(
        self, dana: Browser, cast: world.World, changed: dict[str, object], expected: tuple[int, str], at: str | None
    ) -> None:
        response = await dana.post(f"/conversations/{cast.ines_thread.id}/messages", {**NEW, **changed})

        assert no(response) == expected
        assert response.json().get("at") == at
        assert await models.Message.all().count() == 0

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"", (400, "not_json")),
            (b"{", (400, "not_json")),
            (b"\xff\xfe", (400, "not_json")),
            (b"null", (400, "wrong_shape")),
            (b"[]", (400, "wrong_shape")),
            (b"[" * 60_000, (400, "wrong_shape")),
            (b'{"key":' + b"[" * 60_000, (400, "wrong_shape")),
            (b'{"key":"k","via":"secure_sms","body":"\\ud800"}', (400, "not_json")),
            (b" " * 200_000 + b"{}", (413, "too_big")),
        ],
    )
    async def test_is_refused_whatever_the_bytes(
        self, dana: Browser, cast: world.World, content: bytes, expected: tuple[int, str]
    ) -> None:
        assert no(await dana.raw(f"/conversations/{cast.ines_thread.id}/messages", content)) == expected

    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=latin-1"]
    )
    async def test_is_refused_when_it_says_that_it_is_no_json(
        self, dana: Browser, cast: world.World, kind: str
    ) -> None:
        path = f"/conversations/{cast.ines_thread.id}/messages"

        assert no(await dana.raw(path, b"{}", Content_Type=kind)) == (415, "wrong_type")

    async def test_the_longest_message_fits_however_it_is_escaped(self, dana: Browser, cast: world.World) -> None:
        content = b'{"key":"k","via":"secure_sms","body":"%b"}' % (b"\\ud83d\\ude00" * 5_000)

        response = await dana.raw(f"/conversations/{cast.ines_thread.id}/messages", content)

        assert response.status_code == 201

    async def test_a_refusal_never_quotes_what_was_sent(self, dana: Browser, cast: world.World) -> None:
        path = f"/conversations/{cast.ines_thread.id}/messages"

        for changed in ({"secretword": 1}, {"via": "secretword"}, {"seen": "secretword"}):
            response = await dana.post(path, {**NEW, **changed})
            assert "secretword" not in response.text


class TestOnlyOurOwnPages:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "http://localhost:8001"},
            {"Origin": "https://localhost:8000"},
            {"Origin": "http://127.0.0.1:8000"},
            {"Origin": "null"},
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "", "Sec-Fetch-Site": "same-origin"},
            {"X-BloomText-CSRF": ""},
            {"X-BloomText-CSRF": "0" * 40},
        ],
    )
    async def test_may_act(self, dana: Browser, cast: world.World, headers: dict[str, str]) -> None:
        given = {name.replace("-", "_"): value for name, value in headers.items()}

        response = await dana.raw(f"/conversations/{cast.ines_thread.id}/done", b"{}", **given)

        assert no(response) == (403, "not_our_page")

    async def test_may_prove_themselves_by_fetch_metadata(self, dana: Browser, cast: world.World) -> None:
        given = {"Origin": "null", "Sec_Fetch_Site": "same-origin"}

        response = await dana.raw(f"/conversations/{cast.ines_thread.id}/done", b"{}", **given)

        assert response.status_code == 200

    async def test_without_any_origin_is_refused(self, dana: Browser, cast: world.World) -> None:
        del dana.http.headers["Origin"]

        assert no(await dana.raw(f"/conversations/{cast.ines_thread.id}/done", b"{}")) == (403, "not_our_page")

    async def test_another_sessions_token_does_not_count(self, dana: Browser, alex: Browser, cast: world.World) -> None:
        path = f"/conversations/{cast.ines_thread.id}/done"

        response = await dana.raw(path, b"{}", X_BloomText_CSRF=alex.csrf)

        assert no(response) == (403, "not_our_page")
