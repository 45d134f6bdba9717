"""The simulated carrier keeps what its magic numbers promise, by real posts and really signed webhooks."""

import asyncio
from pathlib import Path

import httpx2
import jwt
import msgspec
import pytest

from server import clock
from server.gateways.sms import SmsGateway
from server.simulator import run
from server.simulator.faults import FAULTS, MORE_REJECTED, REJECTED_CODES
from server.simulator.ledger import Post
from server.simulator.run import Simulator
from server.simulator.settings import SimulatorSettings
from tests.server.simulator.conftest import Clinic

pytestmark = pytest.mark.anyio

CLINIC = "13125550100"


async def text(gateway: SmsGateway, ending: str) -> str:
    outcome = await gateway.send(to=f"1312555{ending}", sender=CLINIC, text="Hello", client_ref=f"ref-{ending}")
    return outcome.kind


class TestReceipts:
    async def test_an_ordinary_text_is_submitted_then_delivered_and_on_the_phone(
        self, gateway: SmsGateway, carrier: Simulator, clinic: Clinic
    ) -> None:
        await text(gateway, "0101")
        await clinic.until(statuses=2)

        assert [status.status for status in clinic.statuses] == ["submitted", "delivered"]
        assert {status.client_ref for status in clinic.statuses} == {"ref-0101"}
        assert [shown.text for shown in carrier.carrier.phones.texts("13125550101")] == ["Hello"]

    @pytest.mark.parametrize(
        ("ending", "status", "code"),
        [
            ("0199", "undeliverable", "1260"),
            ("0198", "rejected", "1250"),
            ("0196", "rejected", "1210"),
            *((f"{170 + nth:04d}", "rejected", str(code)) for nth, code in enumerate(REJECTED_CODES)),
            *((f"{200 + nth:04d}", "rejected", str(code)) for nth, code in enumerate(MORE_REJECTED)),
        ],
    )
    async def test_a_rejected_text_tells_its_code_and_never_reaches_the_phone(
        self, gateway: SmsGateway, carrier: Simulator, clinic: Clinic, ending: str, status: str, code: str
    ) -> None:
        await text(gateway, ending)
        await clinic.until(statuses=2)

        assert (clinic.statuses[1].status, clinic.statuses[1].code) == (status, code)
        assert clinic.statuses[1].meaning.state in {"failed", "uncertain"}
        assert carrier.carrier.phones.numbers() == {}

    async def test_a_slow_one_is_delivered_in_the_end(self, gateway: SmsGateway, clinic: Clinic) -> None:
        await text(gateway, "0197")
        await clinic.until(statuses=1)
        assert [status.status for status in clinic.statuses] == ["submitted"]

        await clinic.until(statuses=2)
        assert clinic.statuses[1].status == "delivered"

    async def test_duplicates_differ_only_in_their_signature(self, gateway: SmsGateway, clinic: Clinic) -> None:
        await text(gateway, "0194")
        await clinic.until(statuses=4)

        assert sorted(status.status for status in clinic.statuses) == ["delivered"] * 2 + ["submitted"] * 2
        assert len(set(clinic.jtis)) == 4
        assert len({status.message_uuid for status in clinic.statuses}) == 1

    async def test_receipts_can_come_out_of_order(self, gateway: SmsGateway, clinic: Clinic) -> None:
        await text(gateway, "0193")
        await clinic.until(statuses=2)

        assert [status.status for status in clinic.statuses] == ["delivered", "submitted"]

    async def test_a_text_cut_after_reading_is_settled_by_its_receipt(
        self, gateway: SmsGateway, clinic: Clinic
    ) -> None:
        assert await text(gateway, "0190") == "uncertain"
        await clinic.until(statuses=2)

        assert {status.client_ref for status in clinic.statuses} == {"ref-0190"}

    @pytest.mark.parametrize(("ending", "kind"), [("0187", "uncertain"), ("0189", "uncertain"), ("0188", "accepted")])
    async def test_some_are_never_heard_of_again(
        self, gateway: SmsGateway, clinic: Clinic, ending: str, kind: str
    ) -> None:
        assert await text(gateway, ending) == kind
        await text(gateway, "0101")
        await clinic.until(statuses=2)

        assert {status.client_ref for status in clinic.statuses} == {"ref-0101"}

    async def test_a_phone_answers_stop_once(self, gateway: SmsGateway, carrier: Simulator, clinic: Clinic) -> None:
        await text(gateway, "0195")
        await clinic.until(statuses=2, inbound=1)
        await text(gateway, "0195")
        await clinic.until(statuses=4)

        assert [(told.text, told.sender, told.to) for told in clinic.inbound] == [("STOP", "13125550195", CLINIC)]
        kinds = [shown.kind for shown in carrier.carrier.phones.texts("13125550195")]
        assert kinds[:2] == ["received", "written"]


