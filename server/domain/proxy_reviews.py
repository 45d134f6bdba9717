"""A proxy's access is looked at again: at the date staff set, and when the patient reaches the clinic's review age.

Until somebody has, the access rests: a young person's messages are safer unread than read by who may no longer.
"""

from datetime import date
from uuid import UUID

from server import access, clock, keys, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import managing, proxies, tasks
from server.errors import Kind, Refusal
from server.models import TaskKind
from server.queries import people as who

YOUNGEST, OLDEST = 12, 21
"""Between which ages (years) a clinic may set its review."""


async def set_age(years: int, *, by: access.Staff) -> int:
    """Set the age at which the clinic reviews who acts for a patient; the age. An admin of the clinic does.

    :raises Refusal: `not_allowed`, `wrong_age`
    """
    managing.must_be_admin(by)
    if not YOUNGEST <= years <= OLDEST:
        raise Refusal(Kind.INVALID, "wrong_age", f"Choose an age from {YOUNGEST} to {OLDEST} years.")
    await managing.set_number("proxy_review_age", years, Did.REVIEW_AGE_SET, "years", by=by)
    return years


async def look() -> int:
    """Pause everybody whose review is due, each with a task for staff; how many. Nothing happens twice."""
    count = 0
    waiting = models.Proxy.filter(ended_at=None, paused_at=None, patient__organization__erased_at=None).order_by("id")
    for proxy in await waiting.select_related("patient__organization"):
        if await due(proxy):
            count += await _pause(proxy.id, proxy.patient_id)
    return count


async def due(proxy: models.Proxy) -> str | None:
    """Why this proxy's access must be reviewed now (`date`, `age`), or None. It comes with its patient and clinic."""
    now, since = clock.now(), proxy.reviewed_at or proxy.created_at
    if proxy.review_at and proxy.review_at <= now:
        return "date"
    reached = await comes_of_age(proxy.patient, proxy.patient.organization)
    return "age" if reached and since.date() < reached <= now.date() else None


async def comes_of_age(patient: models.Patient, organization: models.Organization) -> date | None:
    """The day on which a patient reaches the clinic's review age; None without a date of birth."""
    born = who.opened(await keys.of(organization.id), patient, "birth_date")
    if not born:
        return None
    day = date.fromisoformat(born)
    year = day.year + organization.proxy_review_age
    # Who was born on February 29 is as old on March 1 of other years.
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) and not _is_leap(year) else day.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


async def _pause(proxy_id: UUID, patient_id: UUID) -> bool:
    async with transaction() as tx:
        # The order of locks is conversation, contact, patient.
        conversation = await _where_to_ask(proxy_id, patient_id)
        patient = await models.Patient.select_for_update(no_key=True).get(id=patient_id)
        proxy = await models.Proxy.get(id=proxy_id).select_related("patient__organization")
        why = None if proxy.ended_at or proxy.paused_at else await due(proxy)
        if why is None:
            return False
        await proxies.pause(tx, patient, proxy, why)
        if conversation:
            await tasks.open(tx, conversation, TaskKind.REVIEW_PROXY)
        return True


async def _where_to_ask(proxy_id: UUID, patient_id: UUID) -> models.Conversation | None:
    """The newest conversation that the proxy may see, else any of the patient's, locked."""
    proxy = await models.Proxy.get(id=proxy_id)
    every = await models.Conversation.filter(patient_id=patient_id).order_by("-updated_at")
    seen = [each for each in every if proxy.teams is None or each.team_id in proxy.teams]
    if not every:
        return None
    return await models.Conversation.select_for_update(no_key=True).get(id=(seen or every)[0].id)


async def settle(tx: Transaction, conversation: models.Conversation, *, goes_on: bool, by: UUID) -> None:
    """Staff have looked: everybody whose access rests acts for the patient again, or no longer.

    Inside `outcomes.close`, which holds the conversation's lock.
    """
    patient = await models.Patient.select_for_update(no_key=True).get(id=conversation.patient_id)
    resting = models.Proxy.filter(patient_id=patient.id, ended_at=None, paused_at__not_isnull=True).order_by("id")
    for proxy in await resting:
        if goes_on:
            await proxies.keep(tx, patient, proxy)
        else:
            await proxies.finish(tx, patient, proxy, "age", by=by)
