"""A forgotten password is replaced with a link and a code: as strong as signing in, once, telling nobody anything."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pyotp
import pytest

from server import access, audit, clock, models
from server.domain import jobs, resets, sign_in, users
from server.domain.sending import Letterhead, Unsendable, reset_mails
from tests.refusing import refused
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio

HEAD = Letterhead("https://portal.example", "care@clinic.example", staff_url="https://staff.example")
PASSWORD, NEW = "a long walk by the lake", "the heron stands in the reeds"
Nia = tuple[models.User, str]


@pytest.fixture(autouse=True)
def visitor(quick: None) -> None:
    audit.acting.set(audit.Actor("visitor", source="203.0.113.7"))


@pytest.fixture
async def nia(world: World) -> Nia:
    organization = world.mercy.organization.id
    return await users.create(organization, email="nia@mercy.example", name="Nia Brooks", password=PASSWORD)


def code(nia: Nia) -> str:
    return pyotp.TOTP(nia[1]).at(int(clock.now().timestamp()))


async def secret(email: str = "Nia@mercy.example") -> str:
    await resets.ask(email)
    [job] = await jobs.claim(9, kinds=[resets.MAIL])
    await jobs.finish(job)
    try:
        mail = await reset_mails.write(job, HEAD)
    except Unsendable as no:
        return no.reason
    return mail.parts.text.split("https://staff.example/reset/")[1].split()[0]


async def test_a_link_and_a_code_replace_it_once_and_end_every_session(nia: Nia) -> None:
    token, _ = await signed_in(nia[0].id)
    link = await secret()
    assert (await resets.opened(link)).id == nia[0].id

    typed = code(nia)
    await resets.finish(link, NEW, typed)

    assert await access.whoever(token) is None
    assert await refused(resets.opened(link)) == "reset_ended"
    assert await refused(sign_in.with_password("nia@mercy.example", PASSWORD)) == "wrong_sign_in"
    half = await sign_in.with_password("nia@mercy.example", NEW)
    assert await refused(sign_in.with_code(half, typed)) == "wrong_code"
    clock.shift(timedelta(seconds=30))
    assert await sign_in.with_code(half, code(nia))


async def test_the_link_alone_changes_nothing(nia: Nia) -> None:
    link = await secret()
    wrong = f"{(int(code(nia)) + 1) % 1_000_000:06}"
    assert await refused(resets.finish(link, NEW, wrong)) == "wrong_code"
    assert await refused(resets.finish(link, "nia brooks", code(nia))) == "weak_password"
    assert await sign_in.with_password("nia@mercy.example", PASSWORD)
    outcomes = [await refused(resets.finish(link, NEW, wrong)) for _ in range(10)]
    assert outcomes[-1] == "too_many"


async def test_it_ends_after_half_an_hour_with_another_password_and_with_the_account(nia: Nia) -> None:
    link = await secret()
    clock.shift(timedelta(minutes=30, seconds=1))
    assert await refused(resets.opened(link)) == "reset_ended"
    clock.shift(timedelta())
    await users.set_password(await models.User.get(id=nia[0].id), "another one that they chose")
    assert await refused(resets.opened(link)) == "reset_ended"
    link = await secret()
    await models.User.filter(id=nia[0].id).update(active=False)
    assert await refused(resets.opened(link)) == "reset_ended"
    assert await secret() == "nobody"


async def test_of_two_at_once_one_has_it(nia: Nia) -> None:
    link, typed = await secret(), code(nia)
    outcomes = await asyncio.gather(*(resets.finish(link, NEW, typed) for _ in range(2)), return_exceptions=True)
    assert [each is None for each in outcomes].count(True) == 1


async def test_made_up_and_changed_links_open_nothing(nia: Nia) -> None:
    link = await secret()
    other = resets.secret_of(models.User(id=uuid4(), password_hash=nia[0].password_hash), clock.now())
    for made_up in ("", "x", "ä" * 20, link[:-4] + "AAAA", link[4:], other):
        assert await refused(resets.opened(made_up)) == "reset_ended"


async def test_an_address_that_nobody_has_is_answered_alike(nia: Nia) -> None:
    assert await secret("nobody@mercy.example") == "nobody"
    for email in ("nobody@mercy.example", "nia@mercy.example"):
        for _ in range(resets.A_QUARTER - (email[:2] == "no")):
            await resets.ask(email)
        assert await refused(resets.ask(email)) == "too_many"
