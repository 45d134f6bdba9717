"""A clinic's patients in alphabetical order, without those who are archived or were merged into another entry.

Names are sealed, so no database can sort them. A process that is asked for this order opens all names of the clinic
once and keeps them in memory, in order; afterwards it reads the clinic's Facts since it last looked, and opens what
those name. Whatever a Fact does not name one by one (a list that was brought in) is found by comparing revisions.
"""

import asyncio
from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Sequence
from itertools import islice
from uuid import UUID

from server import facts as kinds
from server import keys, people
from server.db import sql
from server.queries import facts
from server.vault import Keyring

CLINICS = 50
"""So many clinics' names are in memory, those that were asked for last."""
AT_ONCE = 1000
"""Rows that are read, and names that are opened, before others have their turn."""
MOST_FACTS = 500
LAST = "\uffff"
"""Whoever has no name stands at the end."""

_ROWS = (
    'SELECT p.id, p.rev, p.created_at{more} FROM "patient" p '
    "WHERE p.organization_id = ? AND p.archived_at IS NULL AND p.merged_into_id IS NULL"
)
_SEALED = ", p.first_name_sealed, p.last_name_sealed"


class Names:
    """One clinic's patients by last and first name, as of a position of its Stream."""

    def __init__(self) -> None:
        self.ring: Keyring | None = None
        self.epoch, self.at = "", -1
        self.order: list[tuple[str, UUID]] = []
        self.known: dict[UUID, tuple[int, str]] = {}
        self.lock = asyncio.Lock()

    def __len__(self) -> int:
        return len(self.order)

    def after(self, place: tuple[int, UUID] | None, many: int, *, among: Collection[UUID] | None = None) -> list[UUID]:
        """The next patients after one, who stood at a position then; only those `among` them, where that is said.

        Whoever is gone is followed by that position.
        """
        at, known = (0, None) if place is None else (place[0] + 1, self.known.get(place[1]))
        if place is not None and known is not None:
            at = bisect_right(self.order, (known[1], place[1]))
        if among is None:
            return [patient for _, patient in self.order[at : at + many]]
        return list(islice((patient for _, patient in islice(self.order, at, None) if patient in among), many))

    def position(self, patient: UUID) -> int:
        """Where a patient of the list stands in it, from 0."""
        return bisect_left(self.order, (self.known[patient][1], patient))

    def put(self, patient: UUID, rev: int, key: str | None) -> None:
        """This patient is called so now; None: they are not in the list."""
        before = self.known.pop(patient, None)
        if before is not None:
            del self.order[bisect_left(self.order, (before[1], patient))]
        if key is not None:
            self.known[patient] = (rev, key)
            insort(self.order, (key, patient))

    def fill(self, found: dict[UUID, tuple[int, str]]) -> None:
        """All of them at once."""
        self.known = found
        self.order = sorted((key, patient) for patient, (_, key) in found.items())


_clinics: OrderedDict[UUID, Names] = OrderedDict()


def forget(organization: UUID) -> None:
    """Nobody asks for these names any more."""
    _clinics.pop(organization, None)


async def of(organization: UUID) -> Names:
    """The names of a clinic as they are now. Two queries where nothing has happened since the last time."""
    names = _clinics.setdefault(organization, Names())
    _clinics.move_to_end(organization)
    while len(_clinics) > CLINICS:
        _clinics.popitem(last=False)
    ring = await keys.of(organization)
    async with names.lock:
        # The position comes first: what happens after it is read is heard of the next time.
        epoch, head = (await facts.heads([organization])).get(organization, ("", 0))
        # What other keys have opened is of another clinic, or of another day of it.
        if names.epoch != epoch or names.ring is not ring:
            names.fill(await _all(organization))
            names.ring, names.epoch, names.at = ring, epoch, head
        elif head > names.at:
            await _follow(organization, names, head)
            names.at = head
    return names


async def _follow(organization: UUID, names: Names, head: int) -> None:
    told = await facts.between(organization, names.at, head, MOST_FACTS + 1)
    is_whole = len(told) == head - names.at <= MOST_FACTS
    if not is_whole or any(fact.kind == kinds.ImportsChanged.kind for fact in told):
        ids = await _differing(organization, names)
    else:
        ids = {UUID(str(fact.data["patient"])) for fact in told if fact.kind == kinds.PatientChanged.kind}
    for at in range(0, len(ids), AT_ONCE):
        await _read_again(organization, names, sorted(ids)[at : at + AT_ONCE])


async def _read_again(organization: UUID, names: Names, ids: Sequence[UUID]) -> None:
    ring, statement = await keys.of(organization), _ROWS.format(more=_SEALED)
    rows = await sql.fetch(f"{statement} AND p.id IN ({sql.marks(ids)})", [organization, *ids])
    found = {sql.as_id(row["id"]): row for row in rows}
    for patient in ids:
        row = found.get(patient)
        names.put(patient, int(str(row["rev"])) if row else 0, _key(ring, patient, row) if row else None)


async def _differing(organization: UUID, names: Names) -> set[UUID]:
    """Whoever is new, gone or changed."""
    now = {sql.as_id(row["id"]): row["rev"] async for row in _scan(organization)}
    before = {patient: rev for patient, (rev, _) in names.known.items()}
    return {patient for patient in now.keys() | before.keys() if now.get(patient) != before.get(patient)}


async def _all(organization: UUID) -> dict[UUID, tuple[int, str]]:
    ring = await keys.of(organization)
    found: dict[UUID, tuple[int, str]] = {}
    async for row in _scan(organization, _SEALED):
        patient = sql.as_id(row["id"])
        found[patient] = (int(str(row["rev"])), _key(ring, patient, row))
    return found


async def _scan(organization: UUID, more: str = "") -> AsyncIterator[dict[str, object]]:
    """All patients of a clinic, page by page, so that nobody waits for the whole."""
    statement, order = _ROWS.format(more=more), f"ORDER BY p.created_at, p.id LIMIT {AT_ONCE}"
    rows = await sql.fetch(f"{statement} {order}", [organization])
    while rows:
        for row in rows:
            yield row
        last = [rows[-1]["created_at"], rows[-1]["id"]]
        further = "AND (p.created_at, p.id) > (?, ?)"
        rows = await sql.fetch(f"{statement} {further} {order}", [organization, *last]) if len(rows) == AT_ONCE else []


def _key(ring: Keyring, patient: UUID, row: dict[str, object]) -> str:
    last, first = (_opened(ring, patient, row, name) for name in ("last_name", "first_name"))
    return people.folded(f"{last} {first}").strip() or LAST


def _opened(ring: Keyring, patient: UUID, row: dict[str, object], name: str) -> str:
    sealed = row[f"{name}_sealed"]
    return ring.open("patient", name, patient, sealed) if isinstance(sealed, bytes) else ""
