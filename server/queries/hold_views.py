"""The shapes of what is on legal hold. See `views`."""

from datetime import datetime
from uuid import UUID

import msgspec

from server.queries.audit_views import AuditPatient
from server.queries.work_views import Colleague


class Hold(msgspec.Struct, frozen=True):
    """Nothing of this patient is deleted or, without one, nothing of the whole clinic, until `lifted_at`."""

    id: UUID
    at: datetime
    by: Colleague
    patient: AuditPatient | None
    reason: str
    lifted_at: datetime | None
    lifted_by: Colleague | None
    lifted_why: str


class Holds(msgspec.Struct, frozen=True):
    """The newest first; `next` asks for the page after it."""

    holds: list[Hold]
    next: str | None
