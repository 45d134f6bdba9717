"""Several phones and e-mails of a patient: one of each kind is preferred, each is found, proven and stopped alone."""

from base64 import b64decode
from uuid import UUID, uuid4

import msgspec
import pytest

from server import keys, models
from server.db import transaction
from server.domain import contacts, merges, opt_outs, patient_contacts, patients, stops
from server.domain.patient_contacts import Said
from server.importing import Decision
from server.models import ContactKind, Line, State, StopSource
from server.queries import contact_list, contact_views, directory
from tests.refusing import refused
from tests.server.domain import lists
from tests.server.domain.sending.posting import post
from tests.server.domain.test_inbound import incoming, receive, said_in, staff_writes
from tests.server.domain.test_lines import said
from tests.server.domain.test_merges import merge, twin
from tests.world import World

pytestmark = pytest.mark.anyio
WORK, OTHER = "+13125550170", "+13125550171"


async def add(
    world: World,
    value: str = WORK,
    *,
    kind: ContactKind = ContactKind.PHONE,
    said: Said = Said(),
) -> UUID:
    """Another contact of Ines."""
    name = uuid4()
    given = msgspec.structs.replace(said, value=value)
    await patient_contacts.add(world.ines.id, name, kind, given, rev=await rev(world), by=world.dana)
    return name


async def rev(world: World) -> int:
    return (await models.Patient.get(id=world.ines.id)).rev


async def shown(world: World) -> list[contact_views.PatientContact]:
    return (await contact_list.of(world.dana, await models.Patient.get(id=world.ines.id))).contacts


async def one(world: World, value: str) -> contact_views.PatientContact:
    return next(each for each in await shown(world) if each.value == value)


async def blind(world: World, value: str) -> str:
    kind = "email" if "@" in value else "phone"
    return (await keys.of(world.mercy.organization.id)).blind(kind, value)


class TestTheList:
    async def test_of_an_entry_as_it_was_has_its_phone_and_mailbox_preferred(self, world: World) -> None:
        assert [(each.value, each.preferred, each.owner, each.line) for each in await shown(world)] == [
            ("+13125550142", True, None, None),
            ("ines@example.com", True, None, None),
        ]

    async def test_has_exactly_one_preferred_of_each_kind(self, world: World) -> None:
        work = await add(world)
        await add(world, "work@example.com", kind=ContactKind.EMAIL)
        await patient_contacts.prefer(world.ines.id, work, rev=await rev(world), by=world.dana)

        found = await shown(world)
        assert [(each.value, each.preferred) for each in found] == [
            (WORK, True),
            ("+13125550142", False),
            ("ines@example.com", True),
            ("work@example.com", False),
        ]
        card = await directory.card(world.dana, await models.Patient.get(id=world.ines.id))
        assert (card.phone, card.email) == (WORK, "ines@example.com")

    async def test_says_whose_it_is_and_what_line_and_who_made_sure(self, world: World) -> None:
        said = Said(label="home", owner="child", owner_name="Luz Vega", line="voip", verified=True)
        await add(world, said=said)

        found = await one(world, WORK)
        assert (found.label, found.owner, found.owner_name) == ("home", "child", "Luz Vega")
        assert (found.line, found.line_from, found.verified_how) == ("voip", "staff", "staff")
        assert found.verified_at is not None
        assert found.proven_at is None

    async def test_says_the_same_of_a_preferred_one(self, world: World) -> None:
        before = await one(world, "+13125550142")
        said = Said(label="mobile", line="mobile")
        for _ in range(2):
            now = await rev(world)
            await patient_contacts.change(world.ines.id, before.id, said, rev=now, by=world.dana)

        found = await one(world, "+13125550142")
        assert (found.label, found.line, found.preferred) == ("mobile", "mobile", True)
        assert len(await shown(world)) == 2

    async def test_warns_of_a_phone_that_another_patient_has(self, world: World) -> None:
        await add(world, "+13125550143")
        assert (await one(world, "+13125550143")).shared
        assert not (await one(world, "+13125550142")).shared
        omar = await directory.card(world.dana, await models.Patient.get(id=world.omar.id))
        assert omar.shared_phone

    async def test_is_nobodys_of_another_clinic(self, world: World) -> None:
        work = await add(world)
        for verb in (
            patient_contacts.add(world.ines.id, uuid4(), ContactKind.PHONE, Said(value=OTHER), rev=1, by=world.alex),
            patient_contacts.change(world.ines.id, work, Said(label="home"), rev=1, by=world.alex),
            patient_contacts.prefer(world.ines.id, work, rev=1, by=world.alex),
            patient_contacts.remove(world.ines.id, work, rev=1, by=world.alex),
            patient_contacts.restore(world.ines.id, work, by=world.alex),
            patient_contacts.prefer(world.omar.id, work, rev=1, by=world.dana),
        ):
            assert await refused(verb) == "unknown"


