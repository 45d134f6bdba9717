"""The replay law: for every verb, an old screen and the Facts since equal a fresh screen. The list is complete."""

import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from server import clock, domain, models
from server import files as storage
from server.domain import (
    alert_rules,
    alerts,
    claims,
    clinic_words,
    conversations,
    drafts,
    hours,
    labels,
    mentions,
    messages,
    notes,
    on_call,
    outcomes,
    proxy_reviews,
    recalls,
    rota,
    stray_wishes,
    strays,
)
from server.domain.broadcasts import limits
from server.models import Via
from server.queries import hours_views
from server.queries.rota_views import Rota, RotaTurn
from tests.laws import verbs_of_broadcasts as many
from tests.laws import verbs_of_contacts as reached_at
from tests.laws import verbs_of_lists as lists
from tests.laws import verbs_of_merges as one_person
from tests.laws import verbs_of_people as people
from tests.laws import verbs_of_work as work
from tests.laws.otherwise import OTHERWISE
from tests.laws.replay import replay_law
from tests.laws.verbs import (
    SEEN_BY_THE_TEAM,
    Verb,
    change,
    guess_until_it_rests,
    receive_stop,
    receive_stranger,
    reply,
    unlock,
)
from tests.laws.verbs_of_strays import a_stray, detach_from_nobody_else
from tests.server.domain.sending.posting import post
from tests.server.domain.test_identity_trouble import rests_at_billing
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_proxies import add
from tests.world import World

FOLLOWS = (*work.WHAT_FOLLOWS, *lists.WHAT_FOLLOWS, *many.WHAT_FOLLOWS, *one_person.WHAT_FOLLOWS)
VERBS = SEEN_BY_THE_TEAM | work.VERBS | lists.VERBS | many.VERBS | one_person.VERBS | reached_at.VERBS


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """A test that moves the clock leaves it as it was."""
    yield
    clock.shift(timedelta())


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> None:
    """Files of a test lie in its own folder."""
    storage.use_folder(tmp_path)


@pytest.mark.parametrize("verb", VERBS)
async def test_a_verb_obeys_the_replay_law(world: World, verb: str) -> None:
    act = await VERBS[verb](world)
    async with replay_law(world.dana):
        await act()


@pytest.mark.parametrize(
    "heard",
    [
        receive_stop,
        receive_stranger,
        guess_until_it_rests,
        unlock,
        detach_from_nobody_else,
        *FOLLOWS,
    ],
)
async def test_what_follows_from_it_obeys_it_too(world: World, heard: Verb) -> None:
    act = await heard(world)
    async with replay_law(world.dana):
        await act()


async def test_unlocking_obeys_it_for_another_team_of_the_patient(world: World) -> None:
    await (await guess_until_it_rests(world))()
    await rests_at_billing(world)
    task = await models.Task.get(conversation_id=world.ines_thread.id)
    async with replay_law(world.robin):
        await outcomes.close(task.id, "unlocked", by=world.dana)


async def test_opening_obeys_it_for_the_team_it_is_opened_with(world: World) -> None:
    billing = world.mercy.teams["Billing"].id
    async with replay_law(world.robin):
        await conversations.open_with(world.ines.id, billing, by=world.robin)


@pytest.mark.parametrize("verb", people.VERBS)
async def test_who_goes_and_comes_obeys_it_for_who_stays(world: World, verb: str) -> None:
    act = await people.VERBS[verb](world)
    async with replay_law(world.sam):
        await act()


@pytest.mark.parametrize("act", [strays.dismiss, strays.reopen])
async def test_a_team_hears_that_its_strays_changed(world: World, act: Callable[..., Awaitable[None]]) -> None:
    stray = await a_stray(world)
    if act is strays.reopen:
        await strays.dismiss(stray, by=world.dana)
    told = models.FactRecord.filter(kind="strays.changed", stream_id=world.mercy.teams["Front desk"].id)
    before = await told.count()

    await act(stray, by=world.dana)

    assert await told.count() == before + 1


async def test_a_team_hears_what_an_unknown_sender_wishes(world: World) -> None:
    await add(world)
    await receive(incoming("Please stop texting me", sender="13125550160"))
    told = models.FactRecord.filter(kind="strays.changed", stream_id=world.mercy.teams["Front desk"].id)
    before = await told.count()

    for _ in range(2):
        await stray_wishes.decide((await models.Stray.get()).id, "keep_texts", by=world.dana)

    assert await told.count() == before + 1


async def test_a_team_hears_that_its_hours_changed(world: World) -> None:
    team = world.mercy.teams["Front desk"].id
    for _ in range(2):
        await hours.change(team, hours_views.Hours(week=[[]] * 7), by=world.val)

    [told] = await models.FactRecord.filter(kind="hours.changed")
    assert told.stream_id == team


