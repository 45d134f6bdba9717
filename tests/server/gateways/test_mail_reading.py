"""Mails that came: what is read in reports, what a person wrote, what a machine sent; and nothing makes it fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from server.gateways import mail_codes, mail_quotes, mail_reading
from server.gateways.mail_reading import Received
from server.gateways.mail_reports import Report


def mail(*headers: str, body: str = "Hello", sender: str = "ines@example.com") -> Received:
    return mail_reading.read("\r\n".join([*headers, "", body]).encode(), envelope_sender=sender)


def report(*blocks: str, kind: str = "delivery-status") -> Received:
    parts = ["--p", "Content-Type: text/plain", "", "It did not work: 5.9.9", "--p", f"Content-Type: message/{kind}"]
    body = "\r\n".join([*parts, "", *blocks, "--p--", ""])
    return mail(f'Content-Type: multipart/report; report-type={kind}; boundary="p"', body=body, sender="")


def failed(status: str, action: str = "failed") -> Received:
    recipient = f"Final-Recipient: rfc822; x@example.com\r\nAction: {action}\r\nStatus: {status}\r\n"
    return report("Reporting-MTA: dns; mx.example\r\n", recipient)


class TestReport:
    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            ("5.1.1", "no_mailbox"),
            ("5.1.1 (unknown user)", "no_mailbox"),
            ("5.2.2", "mailbox_full"),
            ("5.2.1", "no_mailbox"),
            ("5.7.1", "mail_refused"),
            ("5.3.4", "mail_refused"),
            ("5.1.8", "mail_refused"),
            ("5.5.4", "mail_refused"),
            ("5.0.0", "bounced"),
            ("5.4.4", "bounced"),
            ("4.4.7", "expired"),
            ("4.2.2", "expired"),
            ("5.4.7", "expired"),
            ("nonsense", "bounced"),
        ],
    )
    def test_of_a_failure_has_one_reason(self, status: str, reason: str) -> None:
        assert failed(status).report == Report(reason)

    @pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded", ""])
    def test_of_anything_else_is_nothing_final(self, action: str) -> None:
        assert failed("4.4.1", action).report == Report(None)

    def test_in_any_case_of_letters(self) -> None:
        assert failed("5.1.1", "FAILED").report == Report("no_mailbox")

    def test_that_was_read_by_a_person_is_no_report(self) -> None:
        receipt = report("Disposition: manual-action/MDN-sent-manually; displayed", kind="disposition-notification")
        assert receipt.report is None
        assert receipt.is_automatic

    @pytest.mark.parametrize(
        ("subject", "body", "expected"),
        [
            ("Undeliverable: New message", "Status: 5.1.1", Report("no_mailbox")),
            ("failure notice", "550 mailbox unavailable", Report("no_mailbox")),
            ("Returned mail: see transcript", "552 too much", Report("mailbox_full")),
            ("Mail delivery failed", "It is gone.", Report("bounced")),
            ("Delivery Status Notification (Delay)", "5.1.1", Report(None)),
            ("Mail delivery failed", "4.2.2 over quota, we try again", Report(None)),
            ("Out of office", "550 things to do", None),
        ],
    )
    def test_from_before_rfc_3464(self, subject: str, body: str, expected: Report | None) -> None:
        assert mail("From: mailer-daemon@mx.example", f"Subject: {subject}", body=body, sender="").report == expected

    def test_is_never_read_out_of_a_persons_mail(self) -> None:
        read = mail("From: ines@example.com", "Subject: Re: Undeliverable", body="I got 550 5.1.1, what now?")
        assert read.report is None


class TestPerson:
    def test_from_and_the_way_back_are_told_apart(self) -> None:
        read = mail('From: "Ines" <ines@example.com>', sender="bounces+7@relay.example")
        assert (read.sender, read.answer_to) == ("ines@example.com", "bounces+7@relay.example")

    def test_several_senders_count_as_the_one_who_brought_it(self) -> None:
        assert mail("From: a@example.com, ines@example.com", sender="a@example.com").sender == "a@example.com"

    def test_other_words_under_the_same_id_are_another_mail(self) -> None:
        names = {mail("Message-ID: <1@x>", body=body).name for body in ("Yes", "No", "Yes")}
        assert len(names) == 2

    @pytest.mark.parametrize("header", ["Precedence: bulk", "X-Auto-Response-Suppress: DR, AutoReply"])
    def test_may_ask_for_silence(self, header: str) -> None:
        read = mail("From: ines@example.com", header)
        assert (read.is_automatic, read.may_answer) == (False, False)

    def test_no_word_between_pictures_is_lost(self) -> None:
        body = "\r\n".join(
            [
                "--m",
                "",
                "Before",
                "--m",
                'Content-Type: image/jpeg; name="rash.jpg"',
                "",
                "xx",
                "--m",
                "Content-Type: multipart/alternative; boundary=a",
                "",
                "--a",
                "Content-Type: text/html",
                "",
                "<p>After</p>",
                "--a--",
                "--m--",
            ]
        )
        read = mail("Content-Type: multipart/mixed; boundary=m", body=body)
        assert read.text == "Before\nAfter\n[attachment not taken]"

    def test_html_becomes_words(self) -> None:
        html = (
            "<html><head><style>p{}</style></head><body><p>Yes &amp; <b>no</b></p><div>Thanks<br>Ines</div>"
            '<script>alert(1)</script><div class="gmail_quote">On Monday Mercy wrote: <a href="x">y</a></div></body>'
        )
        assert mail("Content-Type: text/html; charset=utf-8", body=html).text == "Yes & no\n\nThanks\nInes"

    @pytest.mark.parametrize("charset", ["iso-8859-1", "no-such-charset", "utf-8"])
    def test_words_in_any_coding_are_kept(self, charset: str) -> None:
        raw = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + "Sí, mañana".encode("iso-8859-1")
        assert "ana" in mail_reading.read(raw, envelope_sender="x@y.example").text

    def test_what_nobody_types_is_cut_and_says_so(self) -> None:
        read = mail(body="a" * 50_000)
        assert len(read.text) < 41_000
        assert read.text.endswith("[the rest of this mail was not taken]")

    @settings(max_examples=200, deadline=None)
    @given(raw=some.binary(max_size=2000), sender=some.text(max_size=30))
    def test_nothing_makes_it_fail(self, raw: bytes, sender: str) -> None:
        mail_reading.read(raw, envelope_sender=sender)

    @pytest.mark.parametrize(
        "header", ["From: <", "From: =?x?q?", 'From: "\\', "Content-Type: multipart/mixed", "Date: x"]
    )
    def test_headers_that_break_the_library_do_not_break_us(self, header: str) -> None:
        assert mail(header, "Content-Transfer-Encoding: base64", body="!!").report is None


OURS = "https://messages.mercy.example/m/abcdefghijklmnopqrstuv"


class TestCut:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("Yes\n\nOn Mon, Oct 5, Mercy wrote:\n> New message\n> Read", "Yes"),
            ("Yes\r\n\r\nOn Mon, Oct 5, 2026 at 9:00 Mercy Family Clinic\r\n<a@b.c> wrote:\r\n> x\r\n", "Yes"),
            ("Sí\n\nEl lun, 5 oct 2026, Mercy escribió:\n> x", "Sí"),
            ("Yes\n-----Original Message-----\nFrom: Mercy\nSent: x\n\nHello", "Yes"),
            ("Yes\n________________________________\nFrom: Mercy\nSent: Monday\nHello", "Yes"),
            ("Yes\n> quoted", "Yes"),
        ],
    )
    def test_takes_our_own_mail_off(self, text: str, kept: str) -> None:
        assert mail_quotes.cut(text) == kept

    @pytest.mark.parametrize(
        "text",
        [
            "On Tuesday the nurse wrote:\ntake two",
            "On Tuesday the nurse wrote:",
            "> is this right\nYes it is",
            "> nothing but a quote",
            "El doctor escribió:\nreposo",
            "1 > 0",
        ],
    )
    def test_keeps_whatever_may_be_the_persons_own(self, text: str) -> None:
        assert mail_quotes.cut(text) == text

    def test_never_keeps_a_link_of_ours(self) -> None:
        assert mail_quotes.cut(f"I opened <{OURS}> twice: {OURS}.") == "I opened <[link] twice: [link]"


class TestCodes:
    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            ("550", "no_mailbox"),
            ("5.1.1", "no_mailbox"),
            ("552", "mailbox_full"),
            ("5.7.1", "mail_refused"),
            ("554", "mail_refused"),
            ("5.0.0", "mail_refused"),
            ("auth", "auth"),
            ("tls", "tls"),
            ("invalid", "bad_address"),
            ("", "mail_refused"),
        ],
    )
    def test_of_a_refusal(self, code: str, reason: str) -> None:
        assert mail_codes.reason_of_refusal(code) == reason
