"""The rest of the staff API: lists, conversations, the directory, and what goes on record."""

import re

import pytest

from server import models
from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import NEW, no
from web import build

pytestmark = pytest.mark.anyio


class TestMe:
    async def test_names_the_person_their_clinic_and_teams(self, dana: Browser, cast: world.World) -> None:
        me = (await dana.get("/me")).json()

        assert me["user"] == {"id": str(cast.dana.user), "name": "Dana Reyes", "initials": "DR", "role": "member"}
        assert [team["name"] for team in me["teams"]] == ["Front desk"]
        assert me["csrf"] == dana.csrf
        assert me["limits"] == {"body": 5000, "plain": 1000, "undo_seconds": 0, "lock_seconds": 600}

    async def test_tells_with_every_answer_which_build_gave_it(self, dana: Browser, cast: world.World) -> None:
        seen = {"number": 0}
        told = [await dana.get("/me"), await dana.post(f"/conversations/{cast.ines_thread.id}/seen", seen)]

        assert [each.headers["x-bloomtext-build"] for each in told] == [build.current().name] * 2


class TestInbox:
    async def test_shows_rows_with_the_positions_they_were_read_at(self, dana: Browser, cast: world.World) -> None:
        await dana.post(f"/conversations/{cast.ines_thread.id}/messages", NEW)

        inbox = (await dana.get("/inbox", view="open")).json()
        stream = next(each for each in inbox["streams"] if each["id"] == str(cast.mercy.teams["Front desk"].id))
        caught_up = await dana.get("/facts", stream=stream["id"], epoch=stream["epoch"], after=stream["at"])
        from_zero = await dana.get("/facts", stream=stream["id"], epoch=stream["epoch"], after=0)

        assert [row["patient"]["name"] for row in inbox["rows"]] == ["Ines Calderon", "Omar Haddad"]
        assert [frame["t"] for frame in caught_up.json()["frames"]] == ["live"]
        assert from_zero.json()["frames"][0]["list"][-1]["kind"] == "message.posted"

    @pytest.mark.parametrize(
        "query",
        [
            {"team": "nonsense"},
            {"view": "secret"},
            {"after": "nonsense"},
            {"order_by": "secret"},
            {"password_hash__startswith": "a"},
            {"view": ["open", "done"]},
        ],
    )
    async def test_refuses_what_it_does_not_know(self, dana: Browser, query: dict[str, str]) -> None:
        response = await dana.http.get("/api/v1/inbox", params=query)

        assert no(response) == (400, "wrong_shape")


class TestConversations:
    async def test_are_opened_once(self, dana: Browser, cast: world.World) -> None:
        asked = {"patient_id": str(cast.ines.id), "team_id": str(cast.mercy.teams["Front desk"].id)}

        response = await dana.post("/conversations", asked)

        assert (response.status_code, response.json()["id"]) == (200, str(cast.ines_thread.id))

    async def test_are_done_and_reopened(self, dana: Browser, cast: world.World) -> None:
        done = await dana.post(f"/conversations/{cast.ines_thread.id}/done", {})
        again = await dana.post(f"/conversations/{cast.ines_thread.id}/reopen", {})

        assert (done.json()["state"], again.json()["state"]) == ("done", "open")

    async def test_are_read_in_pages(self, dana: Browser, cast: world.World) -> None:
        for number in range(53):
            await dana.post(f"/conversations/{cast.ines_thread.id}/messages", {**NEW, "key": f"k{number}"})

        newest = (await dana.get(f"/conversations/{cast.ines_thread.id}")).json()
        oldest = (await dana.get(f"/conversations/{cast.ines_thread.id}", before=newest["before"])).json()

        assert [message["number"] for message in newest["messages"]] == list(range(4, 54))
        assert [message["number"] for message in oldest["messages"]] == [1, 2, 3]
        assert oldest["before"] is None

    async def test_reading_is_on_record_once_for_one_opening(self, dana: Browser, cast: world.World) -> None:
        for _ in range(3):
            await dana.get(f"/conversations/{cast.ines_thread.id}")
        await dana.get(f"/conversations/{cast.omar_thread.id}")
        await dana.enter(cast.dana)
        await dana.get(f"/conversations/{cast.ines_thread.id}")

        read = (
            await models.AuditEntry.filter(did="conversation:read").order_by("at").values_list("patient_id", flat=True)
        )
        assert read == [cast.ines.id, cast.omar.id, cast.ines.id]

    async def test_my_mark_moves_forward_only(self, dana: Browser, cast: world.World) -> None:
        for key in ("a", "b"):
            await dana.post(f"/conversations/{cast.ines_thread.id}/messages", {**NEW, "key": key})

        for number in (2, 1, 99):
            response = await dana.post(f"/conversations/{cast.ines_thread.id}/seen", {"number": number})

        assert response.status_code == 204
        assert (await dana.get(f"/conversations/{cast.ines_thread.id}")).json()["seen"] == 2


