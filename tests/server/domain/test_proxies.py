"""People who act for a patient see what they may, as long as they may, and are told; nobody else is."""

from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from server import access, clock, errors, keys, models, tokens
from server.domain import (
    conversations,
    identity,
    messages,
    portal_sessions,
    proxies,
    recalls,
    receipts,
    sending,
)
from server.domain.proxies import ProxyDetails
from server.domain.sending import letters
from server.models import TaskKind, Via
from server.queries import directory, home, inbox, thread, unread
from tests.server.domain.sending.posting import ACCEPTED, HEAD
from tests.world import World

pytestmark = pytest.mark.anyio
ROSA = ProxyDetails(
    name="Rosa Vega", relation="mother", date_of_birth=date(1980, 5, 4), phone="(312) 555-0160", language="es"
)


async def add(world: World, details: ProxyDetails = ROSA) -> models.Proxy:
    """Somebody acts for Ines."""
    name = uuid4()
    await proxies.add(world.ines.id, name, details, by=world.dana)
    return await models.Proxy.get(id=name)


async def write(world: World, body: str = "Come on Monday", *, patient_only: bool = False) -> UUID:
    message, _ = await messages.post(
        world.ines_thread.id,
        key=tokens.new_secret(),
        via=Via.SECURE_SMS,
        body=body,
        by=world.dana,
        patient_only=patient_only,
    )
    return message


async def enter(proxy: models.Proxy | None, conversation: models.Conversation | None = None) -> access.PortalPatient:
    """The proxy (None: Ines) on their phone, through their newest link, confirmed by their own date of birth."""
    links = models.PortalLink.filter(proxy_id=proxy.id if proxy else None, revoked_at=None)
    link = await (links.filter(conversation_id=conversation.id) if conversation else links).order_by("-id").first()
    assert link is not None
    pressed = await portal_sessions.press(keys.link_secret(link.id))
    session = await access.portal_session(pressed.token)
    assert session is not None
    confirmed = await identity.check_birth_date(session, [date(1980, 5, 4) if proxy else date(1985, 3, 14)])
    reader = await access.portal_patient(confirmed.token)
    assert reader is not None
    return reader


async def go() -> list[letters.Text | letters.Mail | str]:
    """Write every errand that is due, and settle it as accepted; or why it does not go."""
    said: list[letters.Text | letters.Mail | str] = []
    for errand in await sending.claim_errands(20):
        try:
            said.append(await sending.write_errand(errand, HEAD))
            await sending.settle_errand(errand, ACCEPTED, is_mail=False)
        except sending.Unsendable as no:
            said.append(no.reason)
            await sending.settle_errand(errand, sending.Fate("refused", no.reason), is_mail=False)
    return said


async def refused(code: str, act: Awaitable[object]) -> None:
    with pytest.raises(errors.Refusal) as no:
        await act
    assert no.value.code == code


