"""What browsers report that our own policy stopped (CSP Level 3 §5.3): counted by directive, never kept.

A report quotes addresses and samples of pages, so nothing of it is written anywhere.
"""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server import metrics

ADDRESS = "/csp-report"
DIRECTIVES = frozenset(
    {
        "base-uri",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "object-src",
        "require-trusted-types-for",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
    }
)


class _Stopped(msgspec.Struct):
    directive: str = msgspec.field(name="effective-directive", default="")


class _Report(msgspec.Struct):
    report: _Stopped = msgspec.field(name="csp-report", default_factory=_Stopped)


async def count(request: Request) -> Response:
    """Count one report; whatever cannot be read is counted as `other`."""
    try:
        told = msgspec.json.decode(await request.body(), type=_Report).report.directive
    except (msgspec.MsgspecError, RecursionError):
        told = ""
    metrics.STOPPED.labels(told if told in DIRECTIVES else "other").inc()
    return Response(status_code=204)
