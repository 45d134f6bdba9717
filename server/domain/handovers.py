"""Handing over: the next one gets the conversation together with the words that they need for it."""

import re
from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET

from server import access, models
from server.db import transaction
from server.domain import assignments, notes, words


async def hand_over(
    conversation_id: UUID,
    to: UUID | None,
    *,
    key: str,
    body: str,
    by: access.Staff,
    mentions: Sequence[UUID] = (),
    seen: assignments.Seen = UNSET,
) -> tuple[UUID, bool]:
    """Make a conversation somebody else's work, with a note for them; the note's id, and whether it was written now.

    `to` is a member of the team, on whom the note then calls by itself, or None: the whole team. Asking again with the
    same key gives back the first note and assigns nothing: somebody may have passed it on since. `mentions` are
    others on whom the words call, as in any note. `seen` as of `assignments.assign`.

    :raises Refusal: `unknown`, `not_allowed`, `not_a_member`, `assigned_meanwhile`, `key_reused`, `empty`, `too_long`,
        `hidden_characters`, `cannot_read`
    """
    text = words.body(body)
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        asked = (text, "handed over", str(to), *sorted(map(str, mentions)))
        if known := await notes.earlier(conversation, key=key, asked=asked, by=by):
            return known, False
        await assignments.give(tx, conversation, to, by=by.user, seen=seen)
        if to and to != by.user:
            text, mentions = await _calling(to, text), [to, *mentions]
        return await notes.add(tx, conversation, text, key=key, asked=asked, by=by, mentions=mentions), True


async def _calling(user: UUID, text: str) -> str:
    """The words with the colleague's name in them, as whoever a note calls on stands in it."""
    name = (await models.User.get(id=user)).name
    is_there = re.search(rf"(?<![\w@])@{re.escape(name)}(?!\w)", text)
    return text if is_there else words.body(f"@{name} {text}")
