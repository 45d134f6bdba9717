"""What a passkey signed, checked (WebAuthn level 3 §7): a challenge of ours, once, for this purpose, at our address, by
a key that we know, with its owner's finger or PIN. So it is both factors at once (NIST SP 800-63B-4 §3.1.7).
"""

import base64
import binascii
import hashlib
import ipaddress
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from server import audit, clock, models, tokens
from server.audit import Did
from server.errors import Kind, Refusal

LIVES = timedelta(minutes=3)
_origin = ""


class Purpose(StrEnum):
    """What a challenge is for."""

    SIGN_IN = "sign_in"
    PROVE = "prove"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Made:
    """What a browser says of a new passkey; all in base64url."""

    id: str
    client_data: str = field(repr=False)
    attestation: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a browser says of a passkey that has signed; all in base64url."""

    id: str
    client_data: str = field(repr=False)
    authenticator_data: str = field(repr=False)
    signature: str = field(repr=False)


class _ClientData(msgspec.Struct):
    challenge: str


def use_origin(url: str) -> None:
    """Take the staff's address from the settings: passkeys hold for it and for no other; `boot` calls this."""
    global _origin
    _origin = url.rstrip("/")


def site() -> str:
    """The name that passkeys are made for (RP ID): the host of the staff's address.

    :raises Refusal: `no_passkeys`: that is a bare number, for which browsers make none
    """
    host = urlsplit(_origin).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    raise Refusal(Kind.CONFLICT, "no_passkeys", "There are no passkeys at this address. It needs a name.")


async def ask(purpose: Purpose, *, session: UUID | None = None) -> str:
    """A challenge for three minutes, in base64url: the browser has it signed.

    :raises Refusal: `no_passkeys`
    """
    site()
    challenge, now = secrets.token_urlsafe(32), clock.now()
    await models.Challenge.create(
        id=tokens.new_id(),
        challenge_hash=tokens.hash_of(challenge),
        purpose=purpose,
        session_id=session,
        ends_at=now + LIVES,
        created_at=now,
    )
    return challenge


async def forget() -> int:
    """Delete challenges that nobody answered in time."""
    return await models.Challenge.filter(ends_at__lte=clock.now()).delete()


async def made(answer: Made, *, session: UUID) -> models.Passkey:
    """A new passkey, as its browser tells of it: not saved, and nobody's yet.

    :raises Refusal: `wrong_passkey`
    """
    challenge = await _taken(answer.client_data, Purpose.ADD, session)
    response = {"clientDataJSON": answer.client_data, "attestationObject": answer.attestation}
    # Late: it brings half a second of other libraries, which most processes never need.
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        verified = webauthn.verify_registration_response(
            credential=_credential(answer.id, response),
            expected_challenge=challenge,
            expected_rp_id=site(),
            expected_origin=_origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as no:
        raise wrong() from no
    return models.Passkey(
        id=tokens.new_id(),
        handle_hash=_hash(verified.credential_id),
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        created_at=clock.now(),
    )


async def signed(answer: Signed, purpose: Purpose, *, session: UUID | None = None) -> models.Passkey:
    """The passkey that signed, with its owner. Outside of any transaction: a challenge is used up whatever follows.

    :raises Refusal: `wrong_passkey`
    """
    challenge = await _taken(answer.client_data, purpose, session)
    passkey = await models.Passkey.filter(handle_hash=_hash(_bytes(answer.id))).select_related("user").first()
    if passkey is None or not passkey.user.active:
        raise wrong()
    response = {
        "clientDataJSON": answer.client_data,
        "authenticatorData": answer.authenticator_data,
        "signature": answer.signature,
    }
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        verified = webauthn.verify_authentication_response(
            credential=_credential(answer.id, response),
            expected_challenge=challenge,
            expected_rp_id=site(),
            expected_origin=_origin,
            credential_public_key=passkey.public_key,
            # Compared below, in the statement that keeps it: two at once cannot both be newer.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as no:
        await _enter_refused(passkey, "signature")
        raise wrong() from no
    await _count(passkey, verified.new_sign_count)
    return passkey


def wrong() -> Refusal:
    """The one answer, whatever was the matter."""
    sentence = "That passkey did not work. Try again, or use your password and a code."
    return Refusal(Kind.INVALID, "wrong_passkey", sentence)


async def _count(passkey: models.Passkey, count: int) -> None:
    """One that counts and does not say more than last time may be a copy (§6.1.1)."""
    row = models.Passkey.filter(id=passkey.id)
    same = row.filter(sign_count=0) if count == 0 else row.filter(sign_count__lt=count)
    if not await same.update(sign_count=count, used_at=clock.now()):
        await _enter_refused(passkey, "counter")
        raise wrong()


async def _enter_refused(passkey: models.Passkey, why: str) -> None:
    organization, about = passkey.user.organization_id, passkey.user_id
    data: dict[str, object] = {"passkey": str(passkey.id), "why": why}
    await audit.enter(Did.PASSKEY_REFUSED, organization=organization, about=about, outcome="refused", data=data)


async def _taken(client_data: str, purpose: Purpose, session: UUID | None) -> bytes:
    """The challenge that was signed, if it is ours and nobody answered it yet: whoever deletes its row first has it."""
    try:
        challenge = msgspec.json.decode(_bytes(client_data), type=_ClientData).challenge
    except msgspec.DecodeError:
        raise wrong() from None
    asked = models.Challenge.filter(
        challenge_hash=tokens.hash_of(challenge), purpose=purpose, session_id=session, ends_at__gt=clock.now()
    )
    if not await asked.delete():
        raise wrong()
    return _bytes(challenge)


def _credential(handle: str, response: dict[str, str]) -> dict[str, object]:
    return {"id": handle, "rawId": handle, "type": "public-key", "response": response}


def _hash(handle: bytes) -> str:
    return hashlib.sha256(handle).hexdigest()


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        raise wrong() from None
