"""The figures as a table: medians over the rounds, and the ratio of both sides in the same round."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from bench.load import Load
from bench.scenarios import Scenario

Rounds = Mapping[tuple[str, str], Sequence[Load]]
"""(scenario, peer) to what was measured in each round."""
Figure = Callable[[Load], float]
SERVERS = ("server", "redis")

FIGURES: Sequence[tuple[str, Figure, int, str]] = (
    ("deliveries/s", lambda load: load.deliveries_per_s, 0, "more"),
    ("p50 ms", lambda load: load.latency_ms.p50, 1, "less"),
    ("p99 ms", lambda load: load.latency_ms.p99, 1, "less"),
    ("CPU s per 100k", lambda load: load.cpu_per_100k(*SERVERS), 3, "less"),
    ("handshakes/s", lambda load: load.handshakes_per_s, 0, "more"),
    ("CPU ms each", lambda load: load.cpu_per_handshake(*SERVERS), 2, "less"),
)


def lines(scenarios: Sequence[Scenario], rounds: Rounds) -> Iterator[str]:
    """Each scenario's figures: ours, the tutorial's, how many times better ours is, and the range of that."""
    yield f"{'':18}{'':16}{'ours':>12}{'tutorial':>12}{'times better':>14}{'range':>18}"
    for scenario in scenarios:
        ours, theirs = rounds[scenario.name, "ours"], rounds[scenario.name, "tutorial"]
        pairs = [(us, them) for us, them in zip(ours, theirs, strict=True) if us.is_exact and them.is_exact]
        yield from _figures(scenario, pairs)
        yield from _notes(ours, theirs)


def _figures(scenario: Scenario, pairs: Sequence[tuple[Load, Load]]) -> Iterator[str]:
    """Of the rounds in which both sides held: what broke down has no speed to compare with."""
    if not pairs:
        yield f"{scenario.name:18}in no round did both sides hold"
        return
    for row, (name, figure, digits, better) in enumerate(FIGURES):
        if scenario.rate and name == "deliveries/s":
            continue
        ours, theirs = [figure(us) for us, _ in pairs], [figure(them) for _, them in pairs]
        ratios = [_ratio(us, them, better) for us, them in zip(ours, theirs, strict=True)]
        title = scenario.name if row == bool(scenario.rate) else ""
        values = f"{median(ours):>12,.{digits}f}{median(theirs):>12,.{digits}f}"
        yield f"{title:18}{name:16}{values}{median(ratios):>14.1f}{min(ratios):>9.1f}..{max(ratios):.1f}"


def _notes(ours: Sequence[Load], theirs: Sequence[Load]) -> Iterator[str]:
    beside = {name for load in ours for name in load.cpu_s if name not in SERVERS}
    cpu = [f"{name} {median(load.cpu_per_100k(name) for load in ours):.3f}" for name in sorted(beside)]
    size = median(load.item_bytes for load in ours)
    joined = median(load.deliveries_per_s / max(1.0, load.frames_per_s - 1) for load in ours)
    yield f"{'':18}item {size:.0f} bytes, {joined:.1f} items per frame; CPU beside it: {', '.join(cpu)}"
    for name, loads in (("ours", ours), ("tutorial", theirs)):
        yield f"{'':18}{name}: {_exactness(loads)}"


def _exactness(loads: Sequence[Load]) -> str:
    counted = sum(load.published * load.sockets for load in loads)
    if all(load.is_exact for load in loads):
        return f"{counted:,} deliveries expected, each came exactly once"
    fields = ("missing", "duplicate", "unknown", "failed", "died", "refused")
    wrong = {name: sum(getattr(load, name) for load in loads) for name in fields}
    return "NOT EXACT: " + ", ".join(f"{name} {number}" for name, number in wrong.items() if number)


def _ratio(ours: float, theirs: float, better: str) -> float:
    over, under = (ours, theirs) if better == "more" else (theirs, ours)
    return over / under if under else float("inf")
