"""The addresses that a clinic's other programs are told at, for its admins."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import hooks as desk
from server.domain import managing, outbox
from server.queries import hooks
from web.api import shapes
from web.api.registry import api

_ONE = ("unknown", "not_allowed")


class NewHook(shapes.Asked, frozen=True):
    """Where to, and of what."""

    url: Annotated[str, msgspec.Meta(max_length=500)]
    kinds: Annotated[list[outbox.Kind], msgspec.Meta(max_length=20)]


class Again(shapes.Asked, frozen=True):
    """One event, or all of them since a time."""

    event: UUID | None = None
    since: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Replayed(msgspec.Struct, frozen=True):
    """Of how many events it is told once more."""

    events: int


class BeforeTelling(shapes.Asked, frozen=True):
    """The `next` of the page before."""

    before: UUID | None = None


@api.get("/webhooks", answers={200: hooks.Hooks}, refuses=("not_allowed",))
async def list_hooks(staff: access.Staff) -> hooks.Hooks:
    """An admin sees which addresses of other programs are told what happens."""
    managing.must_be_admin(staff)
    return await hooks.of_clinic(staff)


@api.post(
    "/webhooks",
    answers={201: hooks.Hooks},
    refuses=("not_allowed", "prove_again", "not_an_address", "no_kinds", "too_many_hooks"),
)
async def make_hook(staff: access.Staff, body: NewHook) -> tuple[int, hooks.Hooks]:
    """Tell another address; what it is told is signed with the secret in `secret`, which is shown this once."""
    _, secret = await desk.make(body.url, body.kinds, by=staff)
    return 201, await hooks.of_clinic(staff, secret=secret)


@api.delete("/webhooks/{hook}", answers={200: hooks.Hooks}, refuses=_ONE)
async def remove_hook(staff: access.Staff, hook: UUID) -> hooks.Hooks:
    """Tell it nothing any more."""
    await desk.remove(hook, by=staff)
    return await hooks.of_clinic(staff)


@api.post("/webhooks/{hook}/secret", answers={200: hooks.Hooks}, refuses=(*_ONE, "prove_again"))
async def rotate_hook(staff: access.Staff, hook: UUID, body: shapes.Nothing) -> hooks.Hooks:
    """Another secret; for a day, what is sent is signed with both."""
    return await hooks.of_clinic(staff, secret=await desk.rotate(hook, by=staff))


@api.post("/webhooks/{hook}/enable", answers={200: hooks.Hooks}, refuses=_ONE)
async def enable_hook(staff: access.Staff, hook: UUID, body: shapes.Nothing) -> hooks.Hooks:
    """Tell it again."""
    await desk.enable(hook, by=staff)
    return await hooks.of_clinic(staff)


@api.post("/webhooks/{hook}/test", answers={204: None}, refuses=(*_ONE, "hook_disabled", "too_many"))
async def test_hook(staff: access.Staff, hook: UUID, body: shapes.Nothing) -> None:
    """Tell it of an event that never happened."""
    await desk.test(hook, by=staff)


@api.post("/webhooks/{hook}/replay", answers={200: Replayed}, refuses=(*_ONE, "hook_disabled"))
async def replay_hook(staff: access.Staff, hook: UUID, body: Again) -> Replayed:
    """Tell it once more of one event, or of all since a time; they keep their ids."""
    return Replayed(await desk.replay(hook, since=body.since, event=body.event, by=staff))


@api.get("/webhooks/{hook}/log", answers={200: hooks.Tellings}, refuses=_ONE)
async def show_hook_log(staff: access.Staff, hook: UUID, query: BeforeTelling) -> hooks.Tellings:
    """What it was told, and what it answered; fifty a page."""
    found = await hooks.log(staff, hook, before=query.before)
    managing.must_be_admin(staff)
    return found
