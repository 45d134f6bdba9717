"""Nothing of a message or of a patient leaves in anything that we write ourselves, by any way out (B54)."""

import functools
import re
from datetime import timedelta
from pathlib import Path

import pytest

from server import access, clock, files, keys, models, tokens
from server.domain import identity, messages, patients, portal_sessions, uploads
from server.domain.uploads import Announced
from server.models import ConsentTo, Via
from server.notices import gsm7
from tests import papers
from tests.server.domain.sending.posting import post_to_silent_phone
from tests.server.worker.house import HEAD, House

pytestmark = pytest.mark.anyio
PHONE, MAILBOX, FRONT = "13125550142", "ines@example.com", "13125550100"
WORDS = "Your heliotrope biopsy, Ines: call about 03/14/1985"
PLANTED = ("heliotrope", "biopsy", "Ines", "Calderon", "/1985", "03/14", "Dana", "Reyes", "M-1001", "Front desk")
"""No bare four digits: the random boundary of a mail's parts holds them now and then."""
LINK = re.compile(r"https?://\S+")


@pytest.fixture(params=["en", "es"])
async def house(request: pytest.FixtureRequest, house: House) -> House:
    """The same with Ines's language, and her word that mails may come."""
    ines, dana = house.world.ines, house.world.dana
    await patients.change(ines.id, patients.Details(language=request.param), by=dana)
    await patients.consent(ines.id, wording="Yes", by=dana, kind=ConsentTo.EMAIL)
    return house


def must_say_nothing(house: House, *, texts: int, mails: int) -> None:
    """So many of each have gone, and none says more than the clinic's name, one link of the portal and how to stop."""
    said = [post.text for post in house.posts()]
    got = house.simulator.mailbox.to(MAILBOX)
    assert (len(said), len(got)) == (texts, mails), said
    for text in said:
        assert text.startswith("Mercy Family Clinic")
        assert gsm7.is_one_segment(text), text
    for whole in (*said, *(f"{mail}" for mail in got)):
        assert [word for word in PLANTED if word in whole.replace(MAILBOX, "")] == []
    for shown in (*said, *(mail.text for mail in got)):
        links = LINK.findall(shown)
        assert len(links) <= 1
        assert all(link.startswith(f"{HEAD.portal_url}/m/") and "?" not in link for link in links)


async def _calls() -> models.Task | None:
    return await models.Task.filter(kind="call_unread", current=True).first()


async def _no_letter_waits() -> bool:
    return not await models.Delivery.filter(state__in=("waiting", "sending")).exists()


async def test_from_the_first_notice_to_the_last_reminder_and_the_other_way(
    house: House, day_in_a_second: float
) -> None:
    await house.post(house.world.ines_thread, WORDS)

    async with house.working(pace=day_in_a_second):
        await house.until(_calls)
        await house.until(_no_letter_waits)

    must_say_nothing(house, texts=3, mails=1)


async def test_of_a_file_and_its_name(house: House, tmp_path: Path) -> None:
    files.use_folder(tmp_path / "files")
    world, content = house.world, papers.document()
    announced = Announced("u1", "heliotrope biopsy Ines Calderon.pdf", "application/pdf", len(content))
    upload = await uploads.take_whole(world.ines_thread.id, announced, content, by=world.dana)
    await messages.post(
        world.ines_thread.id, key="m", via=Via.SECURE_SMS, body=WORDS, by=world.dana, files=[upload.id], both=True
    )

    async with house.working():
        await house.until(_no_letter_waits)

    must_say_nothing(house, texts=1, mails=1)


async def test_in_codes_and_fresh_links(house: House) -> None:
    await models.Organization.all().update(identity=models.IdentityPolicy.CODE)
    message = await house.post(house.world.ines_thread, WORDS)
    async with house.working():
        # A notice whose link runs out before it has gone is one that did not arrive, and goes by mail.
        await house.until_state(message, models.State.DELIVERED)
        link = await models.PortalLink.get()
        session = await access.portal_session((await portal_sessions.press(keys.link_secret(link.id))).token)
        assert session
        await identity.send_code(session)
        await house.until(lambda: _have_gone(house, 2))
        await models.PortalLink.filter(id=link.id).update(expires_at=clock.now() - timedelta(days=1))
        await portal_sessions.new_link(keys.link_secret(link.id))
        await house.until(lambda: _have_gone(house, 3))

    must_say_nothing(house, texts=3, mails=0)


async def test_in_answers_to_stop_start_and_help(house: House) -> None:
    await house.post(house.world.ines_thread, WORDS)
    async with house.working():
        for nth, word in enumerate(("HELP", "STOP", "START"), 1):
            await house.until(functools.partial(_have_gone, house, nth))
            house.simulator.carrier.write(number=PHONE, to=FRONT, text=word)
        await house.until(functools.partial(_have_gone, house, 4))

    must_say_nothing(house, texts=4, mails=0)


async def test_in_the_question_to_a_silent_phone(house: House) -> None:
    await post_to_silent_phone(house.world)
    async with house.working():
        await house.until(lambda: _have_gone(house, 1))

    must_say_nothing(house, texts=1, mails=0)


async def test_under_the_neutral_name_of_a_private_patient(house: House) -> None:
    await patients.change(house.world.ines.id, patients.Details(private_mode=True), by=house.world.dana)
    key = tokens.new_secret()
    await messages.post(house.world.ines_thread.id, key=key, via=Via.SECURE_SMS, body=WORDS, by=house.world.dana)
    async with house.working():
        await house.until(lambda: _have_gone(house, 1))

    [post] = house.posts()
    assert post.text.startswith("Your doctor's office: ")
    assert "Mercy" not in post.text.replace(HEAD.portal_url, "")


async def _have_gone(house: House, many: int) -> bool:
    return len(house.posts()) >= many
