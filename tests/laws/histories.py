"""Days at a made-up front desk, drawn by chance: what a screen showed at one moment, what it was told, and what another
shows that loads afterwards. The Python of `replay` and the TypeScript of `web/src/state` must both get from one to the
other.
"""

import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

import msgspec

from realtime import sources, wire
from server import access, clock, models
from server.db import snapshot
from server.domain import (
    assignments,
    claims,
    conversations,
    drafts,
    jobs,
    ladders,
    messages,
    misfiled,
    not_read,
    notes,
    patients,
    priorities,
    recalls,
    receipts,
    snoozes,
    stops,
    tags,
)
from server.domain.jobs import Job
from server.errors import Refusal
from server.models import Colour, Via
from server.queries import facts, inbox, opened, views
from server.queries.inbox_views import NOBODY, Filters
from tests.server.domain.waiting import reader_of
from tests.world import World

Shown = dict[str, object]
VIEWS: tuple[views.View, ...] = tuple(inbox.WHICH)


@dataclass
class Desk:
    """Who acts on what, and the chance that decides. `key` makes every key a new one; the clock is `ahead`."""

    world: World
    chance: random.Random
    tags: list[UUID] = field(default_factory=list)
    key: int = 0
    ahead: timedelta = timedelta()

    def conversation(self) -> models.Conversation:
        return self.chance.choice((self.world.ines_thread, self.world.omar_thread))

    def colleague(self) -> access.Staff:
        return self.chance.choice((self.world.dana, self.world.sam))

    def new_key(self) -> str:
        self.key += 1
        return f"key-{self.key}"


async def _post(desk: Desk) -> None:
    body, by = f"Words {desk.key}", desk.colleague()
    await messages.post(desk.conversation().id, key=desk.new_key(), via=Via.SECURE_SMS, body=body, by=by)


async def _reply(desk: Desk) -> None:
    to = desk.conversation()
    await messages.reply(to.id, patient_id=to.patient_id, key=desk.new_key(), body="And then?")


async def _text(desk: Desk) -> None:
    to, body = desk.conversation(), desk.chance.choice(("It is me", "I cannot breathe"))
    origin = messages.Origin("+13125550142", desk.world.mercy.numbers["Front desk"].id)
    await messages.reply(to.id, patient_id=to.patient_id, key=desk.new_key(), body=body, via=Via.SMS, origin=origin)


async def _misfile(desk: Desk) -> None:
    found = await models.Message.filter(via=Via.SMS, recalled_at=None).order_by("-created_at", "-number").limit(3)
    if found:
        to = desk.chance.choice((desk.world.ines.id, desk.world.omar.id, None))
        await misfiled.move(desk.chance.choice(found).id, to, by=desk.colleague())


async def _done(desk: Desk) -> None:
    why = desk.chance.choice((None, "by_phone", "not_needed"))
    await conversations.mark_done(desk.conversation().id, by=desk.colleague(), why=why)


async def _reopen(desk: Desk) -> None:
    await conversations.reopen(desk.conversation().id, by=desk.colleague())


async def _see(desk: Desk) -> None:
    await conversations.mark_seen(desk.conversation().id, desk.chance.randint(1, 5), by=desk.world.dana)


async def _assign(desk: Desk) -> None:
    to = desk.chance.choice((desk.world.dana.user, desk.world.sam.user, None))
    await assignments.assign(desk.conversation().id, to, by=desk.colleague())


async def _claim(desk: Desk) -> None:
    await claims.claim(desk.conversation().id, by=desk.colleague())


async def _snooze(desk: Desk) -> None:
    until = clock.now() + timedelta(minutes=desk.chance.randint(1, 60))
    for_reply = desk.key % 2 == 0
    await snoozes.snooze(desk.conversation().id, until, by=desk.colleague(), for_reply=for_reply)


async def _wake(desk: Desk) -> None:
    await snoozes.wake(desk.conversation().id, by=desk.colleague())


async def _mark(desk: Desk) -> None:
    await priorities.mark(desk.conversation().id, is_priority=desk.chance.random() < 0.5, by=desk.colleague())


async def _tag(desk: Desk) -> None:
    turn = desk.chance.choice((tags.put_on, tags.take_off))
    await turn(desk.conversation().id, desk.chance.choice(desk.tags), by=desk.colleague())


async def _note(desk: Desk) -> None:
    await notes.write(desk.conversation().id, key=desk.new_key(), body="Please call her", by=desk.colleague())


async def _take_back(desk: Desk) -> None:
    found = await models.Message.filter(conversation_id=desk.conversation().id).order_by("-number").limit(3)
    if found:
        await recalls.recall(desk.chance.choice(found).id, by=desk.colleague())


async def _view(desk: Desk) -> None:
    if await models.PortalLink.filter(conversation_id=desk.world.ines_thread.id, expires_at__gt=clock.now()).exists():
        await receipts.mark_shown(desk.chance.randint(1, 9), by=await reader_of(desk.world))


async def _rename(desk: Desk) -> None:
    first = desk.chance.choice(("Ines", "Inés", "Agnes"))
    await patients.change(desk.world.ines.id, patients.Details(first_name=first), by=desk.world.dana)


