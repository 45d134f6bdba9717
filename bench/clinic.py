"""The made-up clinic that is measured: the seeded one with a busy team, its people signed in, its messages stored."""

from uuid import UUID

import msgspec

from bench import staff
from server import access, boot, keys, models, tokens
from server.domain import messages, teams, users
from server.migrate import run as migrations
from server.seed import run as seeding
from server.settings import Settings

TEAM = "Front desk"
SOCKETS_EACH = 20
STORED = 100
WORDS = "Your refill is ready at the pharmacy. Take one tablet each morning, with food, and call us if you feel dizzy."


class Story(msgspec.Struct, frozen=True):
    """A stored message, to tell of in a Fact."""

    conversation: UUID
    message: UUID


class Clinic(msgspec.Struct, frozen=True):
    """`sessions` are the tokens of signed-in members of the team; the first may act with `csrf`."""

    team: UUID
    sessions: list[str]
    csrf: str
    stories: list[Story]

    @property
    def conversation(self) -> UUID:
        """The one that is written in."""
        return self.stories[0].conversation


async def prepare(settings: Settings, *, sockets: int) -> Clinic:
    """Migrate and seed an empty database, and sign in as many people as so many sockets need."""
    await migrations.migrate(settings.database_url)
    floor = boot.Floor(settings)
    await floor.start()
    try:
        await seeding.fill()
        team = await models.Team.filter(name=TEAM).order_by("created_at").first()
        if team is None:
            raise RuntimeError("the seed has a front desk")
        sessions = [await _signed_in(team, number) for number in range(-(-sockets // SOCKETS_EACH))]
        writer = await access.staff(sessions[0])
        if writer is None:
            raise RuntimeError("the first one is signed in")
        stories = await _write(team, writer)
        return Clinic(team.id, sessions, keys.csrf_token(sessions[0]), stories)
    finally:
        await floor.stop()


async def _signed_in(team: models.Team, number: int) -> str:
    user, _ = await users.create(
        team.organization_id,
        email=f"busy{number}@sunrise.example",
        name=f"Busy Person {number}",
        password=f"a long sentence for {tokens.new_secret()}",
    )
    await teams.add(team.id, user.id)
    return await staff.signed_in(user.id)


async def _write(team: models.Team, by: access.Staff) -> list[Story]:
    reachable = models.Conversation.filter(team_id=team.id, current=True, patient__phone_index__not_isnull=True)
    conversations = await reachable.order_by("created_at")
    stories = []
    for number in range(STORED):
        conversation = conversations[number % len(conversations)].id
        message, _ = await messages.post(
            conversation, key=f"stored-{number}", via=models.Via.SECURE_SMS, body=WORDS, by=by
        )
        stories.append(Story(conversation, message))
    return stories
