"""Somebody answers a mail of ours. It is kept: with its patient, or as a stray of the team that wrote."""

from datetime import timedelta
from typing import Literal, Protocol
from uuid import UUID

import msgspec

from server import audit, clock, keys, models, people, tokens, vault
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, carrier_calls, keywords, mail_stops, messages, urgency, words
from server.domain.sending import mail_answers, origins
from server.domain.sending.origins import Origin
from server.errors import Refusal
from server.models import Via
from server.queries import contacts, erased, own_contacts
from server.queries import people as who
from server.vault import Keyring

EMPTY = "[empty message]"
BY_MAIL = "[by e-mail]"
ANSWERS_EVERY = timedelta(hours=24)
Kept = Literal["message", "stray", "repeat", "gone"]


class Incoming(Protocol):
    """A mail that a person wrote, as a gateway reads it. `name` is the same at every repeat."""

    @property
    def name(self) -> str: ...

    @property
    def message_id(self) -> str: ...

    @property
    def sender(self) -> str: ...

    @property
    def answer_to(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def may_answer(self) -> bool: ...


async def receive_mail(letter: UUID, mail: Incoming) -> Kept:
    """Keep an answer to one of our mails, once however often it comes, and tell its sender how to write safely.

    It is the patient's own message only if it comes from the address that is on file. Who else writes, knows the
    letter and perhaps the patient, but a person must say who it is. *Unsubscribe* and the like, from the mailbox that
    the letter went to, stop our mails there.
    """
    async with transaction() as tx:
        if not await carrier_calls.hear(f"mail:{letter}:{mail.name}"):
            return "repeat"
        origin = await origins.of(letter)
        if origin is None:
            await _keep_homeless(mail)
            return "stray"
        if await erased.is_one(origin.organization):
            return "gone"
        ring = await keys.of(origin.organization)
        patient = await models.Patient.get(id=origin.patient)
        is_theirs = await _is_theirs(ring, patient, mail.sender)
        await (_reply(origin, mail) if is_theirs else _keep_stray(tx, ring, origin, mail))
        if keywords.is_unmistakable(mail.text) and _index(ring, mail.sender) == origin.contact:
            await mail_stops.stop(letter)
    if mail.may_answer:
        await _answer(origin, ring, mail)
    return "message" if is_theirs else "stray"


async def _is_theirs(ring: Keyring, patient: models.Patient, sender: str) -> bool:
    """Whether a mail comes from an address of the patient's own."""
    if sender.casefold() == who.opened(ring, patient, "email").casefold() != "":
        return True
    index = _index(ring, sender)
    return index is not None and await own_contacts.is_own(patient, index)


def _index(ring: Keyring, address: str) -> str | None:
    try:
        return ring.blind("email", people.email(address))
    except Refusal:
        return None


async def _reply(origin: Origin, mail: Incoming) -> None:
    for nth, body in enumerate(words.pieces(mail.text, otherwise=EMPTY)):
        name = tokens.hash_of(f"mail/{origin.letter}/{mail.name}#{nth}")
        await messages.reply(
            origin.conversation,
            patient_id=origin.patient,
            key=name,
            body=body,
            via=Via.EMAIL,
            carrier_ref=name,
            origin=messages.Origin(mail.sender),
        )


async def _keep_stray(tx: Transaction, ring: Keyring, origin: Origin, mail: Incoming) -> None:
    """It goes to the team whose letter was answered, with a word about how it came."""
    team = (await models.Conversation.get(id=origin.conversation)).team_id
    stray = _stray(str(origin.letter), mail)
    stray.organization_id, stray.team_id = origin.organization, team
    stray.sender_index = _index(ring, mail.sender) or ring.blind("email", mail.sender.lower())
    stray.content_sealed = ring.seal_bytes("stray", "content", stray.id, _content(mail))
    await _save(stray)
    await urgency.heard_of_stranger(tx, stray, team, mail.text)


async def _keep_homeless(mail: Incoming) -> None:
    """We wrote that letter, and no longer know to whom: kept like a text to a number that is not ours."""
    stray = _stray("", mail)
    stray.content_sealed = vault.seal(keys.derived("stray"), 0, _content(mail), f"stray/content/{stray.id}")
    await _save(stray)


def _stray(letter: str, mail: Incoming) -> models.Stray:
    ref = tokens.hash_of(f"mail/{letter}/{mail.name}")
    return models.Stray(id=tokens.new_id(), carrier_ref=ref, created_at=clock.now())


async def _save(stray: models.Stray) -> None:
    await stray.save(force_create=True)
    await audit.enter(Did.STRAY_KEPT, organization=stray.organization_id, about=stray.id, data={"by": "email"})


def _content(mail: Incoming) -> bytes:
    """The shape that strays have. Mails are to no number."""
    bodies = words.pieces(f"{BY_MAIL}\n{mail.text or EMPTY}", otherwise=EMPTY)
    return msgspec.json.encode({"from": mail.sender, "to": "", "bodies": bodies})


async def _answer(origin: Origin, ring: Keyring, mail: Incoming) -> None:
    """Once a day for each address, so that no two machines talk to each other for ever (RFC 3834 §2)."""
    index = _index(ring, mail.answer_to)
    if index is None or await contacts.is_stopped(index, origin.organization):
        return
    try:
        await budgets.spend(f"mail-answer:{origin.organization}:{index}", at_most=1, per=ANSWERS_EVERY)
    except Refusal:
        return
    async with transaction():
        await mail_answers.begin(origin, to=people.email(mail.answer_to), message_id=mail.message_id)
