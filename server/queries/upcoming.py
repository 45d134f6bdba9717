"""What is still to come in conversations: what a person must do, and what waits to be posted."""

from collections.abc import Collection, Sequence
from uuid import UUID

from server import keys, models, reasons
from server.models import TaskKind, Via
from server.queries import task_views, unconfirmed, urgent, views

SENDABLE: dict[Via, views.SendableName] = {
    Via.SMS: "sms",
    Via.SECURE_SMS: "secure_sms",
    Via.SECURE_EMAIL: "secure_email",
}
"""The ways in which staff can write."""


async def tasks(conversations: Collection[UUID]) -> dict[UUID, list[task_views.Task]]:
    """The open tasks of each conversation: what may be urgent, then the oldest first."""
    found: dict[UUID, list[task_views.Task]] = {}
    if conversations:
        rows = models.Task.filter(conversation_id__in=list(conversations), current=True).order_by("created_at", "id")
        open_tasks = sorted(await rows, key=lambda row: row.kind is not TaskKind.URGENT)
        tries = await unconfirmed.of(asked) if (asked := _where(open_tasks, TaskKind.IDENTITY)) else {}
        about = await urgent.of([row for row in open_tasks if row.kind is TaskKind.URGENT])
        for row in open_tasks:
            task = task_views.Task(
                id=row.id,
                kind=row.kind.value,
                at=row.created_at,
                number=row.number,
                identity=tries.get(row.conversation_id) if row.kind is TaskKind.IDENTITY else None,
                urgent=about.get(row.conversation_id, []) if row.kind is TaskKind.URGENT else [],
            )
            found.setdefault(row.conversation_id, []).append(task)
    return found


def _where(tasks: Sequence[models.Task], kind: TaskKind) -> list[UUID]:
    return [row.conversation_id for row in tasks if row.kind is kind]


async def later(conversations: Collection[UUID]) -> dict[UUID, list[views.Later]]:
    """What waits to be posted in each conversation, the soonest first."""
    rows = models.Later.filter(conversation_id__in=list(conversations), state=models.LaterState.WAITING)
    found: dict[UUID, list[views.Later]] = {}
    for row in await rows.order_by("due_at", "id").select_related("user"):
        found.setdefault(row.conversation_id, []).append(await _later(row))
    return found


async def _later(row: models.Later) -> views.Later:
    ring, said = await keys.of(row.organization_id), reasons.of(row.why)
    return views.Later(
        id=row.id,
        via=SENDABLE[row.via],
        both=row.both,
        patient_only=row.patient_only,
        body=ring.open("later", "body", row.id, row.body_sealed),
        at=row.due_at,
        zone=row.zone,
        by=row.user.name,
        words=said.words if said else None,
    )
