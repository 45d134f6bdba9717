"""Which addresses clinics may have us ask or post to: the internet's, by https, and what the operator names.

Nothing here touches the network.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST = 500
# A whole pattern, not a parser: two parsers may see two hosts in one odd address. No user and no fragment.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?(/[!-\"$-\[\]-~]*)?")
_NAME = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?")
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""IPv6 that stands for an IPv4 address, which may be a private one (RFC 6052, RFC 8215)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to. `is_inside`: the operator named this host and port, so it may be of our own network."""

    scheme: str
    host: str
    port: int
    path: str = field(repr=False)
    is_inside: bool = False

    @property
    def authority(self) -> str:
        """The host, with its port where that is not the usual one: what `Host` says."""
        usual = {"https": 443, "http": 80}[self.scheme]
        return self.host if self.port == usual else f"{self.host}:{self.port}"


def read(url: str, inside: Sequence[str] = ()) -> Target | None:
    """The parts of an address that we may go to; None where we may not. `inside` are hosts with their ports."""
    found = _ADDRESS.fullmatch(url) if len(url) <= LONGEST else None
    if found is None:
        return None
    scheme, host, path = found[1], found[2], found[4] or "/"
    port = int(found[3]) if found[3] else {"https": 443, "http": 80}[scheme]
    if f"{host}:{port}" in inside:
        return Target(scheme, host, port, path, is_inside=True)
    if scheme != "https" or not 0 < port < 65_536 or not _NAME.fullmatch(host) or _is_at_home(host):
        return None
    return Target(scheme, host, port, path)


def is_public(address: str) -> bool:
    """Whether an IP address is the internet's: not private, of this machine, of the link, or one that hides another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if any(found in each for each in _TRANSLATED) or found.sixtofour or found.teredo:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _is_at_home(host: str) -> bool:
    return host.rpartition(".")[2] in ("localhost", "local", "internal", "lan", "home", "intranet", "test", "invalid")
