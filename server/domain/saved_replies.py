"""Saved replies: what a clinic says often. Which there are, a manager says; whoever writes puts them in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import words
from server.domain.patients import LANGUAGES
from server.errors import Kind, Refusal
from server.models import ReplyContent
from server.queries.hours import MANAGERS

LONGEST_TITLE = 60
MOST = 200
"""So many saved replies of a clinic are in use."""
VARIABLES = ("patient first name", "my name", "clinic name", "clinic phone", "appointment")
"""What may stand in braces; the writer's screen fills it in, and leaves a blank to the writer for an appointment."""
_SHORTCUT = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """A saved reply as somebody wrote it: its words by language, English at least."""

    title: str
    shortcut: str
    bodies: Mapping[str, str]
    content: ReplyContent
    team: UUID | None = None


async def create(said: Said, *, by: access.Staff) -> models.SavedReply:
    """Add a reply to the clinic's.

    :raises Refusal: `not_allowed`, `unknown`, `empty`, `too_long`, `hidden_characters`, `no_language`,
        `not_a_shortcut`, `unknown_variable`, `shortcut_taken`, `too_many_replies`
    """
    _must_manage(by)
    said = _looked_at(said)
    async with transaction() as tx:
        # Two managers at once must not take one shortcut twice, nor make one too many.
        await models.Organization.select_for_update(no_key=True).get(id=by.organization)
        await _must_have_room(by.organization)
        reply = models.SavedReply(id=tokens.new_id(), organization_id=by.organization, created_at=clock.now())
        await _write(reply, said)
        await reply.save(force_create=True)
        await _turned(tx, reply, Did.REPLY_CREATED)
        return reply


async def change(reply_id: UUID, said: Said, *, by: access.Staff) -> models.SavedReply:
    """Put this in place of what it was; messages that were sent with it stay as they are.

    :raises Refusal: `unknown`, `not_allowed`, `empty`, `too_long`, `hidden_characters`, `no_language`,
        `not_a_shortcut`, `unknown_variable`, `shortcut_taken`
    """
    async with transaction() as tx:
        await models.Organization.select_for_update(no_key=True).get(id=by.organization)
        reply = await _reply(reply_id, by=by)
        _must_manage(by)
        if reply.current is None:
            raise errors.unknown()
        await _write(reply, _looked_at(said))
        await reply.save()
        await _turned(tx, reply, Did.REPLY_CHANGED)
        return reply


async def retire(reply_id: UUID, *, by: access.Staff) -> None:
    """Offer it no more; its shortcut is free. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        reply = await _reply(reply_id, by=by)
        _must_manage(by)
        if reply.current:
            reply.current, reply.retired_at = None, clock.now()
            await reply.save(update_fields=["current", "retired_at"])
            await _turned(tx, reply, Did.REPLY_RETIRED)


async def _write(reply: models.SavedReply, said: Said) -> None:
    ring = await keys.of(reply.organization_id)
    index = ring.blind("saved_reply", said.shortcut)
    same = models.SavedReply.filter(organization_id=reply.organization_id, shortcut_index=index, current=True)
    if await same.exclude(id=reply.id).exists():
        sentence = f"Another saved reply has the shortcut ;{said.shortcut} already. Choose another one."
        raise Refusal(Kind.CONFLICT, "shortcut_taken", sentence)
    if said.team and not await models.Team.filter(id=said.team, organization_id=reply.organization_id).exists():
        raise errors.unknown()
    reply.team_id, reply.content, reply.shortcut_index = said.team, said.content, index
    reply.title_sealed = ring.seal("saved_reply", "title", reply.id, said.title)
    reply.shortcut_sealed = ring.seal("saved_reply", "shortcut", reply.id, said.shortcut)
    bodies = msgspec.json.encode(said.bodies).decode()
    reply.bodies_sealed = ring.seal("saved_reply", "bodies", reply.id, bodies)


async def _turned(tx: Transaction, reply: models.SavedReply, did: Did) -> None:
    await audit.enter(did, organization=reply.organization_id, about=reply.id)
    tx.record(facts.RepliesChanged(), reply.organization_id)


async def _reply(reply_id: UUID, *, by: access.Staff) -> models.SavedReply:
    found = await models.SavedReply.filter(id=reply_id, organization_id=by.organization).first()
    if found is None:
        raise errors.unknown()
    return found


async def _must_have_room(organization: UUID) -> None:
    if await models.SavedReply.filter(organization_id=organization, current=True).count() >= MOST:
        sentence = f"There are {MOST} saved replies already. Retire one that nobody uses first."
        raise Refusal(Kind.CONFLICT, "too_many_replies", sentence)


def _must_manage(by: access.Staff) -> None:
    if by.role not in MANAGERS:
        sentence = "A supervisor or an administrator can change the saved replies."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)


def _looked_at(said: Said) -> Said:
    title = words.name(said.title, of="reply", most=LONGEST_TITLE, called="title")
    return Said(title, _shortcut(said.shortcut), _bodies(said), said.content, said.team)


def _shortcut(text: str) -> str:
    clean = text.strip().removeprefix(";").lower()
    if not _SHORTCUT.fullmatch(clean):
        sentence = "A shortcut has up to 20 letters from a to z, digits and hyphens, such as form or fax-number."
        raise Refusal(Kind.INVALID, "not_a_shortcut", sentence)
    return clean


def _bodies(said: Said) -> dict[str, str]:
    if any(language not in LANGUAGES for language in said.bodies):
        raise Refusal(Kind.INVALID, "no_language", "We write in English (en), Spanish (es) and Arabic (ar).")
    is_plain = said.content is ReplyContent.MAY_BE_PLAIN
    # A language that was left empty is one that the reply does not have.
    given = {language: text for language, text in said.bodies.items() if text.strip() or language == "en"}
    found = {language: words.body(text, plain=is_plain) for language, text in ({"en": ""} | given).items()}
    for text in found.values():
        _must_be_known(text)
    return found


def _must_be_known(text: str) -> None:
    for name in _BRACES.findall(text):
        if name not in VARIABLES:
            listed = ", ".join(f"{{{each}}}" for each in VARIABLES)
            sentence = f"Nothing can be put in for {{{name[:40]}}}. You can use {listed}."
            raise Refusal(Kind.INVALID, "unknown_variable", sentence)
    if set("{}") & set(_BRACES.sub("", text)):
        sentence = "There is a { or } without the other one. Close it, or take it out."
        raise Refusal(Kind.INVALID, "unknown_variable", sentence)
