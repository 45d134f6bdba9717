"""How passwords are kept."""

import argon2

from server.domain import passwords


def test_nobodys_takes_as_long_as_everybodys() -> None:
    """Its cost is written out, so it must follow the library's: who has an account is not told by the time."""
    assert not argon2.PasswordHasher().check_needs_rehash(passwords._NOBODYS)
