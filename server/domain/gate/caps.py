"""How much may go out: a stolen session, or a loop of ours, must not text people all night or cost a fortune."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from server.domain import budgets
from server.domain.budgets import Cap
from server.domain.gate import records, refusals
from server.domain.gate.asked import MANY, OWED, Asked

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Most:
    """How many texts and mails at most in a window, and the code of the refusal above it."""

    code: str
    many: int
    per: timedelta


PATIENT = (Most("cap_patient", 10, MINUTE), Most("cap_patient", 60, DAY))
TEAM = (Most("cap_team", 120, MINUTE),)
CLINIC = (Most("cap_clinic", 300, MINUTE), Most("cap_clinic", 20_000, DAY))


async def count(letters: Sequence[Asked]) -> None:
    """Count the texts and mails that were just arranged for one patient; ask this as late as a verb can.

    A message that rides with the notice of another sends nothing, so it is not counted.

    The clinic's row is everybody's, so it is locked only for the last statements of the verb. What is undone is not
    counted: unlike a guess, a message that was refused has told and cost nobody anything.

    :raises Refusal: `too_many`
    """
    counted = [asked for asked in letters if asked.path not in OWED]
    if not counted:
        return
    asked = counted[0]
    named = {name: (most, cap) for name, most, cap in _caps(asked)}
    for reached in await budgets.count([cap for _, cap in named.values()], len(counted)):
        code = named[reached.name][0].code
        await records.refuse(asked, [code])
        raise refusals.too_many(code, reached.seconds)


def _caps(asked: Asked) -> list[tuple[str, Most, Cap]]:
    team, clinic = (TEAM, asked.conversation.team_id), (CLINIC, asked.organization.id)
    # A broadcast keeps its own pace, and nobody who writes beside it may be told to wait for its sake.
    rest = [(CLINIC[1:], asked.organization.id)] if asked.path in MANY else [team, clinic]
    return [
        (name := f"sends:{most.per.total_seconds():.0f}:{whose}", most, Cap(name, most.many, most.per))
        for mosts, whose in [(PATIENT, asked.patient.id), *rest]
        for most in mosts
    ]
