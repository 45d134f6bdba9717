"""Which names this installation answers to. Edge headers and unknown hosts have no power (B79)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from server import settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Hosts:
    """The origins that are ours, by the `Host` header that a browser sends for each."""

    origins: dict[str, str]
    is_https: bool

    def origin_of(self, host: str) -> str | None:
        """The origin that a `Host` header stands for, or None where it is not one of ours."""
        return self.origins.get(host.lower())


def of(*urls: str) -> Hosts:
    """The hosts of these web addresses. Where one is this machine, every name of this machine with its port is ours."""
    origins: dict[str, str] = {}
    for url in urls:
        parts = urlsplit(url)
        host = parts.hostname or ""
        named = LOOPBACK if settings.is_loopback(host) else ()
        for name in {_in_brackets(host), *named}:
            origins.update(_spellings(parts.scheme, name, parts.port))
    return Hosts(origins, is_https=urls[0].startswith("https://"))


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _spellings(scheme: str, name: str, port: int | None) -> dict[str, str]:
    """A browser leaves out the port that its scheme implies; others may write it."""
    if port in (None, PORTS[scheme]):
        origin = f"{scheme}://{name}"
        return {name: origin, f"{name}:{PORTS[scheme]}": origin}
    return {f"{name}:{port}": f"{scheme}://{name}:{port}"}
