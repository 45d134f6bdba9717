"""Vonage's Numbers API: `/number/search`, `/account/numbers`, and the posts that buy, link and give up a number.

Its quirks are kept: an empty list is `{}`, codes are words (`"200"`), a wrong request is 420, and the posts are read as
forms only.
"""

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.simulator.applications_api import user_of
from server.simulator.messages_api import Gone
from server.simulator.number_shop import Answer, NumberShop
from server.simulator.settings import SimulatorSettings

FORM = "application/x-www-form-urlencoded"
LONGEST_PAGE = 100
_SAID: dict[Answer, tuple[int, str]] = {
    "done": (200, "success"),
    "taken": (420, "method failed"),
    "throttled": (429, "too many requests"),
    "unavailable": (503, "service unavailable"),
    "auth": (401, "authentication failed"),
}


class NumbersApi:
    """The Numbers API of the simulated account."""

    def __init__(self, settings: SimulatorSettings, shop: NumberShop) -> None:
        self._settings, self._shop = settings, shop

    async def search(self, request: Request) -> Response:
        """Give numbers for sale: `country`, `pattern` with `search_pattern` 0, `size`, `index`."""
        if not self._is_ours(request):
            return _answer("auth")
        asked = request.query_params
        if asked.get("country") != "US" or asked.get("search_pattern", "0") != "0":
            return _answer("taken")
        sold = [
            {
                "country": "US",
                "msisdn": each,
                "type": "mobile-lvn",
                "cost": "0.90",
                "features": ["SMS", "MMS", "VOICE"],
            }
            for each in self._shop.for_sale(asked.get("pattern", ""))
        ]
        return _page(request, sold)

    async def owned(self, request: Request) -> Response:
        """Give the account's own numbers that begin with `pattern`, or all."""
        if not self._is_ours(request):
            return _answer("auth")
        begin = request.query_params.get("pattern", "")
        ours = [each for each in self._shop.owned.values() if each.msisdn.startswith(begin)]
        return _page(
            request,
            [
                {"country": "US", "msisdn": each.msisdn, "type": "mobile-lvn", "features": each.features}
                | ({"messagesCallbackType": "app", "messagesCallbackValue": each.app_id} if each.app_id else {})
                | ({"app_id": each.app_id} if each.app_id else {})
                for each in ours
            ],
        )

    async def buy(self, request: Request) -> Response:
        """Buy one: `country` and `msisdn`."""
        return await self._act(request, lambda form: self._shop.buy(form["msisdn"]))

    async def cancel(self, request: Request) -> Response:
        """Give one up."""
        return await self._act(request, lambda form: self._shop.cancel(form["msisdn"]))

    async def update(self, request: Request) -> Response:
        """Link one to an application: `app_id`."""
        return await self._act(request, lambda form: self._shop.link(form["msisdn"], form.get("app_id")))

    async def _act(self, request: Request, act: Callable[[dict[str, str]], Answer]) -> Response:
        if not self._is_ours(request):
            return _answer("auth")
        raw = await request.body()
        is_form = request.headers.get("content-type", "").startswith(FORM)
        form = {name: values[-1] for name, values in parse_qs(raw.decode()).items()} if is_form else {}
        if form.get("country") != "US" or not form.get("msisdn"):
            return _answer("taken")
        return _answer(act(form))

    def _is_ours(self, request: Request) -> bool:
        return user_of(request) == self._settings.api_key


def _answer(answer: Answer) -> Response:
    if answer in ("cut", "silence"):
        return Gone(f"simulator.{answer}")
    status, label = _SAID[answer]
    response = _json({"error-code": str(status), "error-code-label": label}, status)
    if answer == "throttled":
        response.headers["Retry-After"] = "1"
    return response


def _page(request: Request, found: Sequence[object]) -> Response:
    """As the carrier pages; where there is nothing, it says nothing."""
    size = min(int(request.query_params.get("size", "10")), LONGEST_PAGE)
    begin = (int(request.query_params.get("index", "1")) - 1) * size
    return _json({"count": len(found), "numbers": found[begin : begin + size]} if found else {})


def _json(body: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
