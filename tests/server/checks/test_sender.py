"""SPF, DKIM, DMARC and MX, asked of a real DNS server."""

import base64
import dataclasses

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from server import settings as settings_module
from server.checks import sender
from server.settings import Settings
from tests.laws.test_settings import GOOD
from tests.server.checks import names
from tests.server.checks.names import Records

pytestmark = pytest.mark.anyio
HOME = "mercy.example"


def key(bits: int) -> str:
    public = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    raw = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(raw).decode()


KEY = key(1024)
RIGHT: Records = {
    (HOME, "TXT"): ['"google-site-verification=x"', '"v=spf1 include:_spf.mail.example " "mx -all"'],
    (HOME, "MX"): ["10 mx.mail.example."],
    ("_spf.mail.example", "TXT"): ['"v=spf1 ip4:192.0.2.0/24 a:out.mail.example -all"'],
    (f"s1._domainkey.{HOME}", "TXT"): [f'"v=DKIM1; k=rsa; p={KEY[:200]}" "{KEY[200:]}"'],
    (f"_dmarc.{HOME}", "TXT"): ['"v=DMARC1; p=quarantine; rua=mailto:d@mercy.example"'],
}


def with_settings(dns_server: str, **changed: str) -> Settings:
    ours = {"mail_from": f"notes@{HOME}", "mail_listen": "127.0.0.1:2525", "mail_dkim_selector": "s1"}
    return dataclasses.replace(settings_module.load(GOOD), dns_server=dns_server, **{**ours, **changed})  # type: ignore[arg-type]


async def found(records: Records, *, fails: bool = False, **changed: str) -> dict[str, tuple[str, str]]:
    async with names.serving(records, fails=fails) as server:
        lines = await sender.records(with_settings(server, **changed))
    return {line.name: (line.verdict, line.sentence) for line in lines}


async def test_what_is_right_is_ok() -> None:
    lines = await found(RIGHT)

    assert {name: verdict for name, (verdict, _) in lines.items()} == dict.fromkeys(
        ("SPF", "DKIM", "DMARC", "mail return"), "ok"
    )
    assert "3 look-ups" in lines["SPF"][1]
    assert "quarantine" in lines["DMARC"][1]
    assert "1024 bits" in lines["DKIM"][1]


LOOP = {("a.example", "TXT"): ['"v=spf1 include:b.example -all"'], ("b.example", "TXT"): ['"v=spf1 include:a.example"']}


@pytest.mark.parametrize(
    ("line", "changed", "said"),
    [
        ("SPF", {(HOME, "TXT"): ['"nothing"']}, "no SPF record"),
        ("SPF", {(HOME, "TXT"): ['"v=spf1 -all"', '"v=spf1 mx -all"']}, "2 SPF records"),
        ("SPF", {(HOME, "TXT"): ['"v=spf1 mx +all"']}, "lets everybody send"),
        ("SPF", {(HOME, "TXT"): ['"v=spf1 all"']}, "lets everybody send"),
        ("SPF", {(HOME, "TXT"): [f'"v=spf1 {" ".join(f"a:h{n}.example" for n in range(11))} -all"']}, "11 look-ups"),
        ("DKIM", {(f"s1._domainkey.{HOME}", "TXT"): ['"v=DKIM1; p="']}, "taken back"),
        ("DKIM", {(f"s1._domainkey.{HOME}", "TXT"): ['"v=DKIM1; p=bm90IGEga2V5"']}, "0 bits"),
        ("DKIM", {(f"s1._domainkey.{HOME}", "TXT"): ['"something"']}, "no key"),
        ("DMARC", {(f"_dmarc.{HOME}", "TXT"): ['"v=DMARC1"']}, "no policy"),
        ("DMARC", {(f"_dmarc.{HOME}", "TXT"): ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"']}, "2 DMARC records"),
        ("DMARC", {(f"_dmarc.{HOME}", "TXT"): ['"other"']}, "no DMARC record"),
        ("mail return", {(HOME, "MX"): ["0 ."]}, "Nobody takes mails"),
    ],
)
async def test_what_is_not_right_says_what_to_do(line: str, changed: Records, said: str) -> None:
    verdict, sentence = (await found({**RIGHT, **changed}))[line]

    assert verdict == "not right"
    assert said in sentence


async def test_a_loop_of_includes_ends() -> None:
    lines = await found({**RIGHT, **LOOP, (HOME, "TXT"): ['"v=spf1 include:a.example -all"']})
    assert lines["SPF"][0] == "ok"


async def test_a_short_key_is_not_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.gateways.sender_records.LEAST_BITS", 2048)
    assert (await found(RIGHT))["DKIM"][0] == "not right"


class TestDmarc:
    async def test_of_a_domain_above_counts(self) -> None:
        home = f"mail.{HOME}"
        records = {**RIGHT, (home, "TXT"): ['"v=spf1 mx -all"'], (home, "MX"): ["10 mx.mail.example."]}
        lines = await found(records, mail_from=f"notes@{home}")
        assert lines["DMARC"] == ("ok", f"{HOME} asks for quarantine; return path and sender belong together.")

    @pytest.mark.parametrize(
        ("domain", "policy", "verdict"),
        [
            ("bounces.mercy.example", "v=DMARC1; p=reject", "ok"),
            ("bounces.mercy.example", "v=DMARC1; p=reject; aspf=s", "not right"),
            ("bounces.example", "v=DMARC1; p=reject", "not right"),
        ],
    )
    async def test_needs_a_return_path_of_the_same_house(self, domain: str, policy: str, verdict: str) -> None:
        lines = await found({**RIGHT, (f"_dmarc.{HOME}", "TXT"): [f'"{policy}"']}, mail_domain=domain)
        assert lines["DMARC"][0] == verdict


class TestCannotTell:
    async def test_where_nobody_answers(self) -> None:
        assert {name: verdict for name, (verdict, _) in (await found({}, fails=True)).items()} == {
            "mail sender": "cannot tell"
        }

    async def test_dkim_without_a_selector(self) -> None:
        assert (await found(RIGHT, mail_dkim_selector=""))["DKIM"][0] == "cannot tell"

    async def test_a_domain_that_is_none(self) -> None:
        assert (await found(RIGHT, mail_from="messages@localhost"))["mail sender"][0] == "cannot tell"

    async def test_a_domain_that_nobody_can_have(self) -> None:
        [line] = await sender.records(with_settings("", mail_listen=""))
        assert line.verdict == "cannot tell"

    async def test_without_a_listener_nothing_is_said_of_who_takes_mails(self) -> None:
        assert "mail return" not in await found(RIGHT, mail_listen="")
