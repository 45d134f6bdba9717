"""Codes of an authenticator app (TOTP, RFC 6238): thirty seconds each, one step of the clock either way, once."""

import re

import pyotp

from server import clock, keys, models, tokens

STEP = 30
_CODE = re.compile(r"[0-9]{6}")


async def step_of(user: models.User, code: str) -> int | None:
    """The step of the clock this code belongs to, or None where it is wrong or that step was used before."""
    typed = "".join(code.split())
    if user.totp_sealed is None or not _CODE.fullmatch(typed):
        return None
    totp = pyotp.TOTP(await secret_of(user))
    now = int(clock.now().timestamp()) // STEP
    # Every step is compared, so that the time tells nothing.
    matching = [step for step in (now - 1, now, now + 1) if tokens.same(totp.at(step * STEP), typed)]
    return max((step for step in matching if step > user.totp_step), default=None)


async def secret_of(user: models.User) -> str:
    """The secret that was given, opened: to be shown where it is set up."""
    if user.totp_sealed is None:
        raise ValueError("There is no second factor.")
    ring = await keys.of(user.organization_id)
    return ring.open("user", "totp", user.id, user.totp_sealed)


async def give(user: models.User, secret: str | None = None) -> str:
    """Seal a secret for a user, a new one unless one is given, and return it to be shown once. Not saved here."""
    secret = secret or pyotp.random_base32()
    ring = await keys.of(user.organization_id)
    user.totp_sealed = ring.seal("user", "totp", user.id, secret)
    return secret
