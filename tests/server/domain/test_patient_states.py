"""Patients who are put away, and who have died."""

from datetime import timedelta

import pytest

from server import access, clock, errors, models
from server.domain import gate as the_gate
from server.domain import jobs, later, messages, patient_states, proxies, sending
from server.errors import Refusal
from server.models import LaterState, State, Via
from server.queries import directory, inbox, listing
from tests.server.domain.sending.posting import HEAD, claim_one, post
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.waiting import after
from tests.world import World

pytestmark = pytest.mark.anyio


async def listed(staff: access.Staff, *, archived: bool = False) -> list[str]:
    by_sort = [
        sorted(each.first_name for each in (await listing.page(staff, sort, None, archived=archived)).patients)
        for sort in ("recent", "name")
    ]
    assert by_sort[0] == by_sort[1]
    return by_sort[0]


async def found(staff: access.Staff, text: str, *, archived: bool = False) -> list[str]:
    return [each.first_name for each in await directory.find(staff, text, archived=archived)]


async def entries(did: str) -> list[str]:
    return [each.data for each in await models.AuditEntry.filter(did=did).order_by("at")]


class TestArchive:
    async def test_puts_away_until_somebody_brings_back(self, world: World) -> None:
        for _ in range(2):
            await patient_states.archive(world.ines.id, by=world.dana)
        assert await listed(world.dana) == ["Omar"]
        assert await listed(world.dana, archived=True) == ["Ines"]

        for _ in range(2):
            await patient_states.restore(world.ines.id, by=world.robin)
        assert await listed(world.dana) == ["Ines", "Omar"]
        assert await listed(world.dana, archived=True) == []
        [away], [back] = await entries("patient:archived"), await entries("patient:restored")
        assert '"before":null' in away
        assert '"after":null' in back
        assert '"why":"staff"' in back

    async def test_is_found_when_asked_for(self, world: World) -> None:
        await patient_states.archive(world.ines.id, by=world.dana)

        for text in ("ines", "cald", "0142", "3/14/1985"):
            assert await found(world.dana, text) == []
            assert await found(world.dana, text, archived=True) == ["Ines"]
        for text in ("312 555 0142", "ines@example.com", "M-1001"):
            assert await found(world.dana, text) == ["Ines"]
        assert await found(world.dana, "omar", archived=True) == []
        assert await found(world.alex, "ines", archived=True) == []

    async def test_ends_when_they_write(self, world: World) -> None:
        await patient_states.archive(world.ines.id, by=world.dana)

        await receive(incoming("Hello, it is me"))

        assert await listed(world.dana) == ["Ines", "Omar"]
        [entry] = await entries("patient:restored")
        assert '"why":"wrote"' in entry

    async def test_hides_no_conversation(self, world: World) -> None:
        await patient_states.archive(world.ines.id, by=world.dana)

        page = await inbox.page(world.dana, None, "open", None)
        assert world.ines_thread.id in {row.id for row in page.rows}

    async def test_is_unknown_to_strangers(self, world: World) -> None:
        for act in (
            patient_states.archive,
            patient_states.restore,
            patient_states.mark_deceased,
            patient_states.unmark_deceased,
        ):
            with pytest.raises(Refusal) as no:
                await act(world.ines.id, by=world.alex)
            assert no.value.code == errors.unknown().code
        ines = await models.Patient.get(id=world.ines.id)
        assert (ines.rev, ines.archived_at, ines.deceased_at) == (world.ines.rev, None, None)


