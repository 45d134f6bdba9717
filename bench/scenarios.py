"""What is asked of both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench import load
from bench.peers import ours, tutorial

Peer = ours.Ours | tutorial.Tutorial


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many sockets on one team's stream. Without a rate, `window` items are always on their way."""

    name: str
    sockets: int
    rate: float = 0
    window: int = 8

    def options(self, seconds: float) -> list[str]:
        """How the generator is told."""
        pace = ["--rate", str(self.rate)] if self.rate else ["--window", str(self.window)]
        return ["--sockets", str(self.sockets), "--seconds", str(seconds), *pace]

    def run(self, peer: Peer, *, seconds: float, size: int) -> load.Load:
        """Ask one side; `size` is that of our items, which the other side's shall have too."""
        act = peer.post if self.rate else peer.fan_out
        return act(self.options(seconds), size=size)


ALL: Sequence[Scenario] = (
    Scenario("fan-out 100", 100),
    Scenario("fan-out 500", 500),
    Scenario("fan-out 1,000", 1000),
    Scenario("post 100 x 20/s", 100, rate=20),
    Scenario("post 500 x 4/s", 500, rate=4),
)
