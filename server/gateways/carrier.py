"""Who we are to the carrier and where it is."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from server.gateways.loopback import is_loopback

VONAGE_URL = "https://api.nexmo.com"
VONAGE_REST_HOST = "rest.nexmo.com"


@dataclass(frozen=True, slots=True)
class CarrierSettings:
    """One Vonage account and application. `timeout` is in seconds.

    :raises ValueError: for plain http to another computer, and for an address with a path
    """

    application_id: str
    private_key: str = field(repr=False)
    api_key: str
    api_secret: str = field(repr=False)
    signature_secret: str = field(repr=False)
    api_url: str = VONAGE_URL
    timeout: int = 10

    @property
    def rest_host(self) -> str:
        """Where the carrier's older interfaces are, its numbers among them: a host of their own, but only its own."""
        return VONAGE_REST_HOST if self.api_url == VONAGE_URL else urlsplit(self.api_url).netloc

    def __post_init__(self) -> None:
        where = urlsplit(self.api_url)
        if not where.hostname or where.path.strip("/") or where.scheme not in {"http", "https"}:
            raise ValueError("The carrier's address should look like https://api.nexmo.com")
        if where.scheme == "http" and not is_loopback(where.hostname):
            raise ValueError("The carrier is reached by https; plain http is for this computer only")
