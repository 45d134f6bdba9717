"""A patient was made for words that are somebody else's: while nothing else is known of them, they go again."""

from collections.abc import Collection, Sequence
from uuid import UUID

from server import audit, facts, models
from server.audit import Did
from server.db import Transaction
from server.domain import jobs, on_call, strays
from server.errors import Kind, Refusal
from server.models import TaskKind
from server.models.base import Record
from server.queries import holds

_FROM_WORDS = (
    models.AuditEntry,
    models.NameToken,
    models.Conversation,
    models.Message,
    models.Stray,
    models.File,
    models.Word,
    models.Reading,
    models.Event,
    models.Task,
    models.PushTold,
)
"""What words make by themselves wherever they come."""


async def is_one(
    conversation: models.Conversation, given: Sequence[models.Stray], messages: Collection[models.Message]
) -> bool:
    """Whether the patient was made for these strays, and nobody has done anything with them since but look.

    Inside a verb that holds the conversation. What is on legal hold is none.
    """
    if any(each.outcome != strays.MADE for each in given):
        return False
    patient = await models.Patient.select_for_update(no_key=True).get(id=conversation.patient_id)
    theirs, here = {"patient_id": patient.id}, {"conversation_id": conversation.id}
    if await holds.is_clinic_held(patient.organization_id):
        return False
    if patient.rev != 1 or conversation.assignee_id or conversation.snoozed_until:
        return False
    return not (
        await _is_kept("patient_id", patient.id)
        or await _is_kept("conversation_id", conversation.id)
        or await models.Conversation.filter(**theirs).count() > 1
        or await models.Stray.filter(**theirs).count() > len(given)
        or await models.File.filter(**theirs).exclude(message_id__in=[each.id for each in messages]).exists()
        or await models.Message.filter(**here).count() > len(messages)
        or await models.Event.filter(**here, user_id__not_isnull=True).exists()
        or await models.Task.filter(**here).exclude(kind=TaskKind.URGENT).exists()
    )


async def _is_kept(field: str, value: UUID) -> bool:
    """Whether anything is kept of it, also of what a later release adds."""
    every = [model for name in models.__all__ if hasattr(model := getattr(models, name), "_meta")]
    for model in every:
        if field in model._meta.fields_map and model not in _FROM_WORDS:
            kept: type[Record] = model
            if await kept.filter(**{field: value}).exists():
                return True
    return False


def in_use() -> Refusal:
    """More is known of the patient than the words that they were made for."""
    sentence = "More has happened with this patient since. Move only what is somebody else's, from its own menu."
    return Refusal(Kind.CONFLICT, "patient_in_use", sentence)


async def remove(tx: Transaction, conversation: models.Conversation) -> None:
    """Let the patient and their only conversation go, whose words have been moved. What was done is in the audit."""
    here, patient = models.Conversation.filter(id=conversation.id), conversation.patient_id
    for task in await models.Task.filter(conversation_id=conversation.id):
        await jobs.end(on_call.LOOK, task.id)
        await jobs.end(on_call.MAIL, task.id)
    for model in (
        models.Task,
        models.Event,
        models.Reading,
        models.PushTold,
        models.Word,
        models.NamedReader,
        models.Message,
    ):
        await model.filter(conversation_id=conversation.id).delete()
    await here.delete()
    await models.NameToken.filter(patient_id=patient).delete()
    await models.Patient.filter(id=patient).delete()
    await models.FactRecord.filter(stream_id=patient).delete()
    await models.Stream.filter(id=patient).delete()
    data: dict[str, object] = {"conversation": conversation.id}
    organization = conversation.organization_id
    await audit.enter(Did.PATIENT_TAKEN_BACK, organization=organization, about=patient, patient=patient, data=data)
    tx.record(facts.ConversationRemoved(conversation=conversation.id), conversation.team_id)
