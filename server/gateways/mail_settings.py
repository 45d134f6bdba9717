"""Where our mail goes out, read from one address."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from server.gateways.loopback import is_loopback

Tls = Literal["implicit", "starttls", "none"]

_PORTS: dict[Tls, int] = {"implicit": 465, "starttls": 587, "none": 25}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """One outgoing mail server and who we are there. `timeout` is in seconds and bounds each step.

    `ca_file` names the certificates to trust instead of the system's, for a clinic's own relay.

    :raises ValueError: for mail without TLS to another computer
    """

    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: Tls = "starttls"
    sender: str = ""
    sender_name: str = ""
    ca_file: str | None = None
    timeout: float = 20.0

    def __post_init__(self) -> None:
        if self.tls not in _PORTS:
            raise ValueError("TLS for mail is implicit, starttls or none")
        if self.tls == "none" and not is_loopback(self.host):
            raise ValueError("Mail leaves this computer with TLS only")


def parse_smtp_url(url: str, *, sender: str, sender_name: str = "", ca_file: str | None = None) -> MailSettings:
    """Read `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS from the first byte).

    `smtp://` to this computer goes without TLS unless the address ends in `?tls=starttls`.

    :raises ValueError: for any other address; the message never repeats it, because it holds a password
    """
    where = urlsplit(url)
    if where.scheme not in {"smtp", "smtps"} or not where.hostname or where.path.strip("/"):
        raise ValueError("The mail server's address should look like smtp://user:password@host:587")
    tls = _tls(where)
    return MailSettings(
        host=where.hostname,
        port=where.port or _PORTS[tls],
        username=unquote(where.username) if where.username else None,
        password=unquote(where.password) if where.password else None,
        tls=tls,
        sender=sender,
        sender_name=sender_name,
        ca_file=ca_file,
    )


def _tls(where: SplitResult) -> Tls:
    asked = parse_qs(where.query).get("tls", [""])[-1]
    if where.scheme == "smtps":
        return "implicit"
    if asked == "none" or (not asked and is_loopback(where.hostname)):
        return "none"
    if asked in {"", "starttls"}:
        return "starttls"
    raise ValueError("The mail server's address may end in ?tls=starttls or ?tls=none")
