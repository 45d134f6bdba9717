"""The replay law: for every verb, an old screen and the Facts since equal a fresh screen. The list is complete."""

import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from server import access, clock, domain, imaging, keys, models
from server import files as storage
from server.db import transaction
from server.domain import (
    block_lists,
    contacts,
    conversations,
    files,
    identity,
    inbound,
    jobs,
    ladders,
    later,
    mail_replies,
    mail_stops,
    messages,
    outcomes,
    parts,
    patients,
    portal_sessions,
    preferences,
    recalls,
    receipts,
    sending,
    stops,
    strays,
)
from server.models import Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, post_to_silent_phone, report
from tests.server.domain.test_files import picture
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_mail_replies import mailed
from tests.server.domain.test_parts import part
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


async def _keep_incomplete(world: World) -> Act:
    await receive(part(2))
    clock.shift(timedelta(minutes=6))
    [job] = await jobs.claim(1, kinds=[parts.JOB])
    return lambda: inbound.keep_incomplete(job)


async def _stray(world: World) -> UUID:
    await receive(incoming("Is this the clinic?", sender="13125559999"))
    return (await models.Stray.get()).id


async def _attach(world: World) -> Act:
    stray = await _stray(world)
    return lambda: strays.attach(stray, world.omar.id, by=world.dana)


async def _make_patient(world: World) -> Act:
    stray = await _stray(world)
    return lambda: strays.make_patient(stray, patients.Details(first_name="Nora"), by=world.dana)


async def _awaited_picture(world: World) -> jobs.Job:
    await receive(picture())
    [job] = await jobs.claim(1, kinds=[files.FETCH])
    return job


async def _keep_file(world: World) -> Act:
    job = await _awaited_picture(world)
    return lambda: files.keep(job, imaging.Picture(b"made", "image/jpeg", 4, 3))


async def _refuse_file(world: World) -> Act:
    job = await _awaited_picture(world)
    return lambda: files.refuse(job, "not_a_picture")


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


async def _bounce(world: World) -> Act:
    posted = await post(world, Via.SECURE_EMAIL)
    await sending.settle(await claim_one(sending.Lane.MAILS), ACCEPTED)
    return lambda: sending.bounce(posted.delivery, "no_mailbox", name="b1")


async def _stop_mails(world: World) -> Act:
    posted = await post(world, Via.SECURE_EMAIL)
    return lambda: mail_stops.stop(posted.delivery)


async def _receive_mail(world: World) -> Act:
    posted = await post(world, Via.SECURE_EMAIL)
    return lambda: mail_replies.receive_mail(posted.delivery, mailed("Thank you"))


async def _sweep(world: World) -> Act:
    await post(world)
    await claim_one()
    clock.shift(timedelta(minutes=5))
    return sending.sweep


async def _retry(world: World) -> Act:
    posted = await post(world)
    await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))
    return lambda: sending.retry(posted.delivery, by=world.dana)


async def _end_recheck(world: World) -> Act:
    await post_to_silent_phone(world)
    await receive(incoming("NO"))
    [job] = await jobs.claim(5, kinds=["recheck_end"])
    return lambda: sending.end_recheck(job)


async def _restore(world: World) -> Act:
    await post(world)
    async with transaction() as tx:
        await contacts.pause(tx, world.mercy.organization.id, world.ines.phone_index or "", "paused")
    return lambda: contacts.restore(world.ines.id, "phone", by=world.dana)


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


async def _recall(world: World) -> Act:
    posted = await post(world)
    return lambda: recalls.recall(posted.message, by=world.sam)


def _write(world: World) -> Awaitable[tuple[UUID, bool]]:
    at = clock.now() + timedelta(hours=1)
    return later.write_later(
        world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="Tomorrow at 3", at=at, by=world.dana
    )


async def _write_later(world: World) -> Act:
    return lambda: _write(world)


async def _cancel_later(world: World) -> Act:
    waiting, _ = await _write(world)
    return lambda: later.cancel(waiting, by=world.sam)


async def _due(kind: str) -> jobs.Job:
    [job] = await jobs.claim(5, kinds=[kind])
    return job


async def _post_due(world: World) -> Act:
    await _write(world)
    clock.shift(timedelta(hours=2))
    job = await _due("later")
    return lambda: later.post_due(job)


