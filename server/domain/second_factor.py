"""What somebody has beside their password: codes of an authenticator app (TOTP, RFC 6238), thirty seconds each, one
step of the clock either way, once; or a recovery code in its place.
"""

import re
from dataclasses import dataclass, field

import pyotp

from server import clock, keys, models, tokens
from server.domain import recovery_codes
from server.errors import Kind, Refusal

STEP = 30
_CODE = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Given:
    """A right code that nobody had used when it was looked at: the step of its clock, or which recovery code it is."""

    step: int | None = None
    recovery: str | None = field(default=None, repr=False)


async def read(user: models.User, code: str) -> Given | None:
    """What this code is, or None where it is wrong or was used before. It is not used up by that: see `use`."""
    if recovery := await recovery_codes.found(user, code):
        return Given(recovery=recovery)
    step = await step_of(user, code)
    return None if step is None else Given(step=step)


async def use(user: models.User, given: Given) -> bool:
    """Use it up, inside another verb: however many ask at once, whoever moves its row first has it."""
    if given.recovery is not None:
        return await recovery_codes.use(user, given.recovery)
    return bool(await models.User.filter(id=user.id, totp_step__lt=given.step).update(totp_step=given.step))


def wrong() -> Refusal:
    """The one answer to a code that is wrong and to one that was used."""
    sentence = "That code is not right, or it was used before. Wait for the next code and type that."
    return Refusal(Kind.INVALID, "wrong_code", sentence)


async def step_of(user: models.User, code: str) -> int | None:
    """The step of the clock this code belongs to, or None where it is wrong or that step was used before."""
    return None if user.totp_sealed is None else step_in(await secret_of(user), user.totp_step, code)


def step_in(secret: str, used: int, code: str) -> int | None:
    """The same for any secret of which the step `used` was the last."""
    typed = "".join(code.split())
    if not _CODE.fullmatch(typed):
        return None
    totp = pyotp.TOTP(secret)
    now = int(clock.now().timestamp()) // STEP
    # Every step is compared, so that the time tells nothing.
    matching = [step for step in (now - 1, now, now + 1) if tokens.same(totp.at(step * STEP), typed)]
    return max((step for step in matching if step > used), default=None)


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
