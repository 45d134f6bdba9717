"""An invitation works once, for its address and clinic, for three days, while who asked may ask (B20); and it ends with
both factors given (B11).
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pyotp
import pytest

from server import access, audit, clock, keys, models
from server.domain import guesses, invites, jobs, joining, leaving, sign_in
from server.domain.invites import Wish
from server.domain.sending import Letterhead, Unsendable, invite_mails
from server.errors import Refusal
from server.models import Role
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio

HEAD = Letterhead("https://portal.example", "care@clinic.example", staff_url="https://staff.example")
PASSWORD = "a long walk by the lake"


@pytest.fixture(autouse=True)
async def visitor(world: World, quick: None) -> None:
    audit.acting.set(audit.Actor("visitor", source="203.0.113.7", device="chrome-windows"))


@pytest.fixture
async def ana(world: World) -> access.Staff:
    return await admin(world.robin)


def wish(world: World, **changed: Any) -> Wish:
    asked = Wish("Nia@Mercy.example ", "Nia Brooks", teams=[world.mercy.teams["Front desk"].id])
    return replace(asked, **changed)


def link_of(row: models.Invite) -> str:
    return keys.invite_secret(row.id, row.serial)


def code(secret: str) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


async def taken(link: str) -> str:
    setup = await joining.begin(link, PASSWORD)
    return (await joining.finish(link, setup.token, code(setup.secret))).token


async def mails() -> list[str]:
    written = []
    for job in await jobs.claim(9, kinds=[invites.MAIL]):
        try:
            mail = await invite_mails.write(job, HEAD)
        except Unsendable as no:
            written.append(no.reason)
        else:
            assert mail.parts.text in (mail.parts.text, "")
            written.append(mail.parts.text)
        await jobs.finish(job)
    return written


async def test_who_takes_it_up_is_signed_in_with_both_factors_and_sees_the_past(
    world: World, ana: access.Staff
) -> None:
    row = await invites.invite(wish(world, role=Role.SUPERVISOR), by=ana)
    [mail] = await mails()
    link = link_of(row)
    assert f"https://staff.example/join/{link}" in mail

    staff = await access.staff(await taken(link))

    assert staff is not None
    assert (staff.name, staff.role) == ("Nia Brooks", Role.SUPERVISOR)
    assert staff.member_of == {world.mercy.teams["Front desk"].id}
    assert await access.conversation(staff, world.ines_thread.id)
    user = await models.User.get(id=staff.user)
    assert user.email == "nia@mercy.example"
    session = await models.StaffSession.get(id=staff.session)
    assert (session.device, session.source) == ("chrome-windows", "203.0.113.7")
    kept = await models.Invite.get(id=row.id)
    assert (kept.password_hash, kept.totp_sealed, kept.setup_hash, kept.current) == (None, None, None, None)
    change = await models.MembershipChange.get(user_id=user.id)
    assert change.by_id == ana.user
    # Its code is used up, and the password goes with the next one.
    half = await sign_in.with_password("nia@mercy.example", PASSWORD)
    clock.shift(timedelta(seconds=30))
    ring = await keys.of(user.organization_id)
    assert user.totp_sealed is not None
    assert await sign_in.with_code(half, code(ring.open("user", "totp", user.id, user.totp_sealed)))


async def test_it_works_once_however_many_ask_at_once(world: World, ana: access.Staff) -> None:
    link = link_of(await invites.invite(wish(world), by=ana))
    setup = await joining.begin(link, PASSWORD)

    outcomes = await asyncio.gather(
        *(joining.finish(link, setup.token, code(setup.secret)) for _ in range(4)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["Entered", "Refusal", "Refusal", "Refusal"]
    assert await models.User.filter(email="nia@mercy.example").count() == 1
    assert await refused(invites.opened(link)) == "invite_ended"


async def _expire(row: models.Invite, _ana: access.Staff, _other: access.Staff) -> None:
    clock.shift(timedelta(hours=72, seconds=1))


async def _revoke(row: models.Invite, ana: access.Staff, _other: access.Staff) -> None:
    await invites.revoke(row.id, by=ana)


async def _demote(row: models.Invite, ana: access.Staff, _other: access.Staff) -> None:
    await models.User.filter(id=ana.user).update(role=Role.SUPERVISOR)


async def _leave(row: models.Invite, ana: access.Staff, other: access.Staff) -> None:
    await leaving.leave(ana.user, by=other, is_sure=True)


async def _send_again(row: models.Invite, ana: access.Staff, _other: access.Staff) -> None:
    await invites.send_again(row.id, by=ana)


@pytest.mark.parametrize("ends", [_expire, _revoke, _demote, _leave, _send_again])
async def test_it_is_over_and_says_the_same_whatever_ended_it(
    world: World, ana: access.Staff, ends: object
) -> None:  # fmt: skip
    row = await invites.invite(wish(world), by=ana)
    link = link_of(row)
    setup = await joining.begin(link, PASSWORD)
    assert callable(ends)
    await ends(row, ana, await admin(world.sam))

    made_up = await _sentence(invites.opened("x" * 43))
    assert await _sentence(invites.opened(link)) == made_up
    assert await _sentence(joining.begin(link, PASSWORD)) == made_up
    assert await _sentence(joining.finish(link, setup.token, code(setup.secret))) == made_up
    assert not await models.User.filter(email="nia@mercy.example").exists()
    assert "invite_ended" in await mails()


async def _sentence(act: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as no:
        await act
    return f"{no.value.kind} {no.value.code} {no.value}"


async def test_the_newest_link_works_and_the_mail_of_the_old_one_does_not_leave(
    world: World, ana: access.Staff
) -> None:
    row = await invites.invite(wish(world), by=ana)
    await invites.send_again(row.id, by=ana)
    [old, new] = await mails()
    newest = link_of(await models.Invite.get(id=row.id))
    assert old == "invite_ended"
    assert newest in new
    assert await taken(newest)


async def test_another_browser_begins_anew_and_puts_the_first_one_out(world: World, ana: access.Staff) -> None:
    link = link_of(await invites.invite(wish(world), by=ana))
    first = await joining.begin(link, "the password of whoever read the mail")
    second = await joining.begin(link, PASSWORD)

    assert first.secret != second.secret
    assert await refused(joining.again(link, first.token)) == "invite_ended"
    assert await refused(joining.finish(link, first.token, code(first.secret))) == "invite_ended"
    assert await refused(joining.finish(link, second.token, code(first.secret))) == "wrong_code"
    assert (await joining.again(link, second.token)).secret == second.secret
    assert await joining.finish(link, second.token, code(second.secret))
    assert await sign_in.with_password("nia@mercy.example", PASSWORD)


async def test_a_password_alone_opens_nothing(world: World, ana: access.Staff) -> None:
    link = link_of(await invites.invite(wish(world), by=ana))
    assert await refused(joining.begin(link, "nia brooks")) == "weak_password"
    await joining.begin(link, PASSWORD)
    assert await refused(sign_in.with_password("nia@mercy.example", PASSWORD)) == "wrong_sign_in"


async def test_guesses_at_the_code_and_at_links_are_limited(
    world: World, ana: access.Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_of(await invites.invite(wish(world), by=ana))
    setup = await joining.begin(link, PASSWORD)
    wrong = f"{(int(code(setup.secret)) + 1) % 1_000_000:06}"
    outcomes = [await refused(joining.finish(link, setup.token, wrong)) for _ in range(11)]
    assert outcomes == ["wrong_code"] * 10 + ["too_many"]
    assert await refused(joining.finish(link, setup.token, code(setup.secret))) == "too_many"

    monkeypatch.setattr(guesses, "FROM_ONE_SOURCE", 3)
    outcomes = [await refused(invites.opened(f"{at:043}")) for at in range(4)]
    assert outcomes == ["invite_ended"] * 3 + ["too_many"]
    assert await invites.opened(link)


async def test_looking_changes_nothing(world: World, ana: access.Staff) -> None:
    row = await invites.invite(wish(world), by=ana)
    before = await models.Invite.filter(id=row.id).values()
    for _ in range(3):
        await invites.opened(link_of(row))
    assert await models.Invite.filter(id=row.id).values() == before


async def test_who_may_be_asked(world: World, ana: access.Staff) -> None:
    await invites.invite(wish(world), by=ana)
    assert await refused(invites.invite(wish(world), by=ana)) == "invited_already"
    assert await refused(invites.invite(wish(world, email="sam@mercy.example"), by=ana)) == "email_taken"
    assert await refused(invites.invite(wish(world, email="nobody"), by=ana)) == "not_an_email"
    assert await refused(invites.invite(wish(world, email="b@mercy.example", name=" "), by=ana)) == "empty"
    theirs = world.lakeside.teams["Front desk"].id
    for team in (theirs, uuid4()):
        assert await refused(invites.invite(wish(world, email="b@mercy.example", teams=[team]), by=ana)) == "unknown"
    other = wish(world, email="b@mercy.example", role=Role.OPERATOR)
    assert await refused(invites.invite(other, by=ana)) == "not_a_role"
    # Another clinic may ask the same person; who comes first has the address.
    outsider = await admin(world.alex)
    second = await invites.invite(wish(world, teams=[theirs]), by=outsider)
    assert await taken(link_of(second))
    first = await models.Invite.get(organization_id=world.mercy.organization.id)
    assert await refused(taken(link_of(first))) == "email_taken"


async def test_it_asks_for_a_proof_of_the_last_five_minutes(world: World, ana: access.Staff) -> None:
    row = await invites.invite(wish(world), by=ana)
    clock.shift(timedelta(minutes=6))
    assert await refused(invites.invite(wish(world, email="b@mercy.example"), by=ana)) == "prove_again"
    assert await refused(invites.send_again(row.id, by=ana)) == "prove_again"
    await invites.revoke(row.id, by=ana)


async def test_they_are_nobody_elses(world: World, ana: access.Staff) -> None:
    row = await invites.invite(wish(world), by=ana)
    outsider = await admin(world.alex)
    for staff in (world.dana, world.val):
        assert await refused(invites.invite(wish(world, email="b@mercy.example"), by=staff)) == "not_allowed"
        assert await refused(invites.send_again(row.id, by=staff)) == "not_allowed"
        assert await refused(invites.revoke(row.id, by=staff)) == "not_allowed"
    for nobody in (row.id, UUID(int=7)):
        assert await refused(invites.send_again(nobody, by=outsider)) == "unknown"
        assert await refused(invites.revoke(nobody, by=outsider)) == "unknown"
    assert await invites.opened(link_of(row))