class TestDeceased:
    async def test_stops_what_waits_and_calls_off_what_was_to_come(self, world: World) -> None:
        posted = await post(world)
        at = clock.now() + timedelta(hours=2)
        kept, _ = await later.write_later(
            world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="See you", at=at, by=world.dana
        )

        for _ in range(2):
            await patient_states.mark_deceased(world.ines.id, by=world.dana)

        row = await posted.row()
        assert (row.state, row.reason) == (State.FAILED, "deceased")
        written = await models.Later.get(id=kept)
        assert (written.state, written.why) == (LaterState.CANCELLED, "deceased")
        assert not await jobs.is_open("ladder", world.ines_thread.id)
        assert not await jobs.is_open("not_read", world.ines_thread.id)
        assert len(await entries("patient:deceased")) == 1
        shown = (await directory.find(world.dana, "ines"))[0]
        assert shown.deceased_at is not None

    async def test_nothing_goes_by_itself_however_long(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate("accepted", carrier_ref="c"))

        await patient_states.mark_deceased(world.ines.id, by=world.dana)
        for hours in (24.1, 72.1, 76.3):
            await after(hours)

        assert await models.Delivery.filter(conversation_id=world.ines_thread.id).count() == 1
        assert (await posted.row()).state is State.SENT
        assert [row.tasks for row in (await inbox.rows([world.ines_thread.id])).values()] == [[]]

    async def test_what_was_claimed_before_is_stopped_at_the_last_moment(self, world: World) -> None:
        await post(world)
        claimed = await claim_one()

        await patient_states.mark_deceased(world.ines.id, by=world.dana)

        with pytest.raises(sending.Unsendable) as no:
            await sending.write(claimed, HEAD)
        assert str(no.value) == "deceased"

    async def test_a_person_may_still_write_by_hand(self, world: World) -> None:
        await patient_states.mark_deceased(world.ines.id, by=world.dana)

        posted = await post(world, body="Our condolences to the family")

        assert await posted.state() is State.WAITING
        assert await sending.write(await claim_one(), HEAD)
        assert not await jobs.is_open("ladder", world.ines_thread.id) or await self._ladder_ends(world)

    async def _ladder_ends(self, world: World) -> bool:
        for hours in (24.1, 72.1, 76.3):
            await after(hours)
        rows = await models.Delivery.filter(conversation_id=world.ines_thread.id)
        return len(rows) == 1 and not await jobs.is_open("ladder", world.ines_thread.id)

    async def test_writing_for_later_says_why_not(self, world: World) -> None:
        await patient_states.mark_deceased(world.ines.id, by=world.dana)

        with pytest.raises(Refusal) as no:
            await later.write_later(
                world.ines_thread.id,
                key="l",
                via=Via.SECURE_SMS,
                body="See you",
                at=clock.now() + timedelta(hours=2),
                by=world.dana,
            )
        assert no.value.extra["why"] == "deceased"
        assert "deceased" in str(no.value)

    @pytest.mark.parametrize("path", sorted(set(the_gate.Path) - set(the_gate.OF_HAND)))
    async def test_the_gate_refuses_every_path_but_those_of_hands(self, world: World, path: the_gate.Path) -> None:
        await patient_states.mark_deceased(world.ines.id, by=world.dana)
        conversation = await models.Conversation.get(id=world.ines_thread.id)
        asked = the_gate.Asked(
            path=path,
            organization=world.mercy.organization,
            patient=await models.Patient.get(id=world.ines.id),
            conversation=conversation,
            carries=models.Carries.NOTICE_SMS,
            number=world.mercy.numbers["Front desk"],
        )

        with pytest.raises(Refusal) as no:
            await the_gate.admit(asked)
        assert no.value.extra["why"] == "deceased"

    async def test_who_acts_for_them_may_ask_for_a_code(self, world: World) -> None:
        await patient_states.mark_deceased(world.ines.id, by=world.dana)
        details = proxies.ProxyDetails(name="Rosa Vega", phone="+13125550160")
        await proxies.add(world.ines.id, world.dana.session, details, by=world.dana)
        asked = the_gate.Asked(
            path=the_gate.Path.CODE,
            organization=world.mercy.organization,
            patient=await models.Patient.get(id=world.ines.id),
            conversation=await models.Conversation.get(id=world.ines_thread.id),
            carries=models.Carries.NOTICE_SMS,
            number=world.mercy.numbers["Front desk"],
            proxy=await models.Proxy.get(),
        )

        assert await the_gate.admit(asked) == the_gate.Admitted()

    async def test_a_mistake_is_taken_back_and_starts_nothing_again(self, world: World) -> None:
        posted = await post(world)
        await patient_states.mark_deceased(world.ines.id, by=world.dana)

        for _ in range(2):
            await patient_states.unmark_deceased(world.ines.id, by=world.sam)

        assert await posted.state() is State.FAILED
        [entry] = await entries("patient:not_deceased")
        assert '"after":null' in entry
        await messages.post(world.ines_thread.id, key="again", via=Via.SECURE_SMS, body="Hello", by=world.dana)
        assert await sending.write(await claim_one(), HEAD)
