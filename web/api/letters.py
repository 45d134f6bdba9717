"""My clinic's admins and the people who run BloomText write to each other."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import letters as verbs
from server.queries import letter_views, letters
from web.api.registry import api
from web.api.shapes import Asked


class NewLetter(Asked, frozen=True):
    """What to write; `id` is chosen by the page, so that a letter that is sent twice comes once."""

    id: UUID
    body: Annotated[str, msgspec.Meta(max_length=8000)]


@api.get("/organization/letters", answers={200: letter_views.ClinicLetters}, refuses=("not_allowed",))
async def show_letters(staff: access.Staff) -> letter_views.ClinicLetters:
    """What my clinic's admins wrote to the people who run BloomText, and what those answered. For admins."""
    return await letters.shown(staff)


@api.post(
    "/organization/letters",
    answers={200: letter_views.ClinicLetters},
    refuses=("not_allowed", "empty", "too_long", "hidden_characters", "key_reused", "too_many"),
)
async def write_letter(staff: access.Staff, body: NewLetter) -> letter_views.ClinicLetters:
    """An admin writes to them. Patients have no place in it."""
    await verbs.write(body.id, body.body, by=staff)
    return await letters.shown(staff)


@api.post("/organization/letters/seen", answers={204: None}, refuses=("not_allowed",))
async def see_letters(staff: access.Staff) -> None:
    """An admin has their answers on the screen: they are no longer counted."""
    await verbs.see(by=staff)
