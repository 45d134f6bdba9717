"""The one question: date of birth, a code, or nothing on a phone that is known."""

import asyncio
import re
from datetime import timedelta

import pytest

from server import clock, keys, models
from server.domain import messages, outcomes, patients
from server.models import Via
from tests.portal import phone
from tests.portal.conftest import PRIVATE, enter
from tests.portal.test_machines import everything
from tests.world import World

pytestmark = pytest.mark.anyio


async def pressed(browser: phone.Phone, cast: World) -> phone.Phone:
    """A browser at the question of Ines's link."""
    await browser.get(await phone.link_of(cast.ines_thread))
    await browser.submit("/m/open")
    return browser


async def code_of(cast: World) -> str:
    """The code that the worker would send: the newest one's sealed copy."""
    work = await models.Work.filter(kind="portal_code").order_by("-created_at").first()
    assert work is not None
    code = await models.PortalCode.get(id=work.subject_id)
    ring = await keys.of(cast.mercy.organization.id)
    return ring.open("portal_code", "code", code.id, code.sealed)


@pytest.mark.usefixtures("later")
class TestTheDateOfBirth:
    @pytest.mark.parametrize(
        "answer",
        [
            {"month": "3", "day": "14", "year": "1985"},
            {"month": "", "day": "3/14/85", "year": ""},
            {"date": "14 de marzo de 1985"},
        ],
    )
    async def test_is_understood_in_many_shapes(self, cast: World, mobile: phone.Phone, answer: dict[str, str]) -> None:
        await enter(mobile, cast, **answer)

        assert PRIVATE in mobile.text

    async def test_wrong_says_so_and_keeps_what_was_typed(self, cast: World, mobile: phone.Phone) -> None:
        await enter(mobile, cast, month="3", day="15", year="1985")

        assert mobile.status == 422
        assert "does not match" in mobile.text
        assert '<option value="3" selected>' in mobile.page
        assert 'value="15"' in mobile.page

    async def test_that_is_no_date_costs_no_try(self, cast: World, mobile: phone.Phone) -> None:
        await pressed(mobile, cast)
        for _ in range(8):
            await mobile.submit("/m/check", day="soon")
            assert "could not read that date" in mobile.text

        await mobile.submit("/m/check", date="3/14/85")

        assert PRIVATE in mobile.text

    async def test_wrong_five_times_pauses_the_link_even_for_the_right_one(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await pressed(mobile, cast)
        for day in range(1, 6):
            await mobile.submit("/m/check", month="1", day=str(day), year="1970")
            assert mobile.status == 422
        await mobile.submit("/m/check", date="3/14/85")

        assert mobile.status == 429
        assert "paused until" in mobile.text
        assert "(312) 555-0134" in mobile.text
        assert await models.AuditEntry.filter(did="identity:failed", patient_id=cast.ines.id).count() == 5
        assert await models.AuditEntry.filter(did="identity:locked", patient_id=cast.ines.id).count() == 1
        clock.shift(timedelta(hours=1, seconds=1))
        await pressed(mobile, cast)
        await mobile.submit("/m/check", date="3/14/85")
        assert PRIVATE in mobile.text

    async def test_guessed_ten_times_pauses_until_tomorrow(self, cast: World, mobile: phone.Phone) -> None:
        for hour in range(3):
            clock.shift(timedelta(hours=1.1 * hour))
            await pressed(mobile, cast)
            guess = {"csrf": mobile.csrf, "date": "1/1/1970"}
            answers = [await mobile.post("/m/check", **guess) for _ in range(5)]

        assert [answer.status_code for answer in answers] == [429] * 5
        assert await models.AuditEntry.filter(did="identity:failed").count() == 10

    async def test_guessed_at_once_by_many_is_guessed_five_times(self, cast: World, mobile: phone.Phone) -> None:
        await pressed(mobile, cast)
        guess = {"csrf": mobile.csrf, "month": "1", "day": "2", "year": "1970"}

        answers = await asyncio.gather(*(mobile.post("/m/check", **guess) for _ in range(12)))

        assert sorted(answer.status_code for answer in answers) == [422] * 5 + [429] * 7

    async def test_right_in_the_end_makes_the_slips_before_it_not_count(self, cast: World, mobile: phone.Phone) -> None:
        for _ in range(3):
            await pressed(mobile, cast)
            for _ in range(2):
                await mobile.submit("/m/check", date="1/1/1970")
            await mobile.submit("/m/check", date="3/14/85")
            assert PRIVATE in mobile.text
            await mobile.submit("/m/sign-out")


@pytest.mark.usefixtures("later")
class TestACode:
    @pytest.fixture
    async def asked(self, cast: World, mobile: phone.Phone) -> phone.Phone:
        """Ines's phone where the clinic has no date of birth of hers."""
        await models.Patient.filter(id=cast.ines.id).update(birth_date_sealed=None)
        await pressed(mobile, cast)
        await mobile.submit("/m/code")
        return mobile

    async def test_opens_the_messages(self, cast: World, asked: phone.Phone) -> None:
        assert "Your 6-digit code" in asked.text

        await asked.submit("/m/check", code=await code_of(cast))

        assert PRIVATE in asked.text

    async def test_is_read_with_blanks_and_in_other_digits(self, cast: World, asked: phone.Phone) -> None:
        code = await code_of(cast)
        arabic = " ".join(chr(0x0660 + int(digit)) for digit in code)

        await asked.submit("/m/check", code=arabic)

        assert PRIVATE in asked.text

    async def test_never_stands_in_the_database_in_clear(self, cast: World, asked: phone.Phone) -> None:
        code = await code_of(cast)

        assert f"'{code}'" not in str(await everything())

    async def test_works_once(self, cast: World, asked: phone.Phone) -> None:
        code = await code_of(cast)
        await asked.submit("/m/check", code=code)
        await asked.submit("/m/sign-out")
        await pressed(asked, cast)
        await asked.submit("/m/code")
        await models.PortalCode.filter(used_at=None).update(used_at=clock.now())

        await asked.post("/m/check", csrf=asked.csrf, code=code)
        await asked.get("/m/thread")

        assert PRIVATE not in asked.text

    async def test_is_too_old_after_ten_minutes(self, cast: World, asked: phone.Phone) -> None:
        code = await code_of(cast)
        clock.shift(timedelta(minutes=10, seconds=1))

        answer = await asked.post("/m/check", csrf=asked.csrf, code=code)

        assert answer.status_code == 422
        assert "too old" in answer.text

    async def test_is_killed_by_the_next_one(self, cast: World, asked: phone.Phone) -> None:
        first = await code_of(cast)
        await asked.submit("/m/code")
        second = await code_of(cast)

        await asked.submit("/m/check", code=first if first != second else "000000")
        assert asked.status == 422
        await asked.submit("/m/check", code=second)

        assert PRIVATE in asked.text

    async def test_is_dead_after_five_wrong_ones(self, cast: World, asked: phone.Phone) -> None:
        code = await code_of(cast)
        wrong = "000001" if code == "000000" else "000000"
        for _ in range(5):
            await asked.submit("/m/check", code=wrong)

        answer = await asked.post("/m/check", csrf=asked.csrf, code=code)

        assert answer.status_code == 429

    async def test_is_sent_three_times_in_a_quarter_of_an_hour(self, cast: World, asked: phone.Phone) -> None:
        for _ in range(2):
            await asked.submit("/m/code")
        assert asked.status == 200

        await asked.submit("/m/code")

        assert asked.status == 429
        assert "several codes" in asked.text
        assert await models.Work.filter(kind="portal_code").count() == 3
        clock.shift(timedelta(minutes=14))
        await asked.call("/m/active")
        clock.shift(timedelta(minutes=15, seconds=1))
        await asked.get("/m/check")
        await asked.submit("/m/code")
        assert asked.status == 200

    async def test_cannot_be_chosen_instead_of_the_date_of_birth(self, cast: World, mobile: phone.Phone) -> None:
        await pressed(mobile, cast)

        answer = await mobile.post("/m/code", csrf=mobile.csrf)

        assert answer.status_code == 403
        assert not await models.Work.exclude(kind__in=("ladder", "not_read")).exists()


@pytest.mark.usefixtures("later")
class TestAnotherDevice:
    async def test_owes_a_code_once_the_link_was_opened_elsewhere(
        self, cast: World, inside: phone.Phone, other: phone.Phone
    ) -> None:
        await pressed(other, cast)
        assert "6-digit code" in other.text
        assert "month" not in other.page

        await other.post("/m/check", csrf=other.csrf, month="3", day="14", year="1985")
        await other.get("/m/thread")
        assert PRIVATE not in other.page

        await other.get("/m/check")
        await other.submit("/m/code")
        await other.submit("/m/check", code=await code_of(cast))
        assert PRIVATE in other.text

    async def test_that_is_known_is_asked_the_date_again(self, cast: World, inside: phone.Phone) -> None:
        clock.shift(timedelta(hours=1))

        await pressed(inside, cast)

        assert "Your date of birth" in inside.text

    async def test_that_is_my_own_phone_is_asked_nothing_for_thirty_days(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await enter(mobile, cast, date="3/14/85", own_phone="1")
        await models.PortalLink.filter(conversation_id=cast.ines_thread.id).update(
            expires_at=clock.now() + timedelta(days=60)
        )
        clock.shift(timedelta(days=29))
        await pressed(mobile, cast)
        assert PRIVATE in mobile.text

        clock.shift(timedelta(days=31))
        await pressed(mobile, cast)

        assert PRIVATE not in mobile.text


class TestPressOnly:
    async def test_opens_with_one_press_on_the_first_device_and_with_a_code_on_the_next(
        self, cast: World, mobile: phone.Phone, other: phone.Phone
    ) -> None:
        await models.Organization.filter(id=cast.mercy.organization.id).update(
            identity=models.IdentityPolicy.PRESS_ONLY
        )
        await pressed(mobile, cast)
        assert PRIVATE in mobile.text

        await pressed(other, cast)

        assert "6-digit code" in other.text


@pytest.mark.usefixtures("later")
class TestASharedPhone:
    async def share(self, cast: World, details: patients.Details) -> None:
        """Omar has the same phone or mailbox as Ines."""
        await patients.change(cast.omar.id, details, by=cast.dana)

    async def test_is_never_offered_to_remember_and_fills_nothing_in(self, cast: World, mobile: phone.Phone) -> None:
        await self.share(cast, patients.Details(phone="312 555 0142"))

        await pressed(mobile, cast)

        assert "own_phone" not in mobile.page
        assert "bday" not in mobile.page
        assert mobile.page.count('autocomplete="off"') == 3
        await mobile.submit("/m/check", date="3/14/85", own_phone="1")
        assert not await models.Device.filter(remember_until__isnull=False).exists()

    async def test_may_be_a_shared_mailbox(self, cast: World, mobile: phone.Phone) -> None:
        await patients.change(cast.ines.id, patients.Details(email="family@example.org"), by=cast.dana)
        await self.share(cast, patients.Details(email="family@example.org"))

        await pressed(mobile, cast)

        assert "own_phone" not in mobile.page

    async def test_is_asked_again_though_it_was_remembered_before_it_was_shared(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await enter(mobile, cast, date="3/14/85", own_phone="1")
        await self.share(cast, patients.Details(phone="312 555 0142"))
        clock.shift(timedelta(hours=1))

        await pressed(mobile, cast)

        assert PRIVATE not in mobile.text
        assert "Your date of birth" in mobile.text

    async def test_that_is_ones_own_may_fill_in_what_it_knows(self, cast: World, mobile: phone.Phone) -> None:
        await pressed(mobile, cast)

        assert re.findall(r'autocomplete="([^"]+)"', mobile.page) == ["bday-month", "bday-day", "bday-year"]


@pytest.mark.usefixtures("later")
class TestAWrongAnswer:
    async def test_is_answered_alike_whoever_the_patient_is(
        self, cast: World, mobile: phone.Phone, other: phone.Phone
    ) -> None:
        await messages.post(cast.omar_thread.id, key="o1", via=Via.SECURE_SMS, body="Omar's own words", by=cast.dana)
        await pressed(mobile, cast)
        await other.get(await phone.link_of(cast.omar_thread))
        await other.submit("/m/open")

        for browser in (mobile, other):
            await browser.submit("/m/check", month="1", day="2", year="1970")

        assert mobile.status == other.status == 422
        assert mobile.page.replace(mobile.csrf, "") == other.page.replace(other.csrf, "")

    async def test_is_told_to_staff_who_let_the_patient_in_with_one_act(self, cast: World, mobile: phone.Phone) -> None:
        await pressed(mobile, cast)
        for day in range(15, 20):
            await mobile.submit("/m/check", month="3", day=str(day), year="1985")
        await mobile.submit("/m/check", date="3/14/85")
        assert mobile.status == 429
        task = await models.Task.get(kind=models.TaskKind.IDENTITY)

        await outcomes.close(task.id, "unlocked", by=cast.dana)

        await mobile.get("/m/check")
        await mobile.submit("/m/check", date="3/14/85")
        assert PRIVATE in mobile.text
