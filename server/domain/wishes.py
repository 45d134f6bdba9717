"""What a patient asks for by text: to stop, to start again, for help; and what only a person can judge.

The words stay a message like any other. What follows from them happens in the same transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import keys, models
from server.db import Transaction
from server.domain import contacts, keywords, later_wishes, opt_outs, portal_links, proxy_notices, sending, tasks
from server.domain.keywords import Said
from server.models import OptOutMode, StopSource, TaskKind, Via
from server.notices import Reply
from server.queries import contacts as known
from server.queries import own_contacts, strays


@dataclass(frozen=True, slots=True)
class Heard:
    """A text that was kept: to which number of ours, from which phone (E.164), and where it stands as a message.

    Without a conversation the phone is nobody's, or more than one patient's, and the text is this `stray`.
    `sent_at` as of a message, where it came late. `is_answer`: to a question of ours.
    """

    number: models.PhoneNumber
    sender: str
    text: str
    conversation: models.Conversation | None = None
    message: int | None = None
    stray: UUID | None = None
    sent_at: datetime | None = None
    is_answer: bool = False


async def heard(tx: Transaction, wish: Heard) -> None:
    """Let a text have the consequences that its words ask for, inside the verb that kept it.

    `wish.conversation`, if any, is held by that verb, and as it is in the database.
    """
    ring = await keys.of(wish.number.organization_id)
    index, said = ring.blind("phone", wish.sender), keywords.read(wish.text)
    if said is Said.STOP:
        await _stop(tx, wish, index)
    elif said is Said.START or (said is Said.YES and await _frees(wish, index)):
        await _start(tx, wish, index)
    elif said is Said.HELP:
        await _answer(Reply.HELP, wish, index)
    elif said in (Said.MAYBE_STOP, Said.WRONG_NUMBER):
        await _ask(tx, wish, index, is_stranger=said is Said.WRONG_NUMBER)


async def written(tx: Transaction, conversation: models.Conversation, message: models.Message, text: str) -> None:
    """The same of what the patient wrote in the portal or by mail, inside the verb that keeps it: a person is asked.

    Any reasonable way to say it counts (47 CFR 64.1200(a)(10)). Who acts for them does not speak for their phone, and
    a mail that is nothing but *stop* is about mails (`mail_replies`). A mail that comes from a stranger rests the
    mailbox like a phone.
    """
    if message.via is Via.SMS or message.proxy_id:
        return
    if message.via is Via.EMAIL and keywords.read(text) is Said.WRONG_NUMBER:
        await _rest_mailbox(tx, conversation, message)
    is_about_mails = message.via is Via.EMAIL and keywords.is_unmistakable(text)
    if keywords.asks_elsewhere(text) and not is_about_mails:
        await tasks.open(tx, conversation, TaskKind.MAYBE_OPT_OUT, message.number)


async def _rest_mailbox(tx: Transaction, conversation: models.Conversation, message: models.Message) -> None:
    patient = await models.Patient.get(id=conversation.patient_id)
    if index := await own_contacts.mailbox_of(patient, message):
        await _rest(tx, conversation.organization_id, index)
        await tasks.open(tx, conversation, TaskKind.WRONG_NUMBER, message.number)


async def _rest(tx: Transaction, organization: UUID, index: str) -> None:
    """A contact is somebody else's, they say: nothing goes there until a person has looked, and no link opens."""
    await contacts.pause(tx, organization, index, contacts.WRONG)
    await portal_links.revoke_at_strangers(tx, organization, index)


async def _frees(wish: Heard, index: str) -> bool:
    """Carriers count YES as START. Where nothing is stopped, or we had asked, it is the answer to a question."""
    return not wish.is_answer and await known.is_stopped(index, wish.number.id) is not None


async def _stop(tx: Transaction, wish: Heard, index: str) -> None:
    is_news = await opt_outs.record(tx, _in_the_ledger(wish, index))
    await sending.stop_waiting(tx, index, wish.number.id, holding=wish.conversation)
    if is_news:
        await _answer(Reply.STOPPED, wish, index)


async def _start(tx: Transaction, wish: Heard, index: str) -> None:
    place = wish.conversation.id if wish.conversation else None
    if wish.sent_at and await later_wishes.stopped_since(wish.number, index, place, wish.sent_at):
        return
    is_news = await opt_outs.lift(tx, _in_the_ledger(wish, index))
    if is_news:
        await _answer(Reply.STARTED, wish, index)


