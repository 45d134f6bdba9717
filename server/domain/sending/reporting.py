"""The carrier tells what became of a text."""

from typing import Protocol
from uuid import UUID

from server import models
from server.db import Transaction, transaction
from server.db.prepared import Prepared
from server.domain import carrier_calls, proxy_notices, webhooks
from server.domain.sending import astray, states, stopping, turning
from server.models import State
from server.queries import erased


class Meaning(Protocol):
    """What a report means to us: `sent`, `delivered`, `failed` or `uncertain`, and a reason code."""

    @property
    def state(self) -> str: ...

    @property
    def reason(self) -> str: ...


class Status(Protocol):
    """A report, as a gateway reads it."""

    @property
    def message_uuid(self) -> str: ...

    @property
    def client_ref(self) -> str | None: ...

    @property
    def to(self) -> str: ...

    @property
    def sender(self) -> str: ...

    @property
    def meaning(self) -> Meaning: ...


_BY_REF = Prepared(lambda ref: models.Delivery.filter(ref=ref).limit(1))


async def report(status: Status, *, jti: str) -> str | None:
    """Let a report take effect, once per call. States move forward only, so order and repeats do no harm.

    A report about something that is not ours, or no longer here, is heard and forgotten; one about a clinic's that is
    erased is not even kept, which the answer says.
    """
    async with transaction() as tx:
        if not await carrier_calls.hear(jti):
            return None
        if await erased.has_number(_e164(status.sender)):
            return webhooks.NOT_KEPT
        found = await _find(status)
        if found is None:
            await _of_an_errand(tx, status)
            return None
        state = State(status.meaning.state)
        if _says_nothing_new(found, state):
            return None
        conversation = await turning.locked(found.conversation_id)
        rows = await turning.of_ref(found.ref)
        reason = status.meaning.reason if state in turning.TROUBLES else None
        await turning.forward(tx, conversation, rows, state, reason, carrier_ref=status.message_uuid[:64])
        if reason == "opted_out":
            await _stop_the_others(tx, conversation, rows[0])
        return None


def _says_nothing_new(row: models.Delivery, state: State) -> bool:
    """Nearly every text is reported as sent when that is long known. What is known only grows, so no lock is needed."""
    if row.carrier_ref is None or state in turning.TROUBLES:
        return False
    return row.state in (State.SENT, State.DELIVERED) and states.rank(row.state, None) >= states.rank(state, None)


async def _stop_the_others(tx: Transaction, conversation: models.Conversation, row: models.Delivery) -> None:
    if row.to_index and row.phone_number_id:
        await stopping.stop_waiting(tx, row.to_index, row.phone_number_id, holding=conversation)


async def _of_an_errand(tx: Transaction, status: Status) -> None:
    """What the portal, or a notice to a proxy, had sent: it has no delivery that could show what became of it."""
    errand, state, reason = _as_id(status.client_ref), State(status.meaning.state), status.meaning.reason
    if errand is None:
        return
    if state is State.DELIVERED:
        await astray.arrived(errand)
    elif state is State.FAILED:
        if reason == "opted_out":
            ours = _e164(status.sender)
            await astray.stopped(tx, errand, number=ours)
            await astray.answer_stopped(tx, errand, phone=_e164(status.to), number=ours)
        else:
            await astray.refused(tx, errand, reason)
        await astray.question_failed(tx, errand, reason)
        await proxy_notices.failed_later(tx, errand, reason)


async def _find(status: Status) -> models.Delivery | None:
    """By the name we gave it, else by the carrier's."""
    ref = _as_id(status.client_ref)
    if ref and (row := await _BY_REF.first(ref)):
        return row
    return await models.Delivery.filter(carrier_ref=status.message_uuid).order_by("created_at").first()


def _e164(number: str) -> str:
    return f"+{number.removeprefix('+')}"


def _as_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
