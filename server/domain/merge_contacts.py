"""All phones and mailboxes of an entry that goes into another one, and back. Inside `merges`."""

from server import keys, models
from server.domain import contact_rows
from server.domain.merge_moves import Moved
from server.models import ContactKind
from server.queries import own_contacts
from server.queries import people as who
from server.vault import Keyring

Preferred = dict[ContactKind, str]
"""A phone (E.164) and a mailbox, as far as they are on file."""


def preferred(ring: Keyring, patient: models.Patient) -> Preferred:
    """Where messages to an entry go by themselves."""
    found = {kind: who.opened(ring, patient, kind.value) for kind in ContactKind}
    return {kind: value for kind, value in found.items() if value}


async def go_along(moved: Moved, kept: models.Patient, merged: models.Patient, former: list[Preferred]) -> None:
    """Give the kept entry whatever either had; its preferred ones are chosen. The caller saves both.

    `former` are the preferred ones of both before that.
    """
    ring = await keys.of(kept.organization_id)
    there = models.PatientContact.filter(patient_id=kept.id)
    known = {index for (index,) in await there.values_list("index")}
    theirs = models.PatientContact.filter(patient_id=merged.id).exclude(index__in=sorted(known))
    moved.contacts = [row for (row,) in await theirs.order_by("created_at", "id").values_list("id")]
    await models.PatientContact.filter(id__in=moved.contacts).update(patient_id=kept.id)
    await contact_rows.count(kept)
    for each in former:
        for kind, value in each.items():
            if ring.blind(kind.value, value) not in await own_contacts.indexes_of(kept):
                moved.made.append((await contact_rows.add(kept, kind, value)).id)
    await contact_rows.count(merged)


async def back(moved: Moved, kept: models.Patient, merged: models.Patient) -> None:
    """Undone: what came with the other entry is its own again. The caller saves both."""
    await models.PatientContact.filter(id__in=moved.contacts, patient_id=kept.id).update(patient_id=merged.id)
    await models.PatientContact.filter(id__in=moved.made, patient_id=kept.id).delete()
    for each in (kept, merged):
        await contact_rows.count(each)
