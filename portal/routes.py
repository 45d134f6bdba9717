"""Every address of the patient's door. `docs/contract.md` §5."""

from starlette.routing import BaseRoute

from portal import adding, choosing, conversing, looking, opening, pages, unsubscribing
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
        doors.at("/m/unsubscribe/{token}", get=unsubscribing.ask, post=unsubscribing.stop),
        doors.at("/m/preferences", get=choosing.show, post=choosing.save),
        doors.at("/m/files/{file:uuid}", get=looking.show_file, label="/m/files/{file}"),
        doors.at("/m/files/{file:uuid}/pages/{page:int}", get=looking.show_page, label="/m/files/{file}/pages/{page}"),
        doors.at("/m/documents/{file:uuid}", get=looking.show, post=looking.press, label="/m/documents/{file}"),
        doors.at("/m/documents/{file:uuid}/text", get=looking.show_words, label="/m/documents/{file}/text"),
        doors.at("/m/documents/{file:uuid}/viewed", post=looking.see, label="/m/documents/{file}/viewed"),
        doors.at("/m/uploads", post=adding.begin),
        doors.route(
            "/m/uploads/{upload:uuid}",
            {"GET": adding.show, "PUT": adding.take, "DELETE": adding.drop},
            label="/m/uploads/{upload}",
        ),
        doors.at("/m/{secret}", get=opening.arrive),
    ]
