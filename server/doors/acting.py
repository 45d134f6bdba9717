"""Who may make us do something: only our own pages, and only with the session's token (B76).

A page sent with `Referrer-Policy: no-referrer` gives `Origin: null` to its own forms (Fetch standard, "append a
request Origin header"). Browsers with `Sec-Fetch-Site` still prove where they come from; for older ones, such a page
carries `<meta name="referrer" content="same-origin">`, which makes the real Origin come back.
"""

from starlette.datastructures import Headers

from server import keys, tokens
from server.errors import Kind, Refusal

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "x-bloomtext-csrf"
CSRF_FIELD = "csrf"


def must_come_from_us(headers: Headers, origin: str) -> None:
    """Check that an act was sent by a page of this very origin.

    :raises Refusal: `not_our_page`
    """
    given = headers.getlist("origin")
    is_told = given not in ([], ["null"])
    if given != [origin] if is_told else headers.getlist("sec-fetch-site") != ["same-origin"]:
        raise not_our_page()


def must_carry(given: str | None, session_token: str) -> None:
    """Check the token that an act of this session carries, in the header or in the form field.

    :raises Refusal: `not_our_page`
    """
    if not tokens.same(given or "", keys.csrf_token(session_token)):
        raise not_our_page()


def not_our_page() -> Refusal:
    """The answer to an act that another site's page may have caused."""
    sentence = "This did not come from our own page. Load the page again and repeat what you did."
    return Refusal(Kind.FORBIDDEN, "not_our_page", sentence)
