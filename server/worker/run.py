"""The worker's lanes side by side, from the start to the stop."""

import asyncio
import contextlib
import functools

import structlog

from server import audit
from server.domain import (
    account_news,
    alerts,
    answers,
    broadcasts,
    claims,
    clinic_alarms,
    contacts,
    erased_rest,
    erasing,
    glass,
    handsets,
    hook_tellings,
    imports,
    inbound,
    invites,
    ladders,
    later,
    left_files,
    letters,
    new_devices,
    not_read,
    on_call,
    parts,
    resets,
    sending,
    snoozes,
)
from server.domain.sending import (
    Letterhead,
    account_mails,
    alarm_mails,
    alert_mails,
    glass_mails,
    hook_mails,
    invite_mails,
    letter_mails,
    mail_answers,
    new_device_mails,
    on_call_mails,
    reset_mails,
)
from server.queries import destroyed
from server.settings import Settings
from server.worker import fetching, filling, ordering, purging, pushing, sealing, telling
from server.worker.answering import Answering
from server.worker.carrying import Carrying
from server.worker.exits import (
    ERRANDS_AT_ONCE,
    HOOKS_AT_ONCE,
    MAILS_AT_ONCE,
    NOTICES_AT_ONCE,
    TEXTS_AT_ONCE,
    Exits,
    Gateways,
    gateways_of,
)
from server.worker.jobs import Handler, Jobs
from server.worker.mailroom import Mailroom
from server.worker.rounds import Rounds
from server.worker.watch import Watch

log = structlog.get_logger()

SWEEP_SECONDS = 5.0
STOP_SECONDS = 15.0
JOBS_AT_ONCE = 2
FILES_AT_ONCE = 2
NUMBERS_AT_ONCE = 1
IMPORTS_AT_ONCE = 1
BROADCASTS_AT_ONCE = 1


def handlers_of(exits: Exits, head: Letterhead, *, pace: float) -> dict[str, Handler]:
    """Who does which kind of job."""
    return {
        alerts.CALL: functools.partial(alerts.call, pace=pace),
        alerts.MAIL: Answering(exits, head, alert_mails.write, pace=pace).answer,
        answers.POSTING: later.post_due,
        ladders.KIND: ladders.climb,
        erasing.REST: erased_rest.take_away,
        left_files.JOB: left_files.forget,
        parts.JOB: inbound.keep_incomplete,
        mail_answers.KIND: Answering(exits, head, mail_answers.write, pace=pace).answer,
        on_call.MAIL: Answering(exits, head, on_call_mails.write, pace=pace).answer,
        account_news.MAIL: Answering(exits, head, account_mails.write, pace=pace).answer,
        hook_tellings.MAIL: Answering(exits, head, hook_mails.write, pace=pace).answer,
        invites.MAIL: Answering(exits, head, invite_mails.write, pace=pace).answer,
        clinic_alarms.MAIL: Answering(exits, head, alarm_mails.write, pace=pace).answer,
        glass.MAIL: Answering(exits, head, glass_mails.write, pace=pace).answer,
        new_devices.MAIL: Answering(exits, head, new_device_mails.write, pace=pace).answer,
        letters.MAIL: Answering(exits, head, letter_mails.write, pace=pace).answer,
        handsets.ARRIVED: handsets.arrive,
        resets.MAIL: Answering(exits, head, reset_mails.write, pace=pace).answer,
        on_call.LOOK: functools.partial(on_call.look, pace=pace),
        contacts.RECHECK_END: sending.end_recheck,
        claims.LAPSE: claims.lapse,
        snoozes.WAKE: snoozes.wake_due,
        not_read.KIND: not_read.look,
    }


