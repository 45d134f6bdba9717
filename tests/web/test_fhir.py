"""FHIR R4: what is served is valid, on record, of one clinic, and for the key's scopes alone."""

import importlib
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from server import models
from server.app import Application
from server.domain import messages, uploads
from tests import papers, world
from tests.web.test_programs import ONE_DATABASE, Program, key
from web.fhir.door import KINDS

pytestmark = pytest.mark.anyio


class Client(Program):
    """A program that speaks FHIR."""

    async def get(self, path: str, **query: str) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return await self.http.get(f"/fhir/R4{path}", params=query or None, headers=headers)

    async def found(self, path: str, **query: str) -> dict[str, Any]:
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return valid(answer)


def valid(answer: httpx2.Response) -> dict[str, Any]:
    """What was answered, which is a resource that others can read."""
    assert answer.headers["content-type"] == "application/fhir+json"
    said: dict[str, Any] = answer.json()
    kind = said["resourceType"]
    # The models are of R4B, in which nothing that we serve differs from R4; a Bundle looks at what it holds too.
    shape = getattr(importlib.import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    shape.model_validate(said)
    return said


@pytest.fixture
async def client(app: Application, cast: world.World) -> AsyncIterator[Client]:
    opened = Client(app, (await key(cast.robin))[1])
    async with opened.http:
        yield opened


def ids(bundle: dict[str, Any]) -> list[str]:
    return [each["resource"]["id"] for each in bundle.get("entry", [])]


async def talk(cast: world.World) -> None:
    for nth in range(2):
        await messages.post(
            cast.ines_thread.id, key=f"p{nth}", via=models.Via.SECURE_SMS, body=f"Question {nth}", by=cast.dana
        )
    await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="r", body="An answer")


async def test_patients_are_found_by_what_programs_know(client: Client, cast: world.World) -> None:
    ines = str(cast.ines.id)
    for query in (
        *({"identifier": "M-1001"}, {"identifier": "urn:bloomtext:mrn|M-1001"}, {"name": "cald"}, {"_id": ines}),
        *({"family": "Calderon", "given": "Ines"}, {"birthdate": "1985-03-14"}, {"telecom": "+13125550142"}),
        *({"telecom": "email|ines@example.com"}, {"email": "ines@example.com"}, {"phone": "3125550142"}),
    ):
        assert ids(await client.found("/Patient", **query)) == [ines], query
    assert ids(await client.found("/Patient", name="ines", birthdate="1950-11-02")) == []
    assert ids(await client.found("/Patient", _id=str(cast.lena.id))) == []
    one = await client.found(f"/Patient/{ines}")
    assert (one["name"], one["birthDate"]) == ([{"family": "Calderon", "given": ["Ines"]}], "1985-03-14")
    headers = {"Authorization": f"Bearer {client.token}"}
    posted = await client.http.post("/fhir/R4/Patient/_search", data={"name": "ines"}, headers=headers)
    assert ids(valid(posted)) == [ines]


async def test_a_page_leads_to_the_next_and_tells_nothing_in_its_address(client: Client, cast: world.World) -> None:
    await talk(cast)
    first = await client.found("/Communication", patient=f"Patient/{cast.ines.id}", _count="2")
    links = {each["relation"]: each["url"] for each in first["link"]}
    second = await client.found("/Communication", _page=links["next"].partition("_page=")[2])

    assert str(cast.ines.id) not in links["next"]
    written = await models.Message.all().order_by("id").values_list("id", flat=True)
    assert [*ids(first), *ids(second)] == [str(each) for each in written]
    assert "next" not in {each["relation"] for each in second["link"]}
    sent, *_, came = [each["resource"] for each in (*first["entry"], *second["entry"])]
    assert (sent["sender"], sent["status"]) == ({"display": "Dana Reyes"}, "in-progress")
    assert (came["sender"]["reference"], came["payload"]) == (
        f"Patient/{cast.ines.id}",
        [{"contentString": "An answer"}],
    )
    at = came["sent"]
    for sent_at, many in ((f"ge{at[:10]}", 3), (f"lt{at[:10]}", 0), (at[:10], 3), ("ge2999-01-01", 0)):
        assert len(ids(await client.found("/Communication", sent=sent_at))) == many


