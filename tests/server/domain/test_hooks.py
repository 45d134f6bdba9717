"""What other programs are told: each event once on record with what it tells of, posted until it is taken."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server import access, clock, models
from server.db import transaction
from server.domain import conversations, hook_tellings, hooks, jobs, messages, outbox
from server.errors import Refusal
from server.gateways.hooks import HookGateway
from server.models import TellingState
from server.worker.telling import Telling
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio
URL = "https://records.example.com/heard"


class Receiver:
    """A program that hears: a real server, which answers as it is told to."""

    def __init__(self) -> None:
        self.status, self.port = 204, 0
        self.heard: list[tuple[dict[str, str], bytes]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.heard.append((headers, await reader.readexactly(int(headers["content-length"]))))
        location = "Location: http://169.254.169.254/\r\n" if 300 <= self.status < 400 else ""
        writer.write(f"HTTP/1.1 {self.status} Said\r\n{location}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    server = await asyncio.start_server(made.hear, "127.0.0.1", 0)
    async with server:
        made.port = server.sockets[0].getsockname()[1]
        hooks.use([made.place])
        yield made
    hooks.use([])


async def tell(gateway: HookGateway, *, pace: float = 0.0) -> None:
    """Do all that is due."""
    telling = Telling(gateway, pace=pace)
    while due := await jobs.claim(20, kinds=[outbox.JOB]):
        for job in due:
            await telling.tell(job)


async def reply(world: World, key: str = "r") -> UUID:
    return (await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body="Thank you"))[0]


def signature(secret: str, headers: dict[str, str], body: bytes) -> str:
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


@pytest.fixture
async def ana(world: World) -> access.Staff:
    return await admin(world.robin)


async def test_an_event_is_told_with_ids_alone_and_signed(world: World, ana: access.Staff) -> None:
    async with receiver() as program:
        _, secret = await hooks.make(f"http://{program.place}/heard", ["message.received"], by=ana)
        message = await reply(world)
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await tell(HookGateway([program.place]))

    [(headers, body)] = program.heard
    ids = {"message": message, "conversation": world.ines_thread.id, "patient": world.ines.id}
    said = json.loads(body)
    assert (said["type"], said["data"]) == (
        "message.received",
        {name: str(each) for name, each in {**ids, "team": world.ines_thread.team_id}.items()},
    )
    assert headers["webhook-signature"] == signature(secret, headers, body)
    told = await models.HookTelling.get().select_related("event")
    assert (told.state, told.status, headers["webhook-id"]) == (TellingState.TOLD, 204, str(told.event.id))
    # What nobody asked for is on the list all the same, for who asks later.
    kinds = await models.HookEvent.all().order_by("id").values_list("kind", flat=True)
    assert [str(each) for each in kinds] == ["message.received", "conversation.closed"]


async def test_what_is_undone_is_not_told(world: World, ana: access.Staff) -> None:
    await hooks.make(URL, outbox.KINDS, by=ana)

    async def fail() -> None:
        async with transaction():
            await outbox.of_conversation("conversation.closed", world.ines_thread)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await models.HookEvent.all().count() == 0
    assert await models.Work.filter(kind=outbox.JOB).count() == 0


async def test_nobody_is_told_of_a_sensitive_conversation(world: World, ana: access.Staff) -> None:
    await hooks.make(URL, outbox.KINDS, by=ana)
    await models.Conversation.filter(id=world.ines_thread.id).update(is_sensitive=True)
    await reply(world)
    assert await models.HookEvent.all().count() == 0


async def test_a_clinic_without_a_program_writes_nothing_down(world: World, ana: access.Staff) -> None:
    await hooks.make(URL, outbox.KINDS, by=await admin(world.alex))
    await reply(world)

    assert await models.HookEvent.all().count() == 0


async def test_what_is_not_taken_is_tried_for_a_day_under_one_id_and_then_admins_hear(
    world: World, ana: access.Staff
) -> None:
    async with receiver() as program:
        made, secret = await hooks.make(f"http://{program.place}/", ["message.received"], by=ana)
        # A redirect is no answer, and leads nowhere.
        program.status = 302
        await reply(world)
        await tell(HookGateway([program.place]))
        assert len(program.heard) == 1 + len(hook_tellings.WAITS)
        assert len({headers["webhook-id"] for headers, _ in program.heard}) == 1
        assert {
            headers["webhook-signature"] == signature(secret, headers, body) for headers, body in program.heard
        } == {True}
        assert timedelta(hours=22) < sum(hook_tellings.WAITS, timedelta()) < timedelta(hours=25)
        row = await models.Hook.get(id=made.id)
        assert (row.disabled_why, (await models.HookTelling.get()).status) == ("no_answer", 302)
        mails = await models.Work.filter(kind=hook_tellings.MAIL)
        assert [each.subject_id for each in mails] == [ana.user]
        # Nothing is posted while it is off; what it missed comes when it is asked for.
        program.status = 200
        missed = await reply(world, "missed")
        await tell(HookGateway([program.place]))
        assert len(program.heard) == 1 + len(hook_tellings.WAITS)
        with pytest.raises(Refusal, match="Switch it on"):
            await hooks.test(made.id, by=ana)
        await hooks.enable(made.id, by=ana)
        assert await hooks.replay(made.id, since=clock.now() - timedelta(hours=1), by=ana) == 2
        await tell(HookGateway([program.place]))
        again = program.heard[1 + len(hook_tellings.WAITS) :]
        assert {json.loads(body)["data"]["message"] for _, body in again} >= {str(missed)}
        assert program.heard[0][0]["webhook-id"] in {headers["webhook-id"] for headers, _ in again}
        assert {each.state for each in await models.HookTelling.all()} == {TellingState.TOLD}


async def test_two_secrets_hold_for_a_day(world: World, ana: access.Staff) -> None:
    async with receiver() as program:
        made, first = await hooks.make(f"http://{program.place}/", ["message.received"], by=ana)
        second = await hooks.rotate(made.id, by=ana)
        await hooks.test(made.id, by=ana)
        await tell(HookGateway([program.place]))
        await models.Hook.all().update(old_until=clock.now())
        await hooks.test(made.id, by=ana)
        await tell(HookGateway([program.place]))

    both, one = program.heard
    assert both[0]["webhook-signature"].split() == [signature(second, *both), signature(first, *both)]
    assert one[0]["webhook-signature"] == signature(second, *one)
    assert first not in str(await models.Hook.all().values())


async def test_a_worker_that_died_in_the_middle_loses_nothing(world: World, ana: access.Staff) -> None:
    async with receiver() as program:
        await hooks.make(f"http://{program.place}/", ["message.received"], by=ana)
        await reply(world)
        [taken] = await jobs.claim(5, kinds=[outbox.JOB])
        letter = await hook_tellings.letter(taken)
        assert letter
        await HookGateway([program.place]).post(letter.url, letter.headers, letter.body)
        # It dies here: posted, and never settled. Its lease ends, and another worker tells it again.
        await models.Work.all().update(lease_until=clock.now())
        await tell(HookGateway([program.place]))
        # The dead one comes back and changes nothing.
        await hook_tellings.settle(taken, None, "silence", pace=1)

    assert len({headers["webhook-id"] for headers, _ in program.heard}) == 1
    assert len(program.heard) == 2
    assert (await models.HookTelling.get()).state is TellingState.TOLD
    assert await models.Work.filter(kind=outbox.JOB, done_at=None).count() == 0


async def test_no_way_leads_into_a_network(world: World, ana: access.Staff) -> None:
    for url in (
        *(
            "http://records.example.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
        ),
        *("https://localhost/", "https://db.internal/", "https://user@example.com/", "https://example.com#@a.b/"),
        *("https://example.com\\@a.b/", "ftp://example.com/", "https://169.254.169.254/latest", "https://intranet/"),
        "https://exämple.com/",
    ):
        with pytest.raises(Refusal, match="https://"):
            await hooks.make(url, ["message.received"], by=ana)


async def test_another_clinics_admin_finds_no_hook(world: World, ana: access.Staff) -> None:
    made, _ = await hooks.make(URL, ["message.received"], by=ana)
    await reply(world)
    alex, event = await admin(world.alex), await models.HookEvent.get()
    other, _ = await hooks.make(URL, ["message.received"], by=alex)
    for act in (
        lambda: hooks.rotate(made.id, by=alex),
        lambda: hooks.enable(made.id, by=alex),
        lambda: hooks.test(made.id, by=alex),
        lambda: hooks.replay(made.id, since=clock.now(), by=alex),
        lambda: hooks.replay(other.id, event=event.id, by=alex),
        lambda: hooks.remove(made.id, by=alex),
        lambda: hooks.remove(uuid4(), by=alex),
    ):
        with pytest.raises(Refusal, match="nothing here"):
            await act()
