"""Several conversations at once. Each is an act of its own, so some may be refused while the others are done."""

from uuid import UUID

import msgspec

from server import access
from server.db import snapshot
from server.domain import assignments, conversations, handovers, priorities, snoozes, tags
from server.errors import Refusal
from server.queries import inbox, shift, views
from web.api import acts
from web.api.registry import api


class Refused(msgspec.Struct, frozen=True):
    """Why one of them was refused: as of a request about it alone."""

    code: str
    detail: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of one conversation: its row, or why nothing was done with it."""

    id: UUID
    row: views.Row | None
    refused: Refused | None


class Outcomes(msgspec.Struct, frozen=True):
    """Of each conversation that was named, in their order, once."""

    outcomes: list[Outcome]


@api.get("/shift", answers={200: shift.Shift})
async def show_shift(staff: access.Staff) -> shift.Shift:
    """What I leave at the end of a shift: what is mine, what I promised, what waits and what did not arrive."""
    async with snapshot():
        return await shift.of(staff)


@api.post("/conversations/bulk", answers={200: Outcomes})
async def act_on_several(staff: access.Staff, body: acts.Several) -> Outcomes:
    """Do one thing with up to 100 conversations, each on its own: what is refused for one hinders no other."""
    refused = {each: await _try(staff, each, body.act) for each in dict.fromkeys(body.ids)}
    rows = await inbox.rows([each for each, no in refused.items() if no is None])
    return Outcomes([Outcome(each, rows.get(each), no) for each, no in refused.items()])


async def _try(staff: access.Staff, conversation: UUID, act: acts.Act) -> Refused | None:
    try:
        await _do(staff, conversation, act)
    except Refusal as no:
        return Refused(no.code, str(no))
    return None


async def _do(staff: access.Staff, conversation: UUID, act: acts.Act) -> None:
    match act:
        case acts.ActAssign(to=to):
            await assignments.assign(conversation, to, by=staff)
        case acts.ActDone(why=why, words=words):
            await conversations.mark_done(conversation, by=staff, why=why, said=words)
        case acts.ActReopen():
            await conversations.reopen(conversation, by=staff)
        case acts.ActWake():
            await snoozes.wake(conversation, by=staff)
        case acts.ActSnooze(until=until, for_reply=for_reply):
            await snoozes.snooze(conversation, until, by=staff, for_reply=for_reply)
        case acts.ActTag(tag=tag, on=on):
            await (tags.put_on if on else tags.take_off)(conversation, tag, by=staff)
        case acts.ActPriority(on=on):
            await priorities.mark(conversation, is_priority=on, by=staff)
        case acts.ActHandOver(key=key, to=to, body=body, mentions=mentions):
            await handovers.hand_over(conversation, to, key=key, body=body, by=staff, mentions=mentions)
