"""The carrier's lists of phones that stopped our numbers: whether somebody held them beside our ledger lately."""

from datetime import timedelta

from server import clock, models, people
from server.audit import Did
from server.checks.finding import Finding, cannot_tell, ok
from server.models import OptOutMode

EVERY = timedelta(days=30)
NAME = "opt-out lists"


async def compared() -> list[Finding]:
    """Of each number that the carrier answers STOP for, whether its list was compared within 30 days.

    Nothing at all where we answer ourselves. Needs an open database, no key.
    """
    since = clock.now() - EVERY
    numbers = await models.PhoneNumber.filter(opt_outs=OptOutMode.ASSIST).order_by("created_at", "id")
    done = models.AuditEntry.filter(
        did=Did.OPT_OUTS_RECONCILED, at__gt=since, about_id__in=[each.id for each in numbers]
    )
    lately = {about for (about,) in await done.values_list("about_id")} if numbers else set()
    due = [each for each in numbers if each.id not in lately and each.created_at <= since]
    if due:
        which = ", ".join(people.phone_display(each.e164) for each in due)
        sentence = (
            f"A STOP may have been lost: the carrier's list was not compared for 30 days for {which}. Download it from "
            "the carrier and run python -m server opt-outs --number NUMBER FILE, once a month."
        )
        return [cannot_tell(NAME, sentence)]
    return [ok(NAME, "Each was compared within 30 days.")] if numbers else []
