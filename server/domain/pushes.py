"""Notices on the computers of staff, by the push services of their browsers: that there is something, and never what.

A notice says a team's name and its kind. It is worth nothing later, so it goes out at most once: its job ends before
it is posted. Who gets it is asked when it happens and again when it is posted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from tortoise.queryset import QuerySet

from server import access, audit, clock, keys, models, tokens, vault, web_push
from server.audit import Did
from server.db import transaction
from server.domain import jobs
from server.domain.jobs import Job
from server.errors import Kind, Refusal
from server.queries import named
from server.web_push import Target

CALL, POST = "push_call", "push_post"
"""The kinds of the jobs that find out who is told, and that tell one browser."""
WORTH = timedelta(minutes=10)
NOT_AGAIN = timedelta(minutes=1)
FORGOTTEN = timedelta(days=30)
MOST_TRIES = 4
MOST_BROWSERS = 10
_key = ""
_services: tuple[str, ...] = ()


class What(StrEnum):
    """What a notice is about."""

    MESSAGE = "message"
    URGENT = "urgent"
    MENTIONED = "mentioned"
    FAILED = "failed"
    ASSIGNED = "assigned"


SAID = {
    What.MESSAGE: "New message in {team}",
    What.URGENT: "Urgent message in {team}",
    What.MENTIONED: "You are mentioned in {team}",
    What.FAILED: "A message was not delivered in {team}",
    What.ASSIGNED: "Assigned to you in {team}",
}
_QUIET = frozenset({What.ASSIGNED})
"""Nobody waits for these: they make no sound, and of several in a team the newest stands for all."""


class Call(msgspec.Struct, frozen=True):
    """What its job remembers: for `users`, or for the members of the team."""

    what: What
    users: list[UUID] | None = None


class Post(msgspec.Struct, frozen=True):
    """What its job remembers. It is worth nothing after `until`."""

    what: What
    conversation: UUID
    until: datetime
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Notice:
    """What is posted to a browser, and the job's memory if it has to be tried again."""

    browser: UUID
    target: Target
    words: dict[str, str]
    topic: str
    post: Post


def use(private_key: str, services: tuple[str, ...]) -> None:
    """Take our key and the push services from the settings; `boot` calls this. Without a key there are no notices."""
    global _key, _services
    _key = web_push.public_text(web_push.private_key(private_key)) if private_key else ""
    _services = services


def public_key() -> str | None:
    """What a browser needs to take our notices; None where there are none."""
    return _key or None


async def switch_on(target: Target, *, base: str, by: access.Staff) -> None:
    """Tell this person on this browser from now on, while its session lives. Again changes nothing but its keys.

    `base` is what the addresses of the session's slot begin with. Their eleventh browser takes the oldest one's place.

    :raises Refusal: `no_notices`: there are none here, or none for a browser of this kind
    """
    _must_be_possible(target)
    async with transaction():
        # Of two presses at the same time the second finds the first.
        await models.User.select_for_update(no_key=True).get(id=by.user)
        mine = models.PushSubscription.filter(user_id=by.user)
        there = await mine.filter(endpoint_index=_index(target.endpoint)).first()
        row = there or models.PushSubscription(id=tokens.new_id(), user_id=by.user, created_at=clock.now())
        row.organization_id, row.session_id, row.base = by.organization, by.session, base
        row.endpoint_index, row.key_index = _index(target.endpoint), _index(_key)
        ring = await keys.of(by.organization)
        sealed = msgspec.json.encode([target.endpoint, target.p256dh, target.auth])
        row.target_sealed = ring.seal_bytes("push_subscription", "target", row.id, sealed)
        await row.save(force_create=there is None)
        await _end(await mine.order_by("-created_at").offset(MOST_BROWSERS))
        await audit.enter(Did.NOTICES_ON, organization=by.organization, about=row.id)


