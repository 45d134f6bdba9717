"""A patient's record as a file (45 CFR 164.524): what is on file, and the conversations that its maker may read."""

from uuid import UUID

from server import access, audit, transcripts
from server.audit import Did
from server.db import snapshot
from server.domain.exports import Exported, Format, made_now, must_be_let, must_still_read, written
from server.queries import patient_record
from server.transcripts.words import RECORD


async def of_patient(patient_id: UUID, kind: Format, *, by: access.Staff) -> Exported:
    """All of a patient's record that this person may read, for who has lately proved who they are. On record with the
    hash of its content.

    :raises Refusal: `unknown`, `prove_again`, `too_many`, `not_now`
    """
    patient = await access.patient(by, patient_id)
    await must_be_let(by)
    async with snapshot():
        content = await patient_record.content(patient.id, by=by)
    made = made_now(transcripts.Person("staff", by.name), content.zone, "chart")
    copy = await written(kind, made, content, RECORD, "en", of="record")
    await must_still_read(by.reads, [each.conversation for each in content.conversations], by=by)
    data: dict[str, object] = {
        "export": made.id,
        "format": kind,
        "sha256": transcripts.digest(content),
        "conversations": [each.conversation for each in content.conversations],
    }
    await audit.enter(
        Did.PATIENT_EXPORTED, organization=by.organization, about=patient.id, patient=patient.id, data=data
    )
    return copy
