"""From which of a team's numbers a patient is written to."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server import access, clock, models
from server.domain import contacts, conversations, messages, misfiled, numbers, sending, teams
from server.models import Carries, NumberStatus, Purpose, Via
from server.queries import ahead, directory, inbox, me, opened
from server.queries.broadcast_views import Filter
from tests.laws.replay import replay_law
from tests.refusing import refused
from tests.server.domain.casting import begun, said, work
from tests.server.domain.sending.posting import HEAD, post
from tests.server.domain.test_inbound import BILLING, FRONT, incoming, receive
from tests.server.domain.test_ladders import carried
from tests.server.domain.waiting import after
from tests.world import World

pytestmark = pytest.mark.anyio
FIRST, SECOND, BILLINGS = f"+{FRONT}", "+13125550109", f"+{BILLING}"


@pytest.fixture
async def second(world: World) -> models.PhoneNumber:
    """The second number of the front desk."""
    return await teams.give_number(world.mercy.teams["Front desk"], SECOND)


async def goes_from(world: World, via: Via = Via.SECURE_SMS) -> str | None:
    """The number of ours that something posted now leaves from."""
    row = await (await post(world, via)).row()
    return (await models.PhoneNumber.get(id=row.phone_number_id)).e164


async def row_of(world: World) -> tuple[str | None, bool]:
    [row] = (await inbox.rows([world.ines_thread.id])).values()
    return row.number, row.number_lost


async def text(world: World, to: str, words: str = "Thank you") -> None:
    async with replay_law(world.dana):
        await receive(incoming(words, to=to.removeprefix("+")))


async def conversation(world: World) -> models.Conversation:
    return await models.Conversation.get(id=world.ines_thread.id)


@pytest.mark.usefixtures("second")
class TestWrote:
    async def test_whatever_is_written_leaves_from_the_number_that_the_patient_wrote_to(self, world: World) -> None:
        assert await goes_from(world) == FIRST
        await text(world, SECOND)

        assert [await goes_from(world, via) for via in (Via.SMS, Via.SECURE_SMS)] == [SECOND, SECOND]
        assert await row_of(world) == (SECOND, False)

        await text(world, FIRST)
        assert await goes_from(world) == FIRST

    async def test_reminders_leave_from_where_it_goes_on(self, world: World) -> None:
        await goes_from(world)
        await carried()
        await numbers.choose(world.ines_thread.id, SECOND, by=world.dana)

        await after(24.1)

        reminder = await models.Delivery.get(purpose=Purpose.REMINDER).select_related("phone_number")
        assert reminder.phone_number is not None
        assert reminder.phone_number.e164 == SECOND

    async def test_a_new_try_leaves_from_there_too(self, world: World) -> None:
        failed = await post(world)
        await models.Delivery.all().update(state=models.State.FAILED)
        await text(world, SECOND)

        await sending.retry(failed.delivery, by=world.dana)

        again = await models.Delivery.get(purpose=Purpose.RETRY).select_related("phone_number")
        assert again.phone_number is not None
        assert again.phone_number.e164 == SECOND

    async def test_is_the_phone_still_theirs_is_asked_from_there(self, world: World) -> None:
        await text(world, SECOND)
        await contacts.meet(world.mercy.organization.id, models.ContactKind.PHONE, world.ines.phone_index or "")
        await models.Contact.all().update(proven_at=clock.now() - timedelta(days=200))

        await goes_from(world)

        [errand] = await sending.claim_errands(9)
        asked = await sending.write_errand(errand, HEAD)
        assert isinstance(asked, sending.Text)
        assert asked.sender == SECOND

    async def test_a_stop_is_confirmed_from_the_number_it_went_to(self, world: World) -> None:
        await text(world, SECOND, "STOP")

        [errand] = await sending.claim_errands(9)
        answer = await sending.write_errand(errand, HEAD)
        assert isinstance(answer, sending.Text)
        assert answer.sender == SECOND

    async def test_what_somebody_of_the_family_was_given_is_no_choice_of_the_patients(self, world: World) -> None:
        await text(world, SECOND)
        [given] = await models.Message.all()

        await misfiled.move(given.id, world.omar.id, by=world.dana)

        assert (await conversation(world)).phone_number_id is None
        omars = await models.Conversation.get(id=world.omar_thread.id)
        assert omars.phone_number_id == given.phone_number_id
        assert await goes_from(world) == FIRST

    async def test_a_broadcast_goes_to_everybody_from_the_first(self, world: World, second: models.PhoneNumber) -> None:
        await text(world, SECOND)

        await begun(world, said(Filter(ours=False)))
        await work()

        sent = await models.Delivery.filter(carries__in=(Carries.TEXT, Carries.NOTICE_SMS))
        assert sent
        assert second.id not in {each.phone_number_id for each in sent}


@pytest.mark.usefixtures("second")
class TestNotices:
    async def test_no_message_rides_with_a_notice_from_another_number(self, world: World) -> None:
        first = await post(world)
        await text(world, SECOND)

        other = await post(world)

        assert (await other.row()).ref == other.delivery != first.delivery
        third = await post(world)
        assert (await third.row()).ref == other.delivery

    async def test_each_number_says_once_a_month_how_to_stop_it(self, world: World) -> None:
        async def written() -> str:
            [claimed] = await sending.claim(9, lane=sending.Lane.TEXTS)
            letter = await sending.write(claimed, HEAD)
            await sending.settle(claimed, sending.Fate("accepted", carrier_ref=str(uuid4())))
            assert isinstance(letter, sending.Text)
            return letter.words

        told = []
        for to in (FIRST, FIRST, SECOND, SECOND):
            await text(world, to)
            await models.Delivery.all().update(created_at=clock.now() - timedelta(minutes=2))
            await post(world)
            told.append("STOP" in await written())

        assert told == [True, False, True, False]


class TestLost:
    @pytest.mark.parametrize("how", ["blocked", "moved", "gone"])
    async def test_falls_to_the_teams_first_and_says_so(
        self, world: World, second: models.PhoneNumber, how: str
    ) -> None:
        await text(world, SECOND)
        ours = models.PhoneNumber.filter(id=second.id)
        billing = world.mercy.teams["Billing"].id
        lose: dict[str, Callable[[], Awaitable[int]]] = {
            "blocked": lambda: ours.update(status=NumberStatus.BLOCKED),
            "moved": lambda: ours.update(team_id=billing),
            "gone": ours.delete,
        }
        await lose[how]()

        assert await row_of(world) == (FIRST, True)
        assert await goes_from(world) == FIRST

    async def test_a_stop_to_the_lost_one_holds_for_what_goes_instead(
        self, world: World, second: models.PhoneNumber
    ) -> None:
        await text(world, SECOND, "STOP")
        await models.PhoneNumber.filter(id=second.id).update(status=NumberStatus.BLOCKED)

        assert await refused(post(world)) == "no_way_to_reach"

        # To write from another number is a person's own decision.
        await numbers.choose(world.ines_thread.id, FIRST, by=world.dana)
        assert await goes_from(world) == FIRST

    async def test_a_first_number_that_carriers_block_is_passed_over(self, world: World) -> None:
        await teams.give_number(world.mercy.teams["Front desk"], SECOND)
        await models.PhoneNumber.filter(e164=FIRST).update(status=NumberStatus.BLOCKED)

        assert await goes_from(world) == SECOND
        assert await row_of(world) == (SECOND, False)


@pytest.mark.usefixtures("second")
class TestChoose:
    async def test_holds_until_the_patient_writes_to_another_one(self, world: World) -> None:
        async with replay_law(world.sam):
            await numbers.choose(world.ines_thread.id, SECOND, by=world.dana)
        assert await goes_from(world) == SECOND

        await text(world, FIRST)
        assert await goes_from(world) == FIRST

    async def test_the_same_again_changes_nothing(self, world: World, second: models.PhoneNumber) -> None:
        for _ in range(2):
            await numbers.choose(world.ines_thread.id, SECOND, by=world.dana)

        assert (await conversation(world)).rev == world.ines_thread.rev + 1
        [entry] = await models.AuditEntry.filter(did="conversation:number")
        assert json.loads(entry.data) == {"number": str(second.id)}

    async def test_only_the_teams_own_can_be_chosen_by_its_members(self, world: World) -> None:
        async def no(number: str, by: access.Staff) -> str:
            return await refused(numbers.choose(world.ines_thread.id, number, by=by))

        assert [await no(each, world.dana) for each in (BILLINGS, "+13125550110", "+13125550199")] == ["unknown"] * 3
        assert [await no(SECOND, by) for by in (world.robin, world.alex)] == ["unknown"] * 2
        assert await no(SECOND, world.val) == "not_allowed"
        assert (await conversation(world)).phone_number_id is None

    async def test_one_that_carriers_block_is_refused(self, world: World) -> None:
        await models.PhoneNumber.filter(e164=SECOND).update(status=NumberStatus.BLOCKED)

        assert await refused(numbers.choose(world.ines_thread.id, SECOND, by=world.dana)) == "no_way_to_reach"

    async def test_comes_with_a_new_conversation(self, world: World) -> None:
        billing, front = world.mercy.teams["Billing"].id, world.mercy.teams["Front desk"].id
        await teams.give_number(world.mercy.teams["Billing"], "+13125550108")

        made, is_new = await conversations.open_with(world.ines.id, billing, by=world.robin, number="+13125550108")
        known, is_made = await conversations.open_with(world.ines.id, front, by=world.dana, number=SECOND)

        assert (is_new, is_made) == (True, False)
        rows = await inbox.rows([made.id, known.id])
        assert [rows[each.id].number for each in (made, known)] == ["+13125550108", SECOND]
        assert await refused(conversations.open_with(world.omar.id, billing, by=world.robin, number=FIRST)) == "unknown"
        assert not await models.Conversation.filter(patient_id=world.omar.id, team_id=billing).exists()


class TestShown:
    async def test_with_one_number_nothing_is_said_of_it(self, world: World) -> None:
        await text(world, FIRST)

        assert await row_of(world) == (None, False)
        shown = await opened.whole(world.dana, world.ines_thread.id, before=None)
        assert (shown.row.number, shown.row.number_lost) == (None, False)

    async def test_the_ways_are_those_of_the_number_it_goes_from(
        self, world: World, second: models.PhoneNumber
    ) -> None:
        await text(world, SECOND, "STOP")
        front = world.mercy.teams["Front desk"].id

        async def can_text(number: UUID | None = None) -> bool:
            ines = await models.Patient.get(id=world.ines.id)
            return (await ahead.of(world.dana, ines, front, number)).ways.secure_sms.can

        shown = await opened.whole(world.dana, world.ines_thread.id, before=None)
        assert shown.patient.ways.secure_sms.why == "opted_out"
        assert (await directory.card(world.dana, world.ines)).ways.secure_sms.why == "opted_out"
        first = await models.PhoneNumber.get(e164=FIRST)
        assert [await can_text(), await can_text(second.id), await can_text(first.id)] == [False, False, True]

    async def test_the_first_of_a_teams_numbers_is_the_one_it_writes_from(
        self, world: World, second: models.PhoneNumber
    ) -> None:
        async def listed() -> list[str]:
            mine = await me.me(world.dana, csrf="", build="")
            return next(team.numbers for team in mine.teams if team.id == second.team_id)

        assert await listed() == [FIRST, SECOND]
        await models.PhoneNumber.filter(e164=FIRST).update(status=NumberStatus.BLOCKED)
        assert await listed() == [SECOND, FIRST]


async def test_words_from_the_portal_choose_no_number(world: World, second: models.PhoneNumber) -> None:
    await numbers.choose(world.ines_thread.id, second.e164, by=world.dana)

    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="From the page")

    assert (await conversation(world)).phone_number_id == second.id
