"""Errors for the log, without their words: a message may quote what a patient wrote, a place in the code cannot."""

import logging
import traceback
from pathlib import PurePath
from typing import Any

from twisted.logger import LogLevel

log = logging.getLogger("server.launch")


def where(error: BaseException, deepest: int = 6) -> str:
    """The error's type and the last places it came through: `ValueError at app.py:12 in post < …`."""
    frames = traceback.extract_tb(error.__traceback__)[-deepest:]
    places = [f"{PurePath(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in reversed(frames)]
    return f"{type(error).__name__} at " + " < ".join(places or ["an unknown place"])


def twisted_observer(event: dict[str, Any]) -> None:
    """Let Twisted's warnings and errors through to our log, reduced to where they happened."""
    level = event.get("log_level")
    if level is None or level < LogLevel.warn:
        return
    failure = event.get("log_failure")
    what = where(failure.value) if failure is not None else "a warning"
    log.log(
        logging.ERROR if failure is not None else logging.DEBUG, "twisted: %s: %s", event.get("log_namespace"), what
    )


def loop_observer(_loop: object, context: dict[str, Any]) -> None:
    """The same for what the event loop could not give to anybody."""
    error = context.get("exception")
    log.error("loop: %s", where(error) if isinstance(error, BaseException) else "an error without exception")
