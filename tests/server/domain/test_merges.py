"""Two entries of one person become one, and two again."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from server import access, clock, keys, models
from server.db import transaction
from server.domain import (
    conversations,
    groups,
    merges,
    messages,
    opt_outs,
    patient_states,
    patient_tags,
    patients,
    proxies,
    tags,
)
from server.domain.merges import Field
from server.models import StopSource, Via
from server.queries import consents, directory, listing
from tests.refusing import refused
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio

TWIN = patients.Details(
    first_name="Inés", last_name="Calderon", phone="312-555-0177", date_of_birth=date(1985, 3, 14), mrn="M-2001"
)


async def twin(world: World) -> models.Patient:
    """A second entry of Ines, made at the other team."""
    return await patients.create(TWIN, by=world.robin)


async def merge(
    world: World, other: models.Patient, take: Sequence[Field] = (), *, by: access.Staff | None = None
) -> models.PatientMerge:
    revs = [(await models.Patient.get(id=each.id)).rev for each in (world.ines, other)]
    return await merges.merge(world.ines.id, other.id, take, revs=(revs[0], revs[1]), by=by or world.val)


async def said(conversation: UUID, patient: UUID, body: str = "Hello") -> None:
    await messages.reply(conversation, patient_id=patient, key=body, body=body)


async def opened(world: World, patient: models.Patient, team: str, by: access.Staff) -> models.Conversation:
    return (await conversations.open_with(patient.id, world.mercy.teams[team].id, by=by))[0]


async def everything(*, without: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every row about patients, but for what only ever grows: revisions, lines, and what is on record."""
    kept = {}
    for model in (
        models.Patient,
        models.Conversation,
        models.Message,
        models.Receipt,
        models.Proxy,
        models.File,
        models.Stray,
        models.Suppression,
        models.PatientContact,
        models.NameToken,
        models.GroupMember,
        models.PatientTag,
    ):
        rows = await model.all().values()
        for row in rows:
            for name in (
                "rev",
                "updated_at",
                *without,
                *([] if model is not models.NameToken else ["id", "created_at"]),
            ):
                row.pop(name, None)
            if model in (models.GroupMember, models.PatientTag):
                row.pop("id"), row.pop("created_at")
            # Sealed anew, it is other bytes for the same words.
            for name in [name for name in row if name.endswith("_sealed") and model is models.Patient]:
                row[name] = row[name] is not None
        kept[model.__name__] = sorted(rows, key=str)
    return kept


async def _agreed(*entries: models.Patient) -> list[bool]:
    return [await consents.gives(each.id, kind) for each in entries for kind in models.ConsentTo]


