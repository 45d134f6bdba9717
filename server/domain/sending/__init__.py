"""Getting what waits to the carriers, and hearing what became of it.

A worker *claims* under a lease, *writes* the letter, makes sure that it is *still* its own, posts it outside any
transaction and *settles*. The carrier *reports* later, a *sweep* finds what a dead worker left, a person *retries*.

Every change of a delivery happens under the row lock of its conversation, which is taken first by every verb here and
by `deliveries.arrange`; so all deliveries with one `ref` can be read and changed together without a lock of their own.
"""

from server.domain.sending.bouncing import bounce
from server.domain.sending.claiming import FENCE_HOLDS, LEASE, Claimed, claim, is_unwanted, still_mine
from server.domain.sending.confirmations import order as order_reply
from server.domain.sending.errands import Errand, begin_post, claim_errands, settle_errand, write_errand
from server.domain.sending.fences import until_quiet
from server.domain.sending.finding import Lane
from server.domain.sending.letters import Letterhead, Mail, NotNow, Text, Unsendable, write
from server.domain.sending.rechecking import end_recheck
from server.domain.sending.reporting import report
from server.domain.sending.retrying import retry
from server.domain.sending.settling import settle
from server.domain.sending.states import MOST_TRIES, Fate
from server.domain.sending.stopping import stop_waiting
from server.domain.sending.sweeping import sweep

__all__ = [
    "FENCE_HOLDS",
    "LEASE",
    "MOST_TRIES",
    "Claimed",
    "Errand",
    "Fate",
    "Lane",
    "Letterhead",
    "Mail",
    "NotNow",
    "Text",
    "Unsendable",
    "begin_post",
    "bounce",
    "claim",
    "claim_errands",
    "end_recheck",
    "is_unwanted",
    "order_reply",
    "report",
    "retry",
    "settle",
    "settle_errand",
    "still_mine",
    "stop_waiting",
    "sweep",
    "until_quiet",
    "write",
    "write_errand",
]
