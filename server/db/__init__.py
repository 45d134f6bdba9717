"""The database: `transaction()` is the only way to write, `snapshot()` reads several things of one moment."""

from server.db.core import Transaction, after_commit, keep_even_if_undone, snapshot, transaction

__all__ = ["Transaction", "after_commit", "keep_even_if_undone", "snapshot", "transaction"]
