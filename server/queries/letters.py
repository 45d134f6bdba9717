"""What a clinic's admins and the operators wrote to each other."""

from uuid import UUID

from server import access, keys, models
from server.errors import Kind, Refusal
from server.queries.letter_views import ClinicLetter, ClinicLetters

MOST = 100


async def shown(staff: access.Staff) -> ClinicLetters:
    """For an admin of the clinic.

    :raises Refusal: `not_allowed`
    """
    if staff.role is not models.Role.ADMIN:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "Only an admin of your clinic writes to BloomText.")
    return ClinicLetters(await of_clinic(staff.organization))


async def of_clinic(clinic: UUID) -> list[ClinicLetter]:
    """For an operator too."""
    rows = await models.Letter.filter(organization_id=clinic).order_by("-created_at", "-id").limit(MOST)
    writers = await models.User.filter(id__in=[row.user_id for row in rows if row.user_id])
    names, ring = {each.id: each.name for each in writers}, await keys.of(clinic)
    return [
        ClinicLetter(
            id=row.id,
            by=names.get(row.user_id, "An admin") if row.user_id else None,
            at=row.created_at,
            body=ring.open("letter", "words", row.id, row.words_sealed),
            seen=row.read_at is not None,
        )
        for row in reversed(rows)
    ]


async def unread(staff: access.Staff) -> int:
    """How many of the operators' letters no admin has seen; for others none, without asking."""
    if staff.role is not models.Role.ADMIN:
        return 0
    return await models.Letter.filter(organization_id=staff.organization, user_id=None, read_at=None).count()
