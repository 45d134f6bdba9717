"""Mails that come back, by real SMTP both ways: bounces, answers, absences, and who must not be answered."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import aiosmtplib
import httpx2
import pytest
import structlog

from server import access, keys, models
from server.domain import identity, patients, portal_sessions, return_addresses
from server.domain.return_addresses import Back
from server.domain.sending import mail_answers
from server.gateways import smtp_server
from server.models import State, Via
from server.simulator.mail import Mail
from server.simulator.mail_out import PostOffice
from server.worker import Worker, mailroom
from server.worker.mailroom import LARGEST, Mailroom
from tests.server.worker.house import HEAD, PACE, House

pytestmark = pytest.mark.anyio
HOME = "mercy.example"
LISTENING_HEAD = type(HEAD)(portal_url=HEAD.portal_url, mail_from=HEAD.mail_from, mail_domain=HOME)


class Opened(Mailroom):
    """A mailroom on a free port."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1:0", HOME)
        self.is_open = asyncio.Event()
        self.port = 0

    async def open(self) -> int | None:
        self.port = await super().open() or 0
        self.is_open.set()
        return self.port


@asynccontextmanager
async def working(house: House) -> AsyncIterator[PostOffice]:
    """A worker with a mailroom; the way to it."""
    room, stop = Opened(), asyncio.Event()
    worker = Worker(house.gateways, LISTENING_HEAD, pace=PACE, mailroom=room)
    running = asyncio.create_task(worker.run(stop))
    await room.is_open.wait()
    post_office = house.simulator.mailbox.post_office
    post_office.place = f"127.0.0.1:{room.port}"
    try:
        yield post_office
    finally:
        stop.set()
        await running


async def mail_to(house: House, email: str = "ines@example.com") -> tuple[UUID, Mail]:
    """Dana writes by secure e-mail; the message, and the mail that arrived."""
    if email != "ines@example.com":
        await patients.change(house.world.ines.id, patients.Details(email=email), by=house.world.dana)
    message = await house.post(house.world.ines_thread, via=Via.SECURE_EMAIL)
    await house.heard("mail", email)
    return message, house.simulator.mailbox.to(email)[-1]


async def replies(house: House) -> list[str]:
    ring = await keys.of(house.world.mercy.organization.id)
    rows = await models.Message.filter(via=Via.EMAIL).order_by("number")
    return [ring.open("message", "body", row.id, row.body_sealed) for row in rows]


def raw(*headers: str, body: str = "I will come") -> bytes:
    return "\r\n".join([*headers, "", body, ""]).encode()


class TestMail:
    async def test_leaves_with_ways_back_of_its_own(self, house: House) -> None:
        async with working(house):
            message, mail = await mail_to(house)
        letter = (await models.Delivery.get(message_id=message)).ref

        assert mail.sender == return_addresses.address(Back.BOUNCE, letter, HOME)
        assert mail.headers["reply-to"] == return_addresses.address(Back.REPLY, letter, HOME)
        stop = return_addresses.token(Back.UNSUBSCRIBE, letter)
        page, by_mail = f"{HEAD.portal_url}/m/unsubscribe/{stop}", f"unsubscribe+{stop}@{HOME}"
        assert mail.headers["list-unsubscribe"] == f"<{page}>, <mailto:{by_mail}?subject=unsubscribe>"
        assert mail.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
        assert mail.headers["from"] == HEAD.mail_from

    async def test_says_nothing_of_the_patient_in_any_part_or_header(self, house: House) -> None:
        await models.Organization.all().update(identity=models.IdentityPolicy.CODE)
        async with working(house) as way:
            message, mail = await mail_to(house)
            link = await models.PortalLink.get(id=(await models.Delivery.get(message_id=message)).link_id)
            session = await access.portal_session((await portal_sessions.press(keys.link_secret(link.id))).token)
            assert session is not None
            await identity.send_code(session)
            to = mail.headers["reply-to"]
            await way.answer(sender=mail.to, to=to, text="Vermilion rash", original="<x@y>", is_automatic=False)
            await house.until(_both_were_sent)

        mails = house.simulator.mailbox.to(mail.to)
        assert len(mails) == 3
        for each in mails:
            assert each.text
            assert each.html
            for word in ("Ines", "Calderon", "1985-", "M-1001", "5550142", "result", "Vermilion", "Front desk", "Dana"):
                assert word not in f"{each}"

    async def test_without_a_listener_has_plain_ways_back(self, house: House) -> None:
        async with house.working():
            _, mail = await mail_to(house)

        assert mail.sender == mail.headers["reply-to"] == HEAD.mail_from