class TestAdding:
    async def test_the_same_again_adds_nothing(self, world: World) -> None:
        now, name = await rev(world), uuid4()
        for _ in range(2):
            await patient_contacts.add(world.ines.id, name, ContactKind.PHONE, Said(value=WORK), rev=now, by=world.dana)
        assert len(await shown(world)) == 3

    async def test_the_first_of_its_kind_is_preferred(self, world: World) -> None:
        name = uuid4()
        omar = await models.Patient.get(id=world.omar.id)
        said = Said(value="omar@example.com")
        await patient_contacts.add(omar.id, name, ContactKind.EMAIL, said, rev=omar.rev, by=world.dana)
        assert (await directory.card(world.dana, await models.Patient.get(id=omar.id))).email == "omar@example.com"

    @pytest.mark.parametrize(
        ("kind", "value", "code"),
        [
            (ContactKind.PHONE, "12", "not_a_phone"),
            (ContactKind.PHONE, "+19002345678", "premium"),
            (ContactKind.PHONE, "(312) 555-0142", "same_contact"),
            (ContactKind.PHONE, WORK, "same_contact"),
            (ContactKind.EMAIL, "nobody", "not_an_email"),
        ],
    )
    async def test_refuses_in_a_sentence(self, world: World, kind: ContactKind, value: str, code: str) -> None:
        await add(world)
        assert await refused(add(world, value, kind=kind)) == code
        assert len(await shown(world)) == 3

    async def test_refuses_what_a_stale_tab_says(self, world: World) -> None:
        seen = await rev(world)
        work = await add(world)
        for verb in (
            patient_contacts.add(world.ines.id, uuid4(), ContactKind.PHONE, Said(value=OTHER), rev=seen, by=world.sam),
            patient_contacts.change(world.ines.id, work, Said(label="home"), rev=seen, by=world.sam),
            patient_contacts.prefer(world.ines.id, work, rev=seen, by=world.sam),
            patient_contacts.remove(world.ines.id, work, rev=seen, by=world.sam),
        ):
            assert await refused(verb) == "moved_on"

    async def test_ends_at_ten(self, world: World) -> None:
        for nth in range(patient_contacts.MOST):
            await add(world, f"+131255502{nth:02}")
        assert await refused(add(world)) == "contacts_full"

    async def test_is_audited_with_the_old_and_the_new_one_sealed(self, world: World) -> None:
        work = await add(world)
        await patient_contacts.change(world.ines.id, work, Said(value=OTHER), rev=await rev(world), by=world.dana)

        entry = await models.AuditEntry.get(did="contact:changed")
        data, ring = msgspec.json.decode(entry.data), await keys.of(world.mercy.organization.id)
        said = {name: ring.open("audit_entry", name, work, b64decode(data[name])) for name in ("before", "after")}
        assert said == {"before": WORK, "after": OTHER}
        assert WORK not in entry.data


class TestFinding:
    async def test_a_text_from_any_phone_of_theirs_is_the_patients(self, world: World) -> None:
        await add(world)
        await receive(incoming("From work", sender=WORK[1:]))
        assert await said_in(world.ines_thread) == ["From work"]
        assert (await one(world, WORK)).proven_at is not None
        assert (await one(world, "+13125550142")).proven_at is None

    async def test_a_text_from_somebody_elses_phone_is_a_strangers_until_we_write_there(self, world: World) -> None:
        daughters = await add(world, said=Said(owner="child", owner_name="Luz"))
        await receive(incoming("Who is this?", sender=WORK[1:]))
        assert await said_in(world.ines_thread) == []
        assert await models.Stray.all().count() == 1

        await patient_contacts.prefer(world.ines.id, daughters, rev=await rev(world), by=world.dana)
        await receive(incoming("I am her daughter", sender=WORK[1:]))
        assert await said_in(world.ines_thread) == ["I am her daughter"]

    async def test_a_phone_of_two_patients_belongs_to_whom_we_last_wrote_to_there(self, world: World) -> None:
        await add(world, "+13125550143")
        await receive(incoming("Hello?", sender="13125550143"))
        assert await models.Stray.all().count() == 1
        await staff_writes(world.omar_thread, world.dana)
        await models.Delivery.all().update(state=State.SENT, taken_at=(await models.Delivery.get()).created_at)
        await receive(incoming("Yes", sender="13125550143"))
        assert await said_in(world.omar_thread) == ["Yes"]

    @pytest.mark.parametrize("typed", [WORK, "312-555-0170", "0170"])
    async def test_typing_any_phone_finds_the_patient(self, world: World, typed: str) -> None:
        assert await directory.find(world.dana, typed) == []
        work = await add(world)
        assert [each.id for each in await directory.find(world.dana, typed)] == [world.ines.id]
        assert await directory.find(world.alex, typed) == []
        await patient_contacts.remove(world.ines.id, work, rev=await rev(world), by=world.dana)
        assert await directory.find(world.dana, typed) == []

    async def test_typing_any_mailbox_finds_the_patient(self, world: World) -> None:
        await add(world, "work@example.com", kind=ContactKind.EMAIL)
        assert [each.id for each in await directory.find(world.dana, "work@example.com")] == [world.ines.id]


