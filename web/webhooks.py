"""The carrier knocks: texts that came in, and what became of ours. `docs/contract.md` §6.

200 is said only after the effect is stored, so what we could not store comes again.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import Response

from server import audit, metrics
from server.audit import Did
from server.domain import inbound, sending
from server.doors import problems, reading, source
from server.doors.problem import Problem
from server.gateways import carrier_reports, carrier_webhooks
from server.gateways.carrier_webhooks import Claims, WebhookRefused

log = structlog.get_logger()
Said = TypeVar("Said")
MOST = 256 * 1024


async def text_came_in(request: Request) -> Response:
    """A patient wrote a text."""
    return await _heard(request, carrier_reports.parse_inbound, inbound.receive_text)


async def text_came_further(request: Request) -> Response:
    """A text of ours came further, or failed."""
    return await _heard(request, carrier_reports.parse_status, sending.report)


async def _heard(request: Request, parse: Callable[[bytes], Said], act: Callable[..., Awaitable[object]]) -> Response:
    audit.acting.set(audit.Actor("carrier", source=source.address(request.scope)))
    content = await reading.body(request, most=MOST)
    try:
        claims = _verified(request, content)
    except WebhookRefused as refused:
        metrics.WEBHOOKS.labels(parse.__name__, "refused").inc()
        log.warning("webhook.refused", reason=refused.code)
        await audit.enter(Did.WEBHOOK_REFUSED, organization=None, outcome=refused.code[:20])
        return problems.answer(request, Problem(401, "not_theirs", "This call is not signed by our carrier."))
    try:
        said = parse(content)
    except WebhookRefused:
        # Theirs, but of a shape that we do not know: asking for it again would change nothing.
        metrics.WEBHOOKS.labels(parse.__name__, "unreadable").inc()
        log.error("webhook.unreadable")
        return Response(status_code=200)
    await act(said, jti=claims.jti)
    metrics.WEBHOOKS.labels(parse.__name__, "done").inc()
    return Response(status_code=200)


def _verified(request: Request, content: bytes) -> Claims:
    settings = request.app.state.settings
    return carrier_webhooks.verify(
        request.headers,
        content,
        signature_secret=settings.vonage_signature_secret,
        api_key=settings.vonage_api_key,
        application_id=settings.vonage_application_id,
    )
