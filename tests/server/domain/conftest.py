"""A test that moves the clock leaves it as it was; one that signs people in need not be slow."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from server import clock
from server.domain import guesses
from tests import quick_passwords


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost little, and wrong ones no time."""
    monkeypatch.setattr(guesses, "SLOWER", 0)
    quick_passwords.use(monkeypatch)