class TestMerge:
    async def test_moves_what_the_other_team_wrote_and_keeps_ones_own(self, world: World) -> None:
        other = await twin(world)
        thread = await opened(world, other, "Billing", world.robin)
        await said(thread.id, other.id, "Is my bill paid?")

        await merge(world, other)

        moved = await models.Conversation.get(id=thread.id)
        assert (moved.patient_id, moved.current, moved.is_open) == (world.ines.id, True, True)
        assert moved.needs_reply_since is not None
        message = await models.Message.get(conversation_id=thread.id)
        assert (message.patient_id, message.author_id) == (world.ines.id, world.ines.id)
        assert await refused(access.patient(world.dana, other.id)) == "unknown"
        found = await directory.find(world.dana, "calderon")
        assert [each.id for each in found] == [world.ines.id]

    async def test_puts_the_moved_conversation_behind_ones_own_with_the_same_team(self, world: World) -> None:
        other = await twin(world)
        thread = await opened(world, other, "Front desk", world.dana)
        await said(thread.id, other.id, "Where do I park?")

        await merge(world, other)

        moved = await models.Conversation.get(id=thread.id)
        own = await models.Conversation.get(id=world.ines_thread.id)
        assert (moved.current, moved.is_open, moved.needs_reply_since) == (None, False, None)
        assert (own.current, own.is_open, own.needs_reply_since is not None) == (True, True, True)

    async def test_takes_the_details_that_were_chosen_and_no_others(self, world: World) -> None:
        other = await twin(world)

        await merge(world, other, ["phone", "mrn"])

        card = await directory.card(world.dana, await access.patient(world.dana, world.ines.id))
        assert (card.first_name, card.phone, card.mrn, card.email) == (
            "Ines",
            "+13125550177",
            "M-2001",
            "ines@example.com",
        )
        assert [each.id for each in await directory.find(world.dana, "+13125550177")] == [world.ines.id]

    async def test_ends_the_links_of_the_one_that_goes(self, world: World) -> None:
        other = await twin(world)
        thread = await opened(world, other, "Billing", world.robin)
        await messages.post(thread.id, key="k", via=Via.SECURE_SMS, body="Your bill", by=world.robin)
        link = await models.PortalLink.get(patient_id=other.id)
        await post(world)

        await merge(world, other)

        assert (await models.PortalLink.get(id=link.id)).revoked_at is not None
        assert await models.PortalLink.filter(patient_id=world.ines.id, revoked_at=None).count() == 1
        [told] = await models.FactRecord.filter(kind="link.ended")
        assert told.stream_id == other.id

    async def test_loses_no_wish_to_be_left_alone(self, world: World) -> None:
        other = await twin(world)
        number = world.mercy.numbers["Front desk"].id
        async with transaction() as tx:
            wish = opt_outs.Wish(
                world.mercy.organization.id, str(other.phone_index), number, StopSource.KEYWORD, "STOP"
            )
            await opt_outs.record(tx, wish)
        await patients.consent(world.ines.id, wording="Yes", by=world.dana)
        await patients.consent(other.id, wording="Yes", by=world.robin)
        await patients.end_consent(other.id, by=world.robin)

        made = await merge(world, other)

        kept = await models.Patient.get(id=world.ines.id)
        assert await models.Suppression.filter(contact_index=kept.phone_index, sender_id=number).exists()
        assert await models.Suppression.filter(contact_index=other.phone_index, sender_id=number).exists()
        assert not await consents.gives(kept.id, models.ConsentTo.PLAIN_SMS)

        await merges.undo(made.id, by=world.val)

        assert not await models.Suppression.filter(contact_index=kept.phone_index, sender_id=number).exists()
        assert await models.Suppression.filter(contact_index=other.phone_index, sender_id=number).exists()
        assert await consents.gives(kept.id, models.ConsentTo.PLAIN_SMS)
        assert not await consents.gives(other.id, models.ConsentTo.PLAIN_SMS)

    async def test_keeps_what_either_agreed_to_and_gives_it_back_without_changing_a_line(self, world: World) -> None:
        other = await twin(world)
        await patients.consent(other.id, wording="Yes", by=world.robin)
        lines = await models.Consent.all().order_by("id").values()

        made = await merge(world, other)
        assert await consents.gives(world.ines.id, models.ConsentTo.PLAIN_SMS)
        await merges.undo(made.id, by=world.val)

        assert await _agreed(world.ines, other) == [False, False, True, False]
        assert (await models.Consent.all().order_by("id").values())[: len(lines)] == lines

    async def test_lets_nobody_who_acts_for_one_read_what_was_the_others_before_somebody_looked(
        self, world: World
    ) -> None:
        other = await twin(world)
        for patient, name in ((world.ines, "Rosa"), (other, "Ana")):
            details = proxies.ProxyDetails(name=name, phone="+13125550160")
            await proxies.add(patient.id, uuid4(), details, by=world.dana)

        made = await merge(world, other)

        assert all(each.paused_at for each in await models.Proxy.filter(patient_id=world.ines.id))
        assert (await models.Task.get(kind="review_proxy")).current

        await merges.undo(made.id, by=world.val)

        assert [each.paused_at for each in await models.Proxy.all()] == [None, None]
        assert (await models.Task.get(kind="review_proxy")).current is None

    async def test_is_for_managers_of_the_clinic_and_for_two_entries_as_they_were_seen(self, world: World) -> None:
        other = await twin(world)
        alex = replace(world.alex, role=models.Role.ADMIN)

        assert await refused(merge(world, other, by=world.dana)) == "not_allowed"
        assert await refused(merge(world, other, by=alex)) == "unknown"
        assert await refused(merge(world, world.lena)) == "unknown"
        assert await refused(merge(world, world.ines)) == "same_patient"
        stale = merges.merge(world.ines.id, other.id, [], revs=(world.ines.rev, other.rev + 1), by=world.val)
        assert await refused(stale) == "moved_on"
        made = await merge(world, other)
        assert await refused(merges.undo(made.id, by=world.dana)) == "not_allowed"
        assert await refused(merges.undo(made.id, by=alex)) == "unknown"
        assert await refused(merge(world, other)) == "unknown"

    async def test_is_refused_where_only_one_of_them_has_died(self, world: World) -> None:
        other = await twin(world)
        await patient_states.mark_deceased(other.id, by=world.robin)

        assert await refused(merge(world, other)) == "deceased_differs"
        await patient_states.unmark_deceased(other.id, by=world.robin)
        await merge(world, other)

    async def test_takes_the_one_that_goes_out_of_the_directory_and_back(self, world: World) -> None:
        async def names() -> list[list[UUID]]:
            pages = [await listing.page(world.val, sort, None) for sort in ("recent", "name")]
            assert {page.total for page in pages} == {len(pages[0].patients)}
            return [sorted(each.id for each in page.patients) for page in pages]

        other = await twin(world)
        before = await names()
        made = await merge(world, other)

        assert await names() == [[each for each in there if each != other.id] for there in before]
        await merges.undo(made.id, by=world.val)
        assert await names() == before

    async def test_is_on_record_for_both_without_a_word_of_them(self, world: World) -> None:
        other = await twin(world)

        made = await merge(world, other, ["mrn"])

        lines = await models.AuditEntry.filter(did="patient:merged").order_by("patient_id")
        assert {line.patient_id for line in lines} == {world.ines.id, other.id}
        assert all("M-2001" not in line.data and '"fields":["mrn"]' in line.data for line in lines)
        assert "M-2001" not in made.moved


