"""Broadcasts, for tests: one goes all its way, with a worker that is ourselves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from server import access, clock, models
from server.domain import broadcasts, jobs, patients, sending
from server.domain.broadcasts import Said
from server.models import Broadcast, BroadcastRecipient, BroadcastState, BroadcastWay
from server.queries import thread, views
from server.queries.broadcast_views import Filter
from tests.server.domain.sending.posting import ACCEPTED
from tests.world import World

WORDS = "The flu clinic is on November 24."
_count = iter(range(1_000_000))


def said(
    *filters: Filter,
    way: BroadcastWay = BroadcastWay.SECURE,
    is_news: bool = True,
    **bodies: str,
) -> Said:
    """To the patients with a conversation, unless it says to whom."""
    return Said(
        "Flu clinic Nov 24",
        {"en": WORDS, **bodies},
        filters=filters or (Filter(),),
        way=way,
        is_news=is_news,
    )


async def more_patients(world: World, many: int) -> list[models.Patient]:
    """So many more at Mercy, who were never written to."""
    return [
        await patients.create(
            patients.Details(first_name="Pat", last_name=f"No{number}", phone=f"+1312556{number:04}"), by=world.dana
        )
        for number in range(many)
    ]


async def checked(world: World, asked: Said | None = None, *, by: access.Staff | None = None) -> Broadcast:
    """One whose audience is frozen."""
    by = by or world.dana
    row, _ = await broadcasts.begin(world.ines_thread.team_id, f"b{next(_count)}", asked or said(), by=by)
    return await broadcasts.check(row.id, by=by)


async def begun(world: World, asked: Said | None = None, *, per_hour: int | None = None) -> Broadcast:
    """One that was let go, and whose minute is over."""
    row = await checked(world, asked)
    await broadcasts.submit(row.id, row.rev, by=world.dana, per_hour=per_hour)
    await broadcasts.approve(row.id, by=world.sam) if await _awaits(row) else None
    await models.Work.filter(kind=broadcasts.KIND).update(next_at=clock.now())
    await Broadcast.filter(id=row.id).update(due_at=clock.now())
    return await again(row)


async def _awaits(row: Broadcast) -> bool:
    return (await again(row)).state is BroadcastState.AWAITING


async def work(steps: int = 1_000_000) -> int:
    """Do so many steps of broadcasts without the rests between them, and carry what they posted; how many were due."""
    done = 0
    while done < steps and (claimed := await jobs.claim(1, kinds=[broadcasts.KIND])):
        await broadcasts.carry(claimed[0])
        done += 1
        await hurry()
    return done


async def hurry() -> None:
    """Let what rests between two bites be over, and what waits for another day not."""
    soon = clock.now() + timedelta(seconds=30)
    await models.Work.filter(kind=broadcasts.KIND, done_at=None, next_at__lte=soon).update(next_at=clock.now())
    while claimed := await sending.claim(50, lane=sending.Lane.TEXTS):
        for each in claimed:
            await sending.settle(each, ACCEPTED)
        # Rates are another law's.
        await models.Delivery.all().update(taken_at=None)


async def again(row: Broadcast) -> Broadcast:
    """How it stands now."""
    return await Broadcast.get(id=row.id)


async def states(row: Broadcast) -> dict[str, int]:
    """How many recipients are in each state; always the whole audience."""
    found = Counter([each.state.value for each in await BroadcastRecipient.filter(broadcast_id=row.id)])
    assert sum(found.values()) == (await again(row)).total
    return dict(found)


async def left_out(row: Broadcast) -> dict[UUID, str | None]:
    """Who is left out, and why."""
    found = await BroadcastRecipient.filter(broadcast_id=row.id, state="left_out")
    return {each.patient_id: each.why for each in found}


async def messages_of(people: Sequence[models.Patient]) -> list[models.Message]:
    """Every message to them, in order."""
    theirs = models.Message.filter(conversation__patient_id__in=[each.id for each in people])
    return await theirs.order_by("created_at", "number")


async def shown_in(conversation: models.Conversation) -> list[views.Message]:
    """What staff see there."""
    return (await thread.page(conversation.id, None))[0]


async def as_role(staff: access.Staff, role: models.Role) -> access.Staff:
    """The same person in another role."""
    await models.User.filter(id=staff.user).update(role=role)
    return replace(staff, role=role)


_BEFORE = {
    "approve_broadcast": BroadcastState.AWAITING,
    "cancel_broadcast": BroadcastState.COUNTING,
    "pause_broadcast": BroadcastState.RUNNING,
    "resume_broadcast": BroadcastState.PAUSED,
    "stop_broadcast": BroadcastState.RUNNING,
    "retry_broadcast": BroadcastState.FINISHED,
}


async def make_ready(act: str) -> None:
    """Take the broadcasts, and what nobody can open, as far as they must be for an act on them."""
    if act == "open_up":
        await models.NamedReader.all().delete()
        await models.Conversation.all().update(is_sensitive=True, assignee_id=None)
    if act in _BEFORE:
        await Broadcast.all().update(state=_BEFORE[act])
    if act == "retry_broadcast":
        failed = await models.Delivery.get(state=models.State.FAILED)
        await BroadcastRecipient.all().update(state="posted", message_id=failed.message_id)