class TestAdding:
    async def test_keeps_a_person_sealed_and_on_record_once(self, world: World) -> None:
        proxy = await add(world)
        await proxies.add(world.ines.id, proxy.id, ROSA, by=world.dana)

        assert b"Rosa" not in proxy.name_sealed
        assert await models.AuditEntry.filter(did="proxy:added").count() == 1
        [shown] = (await directory.card(world.dana, await models.Patient.get(id=world.ines.id))).proxies
        assert (shown.name, shown.relation, shown.phone, shown.teams, shown.state) == (
            "Rosa Vega",
            "mother",
            "+13125550160",
            None,
            "active",
        )

    @pytest.mark.parametrize(
        ("details", "code"),
        [
            (ProxyDetails(phone="3125550160"), "no_name"),
            (ProxyDetails(name="Rosa"), "no_way_to_reach"),
            (ProxyDetails(name="Rosa", phone="3125550160", teams=[]), "no_team"),
            (ProxyDetails(name="Rosa", phone="3125550160", teams=[UUID(int=1)]), "no_team"),
            (ProxyDetails(name="Rosa", phone="3125550160", language="xx"), "no_language"),
            (
                ProxyDetails(name="Rosa", phone="3125550160", ends_at=datetime(2020, 1, 1, tzinfo=UTC)),
                "wrong_dates",
            ),
        ],
    )
    async def test_refuses_what_cannot_be(self, world: World, details: ProxyDetails, code: str) -> None:
        await refused(code, proxies.add(world.ines.id, uuid4(), details, by=world.dana))

    async def test_is_for_members_of_the_clinic_only(self, world: World) -> None:
        proxy = await add(world)

        await refused("unknown", proxies.add(world.ines.id, uuid4(), ROSA, by=world.alex))
        await refused("not_allowed", proxies.add(world.ines.id, uuid4(), ROSA, by=world.val))
        await refused("unknown", proxies.change(world.ines.id, proxy.id, ProxyDetails(notices=False), by=world.alex))
        await refused("unknown", proxies.end(world.ines.id, proxy.id, "asked", by=world.alex))
        await refused("not_allowed", proxies.end(world.ines.id, proxy.id, "asked", by=world.val))
        await refused("unknown", proxies.review(world.ines.id, proxy.id, by=world.alex))
        await refused("unknown", proxies.add(world.lena.id, proxy.id, ROSA, by=world.alex))

    async def test_another_teams_proxy_cannot_be_of_another_clinic(self, world: World) -> None:
        lakeside = world.lakeside.teams["Front desk"].id

        details = ProxyDetails(name="Rosa", phone="3125550160", teams=[lakeside])

        await refused("no_team", proxies.add(world.ines.id, uuid4(), details, by=world.dana))


