"""How many broadcasts patients got lately, of whatever kind and from whichever team of the clinic."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from server import clock
from server.db import sql

LATELY = timedelta(days=7)
"""Counted from the moment that asks, not by the weeks of a calendar."""


async def of(patients: Sequence[UUID], *, organization: UUID, beside: UUID | None) -> dict[UUID, int]:
    """The messages of broadcasts to each of these in the last week, but for the broadcast `beside` which they stand.

    What was taken back is none. They are counted by conversations, which go along when entries are merged. One query.
    """
    if not patients:
        return {}
    statement = f"""
    SELECT c."patient_id" AS patient, COUNT(*) AS many FROM "team" t
    JOIN "conversation" c ON c."team_id" = t."id" AND c."patient_id" IN ({sql.marks(patients)})
    JOIN "message" m ON m."conversation_id" = c."id"
    WHERE t."organization_id" = ? AND m."broadcast_id" IS NOT NULL AND m."broadcast_id" <> ?
      AND m."user_id" IS NOT NULL AND m."recalled_at" IS NULL AND m."created_at" > ?
    GROUP BY c."patient_id"
    """  # noqa: S608 - marks
    since = sql.as_time(clock.now() - LATELY)
    rows = await sql.fetch(statement, [*patients, organization, beside or UUID(int=0), since])
    return {sql.as_id(row["patient"]): int(str(row["many"])) for row in rows}
