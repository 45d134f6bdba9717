"""How the simulated Vonage treats a text: take it or not, deliver it or not, and tell us by webhooks."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any
from uuid import uuid4

from server import clock
from server.simulator import inbound
from server.simulator.assist import Assist
from server.simulator.diary import Diary
from server.simulator.faults import LATER, OFF, SOON, STOPPED, Answer, Fault, Receipt, fault_of
from server.simulator.inbound import Written
from server.simulator.ledger import Ledger, Post
from server.simulator.media import Media, MediaStore
from server.simulator.number_shop import NumberShop
from server.simulator.phones import Phones
from server.simulator.settings import SimulatorSettings
from server.simulator.trouble import Rate, Trouble
from server.simulator.webhooks import Webhooks

ERRORS = "https://developer.vonage.com/api-errors"


class Carrier:
    """One carrier with its ledger, its phones and its webhooks."""

    def __init__(self, settings: SimulatorSettings, diary: Diary) -> None:
        self.ledger = Ledger(settings.ledger_path)
        self.phones = Phones(diary)
        self.media = MediaStore()
        self.webhooks = Webhooks(settings, diary)
        self.assist = Assist()
        self.shop = NumberShop()
        self.trouble = Trouble()
        self.off = set[str]()
        self._rate = Rate(settings.per_second)
        self._diary = diary
        self._scale = settings.time_scale
        self._under_way = set[asyncio.Task[None]]()
        self._has_replied = set[tuple[str, str]]()

    def take(self, *, to: str, sender: str, text: str, client_ref: str | None) -> Post:
        """Receive one post: enter it, say how it is answered, and start what follows."""
        fault = STOPPED if self.assist.blocks(phone=to, number=sender) else OFF if to in self.off else fault_of(to)
        trouble: Answer | None = self.trouble.draw() if self._rate.take() else "throttled"
        is_first = not self.ledger.has_seen(to=to, text=text, client_ref=client_ref)
        answer: Answer = trouble or (fault.first if fault.first and is_first else fault.answer)
        is_taken = trouble == "lost" or (trouble is None and fault.is_taken and answer == fault.answer)
        message_uuid = str(uuid4()) if is_taken else None
        post = self.ledger.enter(
            to=to, sender=sender, text=text, client_ref=client_ref, answer=answer, message_uuid=message_uuid
        )
        self._diary.enter("post", to)
        if is_taken:
            self._follow(post, fault)
        return post

    def write(self, *, number: str, to: str, text: str, copies: int | None = None) -> str:
        """Send a text from a phone to a clinic's number; give its `message_uuid`."""
        message_uuid = str(uuid4())
        self.phones.show(number, "written", message_uuid=message_uuid, other=to, text=text)
        if said := self.assist.hear(phone=number, number=to, text=text):
            self.phones.show(number, "received", message_uuid=str(uuid4()), other=to, text=said)
        body = inbound.text(Written(number, to, text), message_uuid=message_uuid)
        self._start(self.webhooks.push("inbound", body, copies=copies or fault_of(number).copies))
        return message_uuid

    def write_media(self, written: Written, kind: str, media: Media) -> str:
        """Send a picture, or another kind of thing, from a phone; give its `message_uuid`."""
        message_uuid = str(uuid4())
        shown = f"[{kind}] {written.text}".strip()
        self.phones.show(written.number, "written", message_uuid=message_uuid, other=written.to, text=shown)
        body = inbound.media(written, kind, self.media.keep(media), message_uuid=message_uuid)
        self._start(self.webhooks.push("inbound", body, copies=fault_of(written.number).copies))
        return message_uuid

    def write_parts(self, written: Written, total: int, order: Sequence[int]) -> str:
        """Send a long text whose parts arrive apart, one after the other in this order; give the text's name."""
        message_uuid = str(uuid4())
        self.phones.show(written.number, "written", message_uuid=message_uuid, other=written.to, text=written.text)
        self._start(self._push_in_turn(inbound.parts(written, total, order=order, ref=message_uuid[:4])))
        return message_uuid

    async def _push_in_turn(self, bodies: Sequence[inbound.Body]) -> None:
        for body in bodies:
            await self.webhooks.push("inbound", body)

    async def stop(self) -> None:
        """Forget what is still under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        self.ledger.close()

    def clear(self) -> None:
        """Begin again: empty phones and ledger, nothing under way."""
        for task in list(self._under_way):
            task.cancel()
        self.phones.clear()
        self.media.clear()
        self.assist.clear()
        self.shop.clear()
        self.trouble = Trouble()
        self.off.clear()
        self.ledger.clear()
        self.webhooks.calls.clear()
        self._has_replied.clear()

    def _follow(self, post: Post, fault: Fault) -> None:
        for receipt in fault.receipts:
            self._start(self._report(post, receipt, fault.copies))
        if fault.arrives_after is not None:
            self._start(self._arrive(post, fault))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _report(self, post: Post, receipt: Receipt, copies: int) -> None:
        await asyncio.sleep(receipt.after * self._scale)
        await self.webhooks.push("status", _status(post, receipt), copies=copies)

    async def _arrive(self, post: Post, fault: Fault) -> None:
        await asyncio.sleep((fault.arrives_after or 0.0) * self._scale)
        uuid = post.message_uuid or ""
        self.phones.show(post.to, "received", message_uuid=uuid, other=post.sender, text=post.text)
        pair = (post.to, post.sender)
        # A person answers STOP once. The confirmation that comes back must not start a game of ping-pong.
        if fault.replies and pair not in self._has_replied:
            self._has_replied.add(pair)
            await asyncio.sleep((LATER - SOON) * self._scale)
            self.write(number=post.to, to=post.sender, text=fault.replies)


def _status(post: Post, receipt: Receipt) -> dict[str, object]:
    body: dict[str, object] = {
        "message_uuid": post.message_uuid,
        "to": post.to,
        "from": post.sender,
        "timestamp": _stamp(),
        "status": receipt.status,
        "channel": "sms",
        "usage": {"currency": "USD", "price": "0.0079"},
        "destination": {"network_code": "310260"},
        "sms": {"count_total": "1"},
    }
    if post.client_ref is not None:
        body["client_ref"] = post.client_ref
    if receipt.code is not None:
        body["error"] = {
            "type": f"{ERRORS}/messages#{receipt.code}",
            "title": receipt.code,
            "detail": "Simulated",
            "instance": uuid4().hex,
        }
    return body


def _stamp() -> str:
    return clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
