"""What a person must do in a conversation, because no machine can."""

from server import audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction


async def open(  # noqa: A001 - tasks.open reads as what it does
    tx: Transaction, conversation: models.Conversation, kind: models.TaskKind, number: int | None = None
) -> None:
    """Ask a person to do something here, inside a verb that holds the conversation's lock.

    `number` is the message it is about. While one of the kind is open, it changes nothing.
    """
    if await models.Task.filter(conversation_id=conversation.id, kind=kind, current=True).exists():
        return
    task = await models.Task.create(
        id=tokens.new_id(),
        organization_id=conversation.organization_id,
        team_id=conversation.team_id,
        conversation_id=conversation.id,
        kind=kind,
        number=number,
        created_at=clock.now(),
    )
    conversation.open_tasks += 1
    conversation.rev += 1
    await conversation.save(update_fields=["open_tasks", "rev"])
    await audit.enter(
        Did.TASK_OPENED,
        organization=conversation.organization_id,
        about=task.id,
        patient=conversation.patient_id,
        data={"conversation": conversation.id, "kind": kind},
    )
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)