def _must_be_possible(target: Target) -> None:
    if not _key:
        raise Refusal(Kind.CONFLICT, "no_notices", "Notices on computers are not set up here. Ask who runs the server.")
    try:
        web_push.must_be_target(target)
    except ValueError:
        is_known = False
    else:
        is_known = web_push.is_carried_by(_services, target.endpoint)
    if not is_known:
        sentence = "Notices do not work with this browser. Use Chrome, Edge, Firefox or Safari."
        raise Refusal(Kind.CONFLICT, "no_notices", sentence)


async def resume(endpoint: str, *, base: str, by: access.Staff) -> bool:
    """This person is back on a browser: whether they had switched notices on there, which then go on.

    Nobody else's switch there is theirs.
    """
    mine = models.PushSubscription.filter(user_id=by.user, endpoint_index=_index(endpoint), key_index=_index(_key))
    return await mine.update(session_id=by.session, base=base) > 0


async def switch_off(endpoint: str, *, by: access.Staff) -> None:
    """Tell this person nothing more on this browser. Again changes nothing."""
    async with transaction():
        rows = await models.PushSubscription.filter(user_id=by.user, endpoint_index=_index(endpoint))
        await _end(rows)
        for row in rows:
            await audit.enter(Did.NOTICES_OFF, organization=by.organization, about=row.id)


async def signed_out(sessions: Collection[UUID]) -> None:
    """Inside the verb that ends these sessions: whoever sits there next is told nothing."""
    await _end(await models.PushSubscription.filter(session_id__in=list(sessions)))


async def left(user: UUID) -> None:
    """Inside the verb by which somebody leaves: no browser of theirs is told anything any more."""
    await _end(await models.PushSubscription.filter(user_id=user))


async def forget() -> int:
    """Forget browsers where their person has not been for thirty days; how many."""
    return await _end(await models.PushSubscription.filter(session__ends_at__lt=clock.now() - FORGOTTEN))


async def _end(rows: Collection[models.PushSubscription]) -> int:
    if rows:
        ids = [row.id for row in rows]
        await models.PushTold.filter(subscription_id__in=ids).delete()
        await models.PushSubscription.filter(id__in=ids).delete()
    return len(rows)


async def ring(organization: UUID, conversation: UUID, what: What, users: Collection[UUID] | None = None) -> None:
    """Inside the verb by which something came: tell `users`, or the team, by the worker."""
    if _key and await models.PushSubscription.filter(organization_id=organization).exists():
        call = Call(what, None if users is None else list(users))
        await jobs.begin(CALL, conversation, at=clock.now(), data=call)


async def patient_wrote(conversation: models.Conversation, *, is_urgent: bool) -> None:
    """Inside the verb that keeps the patient's words."""
    await ring(conversation.organization_id, conversation.id, What.URGENT if is_urgent else What.MESSAGE)


async def given(conversation: models.Conversation, to: UUID, *, by: UUID) -> None:
    """Inside the verb that makes a conversation somebody's work: tell them, unless they took it themselves."""
    if to != by:
        await ring(conversation.organization_id, conversation.id, What.ASSIGNED, [to])


async def not_delivered(conversation: models.Conversation, messages: Collection[UUID]) -> None:
    """Inside the verb by which it is known that none of these messages' deliveries arrived: tell who wrote them."""
    if _key:
        writers = models.Message.filter(id__in=list(messages), user_id__not_isnull=True, recalled_at=None)
        users = {message.user_id for message in await writers if message.user_id}
        if users:
            await ring(conversation.organization_id, conversation.id, What.FAILED, users)


async def find(job: Job) -> None:
    """Find the browsers to be told, and give each a job of its own.

    No browser is told of a conversation again within a minute, but of urgent words, or where it made no sound.
    """
    async with transaction():
        conversation = await models.Conversation.select_for_update(no_key=True).get(id=job.subject)
        if not await jobs.still_mine(job):
            return
        await jobs.finish(job)
        call, now = job.kept(Call), clock.now()
        users = await _who(conversation, call)
        told = await _not_told(conversation, call.what, await _living().filter(user_id__in=list(users)))
        post = Post(call.what, conversation.id, now + WORTH)
        await jobs.begin_all([jobs.new(POST, each, at=now, data=post) for each in told])


