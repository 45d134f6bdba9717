"""Bringing a list of patients in: upload, look, check, write, and take back.

A run is worked on by one job at a time (`carrying`), in batches of rows, each in a transaction that also moves the
run's position: whatever is killed, and whenever, the rows of a file add up.
"""

from server.domain.imports.carrying import KIND, carry, sweep
from server.domain.imports.correcting import correct
from server.domain.imports.runs import (
    Announced,
    Operator,
    begin,
    decide,
    must_manage,
    note_saving,
    own,
    pause,
    remove,
    resume,
    set_columns,
    start,
    stop,
    take,
    undo,
)

__all__ = [
    "KIND",
    "Announced",
    "Operator",
    "begin",
    "carry",
    "correct",
    "decide",
    "must_manage",
    "note_saving",
    "own",
    "pause",
    "remove",
    "resume",
    "set_columns",
    "start",
    "stop",
    "sweep",
    "take",
    "undo",
]
