"""The only way to load a record on somebody's behalf. What is absent and what is somebody else's look the same."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from server import clock, errors, models, opening, tokens
from server.db import sql
from server.db.prepared import Prepared
from server.programs import Program

STAFF_IDLE = timedelta(seconds=900)
STAFF_LOCK = timedelta(seconds=600)
PORTAL_IDLE = timedelta(seconds=900)


def use_limits(*, staff_idle: int, staff_lock: int, portal_idle: int) -> None:
    """Take the idle limits (seconds) from the settings; `boot` calls this."""
    global STAFF_IDLE, STAFF_LOCK, PORTAL_IDLE
    STAFF_IDLE, STAFF_LOCK, PORTAL_IDLE = (
        timedelta(seconds=seconds) for seconds in (staff_idle, staff_lock, portal_idle)
    )


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in member of staff as of now: who, where, and which inboxes they may write in and read.

    `locked`: their screens are, so that nothing is done or shown but what unlocks them (`whoever`). `opens` are the
    sensitive conversations that are theirs to open; `glass` the patients all of whom they may read, for a time, each
    with the id of the glass they broke for it.
    """

    user: UUID
    name: str
    role: models.Role
    organization: UUID
    session: UUID
    ends_at: datetime
    member_of: frozenset[UUID]
    reads: frozenset[UUID]
    locked: bool = False
    opens: frozenset[UUID] = frozenset()
    glass: frozenset[tuple[UUID, UUID]] = frozenset()

    @property
    def streams(self) -> tuple[UUID, ...]:
        """The Streams their screens follow: their teams', their own and their organization's."""
        return (*sorted(self.reads), self.user, self.organization)

    def sees(self, conversation: models.Conversation) -> bool:
        """Whether it stands in their lists; in SQL it is `queries/sight.py` that says so."""
        return conversation.team_id in self.reads and (not conversation.is_sensitive or conversation.id in self.opens)

    def may_open(self, conversation: models.Conversation) -> bool:
        """Whether they may read it: also what only a broken glass shows them."""
        return self.sees(conversation) or any(patient == conversation.patient_id for patient, _ in self.glass)


@dataclass(frozen=True, slots=True)
class PortalPatient:
    """Who proved on one phone who they are: the patient, or a `proxy` of theirs. Where they read in this request.

    `conversation` is the one that their link led to, unless the request chose another (`portal_conversation`). `teams`
    are those whose conversations a proxy may see; None: every team's, as the patient.
    """

    patient: UUID
    organization: UUID
    conversation: UUID
    session: UUID
    link: UUID
    ends_at: datetime
    scripted: bool
    proxy: UUID | None = None
    teams: frozenset[UUID] | None = None

    @property
    def viewer(self) -> UUID:
        """Whose eyes these are: the proxy's id, else the patient's."""
        return self.proxy or self.patient

    @property
    def streams(self) -> tuple[UUID, ...]:
        """A portal socket follows the patient's Stream only."""
        return (self.patient,)


Reader = Staff | Program
"""Who may look at records of a clinic."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a session still holds, and what it may follow now; `code` is the socket's close code if it does not.

    `teams` are those whose conversations a proxy may see now; None: every team's. `opens`: the sensitive conversations
    that are theirs to open.
    """

    alive: bool
    code: int
    streams: frozenset[UUID]
    teams: frozenset[UUID] | None = None
    opens: frozenset[UUID] = frozenset()


# One statement for every request and every socket: a row for each team of the clinic, with whether it is theirs.
# Who it is comes first, by itself: what they may open is looked up once, and not for each team again.
_WHOSE = """
WITH whose AS MATERIALIZED (
    SELECT s.id AS session, s.ends_at, s.seen_at, s.locked_at, u.id AS person, u.name, u.role, u.organization_id,
           {opens} AS opens, {glass} AS glass
    FROM "staff_session" s JOIN "user" u ON u.id = s.user_id
    WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.complete AND u.active
)
SELECT whose.*, t.id AS team, m.id AS own FROM whose
LEFT JOIN "team" t ON t.organization_id = whose.organization_id
LEFT JOIN "membership" m ON m.team_id = t.id AND m.user_id = whose.person
"""


async def staff(token: str) -> Staff | None:
    """Whose complete, living session this cookie is; nobody's while its screens are locked."""
    found = await whoever(token)
    return None if found is None or found.locked else found