async def _who(conversation: models.Conversation, call: Call) -> set[UUID]:
    """Who is told: those who may read it, and of what only came in the one whose work it is, or everybody's."""
    if call.users is not None:
        return set(call.users) & set(await named.readers(conversation))
    found = {each.user_id for each in await models.Membership.filter(team_id=conversation.team_id)}
    if conversation.is_sensitive:
        found &= set(await named.readers(conversation))
    if call.what is What.MESSAGE and conversation.assignee_id:
        return found & {conversation.assignee_id}
    return found


def _living() -> QuerySet[models.PushSubscription]:
    """Browsers whose person is signed in there and has not been away for too long. Their screens may be locked."""
    now = clock.now()
    return models.PushSubscription.filter(
        key_index=_index(_key),
        user__active=True,
        session__ended_at=None,
        session__ends_at__gt=now,
        session__seen_at__gt=now - access.STAFF_IDLE,
    )


async def _not_told(
    conversation: models.Conversation, what: What, browsers: Collection[models.PushSubscription]
) -> list[UUID]:
    """Those that were not told just now; from now on they were."""
    now, ids = clock.now(), [browser.id for browser in browsers]
    rows = await models.PushTold.filter(conversation_id=conversation.id, subscription_id__in=ids)
    just_now = {row.subscription_id for row in rows if row.told_at > now - NOT_AGAIN and not _outdoes(what, row.kind)}
    again = [row.id for row in rows if row.subscription_id not in just_now]
    await models.PushTold.filter(id__in=again).update(told_at=now, kind=what)
    first = set(ids) - {row.subscription_id for row in rows}
    new = [_told(browser, conversation.id, what, now) for browser in ids if browser in first]
    await models.PushTold.bulk_create(new)
    return [browser for browser in ids if browser not in just_now]


def _outdoes(what: What, earlier: str) -> bool:
    if earlier in _QUIET:
        return what not in _QUIET
    return what is What.URGENT and earlier != What.URGENT


def _told(browser: UUID, conversation: UUID, what: What, at: datetime) -> models.PushTold:
    return models.PushTold(
        id=tokens.new_id(),
        subscription_id=browser,
        conversation_id=conversation,
        kind=what,
        told_at=at,
        created_at=at,
    )


async def take(job: Job) -> Notice | None:
    """What a browser is to be told, taken off the list before it is posted: a worker that is killed then has told
    nobody, and nobody is told twice. None: not any more.
    """
    async with transaction():
        if not await jobs.still_mine(job):
            return None
        await jobs.finish(job)
        post = job.kept(Post)
        browser = await _living().filter(id=job.subject).first()
        if browser is None or post.until <= clock.now():
            return None
        conversation = await models.Conversation.get(id=post.conversation).select_related("team")
        if browser.user_id not in await named.readers(conversation):
            return None
        return await _notice(browser, conversation, post)


async def _notice(browser: models.PushSubscription, conversation: models.Conversation, post: Post) -> Notice:
    ring = await keys.of(browser.organization_id)
    sealed = ring.open_bytes("push_subscription", "target", browser.id, browser.target_sealed)
    words = {
        "says": SAID[post.what].format(team=conversation.team.name),
        "opens": f"{browser.base}/inbox/{conversation.team_id}/{conversation.id}",
    }
    if post.what in _QUIET:
        words["quiet"] = "yes"
    target = Target(*msgspec.json.decode(sealed, type=tuple[str, str, str]))
    return Notice(browser.id, target, words, _index(f"{browser.id}/{conversation.id}"), post)


async def gone(notice: Notice) -> None:
    """The push service knows nobody there any more."""
    await _end(await models.PushSubscription.filter(id=notice.browser))


async def again(notice: Notice, *, after: timedelta) -> None:
    """The service surely does not have it: try once more after this, while it is worth something."""
    at, post = clock.now() + after, notice.post
    if post.tries < MOST_TRIES and at < post.until:
        await jobs.begin(POST, notice.browser, at=at, data=msgspec.structs.replace(post, tries=post.tries + 1))


def _index(value: str) -> str:
    return vault.blind(keys.derived("push"), value)
