"""How a patient, their contact and a conversation stand towards something that wants to go out: one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import models
from server.db import sql


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the phone or mailbox that it would go to. `pause` is the code of why it is not used now."""

    id: UUID
    created_at: datetime
    proven_at: datetime | None
    asked_at: datetime | None
    pause: str | None
    is_landline: bool = False

    @property
    def heard_at(self) -> datetime:
        """When it last showed that it is the patient's; else when we first wrote there."""
        return self.proven_at or self.created_at

    @property
    def is_asked(self) -> bool:
        """Whether it was asked if it is still the patient's, and has not answered."""
        return self.asked_at is not None and self.asked_at > self.heard_at


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledgers come to now. `contact` is None where nothing was ever sent to it or came from it.

    `news` is how many broadcasts the patient got in the last week; 0 where nobody asked for it.
    """

    plain_texts: bool
    mails: bool
    is_stopped: bool
    may_be_opt_out: bool
    contact: Known | None
    news: int = 0


_STANDING = """
SELECT
  (SELECT c."gives" FROM "consent" c WHERE c."patient_id" = ? AND c."kind" = 'plain_sms'
     ORDER BY c."created_at" DESC, c."id" DESC LIMIT 1) AS plain_texts,
  (SELECT c."gives" FROM "consent" c WHERE c."patient_id" = ? AND c."kind" = 'email'
     ORDER BY c."created_at" DESC, c."id" DESC LIMIT 1) AS mails,
  EXISTS (SELECT 1 FROM "suppression" s WHERE s."contact_index" = ? AND s."sender_id" IN (?, ?)) AS is_stopped,
  EXISTS (SELECT 1 FROM "task" t
     WHERE t."conversation_id" = ? AND t."kind" = 'maybe_opt_out' AND t."current") AS may_be_opt_out,
  k."id", k."created_at", k."proven_at", k."asked_at", k."paused_at", k."pause", k."line"
FROM (SELECT 1 AS "one") AS "one"
LEFT JOIN "contact" k ON k."organization_id" = ? AND k."index" = ?
"""


async def of(
    *,
    organization: UUID,
    patient: UUID,
    conversation: UUID,
    contact: str | None,
    sender: UUID | None,
    instead_of: UUID | None = None,
    news: int = 0,
) -> Standing:
    """How things stand. `contact` is its blind index; `sender` the number of ours, or for mails the organization.
    `news` is as `server.queries.news` counts it.

    Where that number is used `instead_of` the one that the patient wrote to, a wish to that one holds for it too.
    """
    values = [patient, patient, contact, sender, instead_of or sender, conversation, organization, contact]
    [row] = await sql.fetch(_STANDING, values)
    return Standing(
        plain_texts=bool(row["plain_texts"]),
        mails=bool(row["mails"]),
        is_stopped=bool(row["is_stopped"]),
        may_be_opt_out=bool(row["may_be_opt_out"]),
        contact=_known(row),
        news=news,
    )


def _known(row: dict[str, object]) -> Known | None:
    created_at = sql.from_time(row["created_at"])
    if row["id"] is None or created_at is None:
        return None
    return Known(
        id=sql.as_id(row["id"]),
        created_at=created_at,
        proven_at=sql.from_time(row["proven_at"]),
        asked_at=sql.from_time(row["asked_at"]),
        pause=str(row["pause"]) if row["paused_at"] else None,
        is_landline=row["line"] == models.Line.LANDLINE,
    )


@dataclass(frozen=True, slots=True)
class Many:
    """The same of a batch of patients, asked at once."""

    agreed: dict[tuple[UUID, models.ConsentTo], bool]
    stopped: frozenset[tuple[str, UUID]]
    unclear: frozenset[UUID]
    contacts: dict[str, Known]
    news: dict[UUID, int]

    def of(self, patient: UUID, contact: str | None, sender: UUID | None) -> Standing:
        """How one of them stands; the rest as in `of`."""
        return Standing(
            plain_texts=self.agreed.get((patient, models.ConsentTo.PLAIN_SMS), False),
            mails=self.agreed.get((patient, models.ConsentTo.EMAIL), False),
            is_stopped=(contact, sender) in self.stopped,
            may_be_opt_out=patient in self.unclear,
            contact=self.contacts.get(contact) if contact else None,
            news=self.news.get(patient, 0),
        )


async def of_many(
    patients: Sequence[models.Patient],
    *,
    organization: UUID,
    team: UUID,
    senders: Sequence[UUID],
    news: dict[UUID, int],
) -> Many:
    """How these patients stand towards something from a team; four queries however many."""
    ids = [patient.id for patient in patients]
    indexes = [index for patient in patients for index in (patient.phone_index, patient.email_index) if index]
    lines = models.Consent.filter(patient_id__in=ids).order_by("created_at", "id")
    agreed = {(patient, kind): bool(gives) for patient, kind, gives in await lines.values_list(*_LINE)}
    stops = models.Suppression.filter(contact_index__in=indexes, sender_id__in=list(senders))
    unclear = models.Task.filter(
        kind=models.TaskKind.MAYBE_OPT_OUT,
        current=True,
        conversation__team_id=team,
        conversation__current=True,
        conversation__patient_id__in=ids,
    )
    known = models.Contact.filter(organization_id=organization, index__in=indexes)
    return Many(
        agreed=agreed,
        stopped=frozenset((str(contact), sender) for contact, sender in await stops.values_list(*_STOP)),
        unclear=frozenset(patient for (patient,) in await unclear.values_list("conversation__patient_id")),
        contacts={row.index: _of_contact(row) for row in await known},
        news=news,
    )


_LINE = ("patient_id", "kind", "gives")
_STOP = ("contact_index", "sender_id")


def _of_contact(row: models.Contact) -> Known:
    pause = row.pause if row.paused_at else None
    is_landline = row.line is models.Line.LANDLINE
    return Known(row.id, row.created_at, row.proven_at, row.asked_at, pause, is_landline)