class TestPatients:
    async def test_are_added_found_changed_and_read(self, dana: Browser) -> None:
        added = await dana.post("/patients", {"first_name": "José", "phone": "312 555 0199"})
        found = await dana.post("/patients/find", {"find": "jose"})
        path = f"/patients/{added.json()['id']}"
        changed = await dana.act("PATCH", path, {"email": "jose@example.com"})

        assert added.status_code == 201
        assert [patient["name"] for patient in found.json()["patients"]] == ["José"]
        assert changed.json()["phone_display"] == "(312) 555-0199"
        assert (await dana.get(path)).json() == changed.json()
        assert await models.AuditEntry.filter(did__in=["patient:read", "patients:searched"]).count() == 2

    @pytest.mark.parametrize(
        ("details", "expected"),
        [
            ({"phone": "12"}, (422, "not_a_phone")),
            ({"email": "nobody"}, (422, "not_an_email")),
            ({"date_of_birth": "2999-01-01"}, (422, "not_a_date")),
            ({"date_of_birth": "yesterday"}, (400, "wrong_shape")),
            ({"first_name": "a\x00b"}, (422, "hidden_characters")),
            ({"last_name": "a" * 81}, (422, "too_long")),
            ({"mrn": "M-1001"}, (409, "mrn_taken")),
            ({"organization_id": "x"}, (400, "wrong_shape")),
            ({"language": "xx"}, (422, "no_language")),
        ],
    )
    async def test_are_refused_with_a_sentence(
        self, dana: Browser, details: dict[str, str], expected: tuple[int, str]
    ) -> None:
        assert no(await dana.post("/patients", details)) == expected

    async def test_agree_to_normal_texts_and_take_it_back(self, dana: Browser, cast: world.World) -> None:
        path = f"/patients/{cast.ines.id}/consents"
        agreed = await dana.post(path, {"kind": "plain_sms", "wording": "Said yes on the phone"})
        ended = await dana.act("DELETE", f"{path}/plain_sms")

        assert (agreed.status_code, agreed.json()["ways"]["sms"]) == (201, {"can": True, "why": None})
        assert (ended.status_code, ended.json()["ways"]["sms"]["why"]) == (200, "no_consent")

    async def test_wording_may_hold_nothing_hidden(self, dana: Browser, cast: world.World) -> None:
        wording = "yes" + "\x00" * 100

        response = await dana.post(f"/patients/{cast.ines.id}/consents", {"kind": "plain_sms", "wording": wording})

        assert no(response) == (422, "hidden_characters")


class TestForMachines:
    async def test_health_and_version(self, stranger: Browser) -> None:
        assert (await stranger.http.get("/healthz")).json() == {"ok": True}
        assert set((await stranger.http.get("/version")).json()) == {"version", "build"}

    async def test_ready_says_what_is_there(self, stranger: Browser) -> None:
        ready = await stranger.http.get("/readyz")

        assert ready.json()["checks"] == {"database": True, "migrations": True, "bus": True, "worker": True}
        assert ready.status_code == 200

    async def test_ready_says_no_while_draining(self, stranger: Browser, app: "object") -> None:
        app.drain()  # type: ignore[attr-defined]

        assert (await stranger.http.get("/readyz")).status_code == 503

    async def test_security_txt_expires_within_a_year(self, stranger: Browser) -> None:
        text = (await stranger.http.get("/.well-known/security.txt")).text

        assert text.startswith("Contact: mailto:security@")
        assert "\nExpires: 20" in text

    async def test_nothing_is_for_search_engines(self, stranger: Browser) -> None:
        assert "Disallow: /" in (await stranger.http.get("/robots.txt")).text


class TestScreens:
    async def test_are_one_page_that_knows_its_slot(self, dana: Browser) -> None:
        for path in ("/inbox", "/inbox/all", "/inbox/all/anything"):
            page = await dana.page(path)
            assert page.status_code in (200, 503), "503: not built"

    async def test_plain_files_are_kept_for_ever(self, stranger: Browser) -> None:
        page = (await stranger.page("/sign-in")).text
        sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]

        served = await stranger.http.get(sheet)

        assert served.headers["content-type"].startswith("text/css")
        assert "immutable" in served.headers["cache-control"]

    async def test_pages_have_nothing_inline(self, stranger: Browser) -> None:
        page = (await stranger.page("/sign-in")).text

        # One file of ours asks the browser for a passkey; without it the page works as it is.
        [script] = page.split("<script")[1:]
        assert re.match(r' type="module" src="/static/plain/[\w.-]+"></script>', script)
        assert "style=" not in page
        assert "http://" not in page.replace("http://localhost:8000", "")
