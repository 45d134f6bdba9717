"""The carrier's list of phones that stopped one of our numbers, held beside our own ledger.

A carrier that answers STOP itself (Opt-Out Assist) knows of stops that a lost webhook kept from us. What it knows and
we do not is recorded; what we know and it does not stays, since our own ledger is the stricter one.
"""

import csv
from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec

from server import audit, errors, keys, models, people
from server.audit import Did
from server.db import transaction
from server.domain import opt_outs, sending
from server.errors import Refusal
from server.models import StopSource

HEADERS = ("number", "msisdn")
AT_ONCE = 50
"""So many are recorded in one transaction: while it lasts, nothing is sent from the number."""
INTERNATIONAL = 11
"""A number of so many digits or more has its country in front, with or without a plus."""


class Differences(msgspec.Struct, frozen=True):
    """How many phones the list has, how many of them we missed (recorded now), and how many are only in our ledger."""

    listed: int
    missed: int
    only_here: int


def read(text: str) -> tuple[list[str], int]:
    """The phones of a file (E.164), each once, and how many lines hold none.

    One phone a line, or CSV whose header has a column `number` or `msisdn`; commas, semicolons or tabs.
    """
    phones: dict[str, None] = {}
    unreadable = 0
    for cell in _cells(text):
        try:
            phones[_phone(cell)] = None
        except Refusal:
            unreadable += 1
    return list(phones), unreadable


def _cells(text: str) -> Iterator[str]:
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if not lines:
        return
    mark = next((mark for mark in ",;\t" if mark in lines[0]), ",")
    rows = list(csv.reader(lines, delimiter=mark))
    names = [name.strip().casefold() for name in rows[0]]
    column = next((names.index(header) for header in HEADERS if header in names), None)
    for row in rows if column is None else rows[1:]:
        yield row[column or 0] if len(row) > (column or 0) else ""


def _phone(cell: str) -> str:
    digits = "".join(char for char in cell if char.isdecimal())
    return people.phone(f"+{digits}" if len(digits) >= INTERNATIONAL else cell)


async def reconcile(number: str, phones: Sequence[str]) -> Differences:
    """Record what the carrier's list of a number of ours (E.164) has and our ledger has not.

    :raises Refusal: `unknown`
    """
    ours = await models.PhoneNumber.filter(e164=number).first()
    if ours is None:
        raise errors.unknown()
    ring = await keys.of(ours.organization_id)
    listed = {ring.blind("phone", phone) for phone in phones}
    known = {index for (index,) in await models.Suppression.filter(sender_id=ours.id).values_list("contact_index")}
    missed = sorted(listed - known)
    for start in range(0, len(missed), AT_ONCE):
        await _record(ours, missed[start : start + AT_ONCE])
    found = Differences(len(listed), len(missed), len(known - listed))
    await _enter(ours.organization_id, ours.id, found)
    return found


async def _record(number: models.PhoneNumber, indexes: Sequence[str]) -> None:
    async with transaction() as tx:
        for index in indexes:
            await opt_outs.record(tx, opt_outs.Wish(number.organization_id, index, number.id, StopSource.LIST))
            await sending.stop_waiting(tx, index, number.id)


async def _enter(organization: UUID, number: UUID, found: Differences) -> None:
    data: dict[str, object] = {"listed": found.listed, "missed": found.missed, "only_here": found.only_here}
    await audit.enter(Did.OPT_OUTS_RECONCILED, organization=organization, about=number, data=data)
