"""Whoever has no right to a record learns nothing of it: not even that it is there (B01, B04).

The list of routes is the registry's, so a new route is asked too, or this law fails for want of an example.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from server import models
from server.domain import sensitive
from server.doors.api import Operation
from tests import world
from tests.laws.requests import BODIES, FOR_ADMINS, IMPORTS, RAW, REPLY, asked, unused_team
from tests.server.domain import casting, test_inbound
from tests.server.domain.admins import admin
from tests.web.browser import Browser
from web.api.registry import api
from web.fhir.door import KINDS
from web.programs.registry import api as programs
from web.routes import routes

pytestmark = pytest.mark.anyio

NAMED_ELSEWHERE = {
    "open_conversation",
    "act_on_several",
    "show_shift",
    "show_inbox",
    "show_facts",
    "show_strays",
    "mark_strays_seen",
    "create_reply",
    "find_words",
    "begin_broadcast",
    "list_broadcasts",
    "read_audit",
    "set_alert_rule",
    "write_on_handset",
    "show_report",
    "export_report",
}
"""Operations that name records in the body or the query; each has a test of its own below, that of the audit
in `tests/web/test_audit_api.py`, that of alerts in `tests/server/domain/test_alerts.py`, that of the handset in
`tests/server/worker/test_handsets.py`, that of the reports in `tests/web/test_reports_api.py`."""
WITHOUT_RECORDS = """
    begin_session prove_again complete_session stay_signed_in show_session lock_session unlock_session end_session
    show_me show_sending switch_on_notices resume_notices switch_off_notices list_teams list_numbers list_coworkers
    show_directory list_mentions create_tag list_groups create_group save_view list_replies find_patients add_patient
    list_duplicates list_imports begin_import set_review_age set_claim_length set_undo_time set_private_words
    show_plan wish_for_plan set_broadcast_alone set_broadcast_most export_directory list_people make_team
    invite_person list_sessions end_other_sessions show_account renew_recovery_codes begin_authenticator
    confirm_authenticator change_password begin_passkey add_passkey ask_proof ask_passkey begin_session_with_passkey
    show_numbers search_numbers order_number bring_number finish_start export_audit show_board list_keys make_key
    show_letters write_letter see_letters list_hooks make_hook list_alert_rules list_alerts list_glass list_own_glass
    show_handset list_alarms list_incidents list_unopened show_sign_on set_sign_on turn_sign_on test_sign_on
    list_others switch_session list_unusual list_holds hold_clinic show_retention set_retention list_gone
