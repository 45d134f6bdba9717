"""Who saw a patient with whom they have nothing to do at work, as far as that can be told from what is on record."""

from datetime import datetime
from uuid import UUID

import msgspec

from server import keys, models, people
from server.access import Staff
from server.audit import Did
from server.db import sql
from server.queries import actors, audit_words, cursors, guard_views
from server.queries import people as who

PAGE = 50
LONGEST_TOKEN = 12
"""So many letters of a name are found (`people.beginnings`)."""
_DUTIES = {
    Did.AUDIT_READ,
    Did.ACCESS_REVIEWED,
    Did.INCIDENT_READ,
    Did.INCIDENT_CLOSED,
    Did.INCIDENT_EXPORTED,
    Did.GLASS_ENDED,
}
"""What an admin looks into is why they looked."""
_LOOKS = sorted(did.value for did in audit_words.SAW - _DUTIES)


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    reader: UUID
    patient: UUID


# Of each reader and patient what nobody has looked into yet, and each of the reasons to.
_UNUSUAL = """
WITH seen AS (
    SELECT a.actor_id AS reader, a.patient_id AS patient, COUNT(*) AS times, MIN(a.at) AS began, MAX(a.at) AS ended,
           MAX(CASE WHEN a.did = 'emergency:begun' THEN 1 ELSE 0 END) AS emergency
    FROM "audit_entry" a
    WHERE a.organization_id = ? AND a.at > ? AND a.actor_kind = 'staff' AND a.patient_id IS NOT NULL
    AND a.outcome = 'done' AND a.did IN ({looks})
    AND NOT EXISTS (SELECT 1 FROM "access_review" r
                    WHERE r.reader_id = a.actor_id AND r.seen_id = a.patient_id AND r.until >= a.at)
    GROUP BY a.actor_id, a.patient_id
), told AS (
    SELECT s.reader, s.patient, s.times, s.began, s.ended, s.emergency,
           CASE WHEN EXISTS (SELECT 1 FROM {names} k JOIN "name_token" n ON n.token = k.token
                             WHERE k.person = CAST(s.reader AS VARCHAR(36)) AND n.patient_id = s.patient)
                THEN 1 ELSE 0 END AS surname,
           CASE WHEN EXISTS (SELECT 1 FROM {mails} m WHERE m.mail = p.email_index
                             OR EXISTS (SELECT 1 FROM "patient_contact" f
                                        WHERE f.patient_id = p.id AND f."index" = m.mail))
                THEN 1 ELSE 0 END AS colleague,
           CASE WHEN EXISTS (SELECT 1 FROM "conversation" c WHERE c.patient_id = s.patient
                             AND (u.role = 'supervisor'
                                  OR EXISTS (SELECT 1 FROM "membership" b
                                             WHERE b.team_id = c.team_id AND b.user_id = s.reader)))
                THEN 0 ELSE 1 END AS elsewhere
    FROM seen s JOIN "patient" p ON p.id = s.patient JOIN "user" u ON u.id = s.reader
    WHERE p.organization_id = ?
)
SELECT * FROM told WHERE emergency + surname + colleague + elsewhere > 0 {after}
ORDER BY ended DESC, reader DESC, patient DESC LIMIT {most}
"""


async def page(staff: Staff, since: datetime, before: str | None) -> guard_views.UnusualReads:
    """Fifty of the clinic, the newest first; one query, and four for names. A page may have fewer where a name was only
    alike.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    ring = await keys.of(staff.organization)
    users = await models.User.filter(organization_id=staff.organization)
    tokens = {(str(each.id), ring.blind("name", _last(each.name)[:LONGEST_TOKEN])) for each in users}
    mails = {(str(each.id), ring.blind("email", each.email)) for each in users}
    names, of_names = sql.pairs("person", "token", tokens)
    addresses, of_mails = sql.pairs("person", "mail", mails)
    after, of_after = _after(before)
    statement = _UNUSUAL.format(looks=sql.marks(_LOOKS), names=names, mails=addresses, after=after, most=PAGE + 1)
    organization = staff.organization
    values = [organization, sql.as_time(since), *_LOOKS, *of_names, *of_mails, organization, *of_after]
    rows = await sql.fetch(statement, values)
    shown = await _shown(staff.organization, rows[:PAGE], {each.id: each for each in users})
    return guard_views.UnusualReads(shown, _written(rows[PAGE - 1]) if len(rows) > PAGE else None)


async def _shown(
    organization: UUID, rows: list[dict[str, object]], users: dict[UUID, models.User]
) -> list[guard_views.UnusualRead]:
    ring = await keys.of(organization)
    ids = [sql.as_id(row["patient"]) for row in rows]
    patients = {each.id: each for each in await models.Patient.filter(id__in=ids)}
    named = [{**row, "actor_kind": "staff", "actor_id": row["reader"], "patient_id": row["patient"]} for row in rows]
    names = await actors.names(organization, named)
    found = []
    for row in named:
        patient = sql.as_id(row["patient"])
        last = people.folded(who.opened(ring, patients[patient], "last_name"))
        reader = users[sql.as_id(row["reader"])]
        # The beginning of any of their names is found; only the last one whole is meant.
        is_alike = bool(row["surname"]) and last == _last(reader.name)
        told = {"emergency": row["emergency"], "surname": is_alike, "colleague": row["colleague"]}
        why = [name for name, holds in {**told, "elsewhere": row["elsewhere"]}.items() if holds]
        if why:
            began, ended = actors.time(row["began"]), actors.time(row["ended"])
            times = int(str(row["times"]))
            found.append(guard_views.UnusualRead(names.who(row), names.patient(patient), why, times, began, ended))
    return found


def _last(name: str) -> str:
    return (people.folded(name).split() or [""])[-1]


def _after(before: str | None) -> tuple[str, list[object]]:
    if before is None:
        return "", []
    place = cursors.read(before, _Cursor, otherwise="That page of the list is not there. Ask again.")
    return "AND (ended, reader, patient) < (?, ?, ?)", [sql.as_time(place.at), place.reader, place.patient]


def _written(row: dict[str, object]) -> str:
    return cursors.written(_Cursor(actors.time(row["ended"]), sql.as_id(row["reader"]), sql.as_id(row["patient"])))
