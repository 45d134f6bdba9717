"""Opening and closing the database of this process."""

from typing import TypedDict
from urllib.parse import parse_qs, unquote, urlsplit

from tortoise import Tortoise

from server.db.sqlite_engine import WAITS_MS

MODELS = ["server.models"]
MIGRATIONS = "server.migrations"
IDLE_IN_TRANSACTION = "30000"
"""Milliseconds; ours take a few."""


class Connection(TypedDict):
    """How the ORM opens one connection."""

    engine: str
    credentials: dict[str, object]


def is_sqlite(url: str) -> bool:
    """Whether the address names the embedded database."""
    return url.startswith("sqlite:")


def config(url: str, *, pool: int = 8) -> dict[str, object]:
    """The ORM's configuration for `sqlite:///path` or `postgres://user:password@host:port/name`.

    A PostgreSQL on a Unix socket is `postgres://user@/name?host=/directory`.
    """
    app = {"models": MODELS, "default_connection": "default", "migrations": MIGRATIONS}
    opened = connections(url, pool=pool)
    if not is_sqlite(url):
        opened["default"]["credentials"]["reset"] = _leave_as_it_is
    return {"connections": opened, "apps": {"models": app}, "use_tz": True, "timezone": "UTC"}


async def _leave_as_it_is(_connection: object) -> None:
    """Spare the statement that the driver sends after every use to take back what a session was told.

    Nothing of ours outlives its transaction: no session settings, listeners or session locks. (A migration takes such a
    lock; its pool is made from `connections` and keeps the driver's way.) An open transaction is still rolled back.
    """


def role(url: str) -> str:
    """The role that a PostgreSQL address names."""
    return str(_postgres(url, 1)["credentials"]["user"])


def connections(url: str, *, pool: int = 8) -> dict[str, Connection]:
    """The connections of that configuration: `default`, and on SQLite `reader`."""
    return _sqlite(url) if is_sqlite(url) else {"default": _postgres(url, pool)}


def _sqlite(url: str) -> dict[str, Connection]:
    path = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else url.removeprefix("sqlite:")
    pragmas: dict[str, object] = {"file_path": path, "busy_timeout": WAITS_MS, "synchronous": "FULL"}
    writer: Connection = {"engine": "server.db.sqlite_engine", "credentials": pragmas}
    reader: Connection = {"engine": "server.db.sqlite_reader", "credentials": {**pragmas, "query_only": "ON"}}
    return {"default": writer, "reader": reader}


def _postgres(url: str, pool: int) -> Connection:
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    credentials: dict[str, object] = {
        "host": options.pop("host", None) or parts.hostname or "127.0.0.1",
        "port": parts.port or int(options.pop("port", "5432")),
        "user": unquote(parts.username or options.pop("user", "postgres")),
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/"),
        "minsize": 1,
        "maxsize": pool,
        # A process that was stopped inside a transaction must not hold its row locks for ever. Times that a statement
        # writes as text are in UTC, as they are in SQLite.
        "server_settings": {"idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION, "timezone": "UTC"},
        **options,
    }
    return {"engine": "tortoise.backends.asyncpg", "credentials": credentials}


async def connect(url: str, *, pool: int = 8) -> None:
    """Open the database for every task of this process.

    The ORM keeps its state in a context variable; without the global fallback only the task that opened it could use
    it.
    """
    await Tortoise.init(config=config(url, pool=pool), _enable_global_fallback=True)


async def disconnect() -> None:
    """Close every connection. A process that ends without this hangs: the SQLite driver's thread is not a daemon."""
    await Tortoise.close_connections()
