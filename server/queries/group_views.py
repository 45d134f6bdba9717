"""The shapes of groups of patients. See `views`; none of these ever reaches a patient's page."""

from datetime import date
from uuid import UUID

import msgspec

from server.queries.views import RowPatient


class Group(msgspec.Struct, frozen=True):
    """Patients to whom a clinic writes at once; `patients` is how many they are."""

    id: UUID
    name: str
    patients: int


class GroupRef(msgspec.Struct, frozen=True):
    """A group that a patient is in."""

    id: UUID
    name: str


class GroupMember(msgspec.Struct, frozen=True):
    """Somebody in a group, with what tells them from their namesakes; `phone_end` are the last two digits."""

    patient: RowPatient
    date_of_birth: date | None
    mrn: str | None
    phone_end: str | None


class GroupPage(msgspec.Struct, frozen=True):
    """Up to 50 of a group, who came last first; `next` asks for those after them."""

    members: list[GroupMember]
    next: UUID | None
