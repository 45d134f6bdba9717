"""A recovery code lets somebody in once in place of their authenticator, and they are told (B18, B19, B22)."""

import asyncio
from datetime import timedelta

import pytest

from server import access, audit, clock, models
from server.domain import account_news, jobs, recovery_codes, resets, sign_in, users
from server.domain.sending import Letterhead, Unsendable, account_mails
from tests.refusing import refused
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]

HEAD = Letterhead("https://portal.example", "care@clinic.example", staff_url="https://staff.example")
PASSWORD, NEW = "a long walk by the lake", "the heron stands in the reeds"


@pytest.fixture
async def nia(world: World) -> models.User:
    organization = world.mercy.organization.id
    audit.acting.set(audit.Actor("visitor", source="203.0.113.7", device="chrome-windows"))
    user, _ = await users.create(organization, email="nia@mercy.example", name="Nia Brooks", password=PASSWORD)
    return user


async def told() -> list[str]:
    """What mails of the account say, the oldest first."""
    found = await jobs.claim(9, kinds=[account_news.MAIL])
    for job in found:
        await jobs.finish(job)
    return [(await account_mails.write(job, HEAD)).parts.text for job in found]


async def half() -> str:
    return await sign_in.with_password("nia@mercy.example", PASSWORD)


async def test_each_lets_in_once_however_it_is_typed(nia: models.User) -> None:
    codes = await recovery_codes.give(nia)
    assert len(set(codes)) == recovery_codes.MANY
    typed = f" {codes[0].lower().replace('0', 'o').replace('1', 'l').replace('-', ' ')} "

    assert await access.staff(await sign_in.with_code(await half(), typed))

    assert await refused(sign_in.with_code(await half(), codes[0])) == "wrong_code"
    [mail] = await told()
    assert "Mercy Family Clinic with Chrome on Windows" in mail
    assert "9 are left" in mail
    assert not any(code in mail for code in codes)


async def test_of_many_at_once_one_has_it(nia: models.User) -> None:
    [code, *_] = await recovery_codes.give(nia)
    halves = [await half() for _ in range(3)]
    outcomes = await asyncio.gather(*(sign_in.with_code(each, code) for each in halves), return_exceptions=True)
    assert [isinstance(each, str) for each in outcomes].count(True) == 1
    assert await models.RecoveryCode.filter(user_id=nia.id, used_at=None).count() == recovery_codes.MANY - 1
    # Who lost the race may still give another one.
    left = [each for each, outcome in zip(halves, outcomes, strict=True) if not isinstance(outcome, str)]
    assert await access.half_signed_in(left[0])


async def test_new_ones_and_other_peoples_put_none_in(nia: models.User, world: World) -> None:
    [old, *_] = await recovery_codes.give(nia)
    await recovery_codes.give(nia)
    [danas, *_] = await recovery_codes.give(await models.User.get(id=world.dana.user))
    for code in (old, danas, "", "0" * 12, "ä" * 12):
        assert await refused(sign_in.with_code(await half(), code)) == "wrong_code"


async def test_guesses_are_counted_as_those_of_codes(nia: models.User) -> None:
    await recovery_codes.give(nia)
    token = await half()
    outcomes = [await refused(sign_in.with_code(token, "0000-0000-0000")) for _ in range(11)]
    assert outcomes == ["wrong_code"] * 10 + ["too_many"]


async def test_one_is_as_good_for_a_new_password_and_does_not_open_a_session(nia: models.User) -> None:
    [code, *_] = await recovery_codes.give(nia)
    link = resets.secret_of(nia, clock.now())
    outcomes = await asyncio.gather(*(resets.finish(link, NEW, code) for _ in range(2)), return_exceptions=True)
    assert [each is None for each in outcomes].count(True) == 1
    assert await models.StaffSession.filter(user_id=nia.id).count() == 0
    assert sorted(mail.split("account at")[0] for mail in await told()) == [
        "Somebody used a recovery code of your ",
        "The password of your ",
    ]


async def test_many_wrong_ones_are_told_once_a_day_and_of_nobodys_account_nowhere(nia: models.User) -> None:
    for email in ("nia@mercy.example", "nobody@mercy.example"):
        for _ in range(account_news.MANY + 2):
            assert await refused(sign_in.with_password(email, "wrong, and wrong again")) == "wrong_sign_in"
    found = await jobs.claim(9, kinds=[account_news.MAIL])
    assert len(found) == 2
    mail = await account_mails.write(found[0], HEAD)
    assert (mail.to, "several times" in mail.parts.text) == ("nia@mercy.example", True)
    with pytest.raises(Unsendable):
        await account_mails.write(found[1], HEAD)
    clock.shift(timedelta(days=1, minutes=1))
    for _ in range(account_news.MANY):
        await refused(sign_in.with_password("nia@mercy.example", "wrong, and wrong again"))
    assert len(await jobs.claim(9, kinds=[account_news.MAIL])) == 3


async def test_none_of_it_is_on_record_in_words(nia: models.User) -> None:
    codes = await recovery_codes.give(nia)
    await sign_in.with_code(await half(), codes[0])
    [entry] = await models.AuditEntry.filter(did=audit.Did.RECOVERY_USED)
    assert (entry.about_id, entry.data) == (nia.id, '{"left":9}')
    kept = "".join(row.code_hash for row in await models.RecoveryCode.all())
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
