"""The keys of this installation: the master key, each organization's data keys, and the secrets of portal links.

The master key comes from the settings and is never in the database; it wraps the organizations' keys (AES-256-GCM).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from uuid import UUID

from server import clock, models, tokens, vault

_master: bytes = b""
_rings: dict[UUID, vault.Keyring] = {}


def use_master(key: bytes) -> None:
    """Take the 32-byte master key; `boot` calls this before anything is read."""
    global _master
    if len(key) != vault.KEY:
        raise ValueError("The master key has 32 bytes.")
    _master = key
    _rings.clear()


async def make_for(organization: UUID) -> vault.Keyring:
    """Give a new organization its first data key."""
    key = secrets.token_bytes(vault.KEY)
    row = models.DataKey(id=tokens.new_id(), organization_id=organization, number=1, created_at=clock.now())
    row.wrapped = vault.seal(derived("wrap"), 0, key, f"{organization}/data_key/wrapped/{row.id}")
    await row.save(force_create=True)
    return await of(organization)


async def of(organization: UUID) -> vault.Keyring:
    """An organization's keyring, unwrapped once per process.

    :raises vault.Unreadable: its keys were destroyed, or the master key is another one
    """
    if ring := _rings.get(organization):
        return ring
    rows = await models.DataKey.filter(organization_id=organization).order_by("number")
    opened = {
        row.number: vault.open_sealed({0: derived("wrap")}, row.wrapped, f"{organization}/data_key/wrapped/{row.id}")
        for row in rows
    }
    if not opened:
        raise vault.Unreadable("this organization has no key")
    index_key = vault.derive(opened[min(opened)], "index")
    ring = _rings[organization] = vault.Keyring(organization, max(opened), opened, index_key)
    return ring


def opened() -> set[UUID]:
    """Whose keyrings this process has opened."""
    return set(_rings)


async def forget_destroyed(among: Collection[UUID] | None = None) -> list[UUID]:
    """Drop the keyrings, of these organizations or of all, whose keys are not in the database any more; whose."""
    held = [each for each in _rings if among is None or each in among]
    if not held:
        return []
    living = await models.DataKey.filter(organization_id__in=held).distinct().values_list("organization_id", flat=True)
    gone = [each for each in held if each not in set(living)]
    for each in gone:
        _rings.pop(each, None)
    if gone:
        vault.forget()
    return gone


def derived(purpose: str) -> bytes:
    """A key of its own for one purpose of this installation."""
    if not _master:
        raise RuntimeError("keys.use_master() was not called")
    return vault.derive(_master, purpose)


def link_secret(link: UUID) -> str:
    """The secret of a portal link: 128 bits as 22 URL-safe characters, derived so that a worker can write it again."""
    mac = hmac.new(derived("portal-link"), link.bytes, hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def invite_secret(invite: UUID, serial: int) -> str:
    """The secret of an invitation's link with this number: 256 bits, derived so that a worker can write it."""
    mac = hmac.new(derived("invite"), invite.bytes + serial.to_bytes(4, "big"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def reset_mac(told: bytes, password_hash: str) -> bytes:
    """What makes a link to choose a new password ours, and ends it with the password that it replaces."""
    return hmac.new(derived("reset"), told + password_hash.encode(), hashlib.sha256).digest()


def sign_on_secret(purpose: str, browser: str) -> str:
    """What only a browser with this cookie has for its single sign-on: 256 bits for each purpose, kept nowhere."""
    mac = hmac.new(derived(f"sign-on-{purpose}"), browser.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def csrf_token(session_token: str) -> str:
    """The token that acts of this session carry: bound to its cookie, so it needs no place of its own."""
    return hmac.new(derived("csrf"), session_token.encode(), hashlib.sha256).hexdigest()[:40]
