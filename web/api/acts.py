"""What can be asked for several conversations at once: each act as of one alone."""

from typing import Annotated
from uuid import UUID

import msgspec

from web.api import shapes


class ActAssign(shapes.Assigned, frozen=True, tag_field="do", tag="assign"):
    """As `Assigned`."""


class ActDone(shapes.Done, frozen=True, tag_field="do", tag="done"):
    """As `Done`."""


class ActReopen(shapes.Asked, frozen=True, tag_field="do", tag="reopen"):
    """Taken back from done."""


class ActWake(shapes.Asked, frozen=True, tag_field="do", tag="wake"):
    """A snooze ends before its time."""


class ActSnooze(shapes.Until, frozen=True, tag_field="do", tag="snooze"):
    """As `Until`."""


class ActTag(shapes.Asked, frozen=True, tag_field="do", tag="tag"):
    """A tag is put on, or taken off."""

    tag: UUID
    on: bool = True


class ActPriority(shapes.Priority, frozen=True, tag_field="do", tag="priority"):
    """As `Priority`."""


class ActHandOver(shapes.HandOver, frozen=True, tag_field="do", tag="hand_over"):
    """As `HandOver`: the same key and words for each of them."""


Act = ActAssign | ActDone | ActReopen | ActSnooze | ActWake | ActTag | ActPriority | ActHandOver


class Several(shapes.Asked, frozen=True):
    """Up to 100 conversations, and what is to be done with each."""

    ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=100)]
    act: Act
