"""A list of the inbox that somebody comes back to, under a name of their own."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.user import User


class SavedView(Record):
    """Where a name leads: a view of one team's inbox or of all (`team_id` null), with its filters. Theirs alone.

    `assignee` is an id or `nobody`, `waiting` in minutes; null: any.

    The name is sealed, for people write what they like; `name_index` keeps two of theirs from having one name.
    """

    organization_id = fields.UUIDField()
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="saved_views"
    )
    name_sealed = fields.BinaryField()
    name_index = fields.CharField(max_length=32)
    team_id = fields.UUIDField(null=True)
    view = fields.CharField(max_length=16)
    tag_id = fields.UUIDField(null=True)
    assignee = fields.CharField(max_length=36, null=True)
    language = fields.CharField(max_length=8, null=True)
    way = fields.CharField(max_length=12, null=True)
    waiting = fields.SmallIntField(null=True)

    class Meta:
        table = "saved_view"
        unique_together = (("user", "name_index"),)
