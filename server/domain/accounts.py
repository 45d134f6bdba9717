"""Our account with a carrier: a circuit that opens where every send would end the same way, and closes by itself.

It lives in one row per account (`models.Account`), so that all workers share it. Claims lock that row: it also is what
makes them count together (`sending/rates.py`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import structlog

from server import audit, clock, facts, metrics, models
from server.audit import Did
from server.db import Transaction, sql, transaction
from server.queries import outlets

log = structlog.get_logger()

MOST_FAILURES = 5
"""So many attempts in a row without an answer, or with an error of the carrier's own, open the circuit."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)
SLOW_FOR = timedelta(seconds=1)
TRIAL = timedelta(seconds=60)
"""How long one that is sent to see may take, as long as the lease of a text: then the next one is tried."""


class Showing(StrEnum):
    """What one attempt shows about the account.

    `well`: the carrier took it, or said no for the address's sake. `slow`: it asks for patience. `shaky`: no answer, or
    an error of its own. `ours`: it does not accept us, so every other send would end the same way. `nothing`: the
    carrier was not asked.
    """

    WELL = "well"
    SLOW = "slow"
    SHAKY = "shaky"
    OURS = "ours"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as the account sees it: when it was claimed, what it showed, why, and the carrier's Retry-After."""

    claimed_at: datetime
    showing: Showing
    code: str | None = None
    retry_after: float | None = None
    is_trial: bool = False


async def locked(name: str) -> models.Account:
    """The account's row, locked for the rest of the transaction; made at the first need."""
    found = await models.Account.filter(id=name).select_for_update(no_key=True).first()
    if found is None:
        await sql.fetch(
            'INSERT INTO "account" ("id", "state", "failures") VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING "id"',
            [name, "closed", 0],
        )
        found = await models.Account.filter(id=name).select_for_update(no_key=True).get()
    return found


def most_to_take(account: models.Account, limit: int) -> int:
    """How many may be claimed now by whoever holds the row: all, none, or one that is sent to see."""
    if account.next_at is not None and account.next_at > clock.now():
        return 0
    return limit if account.state == "closed" else min(limit, 1)


async def begin_trial(account: models.Account) -> None:
    """One is sent to see, inside its claim; should its worker die, another is tried after a while."""
    account.state, account.next_at = "trying", clock.now() + TRIAL
    await account.save(update_fields=["state", "next_at"])


async def note(name: str, attempt: Attempt, *, pace: float = 1.0) -> bool:
    """Let an attempt take effect on the account; whether it counts as one of the letter's tries.

    It does not count while the account is in trouble, nor where the carrier asked for patience: nothing fails because
    *we* are in trouble. The one that opens the circuit counts, so that a letter that opens it again and again, while
    others pass, comes to its end.
    """
    async with transaction() as tx:
        account = await locked(name)
        match attempt.showing:
            case Showing.WELL:
                await _well(tx, account, attempt)
            case Showing.SLOW:
                await _slow(tx, account, attempt, pace)
                return False
            case Showing.SHAKY | Showing.OURS:
                return await _failed(tx, account, attempt, pace)
            case Showing.NOTHING if attempt.is_trial and account.state == "trying":
                account.state, account.next_at = "open", clock.now()
                await account.save(update_fields=["state", "next_at"])
        return True


async def tell_newcomers() -> None:
    """While an account is in trouble, tell the clinics whose messages have begun to wait for it since."""
    if not await models.Account.exclude(state="closed").exists():
        return
    async with transaction() as tx:
        for account in await models.Account.exclude(state="closed").order_by("id").select_for_update(no_key=True):
            since = account.since or clock.now()
            _tell(tx, set(await _waiting(account.id)) - set(await _told(since)))


async def show_states() -> None:
    """Put every account's state where operators look."""
    for account in await models.Account.all():
        metrics.ACCOUNT_IN_TROUBLE.labels(account.id).set(account.state != "closed")


