"""A person changes what proves who they are, after proving it once more; they are told, and other sessions end."""

from datetime import timedelta

import pyotp
import pytest

from server import access, audit, clock, models
from server.domain import account_news, jobs, own_factors, passwords, recovery_codes, second_factor
from tests.refusing import refused
from tests.world import World, signed_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]

PASSWORD, NEW = "a long walk by the lake", "the heron stands in the reeds"


@pytest.fixture
async def dana(world: World) -> access.Staff:
    """Dana with both factors."""
    user = await models.User.get(id=world.dana.user)
    user.password_hash = await passwords.hashed(PASSWORD)
    await second_factor.give(user)
    await user.save()
    return world.dana


def code(secret: str) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


async def news() -> list[str]:
    return [job.kept(account_news.News).what for job in await jobs.claim(9, kinds=[account_news.MAIL])]


async def test_each_asks_who_is_there(dana: access.Staff) -> None:
    _, secret = await own_factors.begin_authenticator(dana)
    clock.shift(timedelta(minutes=5, seconds=1))
    for act in (
        own_factors.renew_codes(dana),
        own_factors.begin_authenticator(dana),
        own_factors.finish_authenticator(code(secret), by=dana),
    ):
        assert await refused(act) == "prove_again"
    assert await models.RecoveryCode.all().count() == 0
    assert await news() == []


async def test_another_authenticator_takes_the_place_of_the_first_once_a_code_is_right(dana: access.Staff) -> None:
    elsewhere, _ = await signed_in(dana.user)
    before = await second_factor.secret_of(await models.User.get(id=dana.user))
    user, secret = await own_factors.begin_authenticator(dana)
    assert user.id == dana.user
    assert await refused(own_factors.finish_authenticator("000000", by=dana)) == "wrong_code"
    assert await second_factor.secret_of(await models.User.get(id=dana.user)) == before
    assert await access.staff(elsewhere)

    typed = code(secret)
    await own_factors.finish_authenticator(typed, by=dana)

    now = await models.User.get(id=dana.user)
    assert await second_factor.secret_of(now) == secret
    assert await second_factor.read(now, typed) is None
    assert await access.staff(elsewhere) is None
    assert (await access.standing([dana.session], []))[dana.session].alive
    assert await refused(own_factors.finish_authenticator(typed, by=dana)) == "wrong_code"
    assert await news() == ["authenticator"]


async def test_nobody_sets_up_somebody_elses(dana: access.Staff, world: World) -> None:
    _, secret = await own_factors.begin_authenticator(dana)
    assert await refused(own_factors.finish_authenticator(code(secret), by=world.sam)) == "wrong_code"


async def test_new_codes_put_the_old_ones_out(dana: access.Staff) -> None:
    [old, *_] = await own_factors.renew_codes(dana)
    [new, *_] = await own_factors.renew_codes(dana)
    user = await models.User.get(id=dana.user)
    assert await recovery_codes.found(user, old) is None
    assert await recovery_codes.found(user, new)
    assert await models.AuditEntry.filter(did=audit.Did.RECOVERY_RENEWED, about_id=dana.user).count() == 2


async def test_another_password_takes_the_place_of_the_first(dana: access.Staff) -> None:
    elsewhere, _ = await signed_in(dana.user)
    assert await refused(own_factors.change_password("not this one", NEW, by=dana)) == "wrong_sign_in"
    assert await refused(own_factors.change_password(PASSWORD, "dana reyes", by=dana)) == "weak_password"
    assert await access.staff(elsewhere)

    await own_factors.change_password(PASSWORD, NEW, by=dana)

    assert await access.staff(elsewhere) is None
    assert await refused(own_factors.change_password(PASSWORD, NEW, by=dana)) == "wrong_sign_in"
    assert await news() == ["password"]
