"""Several conversations, several people, one phone: everybody sees their own, and nothing lands where it should not."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from realtime import sources, wire
from server import access, keys, models
from server.domain import conversations, messages, patients, proxies, receipts
from server.models import Via
from server.queries import facts
from tests.portal import phone
from tests.portal.conftest import PRIVATE, enter
from tests.world import World

pytestmark = pytest.mark.anyio
BILL = "Your bill is ready, Ines."
ROSA = proxies.ProxyDetails(name="Rosa Vega", relation="mother", date_of_birth=date(1980, 5, 4), phone="+13125550142")


@pytest.fixture
async def billing(cast: World) -> models.Conversation:
    """Ines's other conversation, in which Robin has written."""
    found, _ = await conversations.open_with(cast.ines.id, cast.mercy.teams["Billing"].id, by=cast.robin)
    await messages.post(found.id, key="bill", via=Via.SECURE_SMS, body=BILL, by=cast.robin)
    return found


@pytest.fixture
async def rosa(cast: World) -> models.Proxy:
    """Ines's mother, on the same phone; Dana has written since she may read."""
    name = uuid4()
    await proxies.add(cast.ines.id, name, ROSA, by=cast.dana)
    await messages.post(cast.ines_thread.id, key="second", via=Via.SECURE_SMS, body="See you soon", by=cast.dana)
    return await models.Proxy.get(id=name)


async def enter_as(browser: phone.Phone, proxy: models.Proxy, born: str = "5/4/1980") -> None:
    """Open the proxy's newest link, press, and give their own date."""
    link = await models.PortalLink.filter(proxy_id=proxy.id, revoked_at=None).order_by("-id").first()
    assert link is not None
    await browser.get(f"/m/{keys.link_secret(link.id)}")
    await browser.submit("/m/open")
    await browser.submit("/m/check", date=born)


class TestHome:
    async def test_one_conversation_needs_no_page_of_all(self, cast: World, inside: phone.Phone) -> None:
        assert "/m/home" not in inside.page

        await inside.get("/m/home")

        assert inside.location == "/m/thread"
        assert PRIVATE in inside.text

    async def test_several_are_listed_without_their_words(
        self, cast: World, inside: phone.Phone, billing: models.Conversation
    ) -> None:
        await conversations.mark_done(cast.ines_thread.id, by=cast.dana, why="not_needed")

        await inside.get("/m/home")

        assert "Front desk" in inside.text
        assert "Billing" in inside.text
        assert "1 new message" in inside.text
        assert "Nothing new" in inside.text
        assert "Closed." in inside.text
        assert PRIVATE not in inside.text
        assert BILL not in inside.text

    async def test_one_press_goes_to_one(self, inside: phone.Phone, billing: models.Conversation) -> None:
        await inside.get(f"/m/thread?c={billing.id}")

        assert BILL in inside.text
        assert PRIVATE not in inside.text
        assert '"/m/home"' in inside.page

    @pytest.mark.parametrize("address", ["/m/home", "/m/thread?c=00000000-0000-0000-0000-000000000001"])
    async def test_nobody_sees_it_before_the_check(self, cast: World, mobile: phone.Phone, address: str) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")

        await mobile.get(address)

        assert mobile.location == "/m/check"


class TestActs:
    async def test_of_two_tabs_each_land_in_their_own_conversation(
        self, cast: World, inside: phone.Phone, billing: models.Conversation
    ) -> None:
        first = inside.hidden("/m/messages")
        await inside.get(f"/m/thread?c={billing.id}")
        second = inside.hidden("/m/messages")

        await inside.post("/m/messages", **first, body="To the front desk")
        answer = await inside.post("/m/messages", **second, body="To billing")

        assert answer.headers["location"] == f"/m/thread?c={billing.id}#latest"
        assert await _by_the_patient(cast.ines_thread) == 1
        assert await _by_the_patient(billing) == 1

    async def test_the_script_names_it_too(
        self, cast: World, inside: phone.Phone, billing: models.Conversation
    ) -> None:
        body = {"key": "a" * 16, "body": "Hello", "conversation": str(billing.id)}

        sent = await inside.call("/m/messages", body)
        await inside.call("/m/viewed", {"numbers": [1], "conversation": str(billing.id)})

        assert sent.status_code == 201
        assert await _by_the_patient(billing) == 1
        assert await models.Receipt.filter(message__conversation_id=billing.id).count() == 1

    async def test_strangers_conversations_are_not_there(self, cast: World, inside: phone.Phone) -> None:
        token = inside.hidden("/m/messages")
        for other in (cast.omar_thread.id, UUID(int=1)):
            read = await inside.client.get(f"/m/thread?c={other}")
            written = await inside.post("/m/messages", **{**token, "conversation": str(other)}, body="Hello")
            checked = await inside.post("/m/check-new", csrf=token["csrf"], conversation=str(other))
            called = await inside.call("/m/messages", {"key": "b" * 16, "body": "Hi", "conversation": str(other)})
            seen = await inside.call("/m/viewed", {"numbers": [1], "conversation": str(other)})
            answers = (read, written, checked, called, seen)
            assert [answer.status_code for answer in answers] == [404] * 5
        assert (await inside.client.get("/m/thread?c=nonsense")).status_code == 404
        assert await _by_the_patient(cast.omar_thread) == 0


