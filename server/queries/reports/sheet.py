"""A report as a file."""

from server.queries.report_views import Report, ReportColumn
from server.queries.reports.table import Value
from server.queries.sheets import Sheet


def content(report: Report) -> bytes:
    """The table of a report as CSV (RFC 4180), with its total where it has one. Waits are in minutes."""
    sheet = Sheet([report.head, *map(_name, report.columns)])
    for row in [*report.rows, *([report.total] if report.total else [])]:
        cells = zip(report.columns, row.values, strict=True)
        sheet.add([[row.label, *(_cell(column, value) for column, value in cells)]])
    return sheet.content


def _name(column: ReportColumn) -> str:
    return f"{column.name} (minutes)" if column.unit == "seconds" else column.name


def _cell(column: ReportColumn, value: Value) -> str:
    if value is None:
        return ""
    return f"{value / 60:.1f}" if column.unit == "seconds" else str(value)
