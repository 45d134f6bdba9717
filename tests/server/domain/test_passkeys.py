"""A passkey signs in by itself, proves who is there, and is refused wherever anything about it is not as it must be."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from server import access, audit, clock, models
from server.domain import account_news, jobs, passkey_checks, passkeys, second_factor, sign_in, step_up
from server.domain.passkey_checks import Purpose, Signed
from tests.passkeys import ORIGIN, PRESENT, VERIFIED, Key
from tests.refusing import refused
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def here() -> Iterator[None]:
    passkey_checks.use_origin(ORIGIN)
    yield
    clock.shift(timedelta())


async def added(by: access.Staff, key: Key | None = None) -> Key:
    key = key or Key()
    wish = await passkeys.begin(by)
    await passkeys.add(key.make(wish.challenge), "My laptop", by=by)
    return key


async def entered(key: Key) -> str:
    return await sign_in.with_passkey(key.sign(await sign_in.ask_passkey()))


async def test_one_is_added_and_signs_in_by_itself(world: World) -> None:
    key = await added(world.dana)

    found = await access.staff(await entered(key))

    assert found
    assert found.user == world.dana.user
    [job] = await jobs.claim(9, kinds=[account_news.MAIL])
    assert (job.subject, job.kept(account_news.News).what) == (world.dana.user, "passkey_added")
    did = [each.did for each in await models.AuditEntry.filter(did__contains="passkey").order_by("id")]
    assert did == ["passkey:added", "sign_in:passkey"]


async def test_the_session_before_ends_in_the_same_browser(world: World) -> None:
    key = await added(world.dana)
    before, _ = await signed_in(world.sam.user)
    await sign_in.with_passkey(key.sign(await sign_in.ask_passkey()), instead_of=before)
    assert await access.whoever(before) is None


async def test_a_challenge_works_once_and_not_for_long(world: World) -> None:
    key = await added(world.dana)
    signed = key.sign(await sign_in.ask_passkey())
    outcomes = await asyncio.gather(*(sign_in.with_passkey(signed) for _ in range(3)), return_exceptions=True)
    assert [isinstance(each, str) for each in outcomes].count(True) == 1
    late = key.sign(await sign_in.ask_passkey())
    clock.shift(passkey_checks.LIVES + timedelta(seconds=1))
    assert await refused(sign_in.with_passkey(late)) == "wrong_passkey"
    assert await passkey_checks.forget() == 1


SPOILT: dict[str, Callable[[Key], Key]] = {
    "another address": lambda key: replace(key, origin="https://localhost.example"),
    "another port": lambda key: replace(key, origin="http://localhost:8001"),
    "another site": lambda key: replace(key, site="example.com"),
    "no finger": lambda key: replace(key, flags=PRESENT),
    "nobody there": lambda key: replace(key, flags=VERIFIED),
    "another key": lambda key: replace(key, secret=Key().secret),
    "unknown": lambda key: replace(key, handle=b"unknown"),
}


@pytest.mark.parametrize("how", SPOILT)
async def test_what_is_not_as_it_must_be_is_refused(world: World, how: str) -> None:
    spoilt = SPOILT[how](await added(world.dana))
    assert await refused(entered(spoilt)) == "wrong_passkey"
    if how in ("another key", "unknown"):
        return
    wish = await passkeys.begin(world.sam)
    assert await refused(passkeys.add(spoilt.make(wish.challenge), "Mine", by=world.sam)) == "wrong_passkey"


async def test_garbage_is_refused(world: World) -> None:
    for client_data in ("", "ä", "e30", "bm8", "A"):
        assert await refused(sign_in.with_passkey(Signed("x", client_data, "x", "x"))) == "wrong_passkey"
    key = await added(world.dana)
    signed = key.sign(await sign_in.ask_passkey())
    assert await refused(sign_in.with_passkey(replace(signed, authenticator_data="e30"))) == "wrong_passkey"


async def test_one_that_counts_backwards_may_be_a_copy(world: World) -> None:
    key = await added(world.dana, Key(count=5))
    key.count = 7
    assert await entered(key)
    for count in (7, 6, 0):
        key.count = count
        assert await refused(entered(key)) == "wrong_passkey"
    told = await models.AuditEntry.filter(did=audit.Did.PASSKEY_REFUSED, about_id=world.dana.user)
    assert [(each.outcome, '"why":"counter"' in each.data) for each in told] == [("refused", True)] * 3
    key.count = 8
    assert await entered(key)


async def test_it_proves_who_is_there_in_this_session_only(world: World) -> None:
    key, sams = await added(world.dana), await added(world.sam)
    clock.shift(timedelta(minutes=6))
    assert await refused(step_up.must_be_just_now(world.dana)) == "prove_again"
    challenge, known = await step_up.ask_passkey(world.dana)
    assert known == [key.handle]
    elsewhere = replace(world.dana, session=world.sam.session)
    assert await refused(step_up.with_passkey(key.sign(challenge), by=elsewhere)) == "wrong_passkey"
    assert await refused(step_up.with_passkey(sams.sign(challenge), by=world.dana)) == "wrong_passkey"
    wrong_purpose = key.sign(await passkey_checks.ask(Purpose.SIGN_IN))
    assert await refused(step_up.with_passkey(wrong_purpose, by=world.dana)) == "wrong_passkey"

    challenge, _ = await step_up.ask_passkey(world.dana)
    token = await step_up.with_passkey(key.sign(challenge), by=world.dana)

    assert await access.staff(token)
    await step_up.must_be_just_now(world.dana)


async def test_own_ones_are_named_and_removed_and_nobody_elses(world: World) -> None:
    key = await added(world.dana)
    row = await models.Passkey.get(user_id=world.dana.user)
    for act in (passkeys.rename(row.id, "Mine", by=world.sam), passkeys.remove(row.id, by=world.alex)):
        assert await refused(act) == "unknown"
    await passkeys.rename(row.id, " Reception PC ", by=world.dana)
    assert (await models.Passkey.get(id=row.id)).name == "Reception PC"
    # The world's Dana has no authenticator: nothing else would be left.
    assert await refused(passkeys.remove(row.id, by=world.dana)) == "last_factor"
    user = await models.User.get(id=world.dana.user)
    await second_factor.give(user)
    await user.save()

    await passkeys.remove(row.id, by=world.dana)

    assert await refused(entered(key)) == "wrong_passkey"


async def test_adding_asks_who_is_there_and_who_has_left_comes_in_with_none(world: World) -> None:
    key = await added(world.dana)
    wish = await passkeys.begin(world.dana)
    clock.shift(timedelta(minutes=5, seconds=1))
    assert await refused(passkeys.begin(world.dana)) == "prove_again"
    clock.shift(timedelta())
    assert await refused(passkeys.add(Key().make(wish.challenge), "Mine", by=world.sam)) == "wrong_passkey"
    assert await refused(passkeys.add(key.make(wish.challenge), "Twice", by=world.dana)) == "wrong_passkey"
    await models.User.filter(id=world.dana.user).update(active=False)
    assert await refused(entered(key)) == "wrong_passkey"


async def test_an_address_without_a_name_has_none(world: World) -> None:
    passkey_checks.use_origin("http://127.0.0.1:8000")
    assert await refused(sign_in.ask_passkey()) == "no_passkeys"
    assert await refused(passkeys.begin(world.dana)) == "no_passkeys"
