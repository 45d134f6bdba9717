"""Trouble with the whole account, the carrier's rate, and its Opt-Out Assist."""

from uuid import uuid4

import httpx2
import pytest

from server.gateways.sms import Outcome, SmsGateway
from server.simulator.run import Simulator
from server.simulator.trouble import Rate
from tests.server.simulator.conftest import Clinic

pytestmark = pytest.mark.anyio

CLINIC = "13125550100"
PHONE = "13125550120"


async def text(gateway: SmsGateway, to: str = PHONE) -> Outcome:
    return await gateway.send(to=to, sender=CLINIC, text="Hello", client_ref=str(uuid4()))


class TestTrouble:
    @pytest.mark.parametrize(
        ("answer", "outcome", "taken"),
        [
            ("unavailable", ("retry", "http_503"), False),
            ("auth", ("refused", "auth"), False),
            ("throttled", ("retry", "throttled"), False),
            ("cut", ("uncertain", "cut"), False),
            ("lost", ("uncertain", "cut"), True),
            ("silence", ("uncertain", "silence"), False),
        ],
    )
    async def test_answers_every_number_like_this_until_it_ends(
        self, gateway: SmsGateway, carrier: Simulator, answer: str, outcome: tuple[str, str], taken: bool
    ) -> None:
        async with httpx2.AsyncClient(base_url=carrier.url, trust_env=False) as control:
            await control.put("/_trouble", json={"answer": answer})
            during = await text(gateway)
            await control.put("/_trouble", json={"answer": None})
            after = await text(gateway)

        assert (during.kind, during.code, after.kind) == (*outcome, "accepted")
        assert (carrier.carrier.ledger.posts[0].message_uuid is not None) is taken

    async def test_may_meet_a_share_of_the_posts(self, gateway: SmsGateway, control: httpx2.AsyncClient) -> None:
        await control.put("/_trouble", json={"answer": "unavailable", "share": 0})

        assert (await text(gateway)).kind == "accepted"

    @pytest.mark.parametrize("asked", [{"answer": "fire"}, {"answer": "cut", "share": 2}, {"share": 1, "x": 1}])
    async def test_is_asked_for_in_known_words(self, control: httpx2.AsyncClient, asked: dict[str, object]) -> None:
        assert (await control.put("/_trouble", json=asked)).status_code == 422


class TestRate:
    def test_holds_a_seconds_worth(self) -> None:
        rate = Rate(30)
        assert [rate.take() for _ in range(31)] == [True] * 30 + [False]

    def test_has_no_end_where_none_is_set(self) -> None:
        assert all(Rate(0).take() for _ in range(1000))


class TestAssist:
    async def test_answers_blocks_and_passes_the_word_on(
        self, gateway: SmsGateway, carrier: Simulator, control: httpx2.AsyncClient, clinic: Clinic
    ) -> None:
        await control.put("/_assist", json={"number": f"+{CLINIC}", "on": True})

        await control.post(f"/_phone/{PHONE}/reply", json={"to": CLINIC, "text": " Stop "})
        outcome = await text(gateway)
        await clinic.until(statuses=2, inbound=1)

        shown = [shown.text for shown in carrier.carrier.phones.texts(PHONE) if shown.kind == "received"]
        assert shown == [
            "You are unsubscribed and will get no more messages from this number. Reply START to resubscribe."
        ]
        assert clinic.inbound[0].text == " Stop "
        assert (outcome.kind, clinic.statuses[-1].code) == ("accepted", "1240")

    async def test_frees_on_start_and_explains_on_help(
        self, gateway: SmsGateway, carrier: Simulator, control: httpx2.AsyncClient, clinic: Clinic
    ) -> None:
        await control.put("/_assist", json={"number": CLINIC, "on": True})
        for word in ("STOP", "START", "HELP", "Thanks"):
            await control.post(f"/_phone/{PHONE}/reply", json={"to": CLINIC, "text": word})
        await text(gateway)
        await clinic.until(statuses=2, inbound=4)

        answered = [shown.text[:9] for shown in carrier.carrier.phones.texts(PHONE) if shown.kind == "received"]
        assert answered == ["You are u", "You get m", "Reply STO", "Hello"]
        assert clinic.statuses[-1].status == "delivered"

    async def test_leaves_other_numbers_alone(self, carrier: Simulator, control: httpx2.AsyncClient) -> None:
        await control.put("/_assist", json={"number": CLINIC, "on": True})
        await control.put("/_assist", json={"number": CLINIC, "on": False})
        await control.post(f"/_phone/{PHONE}/reply", json={"to": CLINIC, "text": "STOP"})

        assert [shown.kind for shown in carrier.carrier.phones.texts(PHONE)] == ["written"]
