"""Where a request comes from. The launcher has already resolved proxies; nothing here reads a header."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

UNKNOWN = "unknown"


def address(scope: Scope) -> str:
    """The caller's address for the audit, at most 45 characters."""
    client = scope.get("client")
    return str(client[0])[:45] if client else UNKNOWN


def network(caller: str) -> str:
    """What counts as one source for a budget: an IPv4 address, or the /64 that one IPv6 customer holds."""
    try:
        parsed = ip_address(caller)
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network(f"{parsed}/64", strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
