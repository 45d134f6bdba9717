"""Where a page of a list ends, as the screen holds it and brings it back to ask for the next one."""

import base64
from typing import TypeVar

import msgspec

from server.errors import Kind, Refusal

Place = TypeVar("Place", bound=msgspec.Struct)


def written(place: msgspec.Struct) -> str:
    """A place in letters that an address takes as they are (base64url without padding, RFC 4648 §5)."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read(text: str, kind: type[Place], *, otherwise: str) -> Place:
    """The place that `written` wrote.

    :raises Refusal: `wrong_shape`, with the sentence `otherwise`
    """
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=kind)
    except (ValueError, msgspec.MsgspecError):
        raise Refusal(Kind.WRONG_SHAPE, "wrong_shape", otherwise) from None