async def _both_were_sent() -> bool:
    done = models.Work.filter(kind__in=["portal_code", mail_answers.KIND]).exclude(done_at=None)
    return await done.count() == 2


class TestBounce:
    @pytest.mark.parametrize(
        ("email", "reason", "pause"),
        [
            ("bounces-later@example.com", "no_mailbox", "no_mailbox"),
            ("bounces-later+5.2.2@example.com", "mailbox_full", None),
            ("bounces-later+4.4.7@example.com", "expired", None),
            ("bounces-later+5.0.0@example.com", "bounced", "bounced"),
        ],
    )
    async def test_fails_what_had_been_taken(self, house: House, email: str, reason: str, pause: str | None) -> None:
        async with working(house):
            message, _ = await mail_to(house, email)
            row = await house.until_state(message, State.FAILED)

        assert row.reason == reason
        contact = await models.Contact.filter(index=row.to_index, paused_at__not_isnull=True).first()
        assert (contact.pause if contact else None) == pause

    async def test_that_only_tells_of_a_delay_changes_nothing(self, house: House) -> None:
        async with working(house) as way:
            message, mail = await mail_to(house)
            way.bounce_later(to=mail.sender, recipient=mail.to, original=mail.message_id, status="4.4.1")
            await house.until_state(message, State.SENT)
            await asyncio.gather(*way._under_way)

        assert (await models.Delivery.get(message_id=message)).state is State.SENT

    async def test_from_before_reports_were_machine_readable_counts_too(self, house: House) -> None:
        body = "I'm not going to try again; this message has been in the queue too long.\r\n550 5.1.1 <x>: unknown"
        old = raw("From: MAILER-DAEMON@mx.example", "Subject: failure notice", body=body)
        async with working(house) as way:
            message, mail = await mail_to(house)
            await way.send("", mail.sender, old)
            row = await house.until_state(message, State.FAILED)

        assert row.reason == "no_mailbox"

    async def test_that_somebody_made_up_is_not_taken(self, house: House) -> None:
        async with working(house) as way:
            message, mail = await mail_to(house)
            for to in (f"bounce+{'a' * 42}@{HOME}", f"bounce@{HOME}", mail.sender.replace(HOME, "other.example")):
                with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
                    await way.send("", to, raw("From: MAILER-DAEMON@mx.example", "Subject: failure notice"))
                assert refused.value.recipients[0].code == 550

        assert (await models.Delivery.get(message_id=message)).state is State.SENT


class TestAnswer:
    async def test_becomes_the_patients_message_and_is_answered_once(self, house: House) -> None:
        async with working(house) as way:
            _, mail = await mail_to(house)
            for text in ("First words", "Second words"):
                to = mail.headers["reply-to"]
                await way.answer(sender=mail.to, to=to, text=text, original=mail.message_id, is_automatic=False)
            await house.until(lambda: models.Work.filter(kind=mail_answers.KIND, done_at__not_isnull=True).exists())

        assert await replies(house) == ["First words", "Second words"]
        _, answer = house.simulator.mailbox.to(mail.to)
        assert answer.sender == ""
        assert answer.headers["auto-submitted"] == "auto-replied"
        assert answer.headers["in-reply-to"].endswith("@mailbox.example>")
        assert answer.headers["reply-to"] == mail.headers["reply-to"]
        assert "is not private" in answer.text
        assert "words" not in f"{answer}"

    async def test_through_the_simulators_mailbox_works_like_a_persons(self, house: House) -> None:
        async with working(house), httpx2.AsyncClient(base_url=house.simulator.url, trust_env=False) as control:
            _, mail = await mail_to(house)
            asked = {"text": "I will come", "to_message": mail.message_id}
            answer = await control.post(f"/_mail/{mail.to}/reply", json=asked)
            absent = await control.post(f"/_mail/{mail.to}/reply", json={**asked, "auto": True})
            nothing = await control.post(f"/_mail/{mail.to}/reply", json={**asked, "to_message": "<no@such>"})
            odd = await control.post(f"/_mail/{mail.to}/reply", json={"text": "x"})

        assert [each.status_code for each in (answer, absent, nothing, odd)] == [202, 202, 404, 422]
        assert await replies(house) == ["I will come"]

    async def test_of_somebody_else_waits_for_a_person(self, house: House) -> None:
        async with working(house) as way:
            _, mail = await mail_to(house)
            to = mail.headers["reply-to"]
            await way.answer(sender="bob@example.com", to=to, text="Hi", original="<x@y>", is_automatic=False)

        assert await replies(house) == []
        assert (await models.Stray.get()).team_id == house.world.mercy.teams["Front desk"].id

    @pytest.mark.parametrize(
        ("sender", "headers"),
        [
            ("", ("From: ines@example.com",)),
            ("ines@example.com", ("From: ines@example.com", "Auto-Submitted: auto-replied (vacation)")),
            ("ines@example.com", ("From: ines@example.com", "Auto-Submitted: auto-generated")),
            ("ines@example.com", ("From: ines@example.com", "Precedence: auto_reply")),
            ("list@example.com", ("From: ines@example.com", "List-Id: <x.example>")),
        ],
    )
    async def test_of_a_machine_is_dropped_and_never_answered(
        self, house: House, sender: str, headers: tuple[str, ...]
    ) -> None:
        async with working(house) as way:
            message, mail = await mail_to(house)
            for to in (mail.headers["reply-to"], mail.sender):
                await way.send(sender, to, raw(*headers, "Subject: Out of office"))

        assert await replies(house) == []
        assert not await models.Work.filter(kind=mail_answers.KIND).exists()
        assert not await models.Stray.exists()
        assert (await models.Delivery.get(message_id=message)).state is State.SENT

    async def test_brought_twice_is_kept_once(self, house: House) -> None:
        mail_bytes = raw("From: ines@example.com", "Message-ID: <a@b.example>")
        async with working(house) as way:
            _, mail = await mail_to(house)
            await asyncio.gather(
                *(way.send("ines@example.com", mail.headers["reply-to"], mail_bytes) for _ in range(3))
            )

        assert await replies(house) == ["I will come"]

    async def test_to_the_return_path_is_not_lost(self, house: House) -> None:
        async with working(house) as way:
            _, mail = await mail_to(house)
            await way.send("ines@example.com", mail.sender, raw("From: ines@example.com", "Subject: Re: hello"))

        assert await replies(house) == ["I will come"]


