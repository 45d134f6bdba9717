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
    assignments,
    claims,
    clinic_words,
    conversations,
    drafts,
    hours,
    labels,
    later,
    leaving,
    mentions,
    messages,
    notes,
    on_call,
    outcomes,
    proxy_reviews,
    stray_wishes,
    strays,
    team_managing,
)
from server.domain.broadcasts import limits
from server.models import Via
from server.queries import hours_views
from tests.laws import verbs_of_broadcasts as many
from tests.laws import verbs_of_contacts as reached_at
from tests.laws import verbs_of_lists as lists
from tests.laws import verbs_of_merges as one_person
from tests.laws import verbs_of_work as work
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
from tests.server.domain.admins import admin
from tests.server.domain.sending.posting import post
from tests.server.domain.test_identity_trouble import rests_at_billing
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_proxies import add
from tests.world import World

FOLLOWS = (*work.WHAT_FOLLOWS, *lists.WHAT_FOLLOWS, *many.WHAT_FOLLOWS, *one_person.WHAT_FOLLOWS)
VERBS = SEEN_BY_THE_TEAM | work.VERBS | lists.VERBS | many.VERBS | one_person.VERBS | reached_at.VERBS
OTHERWISE = {
    "conversations.open_with": "below: seen by the team it is opened with",
    "conversations.current": "inside open_with and receive_text",
    "conversations.note_reading": "audit only",
    "messages.send": "inside post and post_due",
    "lookups.note_patient lookups.note_search lookups.note_list lookups.note_strays lookups.note_words": "audit only",
    "lookups.note_group lookups.note_groups_of lookups.note_duplicates lookups.note_tags_of": "audit only",
    "lookups.note_files lookups.note_conversations": "audit only",
    "lookups.must_have_searches_left": "on no screen",
    "indexing.keep indexing.forget patients.index filling.fill": "by what is found, which no screen shows by itself",
    "numbers.usable": "reads",
    "numbers.put numbers.wrote_to numbers.forget": "inside choose, reply and move",
    "deliveries.asked later_wishes.stopped_since": "reads",
    "tasks.held tasks.end identity_trouble.hold identity_trouble.follow identity_limits.forgive": "inside close",
    "tasks.settle tasks.changed": "inside confirm and check_birth_date",
    "identity_trouble.note identity_trouble.note_pause identity_trouble.settle": "inside check_birth_date and confirm",
    "identity_trouble.look": "audit only",
    "identity_trouble.forget": "what was typed is on no row",
    "deliveries.arrange gate.asking.admit gate.caps.count": "inside post, retry, write",
    "gate.last_moment.must_still_go gate.last_moment.must_rest_until": "the same",
    "deliveries.release": "inside the verb that decides; it tells",
    "gate.asking.standing_of gate.holds.of gate.holds.night_of gate.obstacles.of": "reads",
    "gate.records.keep gate.records.refuse gate.records.keep_at_last_moment": "decisions are on no row",
    "gate.records.keep_answer": "decisions are on no row",
    "contacts.meet contacts.ask contacts.arrived contacts.cannot_ask contacts.begin_afresh": "on no row",
    "contacts.heard contacts.reached contacts.answered contacts.owes_answer": "inside receive_text and confirm",
    "contacts.failed contacts.pause contacts.resume": "inside turn and end_recheck",
    "contacts.right_after_all": "inside close",
    "managing.locked_team": "inside change and say",
    "managing.set_number": "inside set_age, set_length, set_alone and set_most",
    "tasks.open": "inside turn and end_recheck",
    "urgency.heard priorities.urge": "inside reply",
    "urgency.heard_of_stranger": "inside receive_text",
    "pushes.switch_on pushes.resume pushes.switch_off pushes.forget pushes.signed_out": "of one browser: on no screen",
    "pushes.ring pushes.given pushes.not_delivered pushes.find": "notices on computers are on no screen",
    "pushes.patient_wrote pushes.take pushes.gone pushes.again": "the same",
    "urgency.judged_harmless priorities.calm": "inside close",
    "lines.wished lines.agreed lines.moved lines.about": "inside the verbs of wishes, consents and contacts",
    "events.keep assignments.give assignments.release_all": "inside assign and remove",
    "notes.earlier notes.add": "inside write and hand_over",
    "snoozes.patient_wrote snoozes.forget": "inside reply, wake and mark_done",
    "jobs.begin jobs.begin_all jobs.end jobs.claim jobs.still_mine jobs.finish jobs.put_off": "on no screen",
    "jobs.keep_hold": "the same",
    "way.without_moved": "reads",
    "imports.runs.begin imports.runs.take imports.runs.set_columns imports.runs.decide": "who watches asks again",
    "imports.runs.start imports.runs.pause imports.runs.resume imports.runs.stop": "the same",
    "imports.runs.undo imports.runs.remove imports.runs.note_saving": "the same",
    "imports.runs.own imports.runs.locked imports.runs.locked_in imports.knowing.load": "reads",
    "imports.correcting.correct": "who watches asks again",
    "imports.traces.keep": "inside carry and correct",
    "lookups.note_beside": "a look",
    "imports.shelf.keep imports.shelf.forget imports.carrying.sweep": "sealed rows that no screen shows by themselves",
    "imports.reading.read imports.checking.check": "inside carry",
    "imports.writing.write imports.undoing.undo": "inside carry",
    "imports.reaching.add imports.reaching.drop imports.reaching.enter imports.reaching.say_lines": "inside carry",
    "imports.reaching.of imports.reaching.forget_lines": "inside carry and correct",
    "patients.mark_rows": "by what duplicates are found, which no screen shows by itself",
    "imports.entries.write imports.entries.change imports.entries.index imports.entries.tell": "inside carry",
    "broadcasts.writing.begin broadcasts.writing.change broadcasts.writing.list_patients": "who watches asks again",
    "broadcasts.writing.remove broadcasts.writing.enter broadcasts.checking.check": "the same",
    "broadcasts.going.submit broadcasts.going.approve broadcasts.going.cancel broadcasts.going.pause": "the same",
    "broadcasts.going.resume broadcasts.going.retry broadcasts.going.stop broadcasts.going.halt": "the same",
    "broadcasts.reporting.note_report": "the same",
    "broadcasts.limits.set_alone broadcasts.limits.set_most": "the clinic is told to ask again",
    "broadcasts.writing.own broadcasts.writing.locked broadcasts.checking.texts_of": "reads",
    "broadcasts.weighing.weigh broadcasts.pacing.bite": "reads",
    "broadcasts.posting.post": "inside carry",
    "recalls.take_back": "inside recall and carry",
    "streams.begin_all": "nobody is there to see it",
    "jobs.is_open jobs.is_due jobs.open_of jobs.hurry ladders.begin ladders.look_again ladders.end": "the same",
    "not_read.less_is_unread not_read.forget": "the same",
    "answers.patient_died patient_states.wrote": "inside mark_deceased and reply",
    "answers.patient_wrote answers.nothing_left answers.less_is_unread answers.cancel": "inside the verbs they follow",
    "sending.withdrawing.withdraw": "inside recall and settle",
    "sending.aftermath.of fallbacks.by_mail": "inside turn",
    "portal_links.for_message portal_links.revoke portal_links.revoke_for_contact": "links are on no staff screen",
    "portal_links.revoke_at_strangers": "links are on no staff screen",
    "portal_links.by_secret portal_links.any_by_secret": "reads",
    "portal_links.note_fetch evidence.read": "audit only",
    "portal_sessions.press portal_sessions.touch portal_sessions.mark_scripted": "sessions are on no staff screen",
    "portal_sessions.note_reading portal_sessions.sign_out portal_sessions.new_link": "the same",
    "identity.question identity.may_remember identity.has_code": "reads",
    "identity.check_code": "as check_birth_date",
    "identity.send_code identity.forget": "on no staff screen",
    "identity.must_hold": "inside mark_viewed and mark_shown",
    "identity_limits.spend identity_limits.spend_shared identity_limits.spend_code": "on no screen",
    "budgets.spend budgets.count budgets.forgive budgets.give_back guesses.at_password guesses.at_code": "on no screen",
    "webhooks.take webhooks.refuse webhooks.dead webhooks.replay webhooks.purge": "the ledger is on no screen",
    "carrier_calls.hear": "inside receive_text and report",
    "wishes.heard opt_outs.record opt_outs.lift": "inside receive_text, close and stops",
    "wishes.written": "inside reply",
    "patient_changes.tell": "inside the verbs that change a patient",
    "sending.stopping.stop_waiting sending.confirmations.order": "inside receive_text",
    "opt_outs.patients_of wishes.until_quiet inbound.acknowledge": "reads and waits",
    "sending.fences.until_quiet sending.claiming.is_unwanted": "the same",
    "sending.confirmations.write sending.confirmations.enter sending.confirmations.is_overtaken": "on no staff screen",
    "sending.confirmations.may_begin": "reads",
    "sending.claiming.still_mine": "puts up a fence that no screen shows",
    "sending.letters.write sending.letters.notice": "reads",
    "parts.add parts.give_up parts.locked": "inside receive_text and keep_incomplete",
    "strays.keep strays.keep_unaddressed strays.enter": "inside receive_text",
    "strays.held stray_senders.author_of": "inside attach, dismiss, decide",
    "strays.give strays.tell": "inside attach and move",
    "stray_making.of stray_making.standing": "reads",
    "stray_making.hold_files stray_making.make stray_making.open_again tasks.void": "inside detach and move",
    "mistaken.is_one mistaken.remove": "inside detach and move",
    "strays.mark_seen": "who has looked is on no screen",
    "strays.dismiss strays.reopen stray_wishes.decide": "below: the team is told to ask for its strays again",
    "hours.change": "below: the team is told to ask for its hours again",
    "hours.must_take": "reads",
    "on_call.say": "below: the team is told to ask for its hours again",
    "on_call.page": "inside reply and receive_text; below: who is on call hears of it",
    "on_call.watch": "inside receive_text; the team is told, and who is on call is of the team",
    "on_call.subject": "reads",
    "on_call.look sending.on_call_mails.write": "mails that no screen shows",
    "files.expect files.lock files.give": "inside receive_text and attach",
    "files.source_of uploads.own checking.make checking.verdict rooms.must_have renderings.opened": "reads",
    "files.read files.page files.words files.read_own files.page_own files.words_own": "audit only",
    "renderings.page renderings.words": "reads, and keeps what it drew",
    "uploads.begin uploads.take uploads.take_whole uploads.drop uploads.sweep": "on no screen before they are sent",
    "attaching.attach": "inside post and reply",
    "files.keep_evidence": "on no screen before a consent names it",
    "sending.errands.claim_errands sending.errands.write_errand sending.errands.begin_post": "codes and fresh links",
    "sending.errands.settle_errand": "codes and fresh links are on no staff screen",
    "sending.turning.locked sending.turning.of_ref sending.turning.turn": "inside the verbs of sending",
    "sending.turning.forward sending.turning.tell sending.turning.trouble_of": "inside the verbs of sending",
    "contacts.pause opt_outs.record": "inside bounce and stop",
    "sending.origins.of sending.origins.of_errand questions.unanswered_since": "reads",
    "sending.astray.refused sending.astray.stopped sending.astray.arrived": "inside report and settle_errand",
    "sending.astray.answer_stopped sending.astray.refused_as_stopped sending.astray.question_failed": "the same",
    "sending.mail_answers.begin sending.mail_answers.write": "on no screen",
    "sending.turning.tell_of sending.rates.room sending.rates.room_for_errands": "inside claim and claim_errands",
    "sending.finding.senders sending.finding.letters": "inside claim",
    "accounts.locked accounts.begin_trial": "inside claim",
    "accounts.note accounts.tell_newcomers accounts.show_states": "a screen asks /sending again",
    "proxies.keep proxies.finish proxies.pause proxy_reviews.settle": "inside review, end, look and close",
    "proxy_reviews.set_age claims.set_length": "below: the clinic is told to ask again",
    "clinic_words.set_words labels.put": "the same",
    "proxy_reviews.due proxy_reviews.comes_of_age": "reads",
    "proxy_notices.arrange proxy_notices.settled proxy_notices.failed_later": "inside post, settle_errand and report",
    "proxy_notices.remind": "inside climb",
    "proxy_notices.end_wait": "inside end_recheck",
    "sending.questions.cross sending.questions.put_off sending.questions.write": "inside write_errand",
    "sending.questions.enter sending.questions.silent": "inside settle_errand",
    "proxy_notices.asked proxy_notices.address proxy_notices.why_not proxy_notices.is_stop_due": "reads",
    "portal_links.revoke_of_proxy answers.proxy_wrote": "inside change, end and reply",
    "mentions.must_be_readers mentions.keep": "inside write",
    "mentions.mark_seen": "below: their own screens are told, and ask for the count again",
    "drafts.keep": "below: their own screens are told, and ask for it again",
    "drafts.forget drafts.forget_all drafts.changed": "inside post, write, write_later and remove",
    "saved_views.keep saved_views.rename saved_views.remove": "their own screens are told to ask for them again",
    "plans.ask plans.start_trial plans.start_paid plans.suspend plans.end": "the clinic is told to ask again",
    "number_orders.order number_orders.place number_orders.bring number_orders.say_porting": "the same",
    "number_orders.turn number_orders.hand_over": "inside say_porting and the verbs of buying",
    "number_orders.search number_orders.offered number_buying.order_of number_releases.number_of": "reads",
    "number_buying.begin_post number_buying.bought number_buying.refuse number_buying.finish": "as plans",
    "number_releases.release number_tests.send number_tests.begin number_tests.settle": "the same",
    "registrations.say registrations.attach registrations.set_endpoint registrations.newest": "the same",
    "starting.finish": "the same",
    "tags.create tags.retire": "the clinic is told to ask for its tags again",
    "groups.create groups.rename groups.delete groups.restore": "who shows groups is told to ask for them again",
    "groups.add groups.remove": "the same",
    "patient_tags.put_on patient_tags.take_off": "the same of tags",
    "tags.own": "reads",
    "merges.tell_apart": "who looks at them is told to ask again",
    "merge_moves.held merge_wishes.withdrew": "reads",
    "merge_moves.conversations merge_moves.belongings merge_moves.rest merge_moves.back": "inside merge and undo",
    "merge_wishes.say_again merge_wishes.withdraw merge_wishes.agree_again": "the same",
    "merge_wishes.stop merge_wishes.start_again": "the same",
    "saved_replies.create saved_replies.change saved_replies.retire": "the clinic is told to ask for them again",
    "patients.create": "in no conversation yet",
    "patients.put_contact contact_rows.forget contact_rows.count contact_rows.add": "inside the verbs about contacts",
    "contact_rows.of_preferred contact_rows.must_stay_reachable contacts.describe": "the same",
    "merge_contacts.go_along merge_contacts.back": "inside merge and undo",
    "organizations.set_website": "on no staff screen",
    "organizations.create streams.begin teams.create teams.give_number users.create": "nobody is there to see it",
    "teams.begin teams.end team_managing.must_not_be_last later.writer_moved": "inside let_in, take_out and leave",
    "team_managing.make team_managing.rename team_managing.delete": "the clinic is told to ask for them again",
    "team_managing.let_in team_managing.take_out leaving.leave": "below; who goes or comes is told to start afresh",
    "roles.change leaving.come_back": "the clinic is told to ask again, and they are",
    "managing.locked_clinic managing.person managing.must_not_be_last_admin": "reads, for the verbs of admins",
    "on_call.end pushes.left": "inside change and leave",
    "invites.invite invites.send_again invites.revoke joining.finish": "who shows people is told to ask again",
    "invites.opened invites.locked invites.for_mail joining.again second_factor.secret_of": "reads",
    "joining.begin guesses.at_link": "on no screen",
    "sending.invite_mails.write": "mails that no screen shows",
    "own_sessions.end_one own_sessions.end_others own_sessions.end_all_of": "sessions end; their screens go",
    "users.end_these sign_in.end sign_in.enter": "the same",
    "teams.add teams.remove": "which streams a screen follows changes: it is told to start afresh",
    "users.set_password users.end_sessions": "sessions end; their screens go",
    "sign_in.with_password sign_in.with_code sign_in.begin sign_in.sign_out sign_in.touch": "the same",
    "locking.lock locking.unlock": "the session's sockets go; its screens show nothing until they start afresh",
    "directory_exports.of_clinic record_exports.of_patient exports.written": "audit only",
    "exports.must_be_let exports.must_still_read": "reads, inside an export",
    "exports.of_own exports.for_chart step_up.with_password step_up.with_code": "audit only",
    "step_up.must_be_recent step_up.must_be_just_now": "reads",
    "passwords.hashed passwords.is_right second_factor.step_of second_factor.give": "on no screen",
}


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


