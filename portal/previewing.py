"""What the patient sees, shown to staff: drawn by the patient's own page, and good for nothing else.

The address lies among the staff's, because it is a staff session that opens it; the patient's cookie is not looked at.
The page has nothing to press and no script, and the policy forbids both, so that it can mark nothing as viewed (B34).
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from portal import pages
from server import access, audit
from server.audit import Did
from server.db import snapshot
from server.doors import cookies, source
from server.doors import scope as scopes
from server.errors import Kind, Refusal, locked
from server.queries import clinic, thread

ADDRESS = "/api/v1/conversations/{conversation:uuid}/preview"
ONE_LOOK = timedelta(minutes=5)
INERT = "sandbox allow-same-origin; default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'"
"""No script, no form, no window. Its own origin, because a browser sends no cookie for the pictures without one."""


async def show(request: Request) -> Response:
    """`GET /api/v1/conversations/{conversation}/preview`: the conversation as its patient sees it."""
    staff = await _must_be_staff(request)
    conversation = await access.conversation(staff, request.path_params["conversation"])
    async with snapshot():
        said, _ = await thread.portal_page(conversation.id, proxy=None)
        about = await clinic.of(conversation.patient_id)
    await audit.enter_once(
        Did.CONVERSATION_PREVIEWED,
        within=ONE_LOOK,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
    )
    page = pages.preview(about, messages=said, files=f"{scopes.base(request.scope)}/api/v1/files")
    page.headers["Content-Security-Policy"] = INERT
    return page


async def _must_be_staff(request: Request) -> access.Staff:
    """Who is signed in at the staff's door of this slot.

    :raises Refusal: `signed_out`, `locked`
    """
    token = cookies.get(request, cookies.staff(scopes.slot(request.scope)))
    found = await access.whoever(token) if token else None
    if found is None:
        raise Refusal(Kind.SIGNED_OUT, "signed_out", "You are signed out. Sign in to go on.")
    if found.locked:
        raise locked()
    audit.acting.set(audit.Actor("staff", found.user, source.address(request.scope), found.session, glass=found.glass))
    return found
