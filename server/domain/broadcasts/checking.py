"""The audience is frozen: everybody who is meant becomes a recipient, who is left out with the reason. Nothing goes."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from server import access, clock, keys, tokens
from server.audit import Did
from server.db import sql, transaction
from server.domain import budgets, words
from server.domain.broadcasts import weighing
from server.domain.broadcasts.weighing import Weighed
from server.domain.broadcasts.writing import enter, locked, moved_on, own, tell
from server.errors import Kind, Refusal
from server.models import Broadcast, BroadcastRecipient, BroadcastState, BroadcastWay, RecipientState
from server.queries import audiences, broadcasts
from server.queries.broadcast_views import MOST

AN_HOUR, HOUR = 60, timedelta(hours=1)
_COLUMNS = ("id", "created_at", "broadcast_id", "number", "patient_id", "via", "language", "contact_index", "segments",
            "state", "why")  # fmt: skip


async def check(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """Freeze the audience of one that is being written, in place of what was frozen before.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`, `empty`, `too_long`, `hidden_characters`, `no_audience`,
        `too_many_patients`, `too_many`
    """
    row = await own(broadcast_id, by=by)
    access.must_be_member(by, row.team_id)
    if row.state is not BroadcastState.DRAFT:
        raise moved_on()
    await budgets.spend(f"broadcast_check:{by.user}", at_most=AN_HOUR, per=HOUR)
    texts = await texts_of(row)
    audience = await broadcasts.audience_of(row)
    meant = await audiences.patients_of(audience, organization=row.organization_id, team=row.team_id)
    _must_be_some(meant)
    weighed = await weighing.weigh(row, texts, meant)
    async with transaction() as tx:
        now = await locked(broadcast_id, BroadcastState.DRAFT, by=by)
        if now.rev != row.rev:
            raise moved_on()
        await BroadcastRecipient.filter(broadcast_id=now.id).delete()
        now.total, now.checked_at = len(weighed), clock.now()
        await sql.add("broadcast_recipient", _COLUMNS, _lines(now, now.checked_at, weighed))
        await now.save(update_fields=["total", "checked_at"])
        reached = sum(each.state is RecipientState.WAITING for each in weighed)
        await enter(Did.BROADCAST_CHECKED, now, total=now.total, reached=reached, sha256=_digest(weighed))
        tell(tx, now)
        return now


async def texts_of(row: Broadcast) -> dict[str, str]:
    """The words by language, as they would go out.

    :raises Refusal: `empty`, `too_long`, `hidden_characters`
    """
    said = broadcasts.bodies_of(row, await keys.of(row.organization_id))
    if not said.get(weighing.FALLBACK, "").strip():
        sentence = "Write the English words: whoever reads no other language of this broadcast gets them."
        raise Refusal(Kind.INVALID, "empty", sentence)
    return {language: words.body(text, plain=row.way is BroadcastWay.SMS) for language, text in said.items()}


def _must_be_some(meant: Sequence[UUID]) -> None:
    if not meant:
        sentence = "Nobody is meant by this. Choose other patients, or paste a list."
        raise Refusal(Kind.INVALID, "no_audience", sentence)
    if len(meant) > MOST:
        sentence = f"A broadcast can go to {MOST:,} patients. Choose fewer, and send another one."
        raise Refusal(Kind.INVALID, "too_many_patients", sentence)


def _lines(row: Broadcast, now: datetime, weighed: Sequence[Weighed]) -> list[tuple[object, ...]]:
    return [
        (
            tokens.new_id(),
            now,
            row.id,
            number,
            each.patient,
            each.via.value,
            each.language,
            each.contact,
            each.segments,
            each.state.value,
            each.why,
        )
        for number, each in enumerate(weighed, 1)
    ]


def _digest(weighed: Sequence[Weighed]) -> str:
    """By which it can be proved later who was meant."""
    told = ",".join(f"{each.patient}:{each.why or each.via.value}" for each in weighed)
    return hashlib.sha256(told.encode()).hexdigest()
