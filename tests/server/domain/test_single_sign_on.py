"""Signing in at one's own clinic's provider: once, in the browser that began, as somebody who works there already."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from server import access, audit, clock, models
from server.audit import Did
from server.domain import account_news, new_devices, second_factor, sign_in, sign_on_setting, single_sign_on, step_up
from server.domain.sign_on_setting import Wish
from server.domain.single_sign_on import Back, Way
from server.errors import Refusal
from server.gateways.oidc import OidcGateway
from tests.oidc_provider import CLIENT, SECRET, OidcProvider, provider
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio
ORIGIN = "http://localhost:8000"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    yield
    clock.shift(timedelta())


@pytest.fixture
async def theirs(world: World) -> AsyncIterator[OidcProvider]:
    """Mercy's, which is on; Robin is an admin there."""
    async with provider() as made:
        single_sign_on.use(OidcGateway([made.place]), inside=[made.place], origin=ORIGIN)
        ana = await admin(world.robin)
        await sign_on_setting.set_up(wish(made), by=ana)
        await sign_on_setting.turn(on=True, only=False, by=ana)
        audit.acting.set(audit.Actor("visitor", source="203.0.113.7", device="chrome windows"))
        yield made


def wish(theirs: OidcProvider, **but: object) -> Wish:
    said = {"issuer": theirs.issuer, "client_id": CLIENT, "domains": ["Mercy.example"], "secret": SECRET, **but}
    return Wish(**said)  # type: ignore[arg-type]


async def sent(email: str = "dana@mercy.example") -> Way:
    return await single_sign_on.begin(email, slot=2, to="/board")


def at_provider(theirs: OidcProvider, way: Way, world: World) -> Back:
    """The browser goes there and comes back."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(way.url).query).items()}
    where = urlsplit(theirs.authorize(query))
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{ORIGIN}/sign-in/single/{world.mercy.organization.id}"
    back = {name: values[0] for name, values in parse_qs(where.query).items()}
    return Back(world.mercy.organization.id, back["state"], way.browser, back["code"], back["iss"])


async def outcome(back: Back) -> str:
    try:
        await single_sign_on.finish(back)
    except Refusal as no:
        return no.code
    return "entered"


async def whys() -> list[str]:
    """Why it was refused, as the clinic's audit says."""
    entries = await models.AuditEntry.filter(did=Did.SIGN_IN_SINGLE, outcome="refused").order_by("id")
    return [json.loads(each.data)["why"] for each in entries]


async def test_somebody_comes_in_as_who_they_are(theirs: OidcProvider, world: World) -> None:
    await models.StaffSession.filter(user_id=world.dana.user).update(source="198.51.100.4", device="firefox linux")

    entered = await single_sign_on.finish(at_provider(theirs, await sent("Anybody@MERCY.example"), world))

    staff = await access.staff(entered.token)
    assert staff
    assert (staff.user, entered.slot, entered.to) == (world.dana.user, 2, "/board")
    done = models.AuditEntry.filter(did__in=[Did.SIGN_IN_SINGLE, Did.SIGN_IN_COMPLETE], actor_id=world.dana.user)
    assert {each.outcome for each in await done} == {"done"}
    assert await done.count() == 2
    assert await models.Work.filter(kind=new_devices.MAIL, subject_id=world.dana.user).count() == 1


