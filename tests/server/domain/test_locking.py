"""A locked screen: nobody's until the password comes, and no longer alive than it would have been."""

import asyncio
from datetime import timedelta

import pytest

from server import access, audit, clock, errors, models, tokens
from server.domain import locking, passwords, step_up
from tests import world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]

PASSWORD = "a long walk by the lake"
WRONG = "not this one, surely"


@pytest.fixture
async def cast(database: str) -> world.World:
    made = await world.make()
    await models.User.filter(id=made.dana.user).update(password_hash=await passwords.hashed(PASSWORD))
    audit.acting.set(audit.Actor("staff", made.dana.user, "203.0.113.7", made.dana.session))
    return made


@pytest.fixture
async def token(cast: world.World) -> str:
    """What the cookie of Dana's session holds."""
    given = tokens.new_secret()
    await models.StaffSession.filter(id=cast.dana.session).update(token_hash=tokens.hash_of(given))
    return given


async def outcome(password: str, by: access.Staff) -> str:
    try:
        await locking.unlock(password, by=by)
    except errors.Refusal as refusal:
        return refusal.code
    return "unlocked"


async def standing(*staff: access.Staff) -> list[tuple[bool, int]]:
    found = await access.standing([each.session for each in staff], [])
    return [(found[each.session].alive, found[each.session].code) for each in staff]


async def on_record() -> list[tuple[str, str]]:
    entries = models.AuditEntry.filter(did__startswith="session:").order_by("at", "id")
    return [(did, outcome) for did, outcome in await entries.values_list("did", "outcome")]


class TestLock:
    async def test_makes_the_session_nobodys_and_leaves_the_others(self, cast: world.World, token: str) -> None:
        other, other_session = await world.signed_in(cast.dana.user)

        await locking.lock(cast.dana)

        known = await access.whoever(token)
        assert await access.staff(token) is None
        assert known is not None
        assert (known.user, known.locked) == (cast.dana.user, True)
        assert await access.staff(other) is not None
        stands = await access.standing([cast.dana.session, other_session], [])
        assert (stands[cast.dana.session].alive, stands[cast.dana.session].code) == (False, 4506)
        assert stands[other_session].alive

    async def test_tells_its_sockets_and_the_record_once(self, cast: world.World) -> None:
        for _ in range(2):
            await locking.lock(cast.dana)

        told = await models.FactRecord.filter(stream_id=cast.dana.user, kind="session.locked").values_list("stream_id")
        assert len(told) == 1
        assert await on_record() == [("session:locked", "done")]

    async def test_keeps_the_session_no_longer_alive(self, cast: world.World, token: str) -> None:
        seen = (await models.StaffSession.get(id=cast.dana.session)).seen_at
        clock.shift(timedelta(minutes=10))
        await locking.lock(cast.dana)

        assert (await models.StaffSession.get(id=cast.dana.session)).seen_at == seen
        clock.shift(timedelta(minutes=15, seconds=1))
        assert await access.whoever(token) is None
        assert await standing(cast.dana) == [(False, 4501)]


class TestUnlock:
    async def test_goes_on_under_a_new_token(self, cast: world.World, token: str) -> None:
        await locking.lock(cast.dana)

        new = await locking.unlock(PASSWORD, by=cast.dana)

        found = await access.staff(new)
        assert found is not None
        assert (found.session, found.locked) == (cast.dana.session, False)
        assert await access.whoever(token) is None
        assert await standing(cast.dana) == [(True, 4501)]

    async def test_is_an_act_and_a_proof(self, cast: world.World) -> None:
        clock.shift(timedelta(minutes=14))
        await locking.lock(cast.dana)
        await models.StaffSession.filter(id=cast.dana.session).update(created_at=clock.now() - timedelta(hours=1))

        new = await locking.unlock(PASSWORD, by=cast.dana)
        clock.shift(timedelta(minutes=28))

        assert await access.staff(new) is not None
        await step_up.must_be_recent(cast.dana)

    async def test_by_a_wrong_password_opens_nothing(self, cast: world.World, token: str) -> None:
        await locking.lock(cast.dana)

        assert await outcome(WRONG, cast.dana) == "wrong_sign_in"

        assert await access.staff(token) is None
        assert await on_record() == [("session:locked", "done"), ("session:unlocked", "refused")]

    async def test_by_a_fifth_wrong_password_ends_the_session(self, cast: world.World, token: str) -> None:
        await locking.lock(cast.dana)

        outcomes = [await outcome(WRONG, cast.dana) for _ in range(5)]

        assert outcomes == ["wrong_sign_in"] * 4 + ["signed_out"]
        assert await access.whoever(token) is None
        assert await outcome(PASSWORD, cast.dana) == "signed_out"
        assert (await on_record())[-1] == ("session:ended", "done")
        assert await models.FactRecord.filter(stream_id=cast.dana.user, kind="session.ended").count() == 1

    async def test_in_time_begins_the_count_anew_and_locking_again_does_not(self, cast: world.World) -> None:
        await locking.lock(cast.dana)
        for _ in range(4):
            await outcome(WRONG, cast.dana)
        await locking.lock(cast.dana)
        assert (await models.StaffSession.get(id=cast.dana.session)).unlock_tries == 4
        assert await outcome(PASSWORD, cast.dana) == "unlocked"

        await locking.lock(cast.dana)

        assert await outcome(WRONG, cast.dana) == "wrong_sign_in"

    async def test_counts_guesses_that_come_at_once(self, cast: world.World) -> None:
        await locking.lock(cast.dana)

        outcomes = await asyncio.gather(*(outcome(f"guess number {nth}", cast.dana) for nth in range(9)))

        assert sorted(outcomes) == ["signed_out"] * 5 + ["wrong_sign_in"] * 4
        assert await models.AuditEntry.filter(did="session:unlocked").count() == 5

    async def test_works_where_the_lock_has_not_arrived(self, cast: world.World) -> None:
        new = await locking.unlock(PASSWORD, by=cast.dana)

        assert await access.staff(new) is not None

    async def test_spends_the_budget_of_signing_in(self, cast: world.World) -> None:
        await locking.lock(cast.dana)
        await models.StaffSession.filter(id=cast.dana.session).update(unlock_tries=-9)

        outcomes = [await outcome(WRONG, cast.dana) for _ in range(11)]

        assert outcomes == ["wrong_sign_in"] * 10 + ["too_many"]
