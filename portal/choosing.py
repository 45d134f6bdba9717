"""How the clinic writes to a patient, chosen by the patient. A plain form; it needs no script.

The form carries what it showed. Only what the patient made different from that is chosen, so a page that lay open while
something newer happened (a STOP by text, another tab, a word with the clinic) takes nothing of it back.
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import pages, session, times, tongues, words
from portal.session import Visitor
from server import access, clock, errors
from server.domain import portal_sessions, preferences
from server.domain.preferences import CLINICS, Choices, Prefers, Quiet
from server.doors import problem, reading
from server.errors import Refusal
from server.models import ConsentTo
from server.queries import chosen, clinic
from server.queries.chosen import Chosen

ADDRESS = "/m/preferences"
LANGUAGES = (("en", "English"), ("es", "Español"), ("ar", "العربية"))
"""Each in its own words, so that whoever needs it finds it."""
WRONG = {"no_such_hours": "prefs.quiet.same"}
_ON_OFF = {"on": True, "off": False}
_TICKS = ("agree", "plain", "reminders", "news")


async def show(request: Request) -> Response:
    """`GET /m/preferences`: what holds now, and the form to change it."""
    visitor = await session.must_visit(request)
    if visitor.viewer is None:
        return RedirectResponse("/m/check", 303)
    _must_be_the_patient(visitor.viewer)
    return await _page(visitor, visitor.viewer, saved="saved" in request.query_params)


async def save(request: Request) -> Response:
    """`POST /m/preferences`: take what was chosen; what is not in the form stays as it is."""
    visitor, viewer = await session.must_read(request)
    _must_be_the_patient(viewer)
    fields = await reading.form(request)
    session.must_act(request, visitor.token, fields)
    await portal_sessions.touch(visitor.session.id)
    shown = _shown(fields)
    try:
        await preferences.change(_choices(fields, shown), wordings=_wordings(shown["page"]), by=viewer)
    except Refusal as refusal:
        if refusal.code not in WRONG:
            raise
        status = problem.STATUS[refusal.kind]
        return await _page(visitor, viewer, status=status, wrong=WRONG[refusal.code], typed=fields)
    response = RedirectResponse(f"{ADDRESS}?saved", 303)
    language = fields.get("language")
    # What this phone was told before would hide what the patient has just chosen for every phone.
    is_new = language in words.LANGUAGES and language != shown.get("language")
    return tongues.keep(request, response, language) if language and is_new else response


async def _page(
    visitor: Visitor,
    viewer: access.PortalPatient,
    *,
    saved: bool = False,
    status: int = 200,
    wrong: str | None = None,
    typed: Mapping[str, str] = {},
) -> Response:
    about = await clinic.of(viewer.patient)
    now = await chosen.of(viewer.patient)
    language = words.spoken(about.language)
    was = _state(now)
    return pages.inside(
        "preferences.html",
        about,
        status=status,
        csrf=visitor.csrf,
        now=now,
        was=" ".join(f"{key}={value}" for key, value in {**was, "page": language}.items()),
        value=_typed(typed, was) if typed else was,
        languages=LANGUAGES,
        hours=[(hour, times.hour(hour, language)) for hour in range(24)],
        quiet=_hours(typed) or now.quiet,
        clinics=_span(now.clinic_quiet, language),
        clock=times.clock_time(clock.now(), now.zone, language),
        saved=saved,
        wrong=wrong,
    )


def _must_be_the_patient(viewer: access.PortalPatient) -> None:
    """How the clinic writes to a patient is the patient's to choose, and no proxy's.

    :raises Refusal: `unknown`
    """
    if viewer.proxy:
        raise errors.unknown()


def _state(now: Chosen) -> dict[str, str]:
    """What holds now, as the form's fields say it; only of what the form shows."""
    found = {"language": now.language, "quiet": "{}-{}".format(*now.quiet) if now.own_quiet else "clinic"}
    if now.has_phone:
        found |= {"texts": "on" if now.texts else "off", "plain": str(int(now.plain))}
    if now.has_mail:
        found |= {"mails": "on" if now.mails else "off", "agree": str(int(now.agrees))}
    if now.has_phone and now.has_mail:
        found["prefers"] = "email" if now.prefers == Prefers.EMAIL else "sms"
    return found | {"reminders": str(int(now.reminders)), "news": str(int(now.news))}


def _shown(fields: Mapping[str, str]) -> dict[str, str]:
    """What the form showed when it was made.

    :raises Refusal: `wrong_shape` where it does not say
    """
    found = dict(pair.split("=", 1) for pair in fields.get("was", "").split() if "=" in pair)
    if found.get("page") not in words.LANGUAGES:
        raise reading.wrong_shape("$.was")
    return found


def _typed(fields: Mapping[str, str], was: Mapping[str, str]) -> dict[str, str]:
    """The same of what came back. A box that is not ticked is not in the form."""
    ticks = {key: "1" if fields.get(key) == "1" else "0" for key in _TICKS if key in was}
    others = {key: fields[key] for key in ("language", "texts", "mails", "prefers") if key in fields}
    if fields.get("quiet") == "clinic":
        others["quiet"] = "clinic"
    elif hours := _hours(fields):
        others["quiet"] = "{}-{}".format(*hours)
    return {**was, **ticks, **others}


def _span(hours: tuple[int, int], language: str) -> str:
    """Quiet hours in words; equal ones are none."""
    if hours[0] == hours[1]:
        return words.say(language, "prefs.quiet.none")
    return " – ".join(times.hour(hour, language) for hour in hours)


def _hours(fields: Mapping[str, str]) -> tuple[int, int] | None:
    typed = [fields.get(name, "") for name in ("quiet_from", "quiet_until")]
    if not all(each.isascii() and each.isdecimal() and len(each) <= 2 for each in typed):
        return None
    return int(typed[0]), int(typed[1])


def _choices(fields: Mapping[str, str], shown: Mapping[str, str]) -> Choices:
    made = {key: value for key, value in _typed(fields, shown).items() if value != shown.get(key)}
    prefers = made.get("prefers")
    ticked = {key: made[key] == "1" if key in made else None for key in _TICKS}
    return Choices(
        texts=_ON_OFF.get(made.get("texts", "")),
        mails=_ON_OFF.get(made.get("mails", "")),
        prefers=Prefers(prefers) if prefers in ("sms", "email") else None,
        agrees=ticked["agree"],
        plain=ticked["plain"],
        language=made.get("language"),
        quiet=_quiet(made.get("quiet"), _hours(fields)),
        reminders=ticked["reminders"],
        news=ticked["news"],
    )


def _quiet(chosen: str | None, hours: tuple[int, int] | None) -> Quiet | None:
    if chosen == "clinic":
        return CLINICS
    return Quiet(*hours) if chosen and hours else None


def _wordings(language: str) -> dict[ConsentTo, str]:
    """What stands beside the boxes of the consents, word for word, in the language of the page they were on."""
    plain = (words.say(language, "prefs.plain.warn"), words.say(language, "prefs.plain"))
    return {ConsentTo.EMAIL: words.say(language, "prefs.agree"), ConsentTo.PLAIN_SMS: " ".join(plain)}
