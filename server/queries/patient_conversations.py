"""What one patient writes about with which team: each conversation that somebody may read, and how it begins."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.expressions import Q

from server import keys, models
from server.access import Staff
from server.queries import find_views, inbox, sight
from server.vault import Keyring

MOST = 50


async def of(staff: Staff, patient: models.Patient) -> find_views.PatientConversations:
    """The conversations of one patient in the inboxes that this person may read, the one with the newest message first.

    Two queries however many; of other inboxes, not even how many there are.
    """
    theirs = models.Conversation.filter(sight.also_by_glass(staff), patient_id=patient.id)
    found = await theirs.order_by("-updated_at", "-id").limit(MOST)
    ends = await _ends(found)
    ring = await keys.of(patient.organization_id)
    shown = [_view(ring, patient, each, ends.get(each.id, [])) for each in found]
    # What nobody has written in stands last.
    shown.sort(key=lambda each: each.last_at.timestamp() if each.last_at else 0.0, reverse=True)
    return find_views.PatientConversations(shown)


async def _ends(found: Sequence[models.Conversation]) -> dict[UUID, list[models.Message]]:
    """The first and the newest message of each, in this order; one message may be both."""
    ids, newest = [each.id for each in found], [each.last_message_id for each in found if each.last_message_id]
    if not newest:
        return {}
    chosen = models.Message.filter(Q(conversation_id__in=ids, number=1) | Q(id__in=newest))
    ends: dict[UUID, list[models.Message]] = {}
    for message in await chosen.order_by("number").select_related("user", "proxy"):
        ends.setdefault(message.conversation_id, []).append(message)
    return ends


def _view(
    ring: Keyring, patient: models.Patient, conversation: models.Conversation, ends: Sequence[models.Message]
) -> find_views.Beside:
    first = ends[0] if ends else None
    return find_views.Beside(
        id=conversation.id,
        team=conversation.team_id,
        state="open" if conversation.is_open else "done",
        first_at=first.created_at if first else None,
        last_at=ends[-1].created_at if ends else None,
        who=inbox.writer(ring, patient, first) if first else None,
        line=inbox.line_of(ring, first) if first else None,
    )
