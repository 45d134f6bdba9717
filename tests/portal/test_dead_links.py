"""Unknown, ended, revoked and foreign links are one and the same page (B28, B33)."""

from datetime import timedelta

import httpx2
import pytest

from server import access, clock, keys, models, tokens
from server.db import transaction
from server.domain import messages, patients, portal_links
from server.models import Via
from tests import world
from tests.portal import phone
from tests.portal.conftest import enter
from tests.world import World

pytestmark = pytest.mark.anyio


async def shown(secret: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    """What a new browser gets for a secret, from the link to the page."""
    async with phone.phone() as browser:
        arrived = await browser.client.get(f"/m/{secret}")
        assert (arrived.status_code, arrived.headers["location"]) == (303, "/m/")
        answer = await browser.client.get("/m/")
        return answer.status_code, answer.content, sorted(answer.headers.items())


async def secret_of(conversation: models.Conversation) -> str:
    return (await phone.link_of(conversation)).removeprefix("/m/")


@pytest.mark.usefixtures("later")
class TestADeadLink:
    async def test_looks_the_same_whatever_it_died_of(self, cast: World) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language="es")
        secret = await secret_of(cast.ines_thread)
        link = await models.PortalLink.get(conversation_id=cast.ines_thread.id)
        unknown = await shown("A" * 22)
        await models.PortalLink.filter(id=link.id).update(expires_at=clock.now() - timedelta(seconds=1))
        expired = await shown(secret)
        async with transaction() as tx:
            await portal_links.revoke(tx, link)
        revoked = await shown(secret)

        assert unknown[0] == 410
        assert unknown == expired == revoked == await shown("!")
        assert b"ended" in unknown[1]
        assert "terminó".encode() in unknown[1]

    async def test_begins_nothing_when_pressed(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.client.get(f"/m/{'A' * 22}")

        answer = await mobile.post("/m/open", csrf=keys.csrf_token("A" * 22))

        assert answer.status_code == 410
        assert not await models.PortalSession.all().exists()

    async def test_closes_what_it_opened_when_the_contact_changes(self, cast: World, inside: phone.Phone) -> None:
        await patients.change(cast.ines.id, patients.Details(phone="312 555 0199"), by=cast.dana)

        await inside.get("/m/thread")

        assert inside.status == 401
        assert (await shown(await secret_of(cast.ines_thread)))[0] == 410

    async def test_closes_what_it_opened_when_it_runs_out(self, inside: phone.Phone) -> None:
        clock.shift(timedelta(days=7, seconds=1))

        await inside.get("/m/thread")

        assert inside.status == 401


@pytest.mark.usefixtures("later")
class TestAskingForANewLink:
    async def ask(self, secret: str) -> httpx2.Response:
        async with phone.phone() as browser:
            await browser.get(f"/m/{secret}")
            return await browser.post("/m/new-link", **browser.hidden("/m/new-link"))

    async def test_puts_one_on_its_way_to_the_contact_on_file(self, cast: World) -> None:
        old = await models.PortalLink.get(conversation_id=cast.ines_thread.id)
        clock.shift(timedelta(days=8))

        await self.ask(keys.link_secret(old.id))

        work = await models.Work.get(kind="fresh_link")
        fresh = await models.PortalLink.get(id=work.subject_id)
        assert fresh.id != old.id
        assert (fresh.conversation_id, fresh.contact_index) == (old.conversation_id, old.contact_index)
        assert fresh.expires_at > clock.now()

    async def test_always_gets_the_same_answer(self, cast: World) -> None:
        secret = await secret_of(cast.ines_thread)
        clock.shift(timedelta(days=8))

        known, unknown = await self.ask(secret), await self.ask("A" * 22)

        assert known.status_code == unknown.status_code == 200
        assert known.content == unknown.content
        assert b"If this link was yours" in known.content

    async def test_works_three_times_a_day(self, cast: World) -> None:
        secret = await secret_of(cast.ines_thread)
        clock.shift(timedelta(days=8))

        for _ in range(5):
            await self.ask(secret)

        assert await models.Work.filter(kind="fresh_link").count() == 3

    @pytest.mark.parametrize("why", ["revoked", "no plan"])
    async def test_sends_nothing_where_nothing_may_be_sent(self, cast: World, why: str) -> None:
        link = await models.PortalLink.get(conversation_id=cast.ines_thread.id)
        clock.shift(timedelta(days=8))
        if why == "revoked":
            async with transaction() as tx:
                await portal_links.revoke(tx, link, why="not_me")
        else:
            await models.Organization.filter(id=cast.mercy.organization.id).update(plan=models.Plan.SUSPENDED)

        await self.ask(keys.link_secret(link.id))

        assert not await models.Work.filter(kind="fresh_link").exists()

    async def test_for_an_unknown_link_leaves_no_trace(self, cast: World) -> None:
        links = await models.PortalLink.all().count()

        await self.ask(tokens.new_secret()[:22])

        assert await models.PortalLink.all().count() == links
        assert not await models.Work.exclude(kind__in=("ladder", "not_read")).exists()


@pytest.mark.usefixtures("later")
class TestASession:
    async def test_ends_after_fifteen_idle_minutes_however_often_the_page_asks(
        self, cast: World, inside: phone.Phone
    ) -> None:
        for minutes in (5, 10, 14):
            clock.shift(timedelta(minutes=minutes))
            await inside.get("/m/thread")
            assert inside.status == 200

        clock.shift(timedelta(minutes=15, seconds=1))
        await inside.get("/m/thread")

        assert inside.status == 401
        assert "You are signed out" in inside.text

    async def test_lives_on_while_the_person_does_something(self, inside: phone.Phone) -> None:
        for minutes in (10, 20, 30):
            clock.shift(timedelta(minutes=minutes))
            await inside.submit("/m/check-new")
            assert inside.status == 200

    async def test_ends_after_a_day_whatever_happens(self, inside: phone.Phone) -> None:
        for minutes in range(0, 24 * 60, 14):
            clock.shift(timedelta(minutes=minutes))
            assert (await inside.call("/m/active")).status_code == 204

        clock.shift(timedelta(hours=24, seconds=1))

        assert (await inside.call("/m/active")).status_code == 401

    async def test_is_worth_nothing_at_the_staffs_door_and_theirs_nothing_here(
        self, cast: World, inside: phone.Phone
    ) -> None:
        staff_token, _ = await world.signed_in(cast.dana.user)

        assert await access.staff(str(inside.cookie("bt_portal"))) is None
        assert await access.portal_session(staff_token) is None

    async def test_of_one_patient_never_shows_another_with_the_same_phone(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await patients.change(cast.omar.id, patients.Details(phone="312 555 0142"), by=cast.dana)
        await messages.post(cast.omar_thread.id, key="o1", via=Via.SECURE_SMS, body="Omar's own words", by=cast.dana)
        await enter(mobile, cast)
        assert "own_phone" not in mobile.page
        assert "Omar" not in mobile.page

        await mobile.get(await phone.link_of(cast.omar_thread))
        assert "Open my message" in mobile.text
        await mobile.submit("/m/open")
        await mobile.submit("/m/check", date="11/2/1950")

        assert "Omar's own words" in mobile.text
        assert "potassium" not in mobile.text
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")
        assert "date of birth" in mobile.text, "the browser is still known for the first patient"
