"""Emergency access: reading for a time and a reason, known to the admins, and nothing else (B09)."""

from datetime import timedelta

import pytest

from server import access, audit, clock, models
from server.domain import conversations, exports, glass, jobs, notes, sensitive
from server.errors import Refusal
from server.queries import inbox, patient_conversations
from tests import world as cast
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio
WHY = "She lies in the emergency room"


async def again(user: access.Staff) -> tuple[access.Staff, str]:
    """The same person at another computer: their session, and its token."""
    token, _ = await cast.signed_in(user.user)
    found = await access.staff(token)
    assert found
    return found, token


async def later(token: str) -> access.Staff:
    found = await access.staff(token)
    assert found
    audit.acting.set(audit.Actor("staff", found.user, "127.0.0.1", found.session, glass=found.glass))
    return found


async def test_it_opens_all_of_one_patient_for_reading_in_this_session_until_its_end(world: World) -> None:
    await sensitive.guard(world.ines_thread.id, [world.dana.user], by=world.dana)
    robin, token = await again(world.robin)

    row = await glass.break_for(world.ines.id, WHY, 30, by=robin)
    assert (await glass.break_for(world.ines.id, WHY, 60, by=robin)).id == row.id

    reading = await later(token)
    assert (await conversations.note_reading(world.ines_thread.id, by=reading)).id == world.ines_thread.id
    assert len((await patient_conversations.of(reading, world.ines)).conversations) == 1
    assert not (await inbox.page(reading, None, "open", None)).rows
    for refused, code in (
        (notes.write(world.ines_thread.id, key="n", body="Hello", by=reading), "not_allowed"),
        (exports.for_chart(world.ines_thread.id, "json", by=reading), "unknown"),
        (conversations.note_reading(world.omar_thread.id, by=reading), "unknown"),
        (conversations.note_reading(world.ines_thread.id, by=world.robin), "unknown"),
    ):
        with pytest.raises(Refusal) as said:
            await refused
        assert said.value.code == code
    entry = await models.AuditEntry.get(did="conversation:read", actor_id=world.robin.user)
    assert str(row.id) in entry.data

    clock.shift(timedelta(minutes=31))
    try:
        await models.StaffSession.filter(id=robin.session).update(seen_at=clock.now())
        assert not (await later(token)).glass
    finally:
        clock.shift(timedelta())


async def test_each_admin_is_told_and_may_end_it(world: World) -> None:
    boss = await admin(world.val)
    robin, token = await again(world.robin)
    row = await glass.break_for(world.ines.id, WHY, 60, by=robin)

    told = await jobs.claim(5, kinds=[glass.MAIL])
    assert [each.kept(glass.Broken).to for each in told] == [boss.user]
    for who in (world.sam, world.alex):
        with pytest.raises(Refusal):
            await glass.end(row.id, by=who)
    await glass.end(row.id, by=boss)

    assert not (await later(token)).glass
    assert await models.AuditEntry.filter(did="emergency:ended", patient_id=world.ines.id).count() == 1


@pytest.mark.parametrize(("reason", "minutes", "code"), [("x", 60, "reason_needed"), (WHY, 61, "wrong_length")])
async def test_without_a_reason_or_for_longer_it_is_not_had(world: World, reason: str, minutes: int, code: str) -> None:
    robin, _ = await again(world.robin)
    with pytest.raises(Refusal) as said:
        await glass.break_for(world.ines.id, reason, minutes, by=robin)
    assert said.value.code == code


async def test_nor_in_a_session_that_was_proved_some_time_ago_or_for_strangers(world: World) -> None:
    robin, _ = await again(world.robin)
    with pytest.raises(Refusal) as said:
        await glass.break_for(world.lena.id, WHY, 60, by=robin)
    assert said.value.code == "unknown"
    await models.StaffSession.filter(id=robin.session).update(created_at=clock.now() - timedelta(minutes=6))
    with pytest.raises(Refusal) as said:
        await glass.break_for(world.ines.id, WHY, 60, by=robin)
    assert said.value.code == "prove_again"
