"""How the reports make their tables of what the database counted."""

from collections.abc import Iterable, Mapping, Sequence

from server.queries.report_views import Labels, Report, ReportColumn, ReportName, ReportRow
from server.queries.reports.spans import Span

Row = Mapping[str, object]
Value = float | None


def number(value: object) -> int:
    """What a COUNT or a SUM gave; nothing is 0."""
    return int(str(value)) if value is not None else 0


def maybe(value: object) -> int | None:
    """The same where nothing is nothing."""
    return None if value is None else number(value)


def of(
    name: ReportName,
    span: Span,
    *,
    labels: Labels,
    head: str,
    columns: Sequence[ReportColumn],
    rows: Iterable[tuple[str, Sequence[Value]]],
    total: Sequence[Value] | None = None,
) -> Report:
    """A report of these lines; `head` stands above their labels."""
    return Report(
        name=name,
        first=span.first,
        last=span.last,
        zone=span.zone.key,
        labels=labels,
        head=head,
        columns=list(columns),
        rows=[ReportRow(label, list(values)) for label, values in rows],
        total=None if total is None else ReportRow("All", list(total)),
    )


def counts(*names: str) -> list[ReportColumn]:
    """Columns of counts."""
    return [ReportColumn(name) for name in names]


def over_time(
    name: ReportName,
    span: Span,
    found: Sequence[Row],
    columns: Mapping[str, ReportColumn],
    total: Sequence[Value] | None = None,
) -> Report:
    """A line for each day or week, also where nothing was; `found` has a `bucket` and what `columns` are named by."""
    by_bucket = {number(row["bucket"]): row for row in found}

    def values(bucket: int) -> list[Value]:
        row = by_bucket.get(bucket, {})
        return [_cell(row.get(key), column) for key, column in columns.items()]

    return of(
        name,
        span,
        labels=span.grain,
        head="Day" if span.grain == "day" else "Week from",
        columns=list(columns.values()),
        rows=[(span.label(bucket), values(bucket)) for bucket in span.buckets],
        total=total,
    )


def _cell(value: object, column: ReportColumn) -> Value:
    return maybe(value) if column.unit == "seconds" else number(value)
