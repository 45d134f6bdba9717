"""How the clinic writes to a patient, chosen by the patient. A plain form; it needs no script."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import pages, session, words
from server import access, errors
from server.domain import portal_sessions, preferences
from server.doors import reading
from server.queries import chosen, clinic

ADDRESS = "/m/preferences"
_ON_OFF = {"on": True, "off": False}


async def show(request: Request) -> Response:
    """`GET /m/preferences`: what holds now, and the form to change it."""
    visitor = await session.must_visit(request)
    if visitor.viewer is None:
        return RedirectResponse("/m/check", 303)
    _must_be_the_patient(visitor.viewer)
    about = await clinic.of(visitor.viewer.patient)
    now = await chosen.of(visitor.viewer.patient)
    saved = "saved" in request.query_params
    return pages.show("preferences.html", about, csrf=visitor.csrf, now=now, saved=saved)


async def save(request: Request) -> Response:
    """`POST /m/preferences`: take what was chosen; what is not in the form stays as it is."""
    visitor, viewer = await session.must_read(request)
    _must_be_the_patient(viewer)
    fields = await reading.form(request)
    session.must_act(request, visitor.token, fields)
    await portal_sessions.touch(visitor.session.id)
    about = await clinic.of(viewer.patient)
    wording = words.say(words.spoken(about.language), "prefs.agree")
    await preferences.change(_choices(fields), wording=wording, by=viewer)
    return RedirectResponse(f"{ADDRESS}?saved", 303)


def _must_be_the_patient(viewer: access.PortalPatient) -> None:
    """How the clinic writes to a patient is the patient's to choose, and no proxy's.

    :raises Refusal: `unknown`
    """
    if viewer.proxy:
        raise errors.unknown()


def _choices(fields: Mapping[str, str]) -> preferences.Choices:
    prefers = fields.get("prefers")
    return preferences.Choices(
        texts=_ON_OFF.get(fields.get("texts", "")),
        mails=_ON_OFF.get(fields.get("mails", "")),
        prefers=preferences.Prefers(prefers) if prefers in ("sms", "email") else None,
        # A box that is not ticked is not in the form; only pages with mails have the box.
        agrees=fields.get("agree") == "1" if "mails" in fields else None,
    )
