"""Other programs of a clinic, with a key: what each key opens, and that nothing else opens anything."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import httpx2
import pytest

from server import access, clock, logs, models, programs
from server.app import Application
from server.domain import api_keys, messages
from server.models import Via
from server.queries import program_patients
from tests import world
from tests.server.domain.admins import admin
from tests.web.browser import HOME, Browser
from web.programs.registry import api

pytestmark = pytest.mark.anyio

TABLE = {
    "list_patients": "patients:read",
    "find_patients": "patients:read",
    "show_patient": "patients:read",
    "list_conversations": "conversations:read",
    "list_messages": "conversations:read",
    "write_message": "messages:write",
    "list_events": "webhooks",
}
"""Every route, and the scope that opens it."""
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Decided above the database: one of the two kinds is enough."""
BODIES = {"find_patients": {"name": "ines"}, "write_message": {"key": "k", "via": "secure_sms", "body": "Hello"}}


class Program:
    """A program with a key; it sends what it is told to."""

    def __init__(self, app: Application, token: str) -> None:
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=HOME)
        self.token = token

    async def ask(self, method: str, path: str, body: object = None, **query: str) -> httpx2.Response:
        request = self.http.build_request(method, f"/api/programs/v1{path}", params=query or None, json=body)
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return await self.http.send(request)


async def key(who: access.Staff, *scopes: str, teams: list[UUID] | None = None) -> tuple[models.ApiKey, str]:
    made = await admin(who)
    wish = api_keys.Wish("Records", scopes or programs.SCOPES, 30, teams)
    return await api_keys.make(wish, by=made)


@pytest.fixture
async def program(app: Application, cast: world.World) -> AsyncIterator[Program]:
    """Mercy's, with every scope."""
    opened = Program(app, (await key(cast.robin))[1])
    async with opened.http:
        yield opened


def test_every_route_stands_in_the_table() -> None:
    assert {each.handler.__name__: each.access for each in api.operations} == TABLE


async def test_each_scope_opens_its_routes_and_no_others(program: Program, cast: world.World) -> None:
    ids = {"patient": cast.ines.id, "conversation": cast.ines_thread.id}
    for scope in programs.SCOPES:
        await models.ApiKey.all().update(scopes=scope)
        for each in api.operations:
            name = each.handler.__name__
            answer = await program.ask(each.method, each.path.format(**ids), BODIES.get(name))
            if TABLE[name] == scope:
                assert answer.status_code in (200, 201), answer.text
            else:
                assert (answer.status_code, answer.json()["code"]) == (403, "no_scope")


@ONE_DATABASE
async def test_another_clinics_key_gets_the_answer_for_nothing(
    app: Application, program: Program, cast: world.World
) -> None:
    other = Program(app, (await key(cast.alex))[1])
    async with other.http:
        for each in (each for each in api.operations if each.ids):
            body = BODIES.get(each.handler.__name__)
            paths = [
                each.path.format(patient=patient, conversation=thread)
                for patient, thread in ((cast.ines.id, cast.ines_thread.id), (uuid4(), uuid4()))
            ]
            real, made_up = [await other.ask(each.method, path, body) for path in paths]
            assert (real.status_code, real.content) == (404, made_up.content)
            assert (await program.ask(each.method, paths[0], body)).status_code in (200, 201)
        assert (await other.ask("POST", "/patients/find", {"mrn": "M-1001"})).json() == {"patients": [], "next": None}
        assert (await other.ask("GET", "/conversations", patient=str(cast.ines.id))).json()["conversations"] == []
        names = [each["first_name"] for each in (await other.ask("GET", "/patients")).json()["patients"]]
        assert names == ["Lena"]


@ONE_DATABASE
async def test_a_key_for_one_team_sees_no_other_teams_conversations(app: Application, cast: world.World) -> None:
    billing = cast.mercy.teams["Billing"].id
    program = Program(app, (await key(cast.robin, teams=[billing]))[1])

    assert (await program.ask("GET", "/conversations")).json() == {"conversations": [], "next": None}
    path = f"/conversations/{cast.ines_thread.id}/messages"
    assert (await program.ask("GET", path)).status_code == 404
    assert (await program.ask("POST", path, BODIES["write_message"])).status_code == 404


