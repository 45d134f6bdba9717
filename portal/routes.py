"""Every address of the patient's door. `docs/contract.md` §5."""

from starlette.routing import BaseRoute

from portal import conversing, opening, pages
from server.doors import routes as doors
from server.doors.areas import Area

AREA = Area("/m", refused=pages.refused, referrer="no-referrer")
"""Its pages answer a no in words; addresses of it are told to nobody."""


def routes() -> list[BaseRoute]:
    """The routes, the link's own last: a secret is whatever is none of the others."""
    return [
        doors.at("/m/", get=opening.door),
        doors.at("/m/open", post=opening.press),
        doors.at("/m/check", get=opening.question, post=opening.answer),
        doors.at("/m/code", post=opening.send_code),
        doors.at("/m/not-me", post=opening.not_me),
        doors.at("/m/sign-out", post=opening.sign_out),
        doors.at("/m/new-link", post=opening.new_link),
        doors.at("/m/thread", get=conversing.read),
        doors.at("/m/messages", post=conversing.reply),
        doors.at("/m/check-new", post=conversing.check_new),
        doors.at("/m/script", post=conversing.announce),
        doors.at("/m/active", post=conversing.stay),
        doors.at("/m/viewed", post=conversing.see),
        doors.at("/m/facts", get=conversing.catch_up),
        doors.at("/m/files/{file:uuid}", get=conversing.show_file, label="/m/files/{file}"),
        doors.at("/m/{secret}", get=opening.arrive),
    ]
