"""Who is really calling. Forwarded headers are believed only from our own proxies, counted from the right."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Headers = Sequence[tuple[bytes, bytes]]

EDGE_HEADERS = frozenset({b"daphne-root-path", b"forwarded", b"x-real-ip"})
"""Headers that only an edge may write; the application never sees them, nor any `x-forwarded-…`."""

LOCAL = "127.0.0.1"
"""What a peer without an address counts as: a Unix socket is reached from this machine alone."""


def is_edge_header(name: bytes) -> bool:
    """Whether this lower-case name must not reach the application."""
    return name in EDGE_HEADERS or name.startswith(b"x-forwarded-")


def caller(peer: str, headers: Headers, trusted: Iterable[Network]) -> tuple[str, str | None]:
    """The caller's address and, when a trusted proxy says so, the scheme (`http` or `https`).

    `headers` have lower-case names. A hop that cannot be read ends the walk at the last hop that could.
    """
    networks = tuple(trusted)
    if not _is_trusted(_address(peer), networks):
        return peer, None
    return _walk(peer, _values(headers, b"x-forwarded-for"), networks), _scheme(headers)


def _walk(peer: str, hops: list[str], networks: tuple[Network, ...]) -> str:
    nearest = peer
    for hop in reversed(hops):
        address = _address(hop)
        if address is None:
            break
        nearest = str(address)
        if not _is_trusted(address, networks):
            break
    return nearest


def _scheme(headers: Headers) -> str | None:
    said = _values(headers, b"x-forwarded-proto")
    return said[-1] if said and said[-1] in ("http", "https") else None


def _values(headers: Headers, name: bytes) -> list[str]:
    joined = ",".join(value.decode("latin-1") for key, value in headers if key == name)
    return [part.strip() for part in joined.split(",") if part.strip()]


def _address(text: str) -> Address | None:
    if text.startswith("["):
        text = text[1:].split("]", 1)[0]
    elif text.count(":") == 1:
        text = text.split(":", 1)[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_trusted(address: Address | None, networks: tuple[Network, ...]) -> bool:
    return address is not None and any(address in network for network in networks)
