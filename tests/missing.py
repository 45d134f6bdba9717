"""What a machine does not have: told loudly, and a failure where nothing may be skipped (`REQUIRE_ALL=1`)."""

import os
from collections import Counter
from typing import NoReturn

import pytest

NOT_HERE = "NOT HERE: "


def missing(what: str, why: object) -> NoReturn:
    """Skip what needs this part, or fail."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is required and would not start: {why}", pytrace=False)
    pytest.skip(f"{NOT_HERE}{what} ({why})")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests did not run, and for want of what."""
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if report.longrepr]
    counted = Counter(reason.split(NOT_HERE)[1] for reason in skipped if NOT_HERE in reason)
    for what, count in counted.items():
        terminalreporter.write_sep("!", f"{count} TESTS DID NOT RUN: no {what}", red=True, bold=True)
