"""Our cookies: `__Host-` and Secure wherever the public address is https (RFC 6265bis §4.1.3.2)."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.doors import scope as scopes

STAFF = "bt_staff"


def staff(slot: int) -> str:
    """The plain name of a slot's staff cookie."""
    return STAFF if slot == 1 else f"{STAFF}_{slot}"


def name_of(plain: str, *, is_https: bool) -> str:
    """The name on the wire."""
    return f"__Host-{plain}" if is_https else plain


def get(connection: HTTPConnection, plain: str) -> str | None:
    """The value of one of our cookies. One that comes twice with two values is shadowed by a stranger: none at all."""
    name = name_of(plain, is_https=scopes.hosts(connection.scope).is_https)
    given = "; ".join(connection.headers.getlist("cookie")).split(";")
    pairs = [pair.strip().partition("=") for pair in given]
    values = {value for key, _, value in pairs if key == name and value}
    return values.pop() if len(values) == 1 else None


def put(connection: HTTPConnection, response: Response, plain: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie; without `seconds` it goes with the browser."""
    is_https = scopes.hosts(connection.scope).is_https
    response.set_cookie(
        name_of(plain, is_https=is_https),
        value,
        max_age=seconds,
        path="/",
        secure=is_https,
        httponly=True,
        samesite="lax",
    )


def drop(connection: HTTPConnection, response: Response, plain: str) -> None:
    """Take a cookie back."""
    put(connection, response, plain, "", seconds=0)
