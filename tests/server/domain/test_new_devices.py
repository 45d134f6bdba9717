"""Whoever signs in from a new place is told by mail, once, and not by the first place (B22)."""

from datetime import timedelta

import pyotp
import pytest

from server import audit, clock, models
from server.domain import jobs, new_devices, sign_in, users
from server.domain.sending import Letterhead, Unsendable, new_device_mails
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]

HEAD = Letterhead("https://portal.example", "care@clinic.example", staff_url="https://staff.example")
PASSWORD = "a long walk by the lake"


@pytest.fixture
async def nia(world: World) -> tuple[models.User, str]:
    organization = world.mercy.organization.id
    return await users.create(organization, email="nia@mercy.example", name="Nia Brooks", password=PASSWORD)


async def enter(nia: tuple[models.User, str], source: str, device: str) -> None:
    """Sign in from there; each time with the next code."""
    user, secret = nia
    audit.acting.set(audit.Actor("visitor", source=source, device=device))
    half = await sign_in.with_password(user.email, PASSWORD)
    clock.shift(timedelta(minutes=1) * (await models.StaffSession.filter(user_id=user.id).count()))
    await sign_in.with_code(half, pyotp.TOTP(secret).at(int(clock.now().timestamp())))


async def test_a_new_place_is_told_of_once(nia: tuple[models.User, str]) -> None:
    await enter(nia, "203.0.113.7", "chrome-windows")
    await enter(nia, "203.0.113.7", "chrome-windows")
    assert await jobs.claim(9, kinds=[new_devices.MAIL]) == []

    for _ in range(2):
        await enter(nia, "198.51.100.9", "safari-iphone")

    [job] = await jobs.claim(9, kinds=[new_devices.MAIL])
    mail = await new_device_mails.write(job, HEAD)
    assert mail.to == "nia@mercy.example"
    assert "Safari on iPhone" in mail.parts.text
    assert "Mercy Family Clinic" in mail.parts.text
    assert "198.51.100.9" not in mail.parts.text


async def test_one_house_on_the_newer_internet_is_one_place(nia: tuple[models.User, str]) -> None:
    await enter(nia, "2001:db8::1", "chrome-windows")
    await enter(nia, "2001:db8::2", "chrome-windows")
    assert await jobs.claim(9, kinds=[new_devices.MAIL]) == []
    await enter(nia, "2001:db8::2", "firefox-linux")
    assert len(await jobs.claim(9, kinds=[new_devices.MAIL])) == 1


async def test_who_has_left_is_not_written_to(nia: tuple[models.User, str]) -> None:
    await enter(nia, "203.0.113.7", "chrome-windows")
    await enter(nia, "203.0.113.8", "chrome-windows")
    await models.User.filter(id=nia[0].id).update(active=False)
    [job] = await jobs.claim(9, kinds=[new_devices.MAIL])
    with pytest.raises(Unsendable):
        await new_device_mails.write(job, HEAD)
