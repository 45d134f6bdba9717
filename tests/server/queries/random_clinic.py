"""A made-up past of a clinic, written straight into the tables: what reports count, and what they must not."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from server import models, tokens
from server.models import BroadcastState, Carries, EventKind, RecipientState, State, StopSource, Via
from server.models.base import Record
from tests.world import World

BEGINS = datetime(2025, 10, 28, 3, tzinfo=UTC)
LASTS = timedelta(days=9)
"""Chicago put its clocks back on 2 November."""
LANGUAGES = ("en", "en", "es", "ar")
CARRIES = {Via.SMS: Carries.TEXT, Via.SECURE_SMS: Carries.NOTICE_SMS, Via.SECURE_EMAIL: Carries.NOTICE_EMAIL}
STATES = (State.DELIVERED, State.DELIVERED, State.SENT, State.FAILED, State.FAILED, State.UNCERTAIN, State.CANCELLED)
REASONS = ("absent", "landline", None)


class Past:
    """Makes it, by a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.dice = world, random.Random(seed)
        self.teams = list(world.mercy.teams.values())
        self.broadcasts: dict[object, models.Broadcast] = {}
        self.rows: list[Any] = []

    async def happen(self, patients: int = 24) -> None:
        """All of it, and the same of another clinic's patient, which nobody may count."""
        for team in self.teams:
            self.broadcasts[team.id] = self._broadcast(team)
        for _ in range(patients):
            self._patient()
        for _ in range(15):
            self._wish()
        self._live(self.world.lena, self.world.lakeside.teams["Front desk"])
        kinds = [models.Patient, models.Conversation, models.Broadcast, models.Message, models.Event, models.Delivery]
        kinds += [models.Receipt, models.BroadcastRecipient, models.PortalLink, models.PortalSession]
        kinds += [models.IdentityTry, models.OptOut, models.Suppression]
        for kind in kinds:
            await kind.bulk_create([row for row in self.rows if type(row) is kind])

    def _some(self, table: type[Record], at: datetime, /, **values: object) -> Any:
        row = table(id=tokens.new_id(), created_at=at, **values)
        self.rows.append(row)
        return row

    def _at(self) -> datetime:
        return BEGINS + LASTS * self.dice.random()

    def _is(self, chance: float) -> bool:
        return self.dice.random() < chance

    def _patient(self) -> None:
        phone, email = (uuid4().hex if self._is(0.7) else None for _ in range(2))
        patient = self._some(
            models.Patient,
            BEGINS,
            organization_id=self.world.mercy.organization.id,
            language=self.dice.choice(LANGUAGES),
            phone_index=phone,
            email_index=email,
            archived_at=BEGINS if self._is(0.05) else None,
            deceased_at=BEGINS if self._is(0.05) else None,
        )
        for team in self.teams:
            if self._is(0.6):
                self._live(patient, team)
        self._stop(phone, email)

    def _stop(self, phone: str | None, email: str | None) -> None:
        clinic = self.world.mercy
        senders = [(phone, number.id) for number in clinic.numbers.values()] + [(email, clinic.organization.id)]
        for contact, sender in senders:
            if contact and self._is(0.3):
                self._some(
                    models.Suppression,
                    self._at(),
                    organization_id=clinic.organization.id,
                    contact_index=contact,
                    sender_id=sender,
                    source=StopSource.KEYWORD,
                )

    def _live(self, patient: Any, team: models.Team) -> None:
        talk = self._some(
            models.Conversation, BEGINS, organization_id=team.organization_id, team_id=team.id, patient_id=patient.pk
        )
        times = sorted(self._at() for _ in range(self.dice.randrange(12)))
        is_done, number = False, 0
        for at in times:
            if number and is_done and self._is(0.3):
                is_done = False
                self._event(talk, at, number, EventKind.REOPENED, None)
            elif number and not is_done and self._is(0.2):
                is_done = True
                self._event(talk, at, number, EventKind.DONE, "not_needed" if self._is(0.7) else None)
            else:
                number, is_done = number + 1, False
                self._message(talk, at, number)
        talk.updated_at = times[-1] if times else BEGINS
        # As soon as somebody may wait still: nobody is kept out of what the reports look at.
        talk.needs_reply_since = BEGINS if self._is(0.5) else None
        self._presses(talk)

    def _event(self, talk: Any, at: datetime, number: int, kind: EventKind, why: str | None) -> None:
        organization = talk.organization_id
        self._some(
            models.Event, at, organization_id=organization, conversation_id=talk.pk, number=number, kind=kind, why=why
        )

    def _message(self, talk: Any, at: datetime, number: int) -> None:
        is_staff, broadcast = self._is(0.55), None
        if is_staff and talk.team_id in self.broadcasts and self._is(0.25):
            broadcast = self.broadcasts[talk.team_id]
        via = self.dice.choice(list(CARRIES)) if is_staff else Via.PORTAL
        message = self._some(
            models.Message,
            at,
            conversation_id=talk.pk,
            number=number,
            rev=number,
            author_id=self.world.dana.user,
            user_id=self.world.dana.user if is_staff else None,
            patient_id=None if is_staff else talk.patient_id,
            via=via,
            key=str(number),
            fingerprint="",
            body_sealed=b"",
            recalled_at=at if self._is(0.1) else None,
            broadcast_id=broadcast.id if broadcast else None,
        )
        if is_staff:
            self._send(talk, message, at)
        if broadcast:
            self._receive(talk, message, broadcast)

    def _send(self, talk: Any, message: Any, at: datetime) -> None:
        for _ in range(self.dice.randrange(3)):
            state = self.dice.choice(STATES)
            taken = at + timedelta(minutes=self.dice.randrange(600)) if self._is(0.9) else None
            self._some(
                models.Delivery,
                at,
                organization_id=talk.organization_id,
                conversation_id=talk.pk,
                message_id=message.pk,
                carries=CARRIES[message.via],
                to_sealed=b"",
                ref=uuid4(),
                state=state,
                reason=self.dice.choice(REASONS) if state is State.FAILED else None,
                changed_at=at,
                next_at=at,
                taken_at=taken,
            )
        if self._is(0.4):
            seen = at + timedelta(hours=10) + timedelta(hours=96) * self.dice.random()
            values = {"patient_id": talk.patient_id, "viewer_id": talk.patient_id, "session_id": uuid4()}
            self._some(models.Receipt, seen, message_id=message.pk, **values)

    def _receive(self, talk: Any, message: Any, broadcast: models.Broadcast) -> None:
        if any(
            isinstance(row, models.BroadcastRecipient)
            and (row.broadcast_id, row.patient_id) == (broadcast.id, talk.patient_id)
            for row in self.rows
        ):
            return
        state = self.dice.choice([RecipientState.POSTED] * 4 + list(RecipientState))
        is_posted = state is RecipientState.POSTED
        self._some(
            models.BroadcastRecipient,
            BEGINS,
            broadcast_id=broadcast.id,
            number=len(self.rows),
            patient_id=talk.patient_id,
            via=message.via,
            language="en",
            state=state,
            message_id=message.pk if is_posted else None,
            replied_at=self._at() if is_posted and self._is(0.4) else None,
        )

    def _broadcast(self, team: models.Team) -> models.Broadcast:
        row = self._some(
            models.Broadcast,
            BEGINS,
            organization_id=team.organization_id,
            team_id=team.id,
            user_id=self.world.dana.user,
            key=str(team.id),
            title_sealed=b"",
            words_sealed=b"",
            audience_sealed=b"",
            state=BroadcastState.RUNNING,
            began_at=self._at(),
        )
        assert isinstance(row, models.Broadcast)
        return row

    def _presses(self, talk: Any) -> None:
        link = self._some(
            models.PortalLink,
            BEGINS,
            organization_id=talk.organization_id,
            conversation_id=talk.pk,
            patient_id=talk.patient_id,
            token_hash=uuid4().hex,
            contact_index="",
            expires_at=BEGINS,
        )
        for _ in range(self.dice.randrange(3)):
            at = self._at()
            session = self._some(
                models.PortalSession,
                at,
                link_id=link.pk,
                organization_id=talk.organization_id,
                conversation_id=talk.pk,
                patient_id=talk.patient_id,
                token_hash=uuid4().hex,
                verified_at=at if self._is(0.6) else None,
                seen_at=at,
                ends_at=at,
            )
            for _ in range(self.dice.choice((0, 0, 1, 3))):
                paused = at if self._is(0.3) else None
                values = {"organization_id": talk.organization_id, "conversation_id": talk.pk, "asked": "birth_date"}
                self._some(models.IdentityTry, at, session_id=session.pk, paused_until=paused, **values)

    def _wish(self) -> None:
        clinic = self.world.mercy
        senders: Sequence[object] = [number.id for number in clinic.numbers.values()]
        if self._is(0.4):
            senders = [clinic.organization.id]
        contact, at, stops = self.dice.choice("abcd"), self._at(), self._is(0.7)
        for sender in senders:
            self._some(
                models.OptOut,
                at,
                organization_id=clinic.organization.id,
                contact_index=contact,
                sender_id=sender,
                stops=stops,
                source=StopSource.KEYWORD,
            )
