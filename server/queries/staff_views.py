"""The shapes of a clinic's people and teams, for its admins. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries import work_views

RoleName = Literal["member", "supervisor", "admin"]


class Worker(msgspec.Struct, frozen=True):
    """Somebody of the staff. `teams` are ids; `seen_at` is when they last did something here, `left_at` since when they
    do not work here any more. `has_code`: they sign in with the code of an authenticator too.
    """

    id: UUID
    name: str
    initials: str
    email: str
    role: RoleName
    teams: list[UUID]
    state: Literal["active", "left"]
    seen_at: datetime | None
    left_at: datetime | None
    has_code: bool


class Invitation(msgspec.Struct, frozen=True):
    """Somebody who is asked to work here and has not begun. `by` asked at `at`; the link opens until `ends_at`, unless
    it is void (`opens` is false) because it is over, or `by` is no admin any more. `anew`: they have an account and
    set up another authenticator by it.
    """

    id: UUID
    name: str
    email: str
    role: RoleName
    teams: list[UUID]
    by: work_views.Colleague
    at: datetime
    ends_at: datetime
    opens: bool
    anew: bool


class ClinicTeam(msgspec.Struct, frozen=True):
    """A team with its phone numbers; `open` counts its open conversations."""

    id: UUID
    name: str
    numbers: list[str]
    open: int


class ClinicPeople(msgspec.Struct, frozen=True):
    """All of them, each by name; who has left stands last."""

    people: list[Worker]
    invites: list[Invitation]
    teams: list[ClinicTeam]


class MembershipStep(msgspec.Struct, frozen=True):
    """At this time `by` let `who` into a team (`began`) or took them out; null: the people who run BloomText did."""

    id: UUID
    at: datetime
    who: work_views.Colleague
    began: bool
    by: work_views.Colleague | None


class TeamHistory(msgspec.Struct, frozen=True):
    """The newest first; `next` is where the page after it begins."""

    steps: list[MembershipStep]
    next: UUID | None


class MySession(msgspec.Struct, frozen=True):
    """Somewhere I am signed in. `device` says a browser and a system, `source` the network's address it was begun from,
    where that is known. `is_this`: here.
    """

    id: UUID
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    device: str | None
    source: str | None
    is_locked: bool
    is_this: bool


class MyPasskey(msgspec.Struct, frozen=True):
    """One of mine; `used_at` is null before it was first used."""

    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


class MyAccount(msgspec.Struct, frozen=True):
    """How I sign in: how many recovery codes are left, and since when I have them; null: there never were any."""

    email: str
    codes_left: int
    codes_since: datetime | None
    passkeys: list[MyPasskey]


class MySessions(msgspec.Struct, frozen=True):
    """This one first, then who did something last."""

    sessions: list[MySession]
