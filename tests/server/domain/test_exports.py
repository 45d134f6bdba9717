"""The chart's copy: for who reads the inbox, and only after they lately proved who they are."""

import json
from datetime import timedelta

import pyotp
import pytest

from server import access, clock, models, tokens
from server.domain import exports, messages, passwords, second_factor, sending, step_up, teams
from server.domain.step_up import RECENT
from server.errors import Refusal
from server.models import Via
from server.queries import transcript
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report
from tests.world import World

pytestmark = pytest.mark.anyio
PASSWORD = "a quiet morning by the lake"


async def export(world: World, by: access.Staff) -> exports.Exported:
    return await exports.for_chart(world.ines_thread.id, "json", by=by)


async def refusal_of(world: World, by: access.Staff) -> str:
    with pytest.raises(Refusal) as refused:
        await export(world, by)
    assert await models.AuditEntry.filter(did="conversation:exported").count() == 0
    return refused.value.code


async def long_ago(by: access.Staff) -> None:
    """They signed in so long ago that they must prove who they are."""
    await models.StaffSession.filter(id=by.session).update(created_at=clock.now() - RECENT - timedelta(seconds=1))


async def test_separate_states_have_separate_times(world: World) -> None:
    await post(world)
    posted = await claim_one()
    await sending.settle(posted, ACCEPTED)
    await report("delivered", ref=posted.ref)

    found = json.loads((await export(world, world.dana)).content)

    [notice] = found["content"]["messages"][0]["notices"]
    assert notice["accepted_at"]
    assert notice["delivered_at"]
    assert (notice["pressed_at"], notice["confirmed_at"]) == (None, None)
    assert found["content"]["messages"][0]["viewed"] == []


async def test_a_supervisor_who_observes_may_take_it(world: World) -> None:
    await post(world)

    made = json.loads((await export(world, world.val)).content)

    assert made["made"]["by"] == {"kind": "staff", "name": "Val Moreno"}
    entry = await models.AuditEntry.get(did="conversation:exported")
    assert json.loads(entry.data) == {
        "export": made["made"]["id"],
        "format": "json",
        "copy": "chart",
        "sha256": made["sha256"],
        "messages": 1,
    }


async def test_another_team_and_another_clinic_learn_nothing(world: World) -> None:
    await post(world)

    assert [await refusal_of(world, by) for by in (world.robin, world.alex)] == ["unknown"] * 2


async def test_who_leaves_the_team_meanwhile_gets_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await post(world)
    written = exports.written

    async def slow(*given: object) -> exports.Exported:
        await teams.remove(world.mercy.teams["Front desk"].id, world.dana.user)
        return await written(*given)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(exports, "written", slow)

    assert await refusal_of(world, world.dana) == "unknown"


async def test_a_long_conversation_is_read_in_pages_of_few_statements(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        await messages.post(world.ines_thread.id, key=f"k{number}", via=Via.SECURE_SMS, body=f"{number}", by=world.dana)
    monkeypatch.setattr(transcript, "PAGE", 3)

    found = await transcript.content(world.ines_thread.id, for_patient=False)

    assert [message.body for message in found.messages] == [str(number) for number in range(7)]


class TestProvingAgain:
    async def test_is_asked_for_after_a_quarter_of_an_hour(self, world: World) -> None:
        await post(world)
        await long_ago(world.dana)

        assert await refusal_of(world, world.dana) == "prove_again"

    async def test_with_the_password_renews_the_token_and_opens(self, world: World) -> None:
        await post(world)
        await long_ago(world.dana)
        await models.User.filter(id=world.dana.user).update(password_hash=await passwords.hashed(PASSWORD))
        before = (await models.StaffSession.get(id=world.dana.session)).token_hash

        token = await step_up.with_password(PASSWORD, by=world.dana)

        session = await models.StaffSession.get(id=world.dana.session)
        assert session.token_hash == tokens.hash_of(token) != before
        assert (await access.staff(token)) is not None
        assert (await export(world, world.dana)).media_type == "application/json"

    async def test_with_a_code_works_once(self, world: World) -> None:
        user = await models.User.get(id=world.dana.user)
        secret = await second_factor.give(user)
        await user.save()
        await long_ago(world.dana)
        code = pyotp.TOTP(secret).at(clock.now())

        await step_up.with_code(code, by=world.dana)
        with pytest.raises(Refusal) as again:
            await step_up.with_code(code, by=world.dana)

        assert again.value.code == "wrong_code"

    async def test_wrongly_proves_nothing_and_is_on_record(self, world: World) -> None:
        await post(world)
        await long_ago(world.dana)
        await models.User.filter(id=world.dana.user).update(password_hash=await passwords.hashed(PASSWORD))

        with pytest.raises(Refusal) as refused:
            await step_up.with_password("something else altogether", by=world.dana)

        assert refused.value.code == "wrong_sign_in"
        assert await refusal_of(world, world.dana) == "prove_again"
        assert await models.AuditEntry.filter(did="sign_in:again", outcome="refused").count() == 1

    async def test_guesses_run_out(self, world: World) -> None:
        codes = []
        for _ in range(12):
            with pytest.raises(Refusal) as refused:
                await step_up.with_code("000000", by=world.dana)
            codes.append(refused.value.code)

        assert codes[-1] == "too_many"

    async def test_an_ended_session_proves_nothing(self, world: World) -> None:
        await models.User.filter(id=world.dana.user).update(password_hash=await passwords.hashed(PASSWORD))
        await models.StaffSession.filter(id=world.dana.session).update(ended_at=clock.now())

        with pytest.raises(Refusal) as refused:
            await step_up.with_password(PASSWORD, by=world.dana)

        assert refused.value.code == "signed_out"
