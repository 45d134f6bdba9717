"""The simulated carrier's routes."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from server.simulator.applications_api import ApplicationsApi
from server.simulator.control import Control
from server.simulator.messages_api import MessagesApi
from server.simulator.numbers_api import NumbersApi

# A page on the internet must not reach the simulator by a name of its own that leads to this computer.
HOSTS = ["127.0.0.1", "localhost"]


def make(api: MessagesApi, applications: ApplicationsApi, numbers: NumbersApi, control: Control) -> Starlette:
    """Put the routes together."""
    media = control.media.handler(api.is_ours)
    routes = [
        Route("/v1/messages", api.post, methods=["POST"]),
        Route("/v3/media/{name}", media.give, methods=["GET"]),
        Route("/v2/applications/{id}", applications.show, methods=["GET"]),
        Route("/number/search", numbers.search, methods=["GET"]),
        Route("/account/numbers", numbers.owned, methods=["GET"]),
        Route("/number/buy", numbers.buy, methods=["POST"]),
        Route("/number/cancel", numbers.cancel, methods=["POST"]),
        Route("/number/update", numbers.update, methods=["POST"]),
        Route("/_phone/", control.phones, methods=["GET"]),
        Route("/_phone/events", control.events, methods=["GET"]),
        Route("/_phone/{number}/messages", control.texts, methods=["GET"]),
        Route("/_phone/{number}/reply", control.reply, methods=["POST"]),
        Route("/_phone/{number}/off", control.switch_off, methods=["PUT"]),
        Route("/_mail/", control.addresses, methods=["GET"]),
        Route("/_mail/{address}", control.mails, methods=["GET"]),
        Route("/_mail/{address}/reply", control.answer_mail, methods=["POST"]),
        Route("/_ledger", control.ledger, methods=["GET"]),
        Route("/_numbers", control.numbers, methods=["GET"]),
        Route("/_webhooks", control.calls, methods=["GET"]),
        Route("/_webhooks", control.set_addresses, methods=["PUT"]),
        Route("/_trouble", control.set_trouble, methods=["PUT"]),
        Route("/_assist", control.set_assist, methods=["PUT"]),
        Route("/_reset", control.reset, methods=["POST"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)])
