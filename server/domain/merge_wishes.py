"""Of two entries that become one the stricter wish holds: what either stopped or withdrew stays so. For `merges`."""

from collections.abc import Sequence
from uuid import UUID

from server import access, clock, models
from server.db import Transaction
from server.domain import lines, opt_outs
from server.domain.merge_moves import Moved
from server.models import ConsentTo, StopSource
from server.queries import consents

SAID = "Two entries of this patient were merged, and one of them had said no."
_Contacts = tuple[str | None, str | None]
"""The blind indexes of a phone and a mailbox."""
BACK = "Two entries were merged by mistake; this is as it was before."


async def withdrew(patient: UUID) -> set[ConsentTo]:
    """What a patient agreed to once and does not any more."""
    newest = {line.kind: line.gives for line in await consents.of([patient])}
    return {kind for kind, gives in newest.items() if not gives}


async def say_again(moved: Moved, *, kept: UUID, merged: UUID) -> None:
    """What the entry that goes has agreed to or not, said for the one that stays as it was said then.

    A ledger only grows (docs/decisions/0009), so its own lines stay where they are; what was signed stays with them.
    """
    for line in await consents.of([merged]):
        again = models.Consent(patient_id=kept, by_id=line.by_id, kind=line.kind, gives=line.gives)
        again.wording, again.source, again.scope, again.created_at = (
            line.wording,
            line.source,
            line.scope,
            line.created_at,
        )
        await again.save(force_create=True)
        moved.consents.append(again.id)


async def withdraw(
    tx: Transaction, moved: Moved, kept: models.Patient, either: set[ConsentTo], *, by: access.Staff
) -> None:
    """End what one of the two no longer agrees to, once the kept one's ledger has the lines of both."""
    for kind in sorted(either):
        if await consents.gives(kept.id, kind):
            moved.consents.append(await _line(tx, kept.id, kind, gives=False, wording=SAID, by=by))


async def agree_again(tx: Transaction, moved: Moved, kept: UUID, *, by: access.Staff) -> None:
    """Undone: each agreement is as the kept one's own lines say, unless somebody has asked them since."""
    ledger, because = await consents.of([kept]), set(moved.consents)
    for kind in ConsentTo:
        of_kind = [line for line in ledger if line.kind is kind]
        own = next((line.gives for line in reversed(of_kind) if line.id not in because), False)
        if of_kind and of_kind[-1].id in because and of_kind[-1].gives != own:
            await _line(tx, kept, kind, gives=own, wording=BACK, by=by)


async def _line(
    tx: Transaction, patient: UUID, kind: ConsentTo, *, gives: bool, wording: str, by: access.Staff
) -> UUID:
    line = models.Consent(patient_id=patient, by_id=by.user, kind=kind, gives=gives, wording=wording)
    line.created_at = clock.now()
    await line.save(force_create=True)
    await lines.agreed(tx, line)
    return line.id


async def stop(
    tx: Transaction, moved: Moved, kept: models.Patient, others: Sequence[_Contacts], *, by: access.Staff
) -> None:
    """Whoever must not write to one of the former contacts must not write to the one that stays."""
    for phone, email in others:
        for before, now in ((phone, kept.phone_index), (email, kept.email_index)):
            if before and now and before != now:
                await _stop_too(tx, moved, before, now, by=by)


async def _stop_too(tx: Transaction, moved: Moved, before: str, now: str, *, by: access.Staff) -> None:
    standing = models.Suppression.filter(contact_index=before, organization_id=by.organization)
    for row in await standing.order_by("sender_id"):
        wish = opt_outs.Wish(by.organization, now, row.sender_id, StopSource.STAFF, SAID, by.user)
        if await opt_outs.record(tx, wish):
            moved.stopped.append((now, row.sender_id))


async def start_again(tx: Transaction, moved: Moved, *, by: access.Staff) -> None:
    """Undone: what was stopped for the other entry's sake goes on, unless the patient stopped it themselves since."""
    for index, sender in moved.stopped:
        ours = models.Suppression.filter(contact_index=index, sender_id=sender, source=StopSource.STAFF)
        if await ours.exists():
            await opt_outs.lift(tx, opt_outs.Wish(by.organization, index, sender, StopSource.STAFF, BACK, by.user))