async def whoever(token: str) -> Staff | None:
    """The same, also while its screens are locked: for the doors, which say so, and for what unlocks them."""
    whose = _WHOSE.format(opens=opening.opens_column("u.id"), glass=opening.glass_column("s.id"))
    rows = await sql.fetch(whose, [tokens.hash_of(token)])
    if not rows:
        return None
    first, now = rows[0], clock.now()
    ends_at, seen_at = sql.from_time(first["ends_at"]), sql.from_time(first["seen_at"])
    if ends_at is None or ends_at <= now or seen_at is None or seen_at + STAFF_IDLE <= now:
        return None
    member_of = frozenset(sql.as_id(row["team"]) for row in rows if row["own"])
    role = models.Role(str(first["role"]))
    everybody = frozenset(sql.as_id(row["team"]) for row in rows if row["team"])
    return Staff(
        user=sql.as_id(first["person"]),
        name=str(first["name"]),
        role=role,
        organization=sql.as_id(first["organization_id"]),
        session=sql.as_id(first["session"]),
        ends_at=ends_at,
        member_of=member_of,
        reads=everybody if role is models.Role.SUPERVISOR else member_of,
        locked=first["locked_at"] is not None,
        opens=opening.opens_of(first["opens"]),
        glass=opening.glass_of(first["glass"], now),
    )


async def half_signed_in(token: str) -> models.StaffSession | None:
    """The living session of somebody who gave the password and still owes the code."""
    now = clock.now()
    chosen = models.StaffSession.filter(
        token_hash=tokens.hash_of(token), ended_at=None, ends_at__gt=now, seen_at__gt=now - STAFF_IDLE, complete=False
    )
    session = await chosen.select_related("user").first()
    return session if session and session.user.active else None


async def _teams_of(users: Collection[models.User]) -> dict[UUID, tuple[frozenset[UUID], frozenset[UUID]]]:
    """Each user's own teams and readable teams: one query, two where a supervisor is among them."""
    pairs = await models.Membership.filter(user_id__in=[user.id for user in users]).values_list("user_id", "team_id")
    watching = {user.organization_id for user in users if user.role is models.Role.SUPERVISOR}
    all_teams = (
        await models.Team.filter(organization_id__in=watching).values_list("organization_id", "id") if watching else []
    )
    found = {}
    for user in users:
        own = frozenset(team for who, team in pairs if who == user.id)
        watched = {team for where, team in all_teams if where == user.organization_id}
        found[user.id] = (own, own | watched if user.role is models.Role.SUPERVISOR else own)
    return found


async def portal_patient(token: str) -> PortalPatient | None:
    """Whose verified, living portal session this cookie is."""
    session = await portal_session(token)
    return patient_of(session) if session else None


def patient_of(session: models.PortalSession) -> PortalPatient | None:
    """Who reads in a living portal session, once they have proved who they are."""
    if session.verified_at is None:
        return None
    proxy = session.link.proxy
    return PortalPatient(
        patient=session.patient_id,
        organization=session.organization_id,
        conversation=session.conversation_id,
        session=session.id,
        link=session.link_id,
        ends_at=min(session.ends_at, proxy.ends_at) if proxy and proxy.ends_at else session.ends_at,
        scripted=session.scripted,
        proxy=proxy.id if proxy else None,
        teams=proxy.teams if proxy else None,
    )


async def portal_session(token: str) -> models.PortalSession | None:
    """The living portal session of this cookie, verified or only pressed; its link is loaded with it."""
    now = clock.now()
    session = (
        await models.PortalSession.filter(token_hash=tokens.hash_of(token), ended_at=None, ends_at__gt=now)
        .select_related("link__proxy")
        .first()
    )
    if session is None or session.seen_at + PORTAL_IDLE <= now or not link_lives(session.link):
        return None
    return session


def link_lives(link: models.PortalLink) -> bool:
    """Whether a portal link still opens; one of a proxy's, which comes with its proxy, only while they may read."""
    now = clock.now()
    if link.revoked_at or link.expires_at <= now:
        return False
    return link.proxy_id is None or (link.proxy is not None and link.proxy.lives(now))


async def portal_conversation(reader: PortalPatient, conversation_id: UUID) -> PortalPatient:
    """The same reader in another conversation of the patient's that they may see.

    :raises Refusal: `unknown`
    """
    if not await portal_conversations(reader).filter(id=conversation_id).exists():
        raise errors.unknown()
    return replace(reader, conversation=conversation_id)


def portal_conversations(reader: PortalPatient) -> QuerySet[models.Conversation]:
    """The patient's conversations that this reader may see, with whichever team, closed ones too."""
    theirs = models.Conversation.filter(patient_id=reader.patient, organization_id=reader.organization)
    return theirs if reader.teams is None else theirs.filter(team_id__in=list(reader.teams))


async def conversation(staff: Reader, conversation_id: UUID) -> models.Conversation:
    """A conversation that this person, or program, may read: of a team of theirs, unless it is sensitive and they are
    not named; or of a patient for whom they broke the glass.

    :raises Refusal: `unknown`
    """
    found = await models.Conversation.filter(id=conversation_id, organization_id=staff.organization).first()
    if found is None or not staff.may_open(found):
        raise errors.unknown()
    return found


LOCKED = Prepared(lambda chosen: models.Conversation.filter(id=chosen).select_for_update(no_key=True))
"""A conversation by its id, locked; whose it is, its asker has to look."""


async def own_conversation(staff: Staff, conversation_id: UUID) -> models.Conversation:
    """The same, locked for a verb of a member of its team.

    :raises Refusal: `unknown`, or `not_allowed` for who only observes
    """
    found = await LOCKED.first(conversation_id)
    if found is None:
        raise errors.unknown()
    must_take_part(staff, found)
    return found