@ONE_DATABASE
async def test_files_are_documents_with_bytes(client: Client, cast: world.World) -> None:
    said = uploads.Announced("u1", "form.pdf", "application/pdf", len(papers.document()))
    file = await uploads.take_whole(cast.ines_thread.id, said, papers.document(), by=cast.dana)
    await messages.post(cast.ines_thread.id, key="f", via=models.Via.SECURE_SMS, body="", by=cast.dana, files=[file.id])
    [found] = (await client.found("/DocumentReference", patient=str(cast.ines.id)))["entry"]
    attachment = found["resource"]["content"][0]["attachment"]

    assert (attachment["title"], attachment["contentType"]) == ("form.pdf", "application/pdf")
    content = await client.get(f"/{attachment['url']}")
    assert content.content.startswith(b"%PDF")
    assert content.headers["content-security-policy"].startswith("sandbox")


async def test_nothing_of_a_sensitive_conversation_is_there(client: Client, cast: world.World) -> None:
    said = uploads.Announced("u2", "form.pdf", "application/pdf", len(papers.document()))
    file = await uploads.take_whole(cast.ines_thread.id, said, papers.document(), by=cast.dana)
    await messages.post(cast.ines_thread.id, key="f", via=models.Via.SECURE_SMS, body="", by=cast.dana, files=[file.id])
    await models.Conversation.filter(id=cast.ines_thread.id).update(is_sensitive=True)

    for kind in ("Communication", "DocumentReference"):
        found = await client.found(f"/{kind}", patient=f"Patient/{cast.ines.id}")
        assert found.get("entry", []) == []
    assert (await client.get(f"/DocumentReference/{file.id}")).status_code == 404


@ONE_DATABASE
async def test_strangers_scopes_and_odd_requests_get_outcomes(
    app: Application, client: Client, cast: world.World
) -> None:
    await talk(cast)
    message = await models.Message.all().order_by("id").first()
    assert message
    there = {"Patient": cast.ines.id, "Communication": message.id}
    other = Client(app, (await key(cast.alex))[1])
    async with other.http:
        for kind, found in there.items():
            real, made_up = [await other.get(f"/{kind}/{each}") for each in (found, uuid4())]
            assert (real.status_code, real.content) == (404, made_up.content)
            valid(real)
            assert (await client.get(f"/{kind}/{found}")).status_code == 200
        assert ids(await other.found("/Communication")) == []
    await models.ApiKey.all().update(scopes="webhooks")
    for served in KINDS:
        for path in (f"/{served.name}/{uuid4()}", *([f"/{served.name}"] if served.search else [])):
            assert valid(no := await client.get(path))["issue"][0]["code"] == "forbidden"
            assert no.status_code == 403
    await models.ApiKey.all().update(scopes="patients:read")
    for path, query in (
        *(("/Patient", {"gender": "female"}), ("/Patient", {"birthdate": "1985"}), ("/Patient", {"_page": "made-up"})),
        *(("/Patient", {"identifier": "urn:other|1"}), ("/Patient", {"_id": "1"})),
    ):
        assert valid(await client.get(path, **query))["issue"][0]["code"] == "invalid"
    for path, status in (("/Patient/not-an-id", 404), ("/Observation", 404)):
        no = await client.get(path)
        assert (no.status_code, valid(no)["resourceType"]) == (status, "OperationOutcome")
    client.token = "btkey_nothing"
    assert valid(await client.get("/Patient"))["issue"][0]["code"] == "login"
    assert (await client.found("/metadata"))["fhirVersion"] == "4.0.1"


async def test_each_look_is_on_record_as_the_programs(client: Client, cast: world.World) -> None:
    await talk(cast)
    await client.get(f"/Patient/{cast.ines.id}")
    await client.get("/Communication")
    made = await models.ApiKey.filter(organization_id=cast.mercy.organization.id).get()

    entries = await models.AuditEntry.filter(actor_kind="program", actor_id=made.id)
    assert {(each.did, each.patient_id) for each in entries} == {
        ("patient:read", cast.ines.id),
        ("conversation:read", cast.ines.id),
    }
