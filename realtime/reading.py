"""What Facts show to whom: ids in, shapes out, read as one batch."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar
from uuid import UUID

import msgspec
import structlog

from realtime import shapes, staff_facts
from realtime.sources import Sources
from server import access
from server import facts as kinds
from server.queries import facts, note_views, views, work_views

log = structlog.get_logger()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who are shown the same of a stream: its staff, the patient's own pages, or those of one proxy of theirs.

    Of staff, those who may open the same sensitive conversations; mostly none.
    """

    door: Literal["staff", "portal"]
    proxy: UUID | None = None
    opens: frozenset[UUID] = frozenset()


STAFF = Audience("staff")


def audience_of(seat: access.Staff | access.PortalPatient) -> Audience:
    """The audience that a session belongs to."""
    if isinstance(seat, access.Staff):
        return staff_who_open(seat.opens)
    return Audience("portal", seat.proxy)


def staff_who_open(conversations: frozenset[UUID]) -> Audience:
    """Staff who may open these sensitive conversations."""
    return Audience("staff", opens=conversations) if conversations else STAFF


@dataclass(frozen=True, slots=True)
class Numbered:
    """A Fact in its closed type, with its number."""

    n: int
    fact: kinds.Fact


async def show(
    sources: Sources, rows: Sequence[facts.FactRow], audience: Audience
) -> Sequence[staff_facts.StaffFact | shapes.PortalFact]:
    """These Facts of one stream, in order, as the audience sees them now; what is gone or not for it is left out."""
    if not rows:
        return []
    told = [numbered for row in rows if (numbered := _typed(row))]
    if audience.door == "staff":
        return await _show_staff(sources, rows[0].stream, told, audience.opens)
    return await _show_portal(sources, told, audience.proxy)


