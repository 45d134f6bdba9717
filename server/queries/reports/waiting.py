"""How many patients wait for an answer, over the day: counted at each full hour of the clinic's clock."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from server import clock
from server.db import sql
from server.queries.report_views import Report, ReportColumn
from server.queries.reports import table, turns
from server.queries.reports.spans import Span

_COLUMNS = (ReportColumn("Waiting on average"), ReportColumn("Most"))
_AN_HOUR, _A_QUARTER = 3_600, 900

_CHANGES = """
SELECT x.at / {step} AS step, SUM(x.more) AS more FROM (
  SELECT CASE WHEN t.at < {since} THEN {since} - 1 ELSE t.at END AS at, 1 AS more FROM turns t
  WHERE t.what = 'asked' AND t.at < {until}
  UNION ALL
  SELECT CASE WHEN t.ended < {since} THEN {since} - 1 ELSE t.ended END, -1 FROM turns t
  WHERE t.what = 'asked' AND t.ended < {until}
) x GROUP BY 1
"""


async def report(span: Span) -> Report:
    """By hour: how many waited at its beginning on an average day, and at the most."""
    clause, values = turns.of(span)
    step = _AN_HOUR if span.whole_hours else _A_QUARTER
    times = {"since": int(span.since.timestamp()), "until": int(span.until.timestamp())}
    found = await sql.fetch(clause + _CHANGES.format(step=step, **times), values)
    more = {table.number(row["step"]): table.number(row["more"]) for row in found}
    seen: dict[int, list[int]] = {hour: [] for hour in range(24)}
    for hour, waiting in _counted(span, step, more):
        seen[hour].append(waiting)
    rows = [
        (f"{hour:02}:00", (round(sum(many) / len(many), 1) if many else None, max(many, default=None)))
        for hour, many in seen.items()
    ]
    return table.of("waiting", span, labels="hour", head="Hour", columns=_COLUMNS, rows=rows)


def _counted(span: Span, step: int, more: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Each full hour that was, and how many waited then: who began before it and did not end before it."""
    at, until = int(span.since.timestamp()), min(int(span.until.timestamp()), int(clock.now().timestamp()))
    waiting = sum(many for number, many in more.items() if number < at // step)
    while at < until:
        local = datetime.fromtimestamp(at, UTC).astimezone(span.zone)
        if local.minute == 0:
            yield local.hour, waiting
        waiting += more.get(at // step, 0)
        at += step
