"""Which of several processes takes which tests: a whole file goes to one, and so do all journeys, which share a demo.

pytest-xdist's own groups no longer hold: it writes a test's group into its id, where pytest 9 does not look any more.
"""

from pathlib import PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "journeys"


class FilesTogether(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out files instead of single tests, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.split("::", 1)[0])
        return str(path.parent if path.parent.name == TOGETHER else path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesTogether:
    """Take ours, whatever `--dist` says."""
    # The biggest first would leave the longest, of few and slow tests, for the end.
    config.option.loadscopereorder = False
    return FilesTogether(config, log)
