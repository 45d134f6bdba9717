"""The way out that leads no further than the handset inside the product."""

from server.domain import handsets
from server.gateways.outcome import Outcome


class Handset:
    """Takes texts as a carrier does, and shows them to the clinic's admins."""

    async def send(self, *, to: str, sender: str, text: str, client_ref: str, begin_by: float | None = None) -> Outcome:
        """Show one text, once. It has a row of its own, so asking again is no second text."""
        shown = await handsets.show(to=to, sender=sender, text=text, client_ref=client_ref)
        return Outcome("refused", code="no_handset") if shown is None else Outcome("accepted", reference=str(shown))

    async def close(self) -> None:
        """Nothing is on its way."""
