"""*Viewed* is true: only a verified patient, only what was on the page, the first time for ever (B34)."""

from datetime import timedelta

import msgspec
import pytest

from server import clock, models
from server.domain import messages, patients, recalls
from server.models import Via
from server.queries import thread
from tests.portal import phone
from tests.portal.conftest import enter
from tests.world import World

pytestmark = pytest.mark.anyio


async def viewed(conversation: models.Conversation) -> list[int]:
    """The numbers of the messages of a conversation that have a receipt."""
    found = models.Receipt.filter(message__conversation_id=conversation.id).order_by("message__number")
    return [number for (number,) in await found.values_list("message__number")]


async def write(cast: World, body: str, via: Via = Via.SECURE_SMS) -> None:
    """Dana writes to Ines."""
    await messages.post(cast.ines_thread.id, key=body[:60], via=via, body=body, by=cast.dana)


class TestWithoutScript:
    async def test_the_answer_to_the_check_shows_and_marks(self, cast: World, mobile: phone.Phone) -> None:
        assert await viewed(cast.ines_thread) == []

        await enter(mobile, cast)

        assert await viewed(cast.ines_thread) == [1]

    async def test_a_wrong_answer_marks_nothing(self, cast: World, mobile: phone.Phone) -> None:
        await enter(mobile, cast, date="1/1/1970")

        assert await viewed(cast.ines_thread) == []

    async def test_looking_alone_marks_nothing_and_checking_for_new_ones_does(
        self, cast: World, inside: phone.Phone
    ) -> None:
        await write(cast, "A second message")
        await inside.get("/m/thread")
        assert await viewed(cast.ines_thread) == [1]

        await inside.submit("/m/check-new")

        assert await viewed(cast.ines_thread) == [1, 2]

    async def test_answering_marks_what_the_page_shows(self, cast: World, inside: phone.Phone) -> None:
        await write(cast, "A second message")

        await inside.submit("/m/messages", body="Thanks")

        assert await viewed(cast.ines_thread) == [1, 2]


