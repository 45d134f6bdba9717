"""The operators' door: who comes in, what they see (no patient, no word), what they do, and that the clinic sees it."""

import json
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import httpx2
import pytest

from server import app as roof
from server import models
from server.domain import guesses, messages, notes, number_orders, operators, plans
from server.models import Plan, Via
from tests import quick_passwords, world
from tests.server.domain.admins import admin
from tests.web.browser import Browser
from tests.web.operators import COOKIE, EMAIL, PASSWORD, Desk, olive

pytestmark = pytest.mark.anyio
PRIVATE = ["Ines", "Calderon", "+13125550142", "3125550142", "ines@example.com", "1985", "M-1001", "Omar", "Haddad"]
SAID = ["heliotrope biopsy", "vermilion awning", "chartreuse remark"]


class Shop:
    """A seller with two numbers."""

    async def search(self, area_code: str, *, at_most: int) -> object:
        found = [type("Offer", (), {"number": f"+1{area_code}555010{n}", "monthly": "0.90"})() for n in (7, 8)]
        return type("Found", (), {"offers": found, "trouble": None})()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(guesses, "SLOWER", 0)
    quick_passwords.use(monkeypatch)
    yield
    number_orders.use_seller(None)


@pytest.fixture
async def desk(app: roof.Application, cast: world.World) -> AsyncIterator[Desk]:
    async with Desk(app, await olive()) as browser:
        await browser.sign_in()
        yield browser


def paths(cast: world.World) -> list[tuple[str, str]]:
    clinic = cast.mercy.organization.id
    acts = ("plan", "order", "port", "registration", "attach", "endpoint", "nothing")
    return [("GET", f"/operator/clinics/{clinic}"), *(("POST", f"/operator/clinics/{clinic}/{act}") for act in acts)]


async def ask(browser: Browser, method: str, path: str) -> httpx2.Response:
    fields = {"plan": "suspended", "csrf": browser.csrf}
    return await (browser.page(path) if method == "GET" else browser.form(path, **fields))


async def test_staff_find_nothing_behind_it_and_operators_nothing_behind_theirs(
    app: roof.Application, desk: Desk, dana: Browser, stranger: Browser, cast: world.World
) -> None:
    async with Browser(app) as ana:
        await ana.enter(await admin(cast.dana))
        for browser in (dana, ana, stranger):
            for method, path in paths(cast):
                answer = await ask(browser, method, path)
                made_up = await ask(browser, method, path.replace(str(cast.mercy.organization.id), str(uuid4())))
                assert (answer.status_code, answer.text) == (404, made_up.text)
            assert (await browser.page("/operator")).headers["location"] == "/operator/sign-in"
        # The token of one door is nobody's at the other.
        desk.hold(str(desk.http.cookies[COOKIE]))
        assert (await desk.get("/me")).status_code == 401
        assert (await desk.page("/inbox")).headers["location"] == "/sign-in"
        dana.http.cookies.set(COOKIE, dana.token, domain="localhost.local")
        assert (await dana.page(paths(cast)[0][1])).status_code == 404
    assert (await models.Organization.get(id=cast.mercy.organization.id)).plan is Plan.PAID
    assert (await desk.page("/~2/operator")).status_code == 404


async def test_staffs_passwords_open_nothing_here_nor_half_a_sign_in(
    app: roof.Application, cast: world.World, desk: Desk
) -> None:
    async with Desk(app, desk.olive) as other:
        wrong = await other.form("/operator/sign-in", email=EMAIL, password="never the right ocelot")
        unknown = await other.form("/operator/sign-in", email="dana@mercy.example", password=PASSWORD)
        assert (wrong.status_code, unknown.status_code) == (422, 422)
        assert wrong.text.replace(EMAIL, "") == unknown.text.replace("dana@mercy.example", "")
        await other.form("/operator/sign-in", email=EMAIL, password=PASSWORD)
        assert (await other.page(paths(cast)[0][1])).status_code == 404
        # The code that opened her session opens no other one.
        again = await other.form("/operator/sign-in/code", code=desk.olive.code(), csrf=other.ours)
        assert again.status_code == 422

    await operators.leave(EMAIL)
    assert (await desk.page(paths(cast)[0][1])).status_code == 404
    assert (await desk.form("/operator/sign-in", email=EMAIL, password=PASSWORD)).status_code == 422


