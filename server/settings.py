"""Every setting, typed, read once; all problems are told together. Names begin with `BLOOMTEXT_`.

No setting relaxes security: only hosts and durations move.
"""

import base64
import binascii
import ipaddress
import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from server import web_push

PREFIX = "BLOOMTEXT_"
LONGEST_LINE = 200
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsProblem(Exception):
    """One or more settings are missing, malformed or unsafe; the text has a line for each."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What this process runs with. Durations are in seconds. See `.env.example` for each one's meaning."""

    database_url: str
    migration_database_url: str
    redis_url: str
    public_url: str
    portal_url: str
    host: str
    port: int
    processes: int
    metrics_port: int
    vonage_api_url: str
    vonage_application_id: str
    vonage_private_key: str
    vonage_api_key: str
    vonage_api_secret: str
    vonage_signature_secret: str
    smtp_url: str
    mail_from: str
    mail_listen: str
    mail_domain: str
    mail_dkim_selector: str
    dns_server: str
    push_private_key: str
    push_services: tuple[str, ...]
    hook_hosts: tuple[str, ...]
    master_key: bytes
    files_dir: Path
    staff_idle_seconds: int
    staff_lock_seconds: int
    staff_session_seconds: int
    portal_idle_seconds: int
    link_lifetime_seconds: int
    text_price: Decimal | None
    plan_price: str
    retry_time_scale: float
    trusted_proxies: tuple[Network, ...]
    log_level: str

    @property
    def is_https(self) -> bool:
        """Whether staff and patients come by https; cookies are then `__Host-` and Secure."""
        return self.public_url.startswith("https://")

    @property
    def contact(self) -> str:
        """Whom a service may ask about us: our address where it is the internet's, else our mailbox."""
        return self.public_url if self.is_https else f"mailto:{self.mail_from}"

    @property
    def mail_home(self) -> str:
        """The domain at which bounces, answers and unsubscribing mails come back to us."""
        return self.mail_domain or self.mail_from.rpartition("@")[2]


def _text(value: str) -> str:
    return value


def _line(value: str) -> str:
    if len(value) > LONGEST_LINE or not value.isprintable():
        raise ValueError(f"should be one line of at most {LONGEST_LINE} characters")
    return value.strip()


