"""A conversation for the chart, and the proof that is asked for before it."""

from typing import Literal
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server import access, keys
from server.domain import directory_exports, exports, record_exports, step_up
from server.doors import api as door
from server.doors import downloads
from server.doors.downloads import Download
from server.doors.reading import wrong_shape
from web import session
from web.api import passkey_shapes, shapes
from web.api.registry import api


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """As what."""

    format: Literal["pdf", "json"]


class Proof(msgspec.Struct, forbid_unknown_fields=True):
    """One of the three."""

    password: str | None = None
    code: str | None = None
    passkey: passkey_shapes.SignedByPasskey | None = None


class Proved(msgspec.Struct, frozen=True):
    """The token that acts carry from now on."""

    csrf: str


@api.post("/conversations/{conversation}/export", answers={200: None}, refuses=("prove_again", "too_many"))
async def export_conversation(staff: access.Staff, conversation: UUID, body: Wanted) -> Download:
    """The whole conversation, to be saved. Goes on record with the hash of its content."""
    made = await exports.for_chart(conversation, body.format, by=staff)
    return downloads.saved(made.content, made.media_type, made.name)


@api.post("/patients/{patient}/export", answers={200: None}, refuses=("prove_again", "too_many"))
async def export_patient(staff: access.Staff, patient: UUID, body: Wanted) -> Download:
    """What is on file of a patient and the conversations that I may read, to be saved. On record with its hash."""
    made = await record_exports.of_patient(patient, body.format, by=staff)
    return downloads.saved(made.content, made.media_type, made.name)


@api.post("/patients/export", answers={200: None}, refuses=("not_allowed", "prove_again", "too_many"))
async def export_directory(staff: access.Staff, body: shapes.Nothing) -> Download:
    """Every entry of my clinic's directory as CSV, to be saved. Goes on record with the hash of its content."""
    made = await directory_exports.of_clinic(by=staff)
    return downloads.saved(made.content, made.media_type, made.name)


@api.post(
    "/session/prove",
    answers={200: Proved},
    refuses=("wrong_sign_in", "wrong_code", "wrong_passkey", "too_many", "signed_out"),
)
async def prove_again(request: Request, staff: access.Staff, body: Proof) -> Response:
    """Give the password, a code or a passkey once more, after `prove_again`. A new cookie comes back."""
    if [body.password, body.code, body.passkey].count(None) != 2:
        raise wrong_shape("$")
    if body.passkey is not None:
        token = await step_up.with_passkey(body.passkey.told(), by=staff)
    elif body.code is not None:
        token = await step_up.with_code(body.code, by=staff)
    else:
        token = await step_up.with_password(body.password or "", by=staff)
    response = door.json(Proved(keys.csrf_token(token)))
    session.keep(request, response, token)
    return response
