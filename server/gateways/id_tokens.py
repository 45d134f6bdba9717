"""What a provider signed about who signed in, checked (OpenID Connect Core 1.0 §3.1.3.7) with PyJWT."""

from datetime import UTC, datetime

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from server import tokens
from server.oidc import Client, NoSignOn, Person

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""With a key pair, all of them: never `none`, and never one whose key the client has too (RFC 8725 §3.1, §3.2)."""
LEEWAY = 60
"""Seconds that its clock and ours may differ."""
MOST_KEYS = 50
LEAST_BITS = 2048
NEEDED = ("iss", "aud", "exp", "iat", "sub", "nonce")


class Keys(msgspec.Struct):
    """The keys that a provider signs with now (RFC 7517)."""

    keys: list[dict[str, object]]


def read(token: str, keys: Keys, client: Client, nonce: str) -> Person:
    """Who it is about.

    :raises NoSignOn: `bad_token`, `algorithm`, `unknown_key`, `weak_key`, `signature`, `expired`, `other_issuer`,
        `other_audience`, `other_nonce`, `email_unverified`
    """
    said = _checked(token, keys, client)
    if not isinstance(given := said["nonce"], str) or not tokens.same(given, nonce):
        raise NoSignOn("other_nonce")
    # One that is made for several programs says which of them asked.
    is_shared = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if (is_shared or "azp" in said) and said.get("azp") != client.client_id:
        raise NoSignOn("other_audience")
    email = said.get("email")
    if not isinstance(email, str) or said.get("email_verified") is not True:
        raise NoSignOn("email_unverified")
    subject, methods = said["sub"], said.get("amr")
    if not isinstance(subject, str) or not subject:
        raise NoSignOn("bad_token")
    is_twice = isinstance(methods, list) and "mfa" in methods
    return Person(email.strip().casefold(), subject, _time(said.get("auth_time")), is_twice)


def _time(said: object) -> datetime | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    try:
        return datetime.fromtimestamp(said, UTC)
    except (ValueError, OverflowError, OSError):
        raise NoSignOn("bad_token") from None


def _checked(token: str, keys: Keys, client: Client) -> dict[str, object]:
    try:
        head = jwt.get_unverified_header(token)
        algorithm = head.get("alg")
        if algorithm not in ALGORITHMS:
            raise NoSignOn("algorithm")
        claims: dict[str, object] = jwt.decode(
            token,
            _key(keys, head.get("kid"), algorithm),
            algorithms=[algorithm],
            audience=client.client_id,
            issuer=client.issuer,
            leeway=LEEWAY,
            options={"require": list(NEEDED)},
        )
    except jwt.InvalidSignatureError:
        raise NoSignOn("signature") from None
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError):
        raise NoSignOn("expired") from None
    except jwt.InvalidIssuerError:
        raise NoSignOn("other_issuer") from None
    except jwt.InvalidAudienceError:
        raise NoSignOn("other_audience") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise NoSignOn("bad_token") from None
    return claims


def _key(keys: Keys, kid: object, algorithm: str) -> jwt.PyJWK:
    """The key with this name; without a name the only one that can have signed so."""
    kinds = {"R": "RSA", "P": "RSA", "E": "EC"}
    fitting = [
        each
        for each in keys.keys[:MOST_KEYS]
        if each.get("kty") == kinds[algorithm[0]]
        and each.get("use", "sig") == "sig"
        and each.get("alg", algorithm) == algorithm
        and (kid is None or each.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise NoSignOn("unknown_key")
    key = jwt.PyJWK(fitting[0], algorithm=algorithm)
    if isinstance(key.key, RSAPublicKey) and key.key.key_size < LEAST_BITS:
        raise NoSignOn("weak_key")
    return key
