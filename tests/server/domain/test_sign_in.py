"""Signing in: one code opens one session, sessions end on the server, passwords are good ones."""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from server import access, audit, clock, errors, models
from server.domain import sign_in, users
from tests import world

pytestmark = pytest.mark.anyio

PASSWORD = "a long walk by the lake"


@pytest.fixture(autouse=True)
def visitor(quick: None) -> None:
    audit.acting.set(audit.Actor("visitor", source="203.0.113.7"))


@pytest.fixture
async def cast(database: str) -> world.World:
    return await world.make()


@pytest.fixture
async def nia(cast: world.World) -> tuple[models.User, str]:
    organization = cast.mercy.organization.id
    return await users.create(organization, email="nia@mercy.example", name="Nia Brooks", password=PASSWORD)


def code(secret: str) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


async def outcome(half: str, typed: str) -> str:
    try:
        await sign_in.with_code(half, typed)
    except errors.Refusal as refusal:
        return refusal.code
    return "signed_in"


class TestWithCode:
    async def test_one_code_opens_one_session_however_many_ask_at_once(self, nia: tuple[models.User, str]) -> None:
        halves = [await sign_in.with_password(nia[0].email, PASSWORD) for _ in range(5)]

        outcomes = await asyncio.gather(*(outcome(half, code(nia[1])) for half in halves))

        assert sorted(outcomes) == ["signed_in", *["wrong_code"] * 4]

    async def test_half_a_session_opens_one(self, nia: tuple[models.User, str]) -> None:
        half = await sign_in.with_password(nia[0].email, PASSWORD)

        outcomes = [await outcome(half, code(nia[1])) for _ in range(2)]

        assert outcomes == ["signed_in", "signed_out"]

    async def test_half_a_session_lasts_ten_minutes(self, nia: tuple[models.User, str]) -> None:
        half = await sign_in.with_password(nia[0].email, PASSWORD)
        clock.shift(timedelta(minutes=10, seconds=1))

        assert await outcome(half, code(nia[1])) == "signed_out"

    async def test_one_step_either_way_is_near_enough(self, nia: tuple[models.User, str]) -> None:
        for seconds, expected in ((-60, "wrong_code"), (-30, "signed_in"), (60, "wrong_code"), (30, "signed_in")):
            half = await sign_in.with_password(nia[0].email, PASSWORD)
            at = int(clock.now().timestamp()) + seconds
            assert await outcome(half, pyotp.TOTP(nia[1]).at(at)) == expected, seconds


class TestWithPassword:
    async def test_needs_an_active_account(self, nia: tuple[models.User, str]) -> None:
        await models.User.filter(id=nia[0].id).update(active=False)

        with pytest.raises(errors.Refusal) as refusal:
            await sign_in.with_password(nia[0].email, PASSWORD)

        assert refusal.value.code == "wrong_sign_in"

    async def test_is_never_half_enough(self, nia: tuple[models.User, str]) -> None:
        half = await sign_in.with_password(nia[0].email, PASSWORD)

        assert await access.staff(half) is None

    async def test_is_not_cut(self, cast: world.World) -> None:
        organization, long = cast.mercy.organization.id, "ä" * 400 + "é b c d e f"
        await users.create(organization, email="li@mercy.example", name="Li", password=long)

        with pytest.raises(errors.Refusal):
            await sign_in.with_password("li@mercy.example", long[:-1])
        assert await sign_in.with_password("li@mercy.example", long)

    async def test_parallel_guesses_are_counted(self, nia: tuple[models.User, str]) -> None:
        async def guess(number: int) -> str:
            with pytest.raises(errors.Refusal) as refusal:
                await sign_in.with_password(nia[0].email, f"guess number {number}")
            return refusal.value.code

        codes = await asyncio.gather(*map(guess, range(15)))

        assert codes.count("wrong_sign_in") == 10


class TestUsers:
    @pytest.mark.parametrize(
        "password",
        [
            "short",
            "a" * 20,
            "password1234",
            "123456789012",
            "qwertyuiopasdfghjkl",
            "nia brooks nia",
            "Bloomtext Clinic",
        ],
    )
    async def test_need_a_password_that_is_hard_to_guess(self, cast: world.World, password: str) -> None:
        organization = cast.mercy.organization.id

        with pytest.raises(errors.Refusal) as refusal:
            await users.create(organization, email="nia@mercy.example", name="Nia Brooks", password=password)

        assert refusal.value.code == "weak_password"

    async def test_sign_in_with_one_address_each(self, cast: world.World, nia: tuple[models.User, str]) -> None:
        with pytest.raises(errors.Refusal) as refusal:
            await users.create(cast.lakeside.organization.id, email="NIA@mercy.example", name="N", password=PASSWORD)

        assert refusal.value.code == "email_taken"

    async def test_keep_no_secret_readable(self, nia: tuple[models.User, str]) -> None:
        user = await models.User.get(id=nia[0].id)

        assert nia[1].encode() not in bytes(user.totp_sealed or b"")
        assert user.password_hash.startswith("$argon2id$")

    async def test_a_new_password_ends_every_session(self, nia: tuple[models.User, str]) -> None:
        token, _ = await world.signed_in(nia[0].id)

        await users.set_password(nia[0], "another walk by the lake")

        assert await access.staff(token) is None


class TestTouch:
    async def test_is_written_seldom(self, nia: tuple[models.User, str]) -> None:
        _, session = await world.signed_in(nia[0].id)
        await sign_in.touch(session)
        first = (await models.StaffSession.get(id=session)).seen_at

        clock.shift(timedelta(seconds=5))
        await sign_in.touch(session)
        second = (await models.StaffSession.get(id=session)).seen_at
        clock.shift(timedelta(seconds=20))
        await sign_in.touch(session)

        assert first == second
        assert (await models.StaffSession.get(id=session)).seen_at > second
