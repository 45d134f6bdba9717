"""The OpenAPI 3.1 document of an API, made from the shapes that its handlers really read and answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from server import programs
from server.doors.problem import STATUS
from server.errors import Kind

if TYPE_CHECKING:
    from server.doors.api import Operation

Json = dict[str, object]
REF = "#/components/schemas/{name}"
SCHEMES: Mapping[str, Json] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "bt_staff"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-BloomText-CSRF"},
    "key": {"type": "http", "scheme": "bearer", "description": "A key that an admin of the clinic made (`btkey_…`)."},
}
"""Who may call: a person's session, with the token of its page where it acts; or another program's key."""


class Problem(msgspec.Struct, omit_defaults=True):
    """A no (RFC 9457). `detail` is a sentence for a person, `code` is for machines, `at` is a place in the request."""

    type: Literal["about:blank"]
    title: str
    status: int
    code: str
    detail: str
    at: str | msgspec.UnsetType = msgspec.UNSET
    reference: str | msgspec.UnsetType = msgspec.UNSET


KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.WRONG_SHAPE: ("not_json", "wrong_shape"),
    Kind.SIGNED_OUT: ("signed_out", "code_needed", "locked", "wrong_key"),
    Kind.FORBIDDEN: ("not_our_page", "not_allowed", "no_plan", "prove_again", "no_scope", "single_sign_on_only"),
    Kind.UNKNOWN: ("unknown",),
    Kind.CONFLICT: (
        "key_reused",
        "no_passkeys",
        "too_many_passkeys",
        "last_factor",
        "moved_on",
        "assigned_meanwhile",
        "already_retried",
        "nothing_to_retry",
        "cannot_read",
        "nobody_left",
        "name_taken",
        "has_plan",
        "trial_used",
        "number_taken",
        "not_on_handset",
        "order_waits",
        "too_many_numbers",
        "patients_phone",
        "not_done_yet",
        "too_many_tags",
        "too_many_groups",
        "group_full",
        "too_many_views",
        "shortcut_taken",
        "too_many_replies",
        "no_way_to_reach",
        "no_consent",
        "looks_private",
        "mrn_taken",
        "already_viewed",
        "already_sent",
        "only_the_patient",
        "viewed_already",
        "already_settled",
        "undecided_wish",
        "say_who",
        "no_sender",
        "patient_in_use",
        "wrong_place",
        "too_many_files",
        "no_room",
        "files_need_secure",
        "file_gone",
        "proxy_ended",
        "proxies_full",
        "conversation_closed",
        "reason_needed",
        "no_notices",
        "too_late",
        "not_checked",
        "nobody_to_reach",
        "merged_since",
        "on_hold",
        "deceased_differs",
        "same_contact",
        "contact_gone",
        "contacts_full",
        "preferred_contact",
        "still_sending",
        "has_left",
        "own_factor",
        "own_role",
        "last_admin",
        "last_member",
        "team_in_use",
        "too_many_teams",
        "email_taken",
        "invited_already",
        "too_many_keys",
        "too_many_hooks",
        "hook_disabled",
        "domain_taken",
        "domain_unused",
        "not_set_up",
        "no_break_glass",
        "last_break_glass",
    ),
    Kind.TOO_BIG: ("too_big",),
    Kind.INVALID: (
        "empty",
        "same_patient",
        "too_long",
        "hidden_characters",
        "not_a_phone",
        "not_an_email",
        "premium",
        "not_a_date",
        "not_in_future",
        "hours_overlap",
        "date_twice",
        "no_language",
        "not_a_shortcut",
        "unknown_variable",
        "wrong_sign_in",
        "wrong_code",
        "weak_password",
        "wrong_passkey",
        "no_outcome",
        "not_a_member",
        "no_name",
        "no_team",
        "no_reason",
        "wrong_dates",
        "wrong_age",
        "wrong_length",
        "not_a_word",
        "not_an_area_code",
        "not_the_number",
        "no_time",
        "not_a_picture",
        "too_many_pixels",
        "not_a_document",
        "not_taken",
        "other_kind",
        "empty_file",
        "wrong_columns",
        "dates_unclear",
        "no_audience",
        "too_many_patients",
        "no_scopes",
        "no_kinds",
        "not_an_address",
        "no_client",
        "not_a_domain",
        "secret_needed",
    ),
    Kind.TOO_MANY: ("too_many",),
    Kind.UNAVAILABLE: ("carrier_silent",),
}
"""Which sort of no each code is. An operation's codes must stand here, or the document cannot be made."""
STATUS_OF = {code: STATUS[kind] for kind, codes in KINDS.items() for code in codes}


