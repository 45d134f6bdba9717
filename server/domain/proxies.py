"""Who acts for a patient: a parent, a guardian, a caregiver, with a scope and an end. Staff add, change and end them.

A proxy is a person of their own: own check, own links and devices, own receipts, own words. What they may see is asked
of their row at every read, so that what is ended here is over at once.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, keys, models, people
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import contacts, patient_changes, portal_links, tasks
from server.domain.patients import LANGUAGES
from server.errors import Kind, Refusal
from server.models import Relation, TaskKind
from server.queries import family_views, proxies

MOST = 10
"""Living proxies of one patient."""
WHYS = ("asked", "custody", "age", "mistake", "other")
"""Why staff end one."""
_SEALED = {"name": "name", "date_of_birth": "birth_date", "phone": "phone", "email": "email"}


class ProxyDetails(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What is said about a proxy. UNSET: leave it as it is; null or empty: it is not on file.

    `teams` are the ids of those whose conversations they may see; null: all of the clinic's.
    """

    name: str | msgspec.UnsetType = msgspec.UNSET
    relation: family_views.RelationName | msgspec.UnsetType = msgspec.UNSET
    date_of_birth: date | None | msgspec.UnsetType = msgspec.UNSET
    phone: str | None | msgspec.UnsetType = msgspec.UNSET
    email: str | None | msgspec.UnsetType = msgspec.UNSET
    language: str | msgspec.UnsetType = msgspec.UNSET
    notices: bool | msgspec.UnsetType = msgspec.UNSET
    teams: list[UUID] | None | msgspec.UnsetType = msgspec.UNSET
    begins_at: datetime | msgspec.UnsetType = msgspec.UNSET
    ends_at: datetime | None | msgspec.UnsetType = msgspec.UNSET
    review_at: datetime | None | msgspec.UnsetType = msgspec.UNSET


async def add(patient_id: UUID, proxy_id: UUID, details: ProxyDetails, *, by: access.Staff) -> models.Patient:
    """Let somebody act for a patient from now on. `proxy_id` is the asker's name for it: asked again, nothing happens.

    They need a name, and a phone or an e-mail for their own link; without a date of birth they are asked for codes.

    :raises Refusal: `unknown`, `not_allowed`, `no_name`, `no_way_to_reach`, `proxies_full`, `no_team`, `wrong_dates`,
        and what is said of a wrong phone, e-mail, date or language
    """
    async with transaction() as tx:
        patient = await _patient(patient_id, by=by)
        if earlier := await models.Proxy.filter(id=proxy_id).first():
            if earlier.patient_id != patient.id:
                raise errors.unknown()
            return patient
        if await models.Proxy.filter(patient_id=patient.id, ended_at=None).count() >= MOST:
            raise Refusal(Kind.CONFLICT, "proxies_full", f"{MOST} people act for this patient already. End one first.")
        now = clock.now()
        row = models.Proxy(
            id=proxy_id,
            organization_id=patient.organization_id,
            patient_id=patient.id,
            relation=Relation.OTHER,
            begins_at=now,
            created_at=now,
        )
        await _write(row, details)
        await _check(row)
        await row.save(force_create=True)
        await _tell(tx, patient, row, Did.PROXY_ADDED, {"relation": row.relation, "teams": _said(row.scope)})
        return patient


async def change(patient_id: UUID, proxy_id: UUID, details: ProxyDetails, *, by: access.Staff) -> models.Patient:
    """Change what is known of a proxy or what they may do. Links outside the new scope, or to an old contact, end.

    :raises Refusal: `unknown`, `not_allowed`, `proxy_ended`, and as `add`
    """
    async with transaction() as tx:
        patient, row = await _held(patient_id, proxy_id, by=by)
        if row.ended_at:
            raise Refusal(Kind.CONFLICT, "proxy_ended", "This person's access has ended. Add them again.")
        before = _open_facts(row)
        fields = sorted(await _write(row, details))
        await _check(row)
        if not fields:
            return patient
        row.rev += 1
        await row.save()
        await portal_links.revoke_of_proxy(tx, row, why="proxy_changed", teams=await _teams_of(row))
        after = _open_facts(row)
        moved = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        await _tell(tx, patient, row, Did.PROXY_CHANGED, {"fields": fields, "moved": moved})
        return patient


