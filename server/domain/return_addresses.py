"""The addresses that come back to us: one of each kind for every mail, which nobody else can make up.

`bounce+<letter><mac>@…` is the return path (RFC 5321 §3.6.3, one per mail as in VERP), `reply+…` the Reply-To and
`unsubscribe+…` where List-Unsubscribe leads. They keep no state: the mac proves that we wrote them. Base32 in small
letters, because the part before the `@` is folded by some servers.
"""

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from server import keys, tokens

MAC = 10
"""Bytes: 80 bits cannot be guessed through a mail server, and the part before the `@` stays below 64 characters."""
_TOKEN = re.compile(r"[a-z2-7]{42}")


class Back(StrEnum):
    """Why something comes back."""

    BOUNCE = "bounce"
    REPLY = "reply"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True)
class Returned:
    """What an address of ours says: `letter` is the `ref` of the mail it stood in."""

    back: Back
    letter: UUID


def address(back: Back, letter: UUID, domain: str) -> str:
    """The address of one letter for one kind of coming back."""
    return f"{back}+{token(back, letter)}@{domain}"


def read(written: str, domain: str) -> Returned | None:
    """What an address says, or None where it is not one of ours."""
    local, _, host = written.strip().lower().rpartition("@")
    kind, _, given = local.partition("+")
    if host != domain.lower() or kind not in set(Back):
        return None
    letter = by_token(Back(kind), given)
    return Returned(Back(kind), letter) if letter else None


def token(back: Back, letter: UUID) -> str:
    """What proves that we gave out the way back of this letter: 42 letters and digits."""
    return base64.b32encode(letter.bytes + _mac(back, letter)).decode().rstrip("=").lower()


def by_token(back: Back, given: str) -> UUID | None:
    """The letter of a token, or None where we never gave it out."""
    if not _TOKEN.fullmatch(given):
        return None
    try:
        raw = base64.b32decode(given.upper() + "=" * (-len(given) % 8))
    except binascii.Error:
        return None
    letter = UUID(bytes=raw[:16])
    return letter if tokens.same(raw[16:], _mac(back, letter)) else None


def _mac(back: Back, letter: UUID) -> bytes:
    said = f"{back}/".encode() + letter.bytes
    return hmac.new(keys.derived("mail-return"), said, hashlib.sha256).digest()[:MAC]
