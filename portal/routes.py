"""Every address of the patient's door. `docs/contract.md` §5."""

from starlette.routing import BaseRoute

from portal import (
    adding,
    choosing,
    conversing,
    display,
    homing,
    looking,
    opening,
    pages,
    previewing,
    taking,
    tongues,
    unsubscribing,
)
from server.doors import routes as doors
from server.doors.areas import Area

AREA = Area("/m", refused=pages.refused, referrer="no-referrer")
"""Its pages answer a no in words; addresses of it are told to nobody."""

UNSUBSCRIBE = Area("/m/unsubscribe", refused=pages.refused, referrer="no-referrer", is_ours_alone=False)
"""The one place where an act may come from anywhere. RFC 8058 §3.2 has the mail program's own servers post there,
without cookies and with no page of ours before it, so there is no Origin that could be ours. What guards it instead is
the token in the address: 80 bits that only the mail has, good for one thing, which its owner can take back. A page of
somebody else's could post there only if it knew the token, and then needs no browser for it.
"""

AREAS = (AREA, UNSUBSCRIBE)


def routes() -> list[BaseRoute]:
    """The routes, the link's own last: a secret is whatever is none of the others."""
    addresses = [
        display.at("/m/", get=opening.door),
        display.at("/m/open", post=opening.press),
        display.at("/m/check", get=opening.question, post=opening.answer),
        display.at("/m/code", post=opening.send_code),
        display.at("/m/not-me", post=opening.not_me),
        display.at("/m/sign-out", post=opening.sign_out),
        display.at("/m/new-link", post=opening.new_link),
        display.at("/m/home", get=homing.show),
        display.at("/m/thread", get=conversing.read),
        display.at("/m/messages", post=conversing.reply),
        display.at("/m/check-new", post=conversing.check_new),
        display.at("/m/script", post=conversing.announce),
        display.at("/m/active", post=conversing.stay),
        display.at("/m/viewed", post=conversing.see),
        display.at("/m/facts", get=conversing.catch_up),
        display.at("/m/unsubscribe/{token}", get=unsubscribing.ask, post=unsubscribing.stop),
        display.at("/m/preferences", get=choosing.show, post=choosing.save),
        display.at("/m/copy", get=taking.show, post=taking.take),
        doors.at("/m/files/{file:uuid}", get=looking.show_file, label="/m/files/{file}"),
        doors.at("/m/files/{file:uuid}/pages/{page:int}", get=looking.show_page, label="/m/files/{file}/pages/{page}"),
        display.at("/m/documents/{file:uuid}", get=looking.show, post=looking.press, label="/m/documents/{file}"),
        display.at("/m/documents/{file:uuid}/text", get=looking.show_words, label="/m/documents/{file}/text"),
        doors.at("/m/documents/{file:uuid}/viewed", post=looking.see, label="/m/documents/{file}/viewed"),
        doors.at("/m/uploads", post=adding.begin),
        doors.route(
            "/m/uploads/{upload:uuid}",
            {"GET": adding.show, "PUT": adding.take, "DELETE": adding.drop},
            label="/m/uploads/{upload}",
        ),
        doors.at(previewing.ADDRESS, get=previewing.show, label="/api/v1/conversations/{conversation}/preview"),
        display.at("/m/{secret}", get=opening.arrive),
    ]
    return [tongues.heard(address) for address in addresses]
