"""Every page of the patient's door in every state: its name, and how a patient comes to see it.

Tests and pictures go through this table, so a page that is added here is looked at in all languages, with and without
script, in light and dark, narrow and spread out.
"""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from server import clock, models, tokens
from server.domain import conversations, messages, patients, return_addresses, uploads
from server.domain.return_addresses import Back
from server.models import Via
from tests import papers
from tests.portal.phone import Phone, link_of
from tests.world import World

BORN = {"month": "3", "day": "14", "year": "1985"}
WRONG = {"month": "4", "day": "15", "year": "1985"}
SAID = "Your refill is ready. Come between 9 and 12, or call (312) 555-0134."
WIDE = "The form is at https://clinic.example/" + "a-very-long-address/" * 5
URGENT = {"en": "I have chest pain", "es": "Me duele el pecho", "ar": "أشعر بألم في صدري"}
PAPER = "Lab form.pdf"
HIDDEN = "left\u202eright"
_numbers = itertools.count(1)


class Walker(Protocol):
    """A browser of some kind."""

    async def get(self, address: str) -> object:
        """Open an address and follow where it leads."""

    async def submit(self, action: str, **fields: str) -> object:
        """Fill in the form that goes to this address (empty: to its own page), and press its button."""


class Plain:
    """A browser without script that draws nothing either."""

    def __init__(self, browser: Phone) -> None:
        self.browser = browser
        self.address = ""

    async def get(self, address: str) -> None:
        """Open it."""
        self.address = address
        await self.browser.get(address)

    async def submit(self, action: str, **fields: str) -> None:
        """Post the form."""
        hidden = self.browser.hidden(action) if action else {"List-Unsubscribe": "One-Click"}
        answer = await self.browser.post(action or self.address, **{**hidden, **fields})
        await self.browser.follow(answer)


@dataclass(frozen=True, slots=True)
class Case:
    """A patient to whom Dana has written, at a phone of their own."""

    world: World
    patient: models.Patient
    conversation: models.Conversation
    walker: Walker

    async def write(self, body: str) -> None:
        """Dana writes once more."""
        await messages.post(
            self.conversation.id, key=tokens.new_secret(), via=Via.SECURE_SMS, body=body, by=self.world.dana
        )

    async def press(self) -> None:
        """From the link to the question."""
        await self.walker.get(await link_of(self.conversation))
        await self.walker.submit("/m/open")

    async def enter(self) -> None:
        """From the link to the messages."""
        await self.press()
        await self.walker.submit("/m/check", **BORN)


Reach = Callable[[Case], Awaitable[None]]


async def case(world: World, walker: Walker, *, language: str = "en") -> Case:
    """A new patient of Mercy's with one secure message."""
    number = next(_numbers)
    details = patients.Details(
        first_name="Maria",
        last_name=f"Vega {number}",
        phone=f"+1312556{number:04}",
        email=f"vega{number}@example.com",
        date_of_birth=date(1985, 3, 14),
        mrn=f"V-{number}",
        language=language,
    )
    patient = await patients.create(details, by=world.dana)
    conversation, _ = await conversations.open_with(patient.id, world.mercy.teams["Front desk"].id, by=world.dana)
    made = Case(world, patient, conversation, walker)
    await made.write(SAID)
    return made


async def _press(case: Case) -> None:
    await case.walker.get(await link_of(case.conversation))


async def _wrong(case: Case) -> None:
    await case.press()
    await case.walker.submit("/m/check", **WRONG)


async def _no_date(case: Case) -> None:
    await case.press()
    await case.walker.submit("/m/check", month="2", day="31", year="1985")


async def _paused(case: Case) -> None:
    await case.press()
    for _ in range(6):
        await case.walker.submit("/m/check", **WRONG)


async def _code(case: Case) -> None:
    await models.Patient.filter(id=case.patient.id).update(birth_date_sealed=None)
    await case.press()


async def _code_sent(case: Case) -> None:
    await _code(case)
    await case.walker.submit("/m/code")


async def _code_wrong(case: Case) -> None:
    await _code_sent(case)
    await case.walker.submit("/m/check", code="no code")


async def _codes_often(case: Case) -> None:
    await _code(case)
    for _ in range(4):
        await case.walker.submit("/m/code")


async def _not_me(case: Case) -> None:
    await case.press()
    await case.walker.submit("/m/not-me")


async def _not_me_sure(case: Case) -> None:
    await _not_me(case)
    await case.walker.submit("/m/not-me")


async def _ended(case: Case) -> None:
    await models.PortalLink.filter(conversation_id=case.conversation.id).update(revoked_at=clock.now())
    await _press(case)


async def _fresh(case: Case) -> None:
    await _ended(case)
    await case.walker.submit("/m/new-link")


