"""Asked again as a letter is written: much may have changed since it was arranged."""

from dataclasses import replace
from datetime import datetime

from server import models
from server.domain.gate import records
from server.domain.gate.asked import ARCHIVED, BY_ITSELF, DECEASED, Asked, Path, is_put_away, may_reach, unwanted
from server.domain.gate.asking import standing_of
from server.domain.gate.holds import is_silent, night_of
from server.models import BroadcastState, Carries, Purpose
from server.queries import own_contacts, ways
from server.queries.standing import Standing

PATHS = {
    Purpose.FIRST: Path.TYPED,
    Purpose.RETRY: Path.RETRY,
    Purpose.REMINDER: Path.REMINDER,
    Purpose.OTHER_WAY: Path.OTHER_WAY,
    Purpose.BROADCAST: Path.BROADCAST,
}


async def must_still_go(row: models.Delivery) -> str | None:
    """None, or the code of why it must not go any more; that goes on record.

    `row` comes with its message and conversation, the clinic, the patient and the number.
    """
    why = await _why_not(row)
    if why:
        await records.keep_at_last_moment(row, PATHS[row.purpose], records.REFUSE, why)
    return why


async def must_rest_until(row: models.Delivery) -> datetime | None:
    """The end of the night that has come over what goes by itself, arranged by day and kept back since; else None.

    That it waits goes on record. `row` comes with the same.
    """
    if PATHS[row.purpose] not in BY_ITSELF:
        return None
    night = await night_of(_asked(row))
    if night:
        await records.keep_at_last_moment(row, PATHS[row.purpose], records.HOLD, "quiet_hours")
    return night


def _asked(row: models.Delivery) -> Asked:
    conversation = row.conversation
    organization, patient = conversation.organization, conversation.patient
    return Asked(PATHS[row.purpose], organization, patient, conversation, row.carries, row.phone_number)


async def _why_not(row: models.Delivery) -> str | None:
    if row.purpose is Purpose.BROADCAST and await _is_stopped(row.message):
        return "broadcast_stopped"
    asked = _asked(row)
    if not ways.may_send(asked.organization.plan, asked.organization.plan_ends_at):
        return "no_plan"
    if _has_died_since(row, asked):
        return DECEASED
    if is_put_away(asked):
        return ARCHIVED
    # The link of a notice ends with the contact it went to; a plain text has none.
    if row.to_index and row.to_index != asked.contact:
        asked = replace(asked, place=await own_contacts.place(asked.patient, row.to_index))
        if asked.place is None and row.carries is Carries.TEXT:
            return "contact_changed"
    if not asked.is_mail and (why := next(ways.of_number(row.phone_number), None)):
        return why
    return _of_standing(asked, await standing_of(asked))


async def _is_stopped(message: models.Message) -> bool:
    stopped = models.Broadcast.filter(id=message.broadcast_id, state=BroadcastState.STOPPED)
    return await stopped.exists()


def _has_died_since(row: models.Delivery, asked: Asked) -> bool:
    """Whether it was arranged before it was known that the patient has died, or goes by itself."""
    died_at = asked.patient.deceased_at
    return died_at is not None and (row.created_at <= died_at or not may_reach(asked))


def _of_standing(asked: Asked, standing: Standing) -> str | None:
    if standing.is_stopped:
        return "mail_opted_out" if asked.is_mail else "opted_out"
    if standing.contact and standing.contact.pause:
        return standing.contact.pause
    if standing.contact and standing.contact.is_landline and not asked.is_mail:
        return "landline"
    if kind := unwanted(asked.path, asked.patient):
        return kind
    if asked.carries is Carries.TEXT and not standing.plain_texts:
        return "no_consent"
    if asked.path is Path.OTHER_WAY and asked.is_mail and not standing.mails:
        return "no_email_consent"
    if asked.path in (Path.REMINDER, Path.OTHER_WAY) and standing.may_be_opt_out:
        return "maybe_opt_out"
    if is_silent(asked, standing.contact) and standing.contact and standing.contact.is_asked:
        return "not_confirmed"
    return None