async def end(patient_id: UUID, proxy_id: UUID, why: str, *, by: access.Staff) -> models.Patient:
    """Nobody reads for the patient through this proxy any more: their links, sessions and sockets end now.

    `why` is one of WHYS. Ending what has ended changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `no_reason`
    """
    if why not in WHYS:
        raise Refusal(Kind.INVALID, "no_reason", f"Say why it ends: {', '.join(WHYS)}.")
    async with transaction() as tx:
        patient, row = await _held(patient_id, proxy_id, by=by)
        if row.ended_at is None:
            await finish(tx, patient, row, why, by=by.user)
            await _settle_reviews(tx, patient, "ended", by=by)
        return patient


async def finish(tx: Transaction, patient: models.Patient, row: models.Proxy, why: str, *, by: UUID) -> None:
    """The same inside another verb that holds the patient's lock."""
    row.ended_at, row.ended_by_id, row.ended_why = clock.now(), by, why
    row.paused_at, row.trouble = None, None
    row.rev += 1
    await row.save()
    await portal_links.revoke_of_proxy(tx, row, why="proxy_ended", teams=None)
    await models.Device.filter(patient_id=patient.id, proxy_id=row.id).delete()
    await _tell(tx, patient, row, Did.PROXY_ENDED, {"why": why})


async def review(patient_id: UUID, proxy_id: UUID, *, by: access.Staff) -> models.Patient:
    """Staff looked at a proxy's access, and it goes on. One whose access does not rest stays as it is.

    :raises Refusal: `unknown`, `not_allowed`, `proxy_ended`
    """
    async with transaction() as tx:
        patient, row = await _held(patient_id, proxy_id, by=by)
        if row.ended_at:
            raise Refusal(Kind.CONFLICT, "proxy_ended", "This person's access has ended. Add them again.")
        if row.paused_at or (row.review_at and row.review_at <= clock.now()):
            await keep(tx, patient, row)
            await _settle_reviews(tx, patient, "kept", by=by)
        return patient


async def restore(patient_id: UUID, proxy_id: UUID, *, by: access.Staff) -> models.Patient:
    """Use a proxy's phone and mailbox again: somebody of staff made sure that they are theirs.

    That also answers for a phone that was asked. What is in use stays as it is.

    :raises Refusal: `unknown`, `not_allowed`, `proxy_ended`
    """
    async with transaction() as tx:
        found = await models.Proxy.filter(id=proxy_id, patient_id=patient_id, organization_id=by.organization).first()
        if found is None:
            raise errors.unknown()
        # Contacts are locked before patients.
        for index in filter(None, (found.phone_index, found.email_index)):
            await contacts.resume(tx, by.organization, index)
        patient = await _patient(patient_id, by=by)
        row = await models.Proxy.get(id=proxy_id)
        if row.ended_at:
            raise Refusal(Kind.CONFLICT, "proxy_ended", "This person's access has ended. Add them again.")
        if trouble := row.trouble:
            row.trouble = None
            row.rev += 1
            await row.save()
            await _tell(
                tx, patient, row, Did.PROXY_CHANGED, {"fields": ["trouble"], "moved": {"trouble": [trouble, None]}}
            )
        return patient


async def keep(tx: Transaction, patient: models.Patient, row: models.Proxy) -> None:
    """Staff looked at a proxy's access and it goes on, inside another verb that holds the patient's lock."""
    row.reviewed_at, row.paused_at = clock.now(), None
    if row.review_at and row.review_at <= row.reviewed_at:
        row.review_at = None
    row.rev += 1
    await row.save()
    await _tell(tx, patient, row, Did.PROXY_REVIEWED, {})


async def pause(tx: Transaction, patient: models.Patient, row: models.Proxy, why: str) -> None:
    """A proxy's access rests until staff have looked at it, inside another verb that holds the patient's lock."""
    row.paused_at = clock.now()
    row.rev += 1
    await row.save()
    await portal_links.revoke_of_proxy(tx, row, why="proxy_review", teams=None)
    await _tell(tx, patient, row, Did.PROXY_PAUSED, {"why": why})


