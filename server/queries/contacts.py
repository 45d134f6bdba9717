"""What we know of patients' phones and mailboxes, and who wants nothing there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import models, reasons
from server.queries import views
from server.queries.numbers import chosen


@dataclass(frozen=True, slots=True)
class Known:
    """Of a batch of patients: their contacts by blind index, and the wishes to get nothing from us.

    `goes_from` is the number that a patient's conversation with a team is on, if it is on one.
    """

    contacts: dict[str, models.Contact]
    numbers: dict[UUID, models.PhoneNumber]
    wishes: dict[str, list[models.Suppression]]
    goes_from: Mapping[tuple[UUID, UUID], UUID]

    def senders(self, patient: models.Patient) -> list[models.PhoneNumber]:
        """The number that each team's texts to this patient go from."""
        teams: dict[UUID, list[models.PhoneNumber]] = {}
        for number in self.numbers.values():
            teams.setdefault(number.team_id, []).append(number)
        found = (chosen(theirs, self.goes_from.get((patient.id, team))) for team, theirs in teams.items())
        return [number for number in found if number]

    def state(self, index: str | None) -> views.ContactState | None:
        """What a screen shows of one contact; nothing where we know nothing."""
        row = self.contacts.get(index) if index else None
        if row is None:
            return None
        said = reasons.of(row.pause) if row.paused_at else None
        return views.ContactState(
            proven_at=row.proven_at, paused_at=row.paused_at, pause=row.pause, words=said.words if said else None
        )

    def stops(self, patient: models.Patient) -> list[views.Stop]:
        """From which of the asked teams' numbers their preferred phone gets no texts, and whether no mails."""
        preferred = ((patient.phone_index, False), (patient.email_index, True))
        return [stop for index, is_mail in preferred if index for stop in self.stops_of(index, is_mail=is_mail)]

    def stops_of(self, index: str, *, is_mail: bool) -> list[views.Stop]:
        """From which of those numbers a phone gets no texts, or that a mailbox gets no mails."""
        wishes = self.wishes.get(index, [])
        return [self._stop(wish, is_mail=is_mail) for wish in wishes if is_mail or wish.sender_id in self.numbers]

    def _stop(self, wish: models.Suppression, *, is_mail: bool) -> views.Stop:
        return views.Stop(
            by="email" if is_mail else "text",
            number=None if is_mail else self.numbers[wish.sender_id].e164,
            at=wish.created_at,
            source=wish.source.value,
        )

    def obstacles(self, patient: models.Patient) -> "Obstacles":
        """What stands in the way of a text and of a mail to this patient: codes of `server/reasons.py`."""
        stops = self.stops(patient)
        is_stopped = _all_stopped(stops, self.senders(patient))
        return Obstacles(
            text=self._paused(patient.phone_index)
            or ("opted_out" if is_stopped else None)
            or self._landline(patient.phone_index),
            mail=self._paused(patient.email_index)
            or ("mail_opted_out" if any(stop.by == "email" for stop in stops) else None),
        )

    def obstacle(self, patient: models.Patient, index: str, *, is_mail: bool) -> str | None:
        """What stands in the way of a secure message to this contact of a patient."""
        senders = {wish.sender_id for wish in self.wishes.get(index, [])}
        if is_mail:
            return self._paused(index) or ("mail_opted_out" if senders else None)
        ours = {number.id for number in self.senders(patient)}
        is_stopped = bool(ours) and senders >= ours
        return self._paused(index) or ("opted_out" if is_stopped else None) or self._landline(index)

    def _landline(self, index: str | None) -> str | None:
        row = self.contacts.get(index) if index else None
        return "landline" if row and row.line is models.Line.LANDLINE else None

    def _paused(self, index: str | None) -> str | None:
        row = self.contacts.get(index) if index else None
        return row.pause if row and row.paused_at else None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Codes of what stands in the way, or None."""

    text: str | None = None
    mail: str | None = None


def _all_stopped(stops: Sequence[views.Stop], senders: Sequence[models.PhoneNumber]) -> bool:
    stopped = {stop.number for stop in stops if stop.by == "text"}
    return bool(senders) and stopped >= {number.e164 for number in senders}


async def of(
    patients: Collection[models.Patient],
    teams: Collection[UUID],
    goes_from: Mapping[tuple[UUID, UUID], UUID],
    further: Collection[str] = (),
) -> Known:
    """What we know of these patients' preferred contacts, and of `further` ones by their indexes, as seen from these
    teams' numbers; three queries however many.
    """
    indexes = [index for patient in patients for index in (patient.phone_index, patient.email_index) if index]
    indexes += further
    contacts = {row.index: row for row in await models.Contact.filter(index__in=indexes)}
    theirs = models.PhoneNumber.filter(team_id__in=list(teams)).exclude(status=models.NumberStatus.RELEASED)
    numbers = {row.id: row for row in await theirs.order_by("created_at")}
    wishes: dict[str, list[models.Suppression]] = {}
    for wish in await models.Suppression.filter(contact_index__in=indexes).order_by("created_at"):
        wishes.setdefault(wish.contact_index, []).append(wish)
    return Known(contacts, numbers, wishes, goes_from)


async def is_stopped(contact: str, sender: UUID) -> datetime | None:
    """Since when this contact wants nothing from this sender (a number of ours, or for mails the organization)."""
    found = await models.Suppression.filter(contact_index=contact, sender_id=sender).first()
    return found.created_at if found else None