async def test_a_code_is_asked_for_where_the_provider_did_not_ask_for_two_factors_just_now(
    theirs: OidcProvider, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, secret = await admin(world.robin), pyotp.random_base32()
    user = await models.User.get(id=world.dana.user)
    await second_factor.give(user, secret)
    await user.save()
    for theirs.fault, two_steps, is_half in (
        *(("one_factor", False, True), ("one_factor", True, False)),
        # Whoever sits at a computer that others use is not who signed in at the provider two minutes ago.
        *(("old_sign_in", False, True), ("old_sign_in", True, True), ("no_time", True, True), (None, False, False)),
    ):
        await sign_on_setting.turn(on=True, only=False, two_steps=two_steps, by=ana)
        entered = await single_sign_on.finish(at_provider(theirs, await sent(), world))
        assert (theirs.fault, two_steps, entered.is_half) == (theirs.fault, two_steps, is_half)
        assert (await access.staff(entered.token) is None) is is_half

    theirs.fault = "one_factor"
    await sign_on_setting.turn(on=True, only=False, two_steps=False, by=ana)
    half = await single_sign_on.finish(at_provider(theirs, await sent(), world))
    # Also where nobody signs in with a password and a code alone.
    await models.SignOn.all().update(only=True)
    assert await access.staff(await sign_in.with_code(half.token, pyotp.TOTP(secret).at(clock.now())))


async def test_how_long_ago_it_was_proven_counts_from_the_provider(theirs: OidcProvider, world: World) -> None:
    theirs.ago = 50
    entered = await single_sign_on.finish(at_provider(theirs, await sent(), world))
    dana = await access.staff(entered.token)
    assert dana
    await step_up.must_be_just_now(dana)
    # Of the five minutes, fifty seconds were over when they came.
    clock.shift(timedelta(seconds=255))
    with pytest.raises(Refusal) as no:
        await step_up.must_be_just_now(dana)
    assert no.value.code == "prove_again"


async def test_an_address_that_the_provider_gives_to_somebody_else_lets_them_in_nowhere(
    theirs: OidcProvider, world: World
) -> None:
    assert await outcome(at_provider(theirs, await sent(), world)) == "entered"
    theirs.subject = "somebody new"
    assert await outcome(at_provider(theirs, await sent(), world)) == "wrong_single_sign_on"
    assert await whys() == ["other_person"]
    # An admin keeps the provider once more: from then on it is this one.
    await sign_on_setting.set_up(wish(theirs), by=await admin(world.robin))
    assert await outcome(at_provider(theirs, await sent(), world)) == "entered"


async def test_what_it_let_in_ends_where_it_is_switched_off_or_changed(theirs: OidcProvider, world: World) -> None:
    ana = await admin(world.robin)
    for change in (
        sign_on_setting.turn(on=False, only=False, by=ana),
        sign_on_setting.set_up(wish(theirs), by=ana),
    ):
        await sign_on_setting.turn(on=True, only=False, by=ana)
        entered = await single_sign_on.finish(at_provider(theirs, await sent(), world))
        assert await access.staff(entered.token)
        await change
        assert await access.staff(entered.token) is None
    others = models.StaffSession.filter(id__in=[ana.session, world.dana.session], ended_at=None)
    assert await others.count() == 2


async def test_it_works_once_however_many_ask_at_once(theirs: OidcProvider, world: World) -> None:
    back = at_provider(theirs, await sent(), world)

    outcomes = await asyncio.gather(*(outcome(back) for _ in range(4)))

    assert sorted(outcomes) == ["entered", *["wrong_single_sign_on"] * 3]
    assert await outcome(back) == "wrong_single_sign_on"


async def test_only_in_the_browser_that_began_and_ten_minutes_long(theirs: OidcProvider, world: World) -> None:
    one, other = await sent(), await sent()
    back = at_provider(theirs, one, world)
    assert await outcome(Back(back.clinic, back.state, other.browser, back.code)) == "wrong_single_sign_on"
    # Whoever tried with another browser has used it up.
    assert await outcome(back) == "wrong_single_sign_on"
    assert theirs.asked.count("token") == 0

    late = at_provider(theirs, other, world)
    clock.shift(timedelta(minutes=10, seconds=1))
    assert await outcome(late) == "wrong_single_sign_on"
    await sent()
    clock.shift(timedelta(minutes=21))
    assert await single_sign_on.forget() == 1


async def test_at_the_address_of_another_clinic_it_is_nothing(theirs: OidcProvider, world: World) -> None:
    back = at_provider(theirs, await sent(), world)
    other = Back(world.lakeside.organization.id, back.state, back.browser, back.code)
    assert await outcome(other) == "wrong_single_sign_on"


async def test_what_does_not_fit_lets_nobody_in_and_is_on_record(theirs: OidcProvider, world: World) -> None:
    before = await models.StaffSession.all().count()
    for fault in ("nonce", "none", "unverified"):
        theirs.fault = fault
        assert await outcome(at_provider(theirs, await sent(), world)) == "wrong_single_sign_on"
    theirs.fault = None
    # Somebody of another clinic, of another domain, and nobody.
    for theirs.email in ("alex@lakeside.example", "dana@other.example", "nobody@mercy.example"):
        assert await outcome(at_provider(theirs, await sent(), world)) == "wrong_single_sign_on"
    theirs.email = "dana@mercy.example"
    await models.User.filter(id=world.dana.user).update(active=False)
    assert await outcome(at_provider(theirs, await sent(), world)) == "wrong_single_sign_on"
    back = at_provider(theirs, await sent(), world)
    assert await outcome(Back(back.clinic, back.state, back.browser, back.code, "https://mixed.up")) != "entered"
    back = at_provider(theirs, await sent(), world)
    assert await outcome(Back(back.clinic, back.state, back.browser)) != "entered"

    assert await whys() == [
        *("other_nonce", "algorithm", "email_unverified", "other_domain", "other_domain", "nobody", "nobody"),
        *("other_issuer", "no_code"),
    ]
    assert await models.StaffSession.all().count() == before


async def test_nobody_learns_whether_an_address_is_there(theirs: OidcProvider) -> None:
    urls = [urlsplit((await sent(email)).url) for email in ("dana@mercy.example", "nobody@mercy.example")]
    assert len({url._replace(query="") for url in urls}) == 1
    assert "dana" not in urls[0].query
    for email in ("alex@lakeside.example", "nobody@lakeside.example", "", "@", "mercy.example@"):
        with pytest.raises(Refusal) as no:
            await sent(email)
        assert no.value.code == "no_single_sign_on"


async def test_off_is_off_for_who_is_on_the_way_too(theirs: OidcProvider, world: World) -> None:
    back = at_provider(theirs, await sent(), world)
    await sign_on_setting.turn(on=False, only=False, by=await admin(world.robin))

    assert await outcome(back) == "wrong_single_sign_on"
    with pytest.raises(Refusal) as no:
        await sent()
    assert no.value.code == "no_single_sign_on"


async def test_a_provider_that_is_away_is_said(theirs: OidcProvider, world: World) -> None:
    theirs.fault = "broken"
    with pytest.raises(Refusal) as no:
        await sent()
    assert no.value.code == "provider_silent"
    assert await whys() == ["status"]
    assert await sign_on_setting.test(by=await admin(world.robin)) == "status"
    theirs.fault = None
    assert await sign_on_setting.test(by=await admin(world.robin)) is None


class TestSettingIt:
    async def refused(self, wish: Wish, by: access.Staff) -> str:
        with pytest.raises(Refusal) as no:
            await sign_on_setting.set_up(wish, by=by)
        return no.value.code

    async def test_takes_only_what_is_the_clinics(self, theirs: OidcProvider, world: World) -> None:
        ana = await admin(world.robin)
        assert await self.refused(wish(theirs), world.dana) == "not_allowed"
        assert await self.refused(wish(theirs, issuer="http://10.0.0.1"), ana) == "not_an_address"
        assert await self.refused(wish(theirs, client_id=""), ana) == "no_client"
        for domain in ("mercy", "mer%cy.example", "a@b.example", ""):
            assert await self.refused(wish(theirs, domains=[domain]), ana) == "not_a_domain"
        assert await self.refused(wish(theirs, domains=["lakeside.example"]), ana) == "domain_taken"
        assert await self.refused(wish(theirs, domains=["empty.example"]), ana) == "domain_unused"
        assert await self.refused(wish(theirs), await admin(world.alex)) == "domain_taken"

    async def test_a_secret_does_not_go_to_another_address(self, theirs: OidcProvider, world: World) -> None:
        ana = await admin(world.robin)
        elsewhere = wish(theirs, issuer="https://evil.example.com", secret=None)
        assert await self.refused(elsewhere, ana) == "secret_needed"
        await sign_on_setting.set_up(wish(theirs, secret=None), by=ana)
        row = await models.SignOn.get()
        assert SECRET.encode() not in row.secret_sealed
        assert await outcome(at_provider(theirs, await sent(), world)) == "entered"

    async def test_asks_once_more_and_tells_every_admin(self, theirs: OidcProvider, world: World) -> None:
        ana, val = await admin(world.robin), await admin(world.val)
        await sign_on_setting.turn(on=False, only=True, by=ana)
        await sign_on_setting.turn(on=False, only=False, by=ana)
        told = Counter(job.subject_id for job in await models.Work.filter(kind=account_news.MAIL))
        assert told == {ana.user: 3, val.user: 1}
        clock.shift(timedelta(minutes=6))
        assert await self.refused(wish(theirs), ana) == "prove_again"
        with pytest.raises(Refusal) as no:
            await sign_on_setting.turn(on=True, only=False, by=ana)
        assert no.value.code == "prove_again"