class TestWithScript:
    @pytest.fixture
    async def scripted(self, cast: World, mobile: phone.Phone) -> phone.Phone:
        """Ines's phone, whose script added its mark to the form of the press."""
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open", script="1")
        await mobile.submit("/m/check", date="3/14/85")
        return mobile

    async def test_only_the_script_marks(self, cast: World, scripted: phone.Phone) -> None:
        await scripted.submit("/m/messages", body="Thanks")
        await scripted.submit("/m/check-new")
        assert await viewed(cast.ines_thread) == []

        answer = await scripted.call("/m/viewed", {"numbers": [1]})

        assert answer.status_code == 204
        assert await viewed(cast.ines_thread) == [1]

    async def test_that_announces_itself_later_takes_over(self, cast: World, inside: phone.Phone) -> None:
        assert (await inside.call("/m/script")).status_code == 204
        await write(cast, "A second message")

        await inside.submit("/m/check-new")

        assert await viewed(cast.ines_thread) == [1]

    async def test_marks_with_a_fact_for_team_and_patient_and_in_the_audit(
        self, cast: World, scripted: phone.Phone
    ) -> None:
        before = await models.Conversation.get(id=cast.ines_thread.id)

        await scripted.call("/m/viewed", {"numbers": [1]})

        message = await models.Message.get(conversation_id=cast.ines_thread.id, number=1)
        for stream in (before.team_id, before.patient_id):
            assert await models.FactRecord.filter(stream_id=stream, kind="message.viewed").count() == 1
        after = await models.Conversation.get(id=before.id)
        assert after.rev == message.rev == before.rev + 1
        entry = await models.AuditEntry.get(did="message:viewed")
        assert (entry.about_id, entry.actor_kind, entry.actor_id) == (message.id, "patient", cast.ines.id)

    async def test_keeps_on_which_device_it_was(self, cast: World, scripted: phone.Phone) -> None:
        scripted.client.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Version/18.5 Safari/604.1"

        await scripted.call("/m/viewed", {"numbers": [1]})

        receipt = await models.Receipt.get()
        entry = await models.AuditEntry.get(did="message:viewed")
        assert receipt.device == msgspec.json.decode(entry.data)["device"] == "safari-iphone"
        [message] = await thread.messages([receipt.message_id])
        shown = (await thread.messages([message]))[message].receipts
        assert [(each.device, each.at) for each in shown] == [("Safari on iPhone", receipt.created_at)]

    async def test_marks_the_first_time_and_never_again(self, cast: World, scripted: phone.Phone) -> None:
        await scripted.call("/m/viewed", {"numbers": [1]})
        first = await models.Receipt.get()
        clock.shift(timedelta(minutes=5))
        try:
            await scripted.call("/m/viewed", {"numbers": [1, 1]})
        finally:
            clock.shift(timedelta())

        assert (await models.Receipt.get()).created_at == first.created_at
        assert await models.FactRecord.filter(kind="message.viewed").count() == 2

    async def test_passes_over_plain_texts_own_words_and_what_is_not_there(
        self, cast: World, scripted: phone.Phone
    ) -> None:
        await patients.consent(cast.ines.id, wording="Yes, text me", by=cast.dana)
        await write(cast, "See you at 3", via=Via.SMS)
        await scripted.submit("/m/messages", body="Mine")

        answer = await scripted.call("/m/viewed", {"numbers": [2, 3, 99]})

        assert answer.status_code == 204
        assert await viewed(cast.ines_thread) == []

    @pytest.mark.parametrize("numbers", [["1"], [0], [1.5], [2**40], "1", None, list(range(1, 600))])
    async def test_refuses_what_are_no_numbers(self, scripted: phone.Phone, numbers: object) -> None:
        answer = await scripted.call("/m/viewed", {"numbers": numbers})

        assert answer.status_code == 400
        assert answer.json()["code"] == "wrong_shape"

    async def test_reaches_no_other_conversation(self, cast: World, scripted: phone.Phone) -> None:
        await messages.post(cast.omar_thread.id, key="o", via=Via.SECURE_SMS, body="For Omar", by=cast.dana)

        await scripted.call("/m/viewed", {"numbers": [1]})

        assert await viewed(cast.omar_thread) == []

    async def test_of_an_older_tab_counts_in_no_other_conversation(self, cast: World, scripted: phone.Phone) -> None:
        """A number means another message in another conversation."""
        answers = [
            await scripted.call("/m/viewed", {"numbers": [1], "conversation": str(thread)})
            for thread in (cast.omar_thread.id, cast.mercy.organization.id)
        ]

        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "unknown")}
        assert await viewed(cast.ines_thread) == await viewed(cast.omar_thread) == []
        mine = await scripted.call("/m/viewed", {"numbers": [1], "conversation": str(cast.ines_thread.id)})
        assert mine.status_code == 204
        assert await viewed(cast.ines_thread) == [1]

    async def test_never_marks_what_was_taken_back(self, cast: World, scripted: phone.Phone) -> None:
        message = await models.Message.get(conversation_id=cast.ines_thread.id)
        await recalls.recall(message.id, by=cast.dana)

        await scripted.call("/m/viewed", {"numbers": [1]})

        assert await viewed(cast.ines_thread) == []

    async def test_marks_nothing_before_the_check_nor_after_sign_out(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open", script="1")
        early = await mobile.call("/m/viewed", {"numbers": [1]})
        await mobile.submit("/m/check", date="3/14/85")
        token = mobile.csrf
        await mobile.submit("/m/sign-out")

        late = await mobile.client.post(
            "/m/viewed", json={"numbers": [1]}, headers={"Origin": phone.URL, "X-BloomText-CSRF": token}
        )

        assert (early.status_code, late.status_code) == (401, 401)
        assert await viewed(cast.ines_thread) == []
