"""Whose names stand in the audit's entries, which hold ids alone: four queries for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args
from uuid import UUID

from server import keys, models
from server.db import sql
from server.queries import people as who
from server.queries import proxies
from server.queries.audit_views import ActorKind, AuditPatient, AuditPerson

UNKNOWN = "Somebody who is no longer on file"
NAMELESS = {
    "carrier": "The carrier",
    "system": "BloomText",
    "operator": "BloomText operator",
    "visitor": "Somebody who was not signed in",
    "staff": UNKNOWN,
    "program": "Another program",
    "patient": UNKNOWN,
    "proxy": UNKNOWN,
}
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id."""

    known: dict[UUID, str]

    def who(self, row: Row) -> AuditPerson:
        """Who did what a row is about."""
        kind = str(row["actor_kind"])
        actor = sql.as_id(row["actor_id"]) if row["actor_id"] else None
        name = (self.known.get(actor) if actor else None) or NAMELESS.get(kind, UNKNOWN)
        shown = kind if kind in get_args(ActorKind) else "system"
        return AuditPerson(cast("ActorKind", shown), actor, name)

    def patient(self, patient: UUID) -> AuditPatient:
        """A patient."""
        return AuditPatient(patient, self.known.get(patient, "A patient who is no longer on file"))


async def names(organization: UUID, rows: Sequence[Row], *, also: Iterable[UUID] = ()) -> Names:
    """Everybody of the clinic who did something in these rows, or whom it was about; and these patients `also`."""
    of_kind: dict[str, set[UUID]] = {"staff": set(), "program": set(), "patient": set(also), "proxy": set()}
    for row in rows:
        if row["actor_id"] and str(row["actor_kind"]) in of_kind:
            of_kind[str(row["actor_kind"])].add(sql.as_id(row["actor_id"]))
        if row.get("patient_id"):
            of_kind["patient"].add(sql.as_id(row["patient_id"]))
    ring, known = await keys.of(organization), dict[UUID, str]()
    if of_kind["staff"]:
        staff = models.User.filter(id__in=list(of_kind["staff"]), organization_id=organization)
        known |= {person.id: person.name for person in await staff}
    if of_kind["program"]:
        made = models.ApiKey.filter(id__in=list(of_kind["program"]), organization_id=organization)
        known |= {key.id: f"{key.name} (a program)" for key in await made}
    if of_kind["patient"]:
        found = await models.Patient.filter(id__in=list(of_kind["patient"]), organization_id=organization)
        known |= {patient.id: who.name_of(ring, patient) for patient in found}
    if of_kind["proxy"]:
        acting = await models.Proxy.filter(id__in=list(of_kind["proxy"]), organization_id=organization)
        known |= {proxy.id: proxies.name_of(ring, proxy) for proxy in acting}
    return Names(known)


def time(value: object) -> datetime:
    """A time of a row, which always has one."""
    found = sql.from_time(value)
    if found is None:
        raise ValueError("an entry has a time")
    return found
