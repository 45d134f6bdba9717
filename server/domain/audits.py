"""An admin asks the audit who did or saw what (B90). Asking is on record too, once for each question."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import msgspec

from server import access, audit, errors, models
from server.audit import Did
from server.errors import Kind, Refusal
from server.queries import audit_words, trail
from server.queries.audit_views import AuditPage, Seers

ONE_READING = timedelta(hours=1)
"""Whoever reads on in an answer asks no new question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; None narrows nothing. `about` is the id of a link, a file or a message, `source` an address."""

    patient: UUID | None = None
    person: UUID | None = None
    about: UUID | None = None
    sort: audit_words.Sort | None = None
    failed: bool = False
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def asked(self) -> dict[str, object]:
        """As it goes on record."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in told.items() if value not in (None, False)}


def must_be_admin(by: access.Staff) -> None:
    """Check that an admin of the clinic asks.

    :raises Refusal: `not_allowed`
    """
    if by.role is not models.Role.ADMIN:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "Only an admin of your clinic can read the audit.")


async def lines(question: Question, *, before: str | None = None, by: access.Staff) -> AuditPage:
    """A page of the entries of the admin's clinic.

    :raises Refusal: `not_allowed`, `unknown` for a patient or a person of no such clinic, `wrong_shape`
    """
    must_be_admin(by)
    found = await trail.page(by.organization, await _put(question, by), before)
    await _note("lines", question, by, reads_on=before is not None)
    return found


async def seers(
    patient: UUID, *, since: datetime | None = None, until: datetime | None = None, by: access.Staff
) -> Seers:
    """Who saw a patient, in a time or ever.

    :raises Refusal: `not_allowed`, `unknown`
    """
    question = Question(patient=patient, since=since, until=until)
    put = await _put(question, by)
    must_be_admin(by)
    found = await trail.seers(by.organization, patient, put)
    await _note("seers", question, by)
    return found


async def _put(question: Question, by: access.Staff) -> trail.Question:
    if question.person:
        await _must_be_known(question.person, by.organization)
    return trail.Question(
        patients=await trail.entries_of(by.organization, question.patient) if question.patient else frozenset(),
        person=question.person,
        about=question.about,
        sort=question.sort,
        failed=question.failed,
        source=_address(question.source) if question.source else None,
        since=question.since,
        until=question.until,
    )


async def _must_be_known(person: UUID, organization: UUID) -> None:
    for model in (models.User, models.Patient, models.Proxy):
        if await model.filter(id=person, organization_id=organization).exists():
            return
    raise errors.unknown()


def _address(text: str) -> str:
    """What goes on record of a question is never somebody's words."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        sentence = "Write an address such as 203.0.113.7."
        raise Refusal(Kind.WRONG_SHAPE, "wrong_shape", sentence, extra={"at": "$.source"}) from None


async def _note(what: str, question: Question, by: access.Staff, *, reads_on: bool = False) -> None:
    data = {"what": what, **question.asked}
    about = uuid5(by.organization, msgspec.json.encode(data, order="sorted").decode())
    if reads_on:
        await audit.enter_once(
            Did.AUDIT_READ,
            within=ONE_READING,
            organization=by.organization,
            about=about,
            patient=question.patient,
            data=data,
        )
    else:
        await audit.enter(
            Did.AUDIT_READ, organization=by.organization, about=about, patient=question.patient, data=data
        )
