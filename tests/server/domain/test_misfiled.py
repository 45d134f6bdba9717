"""Words that stand with the wrong patient leave that patient: whole, with what came with them, and on record."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from server import access, clock, keys, models
from server.domain import mail_replies, messages, misfiled, outcomes, patients, strays
from server.domain.files import FETCH
from server.errors import Refusal
from server.models import TaskKind, Via
from server.queries import evidence, inbox, thread
from server.queries import strays as kept
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import post
from tests.server.domain.test_files import picture
from tests.server.domain.test_inbound import FRONT, INES, brother, incoming, post_and_send, receive, said_in
from tests.server.domain.test_mail_replies import mailed
from tests.server.domain.test_strays import one, shown
from tests.world import World

pytestmark = pytest.mark.anyio


async def told(world: World) -> tuple[models.Conversation, UUID]:
    """A stranger's words stand with Omar: his conversation, and the stray's id."""
    stray = await one(world, "My rash is back", "And it itches")
    return await strays.attach(stray.texts[0].id, world.omar.id, by=world.dana), stray.texts[0].id


async def newest(conversation: models.Conversation) -> models.Message:
    found = await models.Message.filter(conversation_id=conversation.id).order_by("-number").first()
    assert found is not None
    return found


async def code_of(message: UUID, patient: UUID | None, by: access.Staff) -> str:
    with pytest.raises(Refusal) as no:
        await misfiled.move(message, patient, by=by)
    return no.value.code


async def again(conversation: models.Conversation) -> models.Conversation:
    return await models.Conversation.get(id=conversation.id)


class TestDetach:
    async def test_everything_that_was_given_together_is_unknown_again(self, world: World) -> None:
        before = await one(world, "My rash is back", "And it itches")
        conversation = await strays.attach(before.id, world.omar.id, by=world.dana)

        async with replay_law(world.dana):
            await misfiled.detach(before.texts[1].id, by=world.sam)

        assert await shown(world.dana) == [before]
        assert await said_in(conversation) == ["", ""]
        page, _ = await thread.page(conversation.id, None)
        assert [message.recalled and message.recalled.by for message in page] == ["Sam Okafor"] * 2
        assert [message.number for message in page] == [1, 2]
        assert (await again(conversation)).needs_reply_since is None

    async def test_again_changes_nothing(self, world: World) -> None:
        _, stray = await told(world)
        await misfiled.detach(stray, by=world.dana)
        async with replay_law(world.dana, changes=False):
            await misfiled.detach(stray, by=world.dana)

        assert await models.AuditEntry.filter(did="message:misfiled").count() == 2

    async def test_it_can_be_given_anew_to_the_right_patient_and_to_the_same(self, world: World) -> None:
        conversation, stray = await told(world)

        for patient in (world.ines, world.omar):
            await misfiled.detach(stray, by=world.dana)
            await strays.attach(stray, patient.id, by=world.dana)

        assert await said_in(world.ines_thread) == ["", ""]
        assert await said_in(conversation) == ["", "", "My rash is back", "And it itches"]

    async def test_what_was_set_aside_is_not_with_a_patient(self, world: World) -> None:
        stray = await one(world)
        await strays.dismiss(stray.id, by=world.dana)

        with pytest.raises(Refusal) as no:
            await misfiled.detach(stray.id, by=world.dana)

        assert no.value.code == "already_settled"

    async def test_only_what_was_given_then_goes(self, world: World) -> None:
        conversation, _ = await told(world)
        later = await one(world, "It is Omar from here on")
        await strays.attach(later.id, world.omar.id, by=world.dana)

        await misfiled.detach(later.id, by=world.dana)

        assert await said_in(conversation) == ["My rash is back", "And it itches", ""]

    @pytest.mark.parametrize("who", ["robin", "alex"])
    async def test_others_find_nothing(self, world: World, who: str) -> None:
        conversation, stray = await told(world)
        asking: access.Staff = getattr(world, who)

        with pytest.raises(Refusal) as no:
            await misfiled.detach(stray, by=asking)

        assert no.value.code == "unknown"
        assert await code_of((await newest(conversation)).id, None, asking) == "unknown"

    async def test_who_only_observes_moves_nothing(self, world: World) -> None:
        conversation, stray = await told(world)

        with pytest.raises(Refusal) as no:
            await misfiled.detach(stray, by=world.val)

        assert no.value.code == "not_allowed"
        assert await code_of((await newest(conversation)).id, None, world.val) == "not_allowed"


class TestWordsAreGone:
    async def test_from_rows_searches_the_patients_page_copies_and_the_record(self, world: World) -> None:
        conversation, stray = await told(world)
        asked = (await newest(conversation)).id
        await misfiled.detach(stray, by=world.dana)

        row = (await inbox.rows([conversation.id]))[conversation.id]
        assert row.last is not None
        assert "somebody else" in row.last.preview
        assert await models.Word.filter(conversation_id=conversation.id).count() == 0
        assert await thread.portal_page(conversation.id, proxy=None) == ([], None)
        seen = await thread.portal_messages([asked], proxy=None)
        assert [(each.gone, each.body) for each in seen.values()] == [(True, "")]
        assert {event.name for event in (await evidence.of(asked)).events} == {"written", "moved"}
        ring = await keys.of(world.dana.organization)
        rows = await models.Message.filter(conversation_id=conversation.id)
        assert {ring.open("message", "body", each.id, each.body_sealed) for each in rows} == {""}
        facts = await models.FactRecord.filter(kind="message.changed").values_list("stream_id", flat=True)
        assert {world.omar.id, conversation.team_id} <= set(facts)

    async def test_it_is_on_record_for_both(self, world: World) -> None:
        await receive(incoming("This is Leo"))
        message = await newest(world.ines_thread)

        await misfiled.move(message.id, world.omar.id, by=world.dana)

        entry = await models.AuditEntry.get(did="message:misfiled")
        assert (entry.about_id, entry.patient_id) == (message.id, world.ines.id)
        assert await models.AuditEntry.filter(did="stray:settled", patient_id=world.omar.id).count() == 1


class TestMove:
    async def test_to_another_patient_with_its_time_and_way(self, world: World) -> None:
        leos = await brother(world)
        await post_and_send(world, world.ines_thread)
        await receive(incoming("This is Leo, not Ines"))
        message = await newest(world.ines_thread)
        clock.shift(timedelta(hours=1))
        try:
            async with replay_law(world.dana):
                left = await misfiled.move(message.id, leos.patient_id, by=world.dana)
        finally:
            clock.shift(timedelta())

        assert left == world.ines_thread.id
        assert await said_in(world.ines_thread) == [""]
        assert await said_in(leos) == ["This is Leo, not Ines"]
        moved = await newest(leos)
        assert (moved.created_at, moved.via) == (message.created_at, Via.SMS)
        assert (await again(leos)).needs_reply_since == message.created_at
        assert await shown(world.dana) == []

    async def test_to_nobody_and_its_sender_is_known_even_if_the_phone_on_file_has_changed(self, world: World) -> None:
        await receive(incoming("Who is Ines?"))
        await patients.change(world.ines.id, patients.Details(phone="+13125550188"), by=world.dana)

        await misfiled.move((await newest(world.ines_thread)).id, None, by=world.dana)

        [stray] = await shown(world.dana)
        assert (stray.sender, stray.number) == (f"+{INES}", f"+{FRONT}")
        assert [text.body for text in stray.texts] == ["Who is Ines?"]

    async def test_and_on_from_there(self, world: World) -> None:
        await receive(incoming("This is Leo"))
        await misfiled.move((await newest(world.ines_thread)).id, None, by=world.dana)
        [stray] = await shown(world.dana)
        await strays.attach(stray.id, world.omar.id, by=world.dana)

        await misfiled.move((await newest(world.omar_thread)).id, world.ines.id, by=world.dana)

        assert await said_in(world.ines_thread) == ["", "This is Leo"]
        assert await said_in(world.omar_thread) == [""]
        assert await models.Stray.all().count() == 1

    async def test_to_the_same_patient_moves_nothing(self, world: World) -> None:
        await receive(incoming("Thank you"))
        async with replay_law(world.dana, changes=False):
            await misfiled.move((await newest(world.ines_thread)).id, world.ines.id, by=world.dana)

        assert await said_in(world.ines_thread) == ["Thank you"]

    async def test_a_picture_goes_along(self, world: World) -> None:
        await receive(picture())
        message = await newest(world.ines_thread)
        file = await models.File.get(message_id=message.id)
        assert await models.Work.filter(kind=FETCH, subject_id=file.id).exists()

        await misfiled.move(message.id, None, by=world.dana)
        assert await models.File.filter(message_id=None, patient_id=None).count() == 1
        [stray] = await shown(world.dana)
        await strays.attach(stray.id, world.omar.id, by=world.dana)

        file = await models.File.get(id=file.id)
        assert (file.message_id, file.patient_id) == ((await newest(world.omar_thread)).id, world.omar.id)

    async def test_a_mail_too(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await mail_replies.receive_mail(posted.delivery, mailed("This is Bob"))
        message = await newest(world.ines_thread)
        assert message.via is Via.EMAIL

        await misfiled.move(message.id, None, by=world.dana)

        [stray] = await shown(world.dana)
        assert (stray.sender, stray.texts[0].body) == ("ines@example.com", "This is Bob")

    async def test_what_waited_before_waits_again(self, world: World) -> None:
        await receive(incoming("When is my visit?"))
        first = await newest(world.ines_thread)
        await receive(incoming("This is Leo"))

        await misfiled.move((await newest(world.ines_thread)).id, None, by=world.dana)

        assert (await again(world.ines_thread)).needs_reply_since == first.created_at

    async def test_a_conversation_without_any_words_is_out_of_the_way(self, world: World) -> None:
        await receive(incoming("This is Leo"))

        await misfiled.move((await newest(world.ines_thread)).id, None, by=world.dana)

        assert not (await again(world.ines_thread)).is_open

    async def test_secure_words_that_it_seemed_to_answer_are_watched_again(self, world: World) -> None:
        await post(world)
        await receive(incoming("This is Leo"))
        watched = models.Work.filter(kind="ladder", subject_id=world.ines_thread.id, done_at=None)
        assert not await watched.exists()

        await misfiled.move((await newest(world.ines_thread)).id, None, by=world.dana)

        assert await watched.exists()


class TestRefuses:
    async def test_what_staff_wrote(self, world: World) -> None:
        posted = await post(world)

        assert await code_of(posted.message, world.omar.id, world.dana) == "not_allowed"

    async def test_what_was_written_on_the_patients_page(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="1", body="It is me")

        assert await code_of((await newest(world.ines_thread)).id, world.omar.id, world.dana) == "not_allowed"

    async def test_a_patient_of_another_clinic(self, world: World) -> None:
        await receive(incoming("This is Lena"))

        assert await code_of((await newest(world.ines_thread)).id, world.lena.id, world.dana) == "unknown"
        assert await said_in(world.ines_thread) == ["This is Lena"]

    async def test_what_a_colleague_has_moved(self, world: World) -> None:
        await receive(incoming("This is Leo"))
        message = (await newest(world.ines_thread)).id
        await misfiled.move(message, None, by=world.sam)

        assert await code_of(message, world.omar.id, world.dana) == "already_settled"

    async def test_a_wish_that_nobody_has_decided(self, world: World) -> None:
        await receive(incoming("please stop texting me"))
        message = (await newest(world.ines_thread)).id
        task = await models.Task.get(conversation_id=world.ines_thread.id, kind=TaskKind.MAYBE_OPT_OUT)
        assert await code_of(message, None, world.dana) == "undecided_wish"

        await outcomes.close(task.id, "stop_texts", by=world.dana)
        await misfiled.move(message, None, by=world.dana)

        assert len(await shown(world.dana)) == 1

    async def test_a_text_of_which_nothing_is_known(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="1", body="Old", via=Via.SMS)
        await patients.change(world.ines.id, patients.Details(phone=None), by=world.dana)
        message = (await newest(world.ines_thread)).id

        assert await code_of(message, None, world.dana) == "no_sender"
        await misfiled.move(message, world.omar.id, by=world.dana)

        assert await said_in(world.omar_thread) == ["Old"]


class TestWishesStay:
    async def test_a_stop_holds_for_the_phone_it_came_from(self, world: World) -> None:
        await receive(incoming("STOP"))
        ring = await keys.of(world.dana.organization)
        stopped = models.Suppression.filter(contact_index=ring.blind("phone", f"+{INES}"))

        await misfiled.move((await newest(world.ines_thread)).id, world.omar.id, by=world.dana)

        assert await stopped.count() == 1
        await misfiled.move((await newest(world.omar_thread)).id, None, by=world.dana)
        assert await stopped.count() == 1


class TestUrgentWords:
    async def test_they_are_urgent_where_they_go_and_no_more_where_they_were(self, world: World) -> None:
        await receive(incoming("I have chest pain"))
        message = await newest(world.ines_thread)
        assert await open_urgent(world.ines_thread) == [1]

        async with replay_law(world.dana):
            await misfiled.move(message.id, world.omar.id, by=world.dana)

        assert (await open_urgent(world.ines_thread), await open_urgent(world.omar_thread)) == ([], [1])
        assert not (await again(world.ines_thread)).is_priority
        assert (await again(world.omar_thread)).is_priority

    async def test_unknown_they_call_for_somebody_again(self, world: World) -> None:
        await receive(incoming("I have chest pain"))

        await misfiled.move((await newest(world.ines_thread)).id, None, by=world.dana)

        said = await models.FactRecord.filter(kind="strays.changed").order_by("-position").first()
        assert said is not None
        assert msgspec.json.decode(said.data)["urgent"] is True
        ring, since = await keys.of(world.dana.organization), clock.now() - timedelta(hours=1)
        unseen = await kept.unseen(ring, world.dana.reads, since=since)
        assert len(unseen[world.ines_thread.team_id]) == 1

    async def test_other_urgent_words_keep_their_place(self, world: World) -> None:
        await receive(incoming("I have chest pain"))
        first = await newest(world.ines_thread)
        await receive(incoming("The chest pain is worse"))

        await misfiled.move(first.id, None, by=world.dana)

        assert await open_urgent(world.ines_thread) == [2]
        assert (await again(world.ines_thread)).is_priority


async def open_urgent(conversation: models.Conversation) -> list[int | None]:
    found = models.Task.filter(conversation_id=conversation.id, kind=TaskKind.URGENT, current=True)
    return [task.number for task in await found]
