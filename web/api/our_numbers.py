"""My clinic's phone numbers: looking for one, ordering it, bringing one along, trying it, giving it up."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import number_moves, number_orders, number_releases, number_tests, starting
from server.queries import number_views, our_numbers
from web.api.registry import api
from web.api.shapes import Asked

Short = Annotated[str, msgspec.Meta(max_length=80)]
ORDERING = ("unknown", "not_allowed", "no_plan", "not_a_phone", "not_an_area_code", "number_taken")


class AreaCode(Asked, frozen=True):
    """Three digits, such as 312."""

    area_code: Annotated[str, msgspec.Meta(max_length=8)]


class ChosenNumber(Asked, frozen=True):
    """A number (E.164) for a team."""

    number: Short
    team_id: UUID


class BroughtNumber(Asked, frozen=True):
    """A number that the clinic has with this carrier, for a team."""

    number: Short
    carrier: Annotated[str, msgspec.Meta(max_length=200)]
    team_id: UUID


class TriedPhone(Asked, frozen=True):
    """A phone of the clinic's own."""

    phone: Short


class NewTeam(Asked, frozen=True):
    """Another team of the clinic."""

    team_id: UUID


class GivenUp(Asked, frozen=True):
    """The number that is given up, typed once more."""

    typed: Short


@api.get("/organization/numbers", answers={200: number_views.ClinicNumbers}, refuses=("not_allowed",))
async def show_numbers(staff: access.Staff) -> number_views.ClinicNumbers:
    """My clinic's numbers, what it ordered, and how far carriers are; for who manages the clinic."""
    return await our_numbers.shown(staff)


@api.post(
    "/organization/numbers/search",
    answers={200: number_views.NumberOffers},
    refuses=("not_allowed", "not_an_area_code", "no_plan", "too_many", "carrier_silent"),
)
async def search_numbers(staff: access.Staff, body: AreaCode) -> number_views.NumberOffers:
    """Numbers that my clinic could have in an area code, or in one near it where none is free."""
    found = await number_orders.search(body.area_code, by=staff)
    offers = [number_views.NumberOffer(each.number) for each in found.offers]
    return number_views.NumberOffers(found.code, offers, found.none_in)


@api.post(
    "/organization/numbers/order",
    answers={200: number_views.ClinicNumbers},
    refuses=(*ORDERING, "order_waits", "too_many_numbers"),
)
async def order_number(staff: access.Staff, body: ChosenNumber) -> number_views.ClinicNumbers:
    """Order a number for a team. It is bought once, also where this is asked again."""
    await number_orders.order(body.number, body.team_id, by=staff)
    return await our_numbers.shown(staff)


@api.post(
    "/organization/numbers/bring",
    answers={200: number_views.ClinicNumbers},
    refuses=(*ORDERING, "empty", "too_long", "hidden_characters"),
)
async def bring_number(staff: access.Staff, body: BroughtNumber) -> number_views.ClinicNumbers:
    """Ask to bring a number along that the clinic has with another carrier."""
    await number_orders.bring(body.number, body.carrier, body.team_id, by=staff)
    return await our_numbers.shown(staff)


@api.post(
    "/organization/numbers/{number}/test",
    answers={200: number_views.ClinicNumbers},
    refuses=("not_allowed", "unknown", "not_a_phone", "no_plan", "no_way_to_reach", "patients_phone", "too_many"),
)
async def test_number(staff: access.Staff, number: UUID, body: TriedPhone) -> number_views.ClinicNumbers:
    """Send a test text from a number of the clinic's to a phone of its own, five times a day at most."""
    await number_tests.send(number, body.phone, by=staff)
    return await our_numbers.shown(staff)


@api.post(
    "/organization/numbers/{number}/release",
    answers={200: number_views.ClinicNumbers},
    refuses=("not_allowed", "prove_again", "unknown", "not_the_number"),
)
async def release_number(staff: access.Staff, number: UUID, body: GivenUp) -> number_views.ClinicNumbers:
    """Give a number up for good: patients who write to it reach nobody. What was written stays."""
    await number_releases.release(number, body.typed, by=staff)
    return await our_numbers.shown(staff)


@api.post(
    "/organization/numbers/{number}/move",
    answers={200: number_views.ClinicNumbers},
    refuses=("not_allowed", "prove_again", "unknown"),
)
async def move_number(staff: access.Staff, number: UUID, body: NewTeam) -> number_views.ClinicNumbers:
    """Give a number to another team: its conversations go along, and its members read them."""
    await number_moves.move(number, body.team_id, by=staff)
    return await our_numbers.shown(staff)


@api.post("/organization/start/done", answers={204: None}, refuses=("not_allowed", "not_done_yet"))
async def finish_start(staff: access.Staff) -> None:
    """Say that the first steps are done: the bar goes."""
    await starting.finish(by=staff)
