"""The numbers of the simulated carrier: what is for sale, what the account owns, and what happens when one is bought.

Each area code of the US has the same numbers for sale: 555-0300 to 0309, and those whose last digits say what happens:

| Ends in | What happens when it is bought |
|---|---|
| 0391 | bought, but the connection is cut before the answer |
| 0392 | 420: somebody else took it meanwhile |
| 0393 | first 429, then bought |
| 0394 | first 503, then bought |
| 0395 | silence: the post is read and never answered; the first is not bought |
| 0396 | the connection is cut; the first is not bought |
| 0397 | bought, and never answered |
| 0398 | 401, as if our keys were wrong |
| 0399 | bought; linking it to the application is first answered 503 |

212 is sold out.
"""

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from server import clock

Answer = Literal["done", "taken", "throttled", "unavailable", "cut", "silence", "auth"]
SOLD_OUT = frozenset({"212"})
ORDINARY = tuple(f"55503{nth:02d}" for nth in range(10))
MAGIC = tuple(f"55503{nth}" for nth in range(91, 100))
_FIRST: dict[str, Answer] = {"0393": "throttled", "0394": "unavailable", "0395": "silence", "0396": "cut"}
"""How the first post for a number is answered that is bought at the second."""
_ALWAYS: dict[str, Answer] = {"0391": "cut", "0392": "taken", "0397": "silence", "0398": "auth"}
_TAKES = frozenset({"0391", "0397"})


class Bid(msgspec.Struct, frozen=True):
    """One post that would buy or give up a number: whether that was done, whatever was answered."""

    n: int
    at: str
    act: Literal["buy", "cancel"]
    msisdn: str
    answer: Answer
    is_done: bool


@dataclass(slots=True)
class Owned:
    """A number of the account, and the application that hears its texts."""

    msisdn: str
    app_id: str | None = None
    features: list[str] = field(default_factory=lambda: ["SMS", "MMS", "VOICE"])


class NumberShop:
    """What one account owns, and every post about it. Numbers are digits without the plus."""

    def __init__(self) -> None:
        self.owned: dict[str, Owned] = {}
        self.bids: list[Bid] = []
        self._links = set[str]()

    def for_sale(self, pattern: str) -> list[str]:
        """What can be bought of the numbers that begin with `pattern`, which has country and area code."""
        area = pattern[1:4]
        if len(area) < 3 or not pattern.startswith("1") or area[0] in "01" or area in SOLD_OUT:
            return []
        all_of_it = [f"1{area}{line}" for line in (*ORDINARY, *MAGIC)]
        return [each for each in all_of_it if each.startswith(pattern) and each not in self.owned]

    def buy(self, msisdn: str) -> Answer:
        """Buy a number: what is owned, by whomever, cannot be bought."""
        end = msisdn[-4:]
        is_first = not any(bid.act == "buy" and bid.msisdn == msisdn for bid in self.bids)
        answer: Answer = "done" if msisdn in self.for_sale(msisdn) else "taken"
        if answer == "done":
            answer = _ALWAYS.get(end) or (_FIRST.get(end, "done") if is_first else "done")
        is_done = answer == "done" or (msisdn not in self.owned and answer != "taken" and end in _TAKES)
        if is_done:
            self.owned[msisdn] = Owned(msisdn)
        return self._enter("buy", msisdn, answer, is_done=is_done)

    def cancel(self, msisdn: str) -> Answer:
        """Give a number up; what is not owned cannot be."""
        is_done = self.owned.pop(msisdn, None) is not None
        # As with buying: what ends in 0391 is done, and nobody hears that it was.
        answer: Answer = "taken" if not is_done else "cut" if msisdn.endswith("0391") else "done"
        return self._enter("cancel", msisdn, answer, is_done=is_done)

    def link(self, msisdn: str, app_id: str | None) -> Answer:
        """Let an application hear a number's texts; again changes nothing."""
        if msisdn not in self.owned:
            return "taken"
        if msisdn.endswith("0399") and msisdn not in self._links:
            self._links.add(msisdn)
            return "unavailable"
        self.owned[msisdn].app_id = app_id
        return "done"

    def clear(self) -> None:
        """Begin again with nothing."""
        self.owned.clear()
        self.bids.clear()
        self._links.clear()

    def _enter(self, act: Literal["buy", "cancel"], msisdn: str, answer: Answer, *, is_done: bool) -> Answer:
        self.bids.append(Bid(len(self.bids) + 1, clock.now().isoformat(), act, msisdn, answer, is_done))
        return answer
