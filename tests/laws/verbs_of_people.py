"""How the world is prepared for the verbs about who works where, and why the others need none. See `verbs`."""

from datetime import timedelta

from server import clock, models
from server.domain import assignments, drafts, later, leaving, team_managing
from server.models import Via
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain.admins import admin
from tests.world import World

OTHERWISE = {
    "teams.begin teams.end team_managing.must_not_be_last later.writer_moved": "inside let_in, take_out and leave",
    "team_managing.make team_managing.rename team_managing.delete": "the clinic is told to ask for them again",
    "team_managing.let_in team_managing.take_out leaving.leave": "below; who goes or comes is told to start afresh",
    "roles.change leaving.come_back": "the clinic is told to ask again, and they are",
    "managing.locked_clinic managing.person managing.must_not_be_last_admin": "reads, for the verbs of admins",
    "factor_resets.reset": "admins are told to ask for the people again: test_factor_resets",
    "invites.anew invites.who_begins_anew invites.must_have_mails_left": "inside reset and finish",
    "on_call.end pushes.left": "inside change and leave",
    "invites.invite invites.send_again invites.revoke joining.finish": "who shows people is told to ask again",
    "invites.opened invites.locked invites.for_mail joining.again second_factor.secret_of": "reads",
    "joining.begin guesses.at_link": "on no screen",
    "sending.invite_mails.write sending.new_device_mails.write new_devices.look": "mails that no screen shows",
    "own_sessions.end_one own_sessions.end_others own_sessions.end_all_of": "sessions end; their screens go",
    "resets.ask resets.finish guesses.at_reset sending.reset_mails.write": "sessions end; on no screen",
    "resets.opened resets.for_mail": "reads",
    "own_factors.renew_codes own_factors.begin_authenticator own_factors.finish_authenticator": "on no other screen",
    "own_factors.change_password recovery_codes.give": "on no other screen",
    "recovery_codes.use second_factor.use account_news.tell": "inside with_code and finish",
    "account_news.note_wrong sending.account_mails.write": "mails that no screen shows",
    "recovery_codes.found second_factor.read": "reads",
    "passkeys.begin passkeys.add passkeys.rename passkeys.remove sign_in.ask_passkey": "on no other screen",
    "passkey_checks.ask passkey_checks.forget guesses.at_passkey": "challenges are on no screen",
    "passkey_checks.made passkey_checks.signed": "inside add, with_passkey",
    "sign_in.with_passkey step_up.ask_passkey step_up.with_passkey": "sessions; on no screen",
    "sign_on_setting.set_up sign_on_setting.turn sign_on_setting.test": "on no other screen",
    "single_sign_on.begin single_sign_on.finish single_sign_on.forget guesses.at_sign_on": "sessions; on no screen",
    "break_glass.must_be_there break_glass.must_not_be_last break_glass.must_allow": "reads",
    "users.end_these sign_in.end sign_in.enter": "the same",
}


async def _at_work(world: World) -> None:
    """Dana has begun here, is to do there, and wrote something for later."""
    at = clock.now() + timedelta(hours=1)
    await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
    await later.write_later(world.omar_thread.id, key="l", via=Via.SECURE_SMS, body="At 3", at=at, by=world.dana)
    await drafts.keep(world.ines_thread.id, models.DraftKind.NOTE, "Her daughter", by=world.dana)


async def _take_out(world: World) -> Act:
    ana = await admin(world.robin)
    await _at_work(world)
    return lambda: team_managing.take_out(world.ines_thread.team_id, world.dana.user, by=ana)


async def _leave(world: World) -> Act:
    ana = await admin(world.robin)
    await _at_work(world)
    return lambda: leaving.leave(world.dana.user, by=ana)


async def _let_in(world: World) -> Act:
    ana = await admin(world.robin)
    await _at_work(world)
    await team_managing.take_out(world.ines_thread.team_id, world.dana.user, by=ana)
    return lambda: team_managing.let_in(world.ines_thread.team_id, world.dana.user, by=ana)


VERBS: dict[str, Verb] = {"take_out": _take_out, "leave": _leave, "let_in": _let_in}
"""As a colleague sees them who stays."""
