"""Clinics of any size, written straight into the tables: by the domain's own verbs 10,000 would take a quarter hour."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from uuid import UUID

from tortoise.models import Model

from bench.staff import signed_in
from server import clock, keys, lexicon, models, people, tokens
from server.db import connect, sql
from server.domain import organizations, streams, teams
from server.vault import Keyring

STAFF = 4
MESSAGES = 4
"""Of each conversation."""
AT_ONCE = 1000
"""Patients whose rows are held in memory."""
FIRST = ("Amara", "Bela", "Ciro", "Dalia", "Edda", "Faro", "Gita", "Hale", "Ivo", "Juna", "Kito", "Lena")
ENDS = ("bert", "dano", "fels", "gard", "heim", "kamp", "land", "mond", "nova", "rell", "sand", "tova")
COMMON = ("refill", "appointment", "results", "question", "tomorrow", "please", "insurance", "pharmacy", "morning")


@dataclass(frozen=True, slots=True)
class Clinic:
    """What is asked of one clinic: the sessions of its staff, its conversations, and how a patient is called."""

    size: int
    sessions: list[str]
    conversations: list[UUID]
    name: str


@dataclass(slots=True)
class _Rows:
    """Everything about the patients, in the order in which tables depend on each other."""

    patients: list[models.Patient] = field(default_factory=list)
    streams: list[models.Stream] = field(default_factory=list)
    names: list[models.NameToken] = field(default_factory=list)
    conversations: list[models.Conversation] = field(default_factory=list)
    messages: list[models.Message] = field(default_factory=list)
    words: list[models.Word] = field(default_factory=list)
    deliveries: list[models.Delivery] = field(default_factory=list)
    receipts: list[models.Receipt] = field(default_factory=list)
    taggings: list[models.Tagging] = field(default_factory=list)
    tasks: list[models.Task] = field(default_factory=list)
    readings: list[models.Reading] = field(default_factory=list)


async def fill(size: int) -> Clinic:
    """One clinic with one team and so many conversations: half are open, a fifth of all wait for a reply."""
    organization = await organizations.create(f"Clinic of {size}", phone="(312) 555-0134", plan=models.Plan.PAID)
    team = await teams.create(organization.id, "Front desk")
    await teams.give_number(team, f"+1312555{size % 9000 + 100:04d}")
    staff = [await _signed_in(team, f"desk{nth}.{size}@clinic.example") for nth in range(STAFF)]
    maker = _Maker(await keys.of(organization.id), team, [user for user, _ in staff], await _tag(organization.id))
    for begin in range(0, size, AT_ONCE):
        await _write(maker.rows(range(begin, min(size, begin + AT_ONCE))))
    return Clinic(size, [token for _, token in staff], maker.threads, maker.called(size // 2))


async def settle(url: str) -> None:
    """Let PostgreSQL look at what was written, as it does by itself in a clinic's life."""
    if not connect.is_sqlite(url):
        await sql.execute("ANALYZE")


