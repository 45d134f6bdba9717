"""The one place where deliveries are changed: always all rows of one `ref`, under their conversation's lock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import F

from server import access, audit, clock, facts, models
from server.audit import Did
from server.db import Transaction, sql
from server.db.prepared import Prepared
from server.domain import events, outbox, pushes
from server.domain.sending import aftermath, states
from server.models import EventKind, State
from server.queries import reach, unread

TROUBLES = (State.FAILED, State.UNCERTAIN)
TOLD: Mapping[State, outbox.Kind] = {State.DELIVERED: "message.delivered", State.FAILED: "message.failed"}
"""What other programs hear of."""


_OF_REF = Prepared(lambda ref: models.Delivery.filter(ref=ref).order_by("created_at"))


async def locked(conversation: UUID) -> models.Conversation:
    """The conversation, locked. Read its deliveries after this: another statement sees what was added meanwhile."""
    return await access.LOCKED.one(conversation)


async def of_ref(ref: UUID) -> list[models.Delivery]:
    """The delivery that carries and those that ride with it, the leader first."""
    rows = await _OF_REF.all(ref)
    return sorted(rows, key=lambda row: row.id != ref)


async def turn(
    tx: Transaction,
    conversation: models.Conversation,
    rows: Sequence[models.Delivery],
    state: State,
    reason: str | None = None,
    *,
    next_at: datetime | None = None,
    carrier_ref: str | None = None,
) -> None:
    """Change these rows, end their lease, enter it in the audit and tell the team."""
    now = clock.now()
    for row in rows:
        row.state, row.reason, row.changed_at = state, reason, now
        row.claim, row.lease_until = None, None
        row.next_at = next_at or row.next_at
        row.carrier_ref = carrier_ref or row.carrier_ref
        await row.save(
            update_fields=["state", "reason", "changed_at", "claim", "lease_until", "next_at", "carrier_ref"]
        )
    if state not in (State.WAITING, State.SENDING):
        await _enter(conversation, rows[0])
    await aftermath.of(tx, conversation, rows, state)
    if conversation.trouble or state in TROUBLES:
        conversation.trouble = await trouble_of(conversation)
    if conversation.trouble and state in TROUBLES and not conversation.is_open:
        await _reopen(tx, conversation)
    if state is State.FAILED and conversation.trouble == State.FAILED:
        await pushes.not_delivered(conversation, [row.message_id for row in rows])
    if state in TOLD:
        await outbox.of_conversation(TOLD[state], conversation, [row.message_id for row in rows])
    await tell(tx, conversation, [row.message_id for row in rows])


async def _reopen(tx: Transaction, conversation: models.Conversation) -> None:
    """Whoever marked it done believed that the patient had been told; nobody looks for trouble among what is done."""
    conversation.is_open, conversation.updated_at = True, clock.now()
    await conversation.save(update_fields=["is_open", "updated_at"])
    event = await events.keep(conversation, EventKind.REOPENED, by=None, why="undelivered")
    await audit.enter(
        Did.CONVERSATION_REOPENED,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data={"why": "undelivered"},
    )
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def forward(
    tx: Transaction,
    conversation: models.Conversation,
    rows: Sequence[models.Delivery],
    state: State,
    reason: str | None = None,
    *,
    carrier_ref: str | None = None,
) -> None:
    """Let what a carrier said take effect on the rows that know less; the others keep what they know."""
    reached = states.rank(state, reason)
    behind = [row for row in rows if states.rank(row.state, row.reason) < reached]
    if behind:
        await turn(tx, conversation, behind, state, reason, carrier_ref=carrier_ref)
    nameless = [row.id for row in rows if carrier_ref and not row.carrier_ref]
    if nameless:
        await models.Delivery.filter(id__in=nameless).update(carrier_ref=carrier_ref)


async def tell(tx: Transaction, conversation: models.Conversation, messages: Collection[UUID]) -> None:
    """Give the conversation and these messages the next revision, and record the Fact."""
    conversation.rev += 1
    await conversation.save(update_fields=["rev", "trouble", "open_tasks"])
    await models.Message.filter(id__in=list(messages)).update(rev=conversation.rev)
    fact = facts.DeliveryChanged(conversation=conversation.id, messages=list(messages))
    tx.record(fact, conversation.team_id)


_AS_ITS_CONVERSATION = """
UPDATE "message" SET "rev" = (SELECT c."rev" FROM "conversation" c WHERE c."id" = "message"."conversation_id")
WHERE "id" IN ({messages}) RETURNING "id"
"""


async def tell_of(
    tx: Transaction, conversations: Collection[models.Conversation], messages: Mapping[UUID, list[UUID]]
) -> None:
    """The same for many locked conversations at once, whose rows need nothing else."""
    if not conversations:
        return
    told = [conversation.id for conversation in conversations]
    await models.Conversation.filter(id__in=told).update(rev=F("rev") + 1)
    for conversation in conversations:
        conversation.rev += 1
        tx.record(
            facts.DeliveryChanged(conversation=conversation.id, messages=messages[conversation.id]),
            conversation.team_id,
        )
    changed = [message for conversation in told for message in messages[conversation]]
    await sql.fetch(_AS_ITS_CONVERSATION.format(messages=sql.marks(changed)), changed)


async def trouble_of(conversation: models.Conversation) -> str | None:
    """The state of the newest staff message where a person must hear of it: no delivery of it arrived, or still may.

    That is the newest of all, or an earlier one whose trouble came to light after the newest was written: who wrote
    last could not know of it. Known trouble is left behind by writing again. What a broadcast came to is in its report.
    """
    written = models.Message.filter(
        conversation_id=conversation.id, user_id__not_isnull=True, recalled_at=None, broadcast_id=None
    )
    newest = await written.order_by("-number").first()
    if newest is None:
        return None
    since = models.Delivery.filter(
        conversation_id=conversation.id, state__in=TROUBLES, changed_at__gte=newest.created_at, retried=False
    )
    asked = {newest.id, *(sql.as_id(message) for (message,) in await since.values_list("message_id"))}
    # What the patient has read by another way needs nobody any more.
    asked -= await unread.viewed(asked, proxy=None)
    standing = await written.filter(id__in=list(asked)).order_by("-number").values_list("id", flat=True)
    deliveries: dict[UUID, list[models.Delivery]] = {sql.as_id(message): [] for message in standing}
    for row in await models.Delivery.filter(message_id__in=list(deliveries)):
        deliveries[row.message_id].append(row)
    furthest = [delivery for rows in deliveries.values() if (delivery := reach.furthest(rows))]
    return next((each.state.value for each in furthest if each.state in TROUBLES), None)


async def _enter(conversation: models.Conversation, row: models.Delivery) -> None:
    await audit.enter(
        Did.DELIVERY_SENT if row.state is State.SENT else Did.DELIVERY_SETTLED,
        organization=conversation.organization_id,
        about=row.ref,
        patient=conversation.patient_id,
        data={"conversation": conversation.id, "state": row.state, "reason": row.reason},
    )
