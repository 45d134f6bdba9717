"""All conversations of a patient on one page: with whom, when, and what is new. No words of any."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import drawing, pages, session, words
from server.domain import portal_sessions
from server.queries import clinic, home


async def show(request: Request) -> Response:
    """`GET /m/home`: one press goes to one conversation. Where there is only one, its page says it all."""
    visitor = await session.must_visit(request)
    if visitor.viewer is None:
        return RedirectResponse("/m/check", 303)
    if not await home.is_needed(visitor.viewer):
        return RedirectResponse("/m/thread", 303)
    await portal_sessions.note_reading(visitor.viewer)
    about = await clinic.of(visitor.viewer.patient)
    language = words.spoken(about.language)
    found = await home.conversations(visitor.viewer)
    cards = [drawing.home_card(each, about.zone, language) for each in found]
    patient = await home.patient_of(visitor.viewer)
    return pages.inside("home.html", about, csrf=visitor.csrf, cards=cards, patient=patient)
