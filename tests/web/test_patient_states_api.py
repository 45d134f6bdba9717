"""Patients who are put away, and who have died, over HTTP: by whom, how often, and what stops at once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from server import app as roof
from server import clock, models
from server.domain import later
from server.models import LaterState, State, Via
from tests import world
from tests.server.domain.sending.posting import post
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio
STATES = [("POST", "archive"), ("POST", "restore"), ("POST", "deceased"), ("DELETE", "deceased")]


@pytest.fixture
async def robin(app: roof.Application, cast: world.World) -> AsyncIterator[Browser]:
    """Of another team of the same clinic."""
    async with Browser(app) as browser:
        yield await browser.enter(cast.robin)


class TestMembers:
    async def test_put_away_and_bring_back_as_often_as_they_ask(self, dana: Browser, cast: world.World) -> None:
        for what, is_away in (("archive", True), ("archive", True), ("restore", False), ("restore", False)):
            answer = await dana.post(f"/patients/{cast.ines.id}/{what}", {})
            assert (answer.status_code, answer.json()["archived_at"] is not None) == (200, is_away), what

        for did in ("patient:archived", "patient:restored"):
            assert await models.AuditEntry.filter(did=did, patient_id=cast.ines.id).count() == 1, did
        assert answer.json()["rev"] == cast.ines.rev + 2

    async def test_say_that_somebody_died_and_what_waits_stops_at_once(self, dana: Browser, cast: world.World) -> None:
        posted, at = await post(cast), clock.now() + timedelta(hours=2)
        kept, _ = await later.write_later(
            cast.ines_thread.id, key="l", via=Via.SECURE_SMS, body="See you", at=at, by=cast.dana
        )

        answers = [await dana.post(f"/patients/{cast.ines.id}/deceased", {}) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json()["deceased_at"] == answers[1].json()["deceased_at"] is not None
        row = await posted.row()
        assert (row.state, row.reason) == (State.FAILED, "deceased")
        assert (await models.Later.get(id=kept)).state is LaterState.CANCELLED
        assert await models.AuditEntry.filter(did="patient:deceased").count() == 1
        again = {"key": "n", "via": "secure_sms", "body": "See you", "at": at.isoformat()}
        refused = await dana.post(f"/conversations/{cast.ines_thread.id}/later", again)
        assert (refused.status_code, refused.json()["why"]) == (409, "deceased")

    async def test_take_it_back_and_nothing_begins_again(self, dana: Browser, cast: world.World) -> None:
        posted = await post(cast)
        await dana.post(f"/patients/{cast.ines.id}/deceased", {})

        answers = [await dana.act("DELETE", f"/patients/{cast.ines.id}/deceased") for _ in range(2)]

        assert [(answer.status_code, answer.json()["deceased_at"]) for answer in answers] == [(200, None)] * 2
        assert (await posted.row()).state is State.FAILED
        assert await models.AuditEntry.filter(did="patient:not_deceased").count() == 1

    async def test_give_nothing_with_it(self, dana: Browser, cast: world.World) -> None:
        """Each says what is so from now on, whatever the entry was: there is no revision to be stale."""
        for what in ("archive", "restore", "deceased"):
            answer = await dana.post(f"/patients/{cast.ines.id}/{what}", {"rev": 1})
            assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape"), what

        patient = await models.Patient.get(id=cast.ines.id)
        assert (patient.archived_at, patient.deceased_at, patient.rev) == (None, None, cast.ines.rev)


class TestOthers:
    async def test_of_the_clinic_may_too_and_learn_nothing_of_the_conversations(
        self, robin: Browser, cast: world.World
    ) -> None:
        posted = await post(cast)

        for method, what in STATES:
            answer = await robin.act(method, f"/patients/{cast.ines.id}/{what}", None if method == "DELETE" else {})
            assert (answer.status_code, answer.json()["conversations"]) == (200, []), what

        assert (await posted.row()).state is State.FAILED

    @pytest.mark.parametrize(("method", "what"), STATES)
    async def test_of_another_clinic_find_nobody(
        self, alex: Browser, stranger: Browser, cast: world.World, method: str, what: str
    ) -> None:
        posted = await post(cast)
        before = await models.Patient.get(id=cast.ines.id)

        answers = [
            await browser.act(method, f"/patients/{cast.ines.id}/{what}", None if method == "DELETE" else {})
            for browser in (alex, stranger)
        ]

        assert [answer.status_code for answer in answers] == [404, 401]
        after = await models.Patient.get(id=cast.ines.id)
        assert (after.rev, after.archived_at, after.deceased_at) == (before.rev, None, None)
        assert (await posted.row()).state is State.WAITING
