"""By which of the three ways of writing a conversation goes: what the list of a team can be filtered by."""

from uuid import UUID

from tortoise.expressions import Q

from server import models
from server.models import Via

OWN = {Via.SMS: "sms", Via.SECURE_SMS: "secure_sms", Via.SECURE_EMAIL: "secure_email", Via.EMAIL: "secure_email"}
"""The way of whatever was not written on the patient's page; a mail of theirs answers one of ours."""
PRIVATE = ("secure_sms", "secure_email")


def after(before: str | None, via: Via) -> str:
    """The way, once a message has come `via`: on the patient's page it stays as private as it was, else by text."""
    if via is not Via.PORTAL:
        return OWN[via]
    return before if before in PRIVATE else "secure_sms"


async def without_moved(conversation: UUID) -> str | None:
    """The same of what is left where words of the patient's side were moved away; null: nothing is."""
    is_here = Q(user_id__not_isnull=True) | Q(recalled_at=None)
    staying = models.Message.filter(is_here, conversation_id=conversation)
    newest = await staying.order_by("-number").first()
    if newest is None or newest.via is not Via.PORTAL:
        return after(None, newest.via) if newest else None
    before = await staying.exclude(via=Via.PORTAL).order_by("-number").first()
    return after(OWN[before.via] if before else None, Via.PORTAL)
