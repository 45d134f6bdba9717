"""Every status and code that Vonage documents has a state, a reason and plain words."""

import pytest

from server import reasons
from server.gateways import carrier_codes
from server.gateways.carrier_codes import CODES, SEND_CODES, STATUSES

RECEIPT_CODES = [*map(str, range(16)), "39", "50", "51", "52", "53", "54", "99"]
MESSAGES_CODES = [str(code) for code in range(1180, 1300, 10)]
MESSAGES_CODES += [
    "1000",
    "1010",
    "1020",
    "1060",
    "1070",
    "1120",
    "1170",
    "1241",
    "1330",
    "1360",
    "1380",
    "1381",
    "1382",
]


class TestTables:
    @pytest.mark.parametrize("code", RECEIPT_CODES + MESSAGES_CODES)
    def test_every_documented_code_is_known(self, code: str) -> None:
        assert code in CODES

    def test_every_trouble_has_a_reason_with_words_and_a_remedy(self) -> None:
        for meaning in [*STATUSES.values(), *CODES.values(), *SEND_CODES.values()]:
            if meaning.state in {"failed", "uncertain"}:
                assert reasons.REASONS[meaning.reason].words
            else:
                assert meaning.reason == meaning.state

    @pytest.mark.parametrize(
        ("code", "remedy"),
        [
            ("1180", reasons.Next.RETRY),
            ("1190", reasons.Next.CHECK_CONTACT),
            ("1210", reasons.Next.ADMIN),
            ("1240", reasons.Next.ASK_START),
            ("1250", reasons.Next.OTHER_WAY),
            ("1330", reasons.Next.CALL),
        ],
    )
    def test_the_remedy_of_a_code_is_what_the_carrier_advises(self, code: str, remedy: reasons.Next) -> None:
        assert reasons.REASONS[CODES[code].reason].next is remedy


class TestMeaning:
    @pytest.mark.parametrize(
        ("status", "code", "state", "reason"),
        [
            ("submitted", None, "sent", "sent"),
            ("buffered", None, "sent", "sent"),
            ("delivered", "0", "delivered", "delivered"),
            ("read", None, "delivered", "delivered"),
            ("rejected", None, "failed", "failed"),
            ("rejected", "1190", "failed", "number_dead"),
            ("rejected", "1360", "failed", "expired"),
            ("rejected", "1330", "uncertain", "unknown"),
            ("rejected", "4711", "failed", "failed"),
            ("rejected", "0", "failed", "failed"),
            ("undeliverable", "1260", "failed", "unreachable"),
            ("failed", "9", "failed", "opted_out"),
            ("expired", None, "failed", "expired"),
            ("unknown", None, "uncertain", "unknown"),
            ("teleported", None, "uncertain", "unknown"),
            ("Delivered", None, "delivered", "delivered"),
            ("submitted", "1000", "sent", "sent"),
        ],
    )
    def test_a_receipt_means(self, status: str, code: str | None, state: str, reason: str) -> None:
        meaning = carrier_codes.meaning(status, code)

        assert (meaning.state, meaning.reason) == (state, reason)

    def test_nine_is_credit_when_sending_and_opt_out_in_a_receipt(self) -> None:
        assert carrier_codes.meaning_of_refusal("9").reason == "credit"
        assert carrier_codes.meaning("failed", "9").reason == "opted_out"

    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            ("1430", "bad_number"),
            ("auth", "auth"),
            ("http_404", "parameters"),
            ("http_503", "carrier_internal"),
            ("never-heard-of", "parameters"),
        ],
    )
    def test_a_refused_send_means(self, code: str, reason: str) -> None:
        assert carrier_codes.meaning_of_refusal(code).reason == reason
