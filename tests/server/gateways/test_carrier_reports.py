"""The carrier's shapes are read tolerantly: unknown fields pass, odd kinds reach a person, garbage is refused."""

from datetime import UTC, datetime

import msgspec
import pytest

from server.gateways import carrier_reports
from server.gateways.carrier_webhooks import WebhookRefused

INBOUND: dict[str, object] = {
    "channel": "sms",
    "message_uuid": "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
    "to": "13125550100",
    "from": "13125550142",
    "timestamp": "2026-11-23T14:03:07Z",
    "message_type": "text",
    "text": "See you then",
    "sms": {"num_messages": "2", "keyword": "SEE"},
    "usage": {"currency": "USD", "price": "0.0057"},
    "origin": {"network_code": "310260"},
    "something_new": [1, 2],
}

STATUS: dict[str, object] = {
    "message_uuid": "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
    "to": "13125550142",
    "from": "13125550100",
    "timestamp": "2026-11-23T14:03:09.500Z",
    "status": "rejected",
    "client_ref": "delivery-1",
    "channel": "sms",
}


def encoded(shape: dict[str, object], **changes: object) -> bytes:
    return msgspec.json.encode(shape | changes)


class TestInbound:
    def test_is_read_with_fields_nobody_knows(self) -> None:
        inbound = carrier_reports.parse_inbound(encoded(INBOUND))

        assert (inbound.sender, inbound.to, inbound.text) == ("13125550142", "13125550100", "See you then")
        assert inbound.at == datetime(2026, 11, 23, 14, 3, 7, tzinfo=UTC)
        assert inbound.sms is not None
        assert inbound.sms.num_messages == "2"

    def test_a_picture_has_its_media_and_no_text(self) -> None:
        picture = encoded(INBOUND, message_type="image", text=None, image={"url": "https://x.example/1", "size": 4})

        inbound = carrier_reports.parse_inbound(picture)

        assert (inbound.text, inbound.media and inbound.media.url) == (None, "https://x.example/1")

    def test_the_words_beside_a_picture_are_its_words(self) -> None:
        image = {"url": "https://x.example/1", "caption": "My knee"}

        inbound = carrier_reports.parse_inbound(encoded(INBOUND, message_type="image", text=None, image=image))

        assert (inbound.words, inbound.source) == ("My knee", "https://x.example/1")

    def test_a_kind_that_nobody_knows_is_kept(self) -> None:
        inbound = carrier_reports.parse_inbound(encoded(INBOUND, message_type="hologram", text=None))

        assert (inbound.message_type, inbound.media) == ("hologram", None)

    @pytest.mark.parametrize("timestamp", ["", "yesterday"])
    def test_an_odd_time_is_no_time(self, timestamp: str) -> None:
        assert carrier_reports.parse_inbound(encoded(INBOUND, timestamp=timestamp)).at is None

    @pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", encoded(INBOUND, to={"type": "sms"})])
    def test_garbage_is_refused(self, body: bytes) -> None:
        with pytest.raises(WebhookRefused, match="malformed"):
            carrier_reports.parse_inbound(body)


class TestPart:
    @pytest.mark.parametrize(
        ("said", "part"),
        [
            ({"concat": "true", "concat-ref": "7", "concat-total": "3", "concat-part": "2"}, ("7", 2, 3)),
            ({"concat-ref": 7, "concat-total": 3, "concat-part": 2}, ("7", 2, 3)),
            ({"sms": {"concat": True, "concat-ref": "7", "concat-total": "3", "concat-part": "2"}}, ("7", 2, 3)),
            ({}, None),
            ({"concat-ref": "7", "concat-total": "1", "concat-part": "1"}, None),
            ({"concat-ref": "7", "concat-total": "3", "concat-part": "4"}, None),
            ({"concat-ref": "7", "concat-total": "3", "concat-part": "0"}, None),
            ({"concat-ref": "7", "concat-total": "999", "concat-part": "1"}, None),
            ({"concat-ref": "7", "concat-total": "٣", "concat-part": "1"}, None),
            ({"concat-ref": "", "concat-total": "3", "concat-part": "1"}, None),
            ({"concat-ref": "x" * 65, "concat-total": "3", "concat-part": "1"}, None),
        ],
    )
    def test_is_found_wherever_the_carrier_puts_it(
        self, said: dict[str, object], part: tuple[str, int, int] | None
    ) -> None:
        found = carrier_reports.parse_inbound(encoded(INBOUND, **said)).part

        assert (found and (found.ref, found.number, found.total)) == part


class TestStatus:
    @pytest.mark.parametrize(
        ("error", "code"),
        [
            (None, None),
            ({"type": "https://developer.vonage.com/api-errors/messages#1240", "title": 1240}, "1240"),
            ({"type": "https://developer.vonage.com/api-errors/messages#1240", "title": "Opted out"}, "1240"),
            ({"type": "https://developer.vonage.com/api-errors/messages#rejected", "title": "1240"}, "1240"),
            ({"error": {"title": "1240"}}, "1240"),
            ({"type": "rejected", "title": "Rejected"}, None),
            ({"title": None}, None),
        ],
    )
    def test_the_code_is_found_wherever_the_carrier_puts_it(
        self, error: dict[str, object] | None, code: str | None
    ) -> None:
        assert carrier_reports.parse_status(encoded(STATUS, error=error)).code == code

    def test_an_opt_out_at_the_carrier_is_told_apart(self) -> None:
        status = carrier_reports.parse_status(encoded(STATUS, error={"title": 1240}))

        assert (status.client_ref, status.meaning.state, status.meaning.reason) == ("delivery-1", "failed", "opted_out")

    def test_a_status_needs_a_status(self) -> None:
        with pytest.raises(WebhookRefused, match="malformed"):
            carrier_reports.parse_status(encoded(INBOUND))


class TestE164:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [("13125550142", "+13125550142"), ("+13125550142", "+13125550142"), ("36729", "36729"), ("Bank", "Bank")],
    )
    def test_numbers_get_their_plus_and_the_rest_stays(self, said: str, expected: str) -> None:
        assert carrier_reports.e164(said) == expected
