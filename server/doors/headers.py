"""What every answer carries so that a browser holds our lines (B76, B78)."""

from server.doors.areas import Area

_SELF = "'self'"
_POWERS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
HSTS = "max-age=31536000"


def policy(origin: str, *, framed: bool) -> str:
    """The Content-Security-Policy of a page of this origin. `framed`: our own demo page may show it in a frame.

    The sockets' origin is spelt out because older Safari does not count them as 'self'.
    """
    socket = "ws" + origin.removeprefix("http")
    rules = {
        "default-src": "'none'",
        "script-src": _SELF,
        "worker-src": _SELF,
        "style-src": _SELF,
        "img-src": f"{_SELF} data:",
        "font-src": _SELF,
        "connect-src": f"{_SELF} {socket}",
        "frame-src": _SELF if framed else "'none'",
        "form-action": _SELF,
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": _SELF if framed else "'none'",
        "require-trusted-types-for": "'script'",
        "report-uri": "/csp-report",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def every(area: Area, origin: str, *, framed: bool) -> list[tuple[bytes, bytes]]:
    """The headers of every answer of an area."""
    lines = {
        "content-security-policy": policy(origin, framed=framed),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN" if framed else "DENY",
        "referrer-policy": area.referrer,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": _POWERS,
        "cache-control": "no-store",
    }
    if origin.startswith("https://"):
        lines["strict-transport-security"] = HSTS
    return [(name.encode(), value.encode()) for name, value in lines.items()]
