"""What the carrier's ledger and our own rows say of a run."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median, quantiles

import msgspec

from server import models
from server.simulator.ledger import Post


class Measured(msgspec.Struct, frozen=True):
    """`per_s` is the mean between the first and the last post, `most_in_a_second` the most in any. Delays: seconds."""

    posts: int
    cpu_ms: float
    per_s: float
    most_in_a_second: int
    delay_p50: float
    delay_p99: float
    accepted_twice: int
    throttled: int
    narrow_in_a_minute: int


async def of(posts: Sequence[Post], *, narrow: str, cpu_s: float) -> Measured:
    """Read the posts of a run, with the times at which their letters were due; `cpu_s` is what the worker took."""
    narrow = narrow.removeprefix("+")
    due = {str(row.ref): row.created_at for row in await models.Delivery.all()}
    at = {post.n: datetime.fromisoformat(post.at) for post in posts}
    broad = [post for post in posts if post.sender != narrow]
    delays = [(at[post.n] - due[str(post.client_ref)]).total_seconds() for post in broad if post.client_ref]
    accepted = Counter(post.client_ref for post in posts if post.message_uuid)
    times = sorted(at.values())
    return Measured(
        posts=len(posts),
        cpu_ms=cpu_s / len(posts) * 1000,
        per_s=(len(posts) - 1) / (times[-1] - times[0]).total_seconds(),
        most_in_a_second=most_within(times, 1),
        delay_p50=median(delays),
        delay_p99=quantiles(delays, n=100)[98],
        accepted_twice=sum(times > 1 for times in accepted.values()),
        throttled=sum(post.answer == "throttled" for post in posts),
        narrow_in_a_minute=most_within((at[post.n] for post in posts if post.sender == narrow), 60),
    )


def most_within(times: Iterable[datetime], seconds: float) -> int:
    """The most of these in any stretch of so many seconds."""
    within, most = deque[datetime](), 0
    for at in sorted(times):
        within.append(at)
        while (at - within[0]).total_seconds() >= seconds:
            within.popleft()
        most = max(most, len(within))
    return most
