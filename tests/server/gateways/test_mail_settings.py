"""One address says where mail goes out; without TLS it never leaves this computer."""

import pytest

from server.gateways import mail_settings
from server.gateways.mail_settings import MailSettings

SENDER = "notices@clinic.example"


class TestParse:
    @pytest.mark.parametrize(
        ("url", "host", "port", "tls"),
        [
            ("smtp://mail.example", "mail.example", 587, "starttls"),
            ("smtp://mail.example:2525", "mail.example", 2525, "starttls"),
            ("smtps://mail.example", "mail.example", 465, "implicit"),
            ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, "none"),
            ("smtp://localhost:1025", "localhost", 1025, "none"),
            ("smtp://[::1]:1025", "::1", 1025, "none"),
            ("smtp://localhost:1025?tls=starttls", "localhost", 1025, "starttls"),
        ],
    )
    def test_reads(self, url: str, host: str, port: int, tls: str) -> None:
        settings = mail_settings.parse_smtp_url(url, sender=SENDER)

        assert (settings.host, settings.port, settings.tls) == (host, port, tls)

    def test_a_password_may_have_any_letter_and_is_never_printed(self) -> None:
        settings = mail_settings.parse_smtp_url("smtp://nurse%40clinic:p%3A%2Fss@mail.example", sender=SENDER)

        assert (settings.username, settings.password) == ("nurse@clinic", "p:/ss")
        assert "p:/ss" not in repr(settings)

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example/path",
            "smtp://mail.example?tls=none",
            "smtp://10.0.0.1?tls=none",
            "smtp://localhost.example?tls=none",
            "smtp://mail.example?tls=maybe",
        ],
    )
    def test_refuses(self, url: str) -> None:
        with pytest.raises(ValueError, match="ail"):
            mail_settings.parse_smtp_url(url, sender=SENDER)

    def test_the_refusal_does_not_repeat_the_password(self) -> None:
        with pytest.raises(ValueError, match="mail") as refusal:
            mail_settings.parse_smtp_url("http://nurse:secret@mail.example", sender=SENDER)

        assert "secret" not in str(refusal.value)


class TestMailSettings:
    def test_no_tls_is_for_this_computer_only(self) -> None:
        with pytest.raises(ValueError, match="TLS"):
            MailSettings(host="mail.example", port=25, tls="none", sender=SENDER)
