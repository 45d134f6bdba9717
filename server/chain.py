"""The audit's chain: an entry's seal is of all that stands in it, of its number, and of the seal before it.

HMAC-SHA-256 under a key of the installation that is not in the database: who can write to the database, and to nothing
else, cannot make a seal. The key is no organization's, so that the chain outlives an organization's keys.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from server import keys
from server.db import sql

IDS = ("id", "organization_id", "actor_id", "about_id", "patient_id", "session_id")
TEXTS = ("did", "actor_kind", "outcome", "source", "data")
COLUMNS = ("id", "at", "organization_id", "did", "actor_kind", "actor_id", "about_id", "patient_id", "outcome",
           "source", "session_id", "data")  # fmt: skip
"""What a seal is of, in this order: every column but the seal's own."""

NOBODYS = UUID(int=0)
"""The chain of entries that belong to no organization."""

BEGINNING = bytes(32)
"""What stands before the first entry of a chain."""

FORMAT = b"\x01"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def of(organization: UUID | None) -> UUID:
    """The chain of an organization's entries."""
    return organization or NOBODYS


def organization(chain: UUID) -> UUID | None:
    """Whose entries are in this chain."""
    return None if chain == NOBODYS else chain


def sealing_key() -> bytes:
    """The key of every seal of this installation."""
    return keys.derived("audit-chain")


def seal(key: bytes, chain: UUID, number: int, before: bytes, entry: Mapping[str, object]) -> bytes:
    """The seal (32 bytes) of an entry, given as a row of `COLUMNS` by either database.

    :raises ValueError: something in it is of no form that we write
    """
    head = FORMAT + chain.bytes + number.to_bytes(8, signed=True) + before
    return hmac.digest(key, head + canonical(entry), hashlib.sha256)


def canonical(entry: Mapping[str, object]) -> bytes:
    """All of an entry in bytes that are the same from either database, and that no other entry has.

    :raises ValueError: as above
    """
    return b"".join(_part(_plain(column, entry[column])) for column in COLUMNS)


def _part(value: bytes | None) -> bytes:
    return b"\x00" if value is None else b"\x01" + len(value).to_bytes(4) + value


def _plain(column: str, value: object) -> bytes | None:
    if value is None:
        return None
    if column in IDS:
        return sql.as_id(value).bytes
    if column in TEXTS:
        return str(value).encode()
    at = sql.from_time(value)
    if at is None or at.tzinfo is None:
        raise ValueError("an entry has a time, in UTC")
    return ((at - EPOCH) // timedelta(microseconds=1)).to_bytes(8, signed=True)
