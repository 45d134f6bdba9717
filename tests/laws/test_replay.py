"""The replay law: for every verb, an old screen and the Facts since equal a fresh screen. The list is complete."""

import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from importlib import import_module

import pytest

from server import access, clock, domain, keys, models
from server.domain import conversations, identity, messages, patients, portal_sessions, receipts, sending
from server.models import Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

Act = Callable[[], Awaitable[object]]
Verb = Callable[[World], Awaitable[Act]]
"""Prepares the world, and gives the verb to be watched."""


async def _post(world: World) -> Act:
    return lambda: post(world)


async def _reply(world: World) -> Act:
    return lambda: messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="Thank you")


async def _mark_done(world: World) -> Act:
    await post(world)
    return lambda: conversations.mark_done(world.ines_thread.id, by=world.dana)


async def _reopen(world: World) -> Act:
    await conversations.mark_done(world.ines_thread.id, by=world.dana)
    return lambda: conversations.reopen(world.ines_thread.id, by=world.dana)


async def _mark_seen(world: World) -> Act:
    await (await _reply(world))()
    return lambda: conversations.mark_seen(world.ines_thread.id, 1, by=world.dana)


async def _change(world: World) -> Act:
    details = patients.Details(first_name="Inés", phone="312-555-0177")
    return lambda: patients.change(world.ines.id, details, by=world.dana)


async def _consent(world: World) -> Act:
    return lambda: patients.consent(world.ines.id, wording="Agreed on the phone", by=world.dana)


async def _end_consent(world: World) -> Act:
    await (await _consent(world))()
    return lambda: patients.end_consent(world.ines.id, by=world.dana)


async def _receive_text(world: World) -> Act:
    return lambda: receive(incoming("See you at 3"))


async def _claim(world: World) -> Act:
    await post(world)
    return claim_one


async def _settle(world: World) -> Act:
    await post(world)
    claimed = await claim_one()
    return lambda: sending.settle(claimed, ACCEPTED)


async def _report(world: World) -> Act:
    posted = await post(world)
    await sending.settle(await claim_one(), ACCEPTED)
    return lambda: report("undeliverable", ref=posted.delivery)


async def _sweep(world: World) -> Act:
    await post(world)
    await claim_one()
    clock.shift(timedelta(minutes=5))
    return sending.sweep


async def _retry(world: World) -> Act:
    posted = await post(world)
    await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))
    return lambda: sending.retry(posted.delivery, by=world.dana)


async def _reader(world: World) -> access.PortalPatient:
    await post(world)
    link = await models.PortalLink.get(conversation_id=world.ines_thread.id)
    pressed = await portal_sessions.press(keys.link_secret(link.id))
    session = await access.portal_session(pressed.token)
    assert session is not None
    confirmed = await identity.confirm(session, devices=(), own_phone=False)
    reader = await access.portal_patient(confirmed.token)
    assert reader is not None
    return reader


async def _mark_viewed(world: World) -> Act:
    reader = await _reader(world)
    return lambda: receipts.mark_viewed([1], by=reader)


async def _mark_shown(world: World) -> Act:
    reader = await _reader(world)
    return lambda: receipts.mark_shown(10, by=reader)


SEEN_BY_THE_TEAM: dict[str, Verb] = {
    "messages.post": _post,
    "messages.reply": _reply,
    "conversations.mark_done": _mark_done,
    "conversations.reopen": _reopen,
    "conversations.mark_seen": _mark_seen,
    "patients.change": _change,
    "patients.consent": _consent,
    "patients.end_consent": _end_consent,
    "inbound.receive_text": _receive_text,
    "sending.claiming.claim": _claim,
    "sending.settling.settle": _settle,
    "sending.reporting.report": _report,
    "sending.sweeping.sweep": _sweep,
    "sending.retrying.retry": _retry,
    "receipts.mark_viewed": _mark_viewed,
    "receipts.mark_shown": _mark_shown,
}

