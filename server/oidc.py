"""What a clinic's sign-in provider is asked and says (OpenID Connect Core 1.0): shared by the verbs and the gateway."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class NoSignOn(Exception):
    """The provider did not do its part. `why` is a code: what went wrong on the way, or which check of it failed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Client:
    """Whom the provider knows us as, for one clinic."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One sign-in: where the browser comes back to, and what only that browser and we know of it.

    `verifier` is of PKCE (RFC 7636); `nonce` comes back inside what the provider signs.
    """

    back: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in, as the provider vouches for them.

    `subject` is its own name for them, which it gives to nobody else. `at` is when they proved there who they are, None
    where it does not say; `is_twice`: it says that they did so with more than one factor (RFC 8176).
    """

    email: str = field(repr=False)
    subject: str = field(repr=False)
    at: datetime | None = None
    is_twice: bool = False


class Provider(Protocol):
    """Who asks a clinic's provider. Each raises `NoSignOn`."""

    async def look(self, issuer: str) -> None: ...

    async def address(self, client: Client, asked: Asked) -> str: ...

    async def person(self, client: Client, asked: Asked, code: str) -> Person: ...
