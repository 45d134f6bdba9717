"""Texts that fit one segment, say no health word, and whose link stays whole."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from server import notices
from server.notices import gsm7, texts

LINK = "https://msg.sunrise.example/m/7KQ4XW9T0123456789abcd"
NAMES = ["Mercy Family Clinic", "St. Mary’s", "Lakeside Pediatrics of Greater Springfield", "Clínica"]


GOLDEN = json.loads((Path(__file__).parents[2] / "wire/segments.json").read_text())
"""The composer's meter (`web/src/words/segments.ts`) is held to the same cases."""


class TestSize:
    @pytest.mark.parametrize(
        ("text", "encoding", "units", "segments"),
        [
            ("", "gsm7", 0, 1),
            ("a" * 160, "gsm7", 160, 1),
            ("a" * 161, "gsm7", 161, 2),
            ("a" * 306, "gsm7", 306, 2),
            ("a" * 307, "gsm7", 307, 3),
            ("€" * 80, "gsm7", 160, 1),
            ("a" + "€" * 153, "gsm7", 307, 3),
            ("é ñ ü ¿ ¡", "gsm7", 9, 1),
            ("á" * 70, "ucs2", 70, 1),
            ("á" * 71, "ucs2", 71, 2),
            ("🙂" * 35, "ucs2", 70, 1),
            ("🙂" * 67, "ucs2", 134, 3),
        ],
    )
    def test_is_what_the_carrier_charges(self, text: str, encoding: str, units: int, segments: int) -> None:
        measured = gsm7.size(text)

        assert (measured.encoding, measured.units, measured.segments) == (encoding, units, segments)

    @pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['text']!a} x{case['times']}")
    def test_is_counted_on_the_screen_alike(self, case: dict[str, str | int | None]) -> None:
        measured = gsm7.size(str(case["text"]) * int(case["times"] or 0))

        assert (measured.segments, measured.costly) == (case["segments"], case["costly"])

    def test_names_the_character_that_costs(self) -> None:
        assert gsm7.size("It’s ready").costly == "’"

    # ux.md's own arithmetic of the same texts.
    @pytest.mark.parametrize(
        ("text", "units"),
        [
            (
                (
                    "Sunrise Family Clinic: Maria, you have a new secure message. Read and reply: "
                    "https://msg.sunrise.example/m/7KQ4XW9T Questions? Call 312-555-0134"
                ),
                144,
            ),
            (
                (
                    "Sunrise Family Clinic: tiene un mensaje seguro nuevo. Para leer y responder: "
                    "https://msg.sunrise.example/m/7KQ4XW9T Preguntas: llame al 312-555-0134"
                ),
                148,
            ),
        ],
    )
    def test_agrees_with_texts_that_were_counted_by_hand(self, text: str, units: int) -> None:
        assert gsm7.size(text).units == units


