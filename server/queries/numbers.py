"""From which of its numbers a team writes to a patient: the one that patient wrote to, or that somebody chose."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from server import models
from server.db.prepared import Prepared
from server.models import NumberStatus, PhoneEndpoint, Via

_OF_TEAM = Prepared(lambda team: models.PhoneNumber.filter(team_id=team).exclude(status=NumberStatus.RELEASED))


class _Number(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def status(self) -> NumberStatus: ...
    @property
    def endpoint(self) -> PhoneEndpoint: ...
    @property
    def created_at(self) -> datetime: ...


Number = TypeVar("Number", bound=_Number)


def obstacle(number: _Number) -> str | None:
    """What stands against sending from a number of ours, if anything: a code of `server/reasons.py`.

    The handset inside the product needs no registration.
    """
    if number.status is NumberStatus.RELEASED:
        return "number_released"
    if number.status is NumberStatus.BLOCKED:
        return "number_blocked"
    if number.status is NumberStatus.PENDING and number.endpoint is PhoneEndpoint.LIVE:
        return "number_pending"
    return None


def chosen(numbers: Sequence[Number], wanted: UUID | None) -> Number | None:
    """Of a team's numbers the `wanted` one while it can be used; else the first that can.

    Where none can, the one that would go: what is in the way is said of it.
    """
    return next(iter(in_order(numbers, wanted)), None)


def in_order(numbers: Iterable[Number], wanted: UUID | None = None) -> list[Number]:
    """Those first that can be used; of these the `wanted` one, then who was a team's first."""
    return sorted(numbers, key=lambda each: (obstacle(each) is not None, each.id != wanted, each.created_at, each.id))


async def of_team(team: UUID, wanted: UUID | None = None) -> models.PhoneNumber | None:
    """The number that a team writes from where nobody has written to it yet, or the `wanted` one."""
    return chosen(await _OF_TEAM.all(team), wanted)


async def of_conversation(conversation: models.Conversation) -> models.PhoneNumber | None:
    """The number that whatever goes to the patient of a conversation leaves from."""
    return await of_team(conversation.team_id, conversation.phone_number_id)


async def written_to(conversation: UUID, *, proxy: UUID | None = None) -> UUID | None:
    """Which number of ours the newest text of the patient, or of this proxy, in a conversation was to."""
    texts = models.Message.filter(
        conversation_id=conversation, via=Via.SMS, user_id=None, proxy_id=proxy, recalled_at=None
    )
    newest = await texts.filter(phone_number_id__not_isnull=True).order_by("-created_at", "-number").first()
    return newest.phone_number_id if newest else None