def _number(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("should be a whole number")
    return int(value)


def _seconds(value: str) -> int:
    if (number := _number(value)) < 1:
        raise ValueError("should be at least 1 second")
    return number


def _scale(value: str) -> float:
    number = float(value)
    if not 0 < number <= 1000:
        raise ValueError("should be above 0 and at most 1000")
    return number


def _price(value: str) -> Decimal | None:
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,6})?", value):
        raise ValueError("should be dollars such as 0.0083, or be empty")
    return Decimal(value)


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address, as in a web address, means this machine."""
    if host in ("localhost", None):
        return host == "localhost"
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.endswith(".localhost")


def _private_key(value: str) -> str:
    pem = value.replace("\\n", "\n")
    if not pem.startswith("-----BEGIN ") or "PRIVATE KEY-----" not in pem:
        raise ValueError("should be a private key in PEM, beginning with -----BEGIN PRIVATE KEY-----")
    return pem


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("should look like https://messages.clinic.example, without a path")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("should be https: plain http is for this machine only (localhost, 127.0.0.1)")
    return value.rstrip("/")


def _database(value: str) -> str:
    if value.partition(":")[0] not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("should look like sqlite:///folder/file.db or postgres://user:password@host/name")
    return value.replace("postgresql://", "postgres://", 1)


def _migrating(value: str) -> str:
    if value and value.partition(":")[0] not in ("postgres", "postgresql"):
        raise ValueError("should look like postgres://owner:password@host/name, or be empty")
    return value.replace("postgresql://", "postgres://", 1)


def _redis(value: str) -> str:
    if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("should look like redis://host:6379/0, or be empty for one process without Redis")
    return value


def _mail(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("should look like smtps://user:password@host:465 or smtp://user:password@host:587")
    if "tls=none" in parts.query and not is_loopback(parts.hostname):
        raise ValueError("should use TLS: mail without it is for this machine only")
    return value


def _place(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and (not host or not port.isdecimal() or int(port) > 65_535):
        raise ValueError("should look like 127.0.0.1:2525, or be empty")
    return value


def _domain(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]{0,253}", value):
        raise ValueError("should be a domain such as clinic.example, or be empty")
    return value.lower()


def _label(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{0,63}", value):
        raise ValueError("should be a selector such as mail2026, or be empty")
    return value


def _key(value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ValueError("should be 32 random bytes in base64 (python -c 'import os,base64;…')")
    return key


def _push_key(value: str) -> str:
    if value:
        web_push.private_key(value)
    return value


def _push_services(value: str) -> tuple[str, ...]:
    services = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    for each in services:
        host, _, port = each.partition(":")
        is_here = is_loopback(host) and port.isdecimal()
        if not is_here and not re.fullmatch(r"(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*", each):
            raise ValueError("should be hosts such as fcm.googleapis.com or *.push.apple.com, with commas between")
    return services


def _hook_hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    for each in hosts:
        if not re.fullmatch(r"[a-z0-9.-]+:[0-9]{1,5}", each):
            raise ValueError("should be hosts with their ports such as records.clinic.lan:8443, with commas between")
    return hosts


def _signature_secret(value: str) -> str:
    if len(value) < 32:
        raise ValueError("should have at least 32 characters")
    return value


def _networks(value: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())


def _level(value: str) -> str:
    if value not in ("debug", "info", "warning", "error"):
        raise ValueError("should be debug, info, warning or error")
    return value


@dataclass(frozen=True, slots=True)
class Entry:
    """How one setting is read. `default` None means it must be given; a secret may come from `NAME_FILE`."""

    read: Callable[[str], object]
    default: str | None
    about: str
    secret: bool = False


ENTRIES: dict[str, Entry] = {
    "database_url": Entry(_database, "sqlite:///var/bloomtext.db", "where the records are", secret=True),
    "migration_database_url": Entry(
        _migrating,
        "",
        "the same PostgreSQL as the role that owns it, for migrations; empty: DATABASE_URL's",
        secret=True,
    ),
    "redis_url": Entry(_redis, "", "the doorbell between processes; empty: one process", secret=True),
    "public_url": Entry(_web_address, "http://localhost:8000", "the address staff open"),
    "portal_url": Entry(_web_address, "http://localhost:8000", "the address in patients' links"),
    "host": Entry(_text, "127.0.0.1", "the address to listen on"),
    "port": Entry(_number, "8000", "the port to listen on"),
    "processes": Entry(_number, "1", "how many web processes share the port"),
    "metrics_port": Entry(_number, "0", "private port of the metrics on 127.0.0.1; 0: none"),
    "vonage_api_url": Entry(_web_address, "https://api.nexmo.com", "the carrier; plain http on this machine only"),
    "vonage_application_id": Entry(_text, None, "the carrier's id of our application"),
    "vonage_private_key": Entry(_private_key, None, "the application's private key, PEM", secret=True),
    "vonage_api_key": Entry(_text, None, "the carrier account's key"),
    "vonage_api_secret": Entry(_text, None, "the carrier account's secret", secret=True),
    "vonage_signature_secret": Entry(_signature_secret, None, "what the carrier signs its calls with", secret=True),
    "smtp_url": Entry(_mail, None, "the mail server; without TLS on this machine only", secret=True),
    "mail_from": Entry(_text, "messages@localhost", "the sender of our mails"),
    "mail_listen": Entry(_place, "", "where the worker takes bounces and answers, host:port; empty: it does not"),
    "mail_domain": Entry(_domain, "", "the domain of those addresses; empty: that of MAIL_FROM"),
    "mail_dkim_selector": Entry(_label, "", "the DKIM selector that `check` looks up; empty: it cannot tell"),
    "dns_server": Entry(_place, "", "whom `check` asks for DNS, host:port; empty: the system's"),
    "push_private_key": Entry(_push_key, "", "signs notices on staff computers; empty: there are none", secret=True),
    "push_services": Entry(
        _push_services,
        "fcm.googleapis.com,jmt17.google.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com",
        "whom we hand such notices to",
    ),
    "hook_hosts": Entry(
        _hook_hosts,
        "",
        "hosts of your own network, with ports, that clinics may tell of events or sign in at; empty: none",
    ),
    "master_key": Entry(_key, None, "32 random bytes in base64 that wrap every organization's key", secret=True),
    "files_dir": Entry(Path, "var/files", "where sealed files are kept"),
    "staff_idle_seconds": Entry(_seconds, "900", "a staff session without an act of the person ends"),
    "staff_lock_seconds": Entry(_seconds, "600", "a staff screen without keyboard or pointer is locked"),
    "staff_session_seconds": Entry(_seconds, "43200", "a staff session ends, whatever happens"),
    "portal_idle_seconds": Entry(_seconds, "900", "a patient's session without an act ends"),
    "link_lifetime_seconds": Entry(_seconds, "604800", "a portal link lives this long after the last message"),
    "text_price": Entry(
        _price, "", "what the carrier takes for one text segment, in dollars; empty: no costs are shown"
    ),
    "plan_price": Entry(
        _line, "", "what a paid plan costs, as clinics read it, such as $49 a month; empty: they are told when they ask"
    ),
    "retry_time_scale": Entry(_scale, "1", "multiplies every wait between tries, and the waits before reminders"),
    "trusted_proxies": Entry(_networks, "", "networks whose forwarded headers are believed"),
    "log_level": Entry(_level, "info", "debug, info, warning or error"),
}


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    :raises SettingsProblem: with every missing, malformed, unknown or unsafe one
    """
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    problems = _unknown(given)
    values: dict[str, object] = {}
    for name, entry in ENTRIES.items():
        try:
            values[name] = entry.read(_value(name, entry, given))
        except (ValueError, OSError) as wrong:
            problems.append(f"{PREFIX}{name.upper()} {wrong}")
    problems += _unsafe(values)
    if problems:
        raise SettingsProblem("\n".join(problems))
    return Settings(**values)  # type: ignore[arg-type]  # each entry's reader gives its field's type


