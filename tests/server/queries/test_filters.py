"""What a list leaves out: by tag, assignee, language, way and how long the patient waits; each alone and together."""

from datetime import timedelta

import pytest

from server import access, clock, models
from server.domain import assignments, messages, patients, tags, teams
from server.models import Colour, Via
from server.queries import inbox
from server.queries.inbox_views import NOBODY, Filters, Inbox
from tests.world import World

pytestmark = pytest.mark.anyio


async def page(staff: access.Staff, only: Filters) -> Inbox:
    return await inbox.page(staff, None, "open", None, only)


async def shown(staff: access.Staff, only: Filters) -> list[str]:
    return sorted(row.patient.name.split()[0] for row in (await page(staff, only)).rows)


async def ask(world: World) -> None:
    """Both patients ask."""
    for thread, patient in ((world.ines_thread, world.ines), (world.omar_thread, world.omar)):
        await messages.reply(thread.id, patient_id=patient.id, key="p", body="Is it ready?")


async def waits(thread: models.Conversation, minutes: float) -> None:
    """Since so many minutes ago."""
    since = clock.now() - timedelta(minutes=minutes)
    await models.Conversation.filter(id=thread.id).update(needs_reply_since=since)


async def test_by_assignee_a_colleague_or_nobody(world: World) -> None:
    await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
    sams = Filters(assignee=str(world.sam.user))

    assert await shown(world.dana, sams) == ["Ines"]
    assert await shown(world.dana, Filters(assignee=NOBODY)) == ["Omar"]
    assert await shown(world.dana, Filters(assignee=str(world.alex.user))) == []
    assert await shown(world.alex, sams) == []

    await teams.remove(world.ines_thread.team_id, world.sam.user)
    assert await shown(world.dana, sams) == []
    assert await shown(world.dana, Filters(assignee=NOBODY)) == ["Ines", "Omar"]


async def test_by_language_of_which_everybody_has_one(world: World) -> None:
    await patients.change(world.omar.id, patients.Details(language="es"), by=world.dana)
    assert await shown(world.dana, Filters(language="es")) == ["Omar"]
    assert await shown(world.dana, Filters(language="ar")) == await shown(world.alex, Filters(language="es")) == []

    # Who has not said any is written to in English, and is found so.
    await patients.change(world.omar.id, patients.Details(language=""), by=world.dana)
    assert await shown(world.dana, Filters(language="en")) == ["Ines", "Omar"]


async def test_by_the_way_that_a_conversation_goes(world: World) -> None:
    await messages.post(world.ines_thread.id, key="a", via=Via.SECURE_EMAIL, body="See", by=world.dana)

    assert await shown(world.dana, Filters(way="secure_email")) == ["Ines"]
    assert await shown(world.dana, Filters(way="secure_sms")) == await shown(world.dana, Filters(way="sms")) == []


async def test_by_how_long_the_patient_waits_and_who_comes_next(world: World) -> None:
    await ask(world)
    await waits(world.ines_thread, 31)
    await waits(world.omar_thread, 29)
    only = Filters(waiting=30)

    found = await page(world.dana, only)
    assert [row.id for row in found.rows] == [world.ines_thread.id]
    omar = await models.Conversation.get(id=world.omar_thread.id)
    assert omar.needs_reply_since is not None
    assert found.turns_at == omar.needs_reply_since + timedelta(minutes=30)
    assert found.counts["open"] == 2
    assert (await page(world.dana, Filters())).turns_at is None
    assert (await page(world.dana, Filters(waiting=30, way="sms"))).turns_at is None
    assert (await page(world.alex, only)).turns_at is None


async def test_once_asked_what_has_waited_long_enough_since(world: World) -> None:
    await ask(world)
    await waits(world.ines_thread, 60)
    await waits(world.omar_thread, 31)
    now = clock.now()

    for ago, names in ((2, ["Omar"]), (40, ["Ines", "Omar"]), (0, [])):
        turned = now - timedelta(minutes=ago)
        found = await inbox.page(world.dana, None, "open", None, Filters(waiting=30), turned)
        assert sorted(row.patient.name.split()[0] for row in found.rows) == names


async def test_all_at_once_and_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await ask(world)
    tag = await tags.create("Refill", Colour.TEAL, by=world.val)
    for thread in (world.ines_thread, world.omar_thread):
        await tags.put_on(thread.id, tag.id, by=world.dana)
        await assignments.assign(thread.id, world.sam.user, by=world.dana)
        await waits(thread, 5)
    only = Filters(tag=tag.id, assignee=str(world.sam.user), language="en", way="secure_sms", waiting=1)
    assert await shown(world.dana, only) == ["Ines", "Omar"]

    monkeypatch.setattr(inbox, "PAGE", 1)
    first = await page(world.dana, only)
    second = await inbox.page(world.dana, None, "open", first.next, only)
    assert {each.id for each in (*first.rows, *second.rows)} == {world.ines_thread.id, world.omar_thread.id}
    assert second.next is None

    for other in ("es", "ar"):
        assert await shown(world.dana, Filters(tag=tag.id, language=other)) == []