OTHERWISE = {
    "conversations.open_with": "below: seen by the team it is opened with",
    "conversations.current": "inside open_with and receive_text",
    "conversations.note_reading": "audit only",
    "lookups.note_patient lookups.note_search": "audit only",
    "deliveries.arrange gate.asking.admit gate.last_moment.must_still_go": "inside post, retry and write",
    "jobs.begin jobs.end jobs.claim jobs.still_mine jobs.finish jobs.put_off": "on no screen",
    "sending.aftermath.of": "inside turn",
    "portal_links.for_message portal_links.revoke portal_links.revoke_for_contact": "links are on no staff screen",
    "portal_links.by_secret portal_links.any_by_secret": "reads",
    "portal_sessions.press portal_sessions.touch portal_sessions.mark_scripted": "sessions are on no staff screen",
    "portal_sessions.note_reading portal_sessions.sign_out portal_sessions.not_me portal_sessions.new_link": "the same",
    "identity.question identity.may_remember identity.has_code": "reads",
    "identity.check_birth_date identity.check_code identity.send_code identity.confirm identity.forget": "the same",
    "budgets.spend budgets.forgive budgets.give_back guesses.at_password guesses.at_code": "on no screen",
    "carrier_calls.hear": "inside receive_text and report",
    "sending.claiming.still_mine sending.letters.write sending.letters.notice": "reads",
    "sending.errands.claim_errands sending.errands.write_errand sending.errands.begin_post": "codes and fresh links",
    "sending.errands.settle_errand": "codes and fresh links are on no staff screen",
    "sending.turning.locked sending.turning.of_ref sending.turning.turn": "inside the verbs of sending",
    "sending.turning.forward sending.turning.tell sending.turning.trouble_of": "inside the verbs of sending",
    "sending.turning.tell_of sending.rates.room sending.rates.room_for_errands": "inside claim and claim_errands",
    "sending.finding.senders sending.finding.letters": "inside claim",
    "accounts.locked accounts.most_to_take accounts.begin_trial": "inside claim",
    "accounts.note accounts.tell_newcomers accounts.show_states": "a screen asks /sending again",
    "patients.create": "in no conversation yet",
    "organizations.create streams.begin teams.create teams.give_number users.create": "nobody is there to see it",
    "teams.add teams.remove": "which streams a screen follows changes: it is told to start afresh",
    "users.set_password users.end_sessions": "sessions end; their screens go",
    "sign_in.with_password sign_in.with_code sign_in.begin sign_in.sign_out sign_in.touch": "the same",
    "passwords.hashed passwords.is_right second_factor.step_of second_factor.give": "on no screen",
}


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """A test that moves the clock leaves it as it was."""
    yield
    clock.shift(timedelta())


@pytest.mark.parametrize("verb", SEEN_BY_THE_TEAM)
async def test_a_verb_obeys_the_replay_law(world: World, verb: str) -> None:
    act = await SEEN_BY_THE_TEAM[verb](world)
    async with replay_law(world.dana):
        await act()


async def test_opening_obeys_it_for_the_team_it_is_opened_with(world: World) -> None:
    billing = world.mercy.teams["Billing"].id
    async with replay_law(world.robin):
        await conversations.open_with(world.ines.id, billing, by=world.robin)


async def test_a_supervisor_sees_what_every_team_sees(world: World) -> None:
    billing = world.mercy.teams["Billing"].id
    async with replay_law(world.val):
        await conversations.open_with(world.ines.id, billing, by=world.robin)
        await post(world)
        await (await _reply(world))()


async def test_nobody_elses_screen_hears_of_it(world: World) -> None:
    async with replay_law(world.alex, changes=False):
        await post(world)
        await (await _change(world))()
        await messages.post(world.omar_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.sam)


def test_every_verb_is_listed() -> None:
    found = set()
    for module in pkgutil.walk_packages(domain.__path__, "server.domain."):
        source = import_module(module.name)
        short = module.name.removeprefix("server.domain.")
        found |= {f"{short}.{name}" for name, value in vars(source).items() if _is_verb(source.__name__, name, value)}
    listed = set(SEEN_BY_THE_TEAM) | {name for names in OTHERWISE for name in names.split()}
    assert found == listed


def _is_verb(module: str, name: str, value: object) -> bool:
    return inspect.iscoroutinefunction(value) and value.__module__ == module and not name.startswith("_")
