"""The made-up staff's passwords and second factors: derived from the installation's master key, so a seed that is asked
again says the same, and no two installations share one.
"""

import base64
import hashlib
import hmac

from server import keys


def password(email: str) -> str:
    """Twenty letters and digits."""
    return base64.b32encode(_derive("password", email))[:20].decode().lower()


def totp_secret(email: str) -> str:
    """160 bits in base32 (RFC 4226 §4 asks for at least 128)."""
    return base64.b32encode(_derive("totp", email)[:20]).decode()


def _derive(purpose: str, email: str) -> bytes:
    return hmac.new(keys.derived(f"seed-{purpose}"), email.encode(), hashlib.sha256).digest()
