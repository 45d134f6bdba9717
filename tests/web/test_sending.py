"""A clinic sees that texts do not go out now, and how much of its own waits; nothing of anybody else's."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from server import clock
from server.domain import accounts
from server.domain.accounts import Attempt, Showing
from server.models import Via
from tests.server.domain.sending.posting import post
from tests.web.browser import Browser
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def true_clock() -> AsyncIterator[None]:
    yield
    clock.shift(timedelta())


async def shows(showing: Showing) -> None:
    await accounts.note("texts", Attempt(clock.now(), showing, "credit"))


class TestShowSending:
    async def test_says_that_all_is_well(self, dana: Browser, cast: World) -> None:
        await post(cast)

        said = (await dana.get("/sending")).json()["sending"]

        assert said == [
            {"by": "text", "since": None, "words": None, "waiting": 0},
            {"by": "email", "since": None, "words": None, "waiting": 0},
        ]

    async def test_says_what_is_wrong_and_counts_what_waits_of_this_clinic_only(
        self, dana: Browser, alex: Browser, cast: World
    ) -> None:
        await post(cast)
        await post(cast, Via.SECURE_EMAIL)
        await shows(Showing.OURS)

        (texts, mails), (theirs, _) = [(await who.get("/sending")).json()["sending"] for who in (dana, alex)]

        assert texts["since"]
        assert (texts["words"], texts["waiting"]) == ("our account with the carrier has no credit", 1)
        assert mails["since"] is None
        assert (theirs["since"], theirs["waiting"]) == (texts["since"], 0)

    async def test_is_well_again_after_one_went_through(self, dana: Browser, cast: World) -> None:
        await shows(Showing.OURS)
        await shows(Showing.WELL)

        assert (await dana.get("/sending")).json()["sending"][0]["since"] is None

    async def test_tells_a_stranger_nothing(self, stranger: Browser) -> None:
        assert (await stranger.get("/sending")).status_code == 401