class TestWebhooks:
    async def test_a_call_refused_is_repeated_with_the_same_signature(
        self, gateway: SmsGateway, clinic: Clinic, carrier: Simulator
    ) -> None:
        clinic.answers = [500, 503]
        carrier.carrier.write(number="13125550101", to=CLINIC, text="Hello")
        await clinic.until(inbound=3)

        assert len(set(clinic.jtis)) == 1
        assert len({told.message_uuid for told in clinic.inbound}) == 1
        await answered(carrier, times=3)
        assert carrier.carrier.webhooks.calls[0].answers == [500, 503, 200]

    async def test_a_clinic_that_is_down_hears_it_later(
        self, control: httpx2.AsyncClient, clinic: Clinic, carrier: Simulator
    ) -> None:
        right = carrier.carrier.webhooks.inbound_url
        await control.put("/_webhooks", json={"inbound_url": "http://127.0.0.1:9/inbound"})
        await control.post("/_phone/13125550101/reply", json={"to": CLINIC, "text": "Hello"})
        await answered(carrier, times=1)
        assert set((await control.get("/_webhooks")).json()["calls"][0]["answers"]) == {0}

        await control.put("/_webhooks", json={"inbound_url": right})
        await clinic.until(inbound=1)


class TestPost:
    async def test_the_ledger_keeps_every_post_in_a_file(self, account: SimulatorSettings, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        carrier = await run.start(msgspec.structs.replace(account, ledger_path=str(path)))
        for _ in range(2):
            carrier.carrier.take(to="13125550187", sender=CLINIC, text="Hello", client_ref="r")
        await carrier.stop()

        posts = [msgspec.json.decode(line, type=Post) for line in path.read_bytes().splitlines()]
        assert [(post.n, post.answer, post.message_uuid) for post in posts] == [(1, "cut", None), (2, "cut", None)]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"to": "+13125550101"},
            {"to": "12"},
            {"text": ""},
            {"text": "x" * 1001},
            {"channel": "mms"},
            {"message_type": "image"},
            {"from": ""},
            {"to": 13125550101},
        ],
    )
    async def test_a_wrong_parameter_is_named(
        self, account: SimulatorSettings, control: httpx2.AsyncClient, wrong: dict[str, object]
    ) -> None:
        right = {"to": "13125550101", "from": CLINIC, "text": "Hi", "channel": "sms", "message_type": "text"}
        answer = await control.post("/v1/messages", json=right | wrong, headers=bearer(account))

        assert answer.status_code == 422
        assert answer.json()["invalid_parameters"][0]["name"] in {*wrong, "body"}
        assert (await control.get("/_ledger")).json() == {"posts": []}

    async def test_a_problem_has_the_carriers_shape(
        self, account: SimulatorSettings, control: httpx2.AsyncClient
    ) -> None:
        body = {"to": "13125550186", "from": CLINIC, "text": "Hi", "channel": "sms", "message_type": "text"}
        answer = await control.post("/v1/messages", json=body, headers=bearer(account))

        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert answer.json().keys() == {"type", "title", "detail", "instance"}

    @pytest.mark.parametrize("claims", [{"application_id": "another"}, {"exp": 1}, {}])
    async def test_only_our_application_gets_in(
        self, account: SimulatorSettings, control: httpx2.AsyncClient, claims: dict[str, object]
    ) -> None:
        headers = bearer(account, **claims) if claims else {"Authorization": "Bearer x.y.z"}
        answer = await control.post("/v1/messages", json={}, headers=headers)

        assert answer.status_code == 401


class TestFaults:
    async def test_the_page_of_numbers_names_every_fault(self) -> None:
        from server.simulator import faults

        page = faults.__doc__ or ""
        assert all(ending in page or 170 <= int(ending) <= 183 or 200 <= int(ending) <= 241 for ending in FAULTS)


async def answered(carrier: Simulator, *, times: int) -> None:
    """Wait until webhooks were answered, or not, so many times."""
    position = found = 0
    async with asyncio.timeout(5):
        while found < times:
            entries = await carrier.diary.after(position, wait=5)
            position += len(entries)
            found += sum(entry.kind.startswith("webhook.") for entry in entries)


def bearer(account: SimulatorSettings, **changes: object) -> dict[str, str]:
    now = int(clock.now().timestamp())
    claims = {"application_id": account.application_id, "iat": now, "jti": "j", "exp": now + 60} | changes
    return {"Authorization": f"Bearer {jwt.encode(claims, account.private_key, algorithm='RS256')}"}
