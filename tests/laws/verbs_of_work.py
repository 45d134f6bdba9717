"""How the world is prepared for the verbs about whose work a conversation is. See `verbs`."""

from datetime import timedelta

from server import clock, models
from server.domain import (
    assignments,
    claims,
    conversations,
    handovers,
    jobs,
    messages,
    not_read,
    numbers,
    outcomes,
    priorities,
    recalls,
    receipts,
    snoozes,
    teams,
)
from server.models import Via
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain.waiting import reader_of
from tests.world import World


async def _assign(world: World) -> Act:
    return lambda: assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)


async def _hand_over(world: World) -> Act:
    sam, said = world.sam.user, "Her daughter calls at noon"
    return lambda: handovers.hand_over(world.ines_thread.id, sam, key="h", body=said, by=world.dana)


async def _choose_number(world: World) -> Act:
    await teams.give_number(world.mercy.teams["Front desk"], "+13125550109")
    return lambda: numbers.choose(world.ines_thread.id, "+13125550109", by=world.dana)


async def _claim(world: World) -> Act:
    return lambda: claims.claim(world.ines_thread.id, by=world.dana)


async def _lapse(world: World) -> Act:
    await (await _claim(world))()
    clock.shift(timedelta(minutes=11))
    [job] = await jobs.claim(1, kinds=[claims.LAPSE])
    return lambda: claims.lapse(job)


async def _snooze(world: World) -> Act:
    until = clock.now() + timedelta(hours=2)
    return lambda: snoozes.snooze(world.ines_thread.id, until, by=world.dana)


async def _wake(world: World) -> Act:
    await (await _snooze(world))()
    return lambda: snoozes.wake(world.ines_thread.id, by=world.sam)


async def _wake_due(world: World) -> Act:
    await (await _snooze(world))()
    clock.shift(timedelta(hours=3))
    [job] = await jobs.claim(1, kinds=[snoozes.WAKE])
    return lambda: snoozes.wake_due(job)


async def _not_read(world: World) -> Act:
    await messages.post(world.ines_thread.id, key="n", via=Via.SECURE_SMS, body="Your form is ready.", by=world.dana)
    clock.shift(not_read.AFTER)
    [job] = await jobs.claim(1, kinds=[not_read.KIND])
    return lambda: not_read.look(job)


async def _answer_unread(world: World) -> Act:
    await (await _not_read(world))()
    return lambda: messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="a", body="Sorry, I was away.")


async def _take_back_unread(world: World) -> Act:
    await (await _not_read(world))()
    newest = await models.Message.get(conversation_id=world.ines_thread.id, key="n")
    return lambda: recalls.recall(newest.id, by=world.dana)


async def _read_unread(world: World) -> Act:
    await (await _not_read(world))()
    reader = await reader_of(world)
    return lambda: receipts.mark_shown(9, by=reader)


async def _write_to_the_snoozed(world: World) -> Act:
    await (await _snooze(world))()
    return lambda: messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="w", body="Hello?")


async def _finish_the_snoozed(world: World) -> Act:
    await (await _snooze(world))()
    return lambda: conversations.mark_done(world.ines_thread.id, by=world.dana)


async def _mark(world: World) -> Act:
    return lambda: priorities.mark(world.ines_thread.id, is_priority=True, by=world.dana)


async def _write_urgently(world: World) -> Act:
    await (await _snooze(world))()
    return lambda: messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="w", body="I cannot breathe")


async def _close_urgent(world: World) -> Act:
    await (await _write_urgently(world))()
    task = await models.Task.get(kind=models.TaskKind.URGENT)
    return lambda: outcomes.close(task.id, "called", by=world.sam)


async def _finish_unanswered(world: World) -> Act:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="u", body="Hello?")
    said = "She came by"
    return lambda: conversations.mark_done(world.ines_thread.id, by=world.dana, why="other", said=said)


WHAT_FOLLOWS = (
    _write_to_the_snoozed,
    _finish_the_snoozed,
    _finish_unanswered,
    _write_urgently,
    _close_urgent,
    _answer_unread,
    _take_back_unread,
    _read_unread,
)
VERBS: dict[str, Verb] = {
    "assignments.assign": _assign,
    "numbers.choose": _choose_number,
    "handovers.hand_over": _hand_over,
    "claims.claim": _claim,
    "claims.lapse": _lapse,
    "priorities.mark": _mark,
    "snoozes.snooze": _snooze,
    "snoozes.wake": _wake,
    "snoozes.wake_due": _wake_due,
    "not_read.look": _not_read,
}
