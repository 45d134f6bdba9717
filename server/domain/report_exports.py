"""A report as a file, for who supervises. Nobody is in it, so it asks for no proof; taking it goes on record."""

import hashlib
from datetime import date
from uuid import UUID

from server import access, audit, tokens
from server.audit import Did
from server.domain.exports import Exported
from server.queries import reports
from server.queries.report_views import ReportName
from server.queries.reports import sheet
from server.queries.sheets import MEDIA_TYPE


async def of_clinic(name: ReportName, first: date, last: date, team: UUID | None, *, by: access.Staff) -> Exported:
    """The table of a report as CSV. On record with what was asked and the hash of its content.

    :raises Refusal: `not_allowed`, `no_time`, `unknown` for a team of no such clinic
    """
    content = sheet.content(await reports.of(name, first, last, team, by))
    export = tokens.new_id()
    data: dict[str, object] = {
        "export": export,
        "report": name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    about = team or by.organization
    await audit.enter(Did.REPORT_EXPORTED, organization=by.organization, about=about, data=data)
    return Exported(content, MEDIA_TYPE, f"{name.replace('_', '-')}-{first}-{last}.csv")
