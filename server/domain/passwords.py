"""Passwords of staff: what may be one (NIST SP 800-63B-4 §3.1.1.2), how it is kept, how it is checked."""

import asyncio
import unicodedata

import argon2

from server.errors import Kind, Refusal

LEAST = 12
MOST = 1000
_HASHER = argon2.PasswordHasher()
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$MtfUHc8IU0uJ333FwEt5eQ$wMvQXrWFrLbdAcbRetPPEvQJxLVjhNVUbmHuQGHMs5U"
"""Of no account, for whoever names none. Written out: making it costs each process a third of a second to start."""
_COMMON = frozenset(
    {
        "administrator",
        "changeme1234",
        "iloveyou1234",
        "letmein12345",
        "password1234",
        "password12345",
        "passwordpassword",
        "qwerty123456",
        "qwertyuiop12",
        "qwertyuiopasdfghjkl",
        "welcome12345",
        "winter2024!!",
    }
)
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_OURS = ("bloomtext", "password", "clinic")


def must_be_good(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Check a new password: its length, and that it is none of the common ones nor made of its owner's names.

    No rule about kinds of characters, and nothing is ever cut off.

    :raises Refusal: `weak_password`
    """
    if len(password) < LEAST:
        raise _weak(f"A password has at least {LEAST} characters. A short sentence is a good one.")
    if len(password) > MOST:
        raise _weak(f"A password can have {MOST} characters.")
    folded = _normal(password).casefold()
    rest = folded
    for word in " ".join((*_OURS, *about)).casefold().split():
        rest = rest.replace(word, "") if len(word) > 2 else rest
    left = sum(char.isalnum() for char in rest)
    if _is_common(folded) or len(set(folded)) < 5 or left < 6:
        raise _weak("That password is easy to guess. Take another one; a short sentence is good.")


def _is_common(folded: str) -> bool:
    return folded in _COMMON or any(folded in run or folded in run[::-1] for run in _RUNS)


def _weak(sentence: str) -> Refusal:
    return Refusal(Kind.INVALID, "weak_password", sentence)


def _normal(password: str) -> str:
    """The same letters typed on two keyboards are one password (NIST SP 800-63B-4: NFKC)."""
    return unicodedata.normalize("NFKC", password)


async def hashed(password: str) -> str:
    """What is kept: Argon2id with a salt of its own, made in a thread because it takes its time."""
    return await asyncio.to_thread(_HASHER.hash, _encoded(password))


async def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password. Without one to compare, it takes as long and the answer is no."""
    return await asyncio.to_thread(_verify, kept or None, _encoded(password[: MOST + 1]))


def _verify(kept: str | None, password: bytes) -> bool:
    try:
        return _HASHER.verify(kept or _NOBODYS, password) and kept is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _encoded(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")


def is_outdated(kept: str) -> bool:
    """Whether it was made with weaker parameters than today's and should be made again."""
    return _HASHER.check_needs_rehash(kept)
