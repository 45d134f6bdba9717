"""The worker of notices on this computer: one small script, at an address that gives it no page to control."""

import functools
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

ADDRESS = "/notices/worker.js"


@functools.cache
def _script() -> bytes:
    return (Path(__file__).parent / "worker.js").read_bytes()


async def serve(request: Request) -> Response:
    """Serve it; browsers ask for it again by themselves, so it is not kept."""
    return Response(_script(), media_type="text/javascript")
