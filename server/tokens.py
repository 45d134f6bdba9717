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