def _typed(row: facts.FactRow) -> Numbered | None:
    # A Fact of a newer or older release than this process must not stop the stream for everybody.
    kind = kinds.KINDS.get(row.kind)
    try:
        return Numbered(row.position, msgspec.convert(row.data, kind)) if kind else None
    except ValueError:
        log.warning("fact.unreadable", kind=row.kind, position=row.position)
        return None


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Everything that a batch of Facts for staff shows."""

    rows: dict[UUID, views.Row]
    messages: dict[UUID, views.Message]
    events: dict[UUID, work_views.WorkEvent]
    notes: dict[UUID, note_views.Note]

    def of_patient(self, patient: UUID) -> list[views.Row]:
        return [row for row in self.rows.values() if row.patient.id == patient]


async def _show_staff(
    sources: Sources, stream: UUID, told: list[Numbered], opens: frozenset[UUID]
) -> list[staff_facts.StaffFact]:
    """Of what is sensitive the others are told nothing at all, but once that it is gone from their lists."""
    patients = {item.fact.patient for item in told if isinstance(item.fact, kinds.PatientChanged)}
    wanted = {i.fact.conversation for i in told if isinstance(i.fact, _OF_CONVERSATION)}
    wanted.update(await sources.patient_rows(stream, patients) if patients else ())
    messages, events = _messages(told), _events(told)
    notes = {note for item in told for note in _notes(item.fact)}
    read = (
        _of(sources.rows, wanted),
        _of(sources.messages, messages),
        _of(sources.events, events),
        _of(sources.notes, notes),
    )
    rows, shown_messages, shown_events, shown_notes = await asyncio.gather(*read)
    hidden = {row.id for row in rows.values() if row.sensitive and row.id not in opens}
    # What happened in a conversation before it went to another team is not that team's news for this one.
    here = {row.id: row for row in rows.values() if row.team == stream and row.id not in hidden}
    shelf = _Shelf(here, shown_messages, shown_events, shown_notes)
    heard = [item for item in told if not (isinstance(item.fact, _OF_HIDDEN) and item.fact.conversation in hidden)]
    return [shown for item in heard if (shown := _staff_fact(item.n, item.fact, shelf))]


async def _of(read: Callable[[Collection[UUID]], Awaitable[dict[UUID, T]]], ids: Collection[UUID]) -> dict[UUID, T]:
    return await read(ids) if ids else {}


def _messages(told: Iterable[Numbered]) -> set[UUID]:
    return {message for item in told if isinstance(item.fact, _WITH_MESSAGES) for message in item.fact.messages}


def _events(told: Iterable[Numbered]) -> set[UUID]:
    changed = [item.fact for item in told if isinstance(item.fact, kinds.ConversationChanged)]
    return {event for fact in changed for event in fact.events}


def _notes(fact: kinds.Fact) -> list[UUID]:
    match fact:
        case kinds.NoteWritten(notes=notes):
            return notes
        case kinds.Mentioned(note=note):
            return [note]
    return []


def _staff_fact(n: int, fact: kinds.Fact, shelf: _Shelf) -> staff_facts.StaffFact | None:
    match fact:
        case kinds.ConversationGuarded():
            return _staff_guarded(n, fact, shelf)
        case kinds.MessagePosted() | kinds.DeliveryChanged() | kinds.MessageChanged() | kinds.MessageViewed():
            return _staff_messages(n, fact, shelf)
        case kinds.NoteWritten() | kinds.Mentioned() | kinds.MentionsSeen():
            return _staff_note(n, fact, shelf)
        case kinds.ConversationChanged(conversation=conversation, events=events):
            row, lines = shelf.rows.get(conversation), [shelf.events[each] for each in events if each in shelf.events]
            return staff_facts.StaffConversationChanged(n, row, lines) if row else None
        case kinds.PatientChanged(patient=patient):
            rows = shelf.of_patient(patient)
            return (
                staff_facts.StaffPatientChanged(n, rows[0].patient, rows)
                if rows
                else staff_facts.StaffEntryChanged(n, patient)
            )
        case kinds.MembershipBegan(team=team, user=user):
            return staff_facts.StaffMembershipBegan(n, user, team)
        case kinds.MembershipEnded(team=team, user=user):
            return staff_facts.StaffMembershipEnded(n, user, team)
    return _staff_notice(n, fact)


def _staff_guarded(n: int, fact: kinds.ConversationGuarded, shelf: _Shelf) -> staff_facts.StaffFact:
    row = shelf.rows.get(fact.conversation)
    if row is None:
        return staff_facts.StaffConversationLeft(n, fact.conversation, fact.team)
    return staff_facts.StaffConversationChanged(n, row, [])


def _staff_note(
    n: int, fact: kinds.NoteWritten | kinds.Mentioned | kinds.MentionsSeen, shelf: _Shelf
) -> staff_facts.StaffFact | None:
    match fact:
        case kinds.NoteWritten(notes=notes):
            return staff_facts.StaffNoteWritten(n, [shelf.notes[note] for note in notes if note in shelf.notes])
        case kinds.Mentioned(conversation=conversation, note=note):
            # A user's own Stream goes on when they have left the team: it says who called, and no words.
            return (
                staff_facts.StaffMentioned(n, conversation, note, shelf.notes[note].by) if note in shelf.notes else None
            )
        case kinds.MentionsSeen(conversation=conversation):
            return staff_facts.StaffMentionsSeen(n, conversation)


def _staff_notice(n: int, fact: kinds.Fact) -> staff_facts.StaffFact | None:
    """A Fact that shows nothing itself: whoever hears it asks again."""
    match fact:
        case kinds.StraysChanged(team=team, urgent=urgent):
            return staff_facts.StaffStraysChanged(n, team, urgent)
        case kinds.Paged(team=team, conversation=conversation, task=task, number=number):
            return staff_facts.StaffPaged(n, team, conversation, task, number)
        case kinds.HoursChanged(team=team):
            return staff_facts.StaffHoursChanged(n, team)
        case kinds.AlertsChanged(alert=alert):
            return staff_facts.StaffAlertsChanged(n, alert)
        case kinds.SavedViewsChanged():
            return staff_facts.StaffViewsChanged(n)
        case kinds.DraftChanged(conversation=conversation, kept=kept, screen=screen):
            return staff_facts.StaffDraftChanged(n, conversation, kept, screen)
    return _staff_clinic(n, fact)


def _staff_clinic(n: int, fact: kinds.Fact) -> staff_facts.StaffFact | None:
    """The same of the whole clinic."""
    match fact:
        case kinds.TagsChanged():
            return staff_facts.StaffTagsChanged(n)
        case kinds.PatientTagsChanged(tag=tag):
            return staff_facts.StaffPatientTagsChanged(n, tag)
        case kinds.GroupsChanged(group=group):
            return staff_facts.StaffGroupsChanged(n, group)
        case kinds.ImportsChanged(run=run):
            return staff_facts.StaffImportsChanged(n, run)
        case kinds.RepliesChanged():
            return staff_facts.StaffRepliesChanged(n)
        case kinds.SendingChanged():
            return staff_facts.StaffSendingChanged(n)
    return _staff_house(n, fact)


def _staff_house(n: int, fact: kinds.Fact) -> staff_facts.StaffFact | None:
    match fact:
        case kinds.BroadcastsChanged(broadcast=broadcast):
            return staff_facts.StaffBroadcastsChanged(n, broadcast)
        case kinds.PeopleChanged(users=users, teams=teams):
            return staff_facts.StaffPeopleChanged(n, users, teams)
        case kinds.PlanChanged():
            return staff_facts.StaffPlanChanged(n)
        case kinds.OrganizationChanged():
            return staff_facts.StaffOrganizationChanged(n)
        case kinds.NumbersChanged():
            return staff_facts.StaffNumbersChanged(n)
    return _staff_end(n, fact)


def _staff_end(n: int, fact: kinds.Fact) -> staff_facts.StaffFact | None:
    match fact:
        case kinds.ConversationSeen(conversation=conversation, number=number):
            return staff_facts.StaffConversationSeen(n, conversation, number)
        case kinds.ConversationRemoved(conversation=conversation):
            return staff_facts.StaffConversationRemoved(n, conversation)
        case kinds.ConversationLeft(conversation=conversation, team=team):
            return staff_facts.StaffConversationLeft(n, conversation, team)
        case kinds.SessionEnded():
            return staff_facts.StaffSessionEnded(n)
        case kinds.SessionLocked():
            return staff_facts.StaffSessionLocked(n)
    return None


_WithMessages = kinds.MessagePosted | kinds.DeliveryChanged | kinds.MessageChanged | kinds.MessageViewed
_WITH_MESSAGES = (kinds.MessagePosted, kinds.DeliveryChanged, kinds.MessageChanged, kinds.MessageViewed)
_OF_HIDDEN = (*_WITH_MESSAGES, kinds.ConversationChanged, kinds.NoteWritten, kinds.Mentioned)
_OF_CONVERSATION = (*_OF_HIDDEN, kinds.ConversationGuarded)


def _staff_messages(n: int, fact: _WithMessages, shelf: _Shelf) -> staff_facts.StaffFact | None:
    row = shelf.rows.get(fact.conversation)
    if row is None:
        return None
    messages = [shelf.messages[message] for message in fact.messages if message in shelf.messages]
    match fact:
        case kinds.MessagePosted():
            return staff_facts.StaffMessagePosted(n, row, messages)
        case kinds.DeliveryChanged():
            return staff_facts.StaffDeliveryChanged(n, row, messages)
        case kinds.MessageChanged():
            return staff_facts.StaffMessageChanged(n, row, messages)
        case kinds.MessageViewed():
            return staff_facts.StaffMessageViewed(n, row, messages)


async def _show_portal(sources: Sources, told: list[Numbered], proxy: UUID | None) -> list[shapes.PortalFact]:
    """Of all the patient's conversations: which one a page shows is the page's own business."""
    messages = _messages(item for item in told if isinstance(item.fact, _IN_PORTAL))
    # What a proxy may see is asked now, not when the Fact was recorded: their scope may have changed since.
    seen = await sources.portal_messages(messages, proxy=proxy) if messages else {}
    return [shown for item in told if (shown := _portal_fact(item.n, item.fact, seen))]


_IN_PORTAL = (kinds.MessagePosted, kinds.MessageChanged, kinds.MessageViewed)


def _portal_fact(n: int, fact: kinds.Fact, seen: dict[UUID, views.PortalMessage]) -> shapes.PortalFact | None:
    if isinstance(fact, _IN_PORTAL) and not any(message in seen for message in fact.messages):
        # Not even that there was something: the conversation may be one that a proxy must not know of.
        return None
    match fact:
        case kinds.MessagePosted(conversation=conversation, messages=messages):
            return shapes.PortalMessagePosted(n, conversation, [seen[m] for m in messages if m in seen])
        case kinds.MessageChanged(conversation=conversation, messages=messages):
            return shapes.PortalMessageChanged(n, conversation, [seen[m] for m in messages if m in seen])
        case kinds.MessageViewed(conversation=conversation, messages=messages):
            return shapes.PortalMessageViewed(n, conversation, [seen[m] for m in messages if m in seen])
        case kinds.SessionEnded():
            return shapes.PortalSessionEnded(n)
        case kinds.LinkEnded():
            return shapes.PortalLinkEnded(n)
    return None
