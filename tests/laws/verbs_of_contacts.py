"""How the world is prepared for the verbs about a patient's phones and mailboxes. See `verbs`."""

from uuid import UUID

from server import models
from server.db import transaction
from server.domain import contacts, patient_contacts
from server.domain.patient_contacts import Said
from server.models import ContactKind
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain.sending.posting import post
from tests.world import World

WORK = UUID(int=21)
AT_WORK = Said(value="(312) 555-0170", label="work")


async def _rev(world: World) -> int:
    return (await models.Patient.get(id=world.ines.id)).rev


async def _add(world: World) -> Act:
    await post(world)
    rev = await _rev(world)
    return lambda: patient_contacts.add(world.ines.id, WORK, ContactKind.PHONE, AT_WORK, rev=rev, by=world.dana)


async def _with_work(world: World) -> int:
    await (await _add(world))()
    return await _rev(world)


async def _change(world: World) -> Act:
    rev, other = await _with_work(world), Said(value="(312) 555-0171")
    return lambda: patient_contacts.change(world.ines.id, WORK, other, rev=rev, by=world.dana)


async def _prefer(world: World) -> Act:
    rev = await _with_work(world)
    return lambda: patient_contacts.prefer(world.ines.id, WORK, rev=rev, by=world.dana)


async def _remove(world: World) -> Act:
    rev = await _with_work(world)
    return lambda: patient_contacts.remove(world.ines.id, WORK, rev=rev, by=world.dana)


async def _restore(world: World) -> Act:
    await _with_work(world)
    index = (await models.PatientContact.get(id=WORK)).index
    async with transaction() as tx:
        await contacts.pause(tx, world.mercy.organization.id, index, "not_confirmed")
    return lambda: patient_contacts.restore(world.ines.id, WORK, by=world.dana)


VERBS: dict[str, Verb] = {
    "patient_contacts.add": _add,
    "patient_contacts.change": _change,
    "patient_contacts.prefer": _prefer,
    "patient_contacts.remove": _remove,
    "patient_contacts.restore": _restore,
}
