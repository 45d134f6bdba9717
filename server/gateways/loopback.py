"""Which hosts never leave this computer."""

import ipaddress


def is_loopback(host: str | None) -> bool:
    """Say whether `host`, a name or an address, is this computer. No name is looked up."""
    if not host:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