@pytest.mark.parametrize("verb", ["take_out", "leave", "let_in"])
async def test_who_goes_and_comes_obeys_it_for_who_stays(world: World, verb: str) -> None:
    front, ana = world.ines_thread.team_id, await admin(world.robin)
    at = clock.now() + timedelta(hours=1)
    if verb == "let_in":
        await later.write_later(world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="At 3", at=at, by=world.dana)
        await team_managing.take_out(front, world.dana.user, by=ana)
        async with replay_law(world.sam):
            await team_managing.let_in(front, world.dana.user, by=ana)
        return
    await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
    await later.write_later(world.omar_thread.id, key="l", via=Via.SECURE_SMS, body="At 3", at=at, by=world.dana)
    await drafts.keep(world.ines_thread.id, models.DraftKind.NOTE, "Her daughter", by=world.dana)
    async with replay_law(world.sam):
        if verb == "leave":
            await leaving.leave(world.dana.user, by=ana)
        else:
            await team_managing.take_out(front, world.dana.user, by=ana)


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
    for key in ("one", "two"):
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body="I have chest pain")

    told = await models.FactRecord.filter(kind__in=["hours.changed", "on_call.paged"]).order_by("kind")
    assert [(fact.kind, fact.stream_id) for fact in told] == [
        ("hours.changed", team),
        ("on_call.paged", world.val.user),
    ]


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
    listed = set(VERBS) | {name for names in OTHERWISE for name in names.split()}
    assert found == listed


def _is_verb(module: str, name: str, value: object) -> bool:
    return inspect.iscoroutinefunction(value) and value.__module__ == module and not name.startswith("_")
