"""Where the handlers of the staff API enter themselves."""

from server.doors.api import Api
from web import build, session

api = Api("BloomText Patient Messaging", version=build.version(), prefix="/api/v1", admit=session.admit)