async def _climb(world: World) -> Act:
    await post(world)
    await sending.settle(await claim_one(), ACCEPTED)
    clock.shift(timedelta(hours=25))
    job = await _due("ladder")
    return lambda: ladders.climb(job)


async def _mark_shown(world: World) -> Act:
    reader = await _reader(world)
    return lambda: receipts.mark_shown(10, by=reader)


async def _receive_stop(world: World) -> Act:
    await post(world)
    return lambda: receive(incoming("STOP"))


async def _receive_stranger(world: World) -> Act:
    return lambda: receive(incoming("Wrong number, stop texting me"))


async def _close(world: World) -> Act:
    await post(world)
    await (await _receive_stranger(world))()
    task = await models.Task.get(kind=models.TaskKind.MAYBE_OPT_OUT)
    return lambda: outcomes.close(task.id, "stop_texts", by=world.dana)


def _stop(world: World) -> dict[str, Any]:
    team = world.mercy.teams["Front desk"].id
    return {"is_mail": False, "team_id": team, "said": "On the phone", "by": world.dana}


async def _write_down(world: World) -> Act:
    await post(world)
    return lambda: stops.write_down(world.ines.id, **_stop(world))


async def _take_back(world: World) -> Act:
    await (await _write_down(world))()
    return lambda: stops.take_back(world.ines.id, **_stop(world))


async def _prefer(world: World) -> Act:
    reader = await _reader(world)
    wishes = preferences.Choices(texts=False, agrees=True)
    return lambda: preferences.change(wishes, wording="I agree", by=reader)


async def _reconcile(world: World) -> Act:
    await post(world)
    return lambda: block_lists.reconcile("+13125550100", ["+13125550142"])


async def _not_me(world: World) -> Act:
    session = await models.PortalSession.get(id=(await _reader(world)).session)
    return lambda: portal_sessions.not_me(session)


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
    "outcomes.close": _close,
    "preferences.change": _prefer,
    "portal_sessions.not_me": _not_me,
    "block_lists.reconcile": _reconcile,
    "stops.write_down": _write_down,
    "stops.take_back": _take_back,
    "inbound.keep_incomplete": _keep_incomplete,
    "strays.attach": _attach,
    "strays.make_patient": _make_patient,
    "files.keep": _keep_file,
    "files.refuse": _refuse_file,
    "sending.claiming.claim": _claim,
    "sending.settling.settle": _settle,
    "sending.reporting.report": _report,
    "sending.bouncing.bounce": _bounce,
    "mail_stops.stop": _stop_mails,
    "mail_replies.receive_mail": _receive_mail,
    "sending.sweeping.sweep": _sweep,
    "sending.retrying.retry": _retry,
    "recalls.recall": _recall,
    "later.write_later": _write_later,
    "later.cancel": _cancel_later,
    "later.post_due": _post_due,
    "ladders.climb": _climb,
    "sending.rechecking.end_recheck": _end_recheck,
    "contacts.restore": _restore,
    "receipts.mark_viewed": _mark_viewed,
    "receipts.mark_shown": _mark_shown,
}

