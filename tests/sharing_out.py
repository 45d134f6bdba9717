"""Which of several processes takes which tests: a whole file goes to one.

Each process that takes a journey starts a demo of its own. pytest-xdist's own groups no longer hold: it writes a test's
group into its id, where pytest 9 does not look any more.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling


class FilesTogether(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out files instead of single tests, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesTogether:
    """Take ours, whatever `--dist` says."""
    # The biggest first would leave the longest, of few and slow tests, for the end.
    config.option.loadscopereorder = False
    return FilesTogether(config, log)
