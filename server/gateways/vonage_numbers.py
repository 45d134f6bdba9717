"""The carrier's numbers: what can be rented, what is ours, and renting, linking and giving up.

Source: Vonage Numbers API (`/number/search`, `/account/numbers`, `/number/buy`, `/number/update`, `/number/cancel`).
Buying by its nature happens once: what the account owns is not for sale. So who does not know whether a number was
bought asks `own`, and may buy again where it is not there.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from server.gateways.carrier import CarrierSettings
from server.gateways.outcome import Outcome

if TYPE_CHECKING:
    from vonage_numbers.number_management import Numbers  # type: ignore[import-untyped]

COUNTRY = "US"
STARTS_WITH = 0
MOST = 10
_CODE = re.compile(r"failed: ([0-9]{3})\b")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offered:
    """A number for rent (E.164 with its plus), and what it costs in a month as the carrier writes it (euros)."""

    number: str
    monthly: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; `trouble` is a code where the carrier did not say, and then nothing is known."""

    offers: tuple[Offered, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """Whether a number is the account's; `is_linked` to our application. With `trouble` nothing is known."""

    is_ours: bool = False
    is_linked: bool = False
    trouble: str | None = None


class NumbersGateway:
    """Asks the carrier, in threads, because its library waits. Nothing here raises for what the carrier does."""

    def __init__(self, settings: CarrierSettings) -> None:
        self._settings = settings

    async def search(self, area_code: str, *, at_most: int = MOST) -> Found:
        """Numbers that can get and send texts and begin with this area code (three digits)."""
        return await asyncio.to_thread(self._search, area_code, at_most)

    async def own(self, number: str) -> Own:
        """Whether a number (E.164) is the account's."""
        return await asyncio.to_thread(self._own, number)

    async def buy(self, number: str) -> Outcome:
        """Rent a number. Refused with `http_420` where it is taken, by us or by others."""
        return await asyncio.to_thread(self._act, "buy_number", number)

    async def link(self, number: str) -> Outcome:
        """Let our application hear its texts. Again changes nothing."""
        return await asyncio.to_thread(self._link, number)

    async def cancel(self, number: str) -> Outcome:
        """Give a number up. Refused with `http_420` where it is not ours."""
        return await asyncio.to_thread(self._act, "cancel_number", number)

    def _search(self, area_code: str, at_most: int) -> Found:
        from vonage_numbers.enums import NumberFeatures  # type: ignore[import-untyped]
        from vonage_numbers.requests import SearchAvailableNumbersFilter  # type: ignore[import-untyped]

        try:
            asked = SearchAvailableNumbersFilter(
                country=COUNTRY,
                pattern=f"1{area_code}",
                search_pattern=STARTS_WITH,
                features=NumberFeatures.SMS,
                size=at_most,
            )
            found, _, _ = self._client().search_available_numbers(asked)
        except Exception as problem:
            return Found(trouble=_read(problem).code)
        return Found(tuple(Offered(f"+{each.msisdn}", each.cost) for each in found if each.msisdn))

    def _own(self, number: str) -> Own:
        from vonage_numbers.requests import ListOwnedNumbersFilter

        digits = number.removeprefix("+")
        try:
            asked = ListOwnedNumbersFilter(country=COUNTRY, pattern=digits, search_pattern=STARTS_WITH)
            found, _, _ = self._client().list_owned_numbers(asked)
        except Exception as problem:
            return Own(trouble=_read(problem).code)
        ours = next((each for each in found if each.msisdn == digits), None)
        return Own(ours is not None, ours is not None and ours.app_id == self._settings.application_id)

    def _act(self, act: str, number: str) -> Outcome:
        from vonage_numbers.requests import NumberParams

        return _tried(
            lambda: getattr(self._client(), act)(NumberParams(country=COUNTRY, msisdn=number.removeprefix("+")))
        )

    def _link(self, number: str) -> Outcome:
        from vonage_numbers.requests import UpdateNumberParams

        asked = {"country": COUNTRY, "msisdn": number.removeprefix("+"), "app_id": self._settings.application_id}
        return _tried(lambda: self._client().update_number(UpdateNumberParams(**asked)))

    def _client(self) -> "Numbers":
        """A client of its own each time: the library keeps the header of the last post for the next one."""
        from vonage_http_client.auth import Auth
        from vonage_numbers.number_management import Numbers

        from server.gateways import vonage_client

        auth = Auth(api_key=self._settings.api_key, api_secret=self._settings.api_secret)
        return Numbers(vonage_client.http_client(self._settings, auth))


def _tried(act: Callable[[], object]) -> Outcome:
    try:
        act()
    except Exception as problem:
        return _read(problem)
    return Outcome("accepted")


def _read(problem: Exception) -> Outcome:
    """As every answer of the carrier's; a no of this API may also come as 200 with a code in its text."""
    from vonage_numbers.errors import NumbersError  # type: ignore[import-untyped]

    from server.gateways import vonage_answers

    if isinstance(problem, NumbersError) and (said := _CODE.search(str(problem))):
        return Outcome("refused", code="auth" if said[1] == "401" else f"http_{said[1]}")
    return vonage_answers.read(problem)
