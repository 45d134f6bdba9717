"""The records by which other mail servers judge whether our mails are really ours: SPF, DKIM, DMARC.

Sources: RFC 7208 (SPF), RFC 6376 and 8463 (DKIM), RFC 7489 (DMARC).
"""

import base64
import binascii
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from server.gateways.dns import Names

MOST_LOOKUPS = 10
"""RFC 7208 §4.6.4: with more, receivers answer *permerror*, which counts as none at all."""
LEAST_BITS = 1024
"""RFC 8301 §3.2."""
ASKING = ("a", "mx", "ptr", "exists", "include")


@dataclass(frozen=True, slots=True)
class Spf:
    """How many records there are, how many look-ups the only one costs, and what it says of everybody else."""

    records: int
    lookups: int = 0
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Dkim:
    """Whether there is a key, whether it was taken back, and how long it is (0: it cannot be read)."""

    is_there: bool
    is_revoked: bool = False
    bits: int = 0


@dataclass(frozen=True, slots=True)
class Dmarc:
    """How many records there are, at which domain, what they ask receivers to do, and how SPF must match."""

    records: int
    domain: str = ""
    policy: str = ""
    is_strict: bool = False


async def spf(names: Names, domain: str) -> Spf:
    """Read the SPF record of a domain and count what it costs.

    :raises NoAnswer: nobody could be asked
    """
    found = await _spf_records(names, domain)
    if len(found) != 1:
        return Spf(len(found))
    terms = found[0].lower().split()[1:]
    alls = [term[:-3] or "+" for term in terms if term.lstrip("+-~?") == "all" and len(term) <= 4]
    return Spf(1, await _lookups(names, terms, {domain}), alls[0] if alls else "")


async def _spf_records(names: Names, domain: str) -> list[str]:
    return [text for text in await names.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]


async def _lookups(names: Names, terms: list[str], seen: set[str]) -> int:
    """Stops counting where it is too much already, so that nobody's loop keeps us."""
    count = 0
    for term in terms:
        kind, target = _asked(term)
        count += bool(kind)
        if kind not in ("include", "redirect") or target in seen or count + len(seen) > 2 * MOST_LOOKUPS:
            continue
        seen.add(target)
        for record in (await _spf_records(names, target))[:1]:
            count += await _lookups(names, record.lower().split()[1:], seen)
    return count


def _asked(term: str) -> tuple[str, str]:
    """Which look-up a term costs, and of what; empty where it costs none."""
    bare = term.lstrip("+-~?")
    if bare.startswith("redirect="):
        return "redirect", bare.removeprefix("redirect=")
    kind, _, target = bare.partition(":")
    kind = kind.partition("/")[0]
    return (kind, target.partition("/")[0]) if kind in ASKING else ("", "")


async def dkim(names: Names, selector: str, domain: str) -> Dkim:
    """Read the key that a selector names.

    :raises NoAnswer: nobody could be asked
    """
    found = [_tags(text) for text in await names.texts(f"{selector}._domainkey.{domain}")]
    keys = [tags for tags in found if "p" in tags]
    if not keys:
        return Dkim(is_there=False)
    tags = keys[0]
    return Dkim(is_there=True, is_revoked=not tags["p"], bits=_bits(tags))


def _bits(tags: dict[str, str]) -> int:
    try:
        raw = base64.b64decode("".join(tags["p"].split()), validate=True)
        if tags.get("k") == "ed25519":
            return 256 if len(raw) == 32 else 0
        key = load_der_public_key(raw)
    except (ValueError, binascii.Error):
        return 0
    return key.key_size if isinstance(key, rsa.RSAPublicKey) else 0


def is_long_enough(key: Dkim) -> bool:
    """Whether receivers accept a key of this length; one of 256 bits is Ed25519, which is strong enough."""
    return key.bits == 256 or key.bits >= LEAST_BITS


async def dmarc(names: Names, domain: str) -> Dmarc:
    """Read what the domain, or the nearest one above it, asks of receivers.

    :raises NoAnswer: nobody could be asked
    """
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        at = ".".join(labels[start:])
        found = [
            text for text in await names.texts(f"_dmarc.{at}") if text.lower().replace(" ", "").startswith("v=dmarc1")
        ]
        if found:
            tags = _tags(found[0])
            policy = tags.get("p", "") if at == domain else tags.get("sp", tags.get("p", ""))
            return Dmarc(len(found), at, policy.lower(), tags.get("aspf", "r").lower() == "s")
    return Dmarc(0)


def is_aligned(one: str, other: str, *, is_strict: bool) -> bool:
    """Whether two domains count as the same house (RFC 7489 §3.1): equal, or one below the other.

    Without the list of public suffixes, siblings such as a.clinic.example and b.clinic.example are told apart.
    """
    if one == other:
        return True
    return not is_strict and (one.endswith(f".{other}") or other.endswith(f".{one}"))


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
