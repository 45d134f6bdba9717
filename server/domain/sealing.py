"""The worker seals what was entered into the audit, each organization's entries in a chain (`server/chain.py`).

Entries are not numbered as they are written: that would be one lock for all of a clinic's acts. What waits is whatever
has no number, so an entry whose transaction commits late is sealed when it appears, wherever its time and id would put
it. Whoever seals holds the chain's row, so two workers never go on from the same seal.
"""

from uuid import UUID

from server import chain, clock, models
from server.db import snapshot, sql, transaction

AT_ONCE = 500
"""Entries of one transaction: a few milliseconds of it."""

_WANTING = 'SELECT o.id FROM "organization" o WHERE NOT EXISTS (SELECT 1 FROM "audit_chain" c WHERE c.id = o.id)'
# One look into the index for each chain.
_WAITING = """
SELECT c.id FROM "audit_chain" c WHERE EXISTS (
    SELECT 1 FROM "audit_entry" e WHERE e.organization_id = c.id AND e.seal_number IS NULL
) UNION ALL
SELECT c.id FROM "audit_chain" c WHERE c.id = ? AND EXISTS (
    SELECT 1 FROM "audit_entry" e WHERE e.organization_id IS NULL AND e.seal_number IS NULL
)
"""
_SEAL = 'UPDATE "audit_entry" SET "seal_number" = ?, "seal" = ? WHERE "id" = ? AND "seal_number" IS NULL'


async def seal() -> bool:
    """Seal some of what waits in each chain; whether there is more. Costs three looks where nothing waits."""
    async with snapshot():
        wanting = await _without_a_chain()
        waiting = [sql.as_id(row["id"]) for row in await sql.fetch(_WAITING, [chain.NOBODYS])]
    if wanting:
        await _begin(wanting)
    counts = [await _seal_some(each) for each in waiting]
    return bool(wanting) or AT_ONCE in counts


async def _without_a_chain() -> list[UUID]:
    rows = await sql.fetch(_WANTING, [])
    nobodys = [] if await models.AuditChain.filter(id=chain.NOBODYS).exists() else [chain.NOBODYS]
    return nobodys + [sql.as_id(row["id"]) for row in rows]


async def _begin(chains: list[UUID]) -> None:
    made = [models.AuditChain(id=each, number=0, seal=chain.BEGINNING) for each in chains]
    async with transaction():
        await models.AuditChain.bulk_create(made, ignore_conflicts=True)


async def _seal_some(which: UUID) -> int:
    async with transaction():
        head = await models.AuditChain.filter(id=which).select_for_update(no_key=True).get()
        rows = await sql.fetch(*_unsealed(chain.organization(which)))
        # As far as they are here at once, in the order in which they happened.
        rows.sort(key=lambda row: (str(row["at"]), str(row["id"])))
        key, lines, before = chain.sealing_key(), [], head.seal
        for number, row in enumerate(rows, head.number + 1):
            before = chain.seal(key, which, number, before, row)
            lines.append((number, before, sql.as_id(row["id"])))
        if lines:
            await sql.for_each(_SEAL, lines)
            head.number, head.seal, head.sealed_at = head.number + len(lines), before, clock.now()
            await head.save(update_fields=["number", "seal", "sealed_at"])
    return len(lines)


def _unsealed(organization: UUID | None) -> tuple[str, list[sql.Value]]:
    # Not put in order by the database: it would sort all that waits for each batch of it.
    values: list[sql.Value] = [organization] if organization else []
    whose = "= ?" if organization else "IS NULL"
    names = ", ".join(f'"{column}"' for column in chain.COLUMNS)
    found = f'FROM "audit_entry" WHERE "organization_id" {whose} AND "seal_number" IS NULL'
    return f"SELECT {names} {found} LIMIT {AT_ONCE}", values
