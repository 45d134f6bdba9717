"""What is known of a message that went to the wrong person, read by an admin, and as a file for the clinic's papers."""

from uuid import UUID

from server import access, audit, models, transcripts
from server.audit import Did
from server.db import snapshot
from server.domain import audits
from server.domain.exports import Exported, Format, made_now, must_be_let, written
from server.queries import incidents
from server.queries.incident_views import IncidentRecord
from server.transcripts.words import INCIDENT


async def read(incident_id: UUID, *, by: access.Staff) -> IncidentRecord:
    """All that is known of one, for an admin. Asking goes on record.

    :raises Refusal: `not_allowed`, `unknown`
    """
    audits.must_be_admin(by)
    async with snapshot():
        found = await incidents.one(by, incident_id)
    await _enter(Did.INCIDENT_READ, incident_id, by, {})
    return found


async def of_incident(incident_id: UUID, kind: Format, *, by: access.Staff) -> Exported:
    """The same as a file, for an admin who has lately proved who they are. On record with the hash of its content.

    :raises Refusal: `not_allowed`, `unknown`, `prove_again`, `too_many`, `not_now`
    """
    audits.must_be_admin(by)
    async with snapshot():
        found = await incidents.one(by, incident_id)
        clinic = await models.Organization.get(id=by.organization)
    await must_be_let(by)
    content = _content(found, clinic)
    made = made_now(transcripts.Person("staff", by.name), clinic.zone, "papers")
    copy = await written(kind, made, content, INCIDENT, "en", of="incident")
    data: dict[str, object] = {"export": made.id, "format": kind, "sha256": transcripts.digest(content)}
    await _enter(Did.INCIDENT_EXPORTED, incident_id, by, data)
    return copy


def _content(found: IncidentRecord, clinic: models.Organization) -> transcripts.IncidentContent:
    told, weighed = found.incident, found.assessment
    return transcripts.IncidentContent(
        incident=told.id,
        message=found.message,
        number=found.number,
        clinic=clinic.name,
        zone=clinic.zone,
        team=told.team,
        patient=told.name,
        writer=found.writer,
        noticed_at=told.at,
        noticed_by=told.by.name,
        account=found.account,
        taken_back=told.taken_back,
        viewed_at=told.viewed_at,
        links_ended=found.links,
        steps=[
            transcripts.Step(name=each.name, at=each.at, by=each.by, to=each.to, who=each.who, device=each.device)
            for each in found.events
        ],
        closed_at=told.closed_at,
        closed_by=found.closed_by.name if found.closed_by else None,
        assessment=transcripts.Weighed(
            nature=weighed.nature,
            recipient=weighed.recipient,
            viewed=weighed.viewed,
            mitigation=weighed.mitigation,
            is_breach=weighed.is_breach,
        )
        if weighed
        else None,
    )


async def _enter(did: Did, incident: UUID, by: access.Staff, data: dict[str, object]) -> None:
    row = await models.Incident.get(id=incident).select_related("conversation")
    patient = row.conversation.patient_id
    await audit.enter(did, organization=by.organization, about=incident, patient=patient, data=data)