def must_take_part(staff: Staff, conversation: models.Conversation) -> None:
    """Of a conversation: they see it, and are in its team. Who broke the glass for it only reads.

    :raises Refusal: `unknown`, `not_allowed`
    """
    if staff.may_open(conversation) and not staff.sees(conversation):
        sentence = "You only read this patient for a time. Ask somebody of the team to write or change things here."
        raise errors.Refusal(errors.Kind.FORBIDDEN, "not_allowed", sentence)
    if not staff.sees(conversation):
        raise errors.unknown()
    must_be_member(staff, conversation.team_id)


def must_be_member(staff: Staff, team: UUID) -> None:
    """A supervisor reads every team's inbox and writes only in their own.

    :raises Refusal: `unknown` for a team they cannot see, `not_allowed` for one they only observe
    """
    if team not in staff.reads:
        raise errors.unknown()
    if team not in staff.member_of:
        sentence = "You are observing this team. Only its members can write and change things here."
        raise errors.Refusal(errors.Kind.FORBIDDEN, "not_allowed", sentence)


async def patient(staff: Reader, patient_id: UUID) -> models.Patient:
    """A directory entry of the reader's own organization. One that was merged into another is not there.

    :raises Refusal: `unknown`
    """
    found = await models.Patient.filter(id=patient_id, organization_id=staff.organization, merged_into_id=None).first()
    if found is None:
        raise errors.unknown()
    return found


async def file(staff: Staff, file_id: UUID) -> models.File:
    """A file that is here: of a message in an inbox this person may read, one that they are about to send, or a paper
    of a patient of their clinic's.

    :raises Refusal: `unknown`
    """
    kept = models.File.filter(id=file_id, organization_id=staff.organization, state=models.FileState.KEPT)
    found = await kept.select_related("message__conversation").first()
    if found is None:
        raise errors.unknown()
    if found.message is not None and not staff.may_open(found.message.conversation):
        raise errors.unknown()
    if found.message is None and found.patient_id is None and not await _is_unsent_of(staff.user, file_id):
        raise errors.unknown()
    return found


async def own_file(reader: PortalPatient, file_id: UUID) -> models.File:
    """A file of a message in any conversation that this reader may see, unless it was taken back; or one that they are
    about to send.

    :raises Refusal: `unknown`
    """
    kept = models.File.filter(id=file_id, organization_id=reader.organization, state=models.FileState.KEPT)
    mine = kept.filter(message__conversation__patient_id=reader.patient, message__recalled_at=None)
    if reader.teams is not None:
        mine = mine.filter(message__conversation__team_id__in=list(reader.teams))
    found = await (mine.filter(message__patient_only=False) if reader.proxy else mine).first()
    if found is None and await _is_unsent_of(reader.viewer, file_id):
        found = await kept.filter(message_id=None).first()
    if found is None:
        raise errors.unknown()
    return found


async def _is_unsent_of(owner: UUID, upload: UUID) -> bool:
    own = models.Upload.filter(id=upload, owner_id=owner, message_id=None, state=models.UploadState.KEPT)
    return await own.exists()


async def standing(staff_sessions: Collection[UUID], portal_sessions: Collection[UUID]) -> dict[UUID, Standing]:
    """What these sessions may still do, asked for all sockets of a process at once; absent ones are over."""
    return {**await _staff_standing(staff_sessions), **await _portal_standing(portal_sessions)}


async def _staff_standing(ids: Collection[UUID]) -> dict[UUID, Standing]:
    if not ids:
        return {}
    now = clock.now()
    sessions = await models.StaffSession.filter(id__in=list(ids), ended_at=None, complete=True).select_related("user")
    teams = await _teams_of({session.user.id: session.user for session in sessions}.values())
    opens = await opening.opened_by({session.user.id for session in sessions})
    found = {}
    for session in sessions:
        user = session.user
        lives = user.active and session.ends_at > now and session.seen_at + STAFF_IDLE > now
        code = 4506 if lives and session.locked_at else 4501
        streams = frozenset((*teams[user.id][1], user.id, user.organization_id))
        found[session.id] = Standing(
            alive=lives and session.locked_at is None, code=code, streams=streams, opens=opens.get(user.id, frozenset())
        )
    return found


async def _portal_standing(ids: Collection[UUID]) -> dict[UUID, Standing]:
    if not ids:
        return {}
    now = clock.now()
    sessions = await models.PortalSession.filter(id__in=list(ids)).select_related("link__proxy")
    found = {}
    for session in sessions:
        lives = link_lives(session.link)
        is_used = session.ended_at is None and session.ends_at > now and session.seen_at + PORTAL_IDLE > now
        code = 4501 if lives else 4502
        teams = session.link.proxy.teams if session.link.proxy else None
        streams = frozenset((session.patient_id,))
        found[session.id] = Standing(alive=lives and is_used, code=code, streams=streams, teams=teams)
    return found
