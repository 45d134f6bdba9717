"""What a staff screen needs to know about its user."""

from uuid import UUID

import msgspec

from server import access, clock, keys, models, people
from server.access import Staff
from server.queries import flags, hours, inbox, letters, me_views, mentions, numbers, outlets, saved_views, strays, tags
from server.vault import Keyring

BODY = 5000
PLAIN = 1000


async def me(staff: Staff, *, csrf: str, build: str, push_key: str | None = None) -> me_views.Me:
    """The signed-in person, their clinic, and the teams whose inboxes they may read."""
    organization = await models.Organization.get(id=staff.organization)
    ring = await keys.of(staff.organization)
    waiting = await inbox.waiting(ring, staff)
    return me_views.Me(
        user=_user(staff),
        organization=_organization(organization),
        teams=await _teams(staff, ring, waiting),
        csrf=csrf,
        build=build,
        limits=_limits(organization),
        sending=await outlets.of(staff.organization),
        mentions=await mentions.unseen(staff),
        tags=await tags.of_clinic(staff.organization),
        saved_views=await saved_views.of(staff),
        push_key=push_key,
        session_ends_at=staff.ends_at,
        is_new=not waiting and not await _has_written(staff),
        letters=await letters.unread(staff),
    )


async def here(staff: Staff, *, csrf: str) -> me_views.Here:
    """Whose session it is, and whether its screens are locked."""
    clinic = await models.Organization.get(id=staff.organization)
    return me_views.Here(user=_user(staff), clinic=clinic.name, locked=staff.locked, csrf=csrf)


def other(staff: Staff, base: str) -> me_views.BesideMe:
    """A colleague in the same browser."""
    return me_views.BesideMe(_user(staff), base)


async def lines(staff: Staff) -> list[me_views.NumberLine]:
    """The numbers of the teams that this person reads, or manages: by team, each one's first before its others."""
    teams = {team.id: team.name for team in await hours.seen_by(staff).order_by("name")}
    theirs = await models.PhoneNumber.filter(team_id__in=list(teams)).exclude(status=models.NumberStatus.RELEASED)
    return [
        me_views.NumberLine(team=team, team_name=name, number=each.e164, label=each.label)
        for team, name in teams.items()
        for each in numbers.in_order(each for each in theirs if each.team_id == team)
    ]


def _user(staff: Staff) -> me_views.MyUser:
    return me_views.MyUser(id=staff.user, name=staff.name, initials=people.initials(staff.name), role=staff.role.value)


def _limits(row: models.Organization) -> me_views.Limits:
    lock = round(access.STAFF_LOCK.total_seconds())
    return me_views.Limits(body=BODY, plain=PLAIN, undo_seconds=row.undo_seconds, lock_seconds=lock)


def _organization(row: models.Organization) -> me_views.MyOrganization:
    return me_views.MyOrganization(
        id=row.id,
        name=row.name,
        phone=row.phone,
        zone=row.zone,
        plan=row.plan.value,
        plan_ends_at=row.plan_ends_at,
        is_starting=bool(row.is_starting),
        review_age=row.proxy_review_age,
        claim_minutes=row.claim_minutes,
        broadcast_alone=row.broadcast_alone,
        broadcast_most=row.broadcast_most,
        private_words=_private_words(row),
    )


def _private_words(row: models.Organization) -> me_views.PrivateWords:
    if row.private_words is None:
        return me_views.PrivateWords([], [])
    return msgspec.json.decode(row.private_words, type=me_views.PrivateWords)


async def _has_written(staff: Staff) -> bool:
    written = models.Conversation.filter(team__organization_id=staff.organization, last_number__gt=0)
    return await written.exists()


async def _teams(staff: Staff, ring: Keyring, waiting: dict[UUID, inbox.Waiting]) -> list[me_views.MyTeam]:
    teams = await models.Team.filter(id__in=staff.reads).order_by("name")
    theirs = await models.PhoneNumber.filter(team_id__in=staff.reads).exclude(status=models.NumberStatus.RELEASED)
    nobody = inbox.Waiting()
    unknown = await strays.counts(staff.reads)
    # Nearly always nobody unknown waits, and then that is all there is to ask.
    strangers = await strays.unseen(ring, unknown, since=clock.now() - flags.FRESH) if unknown else {}
    return [
        me_views.MyTeam(
            id=team.id,
            name=team.name,
            is_member=team.id in staff.member_of,
            numbers=[each.e164 for each in numbers.in_order(each for each in theirs if each.team_id == team.id)],
            needs_reply=waiting.get(team.id, nobody).many,
            unread=waiting.get(team.id, nobody).unread,
            oldest_wait=waiting.get(team.id, nobody).oldest,
            strays=unknown.get(team.id, 0),
            urgent=list(waiting.get(team.id, nobody).urgent),
            urgent_strays=strangers.get(team.id, []),
            labels={each.e164: each.label for each in theirs if each.team_id == team.id and each.label},
        )
        for team in teams
    ]
