"""From a link to the messages: press, one question, in. GET changes nothing here, for any opener (B25)."""

import re
from collections.abc import Mapping

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import dates, pages, session, times, tongues, words
from portal.session import Visitor
from server import access, clock, keys
from server.domain import identity, portal_links, portal_sessions, receipts
from server.domain.identity import Question
from server.doors import acting, cookies, problem, reading
from server.errors import Kind, Refusal
from server.queries import clinic, thread

log = structlog.get_logger()

SECRET = 22
NONE = "-"
"""What a phone holds whose link had no letter of ours in it."""
WRONG = {"no_match": "check.nomatch", "not_a_date": "check.nodate", "wrong_question": "code.offer"}
CODE_WRONG = {
    "no_match": "code.nomatch",
    "too_many": "code.toomany",
    "not_now": "code.cannot",
    "wrong_question": "check.why",
}


async def arrive(request: Request) -> Response:
    """`GET /m/{secret}`: the secret leaves the address bar and waits ten minutes in a cookie. Nothing is looked up.

    That a living link was asked for goes on record after the answer, which is the same for every secret.
    What texts and mails add to a link (a full stop, a line break, a soft hyphen) falls off.
    """
    secret = re.sub(r"[^A-Za-z0-9_-]", "", request.path_params["secret"])[:SECRET]
    response = _go("/m/")
    cookies.put(request, response, session.LINK, secret or NONE, seconds=session.LINK_SECONDS)
    response.background = BackgroundTask(_note_fetch, secret)
    return response


async def _note_fetch(secret: str) -> None:
    """The answer is on its way: that nothing can be noted just now is no trouble of whoever asked."""
    try:
        await portal_links.note_fetch(secret)
    except Exception as failure:
        log.warning("fetch.not_noted", error=type(failure).__name__)


async def door(request: Request) -> Response:
    """`GET /m/`: one neutral button, or the one page of links that do not open."""
    visitor = await session.visitor(request)
    secret = cookies.get(request, session.LINK)
    if secret is None:
        return _go(_inside(await session.must_visit(request)))
    link = await portal_links.by_secret(secret)
    if link is None:
        return pages.ended(keys.csrf_token(pages.ANYBODY))
    if visitor and visitor.session.link_id == link.id:
        return _go(_inside(visitor))
    return pages.show("press.html", await clinic.of(link.patient_id), csrf=keys.csrf_token(secret))


def _inside(visitor: Visitor) -> str:
    return "/m/thread" if visitor.viewer else "/m/check"


async def press(request: Request) -> Response:
    """`POST /m/open`: a person pressed the button."""
    secret = session.link(request)
    fields = await reading.form(request)
    session.must_act(request, secret, fields)
    try:
        pressed = await portal_sessions.press(
            secret, devices=session.devices(request), scripted=fields.get("script") == "1"
        )
    except Refusal as refusal:
        if refusal.kind is not Kind.GONE:
            raise
        return pages.ended(keys.csrf_token(pages.ANYBODY))
    response = _go("/m/thread" if pressed.is_open else "/m/check")
    session.keep(request, response, pressed.token, pressed.devices)
    return response


async def question(request: Request) -> Response:
    """`GET /m/check`: the one question."""
    visitor = await session.must_visit(request)
    return _go("/m/thread") if visitor.viewer else await _ask(visitor)


async def _ask(
    visitor: Visitor, *, status: int = 200, wrong: str | None = None, typed: Mapping[str, str] = {}
) -> Response:
    asked = await identity.question(visitor.session, visitor.devices)
    return pages.check(
        await clinic.of(visitor.session.patient_id),
        status=status,
        asked=asked,
        csrf=visitor.csrf,
        wrong=wrong,
        typed={name: typed.get(name, "") for name in ("month", "day", "year")},
        own=await identity.may_remember(visitor.session),
        has_code=asked is Question.CODE and await identity.has_code(visitor.session),
    )


async def answer(request: Request) -> Response:
    """`POST /m/check`: the answer to it."""
    visitor, fields = await _act(request)
    if visitor.viewer:
        return _go("/m/thread")
    if language := tongues.asked(fields):
        return tongues.keep(request, await _ask(visitor, typed=fields), language)
    asked = await identity.question(visitor.session, visitor.devices)
    try:
        confirmed = await _confirm(visitor, asked, fields)
    except Refusal as refusal:
        return await _again(visitor, asked, refusal, fields)
    if viewer := await access.portal_patient(confirmed.token):
        await receipts.mark_shown(thread.PAGE, by=viewer)
    response = _go("/m/thread")
    session.keep(request, response, confirmed.token, confirmed.devices)
    return response


