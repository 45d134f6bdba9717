"""A list of the inbox that somebody comes back to, under a name of their own."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.user import User


class SavedView(Record):
    """Where a name leads: a view of one team's inbox or of all (`team_id` null), with one tag or any. Theirs alone.

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

    class Meta:
        table = "saved_view"
        unique_together = (("user", "name_index"),)
