"""The directory's list, as the screen pages through it."""

from typing import Any

import pytest

from server import access, clock, models
from server.domain import messages, patients
from server.queries import listing, names
from tests import world
from tests.web.browser import Browser
from tests.web.test_query_counts import counted

pytestmark = pytest.mark.anyio


async def shown(browser: Browser, sort: str = "recent") -> list[dict[str, Any]]:
    """The whole list, page by page."""
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        answer = await browser.get("/directory", sort=sort, **after)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert (page["total"] is None) == bool(after)
        found += page["patients"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


async def named(browser: Browser, sort: str = "recent") -> list[str]:
    return [each["name"] for each in await shown(browser, sort)]


async def add(by: access.Staff, first: str | None, last: str | None, phone: str | None = None) -> models.Patient:
    return await patients.create(patients.Details(first_name=first, last_name=last, phone=phone), by=by)


class TestRecent:
    async def test_shows_first_with_whom_my_teams_had_to_do_and_whoever_was_added(
        self, dana: Browser, cast: world.World
    ) -> None:
        await add(cast.dana, "Nora", "New")
        assert await named(dana) == ["Nora New", "Omar Haddad", "Ines Calderon"]

        await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p", body="Hello")

        assert await named(dana) == ["Ines Calderon", "Nora New", "Omar Haddad"]

    async def test_tells_nothing_of_what_happens_in_other_teams(self, dana: Browser, cast: world.World) -> None:
        await add(cast.dana, "Nora", "New")
        await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p", body="Hello")

        rows = await shown(await dana.enter(cast.robin))

        assert [(each["name"], each["last_at"]) for each in rows] == [
            ("Nora New", None),
            ("Omar Haddad", None),
            ("Ines Calderon", None),
        ]
        assert all(each["last_at"] for each in await shown(await dana.enter(cast.val)) if each["name"] != "Nora New")

    async def test_has_everybody_once_on_whichever_page(
        self, dana: Browser, cast: world.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(5):
            await add(cast.dana, f"P{number}", "Page")
        billing = cast.mercy.teams["Billing"].id
        await models.Membership.create(
            id=cast.robin.session, user_id=cast.dana.user, team_id=billing, created_at=clock.now()
        )
        await dana.post("/conversations", {"patient_id": str(cast.ines.id), "team_id": str(billing)})
        whole = await named(dana)

        for size in (1, 2, 3):
            monkeypatch.setattr(listing, "PAGE", size)
            assert await named(dana) == whole
        assert len(whole) == len(set(whole)) == 7


class TestByName:
    async def test_goes_by_last_then_first_name_without_accents_and_the_nameless_last(
        self, dana: Browser, cast: world.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await add(cast.dana, "zoe", "álvarez")
        await add(cast.dana, None, None, phone="312 555 0177")
        await add(cast.dana, "Cher", None)
        whole = ["zoe álvarez", "Ines Calderon", "Cher", "Omar Haddad", "(312) 555-0177"]
        assert await named(dana, "name") == whole

        for size in (1, 2, 3):
            monkeypatch.setattr(listing, "PAGE", size)
            assert await named(dana, "name") == whole

    async def test_follows_what_happens(self, dana: Browser, cast: world.World) -> None:
        assert await named(dana, "name") == ["Ines Calderon", "Omar Haddad"]

        await add(cast.sam, "Ada", "Byron")
        await patients.change(cast.omar.id, patients.Details(last_name="Abbas"), by=cast.sam)

        assert await named(dana, "name") == ["Omar Abbas", "Ada Byron", "Ines Calderon"]

    async def test_finds_what_no_fact_names_one_by_one(
        self, dana: Browser, cast: world.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await named(dana, "name")
        monkeypatch.setattr(names, "MOST_FACTS", 1)

        for name in ("Abel", "Baker", "Cole"):
            await add(cast.sam, "A", name)

        assert await named(dana, "name") == ["A Abel", "A Baker", "Ines Calderon", "A Cole", "Omar Haddad"]

    async def test_goes_on_where_somebody_was_who_is_gone(
        self, dana: Browser, cast: world.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listing, "PAGE", 1)
        made = await add(cast.dana, "Ada", "Byron")
        first = (await dana.get("/directory", sort="name")).json()
        known = await names.of(cast.mercy.organization.id)
        known.put(made.id, 0, None)

        following = (await dana.get("/directory", sort="name", after=first["next"])).json()

        assert [each["name"] for each in first["patients"]] == ["Ada Byron"]
        assert [each["name"] for each in following["patients"]] == ["Omar Haddad"]


async def test_a_row_says_enough_to_tell_two_apart_and_no_more(dana: Browser, cast: world.World) -> None:
    [_, ines] = await shown(dana)

    assert {name: ines[name] for name in ("name", "born", "phone_end", "has_email", "mrn", "incomplete")} == {
        "name": "Ines Calderon",
        "born": 1985,
        "phone_end": "42",
        "has_email": True,
        "mrn": "M-1001",
        "incomplete": False,
    }
    assert "5550142" not in str(ines)
    assert "ines@" not in str(ines)


@pytest.mark.parametrize("sort", ["recent", "name"])
async def test_another_clinic_sees_its_own(dana: Browser, cast: world.World, sort: str) -> None:
    page = (await dana.get("/directory", sort=sort)).json()
    assert page["total"] == 2

    await dana.enter(cast.alex)

    assert await named(dana, sort) == ["Lena Fischer"]
    [entry] = await models.AuditEntry.filter(did="patients:listed", actor_id=cast.alex.user)
    assert entry.organization_id == cast.lakeside.organization.id


@pytest.mark.parametrize("after", ["§", "e30", "x" * 201])
async def test_refuses_a_page_that_is_none(dana: Browser, after: str) -> None:
    for sort in ("recent", "name"):
        assert (await dana.get("/directory", sort=sort, after=after)).json()["code"] == "wrong_shape"


async def test_nobody_signed_out_sees_it(stranger: Browser) -> None:
    assert (await stranger.get("/directory")).status_code == 401


async def test_asks_seldom(dana: Browser, cast: world.World) -> None:
    counts = {}
    for sort in ("recent", "name"):
        for _ in range(2):
            with counted() as statements:
                await shown(dana, sort)
        counts[sort] = len(statements)

    print(counts)
    assert counts["recent"] <= 7
    assert counts["name"] <= 6
