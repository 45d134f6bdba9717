"""Something that asks to go out, and what may stand in its way."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from server import clock, models, tokens
from server.db import transaction
from server.domain import contacts, gate, patients
from server.domain.gate import Asked, Path
from server.models import Carries, ConsentTo, Plan
from tests.world import World

Obstacle = Callable[[World], Awaitable[object]]


async def asked(
    world: World, path: Path, carries: Carries, *, words: str | None = None, is_sure: bool = False
) -> Asked:
    """It wants to go to Ines, as things are now."""
    patient = await models.Patient.get(id=world.ines.id).select_related("organization")
    number = await models.PhoneNumber.filter(team_id=world.ines_thread.team_id).order_by("created_at").first()
    return Asked(path, patient.organization, patient, world.ines_thread, carries, number, words, is_sure)


async def asks(
    world: World, path: Path, carries: Carries, *, words: str | None = None, is_sure: bool = False
) -> gate.Admitted:
    """The gate's answer."""
    async with transaction():
        return await gate.admit(await asked(world, path, carries, words=words, is_sure=is_sure))


async def nothing(world: World) -> None:
    """Nothing is in the way, except what patients must agree to first."""


async def ended_plan(world: World) -> None:
    await models.Organization.all().update(plan=Plan.SUSPENDED)


async def no_contact(world: World) -> None:
    await patients.change(world.ines.id, patients.Details(phone=None, email=None), by=world.dana)


async def no_number(world: World) -> None:
    await models.PhoneNumber.filter(team_id=world.ines_thread.team_id).delete()


async def pending_number(world: World) -> None:
    await models.PhoneNumber.all().update(status=models.NumberStatus.PENDING)


async def pending_handset(world: World) -> None:
    await models.PhoneNumber.all().update(status=models.NumberStatus.PENDING, endpoint=models.PhoneEndpoint.HANDSET)


async def blocked_number(world: World) -> None:
    await models.PhoneNumber.all().update(status=models.NumberStatus.BLOCKED)


def phone(number: str) -> Obstacle:
    """The patient's phone is this one."""
    return lambda world: patients.change(world.ines.id, patients.Details(phone=number), by=world.dana)


async def stopped_texts(world: World) -> None:
    await _suppress(world, world.ines.phone_index, world.mercy.numbers["Front desk"].id)


async def stopped_another_number(world: World) -> None:
    await _suppress(world, world.ines.phone_index, world.mercy.numbers["Billing"].id)


async def stopped_mails(world: World) -> None:
    await _suppress(world, world.ines.email_index, world.mercy.organization.id)


async def _suppress(world: World, contact: str | None, sender: object) -> None:
    await models.Suppression.create(
        id=tokens.new_id(),
        organization_id=world.mercy.organization.id,
        contact_index=contact,
        sender_id=sender,
        source=models.StopSource.KEYWORD,
        created_at=clock.now(),
    )


def paused(why: str) -> Obstacle:
    """Both contacts are paused for this."""

    async def act(world: World) -> None:
        organization = world.mercy.organization.id
        for kind, index in (("phone", world.ines.phone_index), ("email", world.ines.email_index)):
            await contacts.meet(organization, models.ContactKind(kind), index or "")
            async with transaction() as tx:
                await contacts.pause(tx, organization, index or "", why)

    return act


async def consented(world: World) -> None:
    for kind in ConsentTo:
        await patients.consent(world.ines.id, wording="Agreed on the phone", kind=kind, by=world.dana)


async def maybe_opt_out(world: World) -> None:
    await models.Task.create(
        id=tokens.new_id(),
        organization_id=world.mercy.organization.id,
        team_id=world.ines_thread.team_id,
        conversation_id=world.ines_thread.id,
        kind=models.TaskKind.MAYBE_OPT_OUT,
        created_at=clock.now(),
    )


def turned_off(kind: str) -> Obstacle:
    """The patient wants none of this kind."""
    return lambda world: models.Patient.filter(id=world.ines.id).update(**{kind: False})


async def told_often(world: World) -> None:
    """Three broadcasts of this week have reached them; somebody took a fourth back, and one is of another week."""
    for number, age in enumerate((0, 1, 6, 5, 8)):
        at = clock.now() - timedelta(days=age)
        await models.Message.create(
            id=tokens.new_id(),
            created_at=at,
            conversation_id=world.ines_thread.id,
            number=900 + number,
            rev=1,
            user_id=world.dana.user,
            author_id=world.dana.user,
            key=f"b{number}",
            fingerprint="",
            via=models.Via.SECURE_SMS,
            body_sealed=b"",
            broadcast_id=tokens.new_id(),
            recalled_at=at if age == 5 else None,
        )


async def night(world: World) -> None:
    """It is quiet at every hour but the one that comes in twelve hours."""
    await models.Patient.all().update(zone="UTC")
    ends = (clock.now().hour + 12) % 24
    await models.Organization.all().update(quiet_from=(ends + 1) % 24, quiet_until=ends)


async def silent_phone(world: World) -> None:
    index = world.ines.phone_index or ""
    await contacts.meet(world.mercy.organization.id, models.ContactKind.PHONE, index)
    await models.Contact.filter(index=index).update(proven_at=clock.now() - timedelta(days=200))
