"""Whether the audit is as it was sealed: each chain read from its first entry to its last, a page at a time."""

import hmac
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from server import chain, models
from server.db import snapshot, sql

PAGE = 2000
LOWEST = -(2**63)
Row = dict[str, object]
Held = dict[tuple[int, str], "Anchor"]
"""By number and seal, what was once kept and not met yet."""


class Anchor(msgspec.Struct, frozen=True):
    """How far a clinic's chain went at a time, kept where nobody changes it; without a clinic: entries of none."""

    clinic: UUID | None
    number: int
    seal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it was sealed: `number` in the chain, where it has one there, and a sentence about it."""

    kind: str
    number: int | None
    sentence: str


@dataclass(slots=True)
class Reading:
    """A chain as far as it was read: how many entries are sealed, and how many wait and since when."""

    chain: UUID
    faults: int = 0
    sealed: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None


@dataclass(slots=True)
class _Link:
    """Where reading stands: the last number, its seal and the one before. None: it is not there to go on from."""

    number: int = 0
    seal: bytes | None = chain.BEGINNING
    before: bytes | None = None


async def chains() -> list[UUID]:
    """Every chain, that of no organization first."""
    begun, clinics = await models.AuditChain.all().only("id"), await models.Organization.all().only("id")
    return sorted({chain.NOBODYS, *(each.id for each in begun), *(each.id for each in clinics)})


async def anchors() -> list[Anchor]:
    """How far each chain goes now."""
    rows = await models.AuditChain.filter(number__gt=0).order_by("id")
    return [
        Anchor(chain.organization(row.id), row.number, row.seal.hex(), row.sealed_at) for row in rows if row.sealed_at
    ]


async def faults(reading: Reading, known: Sequence[Anchor] = ()) -> AsyncIterator[Fault]:
    """What is wrong with a chain, in its order; with `known` also against what was once kept of it.

    Fills `reading`. Memory stays the same however long the chain is.
    """
    key, link, held = chain.sealing_key(), _Link(), {(each.number, each.seal): each for each in known}
    head: models.AuditChain | None = None
    cursor: tuple[int, str] | None = None
    while True:
        async with snapshot():
            head = await models.AuditChain.get_or_none(id=reading.chain)
            rows = await sql.fetch(*_page(reading.chain, cursor))
        for row in rows:
            reading.sealed += 1
            for fault in _of_row(key, reading.chain, link, row, held):
                reading.faults += 1
                yield fault
        if len(rows) < PAGE:
            break
        cursor = _number(rows[-1]), str(rows[-1]["id"])
    for fault in _at_the_end(head, link, held):
        reading.faults += 1
        yield fault
    await _count_unsealed(reading)


async def strays() -> int:
    """How many entries belong to no clinic that is known, so that no chain is theirs."""
    [row] = await sql.fetch(_STRAYS, [])
    return int(str(row["n"]))


_STRAYS = """
SELECT COUNT(*) AS n FROM "audit_entry" e
WHERE e.organization_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "organization" o WHERE o.id = e.organization_id)
"""


def _page(which: UUID, cursor: tuple[int, str] | None) -> tuple[str, list[sql.Value]]:
    organization = chain.organization(which)
    whose, values = ('"organization_id" = ?', [organization]) if organization else ('"organization_id" IS NULL', [])
    after: list[sql.Value] = [LOWEST]
    where = '"seal_number" >= ?'
    if cursor:
        number, last = cursor
        where, after = f'{where} AND ("seal_number" > ? OR "id" > ?)', [number, number, UUID(last)]
    names = ", ".join(f'"{column}"' for column in (*chain.COLUMNS, "seal_number", "seal"))
    found = f'FROM "audit_entry" WHERE {whose} AND {where} ORDER BY "seal_number", "id"'
    return f"SELECT {names} {found} LIMIT {PAGE}", [*values, *after]


def _number(row: Mapping[str, object]) -> int:
    return int(str(row["seal_number"]))


def _seal(row: Mapping[str, object]) -> bytes:
    value = row["seal"]
    return value if isinstance(value, bytes) else b""


def _of_row(key: bytes, which: UUID, link: _Link, row: Row, held: Held) -> list[Fault]:
    number, own, found = _number(row), _seal(row), list[Fault]()
    if number > link.number + 1:
        found.append(_missing(link.number + 1, number - 1))
        link.number, link.seal = number - 1, None
    is_next = number == link.number + 1
    # The same number a second time is held against what stands before it.
    before = link.seal if is_next else link.before
    is_right = number > 0 and (before is None or _fits(key, which, number, before, row))
    if is_next:
        link.number, link.before, link.seal = number, link.seal, own
    elif is_right:
        link.seal = own
    held.pop((number, own.hex()), None)
    return found if is_right else [*found, _changed(number, row)]


def _fits(key: bytes, which: UUID, number: int, before: bytes, row: Row) -> bool:
    try:
        return hmac.compare_digest(chain.seal(key, which, number, before, row), _seal(row))
    except ValueError:
        return False


def _at_the_end(head: models.AuditChain | None, link: _Link, held: Held) -> list[Fault]:
    found, kept = list[Fault](), head.number if head else 0
    if kept > link.number:
        found.append(_missing(link.number + 1, kept))
    elif kept < link.number or (head and link.seal is not None and head.seal != link.seal):
        found.append(Fault("head", link.number, f"What is kept of the chain's end is not entry {link.number}."))
    return found + [_not_as(anchor, link.number) for _, anchor in sorted(held.items())]


def _missing(first: int, last: int) -> Fault:
    which = f"Entry {first} is" if first == last else f"Entries {first} to {last} are"
    return Fault("missing", first, f"{which} missing.")


def _changed(number: int, row: Row) -> Fault:
    return Fault("changed", number, f"Entry {number} ({row['id']}) is not what was sealed: changed, or put there.")


def _not_as(anchor: Anchor, last: int) -> Fault:
    then = f"{anchor.at:%Y-%m-%d at %H:%M} UTC"
    if anchor.number > last:
        return Fault("cut", anchor.number, f"Entry {anchor.number}, which was the last one on {then}, is not there.")
    sentence = f"Entry {anchor.number} is not the one that was the last on {then}: the chain was made anew."
    return Fault("rewritten", anchor.number, sentence)


async def _count_unsealed(reading: Reading) -> None:
    waits = models.AuditEntry.filter(organization_id=chain.organization(reading.chain), seal_number=None)
    reading.unsealed = await waits.count()
    if oldest := await waits.order_by("at").first():
        reading.unsealed_since = oldest.at
