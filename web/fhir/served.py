"""What each type of resource answers: our queries, on record like any other look, as FHIR."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from tortoise.models import Model
from tortoise.queryset import QuerySet

from server import errors, keys, programs
from server.domain import program_acts
from server.doors import downloads
from server.queries import program_files, program_messages, program_patients
from server.queries.program_patients import Sought
from web.fhir import capability, resources, searching
from web.fhir.resources import MRN, Json
from web.fhir.searching import Search

Row = TypeVar("Row", bound=Model)


async def patient(by: programs.Program, patient_id: UUID) -> Json:
    """One Patient."""
    found = await program_acts.note_patient(patient_id, by=by)
    return resources.patient(program_patients.shown(await keys.of(by.organization), found))


async def patients(request: Request, by: programs.Program, base: str) -> Json:
    """Patients that fit in all that is asked."""
    asked = await searching.read(request, list(capability.PATIENT), by.organization)
    found = await program_patients.page(by, _sought(asked), after=asked.after, limit=asked.limit)
    await program_acts.note_patients([each.id for each in found.patients], by=by)
    return _page(base, "Patient", asked, map(resources.patient, found.patients), found.next, by)


async def communication(by: programs.Program, message: UUID) -> Json:
    """One Communication."""
    found = await program_messages.found(program_messages.readable(by).filter(id=message))
    if not found:
        raise errors.unknown()
    await program_acts.note_read({each.conversation: each.patient for each in found}, by=by)
    return resources.communication(found[0])


async def communications(request: Request, by: programs.Program, base: str) -> Json:
    """Communications of a patient, or of all, in the order in which they were written."""
    asked = await searching.read(request, list(capability.COMMUNICATION), by.organization)
    chosen = _of_patient(program_messages.readable(by), asked, "conversation__patient_id")
    chosen = chosen.filter(**searching.between(asked.asked.get("sent", [])))
    found = await program_messages.found(_after(chosen, asked))
    shown, following = found[: asked.limit], _following([each.id for each in found], asked)
    await program_acts.note_read({each.conversation: each.patient for each in shown}, by=by)
    return _page(base, "Communication", asked, map(resources.communication, shown), following, by)


async def document(by: programs.Program, file: UUID) -> Json:
    """One DocumentReference."""
    found = await program_files.found(program_files.readable(by).filter(id=file))
    if not found:
        raise errors.unknown()
    await program_acts.note_files([each.patient for each in found], by=by)
    return resources.document(found[0])


async def documents(request: Request, by: programs.Program, base: str) -> Json:
    """Files of a patient, or of all, in the order in which they came."""
    asked = await searching.read(request, list(capability.DOCUMENT), by.organization)
    chosen = _of_patient(program_files.readable(by), asked, "message__conversation__patient_id")
    chosen = chosen.filter(**searching.between(asked.asked.get("date", [])))
    found = await program_files.found(_after(chosen, asked))
    shown, following = found[: asked.limit], _following([each.id for each in found], asked)
    await program_acts.note_files([each.patient for each in shown], by=by)
    return _page(base, "DocumentReference", asked, map(resources.document, shown), following, by)


async def binary(by: programs.Program, file: UUID) -> Response:
    """The bytes of a file, as they are."""
    return downloads.of(await program_acts.open_file(file, by=by))


def _sought(asked: Search) -> Sought:
    system, bar, value = (asked.one("identifier") or "").rpartition("|")
    if bar and system not in ("", MRN):
        raise searching.wrong(f"Patients have identifiers of {MRN}.")
    contact = asked.one("telecom") or ""
    kind, _, address = contact.rpartition("|")
    is_mail = "@" in address or kind == "email"
    names = [name for each in ("name", "family", "given") for name in asked.asked.get(each, [])]
    return Sought(
        id=searching.identity(asked.one("_id")),
        mrn=value or None,
        name=" ".join(names) or None,
        birth_date=searching.day(asked.one("birthdate")),
        phone=asked.one("phone") or (address if address and not is_mail else None),
        email=asked.one("email") or (address if is_mail else None),
    )


def _of_patient(chosen: QuerySet[Row], asked: Search, column: str) -> QuerySet[Row]:
    whose = searching.identity(asked.one("patient", "subject"), "Patient")
    one = searching.identity(asked.one("_id"))
    chosen = chosen.filter(**{column: whose}) if whose else chosen
    return chosen.filter(id=one) if one else chosen


def _after(chosen: QuerySet[Row], asked: Search) -> QuerySet[Row]:
    """The page, and one more that says whether there is another."""
    chosen = chosen.filter(id__gt=asked.after) if asked.after else chosen
    return chosen.order_by("id").limit(asked.limit + 1)


def _following(ids: Sequence[UUID], asked: Search) -> UUID | None:
    return ids[asked.limit - 1] if len(ids) > asked.limit else None


def _page(
    base: str, kind: str, asked: Search, found: "map[Json]", following: UUID | None, by: programs.Program
) -> Json:
    links = [("self", f"{base}/{kind}")]
    if following:
        links.append(("next", f"{base}/{kind}?_page={searching.next_page(asked, following, by.organization)}"))
    return resources.bundle(base, found, links)
