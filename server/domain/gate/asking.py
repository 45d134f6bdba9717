"""May this go out, and when?"""

from server.domain import contacts
from server.domain.gate import holds, obstacles, records, refusals
from server.domain.gate.asked import MANY, Admitted, Asked, Path
from server.models import ContactKind
from server.queries import news
from server.queries import standing as standings
from server.queries.standing import Standing


async def admit(asked: Asked) -> Admitted:
    """Let something go, or refuse it with what to do instead. The refusal goes on record here, the rest by `keep`.

    :raises Refusal: `no_plan`, `no_way_to_reach`, `no_consent`, `looks_private`
    """
    standing = await standing_of(asked)
    in_the_way, found = await obstacles.of(asked, standing)
    if in_the_way:
        await records.refuse(asked, in_the_way)
        raise refusals.of(in_the_way[0], asked, found)
    if standing.contact is None and asked.contact:
        kind = ContactKind.EMAIL if asked.is_mail else ContactKind.PHONE
        await contacts.meet(asked.organization.id, kind, asked.contact)
    admitted = await holds.of(asked, standing)
    noted = ("looks_private",) if found else ()
    return Admitted(admitted.hold, admitted.until, noted)


async def standing_of(asked: Asked) -> Standing:
    """How the patient, the contact and the conversation stand towards it."""
    number = asked.number.id if asked.number else None
    # Nobody who writes to one patient pays for the count, nor is stopped by it.
    told = (
        await news.of([asked.patient.id], organization=asked.organization.id, beside=asked.broadcast)
        if asked.path is Path.NEWS
        else {}
    )
    is_own = asked.is_mail or asked.proxy or asked.path in MANY
    return await standings.of(
        organization=asked.organization.id,
        patient=asked.patient.id,
        conversation=asked.conversation.id,
        contact=asked.contact,
        sender=asked.organization.id if asked.is_mail else number,
        instead_of=None if is_own else asked.conversation.phone_number_id,
        news=told.get(asked.patient.id, 0),
    )
