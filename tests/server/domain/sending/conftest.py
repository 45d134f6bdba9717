"""A test that moves the clock leaves it as it was."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from server import clock


@pytest.fixture(autouse=True)
async def true_clock() -> AsyncIterator[None]:
    yield
    clock.shift(timedelta())
