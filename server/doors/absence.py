"""Telling "the database or the bus is away" from a fault of ours."""

from collections.abc import Iterator

from tortoise.exceptions import DBConnectionError

_AWAY = {
    "asyncpg": (
        "AdminShutdownError",
        "CannotConnectNowError",
        "ConnectionDoesNotExistError",
        "CrashShutdownError",
        "InterfaceError",
        "PostgresConnectionError",
        "TooManyConnectionsError",
    ),
    "redis": ("BusyLoadingError", "ConnectionError", "TimeoutError"),
}
_SQLITE_AWAY = ("locked", "unable to open", "disk I/O", "disk is full", "readonly")


def is_absence(error: BaseException) -> bool:
    """Whether an error, or one that led to it, says that something we stand on is not there."""
    return any(_is_away(each) for each in _chain(error))


def _is_away(error: BaseException) -> bool:
    if isinstance(error, ConnectionError | TimeoutError | DBConnectionError):
        return True
    kind = type(error)
    root = kind.__module__.partition(".")[0]
    if root == "sqlite3":
        return kind.__name__ == "OperationalError" and any(words in str(error) for words in _SQLITE_AWAY)
    return kind.__name__ in _AWAY.get(root, ())


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        # The ORM wraps the driver's error as its only argument.
        inner = next((each for each in error.args if isinstance(each, BaseException)), None)
        error = error.__cause__ or inner or error.__context__


def is_clients_leaving(error: BaseException) -> bool:
    """Whether nobody is left to hear the answer; the server's own error, known by its name."""
    return any(type(each).__name__ in ("ClientLeft", "ClientDisconnect") for each in _chain(error))