async def test_a_clinic_hears_that_a_setting_or_the_name_of_a_number_changed(world: World) -> None:
    clinic, front = world.mercy.organization.id, world.mercy.teams["Front desk"].id
    admin = replace(world.val, role=models.Role.ADMIN)
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: labels.put(front, "+13125550100", "Refills line", by=world.val),
        lambda: clinic_words.set_words(["lupus"], [], by=admin),
        lambda: claims.set_length(7, by=admin),
        lambda: recalls.set_undo_time(9, by=admin),
        lambda: proxy_reviews.set_age(16, by=admin),
        lambda: limits.set_alone(12, by=admin),
        lambda: limits.set_most(2, by=admin),
    ]
    told = models.FactRecord.filter(kind="organization.changed")
    for times, act in enumerate(acts, 1):
        for _ in range(2):
            await act()
        assert await told.count() == times
    assert {each.stream_id for each in await told} == {clinic}


async def test_who_is_on_call_hears_of_words_that_may_be_urgent_and_the_team_of_who_it_is(world: World) -> None:
    team = world.mercy.teams["Front desk"].id
    await on_call.say(team, [world.val.user], clock.now() + timedelta(hours=8), by=world.val)
    for _ in range(2):
        await rota.change(team, Rota([[RotaTurn("17:00", "08:00", world.val.user)]] * 7), by=world.val)
    for key in ("one", "two"):
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body="I have chest pain")

    told = await models.FactRecord.filter(kind__in=["hours.changed", "on_call.paged"]).order_by("kind")
    assert [(fact.kind, fact.stream_id) for fact in told] == [
        ("hours.changed", team),
        ("hours.changed", team),
        ("on_call.paged", world.val.user),
    ]


async def test_who_manages_hears_of_alerts_and_nobody_else(world: World) -> None:
    for _ in range(2):
        rule = await alert_rules.keep(models.AlertKind.UNASSIGNED, 0, team=None, mail_after=None, by=world.val)
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="one", body="Is it ready?")
    for _ in range(2):
        await alerts.look()
    [alert] = await models.Alert.all()
    for _ in range(2):
        await alerts.acknowledge(alert.id, by=world.val)
    await alert_rules.remove(rule.id, by=world.val)
    for _ in range(2):
        await alerts.look()

    told = await models.FactRecord.filter(kind="alerts.changed").order_by("position")
    assert {fact.stream_id for fact in told} == {world.val.user}
    about = [msgspec.json.decode(fact.data)["alert"] for fact in told]
    assert about == [None, str(alert.id), str(alert.id), None, str(alert.id)]


async def test_who_is_mentioned_hears_of_it_and_of_having_looked(world: World) -> None:
    await notes.write(world.ines_thread.id, key="n", body="@Sam Okafor", by=world.dana, mentions=[world.sam.user])
    for _ in range(2):
        await mentions.mark_seen(world.ines_thread.id, by=world.sam)

    told = await models.FactRecord.filter(kind__in=["note.mentioned", "mentions.seen"]).order_by("position")
    assert [(fact.kind, fact.stream_id) for fact in told] == [
        ("note.mentioned", world.sam.user),
        ("mentions.seen", world.sam.user),
    ]


async def test_only_its_writer_hears_of_a_draft(world: World) -> None:
    screen = UUID(int=1)
    async with replay_law(world.sam, changes=False), replay_law(world.val, changes=False):
        for body in ("Dear Ines", "Dear Ines", ""):
            await drafts.keep(world.ines_thread.id, models.DraftKind.MESSAGE, body, by=world.dana, screen=screen)

    told = await models.FactRecord.filter(kind="draft.changed").order_by("position")
    assert [(fact.stream_id, msgspec.json.decode(fact.data)) for fact in told] == [
        (world.dana.user, {"conversation": str(world.ines_thread.id), "kept": kept, "screen": str(screen)})
        for kept in (True, False)
    ]


async def test_a_supervisor_sees_what_every_team_sees(world: World) -> None:
    billing = world.mercy.teams["Billing"].id
    async with replay_law(world.val):
        await conversations.open_with(world.ines.id, billing, by=world.robin)
        await post(world)
        await (await reply(world))()


async def test_nobody_elses_screen_hears_of_it(world: World) -> None:
    async with replay_law(world.alex, changes=False):
        await post(world)
        await (await change(world))()
        await messages.post(world.omar_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.sam)


def test_every_verb_is_listed() -> None:
    found = set()
    for module in pkgutil.walk_packages(domain.__path__, "server.domain."):
        source = import_module(module.name)
        short = module.name.removeprefix("server.domain.")
        found |= {f"{short}.{name}" for name, value in vars(source).items() if _is_verb(source.__name__, name, value)}
    listed = set(VERBS) | {name for names in OTHERWISE | people.OTHERWISE for name in names.split()}
    assert found == listed


def _is_verb(module: str, name: str, value: object) -> bool:
    return inspect.iscoroutinefunction(value) and value.__module__ == module and not name.startswith("_")