def _unknown(given: Mapping[str, str]) -> list[str]:
    known = {PREFIX + name.upper() for name in ENTRIES}
    known |= {f"{PREFIX}{name.upper()}_FILE" for name, entry in ENTRIES.items() if entry.secret}
    return [f"{name} is no setting of ours; is it misspelt?" for name in sorted(set(given) - known)]


def _value(name: str, entry: Entry, given: Mapping[str, str]) -> str:
    variable = PREFIX + name.upper()
    if entry.secret and (path := given.get(f"{variable}_FILE")):
        if variable in given:
            raise ValueError("is given twice: directly and as a file")
        return _secret_file(Path(path))
    value = given.get(variable, entry.default)
    if value is None:
        raise ValueError(f"is missing: {entry.about}")
    return value


def _secret_file(path: Path) -> str:
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        raise ValueError("names a file that others can read; chmod 600")
    return path.read_text().strip()


def _unsafe(values: Mapping[str, object]) -> list[str]:
    """What is well-formed and still must not start."""
    problems = []
    public, portal = values.get("public_url"), values.get("portal_url")
    if isinstance(public, str) and isinstance(portal, str) and public.split(":")[0] != portal.split(":")[0]:
        problems.append(f"{PREFIX}PORTAL_URL and {PREFIX}PUBLIC_URL should both be https or both be http")
    ours, owners = values.get("database_url"), values.get("migration_database_url")
    if owners and isinstance(ours, str) and (ours.startswith("sqlite:") or ours == owners):
        problems.append(
            f"{PREFIX}MIGRATION_DATABASE_URL is for a PostgreSQL whose {PREFIX}DATABASE_URL has another role"
        )
    listens, home = values.get("mail_listen"), values.get("mail_domain") or values.get("mail_from")
    if listens and isinstance(home, str) and not home.rpartition("@")[2]:
        problems.append(f"{PREFIX}MAIL_LISTEN needs a domain for its addresses: give {PREFIX}MAIL_DOMAIN")
    return problems


assert set(ENTRIES) == {field.name for field in fields(Settings)}, "each field of Settings has an entry"
