"""What a message will look like, shown to whoever may read the team's inbox, and whose phone it is besides."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from server import models
from server.domain import patients, proxies, teams
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio
LINK = f"http://localhost:8000/m/{'x' * 22}"


def address(cast: world.World, patient: object, team: str = "Front desk") -> str:
    return f"/teams/{cast.mercy.teams[team].id}/patients/{patient}/ahead"


async def shares(cast: world.World, first: str, *, by: str = "dana") -> models.Patient:
    """Somebody with the phone of Ines."""
    details = patients.Details(first_name=first, phone="+13125550142", date_of_birth=date(2012, 5, 6))
    return await patients.create(details, by=getattr(cast, by))


class TestWhatWillBeSent:
    async def test_is_said_word_for_word_with_a_link_that_opens_nothing(self, dana: Browser, cast: world.World) -> None:
        said = (await dana.get(address(cast, cast.ines.id))).json()

        assert said["secure_sms"] == {
            "words": f"Mercy Family Clinic: you have a new secure message. Read and reply: {LINK} "
            "Reply STOP to stop texts.",
            "link": LINK,
            "segments": 1,
        }
        assert said["secure_email"]["subject"] == "New secure message from Mercy Family Clinic"
        assert said["secure_email"]["words"].startswith("Mercy Family Clinic has sent you a secure message.\n\n")
        assert said["secure_email"]["words"].count(LINK) == 1
        assert not await models.PortalLink.all().exists()

    async def test_knows_the_ways_of_this_team_and_the_clinics_plan(self, dana: Browser, cast: world.World) -> None:
        await models.PhoneNumber.filter(id=cast.mercy.numbers["Front desk"].id).delete()
        await models.Organization.filter(id=cast.mercy.organization.id).update(plan=models.Plan.NONE)

        said = (await dana.get(address(cast, cast.omar.id))).json()

        assert said["may_send"] is False
        assert {way: each["why"] for way, each in said["ways"].items()} == {
            "sms": "no_number",
            "secure_sms": "no_number",
            "secure_email": "no_email",
        }

    @pytest.mark.parametrize("policy", list(models.IdentityPolicy))
    async def test_knows_what_the_phone_is_asked(
        self, dana: Browser, cast: world.World, policy: models.IdentityPolicy
    ) -> None:
        await models.Organization.filter(id=cast.mercy.organization.id).update(identity=policy)
        undated = await patients.create(patients.Details(phone="+13125550177"), by=cast.dana)

        asked = [(await dana.get(address(cast, each.id))).json()["proof"] for each in (cast.ines, undated)]

        assert (
            asked
            == {
                "birth_date": ["birth_date", "code"],
                "code": ["code", "code"],
                "press_only": ["nothing", "nothing"],
            }[policy.value]
        )

    async def test_goes_on_record_like_the_entry(self, dana: Browser, cast: world.World) -> None:
        await dana.get(address(cast, cast.ines.id))

        assert await models.AuditEntry.filter(did="patient:read", patient_id=cast.ines.id).count() == 1

    async def test_is_for_those_who_may_read_the_teams_inbox(
        self, dana: Browser, alex: Browser, cast: world.World
    ) -> None:
        theirs = f"/teams/{cast.lakeside.teams['Front desk'].id}/patients"

        refused = [
            await dana.get(address(cast, cast.ines.id, "Billing")),
            await dana.get(address(cast, cast.lena.id)),
            await dana.get(address(cast, uuid4())),
            await alex.get(address(cast, cast.ines.id)),
            await alex.get(f"{theirs}/{cast.ines.id}/ahead"),
        ]

        assert {each.status_code for each in refused} == {404}
        assert len({each.content for each in refused}) == 1
        await dana.enter(cast.val)
        assert (await dana.get(address(cast, cast.ines.id, "Billing"))).status_code == 200


class TestASharedPhone:
    async def test_names_the_other_patients_and_who_acts_for_one(self, dana: Browser, cast: world.World) -> None:
        child = await shares(cast, "Leo")
        carlos = proxies.ProxyDetails(name="Carlos Haddad", relation="child", phone="+13125550142")
        await proxies.add(cast.omar.id, UUID(int=7), carlos, by=cast.dana)

        said = (await dana.get(address(cast, cast.ines.id))).json()["also"]

        blank = {"born": None, "relation": None, "acts_for": None}
        assert said == [
            {**blank, "id": str(child.id), "name": "Leo", "born": 2012},
            {**blank, "id": str(UUID(int=7)), "name": "Carlos Haddad", "relation": "child", "acts_for": "Omar Haddad"},
        ]

    async def test_is_not_told_of_another_clinic_nor_of_who_acts_no_more(
        self, dana: Browser, cast: world.World
    ) -> None:
        await shares(cast, "Stranger", by="alex")
        carlos = proxies.ProxyDetails(name="Carlos Haddad", phone="+13125550142")
        await proxies.add(cast.omar.id, UUID(int=7), carlos, by=cast.dana)
        await models.Proxy.all().update(ended_at=cast.omar.created_at)

        assert (await dana.get(address(cast, cast.ines.id))).json()["also"] == []
        assert (await dana.get(address(cast, cast.omar.id))).json()["also"] == []

    async def test_names_ten_at_most(self, dana: Browser, cast: world.World) -> None:
        for nth in range(12):
            await shares(cast, f"Child {nth}")

        said = (await dana.get(address(cast, cast.ines.id))).json()["also"]

        assert len(said) == 10
        assert len({each["id"] for each in said}) == 10


class TestTheTeamsNumbers:
    async def test_another_number_of_the_teams_can_be_asked_about_and_nobody_elses(
        self, dana: Browser, cast: world.World
    ) -> None:
        await teams.give_number(cast.mercy.teams["Front desk"], "+13125550109")
        await models.PhoneNumber.filter(e164="+13125550100").update(status=models.NumberStatus.BLOCKED)
        where = address(cast, cast.ines.id)

        asked = {
            number: (await dana.get(f"{where}?number=%2B{number}")).status_code
            for number in ("13125550109", "13125550100", "13125550101", "13125550110")
        }

        assert asked == {"13125550109": 200, "13125550100": 409, "13125550101": 404, "13125550110": 404}
        assert (await dana.get(where)).json()["ways"]["secure_sms"]["can"]

    async def test_in_a_conversation_the_ways_are_those_from_its_teams_numbers(
        self, dana: Browser, cast: world.World
    ) -> None:
        await models.PhoneNumber.filter(e164="+13125550100").update(status=models.NumberStatus.BLOCKED)
        front, billing = cast.mercy.teams["Front desk"].id, cast.mercy.teams["Billing"].id
        path = f"/patients/{cast.ines.id}?team="

        shown = (await dana.get(f"{path}{front}")).json()

        assert shown["ways"]["secure_sms"] == {"can": False, "why": "number_blocked"}
        assert (await dana.get(f"{path}{billing}")).status_code == 404
