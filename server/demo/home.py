"""Where a demo lives: its database, its keys and its secrets, in one private folder."""

import base64
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from server import web_push

ACCOUNT = "demo0000"
APPLICATION = "00000000-0000-4000-8000-000000000001"
HOURS = 12


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one demo. Everything in it is made once and kept."""

    folder: Path

    @property
    def database_url(self) -> str:
        """The embedded database."""
        return f"sqlite:///{self.folder / 'demo.db'}"

    def prepare(self) -> None:
        """Make the folder and its secrets, readable by their owner alone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        for name, make in MADE_ONCE.items():
            self._once(name, make)

    def empty(self) -> None:
        """Forget all that happened in the demo; its keys stay."""
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name not in MADE_ONCE:
                path.unlink()

    def secret(self, name: str) -> str:
        """One of the secrets."""
        return (self.folder / name).read_text().strip()

    def environment(
        self, *, port: int, carrier_url: str, smtp_port: int, redis_url: str, mail_port: int = 0
    ) -> dict[str, str]:
        """The settings of the demo's processes: only hosts and durations differ from a clinic's.

        `mail_port` is where mails come back; 0: they do not.
        """
        here = f"http://localhost:{port}"
        values = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": redis_url,
            "PUBLIC_URL": here,
            "PORTAL_URL": here,
            "PORT": str(port),
            "VONAGE_API_URL": carrier_url,
            "VONAGE_APPLICATION_ID": APPLICATION,
            "VONAGE_API_KEY": ACCOUNT,
            "VONAGE_API_SECRET_FILE": str(self.folder / "api.secret"),
            "VONAGE_PRIVATE_KEY_FILE": str(self.folder / "carrier.pem"),
            "VONAGE_SIGNATURE_SECRET_FILE": str(self.folder / "signature.secret"),
            "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
            "MAIL_FROM": "messages@sunrise.example",
            "MAIL_LISTEN": f"127.0.0.1:{mail_port}" if mail_port else "",
            "PUSH_PRIVATE_KEY_FILE": str(self.folder / "push.key"),
            "MASTER_KEY_FILE": str(self.folder / "master.key"),
            "FILES_DIR": str(self.folder / "files"),
            "STAFF_IDLE_SECONDS": str(HOURS * 3600),
            "STAFF_LOCK_SECONDS": str(HOURS * 3600),
            "PORTAL_IDLE_SECONDS": "3600",
            "TEXT_PRICE": "0.0113",
            "PLAN_PRICE": "$49 a month for each phone number of the clinic (a made-up price)",
            "LOG_LEVEL": "warning",
        }
        return {f"BLOOMTEXT_{name}": value for name, value in values.items()}

    def _once(self, name: str, make: Callable[[], str]) -> None:
        path = self.folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(make())


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption()).decode()


MADE_ONCE: Mapping[str, Callable[[], str]] = {
    "master.key": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
    "signature.secret": lambda: secrets.token_urlsafe(32),
    "api.secret": lambda: secrets.token_urlsafe(24),
    "carrier.pem": _private_key,
    "push.key": web_push.new_key,
}
"""The secrets of a demo and how each is made; they outlive a demo that begins anew."""
