"""What is still to come in conversations: what a person must do, and what waits to be posted."""

from uuid import UUID

from server import reasons, urgent_words
from server.models import TaskKind, Via
from server.queries import beside, task_views, unconfirmed, views
from server.urgent_phrases import Urgent
from server.vault import Keyring

SENDABLE: dict[Via, views.SendableName] = {
    Via.SMS: "sms",
    Via.SECURE_SMS: "secure_sms",
    Via.SECURE_EMAIL: "secure_email",
}
"""The ways in which staff can write."""


def tasks(ring: Keyring, stands: beside.Beside) -> list[task_views.Task]:
    """The open tasks of a conversation: what may be urgent, then the oldest first."""
    tries = unconfirmed.summed(stands.tries)
    return [
        task_views.Task(
            id=row.id,
            kind=row.kind.value,
            at=row.created_at,
            number=row.number,
            identity=tries if row.kind is TaskKind.IDENTITY else None,
            urgent=_about(ring, row),
        )
        for row in sorted(stands.tasks, key=lambda row: (row.kind is not TaskKind.URGENT, row.created_at, row.id))
    ]


def _about(ring: Keyring, task: beside.Task) -> list[Urgent]:
    """What words may be urgently about: it is kept nowhere, the words themselves say it."""
    if task.message is None or task.sealed is None:
        return []
    return urgent_words.found(ring.open("message", "body", task.message, bytes.fromhex(task.sealed)))


def later(ring: Keyring, stands: beside.Beside) -> list[views.Later]:
    """What waits to be posted in a conversation, the soonest first."""
    return [_later(ring, row) for row in sorted(stands.later, key=lambda row: (row.due_at, row.id))]


def _later(ring: Keyring, row: beside.Later) -> views.Later:
    said = reasons.of(row.why)
    return views.Later(
        id=row.id,
        via=SENDABLE[row.via],
        both=row.both,
        patient_only=row.patient_only,
        body=ring.open("later", "body", row.id, bytes.fromhex(row.sealed)),
        at=row.due_at,
        zone=row.zone,
        by=row.by if row.here else f"{row.by} (not in this team any more)",
        words=said.words if said else None,
        to=[UUID(each) for each in (row.to or "").split()],
    )
