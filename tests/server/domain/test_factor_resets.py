"""Whoever lost what they prove themselves with begins anew by a mail of theirs and their password, never by less."""

from datetime import timedelta

import pyotp
import pytest

from server import access, audit, clock, keys, models
from server.domain import account_news, factor_resets, jobs, joining, leaving, passwords, recovery_codes, second_factor
from server.domain.sending import Letterhead, invite_mails
from server.queries import clinic_alarms, clinic_people
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio
HEAD = Letterhead("https://portal.example", "care@clinic.example", staff_url="https://staff.example")
PASSWORD = "a long walk by the lake"


@pytest.fixture(autouse=True)
async def visitor(world: World, quick: None) -> None:
    audit.acting.set(audit.Actor("visitor", source="203.0.113.7", device="chrome-windows"))


@pytest.fixture
async def ana(world: World) -> access.Staff:
    hashed = await passwords.hashed(PASSWORD)
    await models.User.filter(id=world.dana.user).update(password_hash=hashed)
    return await admin(world.robin)


async def link() -> str:
    row = await models.Invite.get(current=True)
    return keys.invite_secret(row.id, row.serial)


async def test_what_they_had_works_no_longer_and_their_mail_and_password_let_them_begin_anew(
    world: World, ana: access.Staff
) -> None:
    dana = await models.User.get(id=world.dana.user)
    await second_factor.give(dana)
    await dana.save()
    [old, *_] = await recovery_codes.give(dana)
    token, _ = await signed_in(dana.id)

    await factor_resets.reset(dana.id, by=ana)

    assert await access.whoever(token) is None
    bare = await models.User.get(id=dana.id)
    assert (bare.totp_sealed, await second_factor.read(bare, old)) == (None, None)
    assert [each.kind for each in await clinic_alarms.found(clock.now()) if each.kind == "factors_reset"]
    assert await models.Work.filter(kind=account_news.MAIL, subject_id=dana.id).count() == 1
    [asked] = (await clinic_people.of_clinic(ana)).invites
    assert (asked.name, asked.anew) == ("Dana Reyes", True)
    [job] = await jobs.claim(9, kinds=["invite_mail"])
    mail = await invite_mails.write(job, HEAD)
    assert (mail.to, "Set up your authenticator" in mail.parts.subject) == (dana.email, True)

    assert await refused(joining.begin(await link(), "not my password")) == "wrong_sign_in"
    setup = await joining.begin(await link(), PASSWORD)
    entered = await joining.finish(await link(), setup.token, pyotp.TOTP(setup.secret).at(clock.now()))

    who = await access.whoever(entered.token)
    assert who is not None
    assert (who.user, who.reads, len(entered.codes)) == (dana.id, world.dana.reads, 10)
    again = await models.User.get(id=dana.id)
    assert await passwords.is_right(again.password_hash, PASSWORD)
    assert await models.AuditEntry.filter(did="user:factors_reset", about_id=dana.id).count() == 1


async def test_the_newest_link_alone_opens_and_none_for_who_has_left(world: World, ana: access.Staff) -> None:
    await factor_resets.reset(world.dana.user, by=ana)
    first = await link()
    await factor_resets.reset(world.dana.user, by=ana)
    assert await refused(joining.begin(first, PASSWORD)) == "invite_ended"
    setup = await joining.begin(await link(), PASSWORD)
    newest = await link()
    await leaving.leave(world.dana.user, by=ana)
    code = pyotp.TOTP(setup.secret).at(clock.now())
    assert await refused(joining.finish(newest, setup.token, code)) == "invite_ended"
    assert (await models.User.get(id=world.dana.user)).totp_sealed is None


async def test_it_is_for_admins_who_just_proved_themselves_about_others(world: World, ana: access.Staff) -> None:
    assert await refused(factor_resets.reset(ana.user, by=ana)) == "own_factor"
    assert await refused(factor_resets.reset(world.alex.user, by=ana)) == "unknown"
    for who in (world.dana, world.val):
        assert await refused(factor_resets.reset(world.sam.user, by=who)) == "not_allowed"
    await models.StaffSession.filter(id=ana.session).update(created_at=clock.now() - timedelta(minutes=6))
    assert await refused(factor_resets.reset(world.dana.user, by=ana)) == "prove_again"
