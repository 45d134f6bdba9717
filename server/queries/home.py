"""A patient's conversations as one page: what `P2` of the portal may say of them, and no words of theirs."""

from datetime import UTC, datetime

from server import keys, models
from server.access import PortalPatient, portal_conversations
from server.queries import family_views, proxies, unread
from server.queries import people as who
from server.queries.unread import SECURE

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""Stands for the time of a conversation in which nobody has written yet."""


async def is_needed(reader: PortalPatient) -> bool:
    """Whether there is more than one conversation to choose from."""
    return await portal_conversations(reader).limit(2).count() > 1


async def conversations(reader: PortalPatient) -> list[family_views.PortalConversation]:
    """All that this reader may see, the one with the newest words first."""
    found = await portal_conversations(reader).select_related("team")
    cards = [await _card(reader, each) for each in found]
    return sorted(cards, key=lambda card: (card.at or BEGINNING, card.id), reverse=True)


async def team_of(reader: PortalPatient) -> str:
    """The name of the team that the conversation is with."""
    found = await models.Conversation.get(id=reader.conversation).select_related("team")
    return found.team.name


async def patient_of(reader: PortalPatient) -> str | None:
    """Whom a proxy reads for; None where the patient reads."""
    if reader.proxy is None:
        return None
    patient = await models.Patient.get(id=reader.patient)
    return who.name_of(await keys.of(reader.organization), patient)


async def _card(reader: PortalPatient, conversation: models.Conversation) -> family_views.PortalConversation:
    theirs = models.Message.filter(conversation_id=conversation.id, recalled_at=None)
    if reader.proxy:
        theirs = await proxies.visible_to(reader.proxy, theirs)
    newest = await theirs.order_by("-number").first()
    secure = [each for (each,) in await theirs.filter(user_id__isnull=False, via__in=SECURE).values_list("id")]
    seen = await unread.viewed(secure, proxy=reader.proxy)
    return family_views.PortalConversation(
        id=conversation.id,
        team=conversation.team.name,
        at=newest.created_at if newest else None,
        unseen=len(secure) - len(seen),
        is_open=conversation.is_open,
    )
