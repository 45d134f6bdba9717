"""What happens at a front desk: patients write, colleagues answer, and the person at the screen opens and looks."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from playwright.async_api import CDPSession, Page

from bench.served import Served
from server import access, models
from server.domain import messages

FACTS_A_MINUTE = 12
"""Messages written in a minute of a busy desk."""
BOTH = 2
"""Every second message is a patient's."""
MINUTES = 60


@dataclass(slots=True)
class Day:
    """The clinic's other people."""

    token: str
    conversations: Sequence[UUID]
    seen: set[str] = field(default_factory=set)
    dice: Random = field(default_factory=lambda: Random(8))

    @classmethod
    def of(cls, here: Served) -> "Day":
        """The day of the clinic that is served; its second person answers."""
        clinic = here.clinics[0]
        return cls(clinic.sessions[1], clinic.conversations)

    async def rows(self, page: Page, many: int) -> list[list[str]]:
        """So many rows of the list that have not been asked for, as address and name; scrolls on for them."""
        found: list[list[str]] = []
        while len(found) < many:
            fresh = [row for row in await page.evaluate("bench.rows()") if row[0] not in self.seen]
            found += fresh[: many - len(found)]
            self.seen |= {row[0] for row in found}
            if len(found) < many:
                # At once: the list may draw its rows anew between finding the last one and going there.
                await page.evaluate("[...document.querySelectorAll('a.row')].at(-1)?.scrollIntoView()")
                await page.wait_for_timeout(100)
        return found

    async def forgive(self) -> None:
        """A patient gets ten notices a minute at most, which is not what is measured here."""
        await models.Budget.all().delete()

    async def write(self, many: int) -> None:
        """So many messages in conversations of all kinds."""
        by = await access.staff(self.token)
        assert by
        await self.forgive()
        for nth in range(many):
            conversation = self.dice.choice(self.conversations)
            if nth % BOTH:
                await messages.post(
                    conversation,
                    key=secrets.token_hex(8),
                    via=models.Via.SECURE_SMS,
                    body="Please come at nine.",
                    by=by,
                )
            else:
                await self.answer(str(conversation), "May I come tomorrow morning with my insurance card?")

    async def answer(self, conversation: str, words: str) -> None:
        """The patient of a conversation writes this."""
        row = await models.Conversation.get(id=conversation)
        await messages.reply(row.id, patient_id=row.patient_id, key=secrets.token_hex(8), body=words)


async def live_through(hours: int, page: Page, day: Day, *, budget_mb: int) -> None:
    """Play so many hours, each minute with a conversation opened, and say what the page holds after each."""
    tools = await page.context.new_cdp_session(page)
    await tools.send("HeapProfiler.enable")
    print(f"heap of the page: {await heap_mb(tools):.0f} MB at first", flush=True)
    worst = 0.0
    for hour in range(1, hours + 1):
        for _ in range(MINUTES):
            await day.write(FACTS_A_MINUTE)
            [[path, name]] = await day.rows(page, 1)
            await page.evaluate("([path, name]) => bench.openConversation(path, name)", [path, name])
        heap = await heap_mb(tools)
        worst = max(worst, heap)
        nodes = (await tools.send("Memory.getDOMCounters"))["nodes"]
        print(f"after {hour} h: {heap:.0f} MB, {nodes} nodes, list of {len(day.seen)} rows walked", flush=True)
    verdict = "ok" if worst <= budget_mb else f"OVER {budget_mb}"
    print(f"{hours} h with {hours * MINUTES * FACTS_A_MINUTE:,} messages: {worst:.0f} MB at most {verdict}")


async def heap_mb(tools: CDPSession) -> float:
    """What the page holds in memory, after a collection."""
    await tools.send("HeapProfiler.collectGarbage")
    return float((await tools.send("Runtime.getHeapUsage"))["usedSize"]) / 2**20
