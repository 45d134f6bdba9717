"""What staff write down of patients' wishes, and what they do about tasks."""

import pytest

from server import models
from server.models import StopSource, TaskKind
from tests import world
from tests.server.domain.test_inbound import incoming, receive
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio
SAID = "She said on the phone: no more texts"


def stop(cast: world.World, *, by: str = "text", words: str = SAID, team: str = "Front desk") -> dict[str, str]:
    return {"by": by, "team_id": str(cast.mercy.teams[team].id), "words": words}


class TestStops:
    async def test_of_texts_close_both_ways_by_text(self, dana: Browser, cast: world.World) -> None:
        answer = await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast))

        patient = answer.json()
        assert answer.status_code == 200
        assert [(each["by"], each["number"], each["source"]) for each in patient["stops"]] == [
            ("text", "+13125550100", "staff")
        ]
        assert patient["rev"] > cast.ines.rev
        [line] = await models.OptOut.all()
        assert (line.by_id, line.source) == (cast.dana.user, StopSource.STAFF)
        assert b"phone" not in bytes(line.words_sealed or b"")

    async def test_of_mails_are_the_clinics(self, dana: Browser, cast: world.World) -> None:
        patient = (await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast, by="email"))).json()

        assert [(each["by"], each["number"]) for each in patient["stops"]] == [("email", None)]
        assert (await models.Suppression.get()).sender_id == cast.mercy.organization.id

    async def test_again_are_one(self, dana: Browser, cast: world.World) -> None:
        for _ in range(2):
            assert (await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast))).status_code == 200

        assert await models.OptOut.all().count() == 1

    async def test_without_words_or_contact_are_refused(self, dana: Browser, cast: world.World) -> None:
        wordless = await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast, words="  "))
        nowhere = await dana.post(f"/patients/{cast.omar.id}/stops", stop(cast, by="email"))

        assert (wordless.status_code, wordless.json()["code"]) == (422, "empty")
        assert (nowhere.status_code, nowhere.json()["code"], nowhere.json()["why"]) == (
            409,
            "no_way_to_reach",
            "no_email",
        )

    async def test_for_a_team_of_others_are_refused(self, dana: Browser, alex: Browser, cast: world.World) -> None:
        other_team = await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast, team="Billing"))
        other_clinic = await alex.post(f"/patients/{cast.ines.id}/stops", stop(cast))

        assert (other_team.status_code, other_clinic.status_code) == (404, 404)
        assert await models.Suppression.all().count() == 0


class TestLift:
    async def test_takes_back_what_staff_wrote_down(self, dana: Browser, cast: world.World) -> None:
        await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast))

        answer = await dana.post(f"/patients/{cast.ines.id}/stops/lift", stop(cast, words="She changed her mind"))

        assert (answer.status_code, answer.json()["stops"]) == (200, [])
        assert [line.stops for line in await models.OptOut.all().order_by("created_at")] == [True, False]

    async def test_never_lifts_what_the_patient_stopped(self, dana: Browser, cast: world.World) -> None:
        await dana.post(f"/patients/{cast.ines.id}/stops", stop(cast))
        await receive(incoming("STOP"))

        answer = await dana.post(f"/patients/{cast.ines.id}/stops/lift", stop(cast))

        assert (answer.status_code, answer.json()["code"]) == (409, "only_the_patient")
        assert "text START to (312) 555-0100" in answer.json()["detail"]
        assert await models.Suppression.all().count() == 1

    async def test_of_nothing_changes_nothing(self, dana: Browser, cast: world.World) -> None:
        answer = await dana.post(f"/patients/{cast.ines.id}/stops/lift", stop(cast))

        assert answer.status_code == 200
        assert await models.OptOut.all().count() == 0


class TestTasks:
    async def test_are_listed_and_closed_with_what_was_done(self, dana: Browser, cast: world.World) -> None:
        await receive(incoming("please stop texting me"))
        [row] = (await dana.get("/inbox", view="tasks")).json()["rows"]
        [task] = row["tasks"]

        closed = await dana.post(f"/tasks/{task['id']}/close", {"outcome": "stop_texts"})
        again = await dana.post(f"/tasks/{task['id']}/close", {"outcome": "keep_texts"})

        assert (closed.status_code, closed.json()["tasks"]) == (200, [])
        assert again.status_code == 200
        assert (await models.Task.get()).outcome == "stop_texts"
        assert (await models.Suppression.get()).source is StopSource.STAFF
        assert (await dana.get("/inbox", view="tasks")).json()["rows"] == []

    @pytest.mark.parametrize("outcome", ["called", "nonsense", ""])
    async def test_are_not_closed_with_anything_else(self, dana: Browser, cast: world.World, outcome: str) -> None:
        await receive(incoming("please stop texting me"))
        task = await models.Task.get()

        answer = await dana.post(f"/tasks/{task.id}/close", {"outcome": outcome})

        assert (answer.status_code, answer.json()["code"]) == (422, "no_outcome")
        assert (await models.Conversation.get(id=cast.ines_thread.id)).open_tasks == 1

    @pytest.mark.parametrize(("outcome", "is_paused"), [("right_number", False), ("fixed", True)])
    async def test_of_a_wrong_number_say_whether_it_is_used_again(
        self, dana: Browser, cast: world.World, outcome: str, is_paused: bool
    ) -> None:
        await receive(incoming("wrong number"))
        task = await models.Task.get(kind=TaskKind.WRONG_NUMBER)
        assert (await dana.get(f"/patients/{cast.ines.id}")).json()["phone_state"]["pause"] == "paused"

        await dana.post(f"/tasks/{task.id}/close", {"outcome": outcome})

        state = (await dana.get(f"/patients/{cast.ines.id}")).json()["phone_state"]
        assert (state["paused_at"] is not None) is is_paused

    async def test_may_come_again_after_they_were_closed(self, dana: Browser, cast: world.World) -> None:
        for _ in range(2):
            await receive(incoming("please stop texting me"))
            task = await models.Task.get(current=True)
            await dana.post(f"/tasks/{task.id}/close", {"outcome": "keep_texts"})

        assert await models.Task.all().count() == 2
