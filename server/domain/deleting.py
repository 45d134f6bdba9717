"""Conversations whose time is over are deleted, one in each transaction; what is left of one is a `Purged`.

What is in the audit stays, and so do the patient's entry, consents and opt-outs. The bytes of files go right after, by
a job that is put on the list with the deletion.
"""

from collections.abc import AsyncIterator
from datetime import date, datetime
from uuid import UUID

from tortoise.expressions import Q, Subquery

from server import audit, clock, facts, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import left_files, old_strays, retention
from server.models import LaterState, State
from server.queries import holds
from server.queries import people as who

AT_ONCE = 100
AT_MOST = 1000
"""Conversations that one look deletes; the next one goes on."""

_OF_CONVERSATION = (
    models.IdentityTry,
    models.PortalSession,
    models.PortalLink,
    models.Later,
    models.Delivery,
    models.Decision,
    models.Task,
    models.Event,
    models.Word,
    models.Tagging,
    models.Draft,
    models.NamedReader,
    models.Note,
    models.Upload,
    models.Incident,
    models.Message,
    models.Reading,
    models.PushTold,
)
"""In an order in which nothing is deleted that something else still stands on."""


async def look() -> int:
    """Delete what is past its time in every clinic; how many conversations went."""
    count = 0
    for clinic in await models.Organization.filter(
        keep_years__isnull=False, keep_from__lte=clock.now(), erased_at=None
    ).order_by("id"):
        if (before := retention.cutoff(clinic)) is None or await holds.is_clinic_held(clinic.id):
            continue
        await old_strays.delete(clinic.id)
        async for conversation in _past(clinic, before):
            count += await purge(conversation)
            if count >= AT_MOST:
                return count
    return count


async def purge(conversation_id: UUID) -> bool:
    """Delete a conversation, if its time is over and nothing keeps it; whether it went."""
    async with transaction() as tx:
        asked = await models.Conversation.filter(id=conversation_id).first()
        if asked is None:
            return False
        # Who sets the rule, or places a hold, waits for this; and this for them.
        clinic = await models.Organization.select_for_update(no_key=True).get(id=asked.organization_id)
        found = models.Conversation.filter(id=conversation_id).select_for_update(no_key=True)
        conversation = await found.first()
        if conversation is None or await _is_kept(conversation, clinic):
            return False
        files = [each.id for each in await models.File.filter(_in_messages(conversation.id))]
        stub = await _stub(conversation, clinic, len(files))
        await _delete(conversation)
        await left_files.put(clinic.id, conversation.id, files)
        await _enter(stub)
        tx.record(facts.ConversationRemoved(conversation=conversation.id), conversation.team_id)
        return True


async def _past(clinic: models.Organization, before: datetime) -> AsyncIterator[UUID]:
    """The clinic's conversations in which nothing happened since, the oldest first; whoever is held is left out."""
    held = await holds.held_patients(clinic.id)
    teams = [each.id for each in await models.Team.filter(organization_id=clinic.id)]
    chosen = models.Conversation.filter(team_id__in=teams, is_open__in=[True, False], updated_at__lt=before)
    chosen = chosen.exclude(patient_id__in=list(held)) if held else chosen
    place: tuple[datetime, UUID] | None = None
    while True:
        after = Q(updated_at__gt=place[0]) | Q(updated_at=place[0], id__gt=place[1]) if place else Q()
        rows = await chosen.filter(after).order_by("updated_at", "id").limit(AT_ONCE).values_list("id", "updated_at")
        for one, _ in rows:
            yield one
        if len(rows) < AT_ONCE:
            return
        place = (rows[-1][1], rows[-1][0])


async def _is_kept(conversation: models.Conversation, clinic: models.Organization) -> bool:
    """Whether its time is not over, or something still needs it."""
    before = retention.cutoff(clinic)
    patient = await models.Patient.get(id=conversation.patient_id)
    if before is None or not retention.is_over(conversation.updated_at, await _born(patient), clinic):
        return True
    here = {"conversation_id": conversation.id}
    under_way = models.Delivery.filter(**here, state__in=[State.WAITING, State.SENDING])
    lately = Q(closed_at=None) | Q(closed_at__gte=before)
    return (
        await holds.is_held(clinic.id, patient.id)
        or await models.Message.filter(**here, created_at__gte=before).exists()
        or await models.Note.filter(**here, created_at__gte=before).exists()
        or await models.Draft.filter(**here, created_at__gte=before).exists()
        or await models.Later.filter(**here, state=LaterState.WAITING).exists()
        or await models.Upload.filter(**here, message_id=None).exists()
        or await models.Incident.filter(lately, **here).exists()
        or await under_way.exists()
    )


async def _born(patient: models.Patient) -> date | None:
    born = who.opened(await keys.of(patient.organization_id), patient, "birth_date")
    return date.fromisoformat(born) if born else None


async def _stub(conversation: models.Conversation, clinic: models.Organization, files: int) -> models.Purged:
    written = models.Message.filter(conversation_id=conversation.id).order_by("number")
    first, last = await written.first(), await written.order_by("-number").first()
    return await models.Purged.create(
        id=tokens.new_id(),
        created_at=clock.now(),
        organization_id=clinic.id,
        team_id=conversation.team_id,
        patient_id=conversation.patient_id,
        conversation_id=conversation.id,
        messages=await written.count(),
        notes=await models.Note.filter(conversation_id=conversation.id).count(),
        files=files,
        first_at=first.created_at if first else None,
        last_at=last.created_at if last else None,
        years=clinic.keep_years,
    )


def _messages(conversation: UUID) -> Subquery:
    return Subquery(models.Message.filter(conversation_id=conversation).values("id"))


def _in_messages(conversation: UUID) -> Q:
    return Q(message_id__in=_messages(conversation))


async def _delete(conversation: models.Conversation) -> None:
    here = _in_messages(conversation.id)
    await models.FileReceipt.filter(file_id__in=Subquery(models.File.filter(here).values("id"))).delete()
    await models.File.filter(here).delete()
    await models.Receipt.filter(here).delete()
    await models.BroadcastRecipient.filter(here).update(message_id=None)
    notes = Subquery(models.Note.filter(conversation_id=conversation.id).values("id"))
    await models.Mention.filter(note_id__in=notes).delete()
    for model in _OF_CONVERSATION:
        await model.filter(conversation_id=conversation.id).delete()
    await models.Conversation.filter(id=conversation.id).delete()


async def _enter(stub: models.Purged) -> None:
    data: dict[str, object] = {
        "rule": "keep_years",
        "years": stub.years,
        "messages": stub.messages,
        "notes": stub.notes,
        "files": stub.files,
        "from": stub.first_at,
        "until": stub.last_at,
    }
    await audit.enter(
        Did.CONVERSATION_PURGED,
        organization=stub.organization_id,
        about=stub.conversation_id,
        patient=stub.patient_id,
        data=data,
    )
