"""The shapes of what guards records: who may open what is sensitive."""

import msgspec

from server.queries.work_views import Colleague


class Guarded(msgspec.Struct, frozen=True):
    """Whether a conversation is sensitive, and who is named at it, by name; its assignee may open it too."""

    sensitive: bool
    named: list[Colleague]
