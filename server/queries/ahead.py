"""What a patient would get from a team now, and who else would see it: shown before anything is sent."""

from uuid import UUID

from tortoise.expressions import Q

from server import access, clock, keys, models, notices
from server.queries import directory, notice_views, notice_words, numbers, own_contacts, proxies, ways
from server.queries import people as who
from server.vault import Keyring

MOST = 10


async def of(
    staff: access.Staff, patient: models.Patient, team: UUID, number: UUID | None = None
) -> notice_views.Ahead:
    """The ways to a patient from this team (from this `number` of its), its notices word for word, and whose phone it
    is besides.

    The first text from a number says how to stop them; where there is none yet, the next one is the first.
    """
    organization = await models.Organization.get(id=patient.organization_id)
    card = await directory.card(staff, patient, team=team, number=number)
    here = await models.Conversation.filter(patient_id=patient.id, team_id=team, current=True).first()
    link, language = notice_words.placeholder(), patient.language
    goes_from = await numbers.of_team(team, number or (here.phone_number_id if here else None))
    is_due = await notice_words.is_stop_due(here.id, goes_from.id if goes_from else None) if here else True
    text = notice_words.text(patient, organization, link=link, language=language, is_stop_due=is_due)
    mail = notice_words.mail(patient, organization, link=link, language=language)
    return notice_views.Ahead(
        ways=card.ways,
        may_send=ways.may_send(organization.plan, organization.plan_ends_at),
        proof=proof(organization, patient),
        secure_sms=notice_views.TextAhead(text, link, notices.segments_of(text)),
        secure_email=notice_views.MailAhead(mail.subject, mail.text, link),
        also=await _others(patient),
    )


def proof(organization: models.Organization, person: models.Patient | models.Proxy) -> notice_views.ProofName:
    """What is asked of a phone that opens its first link, before it is shown anything."""
    if organization.identity is models.IdentityPolicy.PRESS_ONLY:
        return "nothing"
    is_dated = person.birth_date_sealed and organization.identity is not models.IdentityPolicy.CODE
    return "birth_date" if is_dated else "code"


async def _others(patient: models.Patient) -> list[notice_views.PhoneHolder]:
    """Other patients with the same phone, then who acts for one with it."""
    if not patient.phone_index:
        return []
    ring, theirs = await keys.of(patient.organization_id), patient.phone_index
    having = await own_contacts.having([theirs])
    same = models.Patient.filter(having, organization_id=patient.organization_id).exclude(id=patient.id)
    acting = models.Proxy.filter(organization_id=patient.organization_id, phone_index=theirs, ended_at=None)
    held = [_patient(ring, each) for each in await same.order_by("id").limit(MOST)]
    acting = acting.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now())).select_related("patient")
    held += [_proxy(ring, each) for each in await acting.order_by("id").limit(MOST)]
    return held[:MOST]


def _patient(ring: Keyring, patient: models.Patient) -> notice_views.PhoneHolder:
    born = who.opened(ring, patient, "birth_date")
    return notice_views.PhoneHolder(patient.id, who.name_of(ring, patient), int(born[:4]) if born else None)


def _proxy(ring: Keyring, proxy: models.Proxy) -> notice_views.PhoneHolder:
    name, acts_for = proxies.name_of(ring, proxy), who.name_of(ring, proxy.patient)
    return notice_views.PhoneHolder(proxy.id, name, relation=proxy.relation.value, acts_for=acts_for)
