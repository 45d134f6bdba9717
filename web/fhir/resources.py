"""Our records as FHIR R4 resources."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from server.queries.program_files import ProgramFile
from server.queries.program_views import ProgramMessage, ProgramPatient

Json = dict[str, object]
MRN = "urn:bloomtext:mrn"
CONVERSATION = "urn:bloomtext:conversation"
_V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"
_MODES = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"
STATUS = {
    "waiting": "in-progress",
    "sending": "in-progress",
    "failed": "not-done",
    "cancelled": "stopped",
    "uncertain": "unknown",
}
"""How far our delivery is, as an event's status; all others are completed."""
MEDIA = {"email": "EMAILWRIT", "secure_email": "EMAILWRIT"}


def patient(one: ProgramPatient) -> Json:
    """A Patient. `active` is false for one who was archived."""
    return _filled(
        resourceType="Patient",
        id=str(one.id),
        active=not one.archived,
        identifier=[_mrn(one.mrn)] if one.mrn else None,
        name=_names(one),
        telecom=_contacts(one),
        birthDate=one.date_of_birth.isoformat() if one.date_of_birth else None,
        deceasedBoolean=True if one.deceased else None,
        communication=[{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": one.language}]}}],
    )


def communication(one: ProgramMessage) -> Json:
    """A Communication. `received` is when the patient first viewed it: that it arrived says nothing of a person."""
    who = {"reference": f"Patient/{one.patient}"}
    sender = {"patient": who, "clinic": {"display": one.writer_name}, "proxy": {"display": "Acts for the patient"}}
    mode = {"system": _MODES, "code": MEDIA.get(one.via, "ONLINEWRIT")}
    return _filled(
        resourceType="Communication",
        id=str(one.id),
        meta={"tag": [{"system": CONVERSATION, "code": str(one.conversation)}]},
        status="entered-in-error" if one.taken_back else STATUS.get(one.state or "", "completed"),
        medium=[{"coding": [mode], "text": one.via}],
        subject=who,
        sender=sender[one.writer],
        recipient=[who] if one.writer == "clinic" else None,
        sent=instant(one.at),
        received=instant(one.viewed_at) if one.viewed_at else None,
        payload=[{"contentString": one.body}] if one.body.strip() else None,
    )


def document(one: ProgramFile) -> Json:
    """A DocumentReference: a file that came with a message. Its bytes are the Binary of the same id."""
    attachment = _filled(contentType=one.media_type, size=one.size, title=one.name, url=f"Binary/{one.id}")
    return {
        "resourceType": "DocumentReference",
        "id": str(one.id),
        "status": "current",
        "type": {"text": "File that came with a message"},
        "subject": {"reference": f"Patient/{one.patient}"},
        "date": instant(one.at),
        "content": [{"attachment": attachment}],
        "context": {"related": [{"reference": f"Communication/{one.message}"}]},
    }


def bundle(base: str, found: Iterable[Json], links: Sequence[tuple[str, str]]) -> Json:
    """A page of a search."""
    entries = [
        {"fullUrl": f"{base}/{each['resourceType']}/{each['id']}", "resource": each, "search": {"mode": "match"}}
        for each in found
    ]
    return _filled(
        resourceType="Bundle",
        type="searchset",
        link=[{"relation": relation, "url": url} for relation, url in links],
        entry=entries or None,
    )


def outcome(code: str, sentence: str) -> Json:
    """A no. `code` is one of the value set issue-type."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": code, "diagnostics": sentence}],
    }


def instant(at: datetime) -> str:
    """A time in UTC."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _mrn(value: str) -> Json:
    return {"type": {"coding": [{"system": _V2, "code": "MR"}]}, "system": MRN, "value": value}


def _names(one: ProgramPatient) -> list[Json] | None:
    given = one.first_name.split()
    return [_filled(family=one.last_name or None, given=given or None)] if one.last_name or given else None


def _contacts(one: ProgramPatient) -> list[Json] | None:
    known = (("phone", one.phone), ("email", one.email))
    return [{"system": system, "value": value} for system, value in known if value] or None


def _filled(**parts: object) -> Json:
    """FHIR has no null and no empty list."""
    return {name: value for name, value in parts.items() if value is not None}
