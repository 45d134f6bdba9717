"""What a team writes to many, until it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, words
from server.domain.imports.runs import AN_HOUR, HOUR
from server.domain.patients import LANGUAGES
from server.errors import Kind, Refusal
from server.models import Broadcast, BroadcastRecipient, BroadcastState, BroadcastWay
from server.queries import audiences, broadcasts
from server.queries.broadcast_views import Filter, Listed, Match, Part

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants to say to many: a title for the team, the words by language, by which way, and to whom.

    `filters` are whom it means beside the list that was pasted (`list_patients`).
    """

    title: str = field(repr=False)
    bodies: dict[str, str] = field(repr=False)
    filters: Sequence[Filter] = ()
    way: BroadcastWay = BroadcastWay.SECURE
    is_news: bool = True


async def begin(team_id: UUID, key: str, said: Said, *, by: access.Staff) -> tuple[Broadcast, bool]:
    """Begin to write one, and whether it was begun now: the same key again gives what has come of it.

    :raises Refusal: `unknown`, `not_allowed`, `empty`, `too_long`, `hidden_characters`, `no_language`
    """
    access.must_be_member(by, team_id)
    async with transaction() as tx:
        await models.User.filter(id=by.user).select_for_update(no_key=True).get()
        if earlier := await Broadcast.filter(user_id=by.user, key=key).first():
            return earlier, False
        row = Broadcast(
            id=tokens.new_id(),
            organization_id=by.organization,
            team_id=team_id,
            user_id=by.user,
            key=key,
            created_at=clock.now(),
        )
        await _put(row, said, listed=())
        await row.save(force_create=True)
        tell(tx, row)
        await enter(Did.BROADCAST_BEGAN, row)
        return row, True


async def change(broadcast_id: UUID, said: Said, rev: int, *, by: access.Staff) -> Broadcast:
    """Say something else, or to others, or in another way; it must be checked once more then.

    `rev` is the one that its writer saw: what a colleague changed meanwhile is not written over.

    :raises Refusal: as `begin`, and `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.DRAFT, by=by)
        if row.rev != rev:
            raise moved_on()
        audience = await broadcasts.audience_of(row)
        await _put(row, said, listed=[part for part in audience if isinstance(part, Listed)])
        return await _turned(tx, row)


async def list_patients(broadcast_id: UUID, text: str, *, by: access.Staff) -> tuple[Broadcast, Match]:
    """Take the patients that a pasted list means as part of the audience, in place of an earlier list.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`, `too_many`
    """
    await budgets.spend(f"broadcast_list:{by.user}", at_most=AN_HOUR, per=HOUR)
    await own(broadcast_id, by=by)
    found, match = await audiences.match(text, await keys.of(by.organization))
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.DRAFT, by=by)
        filters = [part for part in await broadcasts.audience_of(row) if isinstance(part, Filter)]
        await _put_audience(row, [*filters, *([Listed(found)] if found else [])])
        return await _turned(tx, row), match


async def remove(broadcast_id: UUID, *, by: access.Staff) -> None:
    """Throw away one that was not sent.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.DRAFT, by=by)
        await enter(Did.BROADCAST_REMOVED, row)
        tell(tx, row)
        await row.delete()


async def own(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """One of a team whose inbox this person reads.

    :raises Refusal: `unknown`
    """
    found = await Broadcast.filter(id=broadcast_id, team_id__in=list(by.reads)).first()
    if found is None:
        raise errors.unknown()
    return found


async def locked(broadcast_id: UUID, *states: BroadcastState, by: access.Staff, or_observer: bool = False) -> Broadcast:
    """The same in one of these states, locked for a verb of a member of its team.

    :raises Refusal: `unknown`, `not_allowed` (not with `or_observer`), `moved_on`
    """
    await own(broadcast_id, by=by)
    found = await Broadcast.filter(id=broadcast_id).select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    if not or_observer:
        access.must_be_member(by, found.team_id)
    if found.state not in states:
        raise moved_on()
    return found


def moved_on() -> Refusal:
    """Somebody was faster."""
    return Refusal(Kind.CONFLICT, "moved_on", "This broadcast is at another step now. Look at it again.")


def tell(tx: Transaction, row: Broadcast) -> None:
    """Let the team's screens ask again."""
    tx.record(facts.BroadcastsChanged(broadcast=row.id), row.team_id)


async def enter(did: Did, row: Broadcast, **data: object) -> None:
    """Put it on record: numbers and codes, never words."""
    await audit.enter(did, organization=row.organization_id, about=row.id, data={"team": row.team_id, **data})


async def _turned(tx: Transaction, row: Broadcast) -> Broadcast:
    """What was frozen is not what is meant any more."""
    await BroadcastRecipient.filter(broadcast_id=row.id).delete()
    row.rev, row.checked_at, row.total = row.rev + 1, None, 0
    await row.save()
    tell(tx, row)
    return row


async def _put(row: Broadcast, said: Said, *, listed: Sequence[Listed]) -> None:
    ring = await keys.of(row.organization_id)
    title = words.name(said.title, of="broadcast", most=LONGEST_TITLE, called="title")
    row.title_sealed = ring.seal("broadcast", "title", row.id, title)
    bodies = msgspec.json.encode(_begun(said.bodies)).decode()
    row.words_sealed = ring.seal("broadcast", "words", row.id, bodies)
    row.way, row.is_news = said.way, said.is_news
    await _put_audience(row, [*said.filters, *listed])


async def _put_audience(row: Broadcast, audience: Sequence[Part]) -> None:
    ring = await keys.of(row.organization_id)
    row.audience_sealed = ring.seal("broadcast", "audience", row.id, msgspec.json.encode(list(audience)).decode())


def _begun(bodies: dict[str, str]) -> dict[str, str]:
    if any(language not in LANGUAGES for language in bodies):
        raise Refusal(Kind.INVALID, "no_language", "We write in English (en), Spanish (es) and Arabic (ar).")
    return {language: words.begun(text) for language, text in bodies.items() if text.strip()}
