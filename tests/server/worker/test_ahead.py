"""What is shown before a message is sent is what the phone and the mailbox then get, but for the link's secret."""

import re
from datetime import timedelta

import pytest

from server import clock, models
from server.domain import conversations, patients
from server.models import State, Via
from server.queries import ahead, notice_views, notice_words
from tests.server.worker.house import HEAD, House

pytestmark = pytest.mark.anyio
SECRET = re.compile(r"/m/[A-Za-z0-9_-]{22}(?=\s|$)")


def without_secret(words: str) -> str:
    assert len(SECRET.findall(words)) == 1, "one link, as long as every other"
    return SECRET.sub("/m/", words)


@pytest.fixture(autouse=True)
def _one_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's letterhead and the staff's pages have one address from the settings."""
    monkeypatch.setattr(notice_words, "PORTAL", HEAD.portal_url)


async def shown(house: House, patient: models.Patient) -> notice_views.Ahead:
    return await ahead.of(house.world.dana, patient, house.world.mercy.teams["Front desk"].id)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("is_private", [False, True], ids=["named", "neutral"])
async def test_a_text_is_shown_as_the_phone_gets_it_the_first_and_the_next(
    house: House, language: str, is_private: bool
) -> None:
    details = patients.Details(first_name="Pat", phone="+13125550150", language=language, private_mode=is_private)
    patient = await patients.create(details, by=house.world.dana)
    before = await shown(house, patient)
    front = house.world.mercy.teams["Front desk"].id
    thread, _ = await conversations.open_with(patient.id, front, by=house.world.dana)

    async with house.working():
        await house.until_state(await house.post(thread, "Your potassium is fine"), State.DELIVERED)
        # A minute later the next message has a notice of its own.
        await models.Delivery.all().update(created_at=clock.now() - timedelta(minutes=2))
        again = await shown(house, patient)
        await house.until_state(await house.post(thread, "And your iron too"), State.DELIVERED)

    first, second = (post.text for post in house.posts())
    assert without_secret(before.secure_sms.words) == without_secret(first)
    assert without_secret(again.secure_sms.words) == without_secret(second)
    assert first != second, "only one of them says how to stop"
    assert len(before.secure_sms.words) == len(first)
    assert (before.secure_sms.segments, again.secure_sms.segments) == (1, 1)
    assert ("Mercy" in before.secure_sms.words) is not is_private


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("is_private", [False, True], ids=["named", "neutral"])
async def test_an_e_mail_is_shown_as_the_mailbox_gets_it(house: House, language: str, is_private: bool) -> None:
    details = patients.Details(first_name="Pat", email="pat@example.com", language=language, private_mode=is_private)
    patient = await patients.create(details, by=house.world.dana)
    before = (await shown(house, patient)).secure_email
    front = house.world.mercy.teams["Front desk"].id
    thread, _ = await conversations.open_with(patient.id, front, by=house.world.dana)

    async with house.working():
        await house.until_state(await house.post(thread, via=Via.SECURE_EMAIL), State.SENT, State.DELIVERED)

    [mail] = house.simulator.mailbox.to("pat@example.com")
    assert before.subject == mail.subject
    assert without_secret(before.words) == without_secret(mail.text.replace("\r\n", "\n"))
    assert ("Mercy" in before.words) is not is_private
