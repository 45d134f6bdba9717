"""What may go but must wait: for the day, for a person's word, or for a phone to answer."""

from datetime import datetime, timedelta

from server import clock, keys
from server.domain import contacts
from server.domain.gate.asked import BY_ITSELF, Admitted, Asked, Path
from server.domain.gate.hours import rests_until
from server.models import Carries
from server.queries import quiet, zones
from server.queries import standing as standings
from server.queries.standing import Standing

RECHECK, MAYBE_OPT_OUT, QUIET_HOURS = "recheck", "maybe_opt_out", "quiet_hours"
HOLDS = (RECHECK, MAYBE_OPT_OUT, QUIET_HOURS)
"""Codes of what a delivery may wait for until the gate lets it go."""
UNDECIDED = timedelta(days=3)
"""What goes by itself waits this long for a person to say whether the patient wants no more texts."""
ASKS_AGAIN = (Path.CODE, Path.FRESH_LINK, Path.CONFIRMATION, Path.RECHECK)
"""What somebody has just asked for, or what is the question itself, does not wait for an answer."""


async def of(asked: Asked, standing: Standing) -> Admitted:
    """Let it go, or say what it waits for and until when."""
    night = await _night(asked)
    if is_silent(asked, standing.contact) and standing.contact:
        # Asked in the morning, also where the message was typed at night: nobody pressed a button for the question.
        at = night or await night_of(asked) or clock.now()
        proxy = asked.proxy.id if asked.proxy else None
        if await contacts.ask(standing.contact.id, asked.conversation.id, at=at, proxy=proxy):
            return Admitted(RECHECK, at + contacts.GIVEN + contacts.LATEST)
    if standing.may_be_opt_out and asked.path in BY_ITSELF:
        return Admitted(MAYBE_OPT_OUT, clock.now() + UNDECIDED)
    return Admitted(QUIET_HOURS, night) if night else Admitted()


def is_silent(asked: Asked, contact: standings.Known | None) -> bool:
    """Whether so long nothing was heard of a phone that it may be somebody else's by now."""
    if contact is None or asked.carries is not Carries.NOTICE_SMS or asked.path in ASKS_AGAIN:
        return False
    days = asked.organization.recheck_days
    return days > 0 and contact.heard_at <= clock.now() - timedelta(days=days)


async def _night(asked: Asked) -> datetime | None:
    return await night_of(asked) if asked.path in BY_ITSELF else None


async def night_of(asked: Asked) -> datetime | None:
    """The end of the patient's quiet hours, their own or the clinic's, where the patient is; None outside of them."""
    zone = zones.of(await keys.of(asked.organization.id), asked.patient, asked.organization)
    begins, ends = quiet.of(asked.patient, asked.organization)
    return rests_until(clock.now(), zone, begins=begins, ends=ends)
