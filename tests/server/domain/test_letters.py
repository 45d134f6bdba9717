"""Admins and operators write to each other: each letter once, for nobody else, and told by a mail that says nothing."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from server import models, operator_access
from server.domain import letters
from server.domain.jobs import Job
from server.domain.sending import Letterhead, letter_mails
from server.queries import letters as queries
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.web.operators import olive
from tests.world import World

pytestmark = pytest.mark.anyio
QUESTION, ANSWER = "How do we bring our number along?", "Send us your last bill; it takes a week."


async def operator() -> operator_access.Operator:
    row = (await olive()).row
    return operator_access.Operator(row.id, row.name, uuid4(), True)


async def test_a_letter_comes_once_and_its_answer_is_counted_until_an_admin_sees_it(world: World) -> None:
    ana, us, clinic = await admin(world.dana), await operator(), world.mercy.organization.id
    asked, told = uuid4(), uuid4()
    for _ in range(2):
        await letters.write(asked, f" {QUESTION} ", by=ana)
    for _ in range(2):
        await letters.answer(told, clinic, ANSWER, by=us)

    shown = (await queries.shown(ana)).letters
    assert [(each.by, each.body, each.seen) for each in shown] == [
        ("Dana Reyes", QUESTION, True),
        (None, ANSWER, False),
    ]
    assert (await queries.unread(ana), await queries.unread(world.sam)) == (1, 0)
    assert await models.Work.filter(kind=letters.MAIL).count() == 1
    await letters.see(by=ana)
    assert await queries.unread(ana) == 0
    assert await refused(letters.write(asked, "Another", by=ana)) == "key_reused"
    assert await refused(letters.write(told, ANSWER, by=ana)) == "key_reused"
    stored = [bytes(row.words_sealed) for row in await models.Letter.all()]
    assert all(QUESTION.encode() not in row for row in stored)


async def test_it_is_the_admins_of_one_clinic_alone(world: World) -> None:
    ana, clinic = await admin(world.dana), world.mercy.organization.id
    asked = uuid4()
    await letters.write(asked, QUESTION, by=ana)
    lee = await admin(world.alex)
    for who in (world.sam, world.val):
        assert await refused(queries.shown(who)) == "not_allowed"
        assert await refused(letters.write(uuid4(), "Me too", by=who)) == "not_allowed"
    assert (await queries.shown(lee)).letters == []
    assert await refused(letters.write(asked, QUESTION, by=lee)) == "key_reused"
    assert (
        await refused(letters.write(uuid4(), "As I was", by=replace(world.sam, role=models.Role.ADMIN)))
        == "not_allowed"
    )
    us = await operator()
    assert await refused(letters.answer(uuid4(), UUID(int=5), ANSWER, by=us)) == "unknown"
    assert await models.Letter.filter(organization_id=clinic).count() == 1


async def test_the_mail_says_nothing_of_it(world: World) -> None:
    ana, us = await admin(world.dana), await operator()
    await letters.write(uuid4(), QUESTION, by=ana)
    await letters.answer(uuid4(), world.mercy.organization.id, ANSWER, by=us)
    row = await models.Work.get(kind=letters.MAIL)
    assert row.subject_id == ana.user
    head = Letterhead("https://clinic.example", "messages@clinic.example", staff_url="https://clinic.example")
    mail = await letter_mails.write(Job(row.id, uuid4(), row.kind, ana.user, row.data, 1), head)

    assert mail.to == "dana@mercy.example"
    assert not any(words in str(mail.parts) for words in (QUESTION, ANSWER))
    assert "There is a letter for the admins of Mercy Family Clinic" in str(mail.parts)
