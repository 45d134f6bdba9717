"""A made-up account with the simulated carrier, for the demo and for tests. No real carrier knows it."""

import secrets
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from server.simulator.settings import SimulatorSettings


def account(*, time_scale: float = 1.0) -> SimulatorSettings:
    """Invent an application with fresh keys. Both sides need them: keep what this gives."""
    return SimulatorSettings(
        application_id=str(uuid4()),
        private_key=_private_key(),
        api_key=secrets.token_hex(4),
        signature_secret=secrets.token_urlsafe(32),
        time_scale=time_scale,
    )


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
