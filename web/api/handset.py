"""The handset inside the product, for a clinic that tries or practises: what its number sends stays here."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import handsets as verbs
from server.queries import handset_views, handsets
from web.api.registry import api
from web.api.shapes import Asked


class NewHandsetText(Asked, frozen=True):
    """A text that somebody writes on a phone of the handset; `id` is chosen by the page, so that it comes once."""

    id: UUID
    phone: Annotated[str, msgspec.Meta(max_length=40)]
    number_id: UUID
    body: Annotated[str, msgspec.Meta(max_length=4000)]


@api.get("/organization/handset", answers={200: handset_views.Handset}, refuses=("not_allowed",))
async def show_handset(staff: access.Staff) -> handset_views.Handset:
    """What is on it, for an admin. The look is on record, once in a while."""
    await verbs.note_look(staff)
    return await handsets.shown(staff)


@api.post(
    "/organization/handset",
    answers={200: handset_views.Handset},
    refuses=("unknown", "not_allowed", "not_on_handset", "not_a_phone", "empty", "too_long", "hidden_characters"),
)
async def write_on_handset(staff: access.Staff, body: NewHandsetText) -> handset_views.Handset:
    """An admin writes on a phone that the number wrote to: it comes in as a patient's text does."""
    await verbs.write(body.id, body.phone, body.number_id, body.body, by=staff)
    return await handsets.shown(staff)