@ONE_DATABASE
async def test_a_sensitive_conversation_is_nowhere(program: Program, cast: world.World) -> None:
    await models.Conversation.filter(id=cast.ines_thread.id).update(is_sensitive=True)
    listed = (await program.ask("GET", "/conversations")).json()["conversations"]
    assert str(cast.ines_thread.id) not in [each["id"] for each in listed]
    for method, body in (("GET", None), ("POST", BODIES["write_message"])):
        answer = await program.ask(method, f"/conversations/{cast.ines_thread.id}/messages", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


async def test_what_opens_nothing(program: Program, app: Application, cast: world.World, dana: Browser) -> None:
    made = await models.ApiKey.get()
    right = program.token
    for wrong in ("", right + "x", right.removeprefix("btkey_"), dana.token, "btkey_" + "A" * 43):
        program.token = wrong
        answer = await program.ask("GET", "/patients")
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_key")
    program.token = right
    # Neither door takes what opens the other.
    assert (await dana.http.get("/api/programs/v1/patients")).status_code == 401
    bearer = {"Authorization": f"Bearer {right}"}
    assert (await program.http.get("/api/v1/patients/x", headers=bearer)).status_code == 404
    assert (await program.http.get("/api/v1/me", headers=bearer)).status_code == 401

    async def opens() -> bool:
        return (await program.ask("GET", "/patients")).status_code == 200

    assert await opens()
    await models.ApiKey.all().update(ends_at=clock.now() - timedelta(seconds=1))
    assert not await opens()
    await models.ApiKey.all().update(ends_at=made.ends_at)
    await models.User.filter(id=cast.robin.user).update(role=models.Role.MEMBER)
    assert not await opens()
    await models.User.filter(id=cast.robin.user).update(role=models.Role.ADMIN)
    assert await opens()
    await api_keys.revoke(made.id, by=await admin(cast.robin))
    assert not await opens()


async def test_patients_come_in_pages_and_are_found(
    program: Program, cast: world.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_patients, "PAGE", 1)
    first = (await program.ask("GET", "/patients")).json()
    second = (await program.ask("GET", "/patients", after=first["next"])).json()

    assert [each["first_name"] for each in (*first["patients"], *second["patients"])] == ["Ines", "Omar"]
    assert second["next"] is None
    for sought in (
        *({"mrn": "M-1001"}, {"name": "cald ine"}, {"date_of_birth": "1985-03-14"}, {"phone": "(312) 555-0142"}),
        {"email": "ines@EXAMPLE.com", "name": "ines"},
    ):
        found = (await program.ask("POST", "/patients/find", sought)).json()["patients"]
        assert [each["id"] for each in found] == [str(cast.ines.id)], sought
    nobody = {"name": "ines", "mrn": "M-1002"}
    assert (await program.ask("POST", "/patients/find", nobody)).json()["patients"] == []
    assert (await program.ask("POST", "/patients/find", {"phone": "no phone"})).json()["patients"] == []


async def test_what_is_written_is_there_once_and_on_record_as_the_programs(program: Program, cast: world.World) -> None:
    path = f"/conversations/{cast.ines_thread.id}/messages"
    said = {"key": "order 7", "via": "secure_sms", "body": "Your glasses are ready"}
    answers = [await program.ask("POST", path, {**said, "key": "order-7"}) for _ in range(2)]
    other = await program.ask("POST", path, {**said, "key": "order-7", "body": "Other words"})

    assert [each.status_code for each in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    [shown] = (await program.ask("GET", path)).json()["messages"]
    assert (shown["body"], shown["writer"], shown["writer_name"]) == (said["body"], "clinic", "Robin Lee")
    # The admin's own screen may use the same name for another message.
    with pytest.raises(Exception, match=r"nothing here|observing"):
        await messages.post(cast.ines_thread.id, key="order-7", via=Via.SMS, body="x", by=cast.robin)
    made = await models.ApiKey.get()
    entries = await models.AuditEntry.filter(actor_kind="program", actor_id=made.id)
    assert {each.did for each in entries} == {"message:posted", "portal_link:created", "conversation:read"}
    assert {each.patient_id for each in entries} == {cast.ines.id}
    assert made.last_used_at is not None


@ONE_DATABASE
async def test_an_admin_makes_a_key_that_is_shown_once(stranger: Browser, cast: world.World) -> None:
    ana = await stranger.enter(await admin(cast.robin))
    said = {"name": "Website", "scopes": ["messages:write", "patients:read"], "days": 90}
    made = (await ana.post("/api-keys", said)).json()
    shown = (await ana.get("/api-keys")).json()

    assert made["made"].startswith("btkey_")
    assert shown["made"] is None
    assert made["made"] not in (await ana.get("/api-keys")).text
    [only] = shown["keys"]
    assert (only["state"], only["scopes"]) == ("active", ["patients:read", "messages:write"])
    assert made["made"].endswith(only["ending"])
    kept = await models.ApiKey.all().values()
    assert made["made"] not in str(kept)
    for wrong, code in (
        ({"scopes": []}, "no_scopes"),
        ({"name": " "}, "empty"),
        ({"teams": [str(uuid4())]}, "unknown"),
    ):
        assert (await ana.post("/api-keys", {**said, **wrong})).json()["code"] == code
    gone = (await ana.act("DELETE", f"/api-keys/{only['id']}")).json()
    assert [each["state"] for each in gone["keys"]] == ["revoked"]
    await models.StaffSession.all().update(created_at=clock.now() - timedelta(minutes=6))
    assert (await ana.post("/api-keys", said)).json()["code"] == "prove_again"


@ONE_DATABASE
async def test_too_many_requests_are_refused(
    program: Program, cast: world.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_keys, "A_MINUTE", 1)

    assert (await program.ask("GET", "/patients")).status_code == 200
    again = await program.ask("GET", "/patients")
    assert (again.status_code, again.json()["code"]) == (429, "too_many")
    assert int(again.headers["Retry-After"]) > 0


@ONE_DATABASE
async def test_no_key_is_in_the_logs(program: Program, cast: world.World, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug")
    await program.ask("GET", "/patients")
    program.token += "x"
    await program.ask("GET", "/patients")
    told = capsys.readouterr()

    assert program.token[:-1] not in told.out + told.err