async def _well(tx: Transaction, account: models.Account, attempt: Attempt) -> None:
    """It closes the circuit, unless it only shows how things were before."""
    if account.state != "closed":
        if account.since is None or attempt.claimed_at >= account.since:
            await _close(tx, account)
    elif account.failures:
        account.failures = 0
        await account.save(update_fields=["failures"])


async def _slow(tx: Transaction, account: models.Account, attempt: Attempt, pace: float) -> None:
    """The carrier answers, so a circuit that is tried closes; everybody waits as long as it asked for."""
    if account.state == "trying" and attempt.is_trial:
        await _close(tx, account)
    if account.state == "closed":
        until = clock.now() + max(SLOW_FOR, timedelta(seconds=attempt.retry_after or 0)) * pace
        account.next_at = max(until, account.next_at or until)
        await account.save(update_fields=["next_at"])


async def _failed(tx: Transaction, account: models.Account, attempt: Attempt, pace: float) -> bool:
    if account.state != "closed":
        if attempt.is_trial:
            account.failures += 1
            await _rest(account, attempt.code, pace)
        return False
    account.failures += 1
    if attempt.showing is Showing.OURS or account.failures >= MOST_FAILURES:
        account.failures = MOST_FAILURES
        await _open(tx, account, attempt.code, pace)
    else:
        await account.save(update_fields=["failures"])
    return True


async def _open(tx: Transaction, account: models.Account, code: str | None, pace: float) -> None:
    account.since = clock.now()
    await _rest(account, code, pace)
    await audit.enter(Did.ACCOUNT_OPENED, organization=None, data={"account": account.id, "code": code})
    _tell(tx, await _waiting(account.id))
    metrics.ACCOUNT_IN_TROUBLE.labels(account.id).set(1)
    log.error("account.in_trouble", name=account.id, code=code)


async def _rest(account: models.Account, code: str | None, pace: float) -> None:
    """Thirty seconds, doubling with each one that was sent to see for nothing."""
    doubled = FIRST_PAUSE * 2 ** min(account.failures - MOST_FAILURES, 10)
    account.state, account.code = "open", code
    account.next_at = clock.now() + min(doubled, LONGEST_PAUSE) * pace
    await account.save(update_fields=["state", "code", "since", "failures", "next_at"])


async def _close(tx: Transaction, account: models.Account) -> None:
    since = account.since or clock.now()
    _tell(tx, {*await _waiting(account.id), *await _told(since)})
    lasted = (clock.now() - since).total_seconds()
    account.state, account.code, account.since, account.failures, account.next_at = "closed", None, None, 0, None
    await account.save(update_fields=["state", "code", "since", "failures", "next_at"])
    await audit.enter(Did.ACCOUNT_CLOSED, organization=None, data={"account": account.id, "seconds": round(lasted)})
    metrics.ACCOUNT_IN_TROUBLE.labels(account.id).set(0)
    log.warning("account.well", name=account.id, seconds=round(lasted))


def _tell(tx: Transaction, organizations: Iterable[UUID]) -> None:
    for organization in organizations:
        tx.record(facts.SendingChanged(), organization)


_WAITING = """
SELECT DISTINCT "organization_id" FROM "delivery"
WHERE "state" IN ('waiting', 'sending') AND "next_at" <= ? AND "carries" IN ({carried})
"""


async def _waiting(name: str) -> Collection[UUID]:
    """The clinics that have something due, or on its way, for this account."""
    _, carried = outlets.LANES[name]
    rows = await sql.fetch(_WAITING.format(carried=sql.marks(carried)), [sql.as_time(clock.now()), *carried])
    return [sql.as_id(row["organization_id"]) for row in rows]


async def _told(since: datetime) -> Collection[UUID]:
    """The clinics that have heard of a trouble since then."""
    told = models.FactRecord.filter(kind=facts.SendingChanged.kind, at__gte=since)
    return [sql.as_id(stream) for stream in await told.distinct().values_list("stream_id", flat=True)]
