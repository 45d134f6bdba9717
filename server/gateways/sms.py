"""Texts by Vonage's Messages API: one post per send, whatever happens."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

from server.gateways.carrier import CarrierSettings
from server.gateways.outcome import Outcome

__all__ = ["CarrierSettings", "Outcome", "SmsGateway"]

# Time-outs of the HTTP library count per read and leave out the name look-up; this many of them bound an attempt.
ATTEMPT_TIMEOUTS = 3


class SmsGateway:
    """Hands texts to the carrier, in threads, because the carrier's own library waits."""

    def __init__(self, settings: CarrierSettings, *, threads: int = 4) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sms")
        self._free = asyncio.Semaphore(threads)

    async def send(self, *, to: str, sender: str, text: str, client_ref: str, begin_by: float | None = None) -> Outcome:
        """Post one text once and say what became of it. Never raises for what the carrier does.

        `to` and `sender` are E.164 with or without the plus. `client_ref` comes back in every receipt.
        A post that could not begin by `begin_by` (of the monotonic clock) is not made: retry, `late`.
        A caller that is cancelled meanwhile knows nothing: the fate is uncertain.
        """
        await self._free.acquire()
        try:
            work = self._threads.submit(self._post, to, sender, text, client_ref, begin_by)
        except RuntimeError:
            self._free.release()
            return Outcome("retry", code="closed")
        # A slot is free again when its thread is, not when the caller stops waiting for it.
        loop = asyncio.get_running_loop()
        work.add_done_callback(lambda _: _release(loop, self._free))
        return await self._outcome(work)

    async def close(self) -> None:
        """Take no more texts and wait for those on their way."""
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    async def _outcome(self, work: "Future[Outcome]") -> Outcome:
        try:
            async with asyncio.timeout(self._settings.timeout * ATTEMPT_TIMEOUTS):
                return await asyncio.shield(asyncio.wrap_future(work))
        except TimeoutError:
            return Outcome("uncertain", code="deadline")

    def _post(self, to: str, sender: str, text: str, client_ref: str, begin_by: float | None) -> Outcome:
        # The library takes 300 ms and 40 MB to import, so only a process that sends pays for it.
        from server.gateways import vonage_client

        return vonage_client.post(
            self._settings, to=to, sender=sender, text=text, client_ref=client_ref, begin_by=begin_by
        )


def _release(loop: asyncio.AbstractEventLoop, slots: asyncio.Semaphore) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(slots.release)