class TestStop:
    async def test_by_mail_stops_our_mails(self, house: House) -> None:
        async with working(house) as way:
            _, mail = await mail_to(house)
            to = mail.headers["list-unsubscribe"].rpartition("mailto:")[2].partition("?")[0]
            await way.send("ines@example.com", to, raw("From: ines@example.com", "Subject: unsubscribe", body=""))

        assert (await models.Suppression.get()).contact_index == house.world.ines.email_index
        assert await replies(house) == []


class TestMailroom:
    async def test_takes_nothing_above_its_limit(self, house: House) -> None:
        big = raw("From: ines@example.com", body="x\r\n" * (LARGEST // 3 + 1))
        async with working(house) as way:
            _, mail = await mail_to(house)
            with pytest.raises(aiosmtplib.SMTPException) as refused:
                await way.send("ines@example.com", mail.headers["reply-to"], big)

        assert getattr(refused.value, "code", None) == 552
        assert await replies(house) == []

    async def test_sends_one_more_than_it_can_listen_to_away(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(smtp_server, "MOST_TALKS", 0)
        async with working(house) as way:
            with pytest.raises((aiosmtplib.SMTPException, OSError)) as sent_away:
                await way.send("ines@example.com", f"reply@{HOME}", raw("From: ines@example.com"))

        assert "421" in str(sent_away.value) or getattr(sent_away.value, "code", 421) == 421

    async def test_asks_for_it_again_when_it_could_not_be_stored(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> str:
            raise ConnectionError("ines@example.com")

        async with working(house) as way:
            _, mail = await mail_to(house)
            with monkeypatch.context() as broken:
                broken.setattr("server.domain.mail_replies.receive_mail", away)
                with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
                    await way.send("ines@example.com", mail.headers["reply-to"], raw("From: ines@example.com"))
            assert (refused.value.code, "ines" in str(refused.value)) == (451, False)
            await way.send("ines@example.com", mail.headers["reply-to"], raw("From: ines@example.com"))

        assert await replies(house) == ["I will come"]

    async def test_says_no_word_of_what_came_at_the_loudest_level(
        self, house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said, told = "The vermilion biopsy", structlog.testing.LogCapture()
        caplog.set_level(logging.DEBUG)
        monkeypatch.setattr(mailroom, "log", structlog.wrap_logger(structlog.PrintLogger(), processors=[told]))
        async with working(house) as way:
            _, mail = await mail_to(house)
            to = mail.headers["reply-to"]
            for sender in (mail.to, "zebulonia@planted.example"):
                await way.answer(sender=sender, to=to, text=said, original="<x@y>", is_automatic=False)

        written = f"{told.entries}{caplog.text}"
        assert "mail.taken" in written
        for word in (said, "vermilion", "ines@example.com", "zebulonia", "planted.example", to):
            assert word not in written
