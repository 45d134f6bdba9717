"""Only the carrier's own calls get in, whatever their age; the replay is the caller's to stop, by `jti`."""

import hashlib
from datetime import timedelta

import jwt
import pytest

from server import clock
from server.gateways import carrier_webhooks
from server.gateways.carrier_webhooks import Claims, WebhookRefused

SECRET = "a-signature-secret-of-thirty-two-bytes-or-more"
BODY = b'{"message_uuid":"aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"}'


def claims(**changes: object) -> dict[str, object]:
    fixed: dict[str, object] = {
        "iat": int(clock.now().timestamp()),
        "jti": "call-1",
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(BODY).hexdigest(),
        "api_key": "abcd1234",
        "application_id": "our-application",
    }
    return {name: value for name, value in (fixed | changes).items() if value is not None}


def ago(**age: float) -> int:
    return int((clock.now() - timedelta(**age)).timestamp())


def check(token: str, body: bytes = BODY, scheme: str = "Bearer ") -> Claims:
    return carrier_webhooks.verify(
        {"Authorization": scheme + token},
        body,
        signature_secret=SECRET,
        api_key="abcd1234",
        application_id="our-application",
    )


def refused(token: str, body: bytes = BODY, scheme: str = "Bearer ") -> str:
    with pytest.raises(WebhookRefused) as refusal:
        check(token, body, scheme)
    return refusal.value.code


def sign(payload: dict[str, object], secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(payload, secret, algorithm=algorithm)


class TestVerify:
    def test_gives_the_claims_of_a_true_call(self) -> None:
        found = check(sign(claims()))

        assert (found.jti, found.api_key, found.application_id) == ("call-1", "abcd1234", "our-application")

    @pytest.mark.parametrize("scheme", ["bearer ", "BEARER ", "Bearer  "])
    def test_reads_the_scheme_in_any_case(self, scheme: str) -> None:
        assert check(sign(claims()), scheme=scheme).jti == "call-1"

    def test_accepts_a_call_that_the_carrier_repeats_after_thirty_days(self) -> None:
        assert check(sign(claims(iat=ago(days=30), exp=ago(days=29)))).jti == "call-1"

    @pytest.mark.parametrize("seconds", [0, 45])
    def test_accepts_a_clock_slightly_ahead(self, seconds: int) -> None:
        assert check(sign(claims(iat=ago(seconds=-seconds)))).jti == "call-1"

    def test_refuses_a_call_from_the_future(self) -> None:
        assert refused(sign(claims(iat=ago(minutes=-10)))) == "from_the_future"

    @pytest.mark.parametrize("body", [BODY + b" ", BODY.replace(b"aaaa", b"aaab"), b""])
    def test_refuses_another_body(self, body: bytes) -> None:
        assert refused(sign(claims()), body) == "other_body"

    def test_refuses_another_secret(self) -> None:
        assert refused(sign(claims(), SECRET + "!")) == "bad_signature"

    @pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
    def test_refuses_another_algorithm(self, algorithm: str) -> None:
        assert refused(sign(claims(), SECRET * 2, algorithm)) == "bad_signature"

    def test_refuses_an_unsigned_token(self) -> None:
        assert refused(jwt.encode(claims(), "", algorithm="none")) == "bad_signature"

    @pytest.mark.parametrize("missing", ["payload_hash", "jti", "iat", "iss", "api_key"])
    def test_refuses_a_call_without(self, missing: str) -> None:
        assert refused(sign(claims(**{missing: None}))) == "bad_claims"

    @pytest.mark.parametrize(
        "odd", [{"jti": ""}, {"jti": "x" * 201}, {"jti": 7}, {"iat": "now"}, {"iat": 1e30}, {"payload_hash": []}]
    )
    def test_refuses_odd_claims(self, odd: dict[str, object]) -> None:
        assert refused(sign_oddly(claims(**odd))) in {"bad_claims", "bad_signature"}

    @pytest.mark.parametrize("stranger", [{"application_id": "theirs"}, {"api_key": "theirs"}, {"iss": "Voyage"}])
    def test_refuses_calls_for_somebody_else(self, stranger: dict[str, object]) -> None:
        assert refused(sign(claims(**stranger))) == "not_ours"

    @pytest.mark.parametrize("token", ["", "garbage", "a.b.c", "é.é.é"])
    def test_refuses_what_is_no_token(self, token: str) -> None:
        assert refused(token) in {"unsigned", "bad_signature"}

    def test_refuses_basic_credentials(self) -> None:
        assert refused(sign(claims()), scheme="Basic ") == "unsigned"

    def test_refuses_a_call_without_credentials(self) -> None:
        with pytest.raises(WebhookRefused, match="unsigned"):
            carrier_webhooks.verify({}, BODY, signature_secret=SECRET, api_key="k", application_id="a")

    def test_an_empty_secret_opens_nothing(self) -> None:
        token = sign(claims())
        with pytest.raises(WebhookRefused, match="bad_signature"):
            carrier_webhooks.verify(
                {"authorization": f"Bearer {token}"}, BODY, signature_secret="", api_key="k", application_id="a"
            )

    def test_the_refusal_repeats_nothing_of_the_call(self) -> None:
        with pytest.raises(WebhookRefused) as refusal:
            check(sign(claims(), "another-secret-of-thirty-two-bytes-or-more"))

        assert refusal.value.args == ("bad_signature",)
        assert refusal.value.__cause__ is None


def sign_oddly(payload: dict[str, object]) -> str:
    """Sign claims that the library itself would not write."""
    import base64
    import hmac
    import json

    def part(value: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    text = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(payload)
    mark = base64.urlsafe_b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).rstrip(b"=")
    return (text + b"." + mark).decode()
