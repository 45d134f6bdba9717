"""The carrier knocks: texts that came in, and what became of ours. `docs/contract.md` §6.

200 is said only after the effect is stored, so what we could not store comes again. Every signed call is in the ledger.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog
from starlette.requests import Request
from starlette.responses import Response

from server import audit, metrics
from server.audit import Did
from server.domain import budgets, inbound, sending, webhooks
from server.domain.webhooks import Call
from server.doors import problems, reading, source
from server.doors.problem import Problem
from server.errors import Refusal
from server.gateways import carrier_reports, carrier_webhooks
from server.gateways.carrier_webhooks import Claims, WebhookRefused

log = structlog.get_logger()
MOST = 256 * 1024
REFUSED_AN_HOUR = 60
"""So many refused calls of one source are put on record; those beyond are counted only."""
HOUR = timedelta(hours=1)
Effect = Callable[[], Awaitable[object]]


def effect_of(call: Call) -> Effect:
    """What a call asks for, not yet done.

    :raises WebhookRefused: malformed
    """
    if call.kind == "inbound":
        return partial(inbound.receive_text, carrier_reports.parse_inbound(call.body), jti=call.jti)
    return partial(sending.report, carrier_reports.parse_status(call.body), jti=call.jti)


async def text_came_in(request: Request) -> Response:
    """A patient wrote a text."""
    return await _heard(request, "inbound")


async def text_came_further(request: Request) -> Response:
    """A text of ours came further, or failed."""
    return await _heard(request, "status")


async def _heard(request: Request, kind: str) -> Response:
    caller = source.address(request.scope)
    audit.acting.set(audit.Actor("carrier", source=caller))
    content = await reading.body(request, most=MOST)
    try:
        claims = _verified(request, content)
    except WebhookRefused as refused:
        metrics.WEBHOOKS.labels(kind, "refused").inc()
        await _note_refused(refused.code, caller)
        return problems.answer(request, Problem(401, "not_theirs", "This call is not signed by our carrier."))
    call = Call(kind, claims.jti, content)
    try:
        effect = effect_of(call)
    except WebhookRefused as refused:
        # Theirs, but of a shape that we do not know: asking for it again would change nothing.
        metrics.WEBHOOKS.labels(kind, "unreadable").inc()
        log.error("webhook.unreadable", kind=kind)
        await webhooks.refuse(call, refused.code)
        return Response(status_code=200)
    await webhooks.take(call, effect)
    metrics.WEBHOOKS.labels(kind, "done").inc()
    if kind == "inbound":
        await inbound.acknowledge(carrier_reports.parse_inbound(content))
    return Response(status_code=200)


async def _note_refused(code: str, caller: str) -> None:
    """On record, so far as one source may fill it: anybody can call unsigned as often as they like."""
    metrics.REFUSED_CALLS.labels(code).inc()
    try:
        await budgets.spend(f"webhook:{source.network(caller)}", at_most=REFUSED_AN_HOUR, per=HOUR)
    except Refusal:
        return
    log.warning("webhook.refused", reason=code)
    await audit.enter(Did.WEBHOOK_REFUSED, organization=None, outcome=code[:20])


def _verified(request: Request, content: bytes) -> Claims:
    settings = request.app.state.settings
    return carrier_webhooks.verify(
        request.headers,
        content,
        signature_secret=settings.vonage_signature_secret,
        api_key=settings.vonage_api_key,
        application_id=settings.vonage_application_id,
    )