"""

GROUPS = ("rename_group", "delete_group", "restore_group")
MERGES = ("merge_patient", "undo_merge", "tell_apart")
FOR_MANAGERS = {
    "change_hours",
    "say_on_call",
    "change_rota",
    "label_number",
    "remove_alert_rule",
    "acknowledge_alert",
    "retire_tag",
    "change_reply",
    "retire_reply",
    *GROUPS,
    *MERGES,
}
"""Acts on a record that its own team may not do either."""
CLINICS = {
    *("patient", "tag", "reply", "run", "group", "merge", "user", "number", "invite", "key", "hook"),
    *("alert_rule", "alert", "alarm", "incident", "hold"),
}
"""Records of the whole clinic: another team of it may know of them."""

ON_RECORDS = [each for each in api.operations if each.ids]


def name(operation: Operation) -> str:
    return operation.handler.__name__


async def ask(browser: Browser, operation: Operation, ids: Mapping[str, object]) -> httpx2.Response:
    if name(operation) == "delete_team" and isinstance(ids["team"], UUID):
        # Theirs is in use, and stays whoever asks.
        ids = {**ids, "team": await unused_team(ids["team"])}
    path = operation.path.format(**ids)
    if name(operation) in IMPORTS:
        await models.ImportRun.all().update(**IMPORTS[name(operation)])
    await casting.make_ready(name(operation))
    if name(operation) in RAW:
        content, media_type = RAW[name(operation)]
        if operation.method == "PUT":
            return await browser.put(f"{path}?at=0", content)
        return await browser.raw(path, content, Content_Type=media_type)
    if name(operation) == "move_message":
        # Only what the patient's side has written may be somebody else's.
        await _by_the_patient()
    path, body = await asked(name(operation), path, ids)
    return await browser.act(operation.method, path, body)


async def _by_the_patient() -> None:
    for message in await models.Message.filter(user_id__not_isnull=True).select_related("conversation"):
        message.user_id, message.patient_id = None, message.conversation.patient_id
        message.via = models.Via.SMS
        await message.save()


def unheard_of(theirs: Mapping[str, object]) -> dict[str, object]:
    """The same names with ids that nobody has; the page of nothing is page 1 too."""
    return {each: 1 if each == "page" else uuid4() for each in theirs}


def told(response: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    return response.status_code, response.content, response.headers.multi_items()


async def test_no_route_is_forgotten() -> None:
    assert {name(each) for each in api.operations} == {
        *map(name, ON_RECORDS),
        *NAMED_ELSEWHERE,
        *WITHOUT_RECORDS.split(),
    }
    served = {route.path for route in routes() if hasattr(route, "path") and "{" in route.path}
    known = {"/api/v1" + each.path.replace("{page}", "{page:int}") for each in ON_RECORDS}
    # Programs are strangers of another kind (`tests/web/test_programs.py`).
    known |= {"/api/programs/v1" + each.path for each in programs.operations if each.ids}
    known |= {f"/fhir/R4/{each.name}/{{id}}" for each in KINDS}
    known = {re.sub(r"\{(\w+)\}", r"{\1:uuid}", path) for path in known}
    # The screens are one page for everybody, whatever the address says.
    screens = {"/inbox/{team}", "/inbox/{team}/{conversation}", "/directory/{patient}"}
    # An invitation is a secret, and no record's id (`tests/web/test_people_api.py`).
    # The operators' door is shut for everybody at these (`tests/web/test_operator.py`).
    screens |= {"/operator/clinics/{clinic}", "/operator/clinics/{clinic}/{act}"}
    screens |= {"/join/{secret}", "/reset/{secret}", "/sign-in/single/{clinic}"}
    assert served - known == screens | {"/static/plain/{name}"}


@pytest.mark.parametrize("operation", ON_RECORDS, ids=name)
async def test_another_clinic_gets_the_answer_for_nothing(
    browser: Browser, cast: world.World, theirs: dict[str, Any], operation: Operation
) -> None:
    if name(operation) in FOR_MANAGERS or "run" in operation.ids:
        await browser.enter(cast.val)
    if name(operation) in FOR_ADMINS:
        await browser.enter(await admin(cast.val))
    mine = await ask(browser, operation, theirs)
    # There as much as here: a member would be told that it takes an admin.
    await browser.enter(await admin(cast.alex) if name(operation) in FOR_ADMINS else cast.alex)

    real = await ask(browser, operation, theirs)
    made_up = await ask(browser, operation, unheard_of(theirs))
    no_id = await ask(browser, operation, dict.fromkeys(theirs, "1"))

    assert mine.status_code < 300, mine.text
    assert real.status_code == 404
    assert told(real) == told(made_up) == told(no_id)


@pytest.mark.parametrize("operation", [each for each in ON_RECORDS if not CLINICS & {*each.ids[:1]}], ids=name)
async def test_another_team_gets_it_too(
    browser: Browser, cast: world.World, theirs: dict[str, Any], operation: Operation
) -> None:
    await browser.enter(cast.robin)

    real = await ask(browser, operation, theirs)
    made_up = await ask(browser, operation, unheard_of(theirs))

    assert real.status_code == 404
    assert told(real) == told(made_up)


OF_A_CONVERSATION = {"conversation", "message", "delivery", "later_message", "task", "file", "upload"}


@pytest.mark.parametrize("operation", [each for each in ON_RECORDS if OF_A_CONVERSATION & {*each.ids[:1]}], ids=name)
async def test_nor_does_a_colleague_from_whom_the_conversation_is_hidden(
    browser: Browser, cast: world.World, theirs: dict[str, Any], operation: Operation
) -> None:
    await sensitive.guard(cast.ines_thread.id, [cast.dana.user], by=cast.dana)
    for who in (cast.sam, cast.val):
        await browser.enter(who)

        real = await ask(browser, operation, theirs)
        made_up = await ask(browser, operation, unheard_of(theirs))

        assert real.status_code == 404
        assert told(real) == told(made_up)


async def test_nobodys_session_learns_nothing(browser: Browser, theirs: dict[str, Any]) -> None:
    browser.http.cookies.clear()

    for operation in api.operations:
        if operation.access not in ("open", "page"):
            real = await browser.act(operation.method, operation.path.format(**theirs), {})
            made_up = await browser.act(operation.method, operation.path.format(**unheard_of(theirs)), {})
            assert real.status_code == 401
            assert told(real) == told(made_up)


async def test_a_locked_session_learns_nothing_either(browser: Browser, theirs: dict[str, Any]) -> None:
    assert (await browser.post("/session/lock", {})).status_code == 204
    even_then = [each for each in api.operations if each.access not in ("session", "act")]

    for operation in api.operations:
        if operation not in even_then:
            real = await browser.act(operation.method, operation.path.format(**theirs), {})
            made_up = await browser.act(operation.method, operation.path.format(**unheard_of(theirs)), {})
            assert (real.status_code, real.json()["code"]) == (401, "locked")
            assert told(real) == told(made_up)

    preview = await browser.get(f"/conversations/{theirs['conversation']}/preview")
    assert (preview.status_code, preview.json()["code"]) == (401, "locked")
    # Whoever adds to these says why a locked screen must be able to ask it.
    assert {name(each) for each in even_then} == {
        "begin_session",
        "complete_session",
        "ask_passkey",
        "begin_session_with_passkey",
        "show_session",
        "lock_session",
        "unlock_session",
        "list_others",
        "switch_session",
        "ask_proof",
        "end_session",
    }


async def test_opening_a_conversation_with_their_patient_or_team(browser: Browser, cast: world.World) -> None:
    await browser.enter(cast.alex)
    own_team, their_team = cast.lakeside.teams["Front desk"].id, cast.mercy.teams["Front desk"].id

    answers = [
        await browser.post("/conversations", {"patient_id": str(patient), "team_id": str(team)})
        for patient, team in (
            (cast.ines.id, own_team),
            (uuid4(), own_team),
            (cast.lena.id, their_team),
            (cast.lena.id, uuid4()),
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    "act",
    [
        {"do": "assign", "to": None},
        {"do": "done", "why": "not_needed"},
        {"do": "snooze", "until": BODIES["snooze"]["until"]},
        {"do": "tag"},
        {"do": "priority", "on": True},
        {"do": "hand_over", "key": "h", "to": None, "body": "Please call her."},
    ],
    ids=lambda act: act["do"],
)
@pytest.mark.parametrize("who", ["alex", "robin"])
async def test_acting_on_their_conversation_among_several(
    browser: Browser, cast: world.World, theirs: dict[str, Any], act: dict[str, Any], who: str
) -> None:
    act = {**act, "tag": str(theirs["tag"])} if act["do"] == "tag" else act
    await browser.enter(getattr(cast, who))
    before = await models.Conversation.get(id=cast.ines_thread.id)

    real = await browser.post("/conversations/bulk", {"ids": [str(cast.ines_thread.id)], "act": act})
    made_up = await browser.post("/conversations/bulk", {"ids": [str(UUID(int=1))], "act": act})

    assert real.text.replace(str(cast.ines_thread.id), str(UUID(int=1))) == made_up.text
    assert [each["refused"]["code"] for each in real.json()["outcomes"]] == ["unknown"]
    assert (await models.Conversation.get(id=cast.ines_thread.id)).rev == before.rev


async def test_listing_their_team(browser: Browser, cast: world.World) -> None:
    await browser.enter(cast.alex)

    real = await browser.get("/inbox", team=str(cast.mercy.teams["Front desk"].id))
    made_up = await browser.get("/inbox", team=str(uuid4()))
    every = await browser.get("/inbox", team="all", view="open")

    assert real.status_code == 404
    assert told(real) == told(made_up)
    assert every.json()["rows"] == []


@pytest.mark.parametrize("owner", ["team", "patient", "user", "organization"])
async def test_catching_up_on_their_stream(browser: Browser, cast: world.World, owner: str) -> None:
    await browser.enter(cast.alex)
    stream = {
        "team": cast.mercy.teams["Front desk"].id,
        "patient": cast.ines.id,
        "user": cast.dana.user,
        "organization": cast.mercy.organization.id,
    }[owner]
    made_up = uuid4()

    real = await browser.get("/facts", stream=str(stream), epoch="x", after=0)
    nothing = await browser.get("/facts", stream=str(made_up), epoch="x", after=0)

    assert real.text.replace(str(stream), str(made_up)) == nothing.text
    assert [frame["t"] for frame in real.json()["frames"]] == ["afresh", "live"]


async def test_saving_a_reply_for_their_team(browser: Browser, cast: world.World, theirs: dict[str, Any]) -> None:
    await models.User.filter(id=cast.alex.user).update(role=models.Role.SUPERVISOR)
    await browser.enter(cast.alex)
    own = {**REPLY, "team": str(cast.lakeside.teams["Front desk"].id)}
    made = await browser.post("/replies", own)
    path = f"/replies/{made.json()['id']}"

    for said in ({**own, "shortcut": "other"}, own):
        asks = [{**said, "team": str(team)} for team in (theirs["team"], uuid4())]
        if said is own:
            real, made_up = [await browser.act("PUT", path, each) for each in asks]
        else:
            real, made_up = [await browser.post("/replies", each) for each in asks]
        assert real.status_code == 404
        assert told(real) == told(made_up)

    assert (await browser.get("/replies")).json()["replies"] == [made.json()]


async def test_asking_for_their_unknown_senders(browser: Browser, cast: world.World, theirs: dict[str, Any]) -> None:
    await browser.enter(cast.alex)

    real = await browser.get("/strays", team=str(cast.mercy.teams["Front desk"].id))
    made_up = await browser.get("/strays", team=str(uuid4()))

    assert real.status_code == 404
    assert told(real) == told(made_up)
    assert (await browser.get("/strays")).json() == {"strays": []}


async def test_seeing_their_unknown_senders(browser: Browser, cast: world.World, theirs: dict[str, Any]) -> None:
    await browser.enter(cast.alex)

    real, made_up = [await browser.post("/strays/seen", {"ids": [str(each)]}) for each in (theirs["stray"], uuid4())]

    assert (real.status_code, told(real)) == (204, told(made_up))
    assert (await models.Stray.get()).seen_at is None


async def test_giving_ones_own_stray_to_their_patient(browser: Browser, cast: world.World) -> None:
    await test_inbound.receive(test_inbound.incoming("Hello", sender="13125559999", to="13125550110"))
    stray = await models.Stray.get()
    await browser.enter(cast.alex)

    real, made_up = [
        await browser.post(f"/strays/{stray.id}/attach", {"patient_id": str(patient)})
        for patient in (cast.ines.id, uuid4())
    ]

    assert real.status_code == 404
    assert told(real) == told(made_up)


async def test_finding_their_patients(browser: Browser, cast: world.World) -> None:
    await browser.enter(cast.alex)

    for typed in ("Ines", "+13125550142", "ines@example.com", "M-1001", str(cast.ines.id)):
        assert (await browser.post("/patients/find", {"find": typed})).json() == {"patients": []}


async def test_searching_their_words(browser: Browser, cast: world.World, theirs: dict[str, Any]) -> None:
    nobody: dict[str, object] = {"patients": [], "hits": [], "next": None}
    for who in (cast.alex, cast.robin):
        await browser.enter(who)
        for typed in ("Hello", "Her daughter called", "hello daughter"):
            assert (await browser.post("/search", {"q": typed})).json() == nobody
        real, made_up = [
            await browser.post("/search", {"q": "Hello", "team": str(team)})
            for team in (cast.mercy.teams["Front desk"].id, uuid4())
        ]
        assert real.status_code == 404
        assert told(real) == told(made_up)


async def test_writing_to_their_patients(browser: Browser, cast: world.World, theirs: dict[str, Any]) -> None:
    for who in (cast.alex, cast.robin):
        await browser.enter(who)
        for team in (theirs["team"], uuid4()):
            asked = {**BODIES["change_broadcast"], "key": "k", "team": str(team)}
            asked.pop("rev")
            assert (await browser.post("/broadcasts", asked)).status_code == 404
            assert (await browser.get("/broadcasts", team=str(team))).json() == {"broadcasts": []}
        assert (await browser.get("/broadcasts")).json() == {"broadcasts": []}