async def _act(request: Request) -> tuple[Visitor, Mapping[str, str]]:
    """A form of a session, from our own page; an act of the person."""
    visitor = await session.must_visit(request)
    fields = await reading.form(request)
    session.must_act(request, visitor.token, fields)
    await portal_sessions.touch(visitor.session.id)
    if fields.get("script") == "1" and not visitor.session.scripted:
        await portal_sessions.mark_scripted(visitor.session.id)
    return visitor, fields


async def _confirm(visitor: Visitor, asked: Question, fields: Mapping[str, str]) -> identity.Confirmed:
    own_phone = fields.get("own_phone") == "1"
    if asked is Question.NOTHING:
        return await identity.confirm(visitor.session, devices=visitor.devices, own_phone=own_phone)
    if asked is Question.CODE:
        typed = fields.get("code", "")
        return await identity.check_code(visitor.session, typed, devices=visitor.devices, own_phone=own_phone)
    meant = dates.from_form(fields, today=clock.now().date())
    if not meant:
        # What cannot be a date is no guess, so it costs no try.
        raise Refusal(Kind.INVALID, "not_a_date", "We could not read that date.")
    return await identity.check_birth_date(visitor.session, meant, devices=visitor.devices, own_phone=own_phone)


async def _again(visitor: Visitor, asked: Question, refusal: Refusal, fields: Mapping[str, str]) -> Response:
    """The same page once more with what was typed, or the page of a pause."""
    if refusal.kind is Kind.SIGNED_OUT:
        raise refusal
    if refusal.kind is Kind.TOO_MANY:
        return await _paused(visitor, refusal)
    wrong = (CODE_WRONG if asked is Question.CODE else WRONG)[refusal.code]
    return await _ask(visitor, status=problem.STATUS[refusal.kind], wrong=wrong, typed=fields)


async def _paused(visitor: Visitor, refusal: Refusal) -> Response:
    seconds = refusal.retry_after or 60
    about = await clinic.of(visitor.session.patient_id)
    until = times.until(seconds, about.zone, words.spoken(about.language))
    response = pages.show("paused.html", about, status=429, until=until)
    response.headers["Retry-After"] = str(seconds)
    return response


async def send_code(request: Request) -> Response:
    """`POST /m/code`: a code to the contact on file."""
    visitor, _ = await _act(request)
    if visitor.viewer:
        return _go("/m/thread")
    try:
        await identity.send_code(visitor.session, devices=visitor.devices)
    except Refusal as refusal:
        if refusal.kind is Kind.SIGNED_OUT:
            raise
        return await _ask(visitor, status=problem.STATUS[refusal.kind], wrong=CODE_WRONG[refusal.code])
    return _go("/m/check")


async def not_me(request: Request) -> Response:
    """`POST /m/not-me`: asked once, then the link ends."""
    visitor, fields = await _act(request)
    about = await clinic.of(visitor.session.patient_id)
    if fields.get("sure") != "1":
        return pages.show("not_me.html", about, csrf=visitor.csrf, is_sure=False)
    await portal_sessions.not_me(visitor.session)
    response = pages.show("not_me.html", about, csrf="", is_sure=True)
    session.leave(request, response)
    return response


async def sign_out(request: Request) -> Response:
    """`POST /m/sign-out`: this phone is asked again next time."""
    visitor, _ = await _act(request)
    await portal_sessions.sign_out(visitor.session, devices=visitor.devices)
    response = pages.said("signedout.title", "signedout.how")
    session.leave(request, response)
    return response


async def new_link(request: Request) -> Response:
    """`POST /m/new-link`: always the same answer, sent before anything is looked up."""
    fields = await reading.form(request)
    acting.must_carry(fields.get(acting.CSRF_FIELD), pages.ANYBODY)
    response = pages.said("fresh.title", "fresh.sent")
    if secret := cookies.get(request, session.LINK):
        response.background = BackgroundTask(portal_sessions.new_link, secret)
    return response


def _go(address: str) -> Response:
    return RedirectResponse(address, 303)