OTHERWISE = {
    "conversations.open_with": "below: seen by the team it is opened with",
    "conversations.current": "inside open_with and receive_text",
    "conversations.note_reading": "audit only",
    "messages.send": "inside post and post_due",
    "lookups.note_patient lookups.note_search lookups.note_strays": "audit only",
    "deliveries.asked": "reads",
    "tasks.held tasks.end": "inside close",
    "deliveries.arrange gate.asking.admit gate.caps.count gate.last_moment.must_still_go": "inside post, retry, write",
    "deliveries.release": "inside the verb that decides; it tells",
    "gate.asking.standing_of gate.holds.of gate.holds.night_of gate.obstacles.of": "reads",
    "gate.records.keep gate.records.refuse gate.records.stop": "decisions are read when they are asked for",
    "contacts.meet contacts.ask contacts.arrived contacts.cannot_ask contacts.begin_afresh": "on no row",
    "contacts.heard contacts.reached contacts.answered contacts.owes_answer": "inside receive_text and confirm",
    "contacts.failed contacts.pause contacts.resume": "inside turn and end_recheck",
    "tasks.open": "inside turn and end_recheck",
    "jobs.begin jobs.end jobs.claim jobs.still_mine jobs.finish jobs.put_off": "on no screen",
    "jobs.is_open jobs.hurry ladders.begin ladders.look_again ladders.end": "the same",
    "answers.patient_wrote answers.nothing_left answers.less_is_unread answers.cancel": "inside the verbs they follow",
    "sending.withdrawing.withdraw": "inside recall and settle",
    "sending.aftermath.of fallbacks.by_mail": "inside turn",
    "portal_links.for_message portal_links.revoke portal_links.revoke_for_contact": "links are on no staff screen",
    "portal_links.by_secret portal_links.any_by_secret": "reads",
    "portal_sessions.press portal_sessions.touch portal_sessions.mark_scripted": "sessions are on no staff screen",
    "portal_sessions.note_reading portal_sessions.sign_out portal_sessions.new_link": "the same",
    "identity.question identity.may_remember identity.has_code": "reads",
    "identity.check_birth_date identity.check_code identity.send_code identity.confirm identity.forget": "the same",
    "budgets.spend budgets.count budgets.forgive budgets.give_back guesses.at_password guesses.at_code": "on no screen",
    "webhooks.take webhooks.refuse webhooks.dead webhooks.replay webhooks.purge": "the ledger is on no screen",
    "carrier_calls.hear": "inside receive_text and report",
    "wishes.heard opt_outs.record opt_outs.lift opt_outs.tell": "inside receive_text, close and stops",
    "sending.stopping.stop_waiting sending.confirmations.order": "inside receive_text",
    "opt_outs.patients_of wishes.until_quiet inbound.acknowledge": "reads and waits",
    "sending.fences.until_quiet sending.claiming.is_unwanted": "the same",
    "sending.confirmations.write sending.confirmations.enter sending.confirmations.is_overtaken": "on no staff screen",
    "sending.confirmations.may_begin": "reads",
    "sending.claiming.still_mine": "puts up a fence that no screen shows",
    "sending.letters.write sending.letters.notice": "reads",
    "parts.add parts.give_up parts.locked": "inside receive_text and keep_incomplete",
    "strays.keep strays.keep_unaddressed": "inside receive_text",
    "strays.dismiss strays.reopen": "below: the team is told to ask for its strays again",
    "files.expect files.lock files.give": "inside receive_text and attach",
    "files.source_of": "reads",
    "files.read files.read_own": "audit only",
    "files.keep_evidence": "on no screen before a consent names it",
    "sending.errands.claim_errands sending.errands.write_errand sending.errands.begin_post": "codes and fresh links",
    "sending.errands.settle_errand": "codes and fresh links are on no staff screen",
    "sending.turning.locked sending.turning.of_ref sending.turning.turn": "inside the verbs of sending",
    "sending.turning.forward sending.turning.tell sending.turning.trouble_of": "inside the verbs of sending",
    "contacts.pause opt_outs.record": "inside bounce and stop",
    "sending.origins.of": "reads",
    "sending.mail_answers.begin sending.mail_answers.write": "on no screen",
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


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> None:
    """Files of a test lie in its own folder."""
    storage.use_folder(tmp_path)


@pytest.mark.parametrize("verb", SEEN_BY_THE_TEAM)
async def test_a_verb_obeys_the_replay_law(world: World, verb: str) -> None:
    act = await SEEN_BY_THE_TEAM[verb](world)
    async with replay_law(world.dana):
        await act()


@pytest.mark.parametrize("heard", [_receive_stop, _receive_stranger])
async def test_what_follows_from_a_text_obeys_it_too(world: World, heard: Verb) -> None:
    act = await heard(world)
    async with replay_law(world.dana):
        await act()


async def test_opening_obeys_it_for_the_team_it_is_opened_with(world: World) -> None:
    billing = world.mercy.teams["Billing"].id
    async with replay_law(world.robin):
        await conversations.open_with(world.ines.id, billing, by=world.robin)


@pytest.mark.parametrize("act", [strays.dismiss, strays.reopen])
async def test_a_team_hears_that_its_strays_changed(world: World, act: Callable[..., Awaitable[None]]) -> None:
    stray = await _stray(world)
    if act is strays.reopen:
        await strays.dismiss(stray, by=world.dana)
    told = models.FactRecord.filter(kind="strays.changed", stream_id=world.mercy.teams["Front desk"].id)
    before = await told.count()

    await act(stray, by=world.dana)

    assert await told.count() == before + 1


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
