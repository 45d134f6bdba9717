"""Screens hear of a run at most twice a second, and always of its last step."""

from datetime import timedelta

from server import clock, facts, models
from server.db import Transaction

EVERY = timedelta(seconds=0.5)


def tell(tx: Transaction, run: models.ImportRun) -> None:
    """A state has changed: say so. The caller saves the run."""
    run.told_at = clock.now()
    tx.record(facts.ImportsChanged(run=run.id), run.organization_id)


def tell_now_and_then(tx: Transaction, run: models.ImportRun) -> None:
    """It came further in its state."""
    if run.told_at is None or clock.now() - run.told_at >= EVERY:
        tell(tx, run)
