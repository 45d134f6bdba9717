"""How long patients wait for the first answer. A percentile is a wait that there was (nearest rank), never a mean."""

from server.db import sql
from server.queries.report_views import Report, ReportColumn
from server.queries.reports import table, turns
from server.queries.reports.spans import Span
from server.queries.reports.table import Row

_COLUMNS = {
    "asked": ReportColumn("Questions"),
    "answered": ReportColumn("Answered"),
    "closed": ReportColumn("Closed without an answer"),
    "half": ReportColumn("Half within", "seconds"),
    "most": ReportColumn("90% within", "seconds"),
}
_ALL = -1

# Who ranks the answered alone needs no other rows, but their count stands beside them.
_RANKED = """
, chosen AS (
  SELECT {bucket} AS bucket, t.how, t.ended - t.at AS took
  FROM turns t WHERE t.what = 'asked' AND t.at >= {since} AND t.at < {until}
), ranked AS (
  SELECT x.bucket, x.how, x.took, ROW_NUMBER() OVER (PARTITION BY x.bucket, x.how ORDER BY x.took) AS place,
    COUNT(*) OVER (PARTITION BY x.bucket, x.how) AS many
  FROM (SELECT bucket, how, took FROM chosen UNION ALL SELECT -1, how, took FROM chosen) x
)
SELECT r.bucket, COUNT(*) AS asked, SUM(CASE WHEN r.how = 'answered' THEN 1 ELSE 0 END) AS answered,
  SUM(CASE WHEN r.how = 'closed' THEN 1 ELSE 0 END) AS closed,
  MAX(CASE WHEN r.how = 'answered' AND r.place = (r.many * 50 + 99) / 100 THEN r.took END) AS half,
  MAX(CASE WHEN r.how = 'answered' AND r.place = (r.many * 90 + 99) / 100 THEN r.took END) AS most
FROM ranked r GROUP BY r.bucket
"""


async def by_day(span: Span) -> Report:
    """Of the questions that came in a day or week."""
    total, found = await _found(span, span.bucket("t.at"))
    return table.over_time("first_replies", span, found, _COLUMNS, total=_values(total))


async def by_hour(span: Span) -> Report:
    """Of those that came in an hour of the day."""
    total, found = await _found(span, span.hour("t.at"))
    by_bucket = {table.number(row["bucket"]): row for row in found}
    return table.of(
        "first_replies_by_hour",
        span,
        labels="hour",
        head="Hour",
        columns=list(_COLUMNS.values()),
        rows=[(f"{hour:02}:00", _values(by_bucket.get(hour, {}))) for hour in range(24)],
        total=_values(total),
    )


async def _found(span: Span, bucket: str) -> tuple[Row, list[Row]]:
    clause, values = turns.of(span)
    times = {"since": int(span.since.timestamp()), "until": int(span.until.timestamp())}
    found = await sql.fetch(clause + _RANKED.format(bucket=bucket, **times), values)
    total = next((row for row in found if table.number(row["bucket"]) == _ALL), {})
    return total, [row for row in found if table.number(row["bucket"]) != _ALL]


def _values(row: Row) -> list[table.Value]:
    return [
        table.maybe(row.get(key)) if column.unit == "seconds" else table.number(row.get(key))
        for key, column in _COLUMNS.items()
    ]
