"""Ten codes on paper for a lost phone: each stands in for the authenticator once (NIST SP 800-63B-4 §3.1.2).

Twelve signs of 32, so sixty random bits; kept is a fingerprint under a key of this installation.
"""

import secrets
from uuid import UUID

from server import audit, clock, keys, models, tokens, vault
from server.audit import Did
from server.domain import account_news
from server.domain.account_news import What

MANY = 10
LENGTH = 12
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that looks like another sign."""
_MEANT = str.maketrans("OIL", "011")


async def give(user: models.User) -> list[str]:
    """Ten new ones in place of all that there were, inside another verb; they are shown this once."""
    codes = ["".join(secrets.choice(_SIGNS) for _ in range(LENGTH)) for _ in range(MANY)]
    await models.RecoveryCode.filter(user_id=user.id).delete()
    now = clock.now()
    await models.RecoveryCode.bulk_create(
        [
            models.RecoveryCode(id=tokens.new_id(), user_id=user.id, code_hash=_kept(user.id, each), created_at=now)
            for each in codes
        ]
    )
    return ["-".join(each[at : at + 4] for at in range(0, LENGTH, 4)) for each in codes]


async def found(user: models.User, typed: str) -> str | None:
    """The fingerprint of what was typed, if it is a code of theirs that nobody used yet."""
    code = "".join(char for char in typed.upper() if char.isalnum()).translate(_MEANT)
    if len(code) != LENGTH:
        return None
    kept = _kept(user.id, code)
    is_theirs = await models.RecoveryCode.filter(user_id=user.id, code_hash=kept, used_at=None).exists()
    return kept if is_theirs else None


async def use(user: models.User, kept: str) -> bool:
    """Use it up, inside another verb: of many that ask at once one has it. Its owner is told by mail."""
    unused = models.RecoveryCode.filter(user_id=user.id, code_hash=kept, used_at=None)
    if not await unused.update(used_at=clock.now()):
        return False
    left = await models.RecoveryCode.filter(user_id=user.id, used_at=None).count()
    await audit.enter(Did.RECOVERY_USED, organization=user.organization_id, about=user.id, data={"left": left})
    await account_news.tell(user.id, What.CODE_USED, left=left)
    return True


def _kept(user: UUID, code: str) -> str:
    return vault.blind(keys.derived("recovery"), f"{user}|{code}")
