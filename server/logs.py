"""Logs as JSON lines on standard output, with an allow-list: what is not named here is not written.

Private words reach a log by accident, through a library's debug output or the text of an exception. So libraries that
log values are held at WARNING or silenced at every level, and an entry keeps only the fields below.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

FIELDS = frozenset(
    (
        "event",
        "level",
        "timestamp",
        "error",
        "where",
        "reference",
        "code",
        "status",
        "method",
        "route",
        "ms",
        "bytes",
        "bytes_in",
        "bytes_out",
        "stream",
        "streams",
        "position",
        "seats",
        "attempt",
        "attempts",
        "state",
        "kind",
        "count",
        "seconds",
        "reason",
        "pid",
        "port",
        "check",
        "name",
        "delivery",
        "conversation",
        "work",
        "claimed",
        "signal",
        "app",
        "demo",
        "lane",
        "loop",
        "organization",
    )
)
SILENCED = ("vonage", "vonage_http_client", "urllib3", "mail.log", "aiosmtpd", "daphne")
HELD = (
    "tortoise",
    "asyncio",
    "aiosqlite",
    "asyncpg",
    "redis",
    "twisted",
    "autobahn",
    "httpcore",
    "django",
    "multipart",
)


class _Out:
    """Standard output as it is at each entry: what it was when logging began may be closed by now, and an entry that
    cannot be written must stop nobody.
    """

    def write(self, text: str) -> int:
        return sys.stdout.write(text)

    def flush(self) -> None:
        sys.stdout.flush()


_OUT = cast("TextIO", _Out())


def set_up(level: str) -> None:
    """Send our own entries and what libraries say to standard output from this level up."""
    number = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_known_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(_OUT),
        cache_logger_on_first_use=True,
    )
    _tame_libraries(number)


def only_known_fields(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list."""
    return {name: value for name, value in entry.items() if name in FIELDS}


class _Line(logging.Formatter):
    """A library's entry as one JSON line: its logger and its message, never a traceback with values."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {"event": record.getMessage(), "level": record.levelname.lower(), "app": record.name}
        return str(structlog.processors.JSONRenderer()(None, "", entry))


def _tame_libraries(number: int) -> None:
    handler = logging.StreamHandler(_OUT)
    handler.setFormatter(_Line())
    logging.basicConfig(level=number, handlers=[handler], force=True)
    for name in HELD:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
