"""What is out of the ordinary in the clinics' audits, and what was raised of it (B91)."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server import keys, models
from server.access import Staff
from server.db import sql
from server.queries import audit_words, guard_views, members, unopened

MANY_PATIENTS = 100
"""Whoever saw more in an hour is asked about it."""
MANY_FAILURES = 20
"""So many failed sign-ins of a clinic in an hour are no mistyping."""
HOUR = timedelta(hours=1)
MOST = 100
NIGHT_ENDS, MONTH = 5, timedelta(days=30)
"""Whoever signs in before five by the clinic's clock, and never did in a month, may be somebody else."""
_ONE_FILE = "file:saved"


class Found(msgspec.Struct, frozen=True):
    """Something that an admin should hear of, and the `mark` by which it is raised once."""

    organization: UUID
    kind: str
    mark: str
    person: UUID | None
    many: int


async def found(now: datetime) -> list[Found]:
    """Of the last hour, in all clinics; seven queries, and one more where somebody signed in at night."""
    since = sql.as_time(now - HOUR)
    return [
        *await _acts(since),
        *await _many(now, "mass_reads", _READS, [since, *_LOOKS, MANY_PATIENTS]),
        *await _many(now, "failures", _FAILURES, [since, MANY_FAILURES]),
        *await _many(now, "uncertain", _UNCERTAIN, [since]),
        *await _many(now, "nobody", _NOBODY, []),
        *await _many(now, "keys", _UNREADABLE, [since]),
        *await _nights(now),
    ]


_TAKES = sorted(did.value for did in audit_words.TOOK_OUT if did.value not in (_ONE_FILE, "audit:taken"))
_KIND_OF = {
    "emergency:begun": "emergency",
    "incident:opened": "misdirected",
    "conversation:opened_up": "opened_up",
    "user:factors_reset": "factors_reset",
}
_LOOKS = sorted(did.value for did in audit_words.LOOKED)
_READS = f"""
SELECT organization_id, actor_id AS person, COUNT(DISTINCT patient_id) AS many FROM "audit_entry"
WHERE at > ? AND actor_kind = 'staff' AND organization_id IS NOT NULL AND did IN ({sql.marks(_LOOKS)})
GROUP BY organization_id, actor_id HAVING COUNT(DISTINCT patient_id) > ?
"""  # noqa: S608 - marks
_FAILURES = """
SELECT organization_id, NULL AS person, COUNT(*) AS many FROM "audit_entry"
WHERE at > ? AND did IN ('sign_in:password', 'sign_in:complete') AND outcome = 'refused' AND organization_id IS NOT NULL
GROUP BY organization_id HAVING COUNT(*) >= ?
"""
_UNCERTAIN = """
SELECT organization_id, NULL AS person, COUNT(*) AS many FROM "delivery"
WHERE created_at > ? AND state = 'uncertain' GROUP BY organization_id
"""

# Their keys are gone or others than they were sealed with: nothing of the clinic's that needs them goes out.
_UNREADABLE = """
SELECT organization_id, NULL AS person, COUNT(*) AS many FROM "delivery"
WHERE taken_at > ? AND reason = 'unreadable' GROUP BY organization_id
"""
_SIGN_INS = """
SELECT a.organization_id, a.actor_id AS person, a.at, o.zone FROM "audit_entry" a
JOIN "organization" o ON o.id = a.organization_id
WHERE a.at > ? AND a.at <= ? AND a.did = 'sign_in:complete' AND a.outcome = 'done' AND a.actor_kind = 'staff'
"""


# A patient waits in what is sensitive, and nobody who works there can open it.
_NOBODY = f"""
SELECT c.organization_id, NULL AS person, COUNT(*) AS many FROM "conversation" c
WHERE c.needs_reply_since IS NOT NULL AND {unopened.NOBODY_OPENS} GROUP BY c.organization_id
"""  # noqa: S608 - our own words


async def _acts(since: object) -> list[Found]:
    """Each of these is told by itself."""
    statement = f"""
    SELECT id, organization_id, did, actor_id FROM "audit_entry" WHERE at > ? AND outcome = 'done'
    AND organization_id IS NOT NULL AND did IN ({sql.marks([*_KIND_OF, *_TAKES])})
    """  # noqa: S608 - marks
    return [
        Found(
            organization=sql.as_id(row["organization_id"]),
            kind=_KIND_OF.get(str(row["did"]), "took_out"),
            mark=f"act:{row['id']}",
            person=sql.as_id(row["actor_id"]) if row["actor_id"] else None,
            many=1,
        )
        for row in await sql.fetch(statement, [since, *_KIND_OF, *_TAKES])
    ]


async def _many(now: datetime, kind: str, statement: str, values: list[object]) -> list[Found]:
    return [
        Found(
            organization=sql.as_id(row["organization_id"]),
            kind=kind,
            mark=f"{kind}:{row['person'] or ''}:{now:%Y%m%d%H}",
            person=sql.as_id(row["person"]) if row["person"] else None,
            many=int(str(row["many"])),
        )
        for row in await sql.fetch(statement, values)
    ]


async def _nights(now: datetime) -> list[Found]:
    """Who signed in by night in this hour, and in no other night of the month."""
    lately = [row for row in await sql.fetch(_SIGN_INS, _between(now - HOUR, now)) if _is_night(row)]
    if not lately:
        return []
    people = sorted({str(row["person"]) for row in lately})
    among = f"{_SIGN_INS} AND a.actor_id IN ({sql.marks(people)})"
    before = await sql.fetch(among, [*_between(now - MONTH, now - HOUR), *map(UUID, people)])
    used_to = {sql.as_id(row["person"]) for row in before if _is_night(row)}
    of_whom = {sql.as_id(row["person"]): sql.as_id(row["organization_id"]) for row in lately}
    return [
        Found(clinic, "night", f"night:{person}:{now:%Y%m%d}", person, 1)
        for person, clinic in of_whom.items()
        if person not in used_to
    ]


def _between(since: datetime, until: datetime) -> list[object]:
    return [sql.as_time(since), sql.as_time(until)]


def _is_night(row: dict[str, object]) -> bool:
    at = sql.from_time(row["at"])
    return at is not None and at.astimezone(ZoneInfo(str(row["zone"]))).hour < NIGHT_ENDS


async def of_clinic(staff: Staff) -> list[guard_views.Alarm]:
    """The newest hundred that were raised; what nobody has looked at stands first."""
    newest = models.ClinicAlarm.filter(organization_id=staff.organization).order_by("-created_at", "-id").limit(MOST)
    rows = sorted(await newest, key=lambda row: row.seen_at is not None)
    people = {row.person_id for row in rows} | {row.seen_by_id for row in rows}
    users = {each.id: each for each in await models.User.filter(id__in=[each for each in people if each])}
    ring = await keys.of(staff.organization)
    return [
        guard_views.Alarm(
            id=row.id,
            kind=row.kind,
            at=row.created_at,
            many=row.many,
            who=members.colleague(users[row.person_id]) if row.person_id in users else None,
            seen_at=row.seen_at,
            seen_by=members.colleague(users[row.seen_by_id]) if row.seen_by_id in users else None,
            note=ring.open("clinic_alarm", "note", row.id, row.note_sealed) if row.note_sealed else "",
        )
        for row in rows
    ]
