"""The shapes of what a clinic is told about its teams. See `views`."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server.queries import work_views

AlertKind = Literal["wait", "unassigned", "undelivered", "nobody"]
"""Minutes that the first waits, how many are nobody's or did not arrive, minutes in which no member is on."""
Over = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
MailAfter = Annotated[int, msgspec.Meta(ge=1, le=240)]


class AlertRule(msgspec.Struct, frozen=True):
    """Beyond `over`, in minutes of open time or as a count, an alert is raised; `team` null: for each team without a
    rule of its own of this kind. Not acknowledged in `mail_after` minutes, who is on call gets a mail; null: never.
    """

    id: UUID
    team: UUID | None
    kind: AlertKind
    over: int
    mail_after: int | None


class Alert(msgspec.Struct, frozen=True):
    """It was raised at `at`, when `reached` was beyond `over`. It is over by itself at `resolved_at`."""

    id: UUID
    team: UUID
    kind: AlertKind
    at: datetime
    over: int
    reached: int
    acknowledged_at: datetime | None
    acknowledged_by: work_views.Colleague | None
    mailed_at: datetime | None
    resolved_at: datetime | None


class AlertRules(msgspec.Struct, frozen=True):
    """All rules of a clinic: those of each team first, then by kind."""

    rules: list[AlertRule]


class AlertPage(msgspec.Struct, frozen=True):
    """Fifty alerts, the newest first; `next` is the `before` of the following page."""

    alerts: list[Alert]
    next: UUID | None
