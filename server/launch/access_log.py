"""The default access log: one JSON line per answer or socket."""

import json
import logging

from server.launch.asgi import Access

log = logging.getLogger("server.launch.access")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def write(access: Access) -> None:
    """Log one access at INFO."""
    log.info(json.dumps(access, separators=(",", ":")))


def method_name(wire: bytes) -> str:
    """The method if it is a usual one, else `OTHER`: what a stranger invents is not ours to log."""
    name = wire.decode("latin-1")
    return name if name in _METHODS else "OTHER"
