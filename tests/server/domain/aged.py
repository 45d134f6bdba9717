"""A conversation whose time is long over."""

from datetime import timedelta

from server import clock, models

LONG_AGO = timedelta(days=7 * 366)


async def rule(organization: models.Organization, years: int = 6) -> None:
    """The clinic keeps its conversations for so long, and has said so some time ago."""
    began = clock.now() - timedelta(days=1)
    await models.Organization.filter(id=organization.id).update(keep_years=years, keep_from=began)


async def age(conversation: models.Conversation) -> None:
    """Nothing has happened in it for seven years, and nothing is under way."""
    then, here = clock.now() - LONG_AGO, {"conversation_id": conversation.id}
    await models.Conversation.filter(id=conversation.id).update(updated_at=then)
    for model in (models.Message, models.Note, models.Draft):
        await model.filter(**here).update(created_at=then)
    await models.Delivery.filter(**here).update(state=models.State.DELIVERED)
    await models.Later.filter(**here).update(state=models.LaterState.CANCELLED)
    await models.Incident.filter(**here).update(closed_at=then)
    await models.Upload.filter(**here, message_id=None).delete()
