"""What was wished after a text was sent that comes in late: the carrier repeats what we failed to take, for a day."""

from datetime import datetime
from uuid import UUID

from server import keys, models
from server.domain import keywords
from server.domain.keywords import Said
from server.models import Via
from server.queries import strays, thread


async def stopped_since(number: models.PhoneNumber, index: str, conversation: UUID | None, at: datetime) -> bool:
    """Whether texts from this number to this phone were stopped after `at`, or a STOP came again.

    A stop that came late itself counts as of when it came. So it may win where it was the older wish: of the two
    mistakes that is the one which writes to nobody who wants nothing, and another START ends it.
    """
    lines = models.OptOut.filter(contact_index=index, sender_id=number.id, stops=True, created_at__gt=at)
    return await lines.exists() or Said.STOP in map(keywords.read, await _texts(number, index, conversation, at))


async def _texts(number: models.PhoneNumber, index: str, conversation: UUID | None, at: datetime) -> list[str]:
    """What came from this phone since: a STOP after a STOP leaves no line in the ledger."""
    ring = await keys.of(number.organization_id)
    kept = models.Stray.filter(phone_number_id=number.id, sender_index=index, created_at__gt=at)
    given = models.Message.filter(
        conversation_id=conversation, via=Via.SMS, user_id=None, proxy_id=None, created_at__gt=at
    )
    texts = ["\n".join(strays.content_of(ring, stray).bodies) for stray in await kept]
    return texts + [thread.body_of(ring, message) for message in (await given if conversation else [])]