def _in_the_ledger(wish: Heard, index: str) -> opt_outs.Wish:
    number = wish.number
    return opt_outs.Wish(number.organization_id, index, number.id, StopSource.KEYWORD, wish.text)


async def _answer(reply: Reply, wish: Heard, index: str) -> None:
    """In Opt-Out Assist mode the carrier answers; a second answer would be one too many."""
    if wish.number.opt_outs is OptOutMode.OURS:
        await sending.order_reply(reply, wish.number, wish.sender, language=await _language(wish, index))


async def _language(wish: Heard, index: str) -> str:
    """The language of the word itself, else the one that everybody with this phone reads."""
    if keywords.is_spanish(wish.text):
        return "es"
    read = {patient.language for patient in await opt_outs.patients_of(wish.number.organization_id, index)}
    return read.pop() if len(read) == 1 else "en"


async def _ask(tx: Transaction, wish: Heard, index: str, *, is_stranger: bool) -> None:
    """Give it to a person. A phone that is somebody else's is not used until that person has looked."""
    links = await _links_of_proxies(wish, index) if is_stranger and not wish.conversation else []
    places = await _places(wish, index, [link.conversation_id for link in links])
    if is_stranger and (places or links):
        await _rest(tx, wish.number.organization_id, index)
    for conversation in places:
        if is_stranger:
            await tasks.open(tx, conversation, TaskKind.WRONG_NUMBER, wish.message)
        if not is_stranger or keywords.asks_to_stop(wish.text):
            await tasks.open(tx, conversation, TaskKind.MAYBE_OPT_OUT, wish.message)
    if not places and (not is_stranger or keywords.asks_to_stop(wish.text)):
        await _ask_beside_the_text(wish, index)
    for link in links:
        await proxy_notices.settled(tx, link.id, is_accepted=False, reason=contacts.WRONG)


async def _places(wish: Heard, index: str, others: Collection[UUID]) -> list[models.Conversation]:
    """Where a person is asked: the text's own conversation, else those of everybody who shares the phone.

    These and the `others` are locked in one order, before anything else is.
    """
    if wish.conversation:
        return [wish.conversation]
    patients = [patient.id for patient in await opt_outs.patients_of(wish.number.organization_id, index)]
    sharing = models.Conversation.filter(team_id=wish.number.team_id, patient_id__in=patients, current=True)
    ids = {conversation for (conversation,) in await sharing.values_list("id")}
    chosen = models.Conversation.filter(id__in=[*ids, *others]).order_by("id")
    return [each for each in await chosen.select_for_update(no_key=True) if each.id in ids]


async def _ask_beside_the_text(wish: Heard, index: str) -> None:
    """A phone of somebody who acts for patients gets texts of ours, and is no patient's: to stop those of a patient
    would stop the wrong phone. So it is asked where the text is, of this phone alone.

    Also where their access rests, or has begun to, or is to other teams: the wish is the phone's.
    """
    acting = models.Proxy.filter(organization_id=wish.number.organization_id, phone_index=index, ended_at=None)
    if await acting.exists() and await known.is_stopped(index, wish.number.id) is None:
        await models.Stray.filter(id=wish.stray).update(wish=strays.UNDECIDED)


async def _links_of_proxies(wish: Heard, index: str) -> list[models.PortalLink]:
    """Whoever acts for a patient and has this phone: the newest link that went there, of this team if there is one."""
    acting = models.Proxy.filter(organization_id=wish.number.organization_id, phone_index=index, ended_at=None)
    newest: dict[UUID, models.PortalLink] = {}
    for proxy in await acting.order_by("id"):
        went = models.PortalLink.filter(proxy_id=proxy.id, contact_index=index).order_by("-created_at")
        link = await went.filter(conversation__team_id=wish.number.team_id).first() or await went.first()
        if link:
            newest[proxy.id] = link
    return list(newest.values())


async def until_quiet(sender: str, to: str, text: str) -> None:
    """Before a STOP is acknowledged: wait until no text to that phone can still begin to go out, a second at most.

    Any other text is acknowledged at once. A repeat of a STOP waits as well: its first acknowledgement may be lost.
    """
    if keywords.read(text) is not Said.STOP:
        return
    number = await models.PhoneNumber.filter(e164=to).first()
    if number:
        ring = await keys.of(number.organization_id)
        await sending.until_quiet(ring.blind("phone", sender), [number.id])
