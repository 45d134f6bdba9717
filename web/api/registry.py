"""Where the handlers of the staff API enter themselves."""

from server.doors.api import Api
from web import build, session

BUILD = "X-BloomText-Build"
"""On every answer: the front-end build of the server that gave it, by which a page learns that there is another."""


def _headers() -> dict[str, str]:
    return {BUILD: build.current().name}


api = Api(
    "BloomText Patient Messaging", version=build.version(), prefix="/api/v1", admit=session.admit, headers=_headers
)
