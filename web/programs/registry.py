"""Where the handlers of the programs' API enter themselves."""

from server.doors.api import Api
from web import build
from web.programs import door

api = Api("BloomText for other programs", version=build.version(), prefix="/api/programs/v1", admit=door.admit)