async def _patient(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """The patient, locked, for a member of any of the clinic's teams."""
    await access.patient(by, patient_id)
    if not by.member_of:
        sentence = "You are observing. Only a member of a team can say who acts for a patient."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
    return await models.Patient.select_for_update(no_key=True).get(id=patient_id)


async def _held(patient_id: UUID, proxy_id: UUID, *, by: access.Staff) -> tuple[models.Patient, models.Proxy]:
    found = await models.Proxy.filter(id=proxy_id, patient_id=patient_id, organization_id=by.organization).first()
    if found is None:
        raise errors.unknown()
    # Conversations are locked before patients, and a review that ends here may close its task in one.
    for task in await _reviews(found.patient_id):
        await models.Conversation.select_for_update(no_key=True).get(id=task.conversation_id)
    patient = await _patient(found.patient_id, by=by)
    return patient, await models.Proxy.get(id=proxy_id)


async def _reviews(patient: UUID) -> list[models.Task]:
    chosen = models.Task.filter(conversation__patient_id=patient, kind=TaskKind.REVIEW_PROXY, current=True)
    return await chosen.order_by("conversation_id")


async def _settle_reviews(tx: Transaction, patient: models.Patient, outcome: str, *, by: access.Staff) -> None:
    """Where nobody's access rests any more, nobody has to look at it."""
    if await models.Proxy.filter(patient_id=patient.id, ended_at=None, paused_at__not_isnull=True).exists():
        return
    for task in await _reviews(patient.id):
        conversation = await models.Conversation.get(id=task.conversation_id)
        await tasks.end(tx, conversation, task, outcome, by=by.user)


async def _write(row: models.Proxy, details: ProxyDetails) -> list[str]:
    """Set what was given; the names of what is other than before."""
    given = {name: value for name, value in msgspec.structs.asdict(details).items() if value is not msgspec.UNSET}
    ring = await keys.of(row.organization_id)
    changed = []
    for name, value in given.items():
        if name in _SEALED:
            field, text = _SEALED[name], _clean(name, value)
            if text == proxies.opened(ring, row, field):
                continue
            setattr(row, f"{field}_sealed", ring.seal(proxies.TABLE, field, row.id, text) if text else None)
            if field in ("phone", "email"):
                setattr(row, f"{field}_index", ring.blind(field, text) if text else None)
                row.trouble = None
        elif not _set(row, name, value):
            continue
        changed.append(name)
    return changed


def _clean(name: str, value: object) -> str:
    if isinstance(value, date):
        return people.birth_date(value, today=clock.now().date()).isoformat()
    text = str(value or "").strip()
    if not text:
        return ""
    if name == "phone":
        return people.phone(text)
    return people.email(text) if name == "email" else people.clean_name(text, field="name")


def _set(row: models.Proxy, name: str, value: object) -> bool:
    if name == "teams":
        name, value = "scope", None if value is None else " ".join(sorted({str(each) for each in _ids(value)}))
    if name == "relation":
        value = Relation(str(value))
    if name == "language" and value not in LANGUAGES:
        raise Refusal(Kind.INVALID, "no_language", "We write in English (en), Spanish (es) and Arabic (ar).")
    is_other: bool = getattr(row, name) != value
    setattr(row, name, value)
    return is_other


def _ids(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


async def _check(row: models.Proxy) -> None:
    if not row.name_sealed:
        raise Refusal(Kind.INVALID, "no_name", "Say who this person is: write their name.")
    if not (row.phone_index or row.email_index):
        sentence = "This person needs a phone or an e-mail of their own, for their link."
        raise Refusal(Kind.CONFLICT, "no_way_to_reach", sentence)
    if row.ends_at and row.ends_at <= row.begins_at:
        raise Refusal(Kind.INVALID, "wrong_dates", "The last day must come after the first one.")
    teams = row.teams
    if teams is not None:
        known = await models.Team.filter(id__in=list(teams), organization_id=row.organization_id).count()
        if not teams or known != len(teams):
            raise Refusal(Kind.INVALID, "no_team", "Choose the teams whose messages this person may read.")


async def _teams_of(row: models.Proxy) -> frozenset[UUID]:
    """Every team whose conversations they may see, by name."""
    if row.teams is not None:
        return row.teams
    every = await models.Team.filter(organization_id=row.organization_id).values_list("id")
    return frozenset(team for (team,) in every)


def _open_facts(row: models.Proxy) -> dict[str, object]:
    """What the audit may hold of a proxy, before and after: nothing of who they are."""
    return {
        "relation": row.relation,
        "teams": _said(row.scope),
        "begins_at": row.begins_at.isoformat(),
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
        "review_at": row.review_at.isoformat() if row.review_at else None,
        "notices": row.notices,
    }


def _said(scope: str | None) -> str | list[str]:
    return "all" if scope is None else scope.split()


async def _tell(tx: Transaction, patient: models.Patient, row: models.Proxy, did: Did, data: dict[str, object]) -> None:
    patient.rev += 1
    await patient.save(update_fields=["rev"])
    await audit.enter(did, organization=row.organization_id, about=row.id, patient=patient.id, data=data)
    await patient_changes.tell(tx, patient)
