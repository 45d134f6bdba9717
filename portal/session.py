"""Who stands at the patient's door: the link a phone holds, the session it became, the devices it is known as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from server import access, audit, errors, keys, models
from server.domain import identity
from server.doors import acting, cookies, device, source

LINK = "bt_link"
SESSION = "bt_portal"
DEVICE = "bt_device"
LINK_SECONDS = 600
DEVICE_SECONDS = int(identity.REMEMBERED.total_seconds())


@dataclass(frozen=True, slots=True)
class Visitor:
    """A phone in a living portal session. `viewer` is its patient once they have proved who they are."""

    token: str
    session: models.PortalSession
    devices: tuple[str, ...]

    @property
    def viewer(self) -> access.PortalPatient | None:
        """The patient, if this session is verified."""
        return access.patient_of(self.session)

    @property
    def csrf(self) -> str:
        """What the forms of this session carry."""
        return keys.csrf_token(self.token)


async def visitor(request: Request) -> Visitor | None:
    """Whose living session came with the request; what it does from now on is done in the patient's name."""
    token = cookies.get(request, SESSION)
    session = await access.portal_session(token) if token else None
    if token is None or session is None:
        return None
    proxy, reads_on = session.link.proxy_id, device.of(request.scope)
    known = (proxy or session.patient_id) if session.verified_at else None
    kind = "proxy" if proxy else "patient"
    audit.acting.set(audit.Actor(kind, known, source.address(request.scope), session.id, reads_on))
    return Visitor(token, session, devices(request))


async def must_visit(request: Request) -> Visitor:
    """The same for an address that needs a session.

    :raises Refusal: `signed_out`
    """
    found = await visitor(request)
    if found is None:
        raise identity.signed_out()
    return found


async def must_read(request: Request) -> tuple[Visitor, access.PortalPatient]:
    """The same for an address that needs to know who reads.

    :raises Refusal: `signed_out`
    """
    found = await must_visit(request)
    if found.viewer is None:
        raise identity.signed_out()
    return found, found.viewer


async def in_conversation(viewer: access.PortalPatient, asked: UUID | str | None) -> access.PortalPatient:
    """The reader in the conversation that the request names, or without a name in the one of their link.

    :raises Refusal: `unknown`
    """
    if not asked:
        return viewer
    try:
        return await access.portal_conversation(viewer, asked if isinstance(asked, UUID) else UUID(asked))
    except ValueError:
        raise errors.unknown() from None


def must_act(request: Request, token: str, fields: Mapping[str, str] | None = None) -> None:
    """Check the token of an act, in the header (script) or in the form.

    :raises Refusal: `not_our_page`
    """
    given = request.headers.get(acting.CSRF_HEADER) or (fields or {}).get(acting.CSRF_FIELD)
    acting.must_carry(given, token)


def devices(request: Request) -> tuple[str, ...]:
    """The devices that this browser is known as, one for each patient who was confirmed on it."""
    kept = cookies.get(request, DEVICE)
    return tuple(kept.split(".")[: identity.DEVICES_KEPT]) if kept else ()


def link(request: Request) -> str:
    """The secret of the link this phone holds.

    :raises Refusal: `signed_out` where it holds none, or no longer
    """
    secret = cookies.get(request, LINK)
    if secret is None:
        raise identity.signed_out()
    return secret


def keep(request: Request, response: Response, token: str, known_as: Sequence[str]) -> None:
    """Give the browser its session and its devices; the link it came with is no longer needed."""
    cookies.put(request, response, SESSION, token)
    if known_as:
        cookies.put(request, response, DEVICE, ".".join(known_as), seconds=DEVICE_SECONDS)
    cookies.drop(request, response, LINK)


def leave(request: Request, response: Response) -> None:
    """Take back what opens anything, and what the browser may have kept."""
    cookies.drop(request, response, SESSION)
    cookies.drop(request, response, LINK)
    response.headers["Clear-Site-Data"] = '"cache"'