async def _speak(desk: Desk) -> None:
    language = desk.chance.choice(("en", "es"))
    await patients.change(desk.world.omar.id, patients.Details(language=language), by=desk.world.dana)


async def _mail(desk: Desk) -> None:
    body, by = f"Words {desk.key}", desk.colleague()
    await messages.post(desk.conversation().id, key=desk.new_key(), via=Via.SECURE_EMAIL, body=body, by=by)


async def _agree(desk: Desk) -> None:
    to = desk.conversation().patient_id
    if desk.chance.random() < 0.5:
        await patients.consent(to, wording="Yes", by=desk.colleague())
    else:
        await patients.end_consent(to, by=desk.colleague())


async def _stop(desk: Desk) -> None:
    to, turn = desk.conversation(), desk.chance.choice((stops.write_down, stops.take_back))
    await turn(to.patient_id, is_mail=False, team_id=to.team_id, said="As she said", by=desk.colleague())


async def _begin(desk: Desk) -> None:
    kind = desk.chance.choice(tuple(models.DraftKind))
    await drafts.keep(desk.conversation().id, kind, desk.chance.choice(("Dear", "")), by=desk.colleague())


async def _time_passes(desk: Desk) -> None:
    ends: dict[str, Callable[[Job], Awaitable[None]]] = {
        claims.LAPSE: claims.lapse,
        ladders.KIND: ladders.climb,
        snoozes.WAKE: snoozes.wake_due,
        not_read.KIND: not_read.look,
    }
    # Minutes for a claim or a snooze to end, or a weekend in which nobody reads.
    desk.ahead += timedelta(minutes=desk.chance.choice((desk.chance.randint(1, 30), 60 * 50)))
    clock.shift(desk.ahead)
    # What the first round began, the second one finds due.
    for _ in range(2):
        for job in await jobs.claim(10, kinds=list(ends)):
            await ends[job.kind](job)


ACTS = (
    _post, _post, _reply, _reply, _done, _reopen, _see, _assign, _claim, _snooze, _wake, _mark, _tag, _note, _take_back,
    _view, _rename, _time_passes, _text, _text, _misfile, _misfile, _agree, _stop, _begin, _speak, _mail,
)  # fmt: skip


async def live(desk: Desk, acts: int) -> None:
    """So many acts, some of which are refused, as in life."""
    for _ in range(acts):
        with suppress(Refusal):
            await desk.chance.choice(ACTS)(desk)


async def at_desk(world: World, seed: int) -> Desk:
    """A desk with two tags, and chance that is the same for the same seed."""
    desk = Desk(world, random.Random(seed))
    desk.tags = [(await tags.create(name, Colour.TEAL, by=world.val)).id for name in ("Refill", "Form")]
    return desk


@dataclass
class Screen:
    """Every list, some of them filtered, and both conversations, as the server gives them to Dana at one moment."""

    lists: dict[str, Shown]
    filtered: dict[str, Shown]
    threads: dict[str, Shown]
    at: dict[str, tuple[str, int]]


def filtered_lists(desk: Desk) -> dict[str, tuple[views.View, Filters]]:
    """Some lists with a filter each, and one with all of them."""
    sam, tag = str(desk.world.sam.user), desk.tags[0]
    every = Filters(tag=tag, assignee=sam, language="en", way="secure_sms", waiting=1)
    return {
        "tag": ("open", Filters(tag=tag)),
        "sams": ("open", Filters(assignee=sam)),
        "nobodys": ("done", Filters(assignee=NOBODY)),
        "spanish": ("open", Filters(language="es")),
        "texts": ("unread", Filters(way="sms")),
        "by mail": ("waiting", Filters(way="secure_email")),
        "long": ("needs_reply", Filters(waiting=10)),
        "longer": ("open", Filters(waiting=60, language="en")),
        "all": ("needs_reply", every),
    }


async def screen(world: World, filtered: Mapping[str, tuple[views.View, Filters]] = MappingProxyType({})) -> Screen:
    """What Dana's screen loads now."""
    async with snapshot():
        lists = {view: await inbox.page(world.dana, None, view, None) for view in VIEWS}
        fitting = {
            name: await inbox.page(world.dana, None, view, None, only) for name, (view, only) in filtered.items()
        }
        both = (world.ines_thread.id, world.omar_thread.id)
        threads = {str(each): await opened.whole(world.dana, each, before=None) for each in both}
        at = {str(each.id): (each.epoch, each.at) for each in await facts.positions(world.dana.streams)}
    return Screen(plain(lists), plain(fitting), plain(threads), at)


async def told(world: World, since: Screen) -> list[list[Shown]]:
    """The Facts that came to her after that, of each Stream in their order."""
    house = sources.of_the_house()
    streams = [await wire.catch_up(world.dana, UUID(each), *at, house) for each, at in since.at.items()]
    return [[fact for frame in frames for fact in msgspec.json.decode(frame).get("list", [])] for frames in streams]


def plain(shape: object) -> dict[str, Shown]:
    """As JSON has it."""
    found: dict[str, Shown] = msgspec.json.decode(msgspec.json.encode(shape))
    return found
