"""Whom of many a broadcast would reach, by which way, and who is left out and why: asked of the gate in bulk."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from server import keys, models, notices
from server.domain import gate
from server.models import Broadcast, BroadcastWay, Carries, Prefers, RecipientState, Via
from server.queries import news, numbers
from server.queries import standing as standings
from server.queries.audiences import in_turn
from server.vault import Keyring

AT_ONCE = 200
"""Others' requests are answered between so many and so many."""
FALLBACK = "en"
CARRIES = {Via.SMS: Carries.TEXT, Via.SECURE_SMS: Carries.NOTICE_SMS, Via.SECURE_EMAIL: Carries.NOTICE_EMAIL}
_ONE = {
    BroadcastWay.SMS: (Via.SMS,),
    BroadcastWay.SECURE_SMS: (Via.SECURE_SMS,),
    BroadcastWay.SECURE_EMAIL: (Via.SECURE_EMAIL,),
}


@dataclass(slots=True)
class Weighed:
    """What would become of one patient."""

    patient: UUID
    via: Via
    language: str
    contact: str | None
    segments: int
    state: RecipientState = RecipientState.WAITING
    why: str | None = None


@dataclass(slots=True)
class Scales:
    """What is the same for all of them; `given` are the phones that a plain text goes to already."""

    row: Broadcast
    texts: dict[str, str]
    organization: models.Organization
    number: models.PhoneNumber | None
    ring: Keyring
    given: set[str] = field(default_factory=set)

    def weigh(self, patient: models.Patient, known: standings.Many) -> Weighed:
        """One patient: by the first way that nothing stands in, else left out for what stands in the first."""
        left: Weighed | None = None
        for via in self._ways(patient):
            tried = self._by(via, patient)
            standing = self._standing(tried, known)
            tried.why = self._why(tried, patient, standing)
            # Another way than theirs is used only if they agreed to it (45 CFR 164.522(b)).
            if tried.why is None and left and via is Via.SECURE_EMAIL and not standing.mails:
                tried.why = "no_email_consent"
            if tried.why is None:
                return self._goes(tried)
            left = left or tried
        if left is None:
            raise AssertionError("every rule names a way")
        left.state, left.segments = RecipientState.LEFT_OUT, 0
        return left

    def _ways(self, patient: models.Patient) -> tuple[Via, ...]:
        if self.row.way is not BroadcastWay.SECURE:
            return _ONE[self.row.way]
        first = (Via.SECURE_SMS, Via.SECURE_EMAIL)
        return first[::-1] if patient.prefers is Prefers.EMAIL else first

    def _by(self, via: Via, patient: models.Patient) -> Weighed:
        language = patient.language if patient.language in self.texts else FALLBACK
        contact = patient.email_index if via is Via.SECURE_EMAIL else patient.phone_index
        segments = {Via.SMS: notices.segments_of(self.texts[language]), Via.SECURE_SMS: 1}.get(via, 0)
        return Weighed(patient.id, via, language, contact, segments)

    def _standing(self, tried: Weighed, known: standings.Many) -> standings.Standing:
        number = self.number.id if self.number else None
        sender = self.organization.id if tried.via is Via.SECURE_EMAIL else number
        return known.of(tried.patient, tried.contact, sender)

    def _why(self, tried: Weighed, patient: models.Patient, standing: standings.Standing) -> str | None:
        asked = gate.Asked(
            path=path_of(self.row),
            organization=self.organization,
            patient=patient,
            conversation=models.Conversation(organization_id=self.organization.id, team_id=self.row.team_id),
            carries=CARRIES[tried.via],
            number=self.number,
        )
        if why := next(gate.in_the_way(asked, standing, self.ring), None):
            return why
        if standing.may_be_opt_out:
            return "maybe_opt_out"
        return "same_phone" if tried.via is Via.SMS and tried.contact in self.given else None

    def _goes(self, weighed: Weighed) -> Weighed:
        if weighed.via is Via.SMS and weighed.contact:
            self.given.add(weighed.contact)
        return weighed


def path_of(row: Broadcast) -> gate.Path:
    """What the gate is asked for a broadcast."""
    return gate.Path.NEWS if row.is_news else gate.Path.BROADCAST


async def weigh(row: Broadcast, texts: dict[str, str], patients: Sequence[UUID]) -> list[Weighed]:
    """All of them, in this order; six queries for each two hundred."""
    organization = await models.Organization.get(id=row.organization_id)
    number = await numbers.of_team(row.team_id)
    scales = Scales(row, texts, organization, number, await keys.of(row.organization_id))
    senders = [organization.id, *([number.id] if number else [])]
    found: list[Weighed] = []
    for some in in_turn(patients, AT_ONCE):
        there = {each.id: each for each in await models.Patient.filter(id__in=list(some))}
        known = await standings.of_many(
            list(there.values()),
            organization=organization.id,
            team=row.team_id,
            senders=senders,
            news=await news.of(list(there), organization=organization.id, beside=row.id) if row.is_news else {},
        )
        found += [scales.weigh(there[patient], known) for patient in some if patient in there]
        await asyncio.sleep(0)
    return found
