"""The clinics as an operator sees and helps them. Each act is the clinic's own verb, and stands in its audit."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from server import audit, errors, models, operator_access, tokens
from server.audit import Did
from server.domain import letters as letter_verbs
from server.domain import number_orders, plans, registrations
from server.errors import Kind, Refusal
from server.models import NumberStatus, OrderState, PhoneEndpoint, RegistrationOf, RegistrationState
from server.queries import delivering, letters, operating
from web.operator import pages, session

ONE_LOOK = timedelta(hours=1)
Word = TypeVar("Word", bound=StrEnum)
Act = Callable[[operator_access.Operator, UUID, Mapping[str, str]], Awaitable[object]]
PLANS: dict[str, Callable[[UUID], Awaitable[object]]] = {
    "trial": plans.start_trial,
    "paid": plans.start_paid,
    "suspended": plans.suspend,
    "none": plans.end,
}


async def home(request: Request) -> Response:
    """All clinics with how they are; the way in for who is not signed in."""
    by = await session.current(request)
    if by is None:
        return pages.go(f"{pages.HOME}/sign-in")
    await session.must_be(request)
    found, health = await operating.clinics(), await delivering.by_clinic()
    house = await delivering.of_the_house()
    csrf = session.csrf(request)
    return pages.show(request, "clinics.html", by=by, csrf=csrf, clinics=found, health=health, house=house)


async def one(request: Request) -> Response:
    """One clinic; with an area code in the query, numbers that it could have. The look is in the clinic's audit."""
    by = await session.must_be(request)
    clinic = _id(request)
    area = request.query_params.get("area", "").strip()
    try:
        offers = await number_orders.offered(_area(area)) if area else None
    except Refusal as refusal:
        return await _shown(request, by, clinic, problem=refusal)
    return await _shown(request, by, clinic, offers=offers, area=area)


async def act(request: Request) -> Response:
    """An act for a clinic; refused, the page says why."""
    by = await session.must_be(request)
    fields, clinic = await session.act(request), _id(request)
    verb = ACTS.get(request.path_params["act"])
    if verb is None:
        raise errors.unknown()
    try:
        await verb(by, clinic, fields)
    except Refusal as refusal:
        if refusal.kind is Kind.UNKNOWN:
            raise
        return await _shown(request, by, clinic, problem=refusal)
    return pages.go(f"{pages.HOME}/clinics/{clinic}")


async def _shown(
    request: Request,
    by: operator_access.Operator,
    clinic: UUID,
    *,
    problem: Refusal | None = None,
    offers: list[number_orders.Offer] | None = None,
    area: str = "",
) -> Response:
    details = await operating.clinic(clinic)
    await audit.enter_once(Did.CLINIC_LOOKED_AT, within=ONE_LOOK, organization=clinic, about=clinic)
    no = pages.no(problem) if problem else None
    return pages.show(
        request,
        "clinic.html",
        status=no.status if no else 200,
        by=by,
        csrf=session.csrf(request),
        details=details,
        health=(await delivering.by_clinic(only=clinic))[clinic],
        letters=await letters.of_clinic(clinic),
        letter_id=tokens.new_id(),
        problem=no.sentence if no else None,
        offers=offers,
        area=area or (details.asked.area_code if details.asked else None) or "",
    )


async def _set_plan(_by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    verb = PLANS.get(fields.get("plan", ""))
    if verb is None:
        raise errors.unknown()
    await verb(clinic)


async def _order(_by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    await number_orders.place(clinic, fields.get("number", ""), _as_id(fields.get("team")), by=None)


async def _port(_by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    order = _as_id(fields.get("order"))
    if not await models.NumberOrder.filter(id=order, organization_id=clinic).exists():
        raise errors.unknown()
    await number_orders.say_porting(order, _one_of(OrderState, fields.get("state")), fields.get("note", ""))


async def _register(_by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    of, state = _one_of(RegistrationOf, fields.get("of")), _one_of(RegistrationState, fields.get("state"))
    await registrations.say(clinic, of, state, fields.get("note", ""))


async def _attach(_by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    await registrations.attach(await _held(clinic, fields))


async def _send_to(_by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    endpoint = _one_of(PhoneEndpoint, fields.get("to"))
    await registrations.set_endpoint(await _held(clinic, fields), endpoint)


async def _answer(by: operator_access.Operator, clinic: UUID, fields: Mapping[str, str]) -> None:
    await letter_verbs.answer(_as_id(fields.get("id")), clinic, fields.get("words", ""), by=by)


async def _note_read(_by: operator_access.Operator, clinic: UUID, _fields: Mapping[str, str]) -> None:
    await letter_verbs.note_read(clinic)


ACTS: dict[str, Act] = {
    "plan": _set_plan,
    "order": _order,
    "port": _port,
    "registration": _register,
    "attach": _attach,
    "endpoint": _send_to,
    "letter": _answer,
    "letters-read": _note_read,
}


async def _held(clinic: UUID, fields: Mapping[str, str]) -> str:
    number = fields.get("number", "")
    ours = models.PhoneNumber.filter(e164=number, organization_id=clinic).exclude(status=NumberStatus.RELEASED)
    if not await ours.exists():
        raise errors.unknown()
    return number


def _id(request: Request) -> UUID:
    return _as_id(str(request.path_params["clinic"]))


def _as_id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise errors.unknown() from None


def _one_of(kind: type[Word], text: str | None) -> Word:
    try:
        return kind(text or "")
    except ValueError:
        raise errors.unknown() from None


def _area(text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isdigit():
        raise Refusal(Kind.INVALID, "not_an_area_code", "Write an area code as three digits, such as 312.")
    return text
