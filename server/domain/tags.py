"""Tags: which there are, a manager says; on a conversation its team puts them."""

from uuid import UUID

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import words
from server.errors import Kind, Refusal
from server.models import Colour
from server.queries.hours import MANAGERS

LONGEST = 30
MOST = 40
"""So many tags of a clinic are in use, and `ON_ONE` of them on one conversation or patient."""
ON_ONE = 10


async def create(name: str, colour: Colour, *, by: access.Staff) -> models.Tag:
    """Add a tag to the clinic's set. One that was retired is back, in this colour.

    :raises Refusal: `not_allowed`, `empty`, `too_long`, `hidden_characters`, `name_taken`, `too_many_tags`
    """
    _must_manage(by)
    clean = words.name(name, of="tag", most=LONGEST)
    ring = await keys.of(by.organization)
    index = ring.blind("tag", clean.casefold())
    async with transaction() as tx:
        # Two managers at once must not make one name twice, nor one too many.
        await models.Organization.select_for_update(no_key=True).get(id=by.organization)
        tag = await models.Tag.filter(organization_id=by.organization, name_index=index).first()
        if tag and tag.retired_at is None:
            raise Refusal(Kind.CONFLICT, "name_taken", "There is a tag with this name already.")
        await _must_have_room(by.organization)
        tag = tag or models.Tag(
            id=tokens.new_id(), organization_id=by.organization, name_index=index, created_at=clock.now()
        )
        tag.name_sealed, tag.colour, tag.retired_at = ring.seal("tag", "name", tag.id, clean), colour, None
        await tag.save()
        await audit.enter(Did.TAG_CREATED, organization=by.organization, about=tag.id)
        tx.record(facts.TagsChanged(), by.organization)
        return tag


async def retire(tag_id: UUID, *, by: access.Staff) -> None:
    """Put it on nothing more. Where it is, it stays until somebody takes it off. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        tag = await own(tag_id, by=by)
        _must_manage(by)
        if tag.retired_at is None:
            tag.retired_at = clock.now()
            await tag.save(update_fields=["retired_at"])
            await audit.enter(Did.TAG_RETIRED, organization=by.organization, about=tag.id)
            tx.record(facts.TagsChanged(), by.organization)


async def put_on(conversation_id: UUID, tag_id: UUID, *, by: access.Staff) -> None:
    """Put a tag on a conversation of one's own team. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `too_many_tags`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        tag = await own(tag_id, by=by)
        there = await models.Tagging.filter(conversation_id=conversation.id).values_list("tag_id", flat=True)
        if tag.id in there:
            return
        if tag.retired_at is not None:
            raise errors.unknown()
        if len(there) >= ON_ONE:
            sentence = f"A conversation can have {ON_ONE} tags. Take one off first."
            raise Refusal(Kind.CONFLICT, "too_many_tags", sentence)
        await models.Tagging.create(
            id=tokens.new_id(), conversation_id=conversation.id, tag_id=tag.id, created_at=clock.now()
        )
        await _turned(conversation, tag, Did.TAG_PUT_ON)
        tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def take_off(conversation_id: UUID, tag_id: UUID, *, by: access.Staff) -> None:
    """Take a tag off a conversation of one's own team. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        tag = await own(tag_id, by=by)
        if not await models.Tagging.filter(conversation_id=conversation.id, tag_id=tag.id).delete():
            return
        await _turned(conversation, tag, Did.TAG_TAKEN_OFF)
        tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _turned(conversation: models.Conversation, tag: models.Tag, did: Did) -> None:
    # Its place in the list stays: nobody wrote.
    conversation.rev += 1
    await conversation.save(update_fields=["rev"])
    await audit.enter(
        did,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data={"tag": tag.id},
    )


async def own(tag_id: UUID, *, by: access.Staff) -> models.Tag:
    """A tag of this person's clinic, retired or not.

    :raises Refusal: `unknown`
    """
    found = await models.Tag.filter(id=tag_id, organization_id=by.organization).first()
    if found is None:
        raise errors.unknown()
    return found


async def _must_have_room(organization: UUID) -> None:
    if await models.Tag.filter(organization_id=organization, retired_at=None).count() >= MOST:
        sentence = f"There are {MOST} tags already. Retire one that nobody uses first."
        raise Refusal(Kind.CONFLICT, "too_many_tags", sentence)


def _must_manage(by: access.Staff) -> None:
    if by.role not in MANAGERS:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "A supervisor or an administrator can change the tags.")
