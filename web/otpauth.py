"""The secret of an authenticator, as a person types it and as an app takes it over."""

from urllib.parse import quote, urlencode

ISSUER = "BloomText"


def address(email: str, secret: str) -> str:
    """What authenticators on the same phone open, and what their cameras read (Google's key URI format)."""
    return f"otpauth://totp/{quote(f'{ISSUER}:{email}')}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def spaced(secret: str) -> str:
    """In groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
