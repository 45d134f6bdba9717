"""`.env.example` and the settings name the same things; what is wrong is told all at once; unsafe ones do not start."""

import base64
import os
from pathlib import Path

import pytest

from server import settings
from server.settings import PREFIX, SettingsProblem

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"

GOOD = {
    f"{PREFIX}VONAGE_APPLICATION_ID": "app",
    f"{PREFIX}VONAGE_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----\\nMII…\\n-----END PRIVATE KEY-----",
    f"{PREFIX}VONAGE_API_KEY": "key",
    f"{PREFIX}VONAGE_API_SECRET": "secret",
    f"{PREFIX}VONAGE_SIGNATURE_SECRET": "s" * 32,
    f"{PREFIX}SMTP_URL": "smtps://user:password@mail.example:465",
    f"{PREFIX}MASTER_KEY": base64.b64encode(os.urandom(32)).decode(),
}


def _example() -> dict[str, str]:
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_the_example_names_every_setting_and_its_default() -> None:
    expected = {PREFIX + name.upper(): entry.default or "" for name, entry in settings.ENTRIES.items()}
    assert _example() == expected


def test_good_settings_load() -> None:
    assert settings.load(GOOD).public_url == "http://localhost:8000"


def test_every_problem_is_told_at_once() -> None:
    wrong = {**GOOD, f"{PREFIX}PORT": "x", f"{PREFIX}REDIS_URL": "localhost", f"{PREFIX}MASTER_KEY": "short"}
    with pytest.raises(SettingsProblem) as problem:
        settings.load(wrong)
    assert len(str(problem.value).splitlines()) == 3


def test_no_problem_repeats_a_secret() -> None:
    with pytest.raises(SettingsProblem) as problem:
        settings.load({**GOOD, f"{PREFIX}MASTER_KEY": "hunter2hunter2"})
    assert "hunter2" not in str(problem.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TYPO", "1"),
        ("PUBLIC_URL", "http://clinic.example"),
        ("PORTAL_URL", "https://clinic.example"),
        ("VONAGE_API_URL", "http://api.nexmo.com"),
        ("VONAGE_SIGNATURE_SECRET", "short"),
        ("VONAGE_PRIVATE_KEY", "a key"),
        ("SMTP_URL", "smtp://mail.example:25?tls=none"),
        ("MAIL_LISTEN", "2525"),
        ("MAIL_LISTEN", "0.0.0.0:70000"),
        ("MAIL_DOMAIN", "mercy.example\r\nx"),
        ("MAIL_DKIM_SELECTOR", "a b"),
        ("DNS_SERVER", "9.9.9.9"),
        ("TEXT_PRICE", "$0.01"),
        ("TEXT_PRICE", "NaN"),
        ("PLAN_PRICE", "$49\na month"),
        ("RETRY_TIME_SCALE", "0"),
        ("RETRY_TIME_SCALE", "nan"),
        ("STAFF_IDLE_SECONDS", "0"),
        ("TRUSTED_PROXIES", "everybody"),
    ],
)
def test_what_is_unsafe_or_unknown_does_not_start(name: str, value: str) -> None:
    with pytest.raises(SettingsProblem):
        settings.load({**GOOD, PREFIX + name: value})


def test_a_secret_may_come_from_a_file_that_nobody_else_can_read(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    file.chmod(0o600)
    given = {name: value for name, value in GOOD.items() if not name.endswith("API_SECRET")}
    given[f"{PREFIX}VONAGE_API_SECRET_FILE"] = str(file)
    assert settings.load(given).vonage_api_secret == "from a file"
    file.chmod(0o644)
    with pytest.raises(SettingsProblem):
        settings.load(given)
