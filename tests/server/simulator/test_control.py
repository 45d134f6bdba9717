"""The hands and eyes beside the carrier: phones, mailboxes, news."""

import asyncio
import base64

import httpx2
import pytest

from server.gateways.email import EmailGateway, Outcome, parse_smtp_url
from server.gateways.sms import SmsGateway
from server.simulator.run import Simulator
from tests.server.simulator.conftest import Clinic

pytestmark = pytest.mark.anyio

CLINIC = "13125550100"


async def mail(carrier: Simulator, to: str) -> Outcome:
    gateway = EmailGateway(parse_smtp_url(f"smtp://127.0.0.1:{carrier.smtp_port}", sender="notices@clinic.example"))
    return await gateway.send(
        to=to, subject="New secure message", text="Read it", html="<p>Read it</p>", message_id="d1@portal.example"
    )


class TestPhone:
    async def test_shows_what_came_and_what_was_written(
        self, control: httpx2.AsyncClient, gateway: SmsGateway, clinic: Clinic
    ) -> None:
        await gateway.send(to="+13125550101", sender=CLINIC, text="Hello", client_ref="r")
        await clinic.until(statuses=2)
        answer = await control.post("/_phone/+13125550101/reply", json={"to": f"+{CLINIC}", "text": "See you"})
        await clinic.until(inbound=1)

        texts = (await control.get("/_phone/13125550101/messages")).json()["messages"]
        assert [(shown["kind"], shown["text"], shown["other"]) for shown in texts] == [
            ("received", "Hello", CLINIC),
            ("written", "See you", CLINIC),
        ]
        assert (await control.get("/_phone/")).json() == {"phones": {"13125550101": 2}}
        assert clinic.inbound[0].message_uuid == answer.json()["message_uuid"]

    async def test_sends_a_picture_that_only_the_application_gets(
        self, control: httpx2.AsyncClient, clinic: Clinic
    ) -> None:
        picture = {"to": CLINIC, "text": "My knee", "image": base64.b64encode(b"bytes").decode(), "type": "image/png"}
        await control.post("/_phone/13125550101/reply", json=picture)
        await clinic.until(inbound=1)

        [inbound] = clinic.inbound
        assert (inbound.channel, inbound.message_type, inbound.words) == ("mms", "image", "My knee")
        assert (await control.get(inbound.source or "")).status_code == 401

    async def test_sends_a_long_text_in_parts_in_any_order(self, control: httpx2.AsyncClient, clinic: Clinic) -> None:
        long = {"to": CLINIC, "text": "aabbcc", "parts": 3, "order": [3, 1, 2], "missing": [1]}
        await control.post("/_phone/13125550101/reply", json=long)
        await clinic.until(inbound=2)

        parts = [inbound.part for inbound in clinic.inbound]
        assert [(part.number, part.total) for part in parts if part] == [(3, 3), (2, 3)]
        assert [inbound.text for inbound in clinic.inbound] == ["cc", "bb"]

    @pytest.mark.parametrize("body", [b"", b"[]", b'{"to": "1"}', b'{"to": "1", "text": "x", "from": "2"}'])
    async def test_an_odd_reply_is_refused(self, control: httpx2.AsyncClient, body: bytes) -> None:
        assert (await control.post("/_phone/13125550101/reply", content=body)).status_code == 422

    async def test_one_that_is_off_gets_nothing_until_it_is_on_again(
        self, control: httpx2.AsyncClient, gateway: SmsGateway, clinic: Clinic
    ) -> None:
        assert (await control.put("/_phone/13125550101/off", json={"off": True})).status_code == 422
        for on, statuses in ((True, 2), (False, 4)):
            assert (await control.put("/_phone/13125550101/off", json={"on": on})).is_success
            await gateway.send(to="+13125550101", sender=CLINIC, text="Hello", client_ref=f"r{on}")
            await clinic.until(statuses=statuses)

        assert [report.status for report in clinic.statuses][1::2] == ["undeliverable", "delivered"]
        texts = (await control.get("/_phone/13125550101/messages")).json()["messages"]
        assert len(texts) == 1


class TestEvents:
    async def test_whoever_waits_hears_at_once(self, control: httpx2.AsyncClient, carrier: Simulator) -> None:
        waiting = asyncio.ensure_future(control.get("/_phone/events?after=0&wait=10"))
        await asyncio.sleep(0.05)
        carrier.carrier.write(number="13125550101", to=CLINIC, text="Hello")

        news = (await asyncio.wait_for(waiting, 5)).json()
        first = news["events"][0]
        assert (first["n"], first["kind"], first["about"]) == (1, "text.written", "13125550101")
        assert news["at"] == len(news["events"])

    async def test_nothing_new_is_nothing(self, control: httpx2.AsyncClient) -> None:
        assert (await control.get("/_phone/events?after=0&wait=0.05")).json() == {"at": 0, "events": []}

    async def test_odd_positions_are_refused(self, control: httpx2.AsyncClient) -> None:
        assert (await control.get("/_phone/events?after=x")).status_code == 422


class TestMail:
    async def test_a_mail_lands_in_its_box(self, control: httpx2.AsyncClient, carrier: Simulator) -> None:
        assert await mail(carrier, "ines@example.org") == Outcome("accepted")

        [caught] = (await control.get("/_mail/ines@example.org")).json()["mails"]
        assert (caught["message_id"], caught["subject"]) == ("<d1@portal.example>", "New secure message")
        assert (caught["text"].strip(), caught["html"].strip()) == ("Read it", "<p>Read it</p>")
        assert caught["headers"]["auto-submitted"] == "auto-generated"
        assert (await control.get("/_mail/")).json() == {"addresses": {"ines@example.org": 1}}

    @pytest.mark.parametrize(
        ("to", "tries", "kept"),
        [
            ("greylist@example.org", ["retry", "accepted"], 1),
            ("defer@example.org", ["retry", "retry"], 0),
            ("bounce+ines@example.org", ["refused", "refused"], 0),
            ("full@example.org", ["refused", "refused"], 0),
            ("cut@example.org", ["retry", "accepted"], 2),
        ],
    )
    async def test_an_address_can_ask_for_trouble(
        self, carrier: Simulator, to: str, tries: list[str], kept: int
    ) -> None:
        assert [(await mail(carrier, to)).kind for _ in tries] == tries
        assert [caught.message_id for caught in carrier.mailbox.to(to)] == ["<d1@portal.example>"] * kept


class TestReset:
    async def test_empties_everything(self, control: httpx2.AsyncClient, carrier: Simulator) -> None:
        carrier.carrier.write(number="13125550101", to=CLINIC, text="Hello")
        await mail(carrier, "ines@example.org")
        await control.post("/_reset")

        assert (await control.get("/_phone/")).json() == {"phones": {}}
        assert (await control.get("/_mail/")).json() == {"addresses": {}}
        assert (await control.get("/_webhooks")).json() == {"calls": []}


class TestDoor:
    @pytest.mark.parametrize("host", ["evil.example", "evil.example:80"])
    async def test_a_name_that_only_leads_here_is_refused(self, control: httpx2.AsyncClient, host: str) -> None:
        assert (await control.get("/_ledger", headers={"Host": host})).status_code == 400

    @pytest.mark.parametrize("url", ["https://clinic.example/in", "http://10.0.0.1/in", "file:///etc/passwd"])
    async def test_webhooks_stay_on_this_computer(self, control: httpx2.AsyncClient, url: str) -> None:
        assert (await control.put("/_webhooks", json={"inbound_url": url})).status_code == 422
