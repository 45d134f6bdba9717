"""Who is told on their computer of what; and that it ends with the session, the team, the browser or the switch."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from starlette.responses import Response

from server import access, clock, models
from server.db import transaction
from server.domain import assignments, jobs, messages, notes, pushes, sign_in, teams, users
from server.domain.sending import turning
from server.errors import Refusal
from server.gateways.push import PushGateway, PushSettings
from server.models import State, Via
from server.worker import pushing
from tests import push_service
from tests.push_service import KEY, Browser, PushService
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service.serving() as service:
        pushes.use(KEY, (service.place,))
        yield service
    pushes.use("", ())


@pytest.fixture(autouse=True)
def own_time() -> Iterator[None]:
    yield
    clock.shift(timedelta())


async def _on(service: PushService, by: access.Staff, *, base: str = "") -> Browser:
    browser = service.browser(by.name.split()[0].lower())
    await pushes.switch_on(browser.target, base=base, by=by)
    return browser


async def _work(service: PushService) -> None:
    """What a worker does, until nothing is due."""
    gateway = PushGateway(PushSettings(KEY, "mailto:messages@mercy.example", (service.place,)), timeout=5)
    handlers = pushing.handlers_of(gateway, pace=1)
    while due := await jobs.claim(9, kinds=handlers):
        for job in due:
            await handlers[job.kind](job)
    await gateway.close()


async def _told(service: PushService, *browsers: Browser) -> dict[str, list[str]]:
    """What each was told since the last time."""
    await _work(service)
    posted, service.posted = service.posted, []
    found: dict[str, list[str]] = {}
    for post in posted:
        [browser] = [each for each in browsers if each.endpoint.endswith(post.path)]
        name = post.path.rpartition("/")[2]
        found.setdefault(name, []).append(browser.opened(post.body)["says"])
    return found


async def _reply(world: World, key: str, body: str = "Thank you", *, omar: bool = False) -> None:
    thread, patient = (world.omar_thread, world.omar) if omar else (world.ines_thread, world.ines)
    await messages.reply(thread.id, patient_id=patient.id, key=key, body=body)


class TestWho:
    async def test_the_team_is_told_of_a_patients_words_and_nobody_else(
        self, world: World, service: PushService
    ) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam, world.robin, world.val, world.alex)]

        await _reply(world, "a", "My heliotrope rash is back")

        said = ["New message in Front desk"]
        assert await _told(service, *browsers) == {"dana": said, "sam": said}

    async def test_the_notice_says_the_team_and_where_and_nothing_else(
        self, world: World, service: PushService
    ) -> None:
        browser = await _on(service, world.dana, base="/~2")

        await _reply(world, "a", "My heliotrope rash is back")
        await _work(service)

        [post] = service.posted
        front, thread = world.mercy.teams["Front desk"].id, world.ines_thread.id
        expected = {"says": "New message in Front desk", "opens": f"/~2/inbox/{front}/{thread}"}
        assert browser.opened(post.body) == expected
        assert post.headers["urgency"] == "normal"
        assert 590 <= int(post.headers["ttl"]) <= 600
        assert thread.hex not in post.headers["topic"]

    async def test_a_colleagues_work_is_their_own_unless_it_is_urgent(self, world: World, service: PushService) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam)]
        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
        await _work(service)
        service.posted = []

        await _reply(world, "a")
        assert await _told(service, *browsers) == {"sam": ["New message in Front desk"]}

        await _reply(world, "b", "I have chest pain")
        said = ["Urgent message in Front desk"]
        assert await _told(service, *browsers) == {"dana": said, "sam": said}

    async def test_whom_a_note_calls_on_is_told_a_supervisor_too(self, world: World, service: PushService) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam, world.val)]

        called = [world.sam.user, world.val.user]
        await notes.write(world.ines_thread.id, key="n", body="Look at this", by=world.dana, mentions=called)

        said = ["You are mentioned in Front desk"]
        assert await _told(service, *browsers) == {"sam": said, "val": said}

    async def test_who_is_given_a_conversation_is_told_without_a_sound(
        self, world: World, service: PushService
    ) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam)]

        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
        await _work(service)

        front, thread = world.mercy.teams["Front desk"].id, world.ines_thread.id
        said = {"says": "Assigned to you in Front desk", "opens": f"/inbox/{front}/{thread}", "quiet": "yes"}
        assert [browsers[1].opened(post.body) for post in service.posted] == [said]

    async def test_who_takes_a_conversation_or_is_no_member_is_told_nothing(
        self, world: World, service: PushService
    ) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam, world.alex)]

        await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
        await assignments.assign(world.ines_thread.id, None, by=world.dana)
        with pytest.raises(Refusal, match="Only a member of the team"):
            await assignments.assign(world.ines_thread.id, world.alex.user, by=world.dana)

        assert await _told(service, *browsers) == {}

    async def test_what_made_no_sound_keeps_back_no_words_of_the_patient(
        self, world: World, service: PushService
    ) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam)]
        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
        await _work(service)
        service.posted = []

        await _reply(world, "a")

        assert await _told(service, *browsers) == {"sam": ["New message in Front desk"]}

    async def test_who_wrote_it_is_told_that_it_did_not_arrive(self, world: World, service: PushService) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam)]
        await messages.post(world.omar_thread.id, key="m", via=Via.SECURE_SMS, body="Come in", by=world.dana)
        row = await models.Delivery.get(conversation_id=world.omar_thread.id)

        async with transaction() as tx:
            conversation = await turning.locked(world.omar_thread.id)
            await turning.turn(tx, conversation, [row], State.FAILED, "unreachable")

        assert await _told(service, *browsers) == {"dana": ["A message was not delivered in Front desk"]}


class TestHowOften:
    async def test_once_a_minute_for_a_conversation_but_for_urgent_words(
        self, world: World, service: PushService
    ) -> None:
        browser = await _on(service, world.dana)
        said: list[list[str]] = []
        for key, words in (("a", "One"), ("b", "Two"), ("c", "I have chest pain"), ("d", "chest pain"), ("e", "Five")):
            await _reply(world, key, words)
            said.append((await _told(service, browser)).get("dana", []))
        await _reply(world, "o", omar=True)
        other = await _told(service, browser)
        clock.shift(MINUTE + timedelta(seconds=5))
        await _reply(world, "f", "Six")

        calm, urgent = ["New message in Front desk"], ["Urgent message in Front desk"]
        assert said == [calm, [], urgent, [], []]
        assert other == {"dana": calm}
        assert await _told(service, browser) == {"dana": calm}

    async def test_a_worker_that_is_killed_while_it_posts_tells_nobody_twice(
        self, world: World, service: PushService
    ) -> None:
        browser = await _on(service, world.dana)
        await _reply(world, "a")
        [call] = await jobs.claim(9, kinds=[pushes.CALL])
        await pushes.find(call)
        [post] = await jobs.claim(9, kinds=[pushes.POST])
        assert await pushes.take(post)

        clock.shift(jobs.LEASE + MINUTE)

        assert await pushes.take(post) is None
        assert await _told(service, browser) == {}

    async def test_what_the_service_surely_does_not_have_is_tried_again_while_it_is_worth_it(
        self, world: World, service: PushService
    ) -> None:
        await _on(service, world.dana)
        service.answers = [Response(status_code=429, headers={"Retry-After": "30"}), Response(status_code=500)]
        await _reply(world, "a")

        for seconds, count in ((0, 1), (20, 1), (40, 2), (100, 3), (580, 3)):
            clock.shift(timedelta(seconds=seconds))
            await _work(service)
            assert len(service.posted) == count, seconds

    async def test_a_notice_that_waited_too_long_is_worth_nothing(self, world: World, service: PushService) -> None:
        browser = await _on(service, world.dana)
        await _reply(world, "a")
        [call] = await jobs.claim(9, kinds=[pushes.CALL])
        await pushes.find(call)

        clock.shift(pushes.WORTH + timedelta(seconds=5))

        assert await _told(service, browser) == {}


class TestItsEnd:
    async def test_with_the_switch_and_only_the_persons_own(self, world: World, service: PushService) -> None:
        browser = await _on(service, world.dana)

        await pushes.switch_off(browser.endpoint, by=world.sam)
        await _reply(world, "a")
        assert await _told(service, browser) == {"dana": ["New message in Front desk"]}
        await pushes.switch_off(browser.endpoint, by=world.dana)
        await _reply(world, "o", omar=True)

        assert await _told(service, browser) == {}
        assert await models.PushSubscription.all().count() == await models.PushTold.all().count() == 0

    async def test_with_signing_out_also_for_what_is_under_way(self, world: World, service: PushService) -> None:
        browser = await _on(service, world.dana)
        await _reply(world, "a")
        [call] = await jobs.claim(9, kinds=[pushes.CALL])
        await pushes.find(call)

        await sign_in.sign_out(world.dana)

        assert await _told(service, browser) == {}
        assert not await models.PushSubscription.all().exists()

    async def test_with_another_password(self, world: World, service: PushService) -> None:
        await _on(service, world.dana)
        user = await models.User.get(id=world.dana.user)

        await users.set_password(user, "a long enough heliotrope")

        assert not await models.PushSubscription.all().exists()

    async def test_while_the_person_is_away_too_long_and_goes_on_when_they_are_back(
        self, world: World, service: PushService
    ) -> None:
        browser = await _on(service, world.dana)
        await models.StaffSession.filter(id=world.dana.session).update(seen_at=clock.now() - access.STAFF_IDLE)
        await _reply(world, "a")
        assert await _told(service, browser) == {}
        _, later = await _session(world.dana.user)

        # Whoever else sits there has not switched it on.
        assert await pushes.resume(browser.endpoint, base="", by=world.sam) is False
        assert await pushes.resume(browser.endpoint, base="", by=_in(world.dana, later)) is True
        await _reply(world, "o", omar=True)

        assert await _told(service, browser) == {"dana": ["New message in Front desk"]}

    async def test_with_the_team_and_with_the_account(self, world: World, service: PushService) -> None:
        browsers = [await _on(service, each) for each in (world.dana, world.sam)]
        await _reply(world, "a")
        [call] = await jobs.claim(9, kinds=[pushes.CALL])
        await pushes.find(call)

        await teams.remove(world.mercy.teams["Front desk"].id, world.dana.user)
        await models.User.filter(id=world.sam.user).update(active=False)

        assert await _told(service, *browsers) == {}

    @pytest.mark.parametrize("status", [404, 410])
    async def test_where_the_service_knows_nobody(self, world: World, service: PushService, status: int) -> None:
        await _on(service, world.dana)
        service.answers = [Response(status_code=status)]
        await _reply(world, "a")

        await _work(service)

        assert not await models.PushSubscription.all().exists()

    async def test_with_our_key(self, world: World, service: PushService) -> None:
        browser = await _on(service, world.dana)

        pushes.use("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbU", (service.place,))
        await _reply(world, "a")

        assert await pushes.resume(browser.endpoint, base="", by=world.dana) is False
        [call] = await jobs.claim(9, kinds=[pushes.CALL])
        await pushes.find(call)
        assert await jobs.claim(9, kinds=[pushes.POST]) == []

    async def test_after_thirty_days_without_its_person(self, world: World, service: PushService) -> None:
        await _on(service, world.dana)
        await models.StaffSession.filter(id=world.dana.session).update(ends_at=clock.now())
        assert await pushes.forget() == 0

        clock.shift(pushes.FORGOTTEN + MINUTE)

        assert await pushes.forget() == 1


class TestSwitchingOn:
    async def test_again_with_other_keys_takes_those(self, world: World, service: PushService) -> None:
        await _on(service, world.dana)
        browser = await _on(service, world.dana)

        await _reply(world, "a")

        assert await _told(service, browser) == {"dana": ["New message in Front desk"]}
        assert await models.PushSubscription.all().count() == 1

    async def test_keeps_ten_browsers_of_a_person(self, world: World, service: PushService) -> None:
        for nth in range(pushes.MOST_BROWSERS + 2):
            await pushes.switch_on(service.browser(str(nth)).target, base="", by=world.dana)
        await _on(service, world.sam)

        assert await models.PushSubscription.filter(user_id=world.dana.user).count() == pushes.MOST_BROWSERS
        assert await models.PushSubscription.filter(user_id=world.sam.user).count() == 1

    async def test_keeps_nothing_that_can_be_read(self, world: World, service: PushService) -> None:
        browser = await _on(service, world.dana)

        row = await models.PushSubscription.get()

        kept = str(list(vars(row).values()))
        assert browser.endpoint not in kept
        assert browser.target.auth not in kept
        assert b"push" not in row.target_sealed

    @pytest.mark.parametrize("endpoint", ["https://evil.example/x", "http://169.254.169.254/x", "http://127.0.0.1:1/x"])
    async def test_is_refused_for_a_place_that_is_no_push_service(
        self, world: World, service: PushService, endpoint: str
    ) -> None:
        with pytest.raises(Refusal) as no:
            await pushes.switch_on(Browser(endpoint).target, base="", by=world.dana)

        assert no.value.code == "no_notices"
        assert not await models.PushSubscription.all().exists()

    async def test_is_refused_where_it_is_not_set_up(self, world: World) -> None:
        with pytest.raises(Refusal) as no:
            await pushes.switch_on(Browser("https://fcm.googleapis.com/x").target, base="", by=world.dana)

        assert no.value.code == "no_notices"
        await _reply(world, "a")
        assert not await models.Work.filter(kind=pushes.CALL).exists()


async def _session(user: UUID) -> tuple[str, UUID]:
    return await sign_in.begin(await models.User.get(id=user), complete=True)


def _in(staff: access.Staff, session: UUID) -> access.Staff:
    return access.Staff(
        user=staff.user,
        name=staff.name,
        role=staff.role,
        organization=staff.organization,
        session=session,
        ends_at=staff.ends_at,
        member_of=staff.member_of,
        reads=staff.reads,
    )
