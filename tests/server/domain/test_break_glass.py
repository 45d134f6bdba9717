"""Where a clinic signs in by single sign-on alone there is always an admin who comes in with a password."""

from collections.abc import Awaitable
from dataclasses import dataclass

import pyotp
import pytest

from server import access, audit, clock, models
from server.audit import Did
from server.domain import (
    account_news,
    break_glass,
    guesses,
    leaving,
    roles,
    sign_in,
    sign_on_setting,
    single_sign_on,
    users,
)
from server.domain.sign_on_setting import Wish
from server.errors import Refusal
from server.gateways.oidc import OidcGateway
from server.models import Role
from server.notices import account_mail
from tests import quick_passwords
from tests import world as cast
from tests.world import World

pytestmark = pytest.mark.anyio
PASSWORD = "a long walk by the lake"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "SLOWER", 0)
    quick_passwords.use(monkeypatch)


@dataclass
class Staffed:
    """Ana and Bea, admins with both factors; Nia, who works there with both too."""

    ana: access.Staff
    bea: access.Staff
    nia: access.Staff
    secrets: dict[str, str]


@pytest.fixture
async def mercy(world: World) -> Staffed:
    """Which is on, by a provider that nobody asks here."""
    single_sign_on.use(OidcGateway(), inside=[], origin="http://localhost:8000")
    staff, secrets = [], {}
    for name, role in (("ana", Role.ADMIN), ("bea", Role.ADMIN), ("nia", Role.MEMBER)):
        email, organization = f"{name}@mercy.example", world.mercy.organization.id
        user, secrets[name] = await users.create(organization, email=email, name=name, password=PASSWORD, role=role)
        token, _ = await cast.signed_in(user.id)
        found = await access.staff(token)
        assert found
        staff.append(found)
    wish = Wish("https://id.example.com", "bloomtext", ["mercy.example"], "a secret of theirs")
    await sign_on_setting.set_up(wish, by=staff[0])
    ana, bea, nia = staff
    return Staffed(ana, bea, nia, secrets)


async def only(by: access.Staff, is_only: bool = True) -> None:
    await sign_on_setting.turn(on=True, only=is_only, by=by)


async def code_of(act: Awaitable[object]) -> str:
    try:
        await act
    except Refusal as no:
        return no.code
    return "done"


async def test_without_one_it_cannot_be_switched_on(mercy: Staffed) -> None:
    admins = models.User.filter(role=Role.ADMIN)
    for without in ({"totp_sealed": None}, {"password_hash": ""}):
        before = {each.id: each for each in await admins}
        await admins.update(**without)
        assert await code_of(only(mercy.ana)) == "no_break_glass"
        for each in before.values():
            await each.save()
    await only(mercy.ana)
    assert {each.id for each in await break_glass.of(mercy.ana.organization)} == {mercy.ana.user, mercy.bea.user}


async def test_the_last_one_stays(mercy: Staffed, world: World) -> None:
    await only(mercy.ana)
    # An admin without an authenticator is none who could come in.
    await models.User.filter(id=world.val.user).update(role=Role.ADMIN)
    await leaving.leave(mercy.bea.user, by=mercy.ana)
    assert await code_of(roles.change(mercy.ana.user, Role.MEMBER, by=mercy.ana)) == "last_break_glass"
    assert await code_of(leaving.leave(mercy.ana.user, by=mercy.ana)) == "last_break_glass"
    await leaving.leave(world.val.user, by=mercy.ana, is_sure=True)

    await only(mercy.ana, False)
    await leaving.come_back(world.val.user, by=mercy.ana)
    await roles.change(world.val.user, Role.ADMIN, by=mercy.ana)
    assert await code_of(roles.change(mercy.ana.user, Role.MEMBER, by=mercy.ana)) == "done"


async def test_others_are_told_once_their_password_was_right(mercy: Staffed) -> None:
    audit.acting.set(audit.Actor("visitor", source="203.0.113.7"))
    half = await sign_in.with_password("nia@mercy.example", PASSWORD)
    await only(mercy.ana)

    assert await code_of(sign_in.with_password("nia@mercy.example", "wrong and wrong again")) == "wrong_sign_in"
    assert await code_of(sign_in.with_password("nobody@mercy.example", PASSWORD)) == "wrong_sign_in"
    assert await code_of(sign_in.with_password("nia@mercy.example", PASSWORD)) == "single_sign_on_only"
    # Also with what was begun before.
    assert await code_of(sign_in.with_code(half, _code(mercy, "nia"))) == "single_sign_on_only"
    refused = models.AuditEntry.filter(actor_id=mercy.nia.user, outcome="refused")
    assert {each.did for each in await refused} == {Did.SIGN_IN_PASSWORD, Did.SIGN_IN_COMPLETE}

    token = await sign_in.with_password("ana@mercy.example", PASSWORD)
    assert await access.staff(await sign_in.with_code(token, _code(mercy, "ana")))
    # It is for emergencies: every admin hears of it.
    jobs = models.Work.filter(kind=account_news.MAIL, data__contains='"break_glass"')
    assert {each.subject_id for each in await jobs} == {mercy.ana.user, mercy.bea.user}


def test_every_piece_of_news_has_its_words() -> None:
    for what in account_news.What:
        parts = account_mail(what, clinic="Mercy", device="Chrome", at="today", left=3, address="https://b.example")
        assert "Mercy" in parts.text
        assert "{" not in parts.text


async def test_nor_does_a_passkey_let_them_in(mercy: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    await only(mercy.ana)
    assert await code_of(break_glass.must_allow(await models.User.get(id=mercy.nia.user))) == "single_sign_on_only"
    assert await code_of(break_glass.must_allow(await models.User.get(id=mercy.bea.user))) == "done"
    await _has_passkey(mercy.nia, monkeypatch)
    assert await code_of(sign_in.with_passkey(object())) == "single_sign_on_only"  # type: ignore[arg-type]


async def _has_passkey(who: access.Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is signed is signed by theirs."""

    async def signed(*_: object) -> models.Passkey:
        return models.Passkey(user=await models.User.get(id=who.user))

    monkeypatch.setattr("server.domain.passkey_checks.signed", signed)


def _code(mercy: Staffed, name: str) -> str:
    return pyotp.TOTP(mercy.secrets[name]).at(int(clock.now().timestamp()))
