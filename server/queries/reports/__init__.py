"""Reports for who supervises: one aggregating statement each, and nobody's name or words in any."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from uuid import UUID

from server import access
from server.queries.report_views import Report, ReportName
from server.queries.reports import (
    broadcasts,
    busy_hours,
    failures,
    first_replies,
    identity,
    not_reached,
    opt_outs,
    spans,
    viewed,
    volumes,
    waiting,
)

REPORTS: Mapping[ReportName, Callable[[spans.Span], Awaitable[Report]]] = {
    "volumes": volumes.report,
    "first_replies": first_replies.by_day,
    "first_replies_by_hour": first_replies.by_hour,
    "waiting": waiting.report,
    "busy_hours": busy_hours.report,
    "viewed": viewed.report,
    "failures": failures.report,
    "identity": identity.report,
    "opt_outs": opt_outs.report,
    "broadcasts": broadcasts.report,
    "not_reached_by_language": not_reached.by_language,
    "not_reached_by_contact": not_reached.by_contact,
}


async def of(name: ReportName, first: date, last: date, team: UUID | None, staff: access.Staff) -> Report:
    """The report of these days of the clinic's calendar, of one team or all; two queries.

    :raises Refusal: `not_allowed`, `no_time`, `unknown` for a team of no such clinic
    """
    return await REPORTS[name](await spans.of(staff, first, last, team))