class TestLinks:
    async def test_stay_with_a_contact_that_is_preferred_no_more(self, world: World) -> None:
        await post(world)
        work = await add(world)
        await patient_contacts.prefer(world.ines.id, work, rev=await rev(world), by=world.dana)
        assert (await models.PortalLink.get()).revoked_at is None

    async def test_end_with_their_contact(self, world: World) -> None:
        work = await add(world)
        first = await one(world, "+13125550142")
        await post(world)
        await models.Delivery.all().update(state=State.DELIVERED)
        await patient_contacts.prefer(world.ines.id, work, rev=await rev(world), by=world.dana)
        left = next(each for each in await shown(world) if each.value == first.value)
        await patient_contacts.remove(world.ines.id, left.id, rev=await rev(world), by=world.dana)
        assert (await models.PortalLink.get()).revoked_at is not None

    async def test_end_with_a_contact_that_becomes_another(self, world: World) -> None:
        await post(world)
        phone = await one(world, "+13125550142")
        await patient_contacts.change(world.ines.id, phone.id, Said(value=OTHER), rev=await rev(world), by=world.dana)
        assert (await models.PortalLink.get()).revoked_at is not None
        assert [each.value for each in await shown(world)] == [OTHER, "ines@example.com"]

    async def test_a_new_contact_is_unproven_and_its_first_message_makes_a_link_of_its_own(self, world: World) -> None:
        await post(world)
        work = await add(world)
        await patient_contacts.prefer(world.ines.id, work, rev=await rev(world), by=world.dana)
        await staff_writes(world.ines_thread, world.dana)
        links = await models.PortalLink.all().order_by("created_at")
        assert [each.contact_index for each in links] == [await blind(world, v) for v in ("+13125550142", WORK)]
        async with transaction() as tx:
            await contacts.reached(tx, links[1])
        found = await one(world, WORK)
        assert (found.verified_how, found.proven_at is not None) == ("link", True)
        assert (await one(world, "+13125550142")).verified_at is None


class TestRemoving:
    async def test_the_preferred_one_waits_for_another_to_be_preferred(self, world: World) -> None:
        await add(world)
        phone = await one(world, "+13125550142")
        verb = patient_contacts.remove(world.ines.id, phone.id, rev=await rev(world), by=world.dana)
        assert await refused(verb) == "preferred_contact"
        assert await refused(patients.change(world.ines.id, patients.Details(phone=None), by=world.dana)) == (
            "preferred_contact"
        )

    async def test_the_last_one_waits_for_what_is_on_its_way_there(self, world: World) -> None:
        await post(world)
        mail = await one(world, "ines@example.com")
        await patient_contacts.remove(world.ines.id, mail.id, rev=await rev(world), by=world.dana)
        phone = await one(world, "+13125550142")
        verb = patient_contacts.remove(world.ines.id, phone.id, rev=await rev(world), by=world.dana)
        assert await refused(verb) == "still_sending"

        await models.Delivery.all().update(state=State.DELIVERED)
        await patient_contacts.remove(world.ines.id, phone.id, rev=await rev(world), by=world.dana)
        assert await shown(world) == []

    async def test_changing_the_entrys_phone_forgets_what_was_said_of_the_one_before(self, world: World) -> None:
        phone = await one(world, "+13125550142")
        await patient_contacts.change(world.ines.id, phone.id, Said(label="home"), rev=await rev(world), by=world.dana)
        await patients.change(world.ines.id, patients.Details(phone=OTHER), by=world.dana)
        assert [(each.value, each.label) for each in await shown(world)] == [(OTHER, None), ("ines@example.com", None)]
        assert not (await models.Patient.get(id=world.ines.id)).more_contacts