async def _messages(case: Case) -> None:
    for body in (WIDE, "مرحبا، موعدك يوم 24 نوفمبر الساعة 2:30.", "¿Puede venir el lunes?"):
        await case.write(body)
    await case.enter()
    await case.walker.submit("/m/messages", body="Yes, thank you.\nI will come at 10.")


async def _urgent(case: Case) -> None:
    await case.enter()
    await case.walker.submit("/m/messages", body=URGENT[case.patient.language])
    await case.walker.get("/m/thread")


async def _several(case: Case) -> None:
    world = case.world
    billing = world.mercy.teams["Billing"].id
    other, _ = await conversations.open_with(case.patient.id, billing, by=world.robin)
    await messages.post(other.id, key=tokens.new_secret(), via=Via.SECURE_SMS, body=SAID, by=world.robin)
    await case.enter()


async def _home(case: Case) -> None:
    await _several(case)
    await case.walker.get("/m/home")


async def _largest(case: Case) -> None:
    await case.enter()
    await case.walker.get("/m/thread?size=largest")


async def _closed(case: Case) -> None:
    await conversations.mark_done(case.conversation.id, by=case.world.dana, why="not_needed")
    await case.enter()


async def _with_document(case: Case) -> UUID:
    content = papers.document()
    said = uploads.Announced(tokens.new_secret(), PAPER, "application/pdf", len(content))
    upload = await uploads.take_whole(case.conversation.id, said, content, by=case.world.dana)
    await messages.post(
        case.conversation.id, key="paper", via=Via.SECURE_SMS, body="", by=case.world.dana, files=[upload.id]
    )
    await case.enter()
    return upload.id


async def _document_message(case: Case) -> None:
    await _with_document(case)


async def _document(case: Case) -> None:
    await case.walker.get(f"/m/documents/{await _with_document(case)}")


async def _document_words(case: Case) -> None:
    await case.walker.get(f"/m/documents/{await _with_document(case)}/text")


async def _copy(case: Case) -> None:
    await case.enter()
    await case.walker.get("/m/copy")


async def _refused(case: Case) -> None:
    await case.enter()
    await case.walker.submit("/m/messages", body=HIDDEN)


async def _preferences(case: Case) -> None:
    await case.enter()
    await case.walker.get("/m/preferences")


async def _preferences_saved(case: Case) -> None:
    await _preferences(case)
    await case.walker.submit("/m/preferences")


async def _preferences_none(case: Case) -> None:
    await case.enter()
    await models.Patient.filter(id=case.patient.id).update(phone_index=None, email_index=None)
    await case.walker.get("/m/preferences")


async def _signed_out(case: Case) -> None:
    await case.enter()
    await case.walker.submit("/m/sign-out")


async def _nobody(case: Case) -> None:
    await case.walker.get("/m/thread")


async def _nobody_chosen(case: Case) -> None:
    await _nobody(case)
    await case.walker.get(f"/m/thread?language={case.patient.language}")


async def _ended_chosen(case: Case) -> None:
    await _ended(case)
    await case.walker.get(f"/m/?language={case.patient.language}")


async def _nowhere(case: Case) -> None:
    await case.walker.get("/m/no/such/page")


async def _unsubscribe(case: Case) -> None:
    await case.walker.get(f"/m/unsubscribe/{return_addresses.token(Back.UNSUBSCRIBE, tokens.new_id())}")


async def _unsubscribed(case: Case) -> None:
    await _unsubscribe(case)
    await case.walker.submit("")


STATES: Mapping[str, Reach] = {
    "press": _press,
    "check": Case.press,
    "check-wrong": _wrong,
    "check-no-date": _no_date,
    "paused": _paused,
    "code": _code,
    "code-sent": _code_sent,
    "code-wrong": _code_wrong,
    "codes-too-often": _codes_often,
    "not-me": _not_me,
    "not-me-sure": _not_me_sure,
    "ended": _ended,
    "ended-chosen": _ended_chosen,
    "fresh-link": _fresh,
    "messages": _messages,
    "messages-urgent": _urgent,
    "messages-of-several": _several,
    "messages-largest": _largest,
    "messages-closed": _closed,
    "messages-with-document": _document_message,
    "home": _home,
    "document": _document,
    "document-words": _document_words,
    "copy": _copy,
    "reply-refused": _refused,
    "preferences": _preferences,
    "preferences-saved": _preferences_saved,
    "preferences-none": _preferences_none,
    "signed-out": _signed_out,
    "nobody": _nobody,
    "nobody-chosen": _nobody_chosen,
    "nowhere": _nowhere,
    "unsubscribe": _unsubscribe,
    "unsubscribed": _unsubscribed,
}
