"""The few files of the pages before the staff screens, small enough to be kept in memory, named after their content."""

import functools
import hashlib
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "plain"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


class File(NamedTuple):
    """One of them."""

    content: bytes
    type: str


@functools.cache
def _all() -> tuple[dict[str, str], dict[str, File]]:
    addresses, files = {}, {}
    for path in sorted(FOLDER.iterdir()):
        content = path.read_bytes()
        name = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        addresses[path.name] = f"/static/plain/{name}"
        files[name] = File(content, TYPES[path.suffix])
    return addresses, files


def address(name: str) -> str:
    """Where a file of this name is served."""
    return _all()[0][name]


async def serve(request: Request) -> Response:
    """Serve one of them.

    :raises HTTPException: 404
    """
    file = _all()[1].get(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return Response(file.content, media_type=file.type, headers={"Cache-Control": FOR_EVER})
