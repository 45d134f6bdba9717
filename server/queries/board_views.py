"""The shapes of the supervisors' board: how each team of a clinic stands. Of patients there are initials."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from server.queries import alert_views, hours_views, work_views


class Standing(msgspec.Struct, frozen=True):
    """What waits now, and how first answers of today did.

    `waiting`, `unassigned`, `not_read` and `undelivered` are what the lists of these names hold. `oldest` is since when
    the first of what waits does. Of today's `replies`, each the first to what a patient asked, half took `half` seconds
    of open time at the most, and nine of ten `most`; null where there was none.
    """

    waiting: int
    oldest: datetime | None
    unassigned: int
    not_read: int
    undelivered: int
    replies: int
    half: int | None
    most: int | None


class BoardTeam(msgspec.Struct, frozen=True):
    """One team. `reads`: whoever asks may open its lists. `is_open` is null where nobody has said its hours.

    `came` counts what patients wrote in each hour of today so far, by the clinic's clock. `on` are its members whose
    screens are open: who did something within the time after which one is signed out, and is not locked.
    """

    team: UUID
    name: str
    reads: bool
    now: Standing
    is_open: bool | None
    came: list[int]
    on: list[work_views.Colleague]
    on_call: list[hours_views.OnCall]


class LongWait(msgspec.Struct, frozen=True):
    """A conversation that waits for an answer, `open_seconds` of its team's open time since then. `who` are the
    patient's initials, since a board hangs where others pass.
    """

    conversation: UUID
    team: UUID
    who: str
    since: datetime
    open_seconds: int
    assignee: work_views.Colleague | None


class Board(msgspec.Struct, frozen=True):
    """The teams of a clinic by name, and all of them together. `now` is when this was so, `day` the clinic's day.

    `alerts` are open, the oldest first. `longest` are the five that wait longest, by open time, in the teams whose
    lists whoever asks may open.
    """

    now: datetime
    day: date
    zone: str
    total: Standing
    teams: list[BoardTeam]
    alerts: list[alert_views.Alert]
    longest: list[LongWait]
