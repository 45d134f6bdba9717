"""Sealing and opening what is kept: AES-256-GCM (NIST SP 800-38D) with associated data, and keyed blind indexes.

Pure: it is handed keys and knows no database. The associated data names the organization, table, column and row, so
a sealed value that is moved to another place no longer opens.
"""

import functools
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
NONCE = 12
KEY = 32
BLOCK = 64


class Unreadable(Exception):
    """A sealed value does not open: wrong key, moved, cut or changed. Never shown to a person."""


def seal(key: bytes, number: int, text: bytes, place: str, nonce: bytes | None = None) -> bytes:
    """Seal bytes for one place. The result starts with the format and the key's number, then nonce and ciphertext.

    A `nonce` is fresh from the system's randomness and used here alone (SP 800-38D §8.2.2).
    """
    nonce = nonce or secrets.token_bytes(NONCE)
    head = bytes([FORMAT]) + number.to_bytes(2, "big")
    return head + nonce + _cipher(key).encrypt(nonce, text, head + place.encode())


def open_sealed(keys: dict[int, bytes], sealed: bytes, place: str) -> bytes:
    """Open what `seal` made for the same place.

    :raises Unreadable: whatever is wrong with it
    """
    head, nonce, rest = sealed[:3], sealed[3 : 3 + NONCE], sealed[3 + NONCE :]
    key = keys.get(int.from_bytes(head[1:], "big"))
    if key is None or head[:1] != bytes([FORMAT]):
        raise Unreadable("no key for this value")
    try:
        return _cipher(key).decrypt(nonce, rest, head + place.encode())
    except InvalidTag as wrong:
        raise Unreadable("the value does not open here") from wrong


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose (HMAC-SHA-256 as a key derivation, NIST SP 800-108 §4)."""
    return hmac.new(key, b"bloomtext/" + purpose.encode(), hashlib.sha256).digest()


def blind(key: bytes, value: str) -> str:
    """A keyed fingerprint of a normalised value: equal values can be found, and nothing can be read from it."""
    inner, outer = _halves(key)
    inner, outer = inner.copy(), outer.copy()
    inner.update(value.encode())
    outer.update(inner.digest())
    return outer.digest()[:16].hex()


# A key is made ready once: that costs more than what follows, and a list of patients needs thirty of both for each.
@functools.lru_cache(maxsize=512)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


# HMAC-SHA-256 (RFC 2104) with both keyed halves ready: two copies in C, where `hmac` makes its copies in Python.
@functools.lru_cache(maxsize=512)
def _halves(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    block = (key if len(key) <= BLOCK else hashlib.sha256(key).digest()).ljust(BLOCK, b"\0")
    inner, outer = (bytes(each ^ pad for each in block) for pad in (0x36, 0x5C))
    return hashlib.sha256(inner), hashlib.sha256(outer)


def forget() -> None:
    """Drop what was made ready of keys."""
    _cipher.cache_clear()
    _halves.cache_clear()


@dataclass(frozen=True, slots=True)
class Keyring:
    """One organization's keys, opened. The newest seals; every one opens what it sealed."""

    organization: UUID
    newest: int
    keys: dict[int, bytes]
    index_key: bytes
    _places: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", f"{self.organization}/")

    def seal(self, table: str, column: str, row: UUID, text: str) -> bytes:
        """Seal a text for one column of one row."""
        return self.seal_bytes(table, column, row, text.encode())

    def seal_bytes(self, table: str, column: str, row: UUID, content: bytes) -> bytes:
        """Seal bytes for one column of one row."""
        return seal(self.keys[self.newest], self.newest, content, self._place(table, column, row))

    def seal_row(self, table: str, row: UUID, texts: Mapping[str, str]) -> dict[str, bytes]:
        """Seal a text for each of some columns of one row. The system is asked once for the randomness of all."""
        noise, key = secrets.token_bytes(NONCE * len(texts)), self.keys[self.newest]
        nonces = (noise[at : at + NONCE] for at in range(0, len(noise), NONCE))
        return {
            column: seal(key, self.newest, text.encode(), self._place(table, column, row), nonce)
            for (column, text), nonce in zip(texts.items(), nonces, strict=True)
        }

    def open(self, table: str, column: str, row: UUID, sealed: bytes) -> str:
        """Open a text sealed for this column of this row.

        :raises Unreadable: it was not
        """
        return self.open_bytes(table, column, row, sealed).decode()

    def open_bytes(self, table: str, column: str, row: UUID, sealed: bytes) -> bytes:
        """Open bytes sealed for this column of this row.

        :raises Unreadable: they were not
        """
        return open_sealed(self.keys, sealed, self._place(table, column, row))

    def blind(self, what: str, value: str) -> str:
        """The blind index of a value, apart for each kind of value and each organization."""
        return blind(self.index_key, f"{what}\x00{value}")

    def _place(self, table: str, column: str, row: UUID) -> str:
        return f"{self._places}{table}/{column}/{row}"
