"""The copy of a conversation that a patient takes home (45 CFR 164.524), and the same one for the chart.

Each making has an id, and goes on record with the hash of its content, so that a copy can be told from a forgery later.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from server import access, audit, clock, errors, keys, models, tokens, transcripts
from server.audit import Did
from server.db import snapshot
from server.domain import budgets, identity, step_up
from server.errors import Kind, Refusal
from server.queries import people as who
from server.queries import proxies, transcript
from server.transcripts.words import ENGLISH

OWN_AN_HOUR, STAFF_AN_HOUR = 10, 60
HOUR = timedelta(hours=1)
Format = Literal["pdf", "json"]


@dataclass(frozen=True, slots=True)
class Exported:
    """One copy: its bytes, what they are, and the name to save them under, which says nothing of anybody."""

    content: bytes
    media_type: str
    name: str


async def of_own(kind: Format, words: Mapping[str, str], language: str, *, by: access.PortalPatient) -> Exported:
    """The conversation that the patient reads, for them. `words` are what the PDF says beside it (`transcripts.words`).

    :raises Refusal: `too_many`, `signed_out`, `not_now`
    """
    await budgets.spend(f"export:{by.viewer}", at_most=OWN_AN_HOUR, per=HOUR)
    async with snapshot():
        content = await transcript.content(by.conversation, for_patient=True, proxy=by.proxy)
        reader = await _reader(by)
    made = made_now(reader, content.zone, "patient")
    copy = await written(kind, made, content, words, language)
    standing = (await access.standing([], [by.session])).get(by.session)
    if standing is None or not standing.alive:
        raise identity.signed_out()
    await _enter(kind, made, content, organization=by.organization, patient=by.patient)
    return copy


async def _reader(by: access.PortalPatient) -> transcripts.Person:
    ring = await keys.of(by.organization)
    if by.proxy:
        return transcripts.Person("proxy", proxies.name_of(ring, await models.Proxy.get(id=by.proxy)))
    return transcripts.Person("patient", who.name_of(ring, await models.Patient.get(id=by.patient)))


async def for_chart(conversation_id: UUID, kind: Format, *, by: access.Staff) -> Exported:
    """A conversation for the chart, by somebody who reads its inbox and has lately proved who they are.

    :raises Refusal: `unknown`, `prove_again`, `too_many`, `not_now`
    """
    conversation = await access.conversation(by, conversation_id)
    await must_be_let(by)
    async with snapshot():
        content = await transcript.content(conversation.id, for_patient=False)
    made = made_now(transcripts.Person("staff", by.name), content.zone, "chart")
    copy = await written(kind, made, content, ENGLISH, "en")
    await must_still_read({conversation.team_id}, [conversation.id], by=by)
    await _enter(kind, made, content, organization=by.organization, patient=conversation.patient_id)
    return copy


async def must_be_let(by: access.Staff) -> None:
    """Whoever takes something out has lately proved who they are, and has not taken much in this hour.

    :raises Refusal: `prove_again`, `too_many`
    """
    await step_up.must_be_recent(by)
    await budgets.spend(f"export:{by.user}", at_most=STAFF_AN_HOUR, per=HOUR)


async def must_still_read(teams: Collection[UUID], conversations: Collection[UUID], *, by: access.Staff) -> None:
    """Drawing takes seconds, in which somebody may have taken them out of one of these teams, or hidden one of these
    conversations from them.

    :raises Refusal: `unknown`
    """
    standing = (await access.standing([by.session], [])).get(by.session)
    if standing is None or not standing.alive or not standing.streams.issuperset(teams):
        raise errors.unknown()
    hidden = models.Conversation.filter(id__in=list(conversations), is_sensitive=True).values_list("id")
    if not standing.opens.issuperset([each for (each,) in await hidden]):
        raise errors.unknown()


def made_now(by: transcripts.Person, zone: str, copy: str) -> transcripts.Made:
    """A making at this moment, by a clock in this zone."""
    now = clock.now()
    return transcripts.Made(tokens.new_id(), now, transcripts.clock(now, zone), by, copy)


async def written(
    kind: Format,
    made: transcripts.Made,
    content: transcripts.AnyContent,
    words: Mapping[str, str],
    language: str,
    *,
    of: str = "conversation",
) -> Exported:
    """The file of a content; `of` is how its name begins.

    :raises Refusal: `not_now`
    """
    name = f"{of}-{made.local[:10]}-{str(made.id)[-6:]}.{kind}"
    if kind == "json":
        return Exported(transcripts.json(made, content), "application/json", name)
    try:
        return Exported(await transcripts.pdf(made, content, words, language=language), "application/pdf", name)
    except transcripts.Undrawn:
        sentence = "The PDF could not be made right now. Try again later, or take the JSON."
        raise Refusal(Kind.UNAVAILABLE, "not_now", sentence) from None


async def _enter(
    kind: Format, made: transcripts.Made, content: transcripts.Content, *, organization: UUID, patient: UUID
) -> None:
    data: dict[str, object] = {
        "export": made.id,
        "format": kind,
        "copy": made.copy,
        "sha256": transcripts.digest(content),
        "messages": len(content.messages),
    }
    await audit.enter(
        Did.CONVERSATION_EXPORTED, organization=organization, about=content.conversation, patient=patient, data=data
    )