async def _by_the_patient(conversation: models.Conversation) -> int:
    return await models.Message.filter(conversation_id=conversation.id, patient_id=conversation.patient_id).count()


class TestAProxy:
    async def test_reads_and_writes_as_themselves(self, cast: World, mobile: phone.Phone, rosa: models.Proxy) -> None:
        await enter_as(mobile, rosa)

        await mobile.submit("/m/messages", body="She will come")

        assert "You read for Ines Calderon." in mobile.text
        assert "She will come" in mobile.text
        message = await models.Message.get(proxy_id=rosa.id)
        assert (message.patient_id, message.author_id) == (cast.ines.id, rosa.id)
        assert {row.viewer_id for row in await models.Receipt.all()} == {rosa.id}
        entry = await models.AuditEntry.filter(did="message:received").first()
        assert entry is not None
        assert (entry.actor_kind, entry.actor_id) == ("proxy", rosa.id)

    async def test_a_private_message_is_in_no_page_of_theirs(
        self, cast: World, mobile: phone.Phone, other: phone.Phone, rosa: models.Proxy
    ) -> None:
        secret = "About the clinic you asked for"
        await messages.post(
            cast.ines_thread.id, key="only", via=Via.SECURE_SMS, body=secret, by=cast.dana, patient_only=True
        )

        await enter_as(mobile, rosa)
        told = (await mobile.client.get("/m/thread", headers={"Accept": "application/json"})).json()
        await enter(other, cast)

        assert secret not in mobile.text
        assert [message["number"] for message in told["messages"]] == [1, 2]
        assert secret in other.text
        assert "Only you and your care team see this" in other.text

    async def test_the_live_side_leaves_it_out_as_well(self, cast: World, rosa: models.Proxy) -> None:
        epoch, before = (await facts.heads([cast.ines.id]))[cast.ines.id]
        billing, _ = await conversations.open_with(cast.ines.id, cast.mercy.teams["Billing"].id, by=cast.robin)
        front = cast.mercy.teams["Front desk"].id
        await proxies.change(cast.ines.id, rosa.id, proxies.ProxyDetails(teams=[front]), by=cast.dana)
        for key, conversation, by, only in (
            ("a", cast.ines_thread, cast.dana, False),
            ("b", cast.ines_thread, cast.dana, True),
            ("c", billing, cast.robin, False),
        ):
            await messages.post(conversation.id, key=key, via=Via.SECURE_SMS, body=key, by=by, patient_only=only)
        reader = access.PortalPatient(
            patient=cast.ines.id,
            organization=cast.ines.organization_id,
            conversation=cast.ines_thread.id,
            session=uuid4(),
            link=uuid4(),
            ends_at=cast.dana.ends_at,
            scripted=True,
            proxy=rosa.id,
            teams=frozenset((front,)),
        )

        frames = await wire.catch_up(reader, cast.ines.id, epoch, before, sources.of_the_house())
        own = await wire.catch_up(
            replace(reader, proxy=None, teams=None),
            cast.ines.id,
            epoch,
            before,
            sources.of_the_house(),
        )

        assert [b'"body":"%b"' % key in b"".join(frames) for key in (b"a", b"b", b"c")] == [True, False, False]
        assert [b'"body":"%b"' % key in b"".join(own) for key in (b"a", b"b", b"c")] == [True, True, True]
        assert str(billing.id).encode() not in b"".join(frames)

    async def test_the_patients_own_choices_are_not_theirs(
        self, cast: World, mobile: phone.Phone, rosa: models.Proxy
    ) -> None:
        await enter_as(mobile, rosa)
        assert "/m/preferences" not in mobile.page

        read = await mobile.client.get("/m/preferences")
        saved = await mobile.post("/m/preferences", csrf=mobile.csrf, texts="off")

        assert (read.status_code, saved.status_code) == (404, 404)
        assert not await models.Suppression.exists()

    async def test_what_is_ended_is_over_at_once(self, cast: World, mobile: phone.Phone, rosa: models.Proxy) -> None:
        await enter_as(mobile, rosa)

        await proxies.end(cast.ines.id, rosa.id, "asked", by=cast.dana)

        assert (await mobile.client.get("/m/thread")).status_code == 401


