"""A clinic whose keys are destroyed can be read by nobody, and stands in nobody's way."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server import access, clock, keys, models, vault
from server import files as storage
from server.domain import (
    account_news,
    clinic_alarms,
    deleting,
    erased_rest,
    erasing,
    holds,
    identity_trouble,
    inbound,
    jobs,
    messages,
    plans,
    proxy_reviews,
    uploads,
    webhooks,
)
from server.domain.webhooks import Call
from server.errors import Refusal
from server.models import Via
from server.queries import alarms, destroyed, names, operating
from tests import papers
from tests.server.domain.admins import admin
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_uploads import lying_in
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio
NAME = "Mercy Family Clinic"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    storage.use_folder(tmp_path / "files")
    return tmp_path / "files"


async def refused(clinic: UUID, typed: str) -> str:
    with pytest.raises(Refusal) as said:
        await erasing.erase(clinic, typed)
    return said.value.code


async def erased(cast: World) -> UUID:
    clinic = cast.mercy.organization.id
    await erasing.ask(clinic, NAME, "Its contract ended")
    await models.Organization.filter(id=clinic).update(erase_at=clock.now())
    await erasing.erase(clinic, NAME)
    await destroyed.look()
    return clinic


async def test_it_takes_the_name_twice_and_a_week(world: World) -> None:
    clinic = world.mercy.organization.id
    assert await refused(clinic, NAME) == "not_asked"
    for typed, reason, code in (("Mercy", "Over", "not_the_name"), (NAME, " ", "reason_needed")):
        with pytest.raises(Refusal) as said:
            await erasing.ask(clinic, typed, reason)
        assert said.value.code == code

    row = await erasing.ask(clinic, NAME, "Its contract ended")
    told = await models.Work.filter(kind=account_news.MAIL, done_at=None).values_list("subject_id", flat=True)
    admins = models.User.filter(organization_id=clinic, role=models.Role.ADMIN, active=True)
    assert sorted(told) == sorted(await admins.values_list("id", flat=True))
    assert erasing.why(row) == "Its contract ended"
    assert await refused(clinic, NAME) == "too_early"
    await erasing.cancel(clinic)
    assert await refused(clinic, NAME) == "not_asked"
    await erasing.ask(clinic, NAME, "Its contract ended")
    clock.shift(timedelta(days=8))
    assert await refused(clinic, "Lakeside Pediatrics") == "not_the_name"
    await holds.place(UUID(int=1), world.ines.id, "Case", by=await admin(world.robin))
    assert await refused(clinic, NAME) == "on_hold"
    assert await models.DataKey.filter(organization_id=clinic).exists()
    assert await models.AuditEntry.filter(did__startswith="organization:erase").count() == 3


async def test_nothing_can_be_read_and_nobody_is_inside(world: World) -> None:
    token, session = await signed_in(world.dana.user)
    assert await access.staff(token)
    await names.of(world.mercy.organization.id)
    waiting, _ = await messages.post(world.ines_thread.id, key="m", via=Via.SECURE_SMS, body="See you", by=world.dana)

    clinic = await erased(world)

    with pytest.raises(vault.Unreadable):
        await keys.of(clinic)
    assert clinic not in names._clinics
    assert await access.staff(token) is None
    assert (await models.StaffSession.get(id=session)).ended_at
    assert not await models.PortalLink.filter(organization_id=clinic).exists()
    assert (await models.Delivery.get(message_id=waiting)).state is models.State.CANCELLED
    assert {each.status for each in await models.PhoneNumber.filter(organization_id=clinic)} == {"released"}
    assert (await models.Organization.get(id=clinic)).plan is models.Plan.NONE
    assert [each.name for each in await operating.clinics()] == ["Lakeside Pediatrics"]
    with pytest.raises(Refusal):
        await plans.start_paid(clinic)
    assert await refused(clinic, NAME) == "unknown"
    # What the audit says stays, and the other clinic goes on.
    assert await models.AuditEntry.filter(organization_id=clinic, did="organization:erased").count() == 1
    assert (await names.of(world.lakeside.organization.id)).order


async def test_what_comes_in_is_acknowledged_and_not_kept(world: World) -> None:
    await erased(world)
    kept = await models.Message.all().count()

    async def act() -> object:
        return await inbound.receive_text(incoming("STOP"), jti="late")

    await webhooks.take(Call("inbound", "late", b"+13125550100 STOP"), act)
    await inbound.acknowledge(incoming("STOP"))

    assert (await models.Message.all().count(), await models.Stray.all().count()) == (kept, 0)
    row = await models.Webhook.get()
    assert (row.outcome, webhooks._body(row)) == ("done", b"")


async def test_the_worker_goes_on_and_takes_away_the_rest(world: World, folder: Path) -> None:
    content, thread = papers.document(), world.ines_thread.id
    said = uploads.Announced("u1", "form.pdf", "application/pdf", len(content))
    await uploads.take_whole(thread, said, content, by=world.dana)
    await receive(incoming("Is my prescription ready?"))
    for body in (b'{"to": "13125550100"}', b'{"to": "13125550110"}'):
        await webhooks.take(Call("inbound", str(body), body), nothing)
    await models.Upload.all().update(created_at=clock.now() - timedelta(days=2))
    clinic = await erased(world)

    for look in (proxy_reviews.look, deleting.look, identity_trouble.forget, uploads.sweep, clinic_alarms.look):
        await look()
    assert not await alarms._has_a_row(clinic)
    [job] = await jobs.claim(1, kinds=[erasing.REST])
    await erased_rest.take_away(job)

    assert not lying_in(folder / str(clinic))
    for model in (models.Word, models.NameToken):
        assert not await model.filter(organization_id=clinic).exists()
    assert await models.NameToken.filter(organization_id=world.lakeside.organization.id).exists()
    assert await models.Webhook.all().count() == 1


async def nothing() -> None:
    """A call without an effect."""


async def test_another_process_drops_its_keys_when_it_hears_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destroyed, "ONCE_MORE", 0.0)
    clinic, other = world.mercy.organization.id, world.lakeside.organization.id
    for each in (clinic, other):
        await keys.of(each)
    await models.DataKey.filter(organization_id=clinic).delete()
    assert clinic in keys.opened()

    await destroyed.heard({other})
    assert clinic in keys.opened()
    await destroyed.heard({clinic, UUID(int=5)})

    assert (clinic in keys.opened(), other in keys.opened()) == (False, True)
