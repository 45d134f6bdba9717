"""Our mails: small, in one language, and nothing in them that is fetched or tells who reads."""

import re

import pytest

from server import notices
from server.notices import MailParts

LINK = "https://messages.mercy.example/m/abcdefghijklmnopqrstuv"
NAME, PHONE = "Mercy <Family> & Clinic", "(312) 555-0134"


def every(language: str) -> list[MailParts]:
    return [
        notices.notice_mail(name=NAME, phone=PHONE, link=LINK, language=language),
        notices.code_mail(name=NAME, code="123456", language=language),
        notices.not_private_mail(name=NAME, phone=PHONE, language=language),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
class TestEveryMail:
    def test_is_small_and_says_its_language(self, language: str) -> None:
        for parts in every(language):
            assert len(parts.html.encode()) < 20_000
            assert f'<html lang="{language}" dir="ltr">' in parts.html
            assert '<meta name="color-scheme" content="light dark">' in parts.html

    def test_fetches_nothing_and_follows_nobody(self, language: str) -> None:
        for parts in every(language):
            assert not re.search(r"<(img|script|link|iframe|form)|url\(|@import|background=", parts.html)
            assert set(re.findall(r"https?://[^\s\"<]+", parts.html + parts.text)) <= {LINK}

    def test_shows_names_and_never_runs_them(self, language: str) -> None:
        for parts in every(language):
            assert "<Family>" not in parts.html
            assert "Mercy &lt;Family&gt; &amp; Clinic" in parts.html
            assert NAME in parts.text

    def test_has_colours_that_can_be_read(self, language: str) -> None:
        for parts in every(language):
            assert "color:#1c2b33" in parts.html
            assert "background-color:#ffffff" in parts.html


def test_the_notice_has_a_button_the_whole_link_and_a_line_for_the_list_of_mails() -> None:
    parts = notices.notice_mail(name="Mercy", phone=PHONE, link=LINK)
    assert parts.html.count(f'href="{LINK}"') == 2
    assert f">{LINK}</a>" in parts.html
    assert "display:none" in parts.html
    assert "It takes one step." in parts.html
    assert "max-width:580px" in parts.html
