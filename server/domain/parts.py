"""A long text that comes in parts: kept until all are here, or until it has taken too long. None is ever lost."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid5

import msgspec

from server import clock, keys, models, tokens
from server.domain import jobs
from server.domain.texts import Part, Text
from server.vault import Keyring

WAIT = timedelta(minutes=5)
JOB = "text_parts"


class Group(msgspec.Struct, frozen=True):
    """The parts of one text: from one sender (a blind index) to one number of ours, under one reference."""

    number: UUID
    sender: str
    ref: str

    @property
    def id(self) -> UUID:
        """What the job that waits for it is about."""
        return uuid5(self.number, f"{self.sender}/{self.ref}")


async def add(number: models.PhoneNumber, text: Text, part: Part) -> list[Text]:
    """Keep one part, inside another verb; the texts that are whole with it, or given up because of it.

    The same part again is the carrier's repeat. A reference is used again after some time (it is one byte): a part
    that does not fit those which wait begins a new text, and the old one is given up as it is.
    """
    # Two parts that come at once would each find the other missing.
    await locked(number.id)
    ring = await keys.of(number.organization_id)
    group = Group(number.id, ring.blind("phone", text.sender), part.ref)
    waiting, done = await _rows(group), list[Text]()
    if any(row.part == part.number and _opened(ring, row).words == text.words for row in waiting):
        return []
    if any(row.part == part.number or row.total != part.total for row in waiting):
        done, waiting = [await _take(ring, group, waiting)], []
    if not waiting:
        await jobs.begin(JOB, group.id, at=clock.now() + WAIT, data=group)
    await _keep(ring, group, text, part)
    if len(waiting) + 1 == part.total:
        done.append(await _take(ring, group, await _rows(group)))
    return done


async def locked(number: UUID) -> models.PhoneNumber:
    """A number of ours, locked: parts of texts to it are kept and joined one at a time."""
    return await models.PhoneNumber.select_for_update(no_key=True).get(id=number)


async def give_up(group: Group, number: models.PhoneNumber) -> Text | None:
    """What is here of a text that has taken too long, inside another verb that has locked the number; None where it is
    whole by now.
    """
    ring = await keys.of(number.organization_id)
    rows = await _rows(group)
    return await _take(ring, group, rows) if rows else None


async def _rows(group: Group) -> list[models.TextPart]:
    chosen = models.TextPart.filter(phone_number_id=group.number, sender_index=group.sender, ref=group.ref)
    return await chosen.order_by("part")


async def _keep(ring: Keyring, group: Group, text: Text, part: Part) -> None:
    row = models.TextPart(
        id=tokens.new_id(),
        phone_number_id=group.number,
        sender_index=group.sender,
        ref=group.ref,
        part=part.number,
        total=part.total,
        created_at=clock.now(),
    )
    row.content_sealed = ring.seal_bytes("text_part", "content", row.id, msgspec.json.encode(text))
    await row.save(force_create=True)


async def _take(ring: Keyring, group: Group, rows: Sequence[models.TextPart]) -> Text:
    """The parts as one text, each missing one marked in its place; they wait no longer."""
    here = {row.part: _opened(ring, row) for row in rows}
    first, total = here[min(here)], rows[0].total
    await models.TextPart.filter(id__in=[row.id for row in rows]).delete()
    await jobs.end(JOB, group.id)
    return msgspec.structs.replace(first, words=_joined({number: text.words for number, text in here.items()}, total))


def _joined(here: dict[int, str], total: int) -> str:
    marks = {number: f"\n[part {number} of {total} is missing]\n" for number in range(1, total + 1)}
    return "".join(here.get(number, mark) for number, mark in marks.items())


def _opened(ring: Keyring, row: models.TextPart) -> Text:
    return msgspec.json.decode(ring.open_bytes("text_part", "content", row.id, row.content_sealed), type=Text)
