"""What is on the handset inside the product."""

from uuid import UUID

from server import keys, models
from server.access import Staff
from server.models import NumberStatus, PhoneEndpoint
from server.queries.handset_views import Handset, HandsetLine, HandsetPhone

MOST = 200


async def shown(staff: Staff) -> Handset:
    """The newest two hundred texts by phone: two queries."""
    numbers = models.PhoneNumber.filter(organization_id=staff.organization).exclude(status=NumberStatus.RELEASED)
    inside = {each.id: each.e164 for each in await numbers.filter(endpoint=PhoneEndpoint.HANDSET)}
    rows = (
        await models.HandsetText.filter(organization_id=staff.organization, phone_number_id__in=list(inside))
        .order_by("-created_at", "-id")
        .limit(MOST)
    )
    ring, phones = await keys.of(staff.organization), dict[tuple[UUID, str], HandsetPhone]()
    for row in rows:
        phone = ring.open("handset_text", "phone", row.id, row.phone_sealed)
        key = (row.phone_number_id, phone)
        there = phones.setdefault(key, HandsetPhone(phone, row.phone_number_id, inside[row.phone_number_id], []))
        words = ring.open("handset_text", "words", row.id, row.words_sealed)
        there.lines.insert(0, HandsetLine(row.id, row.by_id is None, row.created_at, words))
    return Handset(sorted(inside.values()), list(phones.values()))