class TestOnePhone:
    """Ines and her brother Tomás share it, and so does their mother."""

    @pytest.fixture
    async def tomas(self, cast: World) -> models.Conversation:
        details = patients.Details(
            first_name="Tomás", last_name="Calderon", phone="+13125550142", date_of_birth=date(2010, 2, 3)
        )
        brother = await patients.create(details, by=cast.dana)
        found, _ = await conversations.open_with(brother.id, cast.mercy.teams["Front desk"].id, by=cast.dana)
        await messages.post(found.id, key="t", via=Via.SECURE_SMS, body="For Tomás alone", by=cast.dana)
        return found

    async def test_a_link_does_not_open_with_the_others_date(
        self, cast: World, mobile: phone.Phone, tomas: models.Conversation
    ) -> None:
        await mobile.get(await phone.link_of(tomas))
        await mobile.submit("/m/open")

        await mobile.submit("/m/check", date="3/14/1985")

        assert mobile.status == 422 or "does not match" in mobile.text
        assert "For Tomás alone" not in mobile.text

    async def test_a_session_of_one_reaches_nothing_of_the_other(
        self, cast: World, inside: phone.Phone, tomas: models.Conversation
    ) -> None:
        epoch, _ = (await facts.heads([tomas.patient_id]))[tomas.patient_id]

        read = await inside.client.get(f"/m/thread?c={tomas.id}")
        told = await inside.client.get(f"/m/facts?epoch={epoch}&after=0")

        assert read.status_code == 404
        assert "Tomás" not in told.text

    async def test_both_are_known_on_one_browser_and_neither_is_remembered(
        self, cast: World, mobile: phone.Phone, tomas: models.Conversation
    ) -> None:
        await enter(mobile, cast, date="3/14/1985", own_phone="1")
        await mobile.get(await phone.link_of(tomas))
        await mobile.submit("/m/open")
        await mobile.submit("/m/check", date="2/3/2010", own_phone="1")

        assert "For Tomás alone" in mobile.text
        assert PRIVATE not in mobile.text
        assert len((mobile.cookie("bt_device") or "").split(".")) == 2
        assert not await models.Device.filter(remember_until__not_isnull=True).exists()

    async def test_the_questions_say_nobodys_name(self, mobile: phone.Phone, tomas: models.Conversation) -> None:
        await mobile.get(await phone.link_of(tomas))
        assert "Tomás" not in mobile.text

        await mobile.submit("/m/open")

        assert "Tomás" not in mobile.text
        assert "own_phone" not in mobile.page

    async def test_the_mother_has_a_link_and_a_date_of_her_own(
        self, cast: World, mobile: phone.Phone, rosa: models.Proxy
    ) -> None:
        await enter_as(mobile, rosa, born="3/14/1985")
        assert PRIVATE not in mobile.text

        await mobile.submit("/m/check", date="5/4/1980")

        assert PRIVATE in mobile.text

    async def test_what_the_mother_saw_the_daughter_has_not(
        self, cast: World, mobile: phone.Phone, other: phone.Phone, rosa: models.Proxy
    ) -> None:
        await enter_as(mobile, rosa)
        await enter(other, cast)

        found = await models.Receipt.filter(message__number=1).order_by("created_at")

        assert [(row.proxy_id, row.viewer_id) for row in found] == [(rosa.id, rosa.id), (None, cast.ines.id)]
        assert await receipts.mark_shown(50, by=await _reader(other)) == []


async def _reader(browser: phone.Phone) -> access.PortalPatient:
    reader = await access.portal_patient(browser.cookie("bt_portal") or "")
    assert reader is not None
    return reader
