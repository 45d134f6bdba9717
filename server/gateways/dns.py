"""Asking the domain name system."""

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

SECONDS = 5.0


class NoAnswer(Exception):
    """The domain name system could not be asked. It says nothing about whether something is there."""


class Names:
    """Asks `server` (host:port), or whom this computer asks."""

    def __init__(self, server: str = "") -> None:
        self._resolver = dns.asyncresolver.Resolver(configure=not server)
        if server:
            host, _, port = server.rpartition(":")
            self._resolver.nameservers, self._resolver.port = [host.strip("[]")], int(port)
        self._resolver.lifetime = SECONDS

    async def texts(self, name: str) -> list[str]:
        """The texts of a name, each joined from its pieces (RFC 7208 §3.3); none where there are none.

        :raises NoAnswer: nobody could be asked
        """
        found = [record for record in await self._ask(name, "TXT") if isinstance(record, TXT)]
        return [b"".join(record.strings).decode("ascii", errors="replace") for record in found]

    async def mail_exchangers(self, name: str) -> list[str]:
        """Who takes mails for a domain, without the dot at the end; a lone empty name means nobody (RFC 7505).

        :raises NoAnswer: nobody could be asked
        """
        found = [record for record in await self._ask(name, "MX") if isinstance(record, MX)]
        return [str(record.exchange).rstrip(".") for record in found]

    async def _ask(self, name: str, kind: str) -> list[object]:
        try:
            return list(await self._resolver.resolve(name, kind, raise_on_no_answer=False) or ())
        except dns.resolver.NXDOMAIN:
            return []
        except (dns.exception.DNSException, OSError) as trouble:
            raise NoAnswer from trouble
