"""What browsers tell of passkeys, in base64url as WebAuthn names it."""

from typing import Annotated

import msgspec

from server.domain import passkey_checks
from web.api import shapes

Handle = Annotated[str, msgspec.Meta(max_length=1400)]
ClientData = Annotated[str, msgspec.Meta(max_length=4000)]


class SignedByPasskey(shapes.Asked, frozen=True):
    """What a browser says of a passkey that has signed; in base64url."""

    id: Handle
    client_data: ClientData
    authenticator_data: Annotated[str, msgspec.Meta(max_length=4000)]
    signature: Annotated[str, msgspec.Meta(max_length=2000)]

    def told(self) -> passkey_checks.Signed:
        """The same for the domain."""
        return passkey_checks.Signed(self.id, self.client_data, self.authenticator_data, self.signature)


class Unlocking(shapes.Asked, frozen=True):
    """One of the two once more, of whose session it is."""

    password: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
    passkey: SignedByPasskey | None = None
