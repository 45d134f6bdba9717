"""What is in the way of something, in the order in which a person would clear it away."""

from collections.abc import Iterator

from server import clock, keys, models
from server.domain import private_words
from server.domain.gate.asked import ARCHIVED, DECEASED, OF_PEOPLE, OWED, Asked, Path, is_put_away, may_reach, unwanted
from server.models import Carries
from server.queries import people as who
from server.queries import ways
from server.queries.standing import Standing
from server.vault import Keyring


async def of(asked: Asked, standing: Standing) -> tuple[list[str], list[str]]:
    """The codes of everything in the way, the first of them first, and what looks private in the words."""
    ring = await keys.of(asked.organization.id)
    found = private_in(asked, ring)
    return [*in_the_way(asked, standing, ring), *(["looks_private"] if found and not asked.is_sure else [])], found


def in_the_way(asked: Asked, standing: Standing, ring: Keyring) -> Iterator[str]:
    """The codes of what stands in the way, whatever the words say."""
    if not ways.may_send(asked.organization.plan, asked.organization.plan_ends_at):
        yield "no_plan"
    yield from _of_entry(asked)
    if asked.contact is None:
        yield "no_email" if asked.is_mail else "no_phone"
    elif not asked.is_mail:
        yield from ways.of_number(asked.number)
        yield from ways.of_destination(asked.address(ring), asked.organization)
    if standing.is_stopped and asked.path not in OWED:
        yield "mail_opted_out" if asked.is_mail else "opted_out"
    if standing.contact and standing.contact.pause:
        yield standing.contact.pause
    if standing.contact and standing.contact.is_landline and not asked.is_mail:
        yield "landline"
    if kind := unwanted(asked.path, asked.patient):
        yield kind
    if asked.path is Path.NEWS and 0 < asked.organization.broadcast_most <= standing.news:
        yield "cap_news"
    yield from _missing_consent(asked, standing)


def _of_entry(asked: Asked) -> Iterator[str]:
    if asked.patient.deceased_at is not None and not may_reach(asked):
        yield DECEASED
    if is_put_away(asked):
        yield ARCHIVED


def _missing_consent(asked: Asked, standing: Standing) -> Iterator[str]:
    if asked.carries is Carries.TEXT and not standing.plain_texts:
        yield "no_consent"
    # The patient chose one way to be reached at; another one is used only if they agreed to it (45 CFR 164.522(b)).
    if asked.path is Path.OTHER_WAY and asked.is_mail and not standing.mails:
        yield "no_email_consent"


def private_in(asked: Asked, ring: Keyring) -> list[str]:
    """The codes of what looks private in the words of a plain text."""
    if asked.carries is not Carries.TEXT or asked.words is None or asked.path not in OF_PEOPLE:
        return []
    clinic = private_words.of_clinic(asked.organization)
    return private_words.found(asked.words, own=_own(asked.patient, ring), today=clock.now().date(), clinic=clinic)


def _own(patient: models.Patient, ring: Keyring) -> private_words.Own:
    names = ("birth_date", "mrn", "phone", "email", "first_name", "last_name")
    return private_words.Own(**{name: who.opened(ring, patient, name) or None for name in names})
