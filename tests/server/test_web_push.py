"""Web Push as the standards say it, by their own example and by where a notice may go."""

import pytest

from server import web_push
from server.web_push import Target, from_text, to_text
from tests import push_service

SERVICES = ("fcm.googleapis.com", "*.push.apple.com", "127.0.0.1:8123")
TARGET = Target(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
)


def test_seals_as_the_example_of_rfc_8291() -> None:
    key = web_push.private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    salt = from_text("DGv6ra1nlYgDCS1FRnbzlw")

    sealed = web_push.sealed(TARGET, b"When I grow up, I want to be a watermelon", key=key, salt=salt, size=0)

    assert to_text(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PB"
        "ru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_one_notice_is_as_long_as_another_and_none_is_sealed_twice_alike() -> None:
    browser = push_service.Browser("https://fcm.googleapis.com/x")

    short, long = ({"says": "é" * length} for length in (1, 200))
    bodies = [web_push.seal(browser.target, notice) for notice in (short, short, long)]

    assert len({len(body) for body in bodies}) == 1
    assert len(set(bodies)) == 3
    assert [browser.opened(body) for body in bodies] == [short, short, long]


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/x:APA91",
        "https://fcm.googleapis.com:443/x",
        "https://web.push.apple.com/QGuQyavX",
        "http://127.0.0.1:8123/push/one",
    ],
)
def test_a_notice_may_go_to_a_service_of_ours(address: str) -> None:
    assert web_push.is_carried_by(SERVICES, address)


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com/x",
        "https://evil.example#@fcm.googleapis.com/x",
        "https://push.apple.com/x",
        "https://evilpush.apple.com.example/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1/x",
        "http://127.0.0.1:8124/x",
        "http://[::1]:8123/x",
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "file:///etc/passwd",
        "",
    ],
)
def test_and_nowhere_else(address: str) -> None:
    assert not web_push.is_carried_by(SERVICES, address)


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("BCVx", TARGET.auth), (TARGET.p256dh, "short"), ("é", "é")])
def test_what_is_no_key_is_said_so(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each part of the library says it in its own words
        web_push.must_be_target(Target(TARGET.endpoint, p256dh, auth))


def test_a_new_key_is_one_that_the_settings_take() -> None:
    made = web_push.new_key()

    assert web_push.private_key(made)
    assert made != web_push.new_key()
