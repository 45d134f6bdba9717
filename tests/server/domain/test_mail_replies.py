"""Answers to our mails are never lost, never doubled, and nobody else's words become the patient's."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from server import clock, keys, models
from server.domain import contacts, jobs, mail_replies, mail_stops, on_call, outcomes, sending
from server.domain.sending import mail_answers
from server.models import TaskKind, Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import HEAD, post
from tests.world import World

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Mailed:
    """A mail, as the gateway reads it."""

    text: str
    name: str
    sender: str = "ines@example.com"
    answer_to: str = "ines@example.com"
    message_id: str = "a1@mail.example"
    may_answer: bool = True


def mailed(text: str, *, name: str | None = None, sender: str = "ines@example.com", may_answer: bool = True) -> Mailed:
    return Mailed(text, name or uuid4().hex, sender=sender, answer_to=sender, may_answer=may_answer)


async def words_of(conversation: models.Conversation) -> list[tuple[str, str]]:
    ring = await keys.of(conversation.organization_id)
    rows = await models.Message.filter(conversation_id=conversation.id, user_id=None).order_by("number")
    return [(row.via.value, ring.open("message", "body", row.id, row.body_sealed)) for row in rows]


async def strays_of(world: World) -> list[dict[str, object]]:
    ring = await keys.of(world.mercy.organization.id)
    rows = await models.Stray.filter(organization_id=world.mercy.organization.id).order_by("created_at")
    return [msgspec.json.decode(ring.open("stray", "content", row.id, row.content_sealed)) for row in rows]


class TestReceiveMail:
    @pytest.mark.parametrize("sender", ["ines@example.com", "Ines@Example.COM"])
    async def test_from_the_address_on_file_is_the_patients_message(self, world: World, sender: str) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        assert await mail_replies.receive_mail(posted.delivery, mailed("I will come", sender=sender)) == "message"

        assert await words_of(world.ines_thread) == [("email", "I will come")]
        row = await models.Conversation.get(id=world.ines_thread.id)
        assert row.needs_reply_since is not None

    async def test_comes_once_however_often_it_is_brought(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        mail = mailed("I will come", name="same")

        await asyncio.gather(*(mail_replies.receive_mail(posted.delivery, mail) for _ in range(4)))

        assert await words_of(world.ines_thread) == [("email", "I will come")]
        assert await models.Work.filter(kind=mail_answers.KIND).count() == 1

    async def test_that_is_long_becomes_several_messages_without_a_lost_word(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        await mail_replies.receive_mail(posted.delivery, mailed("ab" * 6000))

        assert "".join(body for _, body in await words_of(world.ines_thread)) == "ab" * 6000

    @pytest.mark.parametrize("text", ["", " \n", "\u202e\x00"])
    async def test_without_a_word_is_still_a_message(self, world: World, text: str) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        await mail_replies.receive_mail(posted.delivery, mailed(text))

        assert await words_of(world.ines_thread) == [("email", "[empty message]")]

    async def test_from_anybody_else_is_a_stray_of_that_team(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        assert await mail_replies.receive_mail(posted.delivery, mailed("Hi", sender="bob@example.com")) == "stray"

        assert await words_of(world.ines_thread) == []
        assert await strays_of(world) == [{"from": "bob@example.com", "to": "", "bodies": ["[by e-mail]\nHi"]}]
        stray = await models.Stray.get()
        assert stray.team_id == world.mercy.teams["Front desk"].id
        assert b"bob@" not in stray.content_sealed
        fact = await models.FactRecord.filter(kind="strays.changed").get()
        assert fact.stream_id == stray.team_id

    @pytest.mark.parametrize(("text", "watched"), [("I cannot breathe", 1), ("Hi", 0)])
    async def test_a_stray_that_may_be_urgent_calls_who_is_on_call(self, world: World, text: str, watched: int) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        ends = clock.now() + timedelta(hours=8)
        await on_call.say(world.ines_thread.team_id, [world.dana.user], ends, by=world.val)

        await mail_replies.receive_mail(posted.delivery, mailed(text, sender="bob@example.com"))

        stray = await models.Stray.get()
        assert await models.Work.filter(kind=on_call.LOOK, subject_id=stray.id).count() == watched

    async def test_from_an_address_that_is_no_longer_on_file_is_a_stray(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await models.Patient.filter(id=world.ines.id).update(email_sealed=None, email_index=None)

        assert await mail_replies.receive_mail(posted.delivery, mailed("Hi")) == "stray"

    async def test_with_no_sender_at_all_is_a_stray_for_a_patient_without_mail(self, world: World) -> None:
        posted = await post(world, Via.SECURE_SMS, to=world.omar_thread)

        assert await mail_replies.receive_mail(posted.delivery, mailed("Hi", sender="", may_answer=False)) == "stray"

    async def test_to_a_letter_that_is_gone_is_kept_too(self, world: World) -> None:
        assert await mail_replies.receive_mail(uuid4(), mailed("Is anybody there")) == "stray"

        stray = await models.Stray.get()
        assert (stray.organization_id, stray.team_id) == (None, None)


class TestAStranger:
    async def test_rests_the_mailbox_and_ends_its_links_until_a_person_has_looked(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        async with replay_law(world.dana):
            await mail_replies.receive_mail(posted.delivery, mailed("You have the wrong person"))

        contact = await models.Contact.get(index=world.ines.email_index)
        assert contact.pause == contacts.WRONG
        assert (await models.PortalLink.get(contact_index=world.ines.email_index)).revoked_at is not None
        task = await models.Task.get(kind=TaskKind.WRONG_NUMBER)
        await outcomes.close(task.id, "right_number", by=world.dana)
        assert (await models.Contact.get(index=world.ines.email_index)).paused_at is None

    async def test_says_so_and_nothing_else(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        text = "I told the pharmacy that this is not my number any more, so please could you give me theirs, or call me"
        await mail_replies.receive_mail(posted.delivery, mailed(text))

        assert not await models.Task.exists()


class TestAWordToStop:
    @pytest.mark.parametrize("text", ["STOP", "Unsubscribe.", " darse de baja "])
    async def test_stops_our_mails_and_stays_a_message(self, world: World, text: str) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        assert await mail_replies.receive_mail(posted.delivery, mailed(text)) == "message"

        stop = await models.Suppression.get()
        assert (stop.contact_index, stop.sender_id) == (world.ines.email_index, world.mercy.organization.id)
        assert not await models.Task.exists()
        assert not await models.Work.filter(kind=mail_answers.KIND).exists()

    @pytest.mark.parametrize("text", ["Cancel", "Please stop the pills", "stop by on Monday?"])
    async def test_is_nothing_else(self, world: World, text: str) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        await mail_replies.receive_mail(posted.delivery, mailed(text))

        assert not await models.Suppression.exists()

    async def test_of_somebody_else_stops_nothing(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        await mail_replies.receive_mail(posted.delivery, mailed("STOP", sender="bob@example.com"))

        assert not await models.Suppression.exists()


class TestAnswer:
    async def test_goes_to_each_address_once_a_day(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        for sender in ("ines@example.com", "ines@example.com", "bob@example.com"):
            await mail_replies.receive_mail(posted.delivery, mailed("Hi", sender=sender))
        assert await models.Work.filter(kind=mail_answers.KIND).count() == 2

        clock.shift(timedelta(hours=25))
        await mail_replies.receive_mail(posted.delivery, mailed("Hi again"))
        clock.shift(timedelta())

        assert await models.Work.filter(kind=mail_answers.KIND).count() == 3

    async def test_goes_to_nobody_who_asked_for_silence_or_stopped_our_mails(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await mail_replies.receive_mail(posted.delivery, mailed("From a list", may_answer=False))
        await mail_stops.stop(posted.delivery)
        await mail_replies.receive_mail(posted.delivery, mailed("After all"))

        assert not await models.Work.filter(kind=mail_answers.KIND).exists()

    @pytest.mark.parametrize(("language", "said"), [("en", "is not private"), ("es", "no es privado")])
    async def test_has_fixed_words_and_none_of_theirs(self, world: World, language: str, said: str) -> None:
        await models.Patient.filter(id=world.ines.id).update(language=language)
        posted = await post(world, Via.SECURE_EMAIL)
        await mail_replies.receive_mail(posted.delivery, mailed("My heliotrope rash"))
        row = await models.Work.get(kind=mail_answers.KIND)
        assert "example.com" not in row.data
        [job] = await jobs.claim(5, kinds=[mail_answers.KIND])

        mail = await mail_answers.write(job, HEAD)

        assert said in mail.parts.text
        assert "(312) 555-0134" in mail.parts.text
        assert "heliotrope" not in f"{mail.parts}"
        assert "http" not in mail.parts.text
        assert (mail.to, mail.return_path, mail.answers) == ("ines@example.com", "", "a1@mail.example")
        assert await models.Decision.get(path="confirmation").values_list("via", "outcome") == ("notice_email", "go")

    async def test_is_not_written_where_the_clinic_may_not_send(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await mail_replies.receive_mail(posted.delivery, mailed("Hi"))
        await models.Organization.all().update(plan=models.Plan.SUSPENDED)
        [job] = await jobs.claim(5, kinds=[mail_answers.KIND])

        with pytest.raises(sending.Unsendable, match="no_plan"):
            await mail_answers.write(job, HEAD)
        kept = await models.Decision.get(path="confirmation")
        assert (kept.outcome, kept.reasons) == ("refuse", "no_plan")
