"""The operators' door: every address of it."""

from starlette.routing import BaseRoute

from server.doors import routes as door
from server.doors.areas import Area
from web.operator import clinics, pages, signing

AREA = Area(pages.HOME, refused=pages.refused)


def routes() -> list[BaseRoute]:
    """All of them, for Starlette."""
    home = pages.HOME
    return [
        door.at(home, get=clinics.home),
        door.at(f"{home}/sign-in", get=signing.ask_password, post=signing.check_password),
        door.at(f"{home}/sign-in/code", get=signing.ask_code, post=signing.check_code),
        door.at(f"{home}/sign-out", post=signing.sign_out),
        door.at(f"{home}/clinics/{{clinic}}", get=clinics.one),
        door.at(f"{home}/clinics/{{clinic}}/{{act}}", post=clinics.act),
    ]