def document(title: str, version: str, prefix: str, operations: Sequence["Operation"]) -> Json:
    """The whole document."""
    schemas, components = msgspec.json.schema_components(_all_shapes(operations), ref_template=REF)
    refs = dict(zip(map(_key, _all_shapes(operations)), schemas, strict=True))
    paths: dict[str, Json] = {}
    for each in operations:
        paths.setdefault(prefix + each.path, {})[each.method.lower()] = _operation(each, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                name: SCHEMES[name] for each in operations for part in _security(each) for name in part
            },
        },
    }


def _key(shape: object) -> str:
    return str(shape)


def _all_shapes(operations: Sequence["Operation"]) -> list[object]:
    found: dict[str, object] = {_key(Problem): Problem}
    for each in operations:
        for shape in (*each.answers.values(), each.shapes.get("body"), each.shapes.get("query")):
            if shape is not None:
                found[_key(shape)] = shape
    return list(found.values())


def _operation(operation: "Operation", refs: Mapping[str, Json]) -> Json:
    said: Json = {
        "operationId": operation.handler.__name__,
        "summary": operation.about,
        "parameters": [*(_id(name, operation.shapes.get(name)) for name in operation.ids), *_query(operation)],
        "responses": {**_answers(operation, refs), **_refusals(operation, refs)},
        "security": _security(operation),
    }
    if body := operation.shapes.get("body"):
        said["requestBody"] = {"required": True, "content": {"application/json": {"schema": refs[_key(body)]}}}
    elif operation.takes:
        binary = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in operation.takes}
        said["requestBody"] = {"required": True, "content": binary}
    return said


def _id(name: str, shape: type | None) -> Json:
    schema = {"type": "integer"} if shape is int else {"type": "string", "format": "uuid"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(operation: "Operation") -> Iterable[Json]:
    shape = operation.shapes.get("query")
    if shape is None:
        return
    schema = msgspec.json.schema(shape)
    own = schema["$defs"][shape.__name__]
    for name, rule in own["properties"].items():
        yield {"name": name, "in": "query", "required": name in own["required"], "schema": rule}


def _security(operation: "Operation") -> list[Json]:
    if operation.access in ("open", "page"):
        return []
    if operation.access in programs.SCOPES:
        return [{"key": []}]
    keys: Json = {"session": []}
    return [keys if operation.method == "GET" else {**keys, "csrf": []}]


def _answers(operation: "Operation", refs: Mapping[str, Json]) -> Json:
    return {
        str(status): {"description": "Yes."}
        if shape is None
        else {"description": "Yes.", "content": {"application/json": {"schema": refs[_key(shape)]}}}
        for status, shape in operation.answers.items()
    }


def _refusals(operation: "Operation", refs: Mapping[str, Json]) -> Json:
    """Every no by its status; what any operation may answer is not repeated by each of them in the code."""
    codes = {*operation.refuses, *_common(operation)}
    by_status: dict[int, list[str]] = {500: ["our_fault"], 503: ["not_now"]}
    for code in sorted(codes):
        by_status.setdefault(STATUS_OF[code], []).append(code)
    if operation.shapes.get("body") or operation.takes:
        by_status[415] = ["wrong_type"]
    content = {"application/problem+json": {"schema": refs[_key(Problem)]}}
    return {
        str(status): {"description": ", ".join(codes), "content": content}
        for status, codes in sorted(by_status.items())
    }


def _common(operation: "Operation") -> Iterable[str]:
    yield "wrong_shape"
    if operation.shapes.get("body"):
        yield from ("not_json", "too_big")
    if operation.access in programs.SCOPES:
        yield from ("wrong_key", "no_scope", "too_many")
    elif operation.access not in ("open", "page"):
        yield from ("signed_out", "code_needed")
    if operation.access in ("session", "act"):
        yield "locked"
    if operation.method != "GET" and operation.access not in programs.SCOPES:
        yield "not_our_page"
    if operation.ids:
        yield "unknown"
