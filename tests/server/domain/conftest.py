"""A test that moves the clock leaves it as it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from server import clock


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())
