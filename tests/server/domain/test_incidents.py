"""A message that went to the wrong person is stopped once, and says afterwards what was known (45 CFR 164.402)."""

import json

import pytest

from server import models
from server.domain import clinic_alarms, incident_exports, incidents, receipts, sending
from server.queries import incidents as known
from server.queries.incident_views import Assessment
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post
from tests.server.domain.waiting import reader_of
from tests.world import World

pytestmark = pytest.mark.anyio
WEIGHED = Assessment("An appointment", "Her sister", "She did not", "Taken back at once", is_breach=False)


async def test_it_is_taken_back_and_its_links_end_once(world: World) -> None:
    posted = await post(world)
    await sending.settle(await claim_one(), ACCEPTED)
    link = await models.PortalLink.get()

    row = await incidents.open_for(posted.message, "I chose the wrong Ines", by=world.sam)
    again = await incidents.open_for(posted.message, "Pressed twice", by=world.dana)

    assert (again.id, row.taken_back, row.viewed_at, row.links) == (row.id, True, None, 1)
    assert (await models.PortalLink.get(id=link.id)).revoked_at
    assert (await models.Message.get(id=posted.message)).recalled_at
    assert await models.AuditEntry.filter(did="incident:opened").count() == 1
    assert b"wrong Ines" not in bytes(row.account_sealed)
    assert await clinic_alarms.look() == 1


async def test_what_was_viewed_stays_and_that_is_said(world: World) -> None:
    posted = await post(world)
    await sending.settle(await claim_one(), ACCEPTED)
    reader = await reader_of(world)
    await receipts.mark_viewed([1], by=reader)

    row = await incidents.open_for(posted.message, "The phone is her sister's", by=world.dana)

    assert row.viewed_at
    assert (row.taken_back, row.links) == (False, 1)
    record = await known.one(await admin(world.val), row.id)
    assert [each.name for each in record.events if each.name in ("viewed", "recalled")] == ["viewed"]
    assert (await models.PortalSession.get(id=reader.session)).ended_at


async def test_only_the_team_opens_one(world: World) -> None:
    posted = await post(world)
    codes = [
        await refused(incidents.open_for(posted.message, "x", by=who)) for who in (world.val, world.robin, world.alex)
    ]
    assert codes == ["not_allowed", "unknown", "unknown"]
    assert await refused(incidents.open_for(posted.message, " ", by=world.dana)) == "reason_needed"
    assert not await models.Incident.exists()


async def test_an_admin_weighs_it_once_and_keeps_it_on_paper(world: World) -> None:
    posted = await post(world)
    row = await incidents.open_for(posted.message, "I chose the wrong Ines", by=world.dana)
    boss, other = await admin(world.val), await admin(world.alex)
    assert await refused(incidents.close(row.id, WEIGHED, by=world.sam)) == "not_allowed"
    assert await refused(incidents.close(row.id, WEIGHED, by=other)) == "unknown"
    assert await refused(incident_exports.read(row.id, by=other)) == "unknown"
    assert (await known.of_clinic(other, None)).incidents == []

    await incidents.close(row.id, WEIGHED, by=boss)
    await incidents.close(row.id, WEIGHED, by=boss)

    changed = Assessment("More", "Her sister", "She did", "Nothing", is_breach=True)
    assert await refused(incidents.close(row.id, changed, by=boss)) == "already_settled"
    assert await models.AuditEntry.filter(did="incident:closed").count() == 1
    said = json.loads((await incident_exports.of_incident(row.id, "json", by=boss)).content)
    assert (said["format"], said["content"]["assessment"]["is_breach"]) == ("bloomtext-incident", False)
    entry = await models.AuditEntry.get(did="incident:exported")
    assert said["sha256"] in entry.data
    pdf = await incident_exports.of_incident(row.id, "pdf", by=boss)
    assert pdf.content.startswith(b"%PDF-")


async def test_a_page_goes_on_where_the_last_one_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "PAGE", 2)
    for number in range(3):
        posted = await post(world, body=f"Words {number}")
        await incidents.open_for(posted.message, "Wrong", by=world.dana)
    boss = await admin(world.val)

    first = await known.of_clinic(boss, None)
    second = await known.of_clinic(boss, first.next)

    assert ([len(each.incidents) for each in (first, second)], second.next) == ([2, 1], None)
    assert len({each.id for each in (*first.incidents, *second.incidents)}) == 3
