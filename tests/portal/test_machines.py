"""Mail scanners, previews and prefetchers open links by themselves: nothing may come of it (B25)."""

import pytest
from tortoise import Tortoise, connections

from server import clock, keys, models
from tests.portal import phone
from tests.portal.conftest import PRIVATE
from tests.portal.machines import MACHINES
from tests.world import World

pytestmark = pytest.mark.anyio

FETCHED = "portal_link:fetched"
"""What a GET of a living link leaves in the audit, and nowhere else: that somebody or something asked."""
ADDRESSES = ("/m/", "/m/check", "/m/thread", "/m/open", "/m/new-link", "/m/viewed", "/m/preferences")


async def everything() -> dict[str, object]:
    """Every row of every table but the audit, as text."""
    connection = connections.get("default")
    tables = [model._meta.db_table for model in Tortoise.apps["models"].values() if model is not models.AuditEntry]
    return {table: str(await connection.execute_query_dict(f'SELECT * FROM "{table}" ORDER BY 1')) for table in tables}


class TestAMachine:
    @pytest.mark.parametrize("machine", MACHINES)
    async def test_changes_nothing_and_learns_nothing(self, cast: World, mobile: phone.Phone, machine: str) -> None:
        before = await everything()
        noted = models.AuditEntry.exclude(did=FETCHED)
        entries = await noted.count()
        link = await phone.link_of(cast.ines_thread)

        for method in ("GET", "HEAD", "OPTIONS"):
            for address in (link, f"{link}?utm_source=mail", *ADDRESSES):
                answer = await mobile.client.request(method, address, headers=MACHINES[machine])
                assert PRIVATE not in answer.text
                assert "Ines" not in answer.text
                assert "bt_portal" not in answer.headers.get("set-cookie", "")

        assert await everything() == before
        assert await noted.count() == entries
        assert await models.AuditEntry.filter(did=FETCHED).count() == 1

    def test_is_of_27_kinds_at_least(self) -> None:
        assert len(MACHINES) >= 27

    async def test_that_looks_at_a_living_link_is_noted_once_and_counts_as_nothing(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        for headers in MACHINES.values():
            await mobile.client.get(await phone.link_of(cast.ines_thread), headers=headers)
            await mobile.client.get("/m/NobodyHasThisSecret123", headers=headers)

        entry = await models.AuditEntry.get(did=FETCHED)
        assert (entry.actor_kind, entry.patient_id) == ("visitor", cast.ines.id)
        assert not await models.AuditEntry.filter(did="portal_link:pressed").exists()
        link = await models.PortalLink.get(id=entry.about_id)
        assert (link.pressed_at, link.confirmed_at) == (None, None)

    async def test_that_looks_at_an_ended_link_is_not_noted(self, cast: World, mobile: phone.Phone) -> None:
        """What is done for a link must not tell whether it was there."""
        await models.PortalLink.all().update(revoked_at=clock.now())

        await mobile.client.get(await phone.link_of(cast.ines_thread))

        assert not await models.AuditEntry.filter(did=FETCHED).exists()

    async def test_gets_no_session_by_looking(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))

        assert mobile.cookie("bt_portal") is None
        assert not await models.PortalSession.all().exists()

    async def test_that_reads_a_verified_page_changes_nothing_either(self, inside: phone.Phone) -> None:
        await inside.get("/m/thread")
        before = await everything()

        for address in ("/m/", "/m/thread", "/m/check"):
            for method in ("GET", "HEAD", "OPTIONS"):
                await inside.client.request(method, address)

        assert await everything() == before

    async def test_that_presses_without_our_page_is_refused(self, cast: World, mobile: phone.Phone) -> None:
        link = await phone.link_of(cast.ines_thread)
        await mobile.client.get(link)
        right = keys.csrf_token(link.removeprefix("/m/"))

        elsewhere = await mobile.client.post("/m/open", data={"csrf": right})
        unsigned = await mobile.post("/m/open", csrf="")

        assert (elsewhere.status_code, unsigned.status_code) == (403, 403)
        assert not await models.PortalSession.all().exists()

    async def test_that_presses_as_a_browser_would_is_still_asked_the_question(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")

        await mobile.get("/m/thread")

        assert PRIVATE not in mobile.page
        assert not await models.Receipt.all().exists()