async def test_no_page_holds_a_word_of_a_patients(desk: Desk, cast: world.World) -> None:
    front = cast.ines_thread.id
    await messages.post(front, key="a", via=Via.SECURE_SMS, body=f"The {SAID[0]} was benign", by=cast.dana)
    await messages.post(front, key="b", via=Via.SECURE_EMAIL, body=f"Behind the {SAID[1]}", by=cast.dana)
    await notes.write(front, key="n", body=f"A {SAID[2]}", by=cast.dana)
    await models.Delivery.filter(message__body_sealed__not_isnull=True).update(state="failed", reason="absent")

    shown = [await desk.page("/operator"), await desk.page(f"/operator/clinics/{cast.mercy.organization.id}")]

    for page in shown:
        assert page.status_code == 200
        assert "Mercy Family Clinic" in page.text
        assert [word for word in (*PRIVATE, *SAID) if word.casefold() in page.text.casefold()] == []
    assert '<b class="bad">2 failed</b>' in shown[0].text
    assert "2: the phone is off or out of reach" in shown[1].text


async def test_what_is_done_for_a_clinic_is_done_once_and_the_clinic_sees_it(
    app: roof.Application, desk: Desk, cast: world.World
) -> None:
    mercy, clinic = cast.mercy, cast.mercy.organization.id
    ana = await admin(cast.dana)
    await plans.end(clinic)
    await models.PhoneNumber.filter(organization_id=clinic).delete()
    await plans.ask(Plan.TRIAL, by=ana, body="We open in May", area_code="312")
    number_orders.use_seller(Shop())  # type: ignore[arg-type]

    asked = await desk.page(f"/operator/clinics/{clinic}?area=312")
    assert all(words in asked.text for words in ("We open in May", "(312) 555-0107", "Start the 7-day trial"))
    early = await desk.do(clinic, "order", number="+13125550107", team=str(mercy.teams["Front desk"].id))
    assert (early.status_code, "A number comes with a trial" in early.text) == (403, True)
    for _ in range(2):
        assert (await desk.do(clinic, "plan", plan="trial")).status_code == 303
        order = await desk.do(clinic, "order", number="+13125550107", team=str(mercy.teams["Front desk"].id))
        assert order.status_code == 303
    theirs = await desk.do(clinic, "order", number="+13125550108", team=str(cast.lakeside.teams["Front desk"].id))
    forged = await desk.form(f"/operator/clinics/{clinic}/plan", plan="suspended", csrf="x")

    assert (theirs.status_code, forged.status_code) == (404, 403)
    assert await models.PlanChange.filter(organization_id=clinic, plan=Plan.TRIAL).count() == 1
    assert await models.NumberOrder.filter(organization_id=clinic).count() == 1
    async with Browser(app) as browser:
        await browser.enter(ana)
        lines = (await browser.get("/audit")).json()["lines"]
    by_us = {line["did"] for line in lines if line["who"]["name"] == "BloomText operator"}
    assert by_us >= {"organization:looked_at", "plan:changed", "phone_number:ordered"}, json.dumps(lines)[:2000]
    assert sum(line["did"] == "organization:looked_at" for line in lines) == 1


async def test_another_clinics_number_and_order_are_not_there(desk: Desk, cast: world.World) -> None:
    clinic = cast.mercy.organization.id
    assert (await desk.do(clinic, "endpoint", number="+13125550110", to="handset")).status_code == 404
    assert (await desk.do(clinic, "endpoint", number="+13125550100", to="handset")).status_code == 303
    assert (await desk.do(clinic, "registration", of="campaign", state="approved")).status_code == 409
    assert (await desk.do(clinic, "registration", of="brand", state="approved")).status_code == 303
    assert (await desk.do(clinic, "port", order=str(uuid4()), state="done")).status_code == 404
