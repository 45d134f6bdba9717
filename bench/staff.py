"""Members of staff who are signed in for as long as a scenario takes."""

from uuid import UUID

from server import clock, models, tokens


async def signed_in(user: UUID) -> str:
    """A complete session of this user; its cookie's token."""
    token, now = tokens.new_secret(), clock.now()
    await models.StaffSession.create(
        user_id=user,
        token_hash=tokens.hash_of(token),
        complete=True,
        seen_at=now,
        ends_at=now.replace(year=now.year + 1),
        created_at=now,
    )
    return token