class TestTheCheck:
    async def test_asks_for_the_proxys_own_date(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        link = await models.PortalLink.get(proxy_id=proxy.id)
        pressed = await portal_sessions.press(keys.link_secret(link.id))
        session = await access.portal_session(pressed.token)
        assert session is not None

        await refused("no_match", identity.check_birth_date(session, [date(1985, 3, 14)]))

        assert (await enter(proxy)).proxy == proxy.id

    async def test_the_patients_link_does_not_open_with_the_proxys_date(self, world: World) -> None:
        await add(world)
        await write(world)
        link = await models.PortalLink.get(proxy_id=None)
        pressed = await portal_sessions.press(keys.link_secret(link.id))
        session = await access.portal_session(pressed.token)
        assert session is not None

        await refused("no_match", identity.check_birth_date(session, [date(1980, 5, 4)]))

    async def test_a_code_goes_to_the_proxys_own_phone(self, world: World) -> None:
        proxy = await add(world, ProxyDetails(name="Rosa Vega", phone="(312) 555-0160"))
        await write(world)
        await go()
        link = await models.PortalLink.get(proxy_id=proxy.id)
        pressed = await portal_sessions.press(keys.link_secret(link.id))
        session = await access.portal_session(pressed.token)
        assert session is not None

        await identity.send_code(session)

        [text] = await go()
        assert isinstance(text, letters.Text)
        assert text.to == "+13125550160"

    async def test_a_shared_phone_is_never_remembered(self, world: World) -> None:
        shared = ProxyDetails(name="Rosa Vega", phone="+13125550142", date_of_birth=date(1980, 5, 4))
        proxy = await add(world, shared)
        await write(world)
        sessions = []
        for link in await models.PortalLink.filter(revoked_at=None):
            pressed = await portal_sessions.press(keys.link_secret(link.id))
            sessions.append(await access.portal_session(pressed.token))

        assert len(sessions) == 2
        assert [await identity.may_remember(each) for each in sessions if each] == [False, False]
        assert proxy.phone_index == world.ines.phone_index


class TestNotices:
    async def test_each_proxy_is_told_with_a_link_of_their_own_and_nothing_about_health(self, world: World) -> None:
        await add(world)
        await write(world, "Your potassium is low")

        [text] = await go()

        assert isinstance(text, letters.Text)
        assert text.to == "+13125550160"
        assert "potassium" not in text.words
        assert "STOP" in text.words
        patients_link = await models.PortalLink.get(proxy_id=None)
        assert keys.link_secret(patients_link.id) not in text.words

    async def test_a_burst_is_told_once_and_what_follows_a_look_again(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        await write(world, "And bring your card")
        assert len(await go()) == 1
        await write(world, "And your list")
        assert await go() == []

        await receipts.mark_viewed([1, 2, 3], by=await enter(proxy))
        await write(world, "One more thing")

        assert len(await go()) == 1

    @pytest.mark.parametrize(
        "details",
        [
            ProxyDetails(notices=False),
            ProxyDetails(begins_at=datetime(2999, 1, 1, tzinfo=UTC)),
            ProxyDetails(review_at=datetime(2020, 1, 1, tzinfo=UTC)),
        ],
    )
    async def test_who_may_not_or_does_not_want_to_is_not_told(self, world: World, details: ProxyDetails) -> None:
        proxy = await add(world)
        await proxies.change(world.ines.id, proxy.id, details, by=world.dana)

        await write(world)

        assert await go() == []

    async def test_nobody_is_told_of_another_teams_message_nor_of_a_private_one(self, world: World) -> None:
        billing = world.mercy.teams["Billing"].id
        proxy = await add(world)
        await write(world, patient_only=True)
        await proxies.change(world.ines.id, proxy.id, ProxyDetails(teams=[billing]), by=world.dana)
        await write(world)

        assert await go() == []

    async def test_what_is_taken_back_or_over_in_time_does_not_go(self, world: World) -> None:
        proxy = await add(world)
        message = await write(world)
        await recalls.recall(message, by=world.dana)
        assert await go() == ["viewed"]
        await write(world)
        await proxies.end(world.ines.id, proxy.id, "asked", by=world.dana)

        assert await go() == ["link_ended"]
        assert not await models.Task.filter(kind=TaskKind.PROXY_UNREACHED).exists()

    async def test_a_phone_that_stopped_our_texts_gets_none_and_staff_are_told(self, world: World) -> None:
        proxy = await add(world)
        number = world.mercy.numbers["Front desk"]
        await models.Suppression.create(
            organization_id=proxy.organization_id,
            contact_index=proxy.phone_index,
            sender_id=number.id,
            source=models.StopSource.KEYWORD,
            created_at=clock.now(),
        )
        await write(world)

        assert await go() == ["opted_out"]

        task = await models.Task.get(kind=TaskKind.PROXY_UNREACHED)
        assert task.conversation_id == world.ines_thread.id
        [shown] = (await directory.card(world.dana, await models.Patient.get(id=world.ines.id))).proxies
        assert shown.words


class TestReading:
    async def test_a_proxy_sees_the_conversation_and_has_receipts_of_their_own(self, world: World) -> None:
        proxy = await add(world)
        message = await write(world)
        reader = await enter(proxy)

        await receipts.mark_viewed([1], by=reader)
        await receipts.mark_viewed([1], by=reader)

        [receipt] = (await thread.messages([message]))[message].receipts
        assert (receipt.name, receipt.initials, receipt.proxy, receipt.relation) == (
            "Rosa Vega",
            "RV",
            proxy.id,
            "mother",
        )
        [seen], _ = await thread.portal_page(world.ines_thread.id, proxy=proxy.id)
        [unseen], _ = await thread.portal_page(world.ines_thread.id, proxy=None)
        assert (seen.viewed, unseen.viewed) == (True, False)

    async def test_what_a_proxy_saw_ends_no_reminder_to_the_patient_but_the_call(self, world: World) -> None:
        proxy = await add(world)
        await write(world)

        await receipts.mark_viewed([1], by=await enter(proxy))

        assert len(await unread.of(world.ines_thread.id)) == 1
        assert await unread.of_anybody(world.ines_thread.id) == []

    async def test_what_is_for_the_patient_alone_is_nowhere_for_a_proxy(self, world: World) -> None:
        proxy = await add(world)
        await write(world, "For everybody")
        private = await write(world, "Only for you", patient_only=True)
        answer, _ = await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Thank you")
        reader = await enter(proxy)

        seen, _ = await thread.portal_page(world.ines_thread.id, proxy=proxy.id)

        assert [each.body for each in seen] == ["For everybody"]
        assert await thread.portal_messages([private, answer], proxy=proxy.id) == {}
        assert await receipts.mark_viewed([2], by=reader) == []
        assert [card.unseen for card in await home.conversations(reader)] == [1]
        everything, _ = await thread.portal_page(world.ines_thread.id, proxy=None)
        assert [each.private for each in everything] == [False, True, True]

    async def test_words_of_a_proxy_are_named_for_staff_and_for_the_patient(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        said, _ = await messages.reply(
            world.ines_thread.id, patient_id=world.ines.id, proxy_id=proxy.id, key="r", body="She will come"
        )

        staffs = (await thread.messages([said]))[said]
        own = (await thread.portal_messages([said], proxy=proxy.id))[said]
        patients_own = (await thread.portal_messages([said], proxy=None))[said]

        assert (staffs.sender.kind, staffs.sender.name) == ("patient", "Rosa Vega (mother of Ines)")
        assert (own.sender, own.key) == ("you", "r")
        assert (patients_own.sender, patients_own.who, patients_own.key) == ("family", "Rosa Vega", None)
        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert row.last is not None
        assert (row.last.who, row.last.proxy) == ("Rosa Vega (mother of Ines)", proxy.id)
        assert row.needs_reply_since is not None

    async def test_the_same_key_of_patient_and_proxy_are_two_messages(self, world: World) -> None:
        proxy = await add(world)
        mine, _ = await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="k", body="Yes")
        hers, _ = await messages.reply(
            world.ines_thread.id, patient_id=world.ines.id, proxy_id=proxy.id, key="k", body="Yes"
        )

        assert mine != hers

    async def test_a_scope_holds_for_conversations_of_those_teams_alone(self, world: World) -> None:
        front, billing = world.mercy.teams["Front desk"].id, world.mercy.teams["Billing"].id
        elsewhere, _ = await conversations.open_with(world.ines.id, billing, by=world.robin)
        proxy = await add(world, msgspec.structs.replace(ROSA, teams=[front]))
        await write(world)
        reader = await enter(proxy)

        await refused("unknown", access.portal_conversation(reader, elsewhere.id))
        await refused("unknown", access.portal_conversation(reader, world.omar_thread.id))
        assert [card.id for card in await home.conversations(reader)] == [world.ines_thread.id]


class TestEnding:
    async def test_ends_links_sessions_and_sockets_at_once_and_changes_nothing_twice(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        reader = await enter(proxy)

        await proxies.end(world.ines.id, proxy.id, "custody", by=world.dana)
        await proxies.end(world.ines.id, proxy.id, "custody", by=world.dana)

        standing = (await access.standing([], [reader.session]))[reader.session]
        assert (standing.alive, standing.code) == (False, 4502)
        assert not await models.PortalSession.filter(id=reader.session, ended_at=None).exists()
        assert await models.AuditEntry.filter(did="proxy:ended").count() == 1
        assert await models.PortalLink.filter(proxy_id=None, revoked_at=None).exists()
        await refused("proxy_ended", proxies.change(world.ines.id, proxy.id, ProxyDetails(notices=True), by=world.dana))

    async def test_the_last_day_ends_a_session_by_itself(self, world: World) -> None:
        proxy = await add(world)
        await proxies.change(
            world.ines.id, proxy.id, ProxyDetails(ends_at=clock.now() + timedelta(minutes=5)), by=world.dana
        )
        await write(world)
        reader = await enter(proxy)
        clock.shift(timedelta(minutes=6))

        standing = (await access.standing([], [reader.session]))[reader.session]

        assert not standing.alive
        assert await receipts.mark_viewed([1], by=reader) == []
        assert await thread.portal_page(world.ines_thread.id, proxy=proxy.id) == ([], None)

    async def test_a_narrower_scope_ends_the_links_outside_it(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        reader = await enter(proxy)

        billing = world.mercy.teams["Billing"].id
        await proxies.change(world.ines.id, proxy.id, ProxyDetails(teams=[billing]), by=world.dana)

        assert not (await access.standing([], [reader.session]))[reader.session].alive
        entry = await models.AuditEntry.get(did="proxy:changed")
        assert str(billing) in entry.data
        assert '"all"' in entry.data
