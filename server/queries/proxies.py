"""People who act for a patient: what they may see, and how staff and families call them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server import clock, models, people, reasons
from server.db.prepared import Prepared
from server.queries import beside, family_views, own_contacts
from server.queries import people as who
from server.vault import Keyring

TABLE = "proxy"
GONE = Q(id__in=[])


def opened(ring: Keyring, proxy: models.Proxy, field: str) -> str:
    """One sealed field of a proxy, or an empty text where nothing is on file."""
    sealed: bytes | None = getattr(proxy, f"{field}_sealed")
    return ring.open(TABLE, field, proxy.id, sealed) if sealed else ""


def opened_of(ring: Keyring, person: models.Patient | models.Proxy, field: str) -> str:
    """One sealed field of whichever of the two it is."""
    return opened(ring, person, field) if isinstance(person, models.Proxy) else who.opened(ring, person, field)


def name_of(ring: Keyring, proxy: models.Proxy) -> str:
    """Their name, such as *Rosa Vega*."""
    return opened(ring, proxy, "name")


def reader_or_writer(ring: Keyring, row: models.Message | models.Receipt, patient: models.Patient) -> str:
    """Whose view or words of the patient's side these are: the proxy's name, else the patient's. `proxy` is loaded."""
    return name_of(ring, row.proxy) if row.proxy else who.name_of(ring, patient)


def as_staff_say(ring: Keyring, proxy: models.Proxy, patient: models.Patient) -> str:
    """Who they are to the patient, such as *Rosa Vega (mother of Tomás)*."""
    return who_to(ring, patient, name_of(ring, proxy), proxy.relation)


def who_to(ring: Keyring, patient: models.Patient, name: str, relation: models.Relation) -> str:
    """The same of somebody whose name is open."""
    first = who.opened(ring, patient, "first_name") or who.name_of(ring, patient)
    said = "acts for" if relation is models.Relation.OTHER else f"{relation.value} of"
    return f"{name} ({said} {first})"


def looked(ring: Keyring, look: beside.Look, patient: models.Patient) -> str | None:
    """Who to the patient it was that viewed something for them; nothing where they did it themselves."""
    if look.proxy is None or look.relation is None or look.sealed is None:
        return None
    return who_to(ring, patient, ring.open(TABLE, "name", look.proxy, bytes.fromhex(look.sealed)), look.relation)


async def visible_to(proxy: UUID, messages: QuerySet[models.Message]) -> QuerySet[models.Message]:
    """Those of these messages that a proxy may see now: of their patient, in their teams, not only the patient's."""
    found = await models.Proxy.filter(id=proxy).first()
    if found is None or not found.lives(clock.now()):
        return messages.filter(GONE)
    chosen = messages.filter(conversation__patient_id=found.patient_id, patient_only=False)
    teams = found.teams
    return chosen if teams is None else chosen.filter(conversation__team_id__in=list(teams))


_OF_PATIENT = Prepared(
    lambda patient: models.Proxy.filter(patient_id=patient, ended_at=None).order_by("created_at", "id")
)


async def living(patient: UUID, *, team: UUID | None = None) -> list[models.Proxy]:
    """Who may act for a patient now, towards one team if one is named, the longest known first."""
    now = clock.now()
    found = await _OF_PATIENT.all(patient)
    return [each for each in found if each.lives(now) and (team is None or each.teams is None or team in each.teams)]


async def by_contact(organization: UUID, indexes: Collection[str]) -> dict[str, list[models.Proxy]]:
    """Who may act for patients of a clinic now, with these patients, by which of these phones and mailboxes they have.

    The longest known first.
    """
    here, now = Q(phone_index__in=list(indexes)) | Q(email_index__in=list(indexes)), clock.now()
    chosen = models.Proxy.filter(here, organization_id=organization, ended_at=None).select_related("patient")
    found: dict[str, list[models.Proxy]] = {}
    for proxy in await chosen.order_by("created_at", "id") if indexes else []:
        for index in {proxy.phone_index, proxy.email_index} & set(indexes) if proxy.lives(now) else ():
            found.setdefault(str(index), []).append(proxy)
    return found


async def sharing(organization: UUID, indexes: Collection[str]) -> int:
    """How many patients and proxies of a clinic, whose access has not ended, have one of these phones and mailboxes."""
    here = Q(phone_index__in=list(indexes)) | Q(email_index__in=list(indexes))
    patients = await models.Patient.filter(await own_contacts.having(indexes), organization_id=organization).count()
    return patients + await models.Proxy.filter(here, organization_id=organization, ended_at=None).count()


async def person_of(link: models.PortalLink) -> models.Patient | models.Proxy:
    """Whose link it is, and so who is to prove that they are themselves."""
    if link.proxy_id:
        return await models.Proxy.get(id=link.proxy_id)
    return await models.Patient.get(id=link.patient_id)


def view(ring: Keyring, row: models.Proxy) -> family_views.Proxy:
    """One of them, as staff see them."""
    name, phone, born = (opened(ring, row, field) for field in ("name", "phone", "birth_date"))
    teams, said = row.teams, reasons.of(row.trouble)
    return family_views.Proxy(
        id=row.id,
        rev=row.rev,
        name=name,
        initials=people.initials(name),
        relation=row.relation.value,
        date_of_birth=date.fromisoformat(born) if born else None,
        phone=phone or None,
        phone_display=people.phone_display(phone) if phone else None,
        email=opened(ring, row, "email") or None,
        language=row.language,
        notices=row.notices,
        teams=None if teams is None else sorted(teams),
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        review_at=row.review_at,
        state=_state(row),
        words=said.words if said else None,
        may_restore=row.trouble in reasons.RESTS,
    )


def _state(row: models.Proxy) -> family_views.ProxyState:
    now = clock.now()
    if row.ended_at or (row.ends_at and row.ends_at <= now):
        return "ended"
    if row.lives(now):
        return "active"
    return "not_yet" if row.begins_at > now else "review"
