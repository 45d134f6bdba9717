"""Mail leaves with TLS or not at all, once per call, and every answer of the mail server has one meaning."""

import asyncio
import dataclasses
import email
import email.policy
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from server.gateways import smtp_server
from server.gateways.email import EmailGateway, MailSettings, Outcome
from server.gateways.smtp_server import SmtpServer
from tests.server.gateways.conftest import Trust
from tests.server.gateways.listening import listening

pytestmark = pytest.mark.anyio


class Server:
    """A real mail server which keeps what it gets and answers as told."""

    def __init__(self, *, rcpt: str = "250 OK", data: str = "250 OK") -> None:
        self.rcpt, self.data = rcpt, data
        self.envelopes: list[Envelope] = []
        self.was_tls: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data == "cut":
            smtp_server.cut(server)
        self.envelopes.append(envelope)
        self.was_tls.append(session.ssl is not None)
        return self.data

    def mail(self) -> EmailMessage:
        [envelope] = self.envelopes
        assert isinstance(envelope.content, bytes)
        return email.message_from_bytes(envelope.content, _class=EmailMessage, policy=email.policy.default)


def only_nurse(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"nurse", b"right")
    return AuthResult(success=right, handled=right)


@asynccontextmanager
async def serving(
    server: Server,
    *,
    starttls: ssl.SSLContext | None = None,
    implicit: ssl.SSLContext | None = None,
    auth: bool = False,
) -> AsyncIterator[int]:
    listener = SmtpServer(server, starttls=starttls, implicit=implicit, authenticator=only_nurse if auth else None)
    yield await listener.start()
    await listener.stop()


def to_port(port: int, trust: Trust) -> MailSettings:
    return MailSettings(
        host="127.0.0.1",
        port=port,
        tls="starttls",
        sender="notices@clinic.example",
        sender_name="Sunrise Family Clinic",
        ca_file=trust.ca_file,
        timeout=2,
    )


async def send(
    settings: MailSettings,
    *,
    to: str = "ines@example.org",
    subject: str = "New secure message",
    list_unsubscribe: str | None = None,
    reply_to: str | None = None,
    return_path: str | None = None,
    answers: str | None = None,
) -> Outcome:
    return await EmailGateway(settings).send(
        to=to,
        subject=subject,
        text="Read it here: https://portal.example/m/abc",
        html="<p>Léalo aquí</p>",
        message_id="0199-delivery@portal.example",
        list_unsubscribe=(list_unsubscribe,) if list_unsubscribe else (),
        reply_to=reply_to,
        return_path=return_path,
        answers=answers,
    )


class TestTls:
    async def test_starttls_with_a_right_certificate_delivers(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, starttls=trust.right) as port:
            assert await send(to_port(port, trust)) == Outcome("accepted")
        assert server.was_tls == [True]

    async def test_implicit_tls_delivers(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, implicit=trust.right) as port:
            settings = dataclasses.replace(to_port(port, trust), tls="implicit")
            assert await send(settings) == Outcome("accepted")
        assert len(server.envelopes) == 1

    async def test_a_server_that_offers_no_tls_gets_nothing(self, trust: Trust) -> None:
        server = Server()
        async with serving(server) as port:
            outcome = await send(to_port(port, trust))
        assert outcome == Outcome("retry", code="tls")
        assert outcome.is_account_trouble
        assert server.envelopes == []

    @pytest.mark.parametrize("tls", ["starttls", "implicit"])
    async def test_a_certificate_for_another_name_gets_nothing(self, trust: Trust, tls: str) -> None:
        server = Server()
        wrong = trust.wrong_name
        starttls, implicit = (wrong, None) if tls == "starttls" else (None, wrong)
        async with serving(server, starttls=starttls, implicit=implicit) as port:
            settings = dataclasses.replace(to_port(port, trust), tls=tls)  # type: ignore[arg-type]
            assert await send(settings) == Outcome("retry", code="tls")
        assert server.envelopes == []

    async def test_an_authority_nobody_knows_gets_nothing(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, starttls=trust.right) as port:
            settings = dataclasses.replace(to_port(port, trust), ca_file=None)
            assert await send(settings) == Outcome("retry", code="tls")
        assert server.envelopes == []


class TestAnswers:
    @pytest.mark.parametrize(
        ("server", "expected"),
        [
            (Server(rcpt="451 Greylisted"), Outcome("retry", code="451")),
            (Server(rcpt="550 No such mailbox"), Outcome("refused", code="550")),
            (Server(rcpt="550 5.7.1 Not from you"), Outcome("refused", code="5.7.1")),
            (Server(rcpt="550 4.4.1 Mixed up"), Outcome("refused", code="550")),
            (Server(data="452 Disk full"), Outcome("retry", code="452")),
            (Server(data="554 Not wanted"), Outcome("refused", code="554")),
            (Server(data="cut"), Outcome("retry", code="cut")),
        ],
    )
    async def test_every_answer_has_one_meaning(self, trust: Trust, server: Server, expected: Outcome) -> None:
        async with serving(server, starttls=trust.right) as port:
            assert await send(to_port(port, trust)) == expected

    async def test_nobody_listening_is_worth_another_try(self, trust: Trust) -> None:
        async with serving(Server()) as port:
            pass
        assert await send(to_port(port, trust)) == Outcome("retry", code="unreachable")

    async def test_silence_is_worth_another_try(self, trust: Trust) -> None:
        async def say_nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            await reader.read()

        async with listening(say_nothing) as port:
            outcome = await send(dataclasses.replace(to_port(port, trust), timeout=0.3))
        assert outcome == Outcome("retry", code="silence")

    async def test_a_wrong_password_is_trouble_with_the_account(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, starttls=trust.right, auth=True) as port:
            login = dataclasses.replace(to_port(port, trust), username="nurse", password="right")
            assert await send(login) == Outcome("accepted")
            outcome = await send(dataclasses.replace(login, password="wrong"))
        assert outcome == Outcome("refused", code="auth")
        assert outcome.is_account_trouble
        assert len(server.envelopes) == 1


