"""Whom a broadcast reaches, and who is left out: the gate's own answers, frozen."""

from collections.abc import Awaitable
from uuid import uuid4

import pytest

from server import models
from server.db import transaction
from server.domain import (
    broadcasts,
    contacts,
    conversations,
    groups,
    messages,
    patient_contacts,
    patient_states,
    patients,
    stops,
)
from server.errors import Refusal
from server.models import BroadcastWay, ContactKind, Via
from server.queries import broadcasts as queries
from server.queries.broadcast_views import Filter, Listed
from tests.refusing import refused
from tests.server.domain.casting import begun, checked, left_out, more_patients, said, states, work
from tests.world import World

pytestmark = pytest.mark.anyio
WAYS = (
    (BroadcastWay.SMS, Via.SMS),
    (BroadcastWay.SECURE_SMS, Via.SECURE_SMS),
    (BroadcastWay.SECURE_EMAIL, Via.SECURE_EMAIL),
)


class TestWhoIsReached:
    async def test_is_frozen_with_the_reason_of_everybody_who_is_left_out(self, world: World) -> None:
        await stops.write_down(
            world.ines.id, is_mail=False, team_id=world.ines_thread.team_id, said="On the phone", by=world.dana
        )
        nobody = await patients.create(patients.Details(first_name="No", last_name="Contact"), by=world.dana)
        silent = await patients.create(patients.Details(first_name="Nell", phone="+13125560001"), by=world.dana)
        await models.Patient.filter(id=silent.id).update(news=False)

        row = await checked(world, said(Filter(ours=False), way=BroadcastWay.SECURE_SMS))

        assert await left_out(row) == {world.ines.id: "opted_out", nobody.id: "no_phone", silent.id: "no_news"}
        assert await states(row) == {"left_out": 3, "waiting": 1}
        assert await models.Message.all().count() == 0

    async def test_are_those_whom_one_person_could_write_to(self, world: World) -> None:
        """The bulk question and the gate agree, whatever stands in the way."""
        await more_patients(world, 6)
        everybody = await models.Patient.filter(organization_id=world.mercy.organization.id).order_by("id")
        for patient in everybody[1:3]:
            await patients.consent(patient.id, wording="Agreed", by=world.dana)
        async with transaction() as tx:
            await contacts.meet(everybody[3].organization_id, models.ContactKind.PHONE, everybody[3].phone_index or "")
            await contacts.pause(tx, everybody[3].organization_id, everybody[3].phone_index or "", "paused")
        for way, via in WAYS:
            row = await checked(world, said(Filter(ours=False), way=way))
            out = await left_out(row)
            for patient in everybody:
                thread, _ = await conversations.open_with(patient.id, world.ines_thread.team_id, by=world.dana)
                posting = messages.post(thread.id, key=way, via=via, body="Hello", by=world.dana)
                assert (patient.id in out) == bool(await refused_or_none(posting))

    async def test_prefer_their_own_way_and_get_another_only_if_they_agreed(self, world: World) -> None:
        await models.Patient.filter(id=world.ines.id).update(prefers="email")
        row = await checked(world)
        ways = {each.patient_id: each.via for each in await models.BroadcastRecipient.filter(broadcast_id=row.id)}
        assert ways == {world.ines.id: Via.SECURE_EMAIL, world.omar.id: Via.SECURE_SMS}

        await models.Patient.filter(id=world.ines.id).update(prefers=None)
        await stops.write_down(
            world.ines.id, is_mail=False, team_id=world.ines_thread.team_id, said="On the phone", by=world.dana
        )
        assert await left_out(await checked(world)) == {world.ines.id: "opted_out"}

    async def test_get_a_plain_text_once_where_they_share_a_phone(self, world: World) -> None:
        ana = await patients.create(patients.Details(first_name="Ana", phone="+13125550142"), by=world.dana)
        for patient in (world.ines, ana):
            await patients.consent(patient.id, wording="Agreed", by=world.dana)

        plain = await checked(world, said(Filter(ours=False), way=BroadcastWay.SMS))
        secure = await checked(world, said(Filter(ours=False), way=BroadcastWay.SECURE_SMS))

        assert sorted((await left_out(plain)).values(), key=str) == ["no_consent", "same_phone"]
        assert (await queries.detail(secure.id, world.dana)).check.shared == 2
        assert await left_out(secure) == {}

    async def test_read_the_words_of_their_language_or_english(self, world: World) -> None:
        await models.Patient.filter(id=world.ines.id).update(language="es")
        await models.Patient.filter(id=world.omar.id).update(language="ar")
        row = await begun(world, said(es="La clínica de la gripe"))
        await work()

        assert [each.language for each in await models.BroadcastRecipient.all().order_by("patient_id")].count("es") == 1
        detail = await queries.detail(row.id, world.dana)
        assert (detail.check.fallback, detail.check.languages) == (1, {"en": 1, "es": 1})

    async def test_are_found_by_filter_and_by_pasted_list(self, world: World) -> None:
        twin = await patients.create(patients.Details(first_name="Twin", phone="(312) 555-0143"), by=world.dana)
        row, _ = await broadcasts.begin(world.ines_thread.team_id, "k", said(Filter(days=30)), by=world.dana)
        pasted = "312-555-0142\n\n+13125550143\nM-1002\nM-1002\n312 555 9999\n"

        row, match = await broadcasts.list_patients(row.id, pasted, by=world.dana)

        assert (match.matched, match.unknown, match.several) == (2, ["312 555 9999"], ["+13125550143"])
        assert await queries.audience_of(row) == [Filter(days=30), Listed([world.ines.id, world.omar.id])]
        assert twin.id not in {each.patient_id for each in await models.BroadcastRecipient.all()}

    async def test_are_found_by_group_and_never_who_is_archived(self, world: World) -> None:
        group = await groups.create("Flu", by=world.val)
        await groups.add(group.id, [world.ines.id, world.omar.id], by=world.dana)
        await patient_states.archive(world.omar.id, by=world.dana)
        await more_patients(world, 1)

        for filters, meant in (([Filter(ours=False, group=group.id)], 1), ([Filter(ours=False)], 2)):
            row = await checked(world, said(*filters))
            assert await models.BroadcastRecipient.filter(broadcast_id=row.id).count() == meant
        await groups.delete(group.id, by=world.val)
        assert await refused(checked(world, said(Filter(ours=False, group=group.id)))) == "no_audience"

    async def test_a_pasted_phone_or_mailbox_means_whose_further_one_it_is(self, world: World) -> None:
        for kind, value in ((ContactKind.PHONE, "+13125560009"), (ContactKind.EMAIL, "work@example.com")):
            rev = (await models.Patient.get(id=world.omar.id)).rev
            said_of = patient_contacts.Said(value=value)
            await patient_contacts.add(world.omar.id, uuid4(), kind, said_of, rev=rev, by=world.dana)
        row, _ = await broadcasts.begin(world.ines_thread.team_id, "k", said(), by=world.dana)

        row, match = await broadcasts.list_patients(row.id, "312 556 0009\nwork@example.com\n", by=world.dana)

        assert (match.matched, match.unknown, match.several) == (1, [], [])
        assert Listed([world.omar.id]) in await queries.audience_of(row)
        twin = await patients.create(patients.Details(first_name="Twin", phone="(312) 556-0009"), by=world.dana)
        _, match = await broadcasts.list_patients(row.id, "312 556 0009", by=world.dana)
        assert (match.matched, match.several) == (0, ["312 556 0009"]), twin

    async def test_who_is_archived_is_left_out_of_a_pasted_list(self, world: World) -> None:
        await patient_states.archive(world.omar.id, by=world.dana)
        row, _ = await broadcasts.begin(world.ines_thread.team_id, "k", said(), by=world.dana)
        await broadcasts.list_patients(row.id, "M-1001\nM-1002", by=world.dana)

        row = await broadcasts.check(row.id, by=world.dana)

        assert await left_out(row) == {world.omar.id: "archived"}

    async def test_who_has_died_is_left_out(self, world: World) -> None:
        await patient_states.mark_deceased(world.omar.id, by=world.dana)

        row = await checked(world)

        assert await left_out(row) == {world.omar.id: "deceased"}

    async def test_are_never_another_clinics(self, world: World) -> None:
        row = await checked(world, said(Filter(ours=False)))
        _, match = await broadcasts.list_patients(row.id, "L-1\n+13125550144\nlena@example.com", by=world.dana)

        assert match.matched == 0
        assert world.lena.id not in {each.patient_id for each in await models.BroadcastRecipient.all()}

    async def test_must_be_somebody(self, world: World) -> None:
        assert await refused(checked(world, said(Filter(language="ar")))) == "no_audience"


async def refused_or_none(posting: Awaitable[object]) -> str | None:
    try:
        await posting
    except Refusal as no:
        return no.code
    return None
