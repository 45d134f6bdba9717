"""How often somebody may guess who a patient is (B17, B30): five tries, an hour's rest, five more, a day's rest.

Strangers to a patient share what the link and the patient allow. A browser on which the patient was confirmed before
has tries of its own, so that nobody who got hold of a link locks the patient out. Whole sources and all guesses taken
together have limits far above what people need.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server import audit, clock, models
from server.domain import budgets, guesses

TRIES = 5
PAUSE = timedelta(hours=1)
TRIES_A_DAY = 10
DAY = timedelta(days=1)
FROM_ONE_SOURCE = 60
BY_EVERYBODY = 600
CODES, QUARTER, CODES_A_DAY = 3, timedelta(minutes=15), 10


@dataclass(frozen=True, slots=True)
class Guess:
    """What one guess has spent; after it nothing is read before `paused_until`."""

    own: tuple[str, ...]
    today: str
    shared: tuple[str, ...]
    paused_until: datetime | None

    async def was_right(self) -> None:
        """The slips before it do not count, and it does not count against the many who share a budget."""
        for name in self.own:
            await budgets.forgive(name)
        for name in (self.today, *self.shared):
            await budgets.give_back(name)


async def spend_shared() -> tuple[str, ...]:
    """Count one guess for its source and for everybody; the names of what was spent.

    :raises Refusal: `too_many`
    """
    spent = []
    if source := audit.acting.get().source:
        spent.append(f"identity:from:{guesses.network(source)}")
        await budgets.spend(spent[0], at_most=FROM_ONE_SOURCE, per=PAUSE)
    spent.append("identity:everybody")
    await budgets.spend(spent[-1], at_most=BY_EVERYBODY, per=timedelta(minutes=1))
    return tuple(spent)


async def spend(session: models.PortalSession, device: models.Device | None, shared: tuple[str, ...]) -> Guess:
    """Count one guess in this session, made on a browser that the patient was confirmed on, or on another one.

    :raises Refusal: `too_many` while guesses at this patient rest
    """
    own, today = _of_device(device) if device else _of_strangers(session)
    rests = [PAUSE for name in own if await budgets.spend(name, at_most=TRIES, per=DAY, pause=PAUSE) == TRIES]
    if await budgets.spend(today, at_most=TRIES_A_DAY, per=DAY, pause=DAY) == TRIES_A_DAY:
        rests.append(DAY)
    return Guess(own, today, shared, clock.now() + max(rests) if rests else None)


async def spend_code(session: models.PortalSession) -> None:
    """Count one code that is sent to the patient.

    :raises Refusal: `too_many`
    """
    quarter, day = _codes(_person(session))
    await budgets.spend(quarter, at_most=CODES, per=QUARTER)
    await budgets.spend(day, at_most=CODES_A_DAY, per=DAY)


async def forgive(patient: models.Patient) -> None:
    """Begin to count anew for a patient and who acts for them: on all their links, and on every browser."""
    proxies = models.Proxy.filter(patient_id=patient.id, ended_at=None).order_by("id")
    people = [patient.id, *(proxy.id for proxy in await proxies)]
    names = [name for each in people for name in (*_codes(each), f"identity:person:{each}", f"identity:day:{each}")]
    links = models.PortalLink.filter(patient_id=patient.id, expires_at__gt=clock.now(), revoked_at=None)
    names += [f"identity:link:{link.id}" for link in await links.order_by("id")]
    for device in await models.Device.filter(patient_id=patient.id, expires_at__gt=clock.now()).order_by("id"):
        own, today = _of_device(device)
        names += [*own, today]
    for name in names:
        await budgets.forgive(name)


def _of_strangers(session: models.PortalSession) -> tuple[tuple[str, ...], str]:
    person = _person(session)
    return (f"identity:link:{session.link_id}", f"identity:person:{person}"), f"identity:day:{person}"


def _person(session: models.PortalSession) -> UUID:
    """Whose guesses they are: the patient, or the proxy whose link it is."""
    return session.link.proxy_id or session.patient_id


def _of_device(device: models.Device) -> tuple[tuple[str, ...], str]:
    return (f"identity:device:{device.id}",), f"identity:device-day:{device.id}"


def _codes(person: UUID) -> tuple[str, str]:
    return f"portal-code:quarter:{person}", f"portal-code:day:{person}"
