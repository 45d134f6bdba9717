"""How the world is prepared for each verb of the replay law, and the verb to be watched."""

from collections.abc import Awaitable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from server import access, clock, imaging, keys, models
from server.db import transaction
from server.domain import (
    block_lists,
    contacts,
    conversations,
    documents,
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
)
from server.errors import Refusal
from server.models import Via
from tests.laws import verbs_of_notes as team_alone
from tests.laws import verbs_of_proxies as acting
from tests.laws import verbs_of_strays as unknown
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, post_to_silent_phone, report
from tests.server.domain.test_files import picture
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_mail_replies import mailed
from tests.server.domain.test_parts import part
from tests.server.domain.test_uploads import sent_document
from tests.server.domain.waiting import reader_of
from tests.world import World

Act = acting.Act
Verb = acting.Verb


async def _post(world: World) -> Act:
    return lambda: post(world)


async def reply(world: World) -> Act:
    return lambda: messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="Thank you")


async def _mark_done(world: World) -> Act:
    await post(world)
    return lambda: conversations.mark_done(world.ines_thread.id, by=world.dana)


async def _reopen(world: World) -> Act:
    await conversations.mark_done(world.ines_thread.id, by=world.dana)
    return lambda: conversations.reopen(world.ines_thread.id, by=world.dana)


async def _mark_seen(world: World) -> Act:
    await (await reply(world))()
    return lambda: conversations.mark_seen(world.ines_thread.id, 1, by=world.dana)


async def change(world: World) -> Act:
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


async def _awaited_picture(world: World) -> jobs.Job:
    await receive(picture())
    return await _due(files.FETCH)


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


async def _put_off(world: World) -> Act:
    await post(world)
    claimed, morning = await claim_one(), clock.now() + timedelta(hours=9)
    return lambda: sending.settling.put_off(claimed, until=morning, reason="quiet_hours")


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
    return await reader_of(world)


async def _mark_viewed(world: World) -> Act:
    reader = await _reader(world)
    return lambda: receipts.mark_viewed([1], by=reader)


async def _sent_document(world: World) -> tuple[UUID, access.PortalPatient]:
    return await sent_document(world), await reader_of(world)


async def _mark_document(world: World) -> Act:
    file, reader = await _sent_document(world)
    return lambda: documents.mark_viewed(file, by=reader)


async def _show_document(world: World) -> Act:
    file, reader = await _sent_document(world)
    return lambda: documents.mark_shown(file, by=reader)


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


async def receive_stop(world: World) -> Act:
    await post(world)
    return lambda: receive(incoming("STOP"))


async def receive_stranger(world: World) -> Act:
    return lambda: receive(incoming("Wrong number, stop texting me"))


async def _close(world: World) -> Act:
    await post(world)
    await (await receive_stranger(world))()
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
    quiet = preferences.Quiet(21, 7)
    wishes = preferences.Choices(texts=False, agrees=True, plain=True, language="es", quiet=quiet, reminders=False)
    wordings = dict.fromkeys(models.ConsentTo, "I agree")
    return lambda: preferences.change(wishes, wordings=wordings, by=reader)


async def _reconcile(world: World) -> Act:
    await post(world)
    return lambda: block_lists.reconcile("+13125550100", ["+13125550142"])


async def _pressed(world: World) -> models.PortalSession:
    await post(world)
    link = await models.PortalLink.get()
    await portal_sessions.press(keys.link_secret(link.id))
    return await models.PortalSession.get().select_related("link")


async def _guess(session: models.PortalSession) -> None:
    with suppress(Refusal):
        await identity.check_birth_date(session, [date(1985, 3, 15)])


async def _guess_wrong(world: World) -> Act:
    session = await _pressed(world)
    for _ in range(2):
        await _guess(session)
    return lambda: _guess(session)


async def guess_until_it_rests(world: World) -> Act:
    session = await _pressed(world)
    for _ in range(4):
        await _guess(session)
    return lambda: _guess(session)


async def _confirm(world: World) -> Act:
    session = await _pressed(world)
    for _ in range(3):
        await _guess(session)
    return lambda: identity.confirm(session, devices=(), own_phone=False)


async def unlock(world: World) -> Act:
    await (await guess_until_it_rests(world))()
    task = await models.Task.get(kind=models.TaskKind.IDENTITY)
    return lambda: outcomes.close(task.id, "unlocked", by=world.sam)


async def _not_me(world: World) -> Act:
    session = await models.PortalSession.get(id=(await _reader(world)).session)
    return lambda: portal_sessions.not_me(session)


SEEN_BY_THE_TEAM: dict[str, Verb] = {
    "messages.post": _post,
    "messages.reply": reply,
    "conversations.mark_done": _mark_done,
    "conversations.reopen": _reopen,
    "conversations.mark_seen": _mark_seen,
    "patients.change": change,
    "patients.consent": _consent,
    "patients.end_consent": _end_consent,
    "inbound.receive_text": _receive_text,
    "outcomes.close": _close,
    "preferences.change": _prefer,
    "portal_sessions.not_me": _not_me,
    "identity.check_birth_date": _guess_wrong,
    "identity.confirm": _confirm,
    "block_lists.reconcile": _reconcile,
    "stops.write_down": _write_down,
    "stops.take_back": _take_back,
    "inbound.keep_incomplete": _keep_incomplete,
    "files.keep": _keep_file,
    "files.refuse": _refuse_file,
    "sending.claiming.claim": _claim,
    "sending.settling.settle": _settle,
    "sending.settling.put_off": _put_off,
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
    "documents.mark_viewed": _mark_document,
    "documents.mark_shown": _show_document,
    "receipts.mark_shown": _mark_shown,
    **acting.VERBS,
    **team_alone.VERBS,
    **unknown.VERBS,
}
