"""From a posted message to the patient's phone and back, with the carrier's own library and the real mail protocol."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from server import clock, models
from server.domain import patients, sending
from server.gateways import carrier_codes
from server.models import State, Via
from server.simulator.faults import FAULTS
from tests.server.worker.house import House

pytestmark = pytest.mark.anyio
INES = "13125550142"

# What becomes of a text to a number that ends like this: the simulator's magic numbers.
ENDS = {
    "0142": (State.DELIVERED, None),
    "0199": (State.FAILED, "unreachable"),
    "0198": (State.FAILED, "unroutable"),
    "0197": (State.DELIVERED, None),
    "0196": (State.FAILED, "spam_filter"),
    "0194": (State.DELIVERED, None),
    "0193": (State.DELIVERED, None),
    "0192": (State.DELIVERED, None),
    "0191": (State.DELIVERED, None),
    "0190": (State.DELIVERED, None),
    "0189": (State.UNCERTAIN, "silence"),
    "0188": (State.SENT, None),
    "0187": (State.UNCERTAIN, "cut"),
    "0186": (State.FAILED, "bad_number"),
    "0170": (State.FAILED, "absent"),
    "0171": (State.FAILED, "number_dead"),
    "0172": (State.FAILED, "portability"),
    "0173": (State.FAILED, "spam_filter"),
    "0174": (State.FAILED, "busy"),
    "0175": (State.FAILED, "network"),
    "0176": (State.FAILED, "opted_out"),
    "0177": (State.FAILED, "unroutable"),
    "0178": (State.FAILED, "unreachable"),
    "0179": (State.FAILED, "age"),
    "0180": (State.FAILED, "carrier_block"),
    "0181": (State.FAILED, "prepaid_empty"),
    "0182": (State.UNCERTAIN, "unknown"),
    "0183": (State.FAILED, "expired"),
    "0169": (State.FAILED, "failed"),
    "0168": (State.FAILED, "undeliverable"),
    "0167": (State.UNCERTAIN, "unknown"),
    "0166": (State.DELIVERED, None),
    "0165": (State.FAILED, "illegal_sender"),
    "0164": (State.FAILED, "bad_number"),
    "0163": (State.FAILED, "too_many"),
    "0162": (State.FAILED, "parameters"),
    "0160": (State.DELIVERED, None),
    "0200": (State.FAILED, "barred"),
    "0201": (State.FAILED, "illegal_text"),
    "0202": (State.FAILED, "sender_not_registered"),
    "0203": (State.FAILED, "regulation"),
    "0204": (State.FAILED, "regulation"),
    "0205": (State.FAILED, "regulation"),
    "0206": (State.FAILED, "consent_filter"),
    "0207": (State.FAILED, "regulation"),
    "0208": (State.FAILED, "general"),
    "0209": (State.FAILED, "throttled"),
    "0210": (State.FAILED, "parameters"),
    "0211": (State.FAILED, "parameters"),
    "0212": (State.FAILED, "carrier_internal"),
    "0213": (State.FAILED, "barred"),
    "0214": (State.FAILED, "account"),
    "0215": (State.FAILED, "credit"),
    "0216": (State.FAILED, "network"),
    "0217": (State.FAILED, "illegal_sender"),
    "0218": (State.FAILED, "regulation"),
    "0219": (State.FAILED, "bad_number"),
    "0220": (State.FAILED, "too_many"),
    "0221": (State.FAILED, "media"),
    "0222": (State.FAILED, "illegal_sender"),
    "0223": (State.UNCERTAIN, "unknown"),
    "0224": (State.FAILED, "absent"),
    "0225": (State.FAILED, "number_dead"),
    "0226": (State.FAILED, "portability"),
    "0227": (State.FAILED, "spam_filter"),
    "0228": (State.FAILED, "busy"),
    "0229": (State.FAILED, "network"),
    "0230": (State.FAILED, "opted_out"),
    "0231": (State.FAILED, "unroutable"),
    "0232": (State.FAILED, "unreachable"),
    "0233": (State.FAILED, "age"),
    "0234": (State.FAILED, "carrier_block"),
    "0235": (State.FAILED, "prepaid_empty"),
    "0236": (State.FAILED, "illegal_text"),
    "0237": (State.FAILED, "too_long"),
    "0238": (State.FAILED, "auth"),
    "0239": (State.FAILED, "media"),
    "0240": (State.FAILED, "media"),
    "0241": (State.FAILED, "bad_number"),
    "0242": (State.FAILED, "expired"),
    "0243": (State.FAILED, "failed"),
    "0244": (State.UNCERTAIN, "unknown"),
    "0245": (State.DELIVERED, None),
}
PARTS = 3
"""So many at once as are settled in good time on a busy machine."""
ENDED = (State.DELIVERED, State.FAILED, State.UNCERTAIN)
ELSEWHERE = {"0195": "answers by text, below", **dict.fromkeys(("0161", "0184", "0185"), "the account, below")}


def test_every_magic_number_has_an_end_here() -> None:
    assert set(FAULTS) <= set(ENDS) | set(ELSEWHERE)


def test_every_code_and_status_that_we_know_has_a_number() -> None:
    told = [receipt for fault in FAULTS.values() for receipt in fault.receipts]

    assert {str(receipt.code) for receipt in told if receipt.code} >= set(carrier_codes.CODES) - {"0"}
    assert {receipt.status for receipt in told} >= set(carrier_codes.STATUSES)


class TestTexts:
    async def test_a_notice_reaches_the_phone_and_its_receipt_the_record(self, house: House) -> None:
        message = await house.post(house.world.ines_thread, "Your potassium is fine")

        async with house.working():
            row = await house.until_state(message, State.DELIVERED)

        [post] = house.posts()
        assert (post.to, post.sender, post.client_ref) == (INES, "13125550100", str(row.ref))
        assert row.carrier_ref == post.message_uuid
        assert post.text.startswith("Mercy Family Clinic: you have a new secure message.")
        assert len(post.text) <= 160

    async def test_a_normal_text_says_what_was_written(self, house: House) -> None:
        message = await house.post(house.world.ines_thread, "We open at 8 ☀", via=Via.SMS)

        async with house.working():
            await house.until_state(message, State.DELIVERED)

        assert [post.text for post in house.posts()] == ["We open at 8 ☀"]

    async def test_a_text_posted_while_it_works_goes_at_once(self, house: House) -> None:
        async with house.working() as worker:
            message = await house.post(house.world.ines_thread)
            worker.wake()
            await house.until_state(message, State.DELIVERED)

    async def test_quick_messages_make_one_notice(self, house: House) -> None:
        posted = [await house.post(house.world.ines_thread, f"Part {nth}") for nth in range(5)]

        async with house.working():
            rows = [await house.until_state(message, State.DELIVERED) for message in posted]

        assert len(house.posts()) == 1
        assert len({row.ref for row in rows}) == 1

    async def test_normal_texts_of_one_conversation_keep_their_order(self, house: House) -> None:
        bodies = [f"Step {nth}" for nth in range(8)]
        posted = [await house.post(house.world.ines_thread, body, via=Via.SMS) for body in bodies]

        async with house.working():
            await house.until_state(posted[-1], State.DELIVERED)

        assert [post.text for post in house.posts()] == bodies

    @pytest.mark.parametrize("part", range(PARTS))
    async def test_every_trouble_ends_as_it_should_and_nothing_is_posted_twice(self, house: House, part: int) -> None:
        ends = list(ENDS)[part::PARTS]
        posted = {
            end: await house.post(await house.patient(f"+1312555{end}" if end != "0142" else "+13125551142"))
            for end in ends
        }

        async def all_settled() -> bool:
            rows = await models.Delivery.filter(message_id__in=list(posted.values()))
            found.update({row.message_id: (row.state, row.reason) for row in rows})
            return all(found[posted[end]] == ENDS[end] for end in ends)

        found: dict[UUID, tuple[State, str | None]] = {}
        async with house.working():
            try:
                await house.until(all_settled)
            except TimeoutError:
                assert {end: found[message] for end, message in posted.items()} == {end: ENDS[end] for end in ends}

        may_be_out = [post for post in house.posts() if post.answer in {"accepted", "cut", "silence", "lost"}]
        assert max(Counter(post.client_ref for post in may_be_out).values()) == 1

    async def test_an_answer_by_text_comes_back_into_the_conversation(self, house: House) -> None:
        conversation = await house.patient("+13125550195")
        await house.post(conversation)

        async def answered() -> models.Message | None:
            return await models.Message.filter(conversation_id=conversation.id, user_id=None).first()

        async with house.working():
            message = await house.until(answered)

        assert message.via is Via.SMS

    async def test_two_workers_post_each_text_once(self, house: House) -> None:
        threads = [await house.patient(f"+1312556{nth:04}") for nth in range(12)]
        posted = [await house.post(thread) for thread in threads]

        async with house.working(), house.working():
            for message in posted:
                await house.until_state(message, State.DELIVERED)

        assert set(Counter(post.client_ref for post in house.posts()).values()) == {1}
        assert len(house.posts()) == len(posted)

    async def test_a_worker_stopped_beyond_its_lease_posts_nothing_when_it_goes_on(self, house: House) -> None:
        message = await house.post(house.world.ines_thread)
        [dead] = await sending.claim(1, lane=sending.Lane.TEXTS)
        assert await sending.still_mine(dead)
        clock.shift(sending.LEASE + timedelta(seconds=1))
        try:
            async with house.working():
                row = await house.until_state(message, State.UNCERTAIN)
        finally:
            clock.shift(timedelta())

        assert row.reason == "worker_lost"
        assert house.posts() == []

    async def test_what_a_dead_worker_surely_did_not_post_goes_out_once(self, house: House) -> None:
        message = await house.post(house.world.ines_thread)
        await sending.claim(1, lane=sending.Lane.TEXTS)
        clock.shift(sending.LEASE + timedelta(seconds=1))
        try:
            async with house.working():
                await house.until_state(message, State.DELIVERED)
        finally:
            clock.shift(timedelta())

        assert len(house.posts()) == 1

    async def test_a_handsets_text_never_goes_to_the_carrier(self, house: House) -> None:
        await models.PhoneNumber.all().update(endpoint=models.PhoneEndpoint.HANDSET)
        message = await house.post(house.world.ines_thread)

        async with house.working():
            await house.until_state(message, State.DELIVERED)

        assert (await models.HandsetText.all().count(), house.posts()) == (1, [])


class TestOurAccount:
    @pytest.mark.parametrize(("end", "code"), [("0185", "credit"), ("0184", "auth"), ("0161", "auth")])
    async def test_trouble_with_it_stops_everything_and_fails_nothing(self, house: House, end: str, code: str) -> None:
        broken = await house.post(await house.patient(f"+1312555{end}"))

        async with house.working(pace=1):
            await house.until_state(broken, State.WAITING)
            row = await house.until(lambda: models.Delivery.filter(message_id=broken, reason=code).first())
            other = await house.post(house.world.ines_thread)
            account = await models.Account.get(id="texts")

        assert (row.attempts, account.state, account.code) == (1, "open", code)
        assert (await models.Delivery.get(message_id=other)).state is State.WAITING
        assert len(house.posts()) == 1

    async def test_it_resumes_by_itself(self, house: House) -> None:
        broken = await house.post(await house.patient("+13125550185"))
        async with house.working():
            await house.until(lambda: models.Account.filter(id="texts", state="open").first())
            other = await house.post(house.world.ines_thread)
            await house.until_state(other, State.DELIVERED)
            row = await models.Delivery.get(message_id=broken)

        assert row.state in {State.WAITING, State.SENDING}

    async def test_one_that_opens_it_again_and_again_while_others_pass_ends(self, house: House) -> None:
        broken = await house.post(await house.patient("+13125550185"))
        await models.Delivery.filter(message_id=broken).update(attempts=sending.MOST_TRIES - 1)

        async with house.working():
            row = await house.until_state(broken, State.FAILED)

        assert row.reason == "credit"


class TestAnAccountInRandomTrouble:
    async def test_accepts_nothing_twice_and_ends_nothing_in_silence(self, house: House) -> None:
        house.simulator.carrier.trouble.answer, house.simulator.carrier.trouble.share = "any", 0.5
        posted = []
        async with house.working() as worker:
            for nth in range(100):
                posted.append(await house.post(await house.patient(f"+1312556{nth:04d}")))
                worker.wake()
                await asyncio.sleep(0.15)
            house.simulator.carrier.trouble.answer = None

            async def settled() -> bool:
                rest = models.Delivery.exclude(state__in=(State.SENT, *ENDED))
                return not await rest.exists()

            await house.until(settled)

        rows = await models.Delivery.filter(message_id__in=posted)
        taken = Counter(post.client_ref for post in house.posts() if post.message_uuid)
        uncertain = [row for row in rows if row.state is State.UNCERTAIN]
        shown = await models.Conversation.filter(trouble="uncertain").values_list("id", flat=True)
        assert max(taken.values()) == 1
        assert {str(row.ref) for row in rows if row.state is State.DELIVERED} <= set(taken)
        assert [row.reason for row in rows if row.state is State.FAILED] == []
        assert {row.conversation_id for row in uncertain} == set(shown)


class TestMails:
    async def test_a_notice_reaches_the_mailbox(self, house: House) -> None:
        message = await house.post(house.world.ines_thread, "Your potassium is fine", via=Via.SECURE_EMAIL)

        async with house.working():
            row = await house.until_state(message, State.SENT)

        [mail] = house.simulator.mailbox.to("ines@example.com")
        assert mail.message_id == f"<{row.ref}@messages.mercy.example>"
        assert mail.subject == "New secure message from Mercy Family Clinic"
        assert mail.headers["list-unsubscribe"].endswith(", <mailto:messages@mercy.example?subject=unsubscribe>")

    @pytest.mark.parametrize(
        ("name", "state", "reason", "copies"),
        [
            ("greylist", State.SENT, None, 1),
            ("bounce", State.FAILED, "no_mailbox", 0),
            ("full", State.FAILED, "mailbox_full", 0),
            ("defer", State.FAILED, "mail_deferred", 0),
            ("cut", State.SENT, None, 2),
        ],
    )
    async def test_every_trouble_ends_as_it_should(
        self, house: House, name: str, state: State, reason: str | None, copies: int
    ) -> None:
        await patients.change(house.world.ines.id, patients.Details(email=f"{name}@example.com"), by=house.world.dana)
        message = await house.post(house.world.ines_thread, via=Via.SECURE_EMAIL)

        async with house.working(pace=0.0005):
            row = await house.until_state(message, state)

        mails = house.simulator.mailbox.to(f"{name}@example.com")
        assert (row.reason, len(mails)) == (reason, copies)
        assert len({mail.message_id for mail in mails}) <= 1


BODY = "The lab found low potassium so please eat two bananas every morning before we speak again"


class TestPrivacy:
    @pytest.mark.parametrize("via", [Via.SECURE_SMS, Via.SECURE_EMAIL])
    async def test_no_four_words_of_a_secure_message_leave_the_house(self, house: House, via: Via) -> None:
        message = await house.post(house.world.ines_thread, BODY, via=via)

        async with house.working():
            await house.until_state(message, State.SENT, State.DELIVERED)

        out = " ".join([post.text for post in house.posts()] + [f"{mail}" for mail in house.simulator.mailbox.mails])
        words = BODY.split()
        runs = [" ".join(words[start : start + 4]) for start in range(len(words) - 3)]
        assert out
        assert [run for run in runs if run in out] == []
        assert [name for name in ("Ines", "Calderon", "Dana", "Reyes", "Front desk") if name in out] == []


class TestOneThatCannotBeSent:
    async def test_fails_alone(self, house: House) -> None:
        broken, fine = await house.post(house.world.omar_thread), await house.post(house.world.ines_thread)
        await models.Delivery.filter(message_id=broken).update(to_sealed=b"cut")

        async with house.working():
            row = await house.until_state(broken, State.FAILED)
            await house.until_state(fine, State.DELIVERED)

        assert row.reason == "unreadable"


class TestStop:
    async def test_lets_what_is_under_way_come_to_its_end(self, house: House) -> None:
        message = await house.post(await house.patient("+13125550189"))

        async with house.working():
            await house.heard("post", "13125550189")

        row = await models.Delivery.get(message_id=message)
        assert (row.state, row.reason) == (State.UNCERTAIN, "silence")