class TestKnock:
    async def test_makes_the_connection_safe_signs_in_and_sends_nothing(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, starttls=trust.right, auth=True) as port:
            login = dataclasses.replace(to_port(port, trust), username="nurse", password="right")
            assert await EmailGateway(login).knock() == Outcome("accepted")
            wrong = await EmailGateway(dataclasses.replace(login, password="wrong")).knock()
        async with serving(server) as port:
            bare = await EmailGateway(to_port(port, trust)).knock()
        assert (wrong.code, bare.code) == ("auth", "tls")
        assert server.envelopes == []


class TestMail:
    async def test_is_quiet_and_keeps_its_message_id(self, trust: Trust) -> None:
        server = Server()
        way_out = f"https://portal.example/m/out/{'x' * 200}"
        async with serving(server, starttls=trust.right) as port:
            await send(
                to_port(port, trust),
                list_unsubscribe=way_out,
                reply_to="help@clinic.example",
                return_path="bounce+0199@clinic.example",
            )

        mail = server.mail()
        assert mail["Message-ID"] == "<0199-delivery@portal.example>"
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
        assert mail["From"] == "Sunrise Family Clinic <notices@clinic.example>"
        assert (mail["To"], mail["Reply-To"]) == ("ines@example.org", "help@clinic.example")
        assert mail["List-Unsubscribe"] == f"<{way_out}>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert server.envelopes[0].mail_from == "bounce+0199@clinic.example"
        assert server.envelopes[0].rcpt_tos == ["ines@example.org"]

    async def test_that_answers_one_by_itself_says_so_and_bounces_to_nobody(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, starttls=trust.right) as port:
            for answers in ("asked=1@mail.example", "no id at all <"):
                await send(to_port(port, trust), return_path="", answers=answers)

        first, second = server.envelopes
        assert smtp_server.sender_of(first) == smtp_server.sender_of(second) == ""
        assert isinstance(first.content, bytes)
        assert b"Auto-Submitted: auto-replied" in first.content
        assert b"In-Reply-To: <asked=1@mail.example>" in first.content
        assert isinstance(second.content, bytes)
        assert b"In-Reply-To" not in second.content

    async def test_has_a_text_and_an_html_part(self, trust: Trust) -> None:
        server = Server()
        async with serving(server, starttls=trust.right) as port:
            await send(to_port(port, trust), subject="Tiene un mensaje: aquí")

        text, html = server.mail().get_body(("plain",)), server.mail().get_body(("html",))
        assert text is not None
        assert html is not None
        assert text.get_content().strip() == "Read it here: https://portal.example/m/abc"
        assert html.get_content().strip() == "<p>Léalo aquí</p>"
        assert server.mail()["Subject"] == "Tiene un mensaje: aquí"
        assert isinstance(server.envelopes[0].content, bytes)
        assert server.envelopes[0].content.isascii()

    @pytest.mark.parametrize(
        "injected",
        [
            {"subject": "Hello\r\nBcc: everyone@example.org"},
            {"subject": "Hello\nBcc: everyone@example.org"},
            {"to": "ines@example.org\r\nBcc: everyone@example.org"},
            {"to": "ines@example.org, everyone@example.org"},
            {"to": "ines@example.org> RCPT TO:<everyone@example.org"},
            {"to": "Ines <ines@example.org>"},
            {"to": ""},
            {"to": "ïnes@example.org"},
            {"reply_to": "help@clinic.example\r\nBcc: everyone@example.org"},
            {"return_path": "x@clinic.example\r\nRCPT TO:<everyone@example.org>"},
            {"list_unsubscribe": "https://portal.example/>\r\nBcc: everyone@example.org"},
            {"list_unsubscribe": "javascript:alert(1)"},
        ],
    )
    async def test_nothing_can_be_slipped_into_a_header(self, trust: Trust, injected: dict[str, str]) -> None:
        server = Server()
        async with serving(server, starttls=trust.right) as port:
            assert await send(to_port(port, trust), **injected) == Outcome("refused", code="invalid")
        assert server.envelopes == []

    async def test_at_the_loudest_level_the_gateway_logs_no_address(
        self, trust: Trust, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        async with serving(Server(rcpt="550 ines@example.org?"), starttls=trust.right) as port:
            await send(to_port(port, trust))

        assert "ines" not in caplog.text
