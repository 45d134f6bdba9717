"""How long a clinic keeps its conversations. HIPAA has no period for them (state law and payers do); six years, that of
its documentation (45 CFR 164.316(b)(2), 164.530(j)), is the least that can be chosen here. Without a choice: for ever.
"""

from datetime import date, datetime, timedelta

from server import access, audit, clock, models
from server.audit import Did
from server.db import transaction
from server.domain import managing, step_up
from server.errors import Kind, Refusal

LEAST, MOST = 6, 50
"""Years."""
OF_AGE = 18
"""What was written with a child is kept so many years from this birthday on."""
GRACE = timedelta(days=7)
"""Before a shorter rule deletes anything, so that a mistake, or somebody else's press, can be taken back."""
GRAVE = "After this, old conversations are deleted for good. Type your password or a code first."


async def set_years(years: int | None, *, by: access.Staff) -> models.Organization:
    """Set for how many years a conversation is kept from the last thing in it on; None: for ever. A shorter time than
    before deletes nothing for a week. Again changes nothing.

    :raises Refusal: `not_allowed`, `wrong_length`, `prove_again`
    """
    managing.must_be_admin(by)
    if years is not None and not LEAST <= years <= MOST:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose from {LEAST} to {MOST} years.")
    async with transaction():
        await managing.locked_clinic(by)
        clinic = await models.Organization.get(id=by.organization)
        if clinic.keep_years == years:
            return clinic
        if years and (clinic.keep_years is None or years < clinic.keep_years):
            await step_up.must_be_just_now(by, GRAVE)
            clinic.keep_from = clock.now() + GRACE
        clinic.keep_years = years
        await clinic.save(update_fields=["keep_years", "keep_from"])
        data: dict[str, object] = {"years": years, "from": clinic.keep_from if years else None}
        await audit.enter(Did.RETENTION_SET, organization=clinic.id, about=clinic.id, data=data)
        return clinic


def cutoff(clinic: models.Organization) -> datetime | None:
    """What was last written in before this is past its time; None while nothing is."""
    now = clock.now()
    if not clinic.keep_years or clinic.keep_from is None or clinic.keep_from > now:
        return None
    return _years_later(now, -clinic.keep_years)


def is_over(last: datetime, born: date | None, clinic: models.Organization) -> bool:
    """Whether the time of what was last written in then is over, also for who was a child."""
    ends = cutoff(clinic)
    if ends is None or last >= ends:
        return False
    if born is None:
        return True
    birth = datetime(born.year, born.month, born.day, tzinfo=ends.tzinfo)
    return _years_later(birth, OF_AGE) < ends


def _years_later(at: datetime, years: int) -> datetime:
    """The same day of another year; of February 29 the day after."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, month=3, day=1)
