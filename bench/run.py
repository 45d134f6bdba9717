"""`python -m bench.run`: both sides, in interleaved rounds; prints a table and keeps every run in `build/`."""

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from bench import broadcast, directory, lists, load, parts, reports, scenarios, stage, statements, table, viewed
from bench.inbox import run as inbox
from bench.scenarios import Scenario
from bench.screen import run as screen
from bench.sending import run as sending


class Kept(msgspec.Struct):
    """One run, as a line of `build/runs.jsonl`."""

    at: float
    round: int
    scenario: str
    peer: str
    database: str
    load: load.Load


def main() -> None:
    """Measure what the command line asks for."""
    asked = _asked()
    if asked.what == "sending":
        sending.main(["sqlite", "postgres"], seconds=max(asked.seconds, 20))
        return
    if asked.what == "inbox":
        inbox.main(asked.database, rounds=max(40, int(asked.seconds * 10)))
        return
    if asked.what == "screen":
        screen.main(asked.database, rounds=max(20, int(asked.seconds * 10)), hours=asked.hours)
        return
    if asked.what == "viewed":
        viewed.main(asked.database, seconds=asked.seconds)
        return
    if asked.what == "directory":
        directory.main(asked.database, size=asked.rows, rounds=max(40, int(asked.seconds * 20)))
        return
    if asked.what == "reports":
        reports.main(asked.database)
        return
    if asked.what == "import":
        lists.main(asked.database, rows=asked.rows)
        return
    if asked.what == "broadcast":
        broadcast.main(
            asked.database, seconds=max(asked.seconds, 15), patients=min(asked.rows, 2_000), rounds=max(asked.rounds, 2)
        )
        return
    chosen = [each for each in scenarios.ALL if each.name.startswith(asked.only)]
    began = time.monotonic()
    more = {"BLOOMTEXT_PROCESSES": str(asked.processes)} if asked.processes > 1 else {}
    with stage.opened(asked.database, sockets=max(each.sockets for each in chosen), more=more) as both:
        print(f"both sides are up after {time.monotonic() - began:.0f} s")
        if both.database.log:
            _tell_statements(both)
        rounds = _measure(both, chosen, asked)
    print("\n".join(["", *table.lines(chosen, rounds)]))
    print(f"\n{asked.rounds} round(s), {asked.database}, in {time.monotonic() - began:.0f} s")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=["wire", "sending", "viewed", "inbox", "screen", "import", "directory", "broadcast", "reports"],
        default="wire",
    )
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3, help="measured in each run, after one second of warm-up")
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--processes", type=int, default=1, help="web processes on our side")
    parser.add_argument("--hours", type=int, default=8, help="of a day at the desk that `screen` plays")
    parser.add_argument(
        "--rows",
        type=int,
        default=100_000,
        help="of the list that `import` brings in; patients of `directory` and (2,000 at most) of `broadcast`",
    )
    parser.add_argument("--only", default="", help="scenarios whose name begins like this")
    return parser.parse_args()


def _tell_statements(both: stage.Stage) -> None:
    log = both.database.log
    if log is None:
        return
    for act, counted in statements.count(both.ours, both.database.url, log).items():
        print(f"one {act}: {counted.work} statements, and {counted.frame} to begin and end transactions")


def _measure(both: stage.Stage, chosen: Sequence[Scenario], asked: argparse.Namespace) -> table.Rounds:
    found: dict[tuple[str, str], list[load.Load]] = defaultdict(list)
    sizes = {each.name: _size(both, each) for each in chosen}
    with (parts.BUILD / "runs.jsonl").open("ab") as file:
        for number in range(asked.rounds):
            for scenario in chosen:
                # Who goes first changes with each round, because the machine's speed changes too.
                peers = (both.ours, both.tutorial)[:: -1 if number % 2 else 1]
                for peer in peers:
                    both.rest()
                    measured = scenario.run(peer, seconds=asked.seconds, size=sizes[scenario.name])
                    found[scenario.name, peer.name].append(measured)
                    kept = Kept(time.time(), number, scenario.name, peer.name, asked.database, measured)
                    file.write(msgspec.json.encode(kept) + b"\n")
                    _progress(number, scenario, peer.name, measured)
    return found


def _size(both: stage.Stage, scenario: Scenario) -> int:
    """The size of our items in this scenario, from a short run with one socket, which also warms the server up."""
    probe = Scenario("probe", 1, rate=scenario.rate, window=1)
    return round(probe.run(both.ours, seconds=1, size=0).item_bytes)


def _progress(number: int, scenario: Scenario, peer: str, measured: load.Load) -> None:
    exact = "exact" if measured.is_exact else "NOT EXACT"
    speed = f"{measured.deliveries_per_s:>10,.0f} deliveries/s, p99 {measured.latency_ms.p99:8.1f} ms, {exact}"
    print(f"round {number + 1}  {scenario.name:18}{peer:10}{speed}", flush=True)


if __name__ == "__main__":
    main()
