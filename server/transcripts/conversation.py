"""Draws a conversation. Runs in the limited process only."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime

from server.transcripts import times
from server.transcripts.paper import MARGIN, QUIET, Paper
from server.transcripts.shapes import Content, Event, Message, Notice, Transcript


def draw(paper: Paper, document: Transcript, words: Mapping[str, str]) -> None:
    """Who it is with and who made the copy, then all that was said and done."""
    content = document.content
    paper.head(
        words["title"],
        {
            words["patient"]: content.patient,
            words["born"]: content.date_of_birth.isoformat() if content.date_of_birth else "",
            words["mrn"]: content.mrn or "",
            words["clinic"]: f"{content.clinic}, {content.clinic_phone}",
            words["team"]: content.team,
            words["times"]: content.zone,
        },
        words["made"],
    )
    body(paper, content, words)
    paper.note(words["end"] if content.messages else words["none"])


def body(paper: Paper, content: Content, words: Mapping[str, str]) -> None:
    """Each message, and after it what was done before the next one."""
    events = deque(content.events)
    for message in content.messages:
        _events(paper, events, before=message.number)
        _message(paper, message, content, words)
    _events(paper, events, before=None)


def _events(paper: Paper, events: deque[Event], *, before: int | None) -> None:
    while events and (before is None or events[0].number < before):
        event = events.popleft()
        paper.ln(1.5)
        paper.plain(8.5, QUIET)
        paper.aside(f"{event.local} · {event.line}")


def _message(paper: Paper, message: Message, content: Content, words: Mapping[str, str]) -> None:
    if paper.will_page_break(16):
        paper.add_page()
    paper.ln(2.5)
    paper.set_draw_color(205)
    paper.line(MARGIN, paper.y, paper.w - MARGIN, paper.y)
    paper.ln(1.5)
    role = words["staff"] if message.sender.kind == "staff" else words["own"]
    paper.plain(10, style="B")
    paper.say(f"{message.number}. {message.sender.name} ({role})")
    paper.plain(8, QUIET)
    via = words.get(f"via.{message.via}", message.via)
    paper.say(f"{message.local} · {message.at:%Y-%m-%d %H:%M:%S} UTC · {via}")
    if message.sent_at:
        paper.say(words["sent_late"].format(at=clock(message.sent_at, content)))
    paper.plain(10.5)
    if message.taken_back_at:
        # Nobody takes back what the patient's side wrote: it was somebody else's.
        said = words["taken_back" if message.sender.kind == "staff" else "moved"]
        paper.aside(said.format(at=clock(message.taken_back_at, content)))
    elif message.body:
        for line in message.body.split("\n"):
            paper.say(line) if line.strip() else paper.ln(4)
    paper.plain(8, QUIET)
    for line in _beside(message, content, words):
        paper.aside(line)


def _beside(message: Message, content: Content, words: Mapping[str, str]) -> Iterator[str]:
    for file in message.files:
        yield words["file"].format(name=f"{file.name or file.media_type or file.state}, {file.size} bytes")
    for notice in message.notices:
        yield _notice(notice, content, words)
    for viewed in message.viewed:
        yield words["viewed"].format(name=viewed.name, at=clock(viewed.at, content))
    if message.sender.kind == "staff" and message.via.startswith("secure") and not message.viewed:
        yield words["unviewed"]


def _notice(notice: Notice, content: Content, words: Mapping[str, str]) -> str:
    name = words[notice.by] + (f" ({words['reminder']})" if notice.purpose == "reminder" else "")
    state = words.get(f"state.{notice.state}", notice.state)
    times = {
        "accepted": notice.accepted_at,
        "delivered": notice.delivered_at,
        "pressed": notice.pressed_at,
        "confirmed": notice.confirmed_at,
    }
    said = [words[key].format(at=clock(at, content)) for key, at in times.items() if at]
    if notice.state not in ("sent", "delivered") or not said:
        said.insert(0, f"{state} ({notice.reason})" if notice.reason else state)
    return f"{name}: {' · '.join(said)}"


def clock(at: datetime, content: Content) -> str:
    """A moment by the clinic's clock."""
    return times.of(at, content.zone)


def texts(content: Content) -> Iterator[str]:
    """Everything in it that comes from people, for the letters that it takes."""
    yield from (content.clinic, content.clinic_phone, content.team, content.patient, content.mrn or "")
    yield from (event.line for event in content.events)
    for message in content.messages:
        yield from (message.body or "", message.sender.name)
        yield from (file.name or "" for file in message.files)
        yield from (viewed.name for viewed in message.viewed)
