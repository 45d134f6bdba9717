"""On what the caller reads, for the record of what was viewed."""

from starlette.datastructures import Headers
from starlette.types import Scope

from server import devices


def of(scope: Scope) -> str | None:
    """The code of the caller's browser and system (`server/devices.py`)."""
    return devices.of(Headers(scope=scope).get("user-agent", ""))