class TestUndo:
    async def test_makes_everything_as_it_was(self, world: World) -> None:
        other = await twin(world)
        billing = await opened(world, other, "Billing", world.robin)
        front = await opened(world, other, "Front desk", world.dana)
        await said(billing.id, other.id, "Is my bill paid?")
        await said(front.id, other.id, "Where do I park?")
        both, one = await groups.create("Both", by=world.val), await groups.create("One", by=world.val)
        await groups.add(both.id, [world.ines.id, other.id], by=world.dana)
        await groups.add(one.id, [other.id], by=world.dana)
        for name, wear in (("Diabetes", [world.ines.id, other.id]), ("Interpreter", [other.id])):
            tag = await tags.create(name, models.Colour.BLUE, by=world.val)
            await patient_tags.put_on(tag.id, wear, by=world.dana)
        await proxies.add(other.id, uuid4(), proxies.ProxyDetails(name="Ana", phone="+13125550160"), by=world.dana)
        before = await everything(without=["open_tasks"])

        made = await merge(world, other, ["first_name", "phone", "mrn", "date_of_birth"])
        between = await everything(without=["open_tasks"])
        for _ in range(2):
            await merges.undo(made.id, by=world.val)

        assert before != between
        after = await everything(without=["open_tasks"])
        for name, rows in before.items():
            assert rows == after[name], name

    @pytest.mark.parametrize("seed", range(3))
    async def test_makes_everything_as_it_was_whatever_happened_before_and_was_chosen(
        self, world: World, seed: int
    ) -> None:
        chance = random.Random(seed)
        other = await twin(world)
        threads = [world.ines_thread, await opened(world, other, "Front desk", world.dana)]
        threads.append(await opened(world, chance.choice([world.ines, other]), "Billing", world.robin))
        group = await groups.create("Group", by=world.val)
        for turn in range(4):
            await _something(world, other, threads, group.id, chance, turn)
            before, agreed = await everything(), await _agreed(world.ines, other)
            made = await merge(world, other, [each for each in merges.FIELDS if chance.random() < 0.5])
            await merges.undo(made.id, by=world.val)
            assert await _agreed(world.ines, other) == agreed

            after = await everything()
            for name, rows in before.items():
                assert rows == after[name], name

    async def test_leaves_what_came_since_with_the_one_that_was_kept(self, world: World) -> None:
        other = await twin(world)
        thread = await opened(world, other, "Billing", world.robin)
        made = await merge(world, other, ["phone"])
        await said(thread.id, world.ines.id, "And now?")
        await patients.change(world.ines.id, patients.Details(phone="312-555-0188"), by=world.dana)

        await merges.undo(made.id, by=world.val)

        assert (await models.Conversation.get(id=thread.id)).patient_id == world.ines.id
        kept, back = [await models.Patient.get(id=each.id) for each in (world.ines, other)]
        ring = await keys.of(world.mercy.organization.id)
        assert kept.phone_index == ring.blind("phone", "+13125550188")
        assert back.phone_index == ring.blind("phone", "+13125550177")

    async def test_is_refused_after_thirty_days_and_after_another_merge(self, world: World) -> None:
        other, third = await twin(world), await patients.create(patients.Details(first_name="I"), by=world.dana)
        made = await merge(world, other)
        later = await merges.merge(third.id, world.ines.id, [], revs=await _revs(third, world.ines), by=world.val)

        assert await refused(merges.undo(made.id, by=world.val)) == "merged_since"
        await merges.undo(later.id, by=world.val)
        clock.shift(timedelta(days=31))
        assert await refused(merges.undo(made.id, by=world.val)) == "too_late"
        clock.shift(timedelta())

    async def test_is_refused_while_another_patient_has_the_mrn(self, world: World) -> None:
        other = await twin(world)
        made = await merge(world, other)
        await patients.change(world.omar.id, patients.Details(mrn="M-2001"), by=world.dana)

        assert await refused(merges.undo(made.id, by=world.val)) == "mrn_taken"
        assert (await models.Patient.get(id=other.id)).merged_into_id == world.ines.id


