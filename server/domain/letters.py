"""Admins of a clinic and the operators write to each other about running the product. It is no place for patients.

The clinic's screens hear of it by the Fact of its plan, which is what else stands between the two.
"""

from datetime import timedelta
from uuid import UUID

from server import access, audit, clock, errors, facts, keys, models, operator_access
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, jobs, managing, words
from server.errors import Kind, Refusal

LONGEST = 2000
AN_HOUR = 20
HOUR = timedelta(hours=1)
MAIL = "letter_mail"
"""The kind of the job that says by mail that an answer is there."""


async def write(letter_id: UUID, body: str, *, by: access.Staff) -> models.Letter:
    """An admin writes to the operators. The same letter again, by the id that its page chose, changes nothing.

    :raises Refusal: `not_allowed`, `empty`, `too_long`, `hidden_characters`, `key_reused`, `too_many`
    """
    managing.must_be_admin(by)
    said = _said(body)
    if not await models.Letter.filter(id=letter_id).exists():
        await budgets.spend(f"letters:{by.organization}", at_most=AN_HOUR, per=HOUR)
    async with transaction() as tx:
        await managing.locked_clinic(by)
        return await _keep(tx, letter_id, by.organization, said, user=by.user)


async def answer(letter_id: UUID, clinic: UUID, body: str, *, by: operator_access.Operator) -> models.Letter:
    """An operator writes to a clinic, and has read what it wrote. Who wrote last, or else every admin, is told by a
    mail that says nothing of it. The same letter again changes nothing.

    :raises Refusal: `unknown`, `empty`, `too_long`, `hidden_characters`, `key_reused`
    """
    said = _said(body)
    async with transaction() as tx:
        await _locked(clinic)
        is_new = not await models.Letter.filter(id=letter_id).exists()
        row = await _keep(tx, letter_id, clinic, said, operator=by.id)
        if is_new:
            await _read(tx, clinic, theirs=True)
            for admin in await _told(clinic):
                await jobs.begin(MAIL, admin, at=clock.now())
        return row


async def see(*, by: access.Staff) -> None:
    """An admin has the operators' letters on their screen. Seen again changes nothing.

    :raises Refusal: `not_allowed`
    """
    managing.must_be_admin(by)
    async with transaction() as tx:
        await managing.locked_clinic(by)
        await _read(tx, by.organization, theirs=False)


async def note_read(clinic: UUID) -> None:
    """An operator has read what the clinic wrote, and has nothing to answer.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        await _locked(clinic)
        await _read(tx, clinic, theirs=True)


async def _keep(
    tx: Transaction,
    letter_id: UUID,
    clinic: UUID,
    said: str,
    *,
    user: UUID | None = None,
    operator: UUID | None = None,
) -> models.Letter:
    ring = await keys.of(clinic)
    if there := await models.Letter.filter(id=letter_id).first():
        is_mine = (there.organization_id, there.user_id, there.operator_id) == (clinic, user, operator)
        if is_mine and ring.open("letter", "words", there.id, there.words_sealed) == said:
            return there
        raise Refusal(Kind.CONFLICT, "key_reused", "This was written already. Load the page again.")
    row = models.Letter(
        id=letter_id,
        organization_id=clinic,
        user_id=user,
        operator_id=operator,
        words_sealed=ring.seal("letter", "words", letter_id, said),
        created_at=clock.now(),
    )
    await row.save(force_create=True)
    await audit.enter(Did.LETTER_WRITTEN, organization=clinic, about=row.id)
    tx.record(facts.PlanChanged(), clinic)
    return row


async def _read(tx: Transaction, clinic: UUID, *, theirs: bool) -> None:
    """Whatever the clinic wrote (`theirs`), or the operators did, is read now."""
    waiting = models.Letter.filter(organization_id=clinic, read_at=None, user_id__isnull=not theirs)
    if await waiting.update(read_at=clock.now()):
        await audit.enter(Did.LETTERS_READ, organization=clinic, about=clinic)
        tx.record(facts.PlanChanged(), clinic)


async def _told(clinic: UUID) -> list[UUID]:
    """Who hears by mail that an answer is there."""
    admins = models.User.filter(organization_id=clinic, role=models.Role.ADMIN, active=True)
    there = [user.id for user in await admins.order_by("id")]
    last = await models.Letter.filter(organization_id=clinic, operator_id=None).order_by("-created_at", "-id").first()
    return [last.user_id] if last and last.user_id in there else there


async def _locked(clinic: UUID) -> None:
    if not await models.Organization.filter(id=clinic, erased_at=None).select_for_update(no_key=True).exists():
        raise errors.unknown()


def _said(body: str) -> str:
    said = words.remark(body, most=LONGEST)
    if not said:
        raise Refusal(Kind.INVALID, "empty", "Write something first.")
    return said