class _Maker:
    """Makes patients with their conversations, the same ones each time."""

    def __init__(self, ring: Keyring, team: models.Team, staff: Sequence[UUID], tag: UUID) -> None:
        self.ring, self.team, self.staff, self.tag = ring, team, staff, tag
        self.random = random.Random(team.name)
        self.threads: list[UUID] = []
        self.now = clock.now()

    def called(self, number: int) -> str:
        """The name of a patient, of which there are few."""
        rest, most = number // len(FIRST), len(ENDS)
        last = ENDS[rest % most] + ENDS[rest // most % most] + ENDS[rest // most**2 % most]
        return f"{FIRST[number % len(FIRST)]} {last.title()}"

    def rows(self, numbers: Sequence[int]) -> _Rows:
        """The rows of these patients."""
        made = _Rows()
        for number in numbers:
            patient = self._patient(made, number)
            self._thread(made, patient, number)
        return made

    def _patient(self, made: _Rows, number: int) -> models.Patient:
        first, last = self.called(number).split()
        row = models.Patient(id=tokens.new_id(), organization_id=self.ring.organization, created_at=self.now)
        for name, value in (("first_name", first), ("last_name", last), ("phone", f"+1312{5560000 + number}")):
            setattr(row, f"{name}_sealed", self.ring.seal("patient", name, row.id, value))
        row.phone_index = self.ring.blind("phone", f"+1312{5560000 + number}")
        made.patients.append(row)
        about = {"organization_id": row.organization_id}
        made.streams.append(models.Stream(id=row.id, **about, of=models.StreamOf.PATIENT, epoch="bench"))
        for begins in people.beginnings(f"{first} {last}"):
            token = self.ring.blind("name", begins)
            made.names.append(
                models.NameToken(id=tokens.new_id(), created_at=self.now, patient_id=row.id, **about, token=token)
            )
        return row

    def _thread(self, made: _Rows, patient: models.Patient, number: int) -> None:
        is_open, waits = number % 2 == 0, number % 5 == 0
        began = self.now - timedelta(minutes=20 * number + 100)
        row = models.Conversation(
            id=tokens.new_id(),
            organization_id=patient.organization_id,
            team_id=self.team.id,
            patient_id=patient.id,
            created_at=began,
            updated_at=began,
            is_open=is_open or waits,
            is_priority=number % 50 == 0,
            needs_reply_since=began if waits else None,
            assignee_id=self.staff[number % len(self.staff)] if number % 3 == 0 else None,
            last_number=MESSAGES,
            last_from_patient=waits,
            open_tasks=number % 10 == 0,
            snoozed_until=self.now + timedelta(days=9) if is_open and number % 14 == 2 else None,
        )
        made.conversations.append(row)
        self.threads.append(row.id)
        for nth in range(1, MESSAGES + 1):
            is_theirs = waits if nth == MESSAGES else nth % 2 == 1
            row.last_message_id = self._message(made, row, nth, is_theirs=is_theirs).id
        self._beside(made, row, number)

    def _message(self, made: _Rows, thread: models.Conversation, number: int, *, is_theirs: bool) -> models.Message:
        text = self._text()
        id_, at = tokens.new_id(), thread.created_at + timedelta(minutes=number)
        writer = thread.patient_id if is_theirs else self.staff[number % len(self.staff)]
        row = models.Message(
            id=id_,
            created_at=at,
            conversation_id=thread.id,
            number=number,
            rev=number,
            author_id=writer,
            user_id=None if is_theirs else writer,
            patient_id=writer if is_theirs else None,
            via=models.Via.PORTAL if is_theirs else models.Via.SECURE_SMS,
            key=f"m{number}",
            fingerprint="bench",
            body_sealed=self.ring.seal("message", "body", id_, text),
        )
        made.messages.append(row)
        about = {"created_at": at, "organization_id": thread.organization_id, "conversation_id": thread.id}
        for token in lexicon.tokens(self.ring, lexicon.distinct(text)):
            made.words.append(models.Word(id=tokens.new_id(), **about, said_id=id_, token=token))
        if not is_theirs:
            self._sent(made, row, about)
        return row

    def _sent(self, made: _Rows, message: models.Message, about: dict[str, object]) -> None:
        id_ = tokens.new_id()
        made.deliveries.append(
            models.Delivery(
                id=id_,
                **about,
                message_id=message.id,
                carries=models.Carries.NOTICE_SMS,
                to_sealed=self.ring.seal("delivery", "to", id_, "+13125560000"),
                ref=id_,
                state=models.State.DELIVERED,
                changed_at=message.created_at,
                next_at=message.created_at,
            )
        )
        patient = made.patients[-1].id
        session, viewed = tokens.new_id(), {"patient_id": patient, "viewer_id": patient, "created_at": self.now}
        made.receipts.append(models.Receipt(id=tokens.new_id(), message_id=message.id, session_id=session, **viewed))

    def _beside(self, made: _Rows, thread: models.Conversation, number: int) -> None:
        about = {"created_at": self.now, "conversation_id": thread.id}
        if number % 3 == 0:
            made.taggings.append(models.Tagging(id=tokens.new_id(), **about, tag_id=self.tag))
        if thread.open_tasks:
            where = {"organization_id": thread.organization_id, "team_id": thread.team_id}
            made.tasks.append(models.Task(id=tokens.new_id(), **about, **where, kind=models.TaskKind.CALL_UNREAD))
        for user in self.staff if number % 3 else ():
            made.readings.append(models.Reading(id=tokens.new_id(), **about, user_id=user, number=MESSAGES - 1))

    def _text(self) -> str:
        rare = [f"{self.random.choice(ENDS)}{self.random.choice(ENDS)}{self.random.randrange(100)}" for _ in range(3)]
        return " ".join([*self.random.sample(COMMON, 3), *rare])


async def _write(made: _Rows) -> None:
    tables: list[Sequence[Model]] = [getattr(made, each.name) for each in fields(made)]
    for rows in tables:
        if rows:
            await type(rows[0]).bulk_create(rows)


async def _tag(organization: UUID) -> UUID:
    ring, tag = await keys.of(organization), tokens.new_id()
    await models.Tag.create(
        id=tag,
        created_at=clock.now(),
        organization_id=organization,
        name_sealed=ring.seal("tag", "name", tag, "Refill"),
        name_index=ring.blind("tag", "refill"),
        colour=models.Colour.TEAL,
    )
    return tag


async def _signed_in(team: models.Team, address: str) -> tuple[UUID, str]:
    user = await models.User.create(
        organization_id=team.organization_id,
        email=address,
        name="Busy Person",
        password_hash="",
        created_at=clock.now(),
    )
    await streams.begin(user.id, team.organization_id, models.StreamOf.USER)
    await teams.add(team.id, user.id)
    return user.id, await signed_in(user.id)