async def _something(
    world: World,
    other: models.Patient,
    threads: Sequence[models.Conversation],
    group: UUID,
    chance: random.Random,
    turn: int,
) -> None:
    """Somebody writes, a conversation is done, a detail or a consent changes, somebody is put into a group."""
    thread = await models.Conversation.get(id=chance.choice(threads).id)
    staff = world.dana if thread.team_id == world.mercy.teams["Front desk"].id else world.robin
    somebody = chance.choice([world.ines, other])
    await said(thread.id, thread.patient_id, f"Question {turn}")
    if chance.random() < 0.4:
        await conversations.mark_done(thread.id, by=staff, why="by_phone")
    if chance.random() < 0.5:
        await patients.consent(somebody.id, wording="Yes", by=staff)
    if chance.random() < 0.5:
        await patients.change(somebody.id, patients.Details(first_name=f"Ines {turn}", zone=None), by=staff)
    if chance.random() < 0.5:
        await groups.add(group, [somebody.id], by=staff)


async def _revs(one: models.Patient, other: models.Patient) -> tuple[int, int]:
    first, second = [(await models.Patient.get(id=each.id)).rev for each in (one, other)]
    return first, second


def test_everything_that_a_patient_has_is_thought_of() -> None:
    """Whoever adds a record of a patient's says here what becomes of it, in `merge_moves`."""
    every = [each for name in models.__all__ if hasattr(each := getattr(models, name), "_meta")]
    # Before a database is open the ORM knows a relation by its name alone.
    theirs = {each.__name__ for each in every if {"patient", "patient_id"} & each._meta.fields_map.keys()}
    go_along = {"Conversation", "Message", "Receipt", "FileReceipt", "File", "PortalLink", "PortalSession"}
    go_along |= {"Proxy", "Stray", "GroupMember", "PatientTag", "PatientContact"}
    made_anew, gone = {"NameToken", "Consent"}, {"Device"}
    # A broadcast stays as it was frozen: who is merged before their turn is left out, and the report says so.
    # Emergency access was asked for one entry: for what was merged it is asked again.
    # A hold is asked for over all entries that became one, and what was deleted says of which it was.
    stay = {"AuditEntry", "ImportRow", "BroadcastRecipient", "BreakGlass", "LegalHold", "Purged"}
    assert theirs == go_along | made_anew | gone | stay
