"""The real Argon2id with a cost for tests: what is tested is what happens around it, many times."""

import argon2
import pytest

from server.domain import passwords

CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash cheaply in this test."""
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    monkeypatch.setattr(passwords, "_NOBODYS", CHEAP.hash("the password of nobody at all"))