class TestStops:
    async def test_a_stop_is_of_its_phone_alone(self, world: World) -> None:
        await add(world)
        sender = world.mercy.numbers["Front desk"].id
        async with transaction() as tx:
            wish = opt_outs.Wish(world.mercy.organization.id, await blind(world, WORK), sender, StopSource.KEYWORD)
            await opt_outs.record(tx, wish)
        assert (await one(world, WORK)).why == "opted_out"
        assert (await one(world, "+13125550142")).why is None

    async def test_a_wish_that_staff_write_down_is_of_every_phone(self, world: World) -> None:
        await add(world)
        team = world.ines_thread.team_id
        await stops.write_down(world.ines.id, is_mail=False, team_id=team, said="No texts", by=world.dana)
        assert {each.why for each in await shown(world) if each.kind == "phone"} == {"opted_out"}
        await stops.take_back(world.ines.id, is_mail=False, team_id=team, said="Again", by=world.dana)
        assert {each.why for each in await shown(world)} == {None}


class TestLines:
    async def test_a_landline_gets_no_texts(self, world: World) -> None:
        phone = await one(world, "+13125550142")
        said = Said(line="landline")
        await patient_contacts.change(world.ines.id, phone.id, said, rev=await rev(world), by=world.dana)
        card = await directory.card(world.dana, await models.Patient.get(id=world.ines.id))
        assert (card.ways.secure_sms.why, card.ways.secure_email.why) == ("landline", None)
        assert await refused(staff_writes(world.ines_thread, world.dana)) == "no_way_to_reach"

    async def test_a_carriers_refusal_shows_a_landline_but_staff_know_better(self, world: World) -> None:
        organization, index = world.mercy.organization.id, await blind(world, "+13125550142")
        await contacts.meet(organization, ContactKind.PHONE, index)
        async with transaction() as tx:
            await contacts.failed(tx, organization, index, "unroutable")
        phone = await one(world, "+13125550142")
        assert (phone.line, phone.line_from, phone.why) == ("landline", "carrier", "landline")

        said = Said(line="mobile")
        await patient_contacts.change(world.ines.id, phone.id, said, rev=await rev(world), by=world.dana)
        async with transaction() as tx:
            await contacts.failed(tx, organization, index, "unroutable")
        assert (await models.Contact.get(index=index)).line is Line.MOBILE


class TestMerging:
    async def test_keeps_every_contact_and_the_kept_ones_preferred_and_gives_them_back(self, world: World) -> None:
        other = await twin(world)
        await patient_contacts.add(
            other.id, uuid4(), ContactKind.PHONE, Said(value=OTHER), rev=other.rev, by=world.robin
        )
        await add(world)
        before = [(each.value, each.preferred) for each in await shown(world)]

        made = await merge(world, other)
        assert [(each.value, each.preferred) for each in await shown(world)] == [
            ("+13125550142", True),
            (OTHER, False),
            (WORK, False),
            ("+13125550177", False),
            ("ines@example.com", True),
        ]
        await receive(incoming("From the other phone", sender="13125550177"))
        assert await said_in(world.ines_thread) == ["From the other phone"]

        await merges.undo(made.id, by=world.val)
        assert [(each.value, each.preferred) for each in await shown(world)] == before
        back = await contact_list.of(world.robin, await models.Patient.get(id=other.id))
        assert [each.value for each in back.contacts] == ["+13125550177", OTHER]

    async def test_keeps_the_phone_that_another_took_the_place_of(self, world: World) -> None:
        await merge(world, await twin(world), ["phone"])
        assert [(each.value, each.preferred) for each in await shown(world)] == [
            ("+13125550177", True),
            ("+13125550142", False),
            ("ines@example.com", True),
        ]


class TestLists:
    async def test_that_change_a_phone_leave_the_further_ones_and_who_they_find(self, world: World) -> None:
        await add(world)
        phone = await one(world, "+13125550142")
        await patient_contacts.change(world.ines.id, phone.id, Said(label="home"), rev=await rev(world), by=world.dana)

        text = lists.HEADER + lists.row(**lists.INES | {"phone": OTHER})
        await lists.written(text, by=world.val, decision=Decision(take=["phone"]))

        assert [(each.value, each.preferred, each.label) for each in await shown(world)] == [
            (OTHER, True, None),
            (WORK, False, None),
            ("ines@example.com", True, None),
        ]
        assert [each.id for each in await directory.find(world.dana, "0170")] == [world.ines.id]
        assert await directory.find(world.dana, "0142") == []


class TestItsConversations:
    async def test_say_that_another_one_is_on_file_and_nothing_of_a_further_one(self, world: World) -> None:
        name = await add(world)
        before = await said(world.ines_thread)

        await patient_contacts.prefer(world.ines.id, name, rev=await rev(world), by=world.dana)

        assert (before, len(await said(world.ines_thread))) == ([], 1)
