"""What a verb says no with."""

from collections.abc import Awaitable

import pytest

from server.errors import Refusal


async def refused(act: Awaitable[object]) -> str:
    """The code with which this is refused; a failure of the test if it is not."""
    with pytest.raises(Refusal) as no:
        await act
    return no.value.code
