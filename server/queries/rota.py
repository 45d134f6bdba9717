"""A team's plan of who is on call: what is on file, and whose turn it is at a moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server import clock, models
from server.queries import wall
from server.queries.rota_views import Rota, RotaDate, RotaTurn

DAY = timedelta(days=1)
EMPTY = Rota([[]] * 7)


@dataclass(frozen=True, slots=True)
class Spell:
    """Somebody is on call from one moment until another, in UTC."""

    user: UUID
    begins: datetime
    ends: datetime


def kept(team: models.Team) -> Rota:
    """The plan on file; nobody's where nobody has made one."""
    return msgspec.json.decode(team.rota, type=Rota) if team.rota else EMPTY


def spells(rota: Rota, zone: ZoneInfo, now: datetime) -> Iterator[Spell]:
    """The turns around a moment (UTC): every one that holds then, and all that begin on its day or the next.

    Of a time that comes twice a turn begins at the first one and ends at the second: between two nobody is missing.
    """
    today = now.astimezone(zone).date()
    otherwise = {each.date: each.turns for each in rota.dates}
    for day in (today - DAY, today, today + DAY):
        for turn in otherwise.get(day, rota.week[day.weekday()]):
            last = day if turn.begins < turn.ends else day + DAY
            begins, ends = wall.instant(day, turn.begins, zone, fold=0), wall.instant(last, turn.ends, zone, fold=1)
            yield Spell(turn.user, begins, ends)


def only(rota: Rota, may: Callable[[UUID], bool]) -> Rota:
    """The same with the turns of those alone who `may`. A date of which none is left is as its week again."""

    def of(turns: list[RotaTurn]) -> list[RotaTurn]:
        return [turn for turn in turns if may(turn.user)]

    dates = [
        msgspec.structs.replace(each, turns=of(each.turns)) for each in rota.dates if not each.turns or of(each.turns)
    ]
    return Rota([of(day) for day in rota.week], dates)


def ahead(rota: Rota, zone: str) -> Rota:
    """The same in order, without the dates that are over. A turn of yesterday may still hold."""
    since = clock.now().astimezone(ZoneInfo(zone)).date() - DAY
    dates = [RotaDate(each.date, _in_order(each.turns)) for each in rota.dates if each.date >= since]
    return Rota([_in_order(day) for day in rota.week], sorted(dates, key=lambda each: each.date))


def _in_order(turns: list[RotaTurn]) -> list[RotaTurn]:
    return sorted(dict.fromkeys(turns), key=lambda turn: (turn.begins, turn.ends, turn.user))
