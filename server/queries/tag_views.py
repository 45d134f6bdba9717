"""The shapes of tags. See `views`; none of these ever reaches a patient's page."""

from typing import Literal
from uuid import UUID

import msgspec

ColourName = Literal["grey", "teal", "blue", "violet", "pink", "red", "amber", "green"]


class Tag(msgspec.Struct, frozen=True):
    """A word by which a clinic sorts its conversations."""

    id: UUID
    name: str
    colour: ColourName
