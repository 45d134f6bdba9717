"""Identifiers and secrets: make them, keep only their hash, compare without telling by time."""

import hashlib
import hmac
import secrets
import time
import uuid


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random, so keys grow with time."""
    millis = time.time_ns() // 1_000_000
    noise = secrets.randbits(74)
    high = (millis & (1 << 48) - 1) << 16 | 0x7000 | noise >> 62
    return uuid.UUID(int=high << 64 | 0b10 << 62 | noise & (1 << 62) - 1)


def new_ids(count: int) -> list[uuid.UUID]:
    """So many at once, all of one moment, in no order among themselves."""
    return [uuid.UUID(bytes=each) for each in new_raw_ids(count)]


def new_raw_ids(count: int) -> list[bytes]:
    """The same as the 16 bytes of each."""
    head = (time.time_ns() // 1_000_000 & (1 << 48) - 1).to_bytes(6, "big")
    noise = secrets.token_bytes(10 * count)
    return [_raw(head, noise[at : at + 10]) for at in range(0, len(noise), 10)]


def _raw(head: bytes, noise: bytes) -> bytes:
    """With the version and the variant in their bits (RFC 9562 §4)."""
    return head + bytes((0x70 | noise[0] & 0x0F, noise[1], 0x80 | noise[2] & 0x3F)) + noise[3:]


def new_secret() -> str:
    """256 random bits as 43 URL-safe characters, for cookies."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of a secret with at least 128 random bits: its SHA-256 in hex, which needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str | bytes, other: str | bytes) -> bool:
    """Compare in constant time."""
    as_bytes = [part.encode() if isinstance(part, str) else part for part in (one, other)]
    return hmac.compare_digest(*as_bytes)