class TestNoticeText:
    def test_names_the_clinic_one_link_and_whom_to_call(self) -> None:
        text = notices.notice_text(name="Sunrise", phone="312-555-0134", link=LINK)

        assert text == (f"Sunrise: you have a new secure message. Read and reply: {LINK} Questions? Call 312-555-0134")

    def test_leaves_the_phone_out_where_there_is_no_room(self) -> None:
        text = notices.notice_text(name="S" * 40, phone="312-555-0134", link=LINK)

        assert text.endswith(LINK)
        assert gsm7.is_one_segment(text)

    def test_never_leaves_out_how_to_stop_where_that_is_due(self) -> None:
        for size in range(1, 61):
            text = notices.notice_text(name="S" * size, phone="312-555-0134", link=LINK, is_stop_due=True)
            assert text.endswith(f"{LINK} Reply STOP to stop texts.")

    @pytest.mark.parametrize("language", ["en", "es"])
    @pytest.mark.parametrize("is_stop_due", [True, False])
    @pytest.mark.parametrize("is_reminder", [True, False])
    def test_fits_one_segment_whenever_its_settings_were_accepted(
        self, language: str, is_stop_due: bool, is_reminder: bool
    ) -> None:
        accepted = 0
        for size in range(1, 61):
            name = "N" * size
            if notices.why_not_fit(name=name, neutral_name="Clinic", phone="(312) 555-0134", portal_url=LINK[:27]):
                continue
            accepted += 1
            text = notices.notice_text(
                name=name,
                phone="(312) 555-0134",
                link=LINK,
                language=language,
                is_stop_due=is_stop_due,
                is_reminder=is_reminder,
            )
            assert gsm7.is_one_segment(text)
        assert accepted > 20

    @pytest.mark.parametrize("language", sorted(texts.WORDINGS))
    def test_no_wording_has_a_character_that_makes_three_texts_of_one(self, language: str) -> None:
        wording = texts.WORDINGS[language]

        again = (wording.full_again, wording.short_again)
        for words in (wording.full, wording.short, wording.call, wording.stop, *again):
            assert gsm7.size(words).encoding == "gsm7"

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "you still have an unread secure message"), ("es", "mensaje seguro sin leer")]
    )
    def test_a_reminder_says_that_the_message_is_still_unread(self, language: str, said: str) -> None:
        text = notices.notice_text(name="Mercy", phone="1", link=LINK, language=language, is_reminder=True)
        mail = notices.notice_mail(name="Mercy", phone="1", link=LINK, language=language, is_reminder=True)

        assert said in text
        assert said.removeprefix("you ") in mail.text
        assert mail.subject != notices.notice_mail(name="Mercy", phone="1", link=LINK, language=language).subject

    @pytest.mark.parametrize("language", ["en", "es", "ar"])
    @pytest.mark.parametrize("is_stop_due", [True, False])
    @pytest.mark.parametrize("name", NAMES)
    def test_the_link_stands_alone(self, language: str, is_stop_due: bool, name: str) -> None:
        text = notices.notice_text(name=name, phone="1", link=LINK, language=language, is_stop_due=is_stop_due)

        assert text.split().count(LINK) == 1


class TestWhyNotFit:
    def test_is_none_for_ordinary_settings(self) -> None:
        why = notices.why_not_fit(
            name="Mercy Family Clinic",
            neutral_name="Your doctor's office",
            phone="(312) 555-0134",
            portal_url="https://messages.mercyclinic.example",
        )

        assert why is None

    @pytest.mark.parametrize(("name", "because"), [("Clínica Sol", "“í”"), ("N" * 60, "no room")])
    def test_says_what_is_in_the_way(self, name: str, because: str) -> None:
        why = notices.why_not_fit(
            name=name, neutral_name="Clinic", phone="1", portal_url="https://messages.mercyclinic.example"
        )

        assert because in str(why)


class TestCode:
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_is_one_segment_for_the_longest_name(self, language: str) -> None:
        assert gsm7.is_one_segment(notices.code_text(name="N" * 60, code="123456", language=language))

    def test_stands_in_the_text_as_promised(self) -> None:
        text = notices.code_text(name="Mercy", code="123456")

        assert text == "Mercy: 123456 is your code to read your message. It works for 10 minutes."


class _Fetches(HTMLParser):
    """Everything a mail program would fetch or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags = set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "background", "srcset")]


class TestNoticeMail:
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_fetches_nothing_and_links_to_one_place(self, language: str) -> None:
        mail = notices.notice_mail(name="Mercy", phone="312-555-0134", link=LINK, language=language)

        seen = _Fetches()
        seen.feed(mail.html)
        assert set(seen.addresses) == {LINK}
        assert seen.tags & {"img", "link", "script", "style", "iframe"} == set()
        assert "url(" not in mail.html
        assert len(mail.html.encode()) < 20_000
        assert f"\n{LINK}\n" in mail.text

    def test_a_name_is_shown_as_it_is_written(self) -> None:
        mail = notices.notice_mail(name="<b>$link & Sons", phone="1", link=LINK)

        assert "&lt;b&gt;$link &amp; Sons" in mail.html
        assert "<b>$link & Sons" in mail.text

    def test_a_code_is_not_in_the_subject(self) -> None:
        mail = notices.code_mail(name="Mercy", code="123456")

        assert "123456" not in mail.subject
        assert "123456" in mail.text
        assert "123456" in mail.html
