"""What the wire reads, as one bundle of questions, so that it can be asked of the house or of a test's own tables."""

from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from server import access
from server.queries import destroyed, events, facts, inbox, live, note_views, notes, thread, views, work_views

Between = Callable[[UUID, int, int | None, int], Awaitable[list[facts.FactRow]]]
Heads = Callable[[Collection[UUID]], Awaitable[dict[UUID, tuple[str, int]]]]


class PortalMessages(Protocol):
    """Messages as the patient sees them, or as this proxy of theirs, by what they may see now."""

    def __call__(self, ids: Collection[UUID], *, proxy: UUID | None) -> Awaitable[dict[UUID, views.PortalMessage]]: ...


async def _drop_nothing(streams: Collection[UUID]) -> None:
    """Tables of a test's own have no keys."""


@dataclass(frozen=True, slots=True)
class Sources:
    """`between(stream, after, upto, limit)` gives Facts in order; `heads` each stream's epoch and newest position.

    `rows`, `messages`, `events`, `notes`, `portal_messages` show what is true now, by id; what is not there is absent.
    `patient_rows(team, patients)` gives the ids of those patients' conversations with the team.
    `standing(staff, portal)` says of sessions whether they live and what they may follow; an absent one has ended.
    `staff_name` is what colleagues see, `proxy_name` what staff see of who acts for a patient; None for nobody.
    `is_member(user, team)` says whether a user takes part there, and does not merely observe.
    `opened` are the clinics whose keys this process holds; `destroyed(streams)` drops those that are no longer there.
    """

    between: Between
    heads: Heads
    rows: Callable[[Collection[UUID]], Awaitable[dict[UUID, views.Row]]]
    messages: Callable[[Collection[UUID]], Awaitable[dict[UUID, views.Message]]]
    events: Callable[[Collection[UUID]], Awaitable[dict[UUID, work_views.WorkEvent]]]
    notes: Callable[[Collection[UUID]], Awaitable[dict[UUID, note_views.Note]]]
    portal_messages: PortalMessages
    patient_rows: Callable[[UUID, Collection[UUID]], Awaitable[list[UUID]]]
    standing: Callable[[Collection[UUID], Collection[UUID]], Awaitable[dict[UUID, access.Standing]]]
    staff_name: Callable[[UUID], Awaitable[str | None]]
    proxy_name: Callable[[UUID], Awaitable[str | None]]
    is_member: Callable[[UUID, UUID], Awaitable[bool]]
    opened: Callable[[], set[UUID]] = set
    destroyed: Callable[[Collection[UUID]], Coroutine[object, object, None]] = _drop_nothing


def of_the_house() -> Sources:
    """The real ones: `server/queries` and `server/access`."""
    return Sources(
        between=facts.between,
        heads=facts.heads,
        rows=inbox.rows,
        messages=thread.messages,
        events=events.of,
        notes=notes.notes,
        portal_messages=thread.portal_messages,
        patient_rows=live.conversations_of,
        standing=access.standing,
        staff_name=live.staff_name,
        proxy_name=live.proxy_name,
        is_member=live.is_member,
        opened=destroyed.opened,
        destroyed=destroyed.heard,
    )
