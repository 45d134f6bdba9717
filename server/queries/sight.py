"""Which conversations stand in somebody's lists: the one place that says it, for statements and for the ORM.

Those of the inboxes that they may read; of the sensitive ones, those that are theirs to open (`Staff.opens`). It says
the same as `Staff.sees`.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from server.access import Reader, Staff
from server.db import sql


def where(staff: Reader, teams: Iterable[UUID] | None = None, name: str = "c") -> tuple[str, list[object]]:
    """A condition on the conversation `name` of a statement, and its values; of these teams, or of all they read."""
    chosen = sorted(staff.reads if teams is None else set(teams) & staff.reads)
    hidden, values = but_hidden(staff, name)
    return f"{name}.team_id IN ({sql.marks(chosen)}) AND {hidden}", [*chosen, *values]


def but_hidden(staff: Reader, name: str = "c") -> tuple[str, list[object]]:
    """The part of it that leaves out what is sensitive and not theirs."""
    opens: list[object] = [*sorted(staff.opens)]
    if not opens:
        return f"{name}.is_sensitive = FALSE", []
    return f"({name}.is_sensitive = FALSE OR {name}.id IN ({sql.marks(opens)}))", opens


def of(staff: Reader, path: str = "", teams: Iterable[UUID] | None = None) -> Q:
    """The same for the ORM; `path` leads from the model to its conversation, such as `note__conversation__`."""
    chosen = staff.reads if teams is None else set(teams) & staff.reads
    hidden = _q(path, is_sensitive=False)
    if staff.opens:
        hidden |= _q(path, id__in=sorted(staff.opens))
    return _q(path, team_id__in=sorted(chosen)) & hidden


def also_by_glass(staff: Staff, path: str = "") -> Q:
    """The same, and what a broken glass lets them read: for the pages of one patient, never for lists of many."""
    patients = sorted(patient for patient, _ in staff.glass)
    return of(staff, path) | _q(path, patient_id__in=patients) if patients else of(staff, path)


def _q(path: str, **chosen: object) -> Q:
    asked: Any = {f"{path}{name}": value for name, value in chosen.items()}
    return Q(**asked)