class Worker:
    """Ten lanes: texts, mails, the portal's errands, jobs, lists of patients, broadcasts, pictures to be fetched,
    numbers to be bought, notices on the computers of staff, and what other programs are told; beside them a sweep, what
    fills the indexes, and what seals the audit.

    `pace` multiplies every wait. Made in a running loop. `wake` is for the bus: any poke may mean that something waits
    to be sent.
    """

    def __init__(
        self, gateways: Gateways, head: Letterhead, *, pace: float = 1.0, mailroom: Mailroom | None = None
    ) -> None:
        exits = Exits(gateways)
        carrying = Carrying(exits, head, pace=pace)
        texts = Rounds("texts", carrying.claim_texts, carrying.letter, at_once=TEXTS_AT_ONCE)
        mails = Rounds("mails", carrying.claim_mails, carrying.letter, at_once=MAILS_AT_ONCE)
        errands = Rounds("errands", sending.claim_errands, carrying.errand, at_once=ERRANDS_AT_ONCE)
        todo = Jobs(handlers_of(exits, head, pace=pace), pace=pace)
        jobs = Rounds("jobs", todo.claim, todo.carry, at_once=JOBS_AT_ONCE)
        wanted = Jobs(fetching.handlers_of(gateways.media, pace=pace), pace=pace)
        files = Rounds("files", wanted.claim, wanted.carry, at_once=FILES_AT_ONCE)
        wished = Jobs(ordering.handlers_of(gateways.numbers, exits, pace=pace), pace=pace)
        numbers = Rounds("numbers", wished.claim, wished.carry, at_once=NUMBERS_AT_ONCE)
        told = Jobs(pushing.handlers_of(gateways.push, pace=pace), pace=pace)
        notices = Rounds("notices", told.claim, told.carry, at_once=NOTICES_AT_ONCE)
        heard = Jobs(telling.handlers_of(gateways.hooks, pace=pace), pace=pace)
        programs = Rounds("hooks", heard.claim, heard.carry, at_once=HOOKS_AT_ONCE)
        brought = Jobs({imports.KIND: imports.carry}, pace=pace)
        lists = Rounds("imports", brought.claim, brought.carry, at_once=IMPORTS_AT_ONCE)
        told_many = Jobs({broadcasts.KIND: broadcasts.carry}, pace=pace)
        many = Rounds("broadcasts", told_many.claim, told_many.carry, at_once=BROADCASTS_AT_ONCE)
        self._lanes = (texts, mails, errands, jobs, lists, many, files, numbers, notices, programs)
        self._mailroom = mailroom

    @classmethod
    def of(cls, settings: Settings) -> "Worker":
        """The worker that the settings describe, with ways out of its own."""
        mailroom = Mailroom(settings.mail_listen, settings.mail_home) if settings.mail_listen else None
        # Bounces and answers may go to addresses of our own only where somebody listens for them.
        home = settings.mail_home if mailroom else ""
        head = Letterhead(settings.portal_url, settings.mail_from, mail_domain=home, staff_url=settings.public_url)
        return cls(gateways_of(settings), head, pace=settings.retry_time_scale, mailroom=mailroom)

    def wake(self) -> None:
        """Look at once whether something is due."""
        for lane in self._lanes:
            lane.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then let what is under way come to its end: fifteen seconds at most."""
        audit.acting.set(audit.SYSTEM)
        walks = [asyncio.create_task(lane.walk()) for lane in self._lanes]
        if self._mailroom:
            walks.append(asyncio.create_task(self._mailroom.keep(stop)))
        walks += [asyncio.create_task(_sweep(stop)), asyncio.create_task(purging.purge(stop))]
        walks += [asyncio.create_task(filling.fill(stop)), asyncio.create_task(sealing.seal(stop))]
        try:
            await stop.wait()
        finally:
            stop.set()
            for lane in self._lanes:
                lane.end()
            # A claim that is being made now still starts carrying, so the lanes end before what they carry is awaited.
            await asyncio.wait(walks, timeout=STOP_SECONDS)
            await asyncio.gather(*(lane.finish(within=STOP_SECONDS) for lane in self._lanes))


async def _sweep(stop: asyncio.Event) -> None:
    """Never cancelled: a statement that is cut short would leave its connection in the middle of a transaction."""
    watch = Watch()
    while not stop.is_set():
        try:
            if count := await sending.sweep():
                log.warning("deliveries.swept", count=count)
            await destroyed.look()
            await watch.look()
            await alerts.look()
        except Exception as failure:  # A database that is away comes back.
            log.error("sweep.failed", error=type(failure).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SWEEP_SECONDS)
