"""All of a patient's record as a file: what its maker may read, and nothing of other inboxes."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pypdfium2  # it has no types
import pytest

from server import access, clock, models
from server.domain import conversations, exports, messages, patient_contacts, record_exports, stops, teams
from server.domain.patient_contacts import Said
from server.domain.step_up import RECENT
from server.models import ContactKind, Via
from tests.refusing import refused
from tests.server.domain.sending.posting import post
from tests.server.domain.test_patient_contacts import WORK
from tests.world import World

pytestmark = pytest.mark.anyio


async def record(world: World, by: access.Staff) -> dict[str, Any]:
    made = await record_exports.of_patient(world.ines.id, "json", by=by)
    found: dict[str, Any] = json.loads(made.content)
    return found


async def from_billing(world: World) -> None:
    """Robin of another team writes to the same patient."""
    conversation, _ = await conversations.open_with(world.ines.id, world.mercy.teams["Billing"].id, by=world.robin)
    await messages.post(conversation.id, key="n1", via=Via.SECURE_SMS, body="The bill is paid", by=world.robin)


async def test_has_the_entry_and_the_conversations_that_its_maker_reads(world: World) -> None:
    await post(world)
    await from_billing(world)
    front = world.mercy.teams["Front desk"].id
    await stops.write_down(world.ines.id, is_mail=True, team_id=front, said="On the phone", by=world.dana)

    found = await record(world, world.dana)

    content = found["content"]
    assert (found["format"], content["name"], content["phones"], content["emails"]) == (
        "bloomtext-patient-record",
        "Ines Calderon",
        ["(312) 555-0142"],
        ["ines@example.com"],
    )
    assert content["teams"] == ["Front desk"]
    assert [each["conversation"] for each in content["conversations"]] == [str(world.ines_thread.id)]
    assert len(content["conversations"][0]["messages"]) == 1
    assert [(each["by"], each["source"]) for each in content["stops"]] == [("email", "staff")]
    assert "bill is paid" not in json.dumps(found)


async def test_names_what_was_stopped_at_each_phone_and_mailbox(world: World) -> None:
    for kind, value in ((ContactKind.PHONE, WORK), (ContactKind.EMAIL, "work@example.com")):
        rev = (await models.Patient.get(id=world.ines.id)).rev
        await patient_contacts.add(world.ines.id, uuid4(), kind, Said(value=value), rev=rev, by=world.dana)
    front = world.mercy.teams["Front desk"].id
    for is_mail in (False, True):
        await stops.write_down(world.ines.id, is_mail=is_mail, team_id=front, said="On the phone", by=world.dana)

    content = (await record(world, world.dana))["content"]
    elsewhere = (await record(world, world.robin))["content"]
    made = await record_exports.of_patient(world.ines.id, "pdf", by=world.dana)

    mails = [("email", "ines@example.com"), ("email", "work@example.com")]
    texts = [("text", "(312) 555-0142"), ("text", "(312) 555-0170")]
    assert sorted((each["by"], each["contact"]) for each in content["stops"]) == [*mails, *texts]
    assert sorted((each["by"], each["contact"]) for each in elsewhere["stops"]) == mails
    assert "to (312) 555-0170, since" in pypdfium2.PdfDocument(made.content)[0].get_textpage().get_text_range()


async def test_is_on_record_with_its_hash(world: World) -> None:
    await post(world)

    found = await record(world, world.dana)

    entry = await models.AuditEntry.get(did="patient:exported")
    assert (entry.patient_id, json.loads(entry.data)) == (
        world.ines.id,
        {
            "export": found["made"]["id"],
            "format": "json",
            "sha256": found["sha256"],
            "conversations": [str(world.ines_thread.id)],
        },
    )


async def test_can_be_read_on_paper(world: World) -> None:
    await messages.post(world.ines_thread.id, key="k1", via=Via.SECURE_SMS, body="Come on Monday", by=world.dana)

    made = await record_exports.of_patient(world.ines.id, "pdf", by=world.dana)

    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.content)]
    assert ["Patient record" in pages[0], "Phone: (312) 555-0142" in pages[0]] == [True, True]
    assert ["Conversation with Front desk" in pages[1], "Come on Monday" in pages[1]] == [True, True]


async def test_somebody_of_no_inbox_gets_the_entry_alone(world: World) -> None:
    await post(world)

    content = (await record(world, world.robin))["content"]

    assert (content["name"], content["teams"], content["conversations"]) == ("Ines Calderon", [], [])


async def test_another_clinic_learns_nothing(world: World) -> None:
    assert await refused(record(world, world.alex)) == "unknown"
    assert not await models.AuditEntry.filter(did="patient:exported").exists()


async def test_asks_who_asks(world: World) -> None:
    await models.StaffSession.filter(id=world.dana.session).update(
        created_at=clock.now() - RECENT - timedelta(seconds=1)
    )

    assert await refused(record(world, world.dana)) == "prove_again"


async def test_who_leaves_the_team_meanwhile_gets_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    written = exports.written

    async def slow(*given: Any, **named: Any) -> Any:
        await teams.remove(world.mercy.teams["Front desk"].id, world.dana.user)
        return await written(*given, **named)

    monkeypatch.setattr("server.domain.record_exports.written", slow)

    assert await refused(record(world, world.dana)) == "unknown"
