"""The carrier: whether its calls reach us and are believed, and whether it knows us."""

from urllib.parse import urlsplit

from server.boot import carrier_of
from server.checks.finding import Finding, cannot_tell, not_right, ok
from server.gateways import vonage_account, webhook_probe
from server.gateways.loopback import is_loopback
from server.gateways.vonage_account import Account
from server.gateways.webhook_probe import Echo
from server.settings import Settings

INBOUND, STATUS = "/webhooks/vonage/inbound", "/webhooks/vonage/status"
TROUBLES = {
    "401": "The carrier does not accept our key and secret. Look at BLOOMTEXT_VONAGE_API_KEY and _API_SECRET.",
    "404": "The carrier has no application with our id. Look at BLOOMTEXT_VONAGE_APPLICATION_ID.",
}


async def webhooks(settings: Settings) -> list[Finding]:
    """Whether a signed call to the public address is taken and an unsigned one is not."""
    url = f"{settings.public_url}{STATUS}"
    return [_heard(url, await webhook_probe.knock(url, carrier_of(settings)))]


def _heard(url: str, echo: Echo) -> Finding:
    name = "webhooks"
    match echo:
        case Echo(signed=200, unsigned=401):
            return ok(name, f"{url} takes the carrier's calls and nobody else's.")
        case Echo(signed=0, why="tls"):
            return not_right(name, f"The certificate of {url} does not check, so the carrier cannot call. Renew it.")
        case Echo(signed=0):
            return not_right(
                name, f"Nobody answers at {url}. Start the web process, or look at the proxy in front of it."
            )
        case Echo(signed=401):
            sentence = "The process that answers there does not know this signature secret, key or application id."
            return not_right(name, f"{url} refuses the carrier's own calls. {sentence} Start it with these settings.")
        case Echo(signed=200):
            return not_right(name, f"{url} answers {echo.unsigned} to a call that nobody signed. Take it off the net.")
    return not_right(
        name, f"{url} answers {echo.signed}, not 200. A proxy in front may not pass on what the carrier sends."
    )


async def account(settings: Settings) -> list[Finding]:
    """Whether the carrier knows our account, our application, its key and our address."""
    found = await vonage_account.look_up(carrier_of(settings))
    if found.trouble in TROUBLES:
        return [not_right("carrier account", TROUBLES[found.trouble])]
    if found.trouble:
        sentence = (
            f"The carrier could not be asked ({found.trouble}). Look at BLOOMTEXT_VONAGE_API_URL and the network."
        )
        return [cannot_tell("carrier account", sentence)]
    if not found.has_our_key:
        sentence = (
            "The application at the carrier has another key than BLOOMTEXT_VONAGE_PRIVATE_KEY: no text would go out."
        )
        return [not_right("carrier account", sentence)]
    return [
        ok("carrier account", "The carrier knows our account, our application and its key."),
        _addresses(found, settings),
    ]


def _addresses(found: Account, settings: Settings) -> Finding:
    wanted = {f"{settings.public_url}{INBOUND}": found.inbound_url, f"{settings.public_url}{STATUS}": found.status_url}
    for ours, theirs in wanted.items():
        if not _is_same(ours, theirs):
            sentence = (
                f"The carrier calls “{theirs or 'nobody'}”. In the application's Messages capability, give {ours}."
            )
            return not_right("carrier addresses", sentence)
    return ok("carrier addresses", "The carrier calls us at our public address.")


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses lead to the same place; this computer has several names."""
    a, b = urlsplit(one), urlsplit(other)
    is_here = is_loopback(a.hostname) and is_loopback(b.hostname) and a.port == b.port
    return one == other or (is_here and a.path == b.path)
