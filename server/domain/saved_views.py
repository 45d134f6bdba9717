"""Lists of the inbox under names of one's own: nobody else sees them."""

from uuid import UUID

from server import access, clock, errors, facts, keys, models, tokens
from server.db import transaction
from server.domain import words
from server.errors import Kind, Refusal
from server.queries.inbox_views import ALL, NOBODY, Filters
from server.queries.views import View
from server.vault import Keyring

LONGEST = 40
MOST = 20


async def keep(name: str, view: View, *, team: UUID | None, only: Filters = ALL, by: access.Staff) -> models.SavedView:
    """Keep a list under a name; `team` None: of all inboxes. The same name again leads where the newest one says.

    :raises Refusal: `empty`, `too_long`, `hidden_characters`, `too_many_views`, `unknown`
    """
    clean = words.name(name, of="view", most=LONGEST)
    ring = await keys.of(by.organization)
    index = _index(ring, clean, by)
    async with transaction() as tx:
        await _hold(by)
        await _must_be_theirs(team, only, by)
        saved = await models.SavedView.filter(user_id=by.user, name_index=index).first()
        if saved is None:
            await _must_have_room(by)
            saved = models.SavedView(
                id=tokens.new_id(),
                organization_id=by.organization,
                user_id=by.user,
                name_index=index,
                created_at=clock.now(),
            )
        saved.name_sealed = ring.seal("saved_view", "name", saved.id, clean)
        saved.team_id, saved.view, saved.tag_id = team, view, only.tag
        saved.assignee, saved.language, saved.way, saved.waiting = only.assignee, only.language, only.way, only.waiting
        await saved.save()
        tx.record(facts.SavedViewsChanged(), by.user)
        return saved


async def rename(view_id: UUID, name: str, *, by: access.Staff) -> models.SavedView:
    """Give one another name; it leads where it did. Its own name again may change capitals, or nothing.

    :raises Refusal: `unknown`, `empty`, `too_long`, `hidden_characters`, `name_taken`
    """
    clean = words.name(name, of="view", most=LONGEST)
    ring = await keys.of(by.organization)
    index = _index(ring, clean, by)
    async with transaction() as tx:
        await _hold(by)
        saved = await models.SavedView.filter(id=view_id, user_id=by.user).first()
        if saved is None:
            raise errors.unknown()
        if await models.SavedView.filter(user_id=by.user, name_index=index).exclude(id=saved.id).exists():
            raise Refusal(Kind.CONFLICT, "name_taken", "You have another view of this name. Choose another name.")
        saved.name_index, saved.name_sealed = index, ring.seal("saved_view", "name", saved.id, clean)
        await saved.save(update_fields=["name_index", "name_sealed"])
        tx.record(facts.SavedViewsChanged(), by.user)
        return saved


async def remove(view_id: UUID, *, by: access.Staff) -> None:
    """Forget one.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        if not await models.SavedView.filter(id=view_id, user_id=by.user).delete():
            raise errors.unknown()
        tx.record(facts.SavedViewsChanged(), by.user)


async def _hold(by: access.Staff) -> None:
    # Two screens at once must not make one name twice, nor one view too many.
    await models.User.select_for_update(no_key=True).get(id=by.user)


def _index(ring: Keyring, name: str, by: access.Staff) -> str:
    # With the person in it: two people's views of one name are not seen to have one.
    return ring.blind("saved_view", f"{by.user} {name.casefold()}")


async def _must_be_theirs(team: UUID | None, only: Filters, by: access.Staff) -> None:
    if team is not None and team not in by.reads:
        raise errors.unknown()
    if only.tag and not await models.Tag.filter(id=only.tag, organization_id=by.organization).exists():
        raise errors.unknown()
    if only.assignee in (None, NOBODY):
        return
    # Of the clinic: who has left the team may come back, and the list is empty until then.
    if not await models.User.filter(id=only.assignee, organization_id=by.organization).exists():
        raise errors.unknown()


async def _must_have_room(by: access.Staff) -> None:
    if await models.SavedView.filter(user_id=by.user).count() >= MOST:
        raise Refusal(Kind.CONFLICT, "too_many_views", f"You have {MOST} saved views. Remove one first.")
