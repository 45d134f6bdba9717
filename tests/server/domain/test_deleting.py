"""What a clinic's rule deletes, what it leaves, and what keeps it from deleting."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from server import clock, keys, models
from server import files as storage
from server.domain import deleting, holds, incidents, jobs, left_files, messages, notes, old_strays, retention, uploads
from server.errors import Refusal
from server.models import Via
from server.queries import keeping
from tests import papers
from tests.server.domain import aged
from tests.server.domain.admins import admin
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_uploads import lying_in
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    storage.use_folder(tmp_path / "files")
    return tmp_path / "files"


async def written(world: World) -> UUID:
    """A message with a document, and a note, seven years ago."""
    content, thread = papers.document(), world.ines_thread.id
    said = uploads.Announced("u1", "form.pdf", "application/pdf", len(content))
    upload = await uploads.take_whole(thread, said, content, by=world.dana)
    message, _ = await messages.post(
        thread, key="m", via=Via.SECURE_SMS, body="Your results", by=world.dana, files=[upload.id]
    )
    await notes.write(thread, key="n", body="She called", by=world.dana)
    await aged.rule(world.mercy.organization)
    await aged.age(world.ines_thread)
    return message


async def test_it_goes_with_its_files_and_leaves_a_stub_without_content(world: World, folder: Path) -> None:
    await written(world)
    assert lying_in(folder)

    assert await deleting.look() == 1
    assert await deleting.look() == 0

    [job] = await jobs.claim(5, kinds=[left_files.JOB])
    await left_files.forget(job)
    assert not lying_in(folder)
    boss = await admin(world.robin)
    [gone] = (await keeping.gone(boss, None)).conversations
    assert (gone.patient.name, gone.team) == ("Ines Calderon", "Front desk")
    assert (gone.messages, gone.notes, gone.files, gone.years) == (1, 1, 1, 6)
    assert (await keeping.gone(await admin(world.alex), None)).conversations == []
    entry = await models.AuditEntry.get(did="conversation:purged")
    assert (entry.patient_id, entry.about_id) == (world.ines.id, world.ines_thread.id)
    assert msgspec.json.decode(entry.data)["messages"] == 1
    # The patient is there, and a new conversation can begin.
    assert await models.Patient.filter(id=world.ines.id).exists()
    await receive(incoming("Is the clinic open?"))
    assert await models.Conversation.filter(patient_id=world.ines.id).count() == 1


async def _lately(world: World) -> None:
    await models.Note.all().update(created_at=clock.now())


async def _held(world: World) -> None:
    await holds.place(UUID(int=1), world.ines.id, "Case", by=await admin(world.robin))


async def _clinic_held(world: World) -> None:
    await holds.place(UUID(int=2), None, "Case", by=await admin(world.robin))


async def _incident(world: World) -> None:
    await incidents.open_for((await models.Message.get()).id, "The wrong Ines", by=world.dana)


async def _child(world: World) -> None:
    born = (clock.now() - timedelta(days=20 * 366)).date()
    ring = await keys.of(world.mercy.organization.id)
    sealed = ring.seal("patient", "birth_date", world.ines.id, born.isoformat())
    await models.Patient.filter(id=world.ines.id).update(birth_date_sealed=sealed)


async def _not_yet(world: World) -> None:
    await models.Organization.all().update(keep_from=clock.now() + timedelta(days=1))


async def _longer(world: World) -> None:
    await aged.rule(world.mercy.organization, years=8)


async def _under_way(world: World) -> None:
    await models.Delivery.all().update(state=models.State.SENDING)


KEEPERS = [_lately, _held, _clinic_held, _incident, _child, _not_yet, _longer, _under_way]


@pytest.mark.parametrize("keeps", KEEPERS, ids=[each.__name__ for each in KEEPERS])
async def test_what_keeps_it(world: World, keeps: Callable[[World], Awaitable[None]]) -> None:
    await written(world)
    await keeps(world)

    assert await deleting.look() == 0
    assert not await deleting.purge(world.ines_thread.id)
    assert await models.Message.filter(conversation_id=world.ines_thread.id).exists()


async def test_what_unknown_senders_wrote_goes_too(world: World) -> None:
    await receive(incoming("Is this the clinic?", sender="13125559999"))
    await receive(incoming("Hello?", sender="13125559998"))
    first, _ = await models.Stray.all().order_by("created_at")
    await models.Stray.filter(id=first.id).update(settled_at=clock.now() - aged.LONG_AGO, outcome="dismissed")
    await aged.rule(world.mercy.organization)

    assert await old_strays.delete(world.mercy.organization.id) == 1
    assert await models.Stray.all().count() == 1


async def test_an_admin_sets_the_rule_within_limits_and_with_a_week_to_think(world: World) -> None:
    boss = await admin(world.robin)
    for years, who, code in ((5, boss, "wrong_length"), (51, boss, "wrong_length"), (7, world.dana, "not_allowed")):
        with pytest.raises(Refusal) as said:
            await retention.set_years(years, by=who)
        assert said.value.code == code

    clinic = await retention.set_years(7, by=boss)
    assert clinic.keep_from
    assert clinic.keep_from > clock.now() + timedelta(days=6)
    assert retention.cutoff(clinic) is None
    clock.shift(timedelta(days=8))
    assert (again := await retention.set_years(9, by=boss)).keep_from == clinic.keep_from
    assert retention.cutoff(again)
    with pytest.raises(Refusal) as said:
        await retention.set_years(6, by=boss)
    assert said.value.code == "prove_again"
    assert (await retention.set_years(None, by=boss)).keep_years is None
    assert await models.AuditEntry.filter(did="retention:set").count() == 3
    assert (await models.Organization.get(id=world.lakeside.organization.id)).keep_years is None
