"""A handful of people with open pages, for laws about a whole running house."""

import asyncio
import random
from contextlib import AsyncExitStack

from tests.laws.honest import Desk, Page, Pocket
from tests.running import House

INES = "13125550142"
BORN = ("3", "14", "1985")


class Crowd:
    """Dana and Sam at the front desk, Val who supervises, and Ines on her phone.

    `door` is where their sockets are, `posts_at` where everything else goes; any, without.
    """

    def __init__(self, house: House, *, door: int | None = None, posts_at: int | None = None) -> None:
        self.house = house
        logins = (house.logins[name] for name in ("dana", "sam", "val"))
        self.dana, self.sam, self.val = (Desk(house, each, door=door, posts_at=posts_at) for each in logins)
        self.ines = Pocket(house, door=door, posts_at=posts_at)

    @property
    def pages(self) -> list[Page]:
        """All of their pages."""
        return [self.dana, self.sam, self.val, self.ines]

    async def arrive(self, stack: AsyncExitStack) -> None:
        """Everybody opens their page; Ines follows the link of a first message."""
        for desk in (self.dana, self.sam, self.val):
            await desk.sign_in()
        await self.dana.post(self.house.world.ines_thread.id, "Your results are in")
        text = await self.house.text_to(INES)
        await self.ines.enter(text[text.index("/m/") :].split()[0], born=BORN)
        for page in self.pages:
            await stack.enter_async_context(page.following())

    async def write(self, nth: int, chance: random.Random) -> None:
        """Everybody writes some messages at random moments."""
        threads = (self.house.world.ines_thread.id, self.house.world.omar_thread.id)

        async def some(desk: Desk) -> None:
            for _ in range(3):
                await asyncio.sleep(chance.random() * 0.15)
                await desk.post(chance.choice(threads), f"Round {nth}")

        # The portal takes at most twenty a minute from a patient.
        answers = [self.ines.reply(f"Round {nth}")] if nth % 2 else []
        await asyncio.gather(some(self.dana), some(self.sam), *answers)
